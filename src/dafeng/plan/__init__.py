"""Plan: targets, actions, tasks, responsible units; a document as data."""

from __future__ import annotations

from dafeng.plan.check import check
from dafeng.plan.loader import dump, load, read
from dafeng.plan.plans import Plans, Reference, references
from dafeng.plan.versions import current_targets, plan_of, superseded_by, versions_of

__all__ = [
    "Plans",
    "Reference",
    "check",
    "current_targets",
    "dump",
    "load",
    "plan_of",
    "read",
    "references",
    "superseded_by",
    "versions_of",
]
