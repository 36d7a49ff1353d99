"""Targets held against evidence: verdicts by rules kept as data, gaps, required paths, projections, and who answers."""

from __future__ import annotations

from dafeng.assess.changes import changes
from dafeng.assess.engine import assess
from dafeng.assess.hourly import HourlyVerdict, hourly, hourly_on
from dafeng.assess.outlook import Outlook, outlook, outlook_on
from dafeng.assess.result import VERDICTS, Assessment, GoalResult, TargetResult

__all__ = [
    "VERDICTS",
    "Assessment",
    "GoalResult",
    "HourlyVerdict",
    "Outlook",
    "TargetResult",
    "assess",
    "changes",
    "hourly",
    "hourly_on",
    "outlook",
    "outlook_on",
]
