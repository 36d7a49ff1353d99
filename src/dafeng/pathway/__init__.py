"""Pathways: scenarios of a city's sectors, their peak and its odds, what closes the gap, and whose doing it is."""

from __future__ import annotations

from dafeng.pathway.answers import TargetProjection
from dafeng.pathway.lever import Lever
from dafeng.pathway.loading import check, load
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.projection import Line, Projection, project
from dafeng.pathway.scenario import Scenario, Setting
from dafeng.pathway.schedule import Schedule

__all__ = [
    "Lever",
    "Line",
    "Pathway",
    "Peak",
    "Projection",
    "Scenario",
    "Schedule",
    "Setting",
    "TargetProjection",
    "check",
    "load",
    "project",
]
