"""Emission factors, each with set, regime, year and source; a request that none fits is refused, never guessed."""

from __future__ import annotations

from dafeng.factors.asked import Asked, Choice, NoFactor, Passed
from dafeng.factors.benchmark import Benchmark
from dafeng.factors.factor import Factor, Years
from dafeng.factors.standard_coal import CoalRate
from dafeng.factors.store import Factors, check, for_city, load
from dafeng.factors.verification import Verification

__all__ = [
    "Asked",
    "Benchmark",
    "Choice",
    "CoalRate",
    "Factor",
    "Factors",
    "NoFactor",
    "Passed",
    "Verification",
    "Years",
    "check",
    "for_city",
    "load",
]
