"""Two plans beside each other, and district plans against that of their city, on changes made to the toy plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dafeng.city import City, load
from dafeng.compare import DistrictPlan, compare, consistency, read
from dafeng.errors import NotFound, Refused
from dafeng.labels import Label
from dafeng.plan.loader import dump
from dafeng.plan.schema import UNLINKED, Plan, Target

TOY = Path(__file__).parents[1] / "cities" / "toy"
PV = "pv-capacity-2030"


@cache
def toy() -> City:
    return load(str(TOY))


def plan() -> Plan:
    return toy().plan("toy-2021")


def changed(id: str, **fields: Any) -> Plan:
    """Give the toy plan with one target changed."""
    whole = plan()
    assert id in {item.id for item in whole.targets}
    targets = tuple(item.model_copy(update=fields) if item.id == id else item for item in whole.targets)
    return whole.model_copy(update={"id": "other", "targets": targets})


def only(*ids: str, **fields: Any) -> Plan:
    """Give a plan with some of the toy's targets, all of them changed in the same way."""
    targets = tuple(item.model_copy(update=fields) for item in plan().targets if item.id in ids)
    return plan().model_copy(update={"id": "district", "targets": targets})


def test_a_plan_does_not_differ_from_itself() -> None:
    found = compare(plan(), plan(), toy().indicators)
    assert found.differences == ()
    assert found.counts == {}
    assert found.same == plan().targets


CHANGES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    (PV, {"value": 100}, ("tightened",)),
    (PV, {"value": 80}, ("loosened",)),
    (PV, {"value": 900, "unit": "兆瓦"}, ("unit",)),
    (PV, {"value": 800, "unit": "兆瓦"}, ("loosened", "unit")),
    (PV, {"unit": "万平方米"}, ("incomparable",)),
    ("intensity-2025", {"value": 12}, ("tightened",)),
    ("intensity-2025", {"baseline_year": 2022}, ("baseline",)),
    ("intensity-2025", {"baseline_year": 2022, "baseline_assumed": Label(zh="假定", en="assumed")}, ()),
    ("storage-hours", {"value_max": 6}, ("range",)),
    ("retrofit-area-2025", {"value": 1.0, "unit": "平方公里"}, ("unit",)),
]


@pytest.mark.parametrize(("id", "fields", "kinds"), CHANGES, ids=[f"{id}-{kinds}" for id, _, kinds in CHANGES])
def test_one_change_gives_one_row_of_its_kinds(id: str, fields: dict[str, Any], kinds: tuple[str, ...]) -> None:
    found = compare(plan(), changed(id, **fields), toy().indicators)
    assert [(item.target.id, item.kinds) for item in found.differences] == ([(id, kinds)] if kinds else [])
    assert len(found.same) == len(plan().targets) - len(found.differences)


def test_a_target_of_one_plan_only_is_added_or_dropped() -> None:
    rest = plan().model_copy(
        update={"id": "rest", "targets": tuple(item for item in plan().targets if item.id != "lamps-2025")}
    )
    (dropped,) = compare(plan(), rest, toy().indicators).differences
    (added,) = compare(rest, plan(), toy().indicators).differences
    assert (dropped.kinds, dropped.new) == (("dropped",), None)
    assert (added.kinds, added.old) == (("added",), None)
    assert dropped.indicator == added.indicator == "buildings.lamps"


def unlinked(target: Target, words: str, **fields: Any) -> Target:
    """Give a target as a document has it whose indicator was not found."""
    return target.model_copy(update={"indicator": UNLINKED, "label": Label(zh=words, en=words), **fields})


def test_targets_without_an_indicator_are_paired_by_clause_and_amount_or_by_their_words() -> None:
    def read_as(words: str, **fields: Any) -> Plan:
        targets = tuple(unlinked(t, words, **fields) if t.id == PV else t for t in plan().targets)
        return plan().model_copy(update={"id": "read", "targets": targets})

    label = toy().indicators["power.pv_capacity"].label.zh
    for other, kinds in (
        (read_as("太阳能"), []),
        (read_as("太阳能", value=900, unit="兆瓦"), [("unit",)]),
        (read_as(label, value=80), [("loosened",)]),
        (read_as("太阳能", value=80), [("added",), ("dropped",)]),
        (read_as("太阳能", clause="九"), [("added",), ("dropped",)]),
    ):
        found = compare(plan(), other, toy().indicators)
        assert sorted(item.kinds for item in found.differences) == kinds


def test_a_district_target_without_an_indicator_is_matched_by_its_words() -> None:
    label = toy().indicators["power.pv_capacity"].label.zh
    for words, covered in ((label, ("north",)), ("太阳能", ())):
        district = only(PV).model_copy(update={"targets": (unlinked(only(PV).targets[0], words),)})
        found = consistency(plan(), [DistrictPlan("north", district)], toy().indicators)
        assert next(row for row in found.coverage if row.target.id == PV).covered == covered


def test_an_amending_plan_leaves_in_force_what_it_does_not_name() -> None:
    found = compare(plan(), toy().plan("toy-2024"), toy().indicators)
    assert "dropped" not in found.counts
    assert {item.id for item in found.kept} <= {item.id for item in plan().targets}
    assert found.kept


def test_a_plan_is_found_by_id_by_file_and_not_by_a_name_of_nothing(tmp_path: Path) -> None:
    city = toy()
    assert read("toy-2024", city.plans, city.indicators).kind == "pack"
    file = tmp_path / "copy.yaml"
    file.write_text(dump(plan()), encoding="utf-8")
    given = read(str(file), city.plans, city.indicators)
    assert (given.kind, given.plan) == ("file", plan())
    with pytest.raises(NotFound, match="no plan 'toy-2012'"):
        read("toy-2012", city.plans, city.indicators)


def test_a_document_without_a_plan_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tale.txt"
    file.write_text("从前有座山，山上有座庙。" * 40, encoding="utf-8")
    with pytest.raises(Refused, match=r"^tale\.txt: "):
        read(str(file), toy().plans, toy().indicators)


def held(*districts: tuple[str, Plan]) -> list[tuple[str, str, str, str]]:
    found = consistency(
        plan(),
        [DistrictPlan(place, item) for place, item in districts],
        toy().indicators,
        toy().organisations,
        ["north", "south"],
    )
    return [(item.check, item.code, item.city.id, item.place) for item in found.findings if item.check != "coverage"]


FINDINGS: list[tuple[Callable[[], Plan], list[tuple[str, str, str, str]]]] = [
    (lambda: only("non-fossil-share-2030"), []),
    (lambda: only("non-fossil-share-2030", value=30), []),
    (
        lambda: only("non-fossil-share-2030", value=20),
        [("stringency", "looser", "non-fossil-share-2030", "north")],
    ),
    (lambda: only("non-fossil-share-2030", year=2035), [("date", "later", "non-fossil-share-2030", "north")]),
    (
        lambda: only("non-fossil-share-2030", unit="万千瓦"),
        [("unit", "other-measure", "non-fossil-share-2030", "north")],
    ),
    (lambda: only("intensity-2025", baseline_year=2020), [("baseline", "other-baseline", "intensity-2025", "north")]),
]


@pytest.mark.parametrize(("make", "expected"), FINDINGS)
def test_a_district_plan_is_held_against_the_city(
    make: Callable[[], Plan], expected: list[tuple[str, str, str, str]]
) -> None:
    assert held(("north", make())) == expected


def test_amounts_of_all_districts_are_summed_in_the_unit_of_the_city() -> None:
    half, more = only(PV, value=400, unit="兆瓦"), only(PV, value=50)
    assert held(("north", half), ("south", more)) == []
    assert held(("north", half), ("south", half)) == [("sum", "short-of-the-sum", PV, "")]
    assert held(("north", half)) == []


def test_a_target_of_another_year_of_the_city_is_not_late_for_an_earlier_one() -> None:
    found = consistency(plan(), [DistrictPlan("north", only(PV))], toy().indicators, toy().organisations)
    by_id = {item.target.id: item for item in found.coverage}
    assert (by_id["pv-capacity-2025"].missing, by_id[PV].covered) == (("north",), ("north",))
    assert "date" not in found.counts


def test_the_sum_is_told_with_its_parts() -> None:
    half = only(PV, value=400, unit="兆瓦")
    found = consistency(
        plan(), [DistrictPlan("north", half), DistrictPlan("south", half)], toy().indicators, (), ["north", "south"]
    )
    (sums,) = [item for item in found.findings if item.check == "sum"]
    assert sums.total == pytest.approx(80)
    assert [place for place, _ in sums.parts] == ["north", "south"]


def test_what_amounts_come_to_is_told_where_they_add_up() -> None:
    half = only(PV, value=400, unit="兆瓦")
    found = consistency(plan(), [DistrictPlan("north", half)], toy().indicators, (), ["north", "south"])
    totals = {row.target.id: row.total for row in found.coverage if row.total is not None}
    assert totals == {PV: pytest.approx(40)}
    by_id = {row.target.id: row for row in found.coverage}
    part = by_id[PV].part("north")
    assert (part is not None and part.value, by_id[PV].part("south")) == (400, None)


def test_growth_from_another_year_is_not_added_up() -> None:
    def grown(base: int) -> Plan:
        return only(PV, direction="increase_by", baseline_year=base)

    for base, expected in ((2020, 180), (2021, None)):
        below = [DistrictPlan("north", grown(2020)), DistrictPlan("south", grown(base))]
        found = consistency(grown(2020), below, toy().indicators)
        assert [row.total for row in found.coverage] == [expected and pytest.approx(expected)]


def test_what_a_district_asks_beyond_the_city_is_its_own() -> None:
    other = only("lamps-2025", PV).targets
    beyond = other[0].model_copy(update={"id": "beyond", "indicator": "unlinked", "label": Label(zh="x", en="x")})
    district = Plan.model_validate({**only(PV).model_dump(), "targets": [beyond.model_dump(), other[-1].model_dump()]})
    found = consistency(plan(), [DistrictPlan("north", district)], toy().indicators)
    assert [(place, target.id) for place, target in found.own] == [("north", "beyond")]


def test_coverage_says_who_takes_a_target_up_and_whom_it_obliges() -> None:
    found = consistency(
        plan(), [DistrictPlan("north", only("lamps-2025"))], toy().indicators, toy().organisations, ["north", "south"]
    )
    by_id = {item.target.id: item for item in found.coverage}
    assert by_id["lamps-2025"].covered == ("north",)
    assert by_id[PV].missing == ("north",)
    asked = {id for id, item in by_id.items() if item.asked}
    assert {item.city.id for item in found.findings if item.check == "coverage"} == {
        id for id in asked if not by_id[id].covered
    }
