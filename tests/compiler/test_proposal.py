"""A compilation becomes plan data, and two plans are compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from dafeng.compiler import compile_text
from dafeng.compiler.diff import diff
from dafeng.compiler.proposal import UNLINKED, Choice, Header, to_plan, to_yaml
from dafeng.labels import Label
from dafeng.plan.schema import Organisation, Plan, Target

from .test_link import KNOWN

TEXT = """示例市碳达峰实施方案

示政发〔2022〕3号

一、主要目标

推进节能降碳。到2025年，森林覆盖率力争达到30%以上，确保粗钢产量只减不增。

二、重点任务

（一）能源绿色行动

1.发展新能源。到2030年，光伏装机容量达到400万千瓦。完善配套设施。加氢站达到20座。（责任单位：市发展改革委、市气象局等）

2.节约能源。推进LED照明，提高能效。（责任单位：市发展改革委）
"""
UNIT = Organisation(
    id="dr", label=Label(zh="示例市发展和改革委员会", en="D"), short=Label(zh="市发展改革委", en="D"), type="department"
)
HEADER = Header("peaking-2022", Label(zh="示例市人民政府", en="City"), "doc", "2022-07-08", "Plan")


def compiled() -> tuple[Plan, tuple[str, ...]]:
    got = compile_text(TEXT, indicators=KNOWN, organisations=[UNIT])
    return to_plan(got, HEADER), got.unresolved


def test_plan_data() -> None:
    plan, unresolved = compiled()
    assert (plan.number, plan.title.zh, plan.horizon) == ("示政发〔2022〕3号", "示例市碳达峰实施方案", (2022, 2030))
    assert [(t.id, t.indicator, t.clause, t.strength) for t in plan.targets] == [
        ("peaking-2022-forest-cover-2025", "sinks.forest_cover", "一", "striving"),
        ("peaking-2022-pv-capacity-2030", "power.pv_capacity", "二（一）1", "expected"),
        ("peaking-2022-target", UNLINKED, "二（一）1", "expected"),
    ]
    assert [(t.id, t.title.zh, t.action, t.units, t.etc) for t in plan.tasks] == [
        ("task-1", "发展新能源", "action-1", ("dr",), True),
        ("task-2", "节约能源", "action-1", ("dr",), False),
    ]
    assert [g.label.zh for g in plan.goals] == ["确保粗钢产量只减不增"]
    assert unresolved == ("市气象局",)


def test_yaml_comes_back() -> None:
    plan, _ = compiled()
    assert Plan.model_validate(yaml.safe_load(to_yaml(plan))) == plan


def test_a_person_chooses() -> None:
    got = compile_text(TEXT, indicators=KNOWN)
    plan = to_plan(got, HEADER, Choice(targets=[0, 2], goals=[], indicators={2: "transport.hydrogen_stations"}))
    assert [(t.id, t.indicator) for t in plan.targets] == [
        ("peaking-2022-forest-cover-2025", "sinks.forest_cover"),
        ("peaking-2022-hydrogen-stations", "transport.hydrogen_stations"),
    ]
    assert plan.goals == ()


def changed(**update: object) -> list[tuple[str, str]]:
    plan, _ = compiled()
    targets = tuple(t.model_copy(update=update) if t.id == "peaking-2022-pv-capacity-2030" else t for t in plan.targets)
    return [(change.kind, change.why) for change in diff(plan, plan.model_copy(update={"targets": targets}))]


@pytest.mark.parametrize(
    ("update", "change"),
    [
        ({"value": 500.0}, ("tightened", "400 becomes 500 万千瓦")),
        ({"value": 300.0}, ("loosened", "400 becomes 300 万千瓦")),
        ({"value": 0.04, "unit": "亿千瓦"}, ("unit", "万千瓦 becomes 亿千瓦")),
        ({"year": 2035}, ("re-dated", "due 2030 becomes 2035")),
        ({"hedge": "力争"}, ("loosened", "= 400 万千瓦 becomes 力争= 400 万千瓦")),
        ({"comparator": ">="}, ("wording", "= 400 万千瓦 becomes >= 400 万千瓦")),
        ({"unit": "万吨"}, ("incomparable", "万千瓦 and 万吨 have no common measure")),
        ({"clause": "三", "task": ""}, ("moved", "二（一）1 becomes 三")),
    ],
)
def test_one_difference(update: dict[str, object], change: tuple[str, str]) -> None:
    assert changed(**update) == [change]


def test_the_same_plan_has_no_difference() -> None:
    plan, _ = compiled()
    assert diff(plan, plan) == ()


def test_added_and_dropped() -> None:
    plan, _ = compiled()
    less = plan.model_copy(update={"targets": plan.targets[1:]})
    assert [(c.kind, c.indicator) for c in diff(plan, less)] == [("dropped", "sinks.forest_cover")]
    assert [(c.kind, c.indicator) for c in diff(less, plan)] == [("added", "sinks.forest_cover")]


def test_a_cap_tightens_downward_and_an_indicator_may_say_so_too() -> None:
    plan, _ = compiled()
    cap = plan.targets[1].model_copy(update={"comparator": "<="})
    lower = cap.model_copy(update={"value": 350.0})

    def with_target(target: Target) -> Plan:
        return plan.model_copy(update={"targets": (target,)})

    assert [c.kind for c in diff(with_target(cap), with_target(lower))] == ["tightened"]
    level = plan.targets[1].model_copy(update={"value": 350.0})
    assert [c.kind for c in diff(with_target(plan.targets[1]), with_target(level), {cap.indicator: "lower"})] == [
        "tightened"
    ]


def test_the_shipped_city_is_found_again(pytestconfig: pytest.Config) -> None:
    """The compiled text of the first city gives the plan that was written by hand, but for targets left unlinked."""
    from dafeng.city import load

    text = Path(pytestconfig.rootpath).parent / "shared" / "seed" / "shanghai-carbon-peaking-plan.md"
    if not text.exists():
        pytest.skip("the text of the plan is not beside the repository")
    city = load("shanghai")
    got = compile_text(
        text.read_text(encoding="utf-8"), indicators=tuple(city.indicators.values()), organisations=city.organisations
    )
    changes = diff(city.plan_files.plans[0], to_plan(got, HEADER))
    assert {c.kind for c in changes} <= {"added", "dropped"}
    assert sum(c.kind == "dropped" for c in changes) <= 14
    assert sum(bool(t.candidates) for t in got.targets) >= 64
    assert got.unresolved == ()


def test_a_figure_that_was_left_out_can_become_a_target() -> None:
    text = "一、重点任务\n\n（一）节能降碳行动\n\n1.发展可再生能源。"
    text += "到2027年，对年能耗１０００吨标准煤以上的企业开展审计。"
    got = compile_text(text)
    left = next(one for one in got.excluded if one.value)
    assert (left.reason, left.indicator, left.year, left.section, left.task) == ("condition", "年能耗", 2027, "一", "1")
    target = left.as_target(text)
    assert (target.value, target.unit, target.comparator, target.year) == (1000, "吨标准煤", ">=", 2027)
    assert text[target.value_start : target.value_end] == "１０００"
    assert target.quote == "对年能耗１０００吨标准煤以上的企业开展审计"
    plan = to_plan(replace(got, targets=(target,)), HEADER)
    assert [(one.value, one.clause, one.label.zh) for one in plan.targets if one.label] == [
        (1000, "一（一）1", "年能耗")
    ]


def test_a_figure_that_is_no_number_becomes_a_target_of_its_words() -> None:
    got = compile_text("一、任务\n\n（一）节能降碳。发展可再生能源，落实国发〔2021〕23号文件，完善5G网络。")
    made = [one.as_target(got.text) for one in got.excluded]
    assert [(one.indicator, one.value, one.confidence) for one in made] == [
        ("落实国发〔2021〕23号", 0.0, 0.0),
        ("完善", 0.0, 0.0),
    ]
