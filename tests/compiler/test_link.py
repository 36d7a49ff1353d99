from __future__ import annotations

from dafeng.compiler import compile_text
from dafeng.compiler.link import Linker
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
