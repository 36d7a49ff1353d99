"""Emission factors, each with set, regime, year and source; a request that none fits is refused, never guessed."""

from __future__ import annotations

from dafeng.factors.asked import Asked, Choice, NoFactor, Passed
from dafeng.factors.factor import Factor, Years
from dafeng.factors.store import Factors, for_city, load

__all__ = ["Asked", "Choice", "Factor", "Factors", "NoFactor", "Passed", "Years", "for_city", "load"]
