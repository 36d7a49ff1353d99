"""Indicators of dual control: what was published, and beside it what the figures at hand give, each with its source."""

from __future__ import annotations

from dafeng.accounts.indicators.read import Reading, compounded, read
from dafeng.accounts.indicators.registry import INDICATORS, Indicator
from dafeng.accounts.indicators.value import Absent, Input, Value

__all__ = ["INDICATORS", "Absent", "Indicator", "Input", "Reading", "Value", "compounded", "read"]
