"""What is written of a compilation is a plan file that loads without a fault, beside the plans of a city."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dafeng import plan as plans
from dafeng.compiler import Compiled, compile_text
from dafeng.compiler.proposal import Header, corrections, to_plan
from dafeng.compiler.result import TargetRecord
from dafeng.compiler.writable import common_base, pack_unit, writable
from dafeng.errors import FaultsFound
from dafeng.labels import Label
from dafeng.review import HeaderGuess, outcome
from dafeng.review.decision import Decision, Decisions, digest
from dafeng.review.item import items

from .render import STYLES, document, render
from .test_link import KNOWN

TOY = Path(__file__).resolve().parents[1] / "cities" / "toy"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
HEADER = Header("read-plan", Label(zh="示例市人民政府", en="City"), "doc", "2022")


def loads(compiled: Compiled, folder: Path, header: Header = HEADER) -> plans.Plans:
    """Write every item as accepted and load it in the toy city."""
    for name in ("organisations.yaml", "places.yaml", "plan.yaml", "plan-2024.yaml"):
        shutil.copy(TOY / name, folder / name)
    made = Decisions(
        sha256=digest(compiled.text),
        decisions=tuple(Decision(item=item.id, verdict="accept") for item in items(compiled)),
    )
    head = HeaderGuess(header)
    (folder / "plan-read.yaml").write_text(outcome.proposed_yaml(compiled, head), encoding="utf-8")
    with pytest.raises(FaultsFound) as refused:
        plans.load(folder)
    assert [fault.code for fault in refused.value.faults] == ["not-decided"]
    (folder / "plan-read.yaml").write_text(outcome.accepted_yaml(compiled, made, head), encoding="utf-8")
    return plans.load(folder)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_synthetic_plan_loads(style: str, seed: int, tmp_path: Path) -> None:
    got = compile_text(render(document(seed), style), indicators=KNOWN)
    assert len(loads(got, tmp_path).plans) == 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="no annotated plans beside the repository")
@pytest.mark.parametrize("name", ["guowuyuan_2030", "jiangxi", "zhujianbu_chengxiang", "shanghai-carbon-peaking-plan"])
def test_an_annotated_plan_loads(name: str, tmp_path: Path) -> None:
    place = next(path for path in SHARED.glob(f"*/{name}.md"))
    got = compile_text(place.read_text(encoding="utf-8"), indicators=KNOWN)
    assert len(loads(got, tmp_path).plans) == 3


def test_ids_begin_with_that_of_the_plan(tmp_path: Path) -> None:
    text = "一、主要目标\n\n推进节能降碳。到2025年，森林覆盖率达到30%。到2030年前实现碳达峰。"
    found = loads(compile_text(text, indicators=KNOWN), tmp_path)
    mine = next(one for one in found.plans if one.id == "read-plan")
    assert [part.id for part in mine.promises] == ["read-plan-forest-cover-2025", "read-plan-goal-1"]


BASES = [
    ("“十四五”期间，单位生产总值能耗下降14%。", 2020),
    ("到2025年，单位生产总值能耗下降14%。", 2020),
    ("到2030年，单位生产总值能耗下降14%。", 2020),
    ("到2030年，单位生产总值能耗下降14%，单位生产总值碳排放比2015年下降20%。", 2015),
    ("2022年，单位生产总值能耗下降3%。", 2021),
    ("“十五五”期间，光伏装机容量新增100万千瓦。", 2025),
    ("单位生产总值能耗下降14%。", 2020),
]


@pytest.mark.parametrize(("sentence", "year"), BASES)
def test_a_base_year_that_the_plan_leaves_open_is_assumed_in_sight(sentence: str, year: int) -> None:
    got = compile_text(f"一、主要目标\n\n推进节能降碳，发展可再生能源。\n\n二、任务\n\n{sentence}", indicators=KNOWN)
    target = to_plan(got, HEADER).targets[0]
    assert target.baseline_year == year
    assert target.baseline_assumed is not None and str(year) in target.baseline_assumed.zh
    assert "assumed" in corrections(to_plan(got, HEADER))[-1]


def test_an_amount_that_no_indicator_answers_is_read_itself() -> None:
    got = compile_text("一、主要目标\n\n推进节能降碳，发展可再生能源。“十四五”期间，新增加氢站20座。")
    target = to_plan(got, HEADER).targets[0]
    assert (target.measure, target.baseline_year, target.note) == ("level", None, None)


UNITS = [
    ("万千瓦", "万千瓦", 1),
    ("层", "个", 1),
    ("万台套", "万个", 1),
    ("成", "%", 10),
    ("蒸吨/小时", "吨/小时", 1),
    ("万吨标准煤当量", "万吨标准煤", 1),
    ("万吨二氧化碳当量", "万吨二氧化碳当量", 1),
    ("万公吨", "万吨", 1),
    ("万标准机架", "万标准机架", 1),
    ("兆伏安", "千千伏安", 1),
]


@pytest.mark.parametrize(("written", "kept", "factor"), UNITS)
def test_units_of_plans_become_units_of_packs(written: str, kept: str, factor: float) -> None:
    assert pack_unit(written) == (kept, factor)


def record(**update: object) -> TargetRecord:
    got = compile_text("一、主要目标\n\n推进节能降碳和可再生能源。到2025年，森林覆盖率达到30%。")
    return replace(got.targets[0], **update)  # type: ignore[arg-type]  # each case names fields of a target


CONTRADICTIONS: list[tuple[dict[str, object], dict[str, object], str]] = [
    ({"unit": "分贝"}, {"unit": ""}, "the plan's unit '分贝' cannot be calculated with"),
    ({"unit": "层"}, {"unit": "个"}, "the plan writes the unit '层', kept as '个'"),
    ({"value_max": 20.0}, {"value_max": None}, "the range is upside down, one end is kept"),
    ({"value_max": 40.0, "comparator": ">="}, {"comparator": "="}, "the range has a bound as well"),
    (
        {"direction": "decrease_to", "comparator": ">="},
        {"direction": None},
        "the direction decrease_to contradicts >=",
    ),
    ({"from_year": 2027}, {"from_year": None}, "it starts after it falls due"),
    ({"baseline_year": 2025}, {"baseline_year": None}, "the base year 2025 is not before the year it falls due"),
]


@pytest.mark.parametrize(("update", "kept", "said"), CONTRADICTIONS)
def test_a_contradiction_is_told_to_who_reviews(
    update: dict[str, object], kept: dict[str, object], said: str, tmp_path: Path
) -> None:
    fields = writable(record(**update), issued=2022, base=None, linked=False)
    assert {name: fields[name] for name in kept} == kept
    assert fields["note"].en == f"To be corrected: {said}"
    text = "一、主要目标\n\n推进节能降碳和可再生能源。到2025年，森林覆盖率达到30%。"
    found = loads(replace(compile_text(text), targets=(record(**update),)), tmp_path)
    mine = next(one for one in found.plans if one.id == "read-plan")
    assert corrections(mine) == (f"{mine.targets[0].id}: {said}",)


def test_what_is_assured_is_binding() -> None:
    got = compile_text("一、主要目标\n\n推进节能降碳，发展可再生能源。到2025年，确保森林覆盖率达到30%。")
    target = to_plan(got, HEADER).targets[0]
    assert (target.hedge, target.strength) == ("确保", "binding")


def test_the_base_of_a_plan_is_the_one_it_names_most() -> None:
    bases = [record(baseline_year=year) for year in (2020, 2020, 2015)]
    assert common_base(bases) == 2020
    assert common_base(bases[1:]) is None
    assert common_base([]) is None
