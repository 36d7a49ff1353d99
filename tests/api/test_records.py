"""Records, selections and tables, apart from any edge."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.api.conftest import TOY

from dafeng.assess import Assessment, assess
from dafeng.city import City, load
from dafeng.errors import NotFound
from dafeng.plan.schema import Organisation
from dafeng.report import select
from dafeng.report.records import AssessmentRecord, LineageRecord, TargetDetail, TargetRecord
from dafeng.report.records.base import number
from dafeng.report.target_table import TARGET_COLUMNS, targets_csv


@pytest.fixture(scope="module")
def city() -> City:
    return load(TOY)


@pytest.fixture(scope="module")
def found(city: City) -> Assessment:
    return assess(city, date(2026, 11, 25))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.3),
        (math.nan, None),
        (math.inf, None),
        (-math.inf, None),
        (-0.0, -0.0),
        (1e300, 1e300),
        (1234567890123.4, 1234567890120.0),
        (7, 7),
        (None, None),
    ],
)
def test_numbers_are_what_json_can_carry(value: Any, expected: Any) -> None:
    assert number(value) == expected


@given(st.floats())
def test_any_float_becomes_json_and_stays_within_twelve_digits(value: float) -> None:
    kept = number(value)
    json.dumps(kept, allow_nan=False)
    if kept is not None and value:
        assert math.isclose(kept, value, rel_tol=1e-11)


def test_records_survive_json(found: Assessment) -> None:
    record = AssessmentRecord.build(found)
    assert AssessmentRecord.model_validate_json(record.model_dump_json()) == record
    for result in (*found.targets, *found.amendments):
        detail = TargetDetail.build(result, found)
        assert TargetDetail.model_validate_json(detail.model_dump_json()) == detail
        assert detail.as_json() | TargetRecord.of(result).as_json() == detail.as_json()
        assert len(detail.series) == len(result.series)


def test_a_lineage_is_the_tree_it_was(found: Assessment) -> None:
    for result in (*found.targets, *found.goals):
        assert LineageRecord.of(result.lineage).as_json().keys() == result.lineage.as_dict().keys()
        nodes = [1 for _ in result.lineage.walk()]
        assert json.dumps(LineageRecord.of(result.lineage).as_json()).count('"children"') == len(nodes)


def test_what_a_group_owes_each_member_owes() -> None:
    def unit(id: str, *members: str) -> Organisation:
        name = {"zh": id, "en": id.title()}
        return Organisation.model_validate(
            {"id": id, "label": name, "short": name, "type": "group" if members else "district", "members": members}
        )

    units = [unit("a"), unit("b"), unit("both", "a", "b"), unit("all", "both", "c"), unit("c"), unit("loop", "loop")]
    assert select.unit_ids(units, units[0]) == {"a", "both", "all"}
    assert select.unit_ids(units, units[4]) == {"c", "all"}
    assert select.unit_ids(units, units[5]) == {"loop"}


def test_types_of_units_are_those_of_the_plan() -> None:
    assert get_args(select.UnitType) == get_args(Organisation.model_fields["type"].annotation)


def test_an_empty_filter_keeps_everything_in_the_order_of_the_plan(found: Assessment) -> None:
    shown = select.selected(found)
    assert (shown.targets, shown.goals) == (found.targets, found.goals)
    assert select.selected(found, by="-plan").targets == found.targets[::-1]


@pytest.mark.parametrize("by", select.SORTS)
def test_every_order_keeps_every_result(found: Assessment, by: select.Sort) -> None:
    assert sorted(item.id for item in select.order(found.targets, by)) == sorted(item.id for item in found.targets)


def test_words_are_found_in_any_width_case_and_order(found: Assessment) -> None:
    def ids(text: str) -> list[str]:
        return [item.id for item in select.Filter(text=text).apply(found.targets)]

    assert ids("ＰＶ capacity") == ids("CAPACITY pv") == ["pv-capacity-2025", "pv-capacity-2030"]
    assert ids("光伏") == ids("pv-capacity")
    assert ids("nothing of the kind") == []


def test_a_name_that_nobody_has_offers_the_nearest(city: City) -> None:
    with pytest.raises(NotFound, match=r"^no unit '市计划'\. Did you mean '市计划委'\?$"):
        select.find_unit(city.organisations, "市计划")


def test_every_column_of_the_table_is_a_key_of_the_record(found: Assessment) -> None:
    text = targets_csv([TargetRecord.of(item) for item in found.targets], "2026-11-25")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(found.targets)
    assert tuple(rows[0]) == TARGET_COLUMNS
    by_id = {row["id"]: row for row in rows}
    assert (by_id["pv-capacity-2030"]["latest_value"], by_id["pv-capacity-2030"]["gap"]) == ("46.0", "-44.0")
    assert by_id["pv-capacity-2030"]["joint"].count(";") == len(found.targets[3].joint) - 1
