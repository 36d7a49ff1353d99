"""Estimates for the years after the last account: from published proxies, with the error they had in the past."""

from __future__ import annotations

from dafeng.accounts.nowcast.estimate import Estimate, Nowcast, Part, nowcast
from dafeng.accounts.nowcast.hindcast import Errors, Score
from dafeng.accounts.nowcast.proxies import Used

__all__ = ["Errors", "Estimate", "Nowcast", "Part", "Score", "Used", "nowcast"]
