"""Registers: typed records with a life cycle, an owner and an audit trail, and the activity they account for."""

from __future__ import annotations

from dafeng.registers.activity import Activity, Measured
from dafeng.registers.enterprise import Enterprise, Facility, Membership, Process
from dafeng.registers.lifecycle import REPORT, LifeCycle, Transition
from dafeng.registers.register import Register
from dafeng.registers.reports import Report, Reports

__all__ = [
    "REPORT",
    "Activity",
    "Enterprise",
    "Facility",
    "LifeCycle",
    "Measured",
    "Membership",
    "Process",
    "Register",
    "Report",
    "Reports",
    "Transition",
]
