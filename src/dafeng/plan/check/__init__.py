"""Checking plans: everything that can be wrong in them without knowing indicators and documents, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.errors import Collector
from dafeng.plan.check.names import check_notes, check_organisations, check_places
from dafeng.plan.check.numbers import check_goal, check_target
from dafeng.plan.check.structure import check_ids_across, check_structure
from dafeng.plan.check.supersession import check_supersession

if TYPE_CHECKING:
    from dafeng.plan.plans import Plans


def check(plans: Plans, faults: Collector, *, complete: bool = True) -> None:
    """Note every fault of the plans, units, places and notes of a city.

    `complete` is false where a plan file could not be read at all: names it may declare are then not called unknown.
    """
    check_places(plans, faults)
    check_organisations(plans, faults)
    for plan in plans.plans:
        origin = plans.origin(plan.id)
        check_structure(plan, plans, faults)
        for index, target in enumerate(plan.targets):
            check_target(target, lambda *keys, i=index, o=origin: o.at("targets", i, *keys), faults)
        for index, goal in enumerate(plan.goals):
            check_goal(goal, lambda *keys, i=index, o=origin: o.at("goals", i, *keys), faults)
    check_ids_across(plans, faults)
    check_supersession(plans, faults, complete=complete)
    if complete:
        check_notes(plans, faults)
