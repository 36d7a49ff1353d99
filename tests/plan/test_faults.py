"""Every fault a plan pack can have, with the whole of its message."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from dafeng.errors import Collector, FaultsFound, UnitError
from dafeng.plan import Plans, check, load, read
from dafeng.plan.schema import Plan
from dafeng.units import parse

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "pack", tmp_path / "pack"))


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the case does not fit the pack: {old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(pack: Path) -> list[str]:
    faults = Collector("pack")
    read(pack, faults)
    return [f"[{fault.code}] {fault}" for fault in faults.faults]


def test_the_pack_of_the_cases_has_no_fault(pack: Path) -> None:
    assert faults_of(pack) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_fault_is_named_with_file_line_and_remedy(case: dict[str, Any], pack: Path) -> None:
    change(pack, case["file"], case["old"], case["new"])
    assert sorted(faults_of(pack)) == sorted(case["faults"])


def test_a_unit_that_does_not_parse_is_named_with_its_line(pack: Path) -> None:
    change(pack, "plan.yaml", "unit: 万千瓦", "unit: 万千佤")
    assert faults_of(pack) == [
        "[unknown-unit] plan.yaml:37: the unit of target 'solar-2025' does not parse: "
        f"{refusal('万千佤')}. Write the unit as the plan does, in a form that dafeng.units reads"
    ]


def refusal(unit: str) -> str:
    """What dafeng.units says of a unit it does not know, without the full stop."""
    with pytest.raises(UnitError) as error:
        parse(unit)
    return str(error.value).rstrip(".")


def test_all_faults_are_reported_together(pack: Path) -> None:
    change(pack, "plan.yaml", "task: forest-1", "task: forest-9")
    change(pack, "plan.yaml", "period: 十四五", "period: 二十五")
    change(pack, "plan.yaml", "value_max: 15", "value_max: 9")
    change(pack, "organisations.yaml", "place: north", "place: nroth")
    change(pack, "evidence.yaml", "confidence: medium", "confidence: sure")
    with pytest.raises(FaultsFound) as found:
        load(pack)
    assert sorted(fault.code for fault in found.value.faults) == [
        "range",
        "schema-literal-error",
        "schema-value-error",
        "unknown-place",
        "unknown-task",
    ]


def test_a_missing_file_is_one_fault_and_silences_what_hangs_on_it(pack: Path) -> None:
    (pack / "organisations.yaml").unlink()
    assert faults_of(pack) == [
        "[no-file] organisations.yaml: the file is missing. Add organisations.yaml to the city pack"
    ]


def test_a_plan_that_cannot_be_read_does_not_make_its_names_unknown(pack: Path) -> None:
    change(pack, "plan.yaml", "issued: 2021-05", "issued: May 2021")
    assert faults_of(pack) == [
        "[schema-string-pattern-mismatch] plan.yaml:5: issued: string should match pattern "
        "'^\\d{4}(-\\d{2}(-\\d{2})?)?$' (got 'May 2021'). Correct the value; the schema is in docs/guide/city-pack.md"
    ]


def test_a_plan_made_in_memory_is_checked_by_the_path_of_its_parts() -> None:
    plan = Plan.model_validate(yaml.safe_load(MEMORY))
    faults = Collector("memory")
    check(Plans((plan,)), faults)
    assert [str(fault) for fault in faults.faults] == [
        "drafted:targets[0].chapter: no chapter 'aim'. Did you mean 'aims'?",
        "drafted:targets[0].unit: the unit of target 'solar' does not parse: "
        f"{refusal('甲乙')}. Write the unit as the plan does, in a form that dafeng.units reads",
    ]


MEMORY = """
id: drafted
title: {zh: 草案, en: Draft}
issuer: {zh: 示例市, en: Exampleton}
document: draft
issued: "2024"
horizon: [2024, 2030]
chapters: [{id: aims, "no": 一, title: {zh: 目标, en: Aims}}]
targets:
  - {id: solar, indicator: power.solar, chapter: aim, value: 1, unit: 甲乙, comparator: ">=", clause: 一}
"""
