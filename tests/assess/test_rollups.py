"""Roll-ups: every target once for each key, leads and others apart, groups with their members."""

from __future__ import annotations

from collections import Counter

import pytest

from dafeng.assess import VERDICTS, Assessment
from dafeng.assess.result import Tally
from dafeng.assess.tally import with_members

BOTH = pytest.mark.parametrize("name", ["shanghai_assessment", "toy_assessment"])


@BOTH
def test_totals_add_up(name: str, request: pytest.FixtureRequest) -> None:
    found: Assessment = request.getfixturevalue(name)
    assert list(found.total.counts) == list(VERDICTS)
    assert sum(found.total.counts.values()) == len(found.targets) == len(found.total.targets)
    assert sum(found.total.goal_counts.values()) == len(found.goals) == len(found.total.goals)
    for grouped in (found.by_action, found.by_year):
        assert Counter(id for tally in grouped.values() for id in tally.targets) == Counter(found.total.targets)
        assert Counter(id for tally in grouped.values() for id in tally.goals) == Counter(found.total.goals)
        for verdict in VERDICTS:
            assert sum(tally.counts[verdict] for tally in grouped.values()) == found.total.counts[verdict]
    for tally in (*found.by_lead.values(), *found.by_joint.values()):
        assert sum(tally.counts.values()) == len(tally.targets) == len(set(tally.targets))


@BOTH
def test_no_unit_both_leads_and_joins_one_target(name: str, request: pytest.FixtureRequest) -> None:
    found: Assessment = request.getfixturevalue(name)
    for unit, tally in found.by_lead.items():
        joined = found.by_joint.get(unit, Tally({}))
        assert not {*tally.targets, *tally.goals} & {*joined.targets, *joined.goals}, unit


def test_the_toy_city_by_unit(toy_assessment: Assessment) -> None:
    lead = {unit: tally.targets for unit, tally in toy_assessment.by_lead.items() if tally.targets}
    joint = {unit: tally.targets for unit, tally in toy_assessment.by_joint.items() if tally.targets}
    solar = ("pv-capacity-2025", "pv-capacity-2030", "wind-capacity-2030")
    load = ("demand-response-share-2024", "storage-hours")
    built = ("retrofit-area-2025", "lamps-2025", "heat-pumps-2024")
    assert lead == {"planning": solar, "traffic": load, "works": built}
    assert joint == {
        "works": solar,
        "planning": load,
        "north-district": built,
        "districts": built,
        "south-district": built,
    }


def test_a_group_that_leads_counts_for_its_members(toy_assessment: Assessment) -> None:
    goal = toy_assessment.goal("lessons")
    assert goal is not None
    assert (goal.lead, goal.joint, goal.owner) == ((), ("districts",), "districts")
    units = {unit for unit, tally in toy_assessment.by_lead.items() if "lessons" in tally.goals}
    assert units == {"districts", "north-district", "south-district"}
    assert not [unit for unit, tally in toy_assessment.by_joint.items() if "lessons" in tally.goals]


def test_targets_without_a_task_have_no_owner(toy_assessment: Assessment) -> None:
    result = toy_assessment.target("intensity-2025")
    assert result is not None
    assert (result.owner, result.lead, result.joint) == ("", (), ())


def test_actions_without_targets_are_there(toy_assessment: Assessment) -> None:
    assert list(toy_assessment.by_action) == ["", "energy", "buildings", "people"]
    assert toy_assessment.by_action["people"].targets == ()
    assert toy_assessment.by_action[""].targets == ("intensity-2025", "non-fossil-share-2030")


def test_years_are_in_order(toy_assessment: Assessment) -> None:
    assert list(toy_assessment.by_year) == [2024, 2025, 2030, None]


def test_groups_of_groups_and_circles() -> None:
    members = {"all": ("inner", "outer"), "inner": ("a", "b"), "outer": ("b", "all")}
    assert with_members(["all", "a"], members) == ("all", "inner", "a", "b", "outer")
