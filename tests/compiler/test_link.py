"""Names in plans find their indicators: never a wrong one without asking."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dafeng.compiler import compile_text
from dafeng.compiler.agree import difference
from dafeng.compiler.link import Linker
from dafeng.compiler.result import CLEAR
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label


def indicator(id: str, zh: str, en: str, unit: str) -> Indicator:
    return Indicator(id=id, label=Label(zh=zh, en=en), unit=unit)


KNOWN = [
    indicator("power.pv_capacity", "光伏装机容量", "Solar PV capacity", "万千瓦"),
    indicator("power.wind_capacity", "风电装机容量", "Wind power capacity", "万千瓦"),
    indicator("power.pv_share", "光伏装机占比", "Share of PV in capacity", "%"),
    indicator("energy.intensity", "单位生产总值能耗", "Energy intensity of GDP", "吨标准煤/万元"),
    indicator("sinks.forest_cover", "森林覆盖率", "Forest cover", "%"),
]


def best(name: str, unit: str, direction: str | None = None) -> str:
    got = Linker(KNOWN).candidates(name, unit, "", direction)
    return got[0].indicator if got else ""


def test_terms_and_units_decide() -> None:
    assert best("光伏装机容量", "万千瓦") == "power.pv_capacity"
    assert best("太阳能光伏装机规模", "亿千瓦") == "power.pv_capacity"
    assert best("光伏装机占比", "%") == "power.pv_share"
    assert best("风力发电装机", "万千瓦") == "power.wind_capacity"
    assert best("全市森林覆盖率", "%") == "sinks.forest_cover"


def test_a_fall_in_percent_fits_any_dimension() -> None:
    assert best("单位地区生产总值能源消耗", "%", "decrease_by") == "energy.intensity"


def test_a_wrong_unit_costs() -> None:
    right = Linker(KNOWN).candidates("光伏装机容量", "万千瓦", "", None)[0]
    wrong = Linker(KNOWN).candidates("光伏装机容量", "万亩", "", None)[0]
    assert (right.unit_fits, wrong.unit_fits) == (True, False)
    assert wrong.score < right.score


def test_what_is_unknown_has_no_candidate() -> None:
    assert Linker(KNOWN).candidates("校舍面积", "平方米", "", None) == ()
    assert Linker([]).candidates("光伏装机容量", "万千瓦", "", None) == ()


def test_a_compilation_carries_its_candidates() -> None:
    got = compile_text("一、主要目标\n\n推进节能降碳和可再生能源。到2025年，森林覆盖率达到30%。", indicators=KNOWN)
    assert got.targets[0].link == "sinks.forest_cover"
    assert got.as_json()["targets"][0]["indicator_id"] == "sinks.forest_cover"


LABELLED = yaml.safe_load((Path(__file__).parent / "links.yaml").read_text(encoding="utf-8"))
GLOSSARY = Linker([indicator(*row) for row in LABELLED["indicators"]])
PHRASES: list[tuple[str, str, str | None, str | None]] = [tuple(row) for row in LABELLED["phrases"]]


def linked(name: str, unit: str, direction: str | None) -> tuple[str | None, list[str]]:
    got = GLOSSARY.candidates(name, unit, "", direction)
    return (got[0].indicator if got and got[0].score >= CLEAR else None), [one.indicator for one in got]


@pytest.mark.parametrize(("name", "unit", "direction", "meant"), PHRASES)
def test_no_phrase_is_linked_wrongly(name: str, unit: str, direction: str | None, meant: str | None) -> None:
    assert linked(name, unit, direction)[0] in (None, meant)


def test_most_phrases_are_linked_and_nearly_all_have_the_right_candidate() -> None:
    meant = [row for row in PHRASES if row[3]]
    taken = sum(linked(*row[:3])[0] == row[3] for row in meant)
    shown = sum(row[3] in linked(*row[:3])[1] for row in meant)
    assert len(PHRASES) >= 220 and len(meant) >= 100
    assert taken >= 0.88 * len(meant)
    assert shown >= 0.98 * len(meant)


@pytest.mark.parametrize(
    ("name", "label", "added", "says"),
    [
        ("光伏装机", "光伏装机容量", False, False),
        ("水电装机", "气电装机容量", False, True),
        ("粗钢产能", "粗钢产量", False, True),
        ("新增风电装机", "风电装机容量", True, False),
        ("新增风电装机", "风电装机容量", False, True),
        ("公共机构能源消费总量", "能源消费总量", False, True),
        ("天然气产量", "海上天然气产量", False, True),
        ("煤炭（不含焦炭）消费总量", "煤炭消费总量", False, True),
        ("新建学校、厂房等屋顶安装光伏的面积比例", "新建学校、厂房屋顶安装光伏的面积比例", False, False),
    ],
)
def test_what_one_name_says_and_the_other_does_not(name: str, label: str, added: bool, says: bool) -> None:
    assert bool(difference(name, label, added=added)) is says


def test_two_indicators_of_one_name_are_asked_about() -> None:
    twins = [indicator("a.b", "二氧化碳排放（甲）", "A", "万吨"), indicator("a.c", "二氧化碳排放（乙）", "B", "万吨")]
    got = Linker(twins).candidates("二氧化碳排放", "万吨", "", None)
    assert [one.indicator for one in got] == ["a.b", "a.c"]
    assert all(one.score < CLEAR for one in got)
