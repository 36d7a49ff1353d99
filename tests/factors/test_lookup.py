"""How a factor is chosen: order of sets, years, regions, sectors, names, what is never chosen."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dafeng.factors import Factors, NoFactor, Years


def test_the_first_set_that_has_the_fuel_is_read(national: Factors) -> None:
    assert national.get("gasoline", regime="enterprise", year=2023).factor.set == "enterprise-defaults"
    choice = national.get("cleaned_coal", regime="enterprise", year=2023)
    assert choice.factor.set == "other-industries"
    assert choice.why.en == (
        "set other-industries, number 2 of 2 that the regime enterprise reads; "
        "heating value x carbon content x oxidised share"
    )
    assert choice.why.zh == ("按“企业核算指南”第 2 顺位取“工业其他行业指南缺省值（B 套）”，由热值、含碳量和氧化率相乘")


def test_the_reason_names_year_and_region(shanghai: Factors) -> None:
    year = shanghai.get("electricity", regime="assessed", year=2023, region="shanghai").why
    assert year.en == "set grid-provincial, number 1 of 1 that the regime assessed reads; the figure of 2023; Shanghai"
    assert year.zh == "按“考核口径”第 1 顺位取“省级电力平均二氧化碳排放因子”，2023 年值，上海"
    span = shanghai.get("electricity", regime="local-market", year=2025, region="shanghai").why
    assert (
        span.en == "set shanghai-market, number 1 of 1 that the regime local-market reads; in force in 2025; Shanghai"
    )
    named = shanghai.get("lng", set="shandong-eia").why
    assert named.zh == "按指定取“山东省环评指南参数”，由热值、含碳量和氧化率相乘"
    assert named.en == "the set shandong-eia was named; heating value x carbon content x oxidised share"


@pytest.mark.parametrize("parameter", ["ncv", "carbon_content", "oxidation", "co2_factor"])
def test_a_fuel_is_never_mixed_from_two_sets(national: Factors, parameter: str) -> None:
    for what in ("naphtha", "anthracite", "coke", "cleaned_coal", "lpg"):
        for regime in ("enterprise", "inventory-2025", "assessed", "gpc"):
            try:
                found = national.get(what, parameter, regime=regime, year=2023).factor.set
            except NoFactor as refused:
                assert (what, refused.reason) == ("naphtha", "conflict")
                continue
            assert found == ("enterprise-defaults" if what in ("coke", "lpg") else "other-industries")


def test_the_owner_of_a_fuel_is_not_helped_out_by_the_next_set(national: Factors) -> None:
    with pytest.raises(NoFactor, match=r"^ncv of coke, regime ceads: the set ceads has only unconfirmed figures\. "):
        national.get("coke", "ncv", regime="ceads")


def test_a_conflict_is_settled_by_naming_the_set(national: Factors) -> None:
    assert national.get("lng", regime="enterprise", set="enterprise-defaults").factor.stated == "2.8313 tCO2/t"
    assert national.get("lng", regime="enterprise", set="shandong-eia").factor.stated == "2.7318 tCO2/t"
    assert national.get("naphtha", set="shandong-eia").factor.stated == "3.1981 tCO2/t"


def test_an_unconfirmed_figure_is_passed_over_and_told(national: Factors) -> None:
    choice = national.get("wastewater_aerobic", regime="inventory-2025")
    assert (choice.factor.set, choice.passed) == ("ipcc-2006-2019", ())
    for id in ("wastewater_septic", "municipal_waste_incineration", "hazardous_waste_incineration"):
        with pytest.raises(NoFactor) as caught:
            national.get(id, regime="inventory-2025")
        assert caught.value.reason == "unconfirmed"
    asked = national.get("wastewater_septic", regime="inventory-2025", unconfirmed=True)
    assert (asked.factor.value, asked.factor.confidence) == (0.3, "unconfirmed")
    assert asked.why.zh.endswith("；未核实，按要求采用")
    assert asked.why.en.endswith("; unconfirmed, taken because it was asked for")


def test_no_regime_gives_an_unconfirmed_figure_unasked(shanghai: Factors) -> None:
    given = 0
    for regime in shanghai.library.regimes:
        for what, subject in shanghai.library.subjects.items():
            for parameter in {factor.parameter for factor in shanghai.all.values() if factor.what == what}:
                for year in (2010, 2018, 2020, 2022, 2024):
                    try:
                        factor = shanghai.pick(
                            shanghai.asked(what, parameter, regime=regime, year=year, region="shanghai")
                        )
                    except NoFactor:
                        continue
                    given += 1
                    assert factor.confirmed and factor.value is not None, (regime, subject, parameter, year)
                    assert factor.id not in shanghai.superseded
    assert given > 1000


def test_what_is_superseded_is_kept_and_never_chosen(national: Factors) -> None:
    old = "enterprise-defaults.refinery_gas.ncv.three-decimals"
    assert national.superseded == {old}
    assert national.factor(old).value == 46.055
    assert national.get("refinery_gas", "ncv", regime="enterprise").factor.value == 46.05
    with pytest.raises(NoFactor) as caught:
        national.get("refinery_gas", "ncv", set="gwp-ar5")
    assert old not in {one.factor.id for one in caught.value.candidates}


def test_a_figure_of_a_larger_region_holds_inside_it(shanghai: Factors) -> None:
    inside = shanghai.get("electricity", regime="gpc", year=2023, region="shanghai").factor
    assert inside.region == "east-china"
    assert shanghai.get("electricity", regime="gpc", year=2023, region="zhejiang").factor == inside
    with pytest.raises(NoFactor):
        shanghai.get("electricity", regime="gpc", year=2023, region="china")
    for region in (None, "china", "east-china", "shanghai"):
        assert shanghai.get("electricity", regime="enterprise", year=2023, region=region).factor.value == 0.5306


def test_a_figure_of_a_group_of_sectors_holds_inside_it(national: Factors) -> None:
    def of(what: str, sector: str) -> tuple[float | None, str]:
        factor = national.get(what, regime="ceads", sector=sector).factor
        return factor.value, factor.sector

    assert of("raw_coal", "ferrous_smelting") == of("raw_coal", "nonferrous_smelting") == (1.6659, "smelting")
    assert of("cleaned_coal", "Smelting and Pressing of Ferrous Metals") == (2.0991, "ferrous_smelting")
    assert of("coke", "ferrous_smelting") == (2.876589, "")
    with pytest.raises(NoFactor):
        of("cleaned_coal", "nonferrous_smelting")


@pytest.mark.parametrize("name", ["diesel", "Diesel", " 柴油 ", "DIESEL OIL", "diesel_oil", "diesel-oil"])
def test_a_fuel_is_found_by_any_name(national: Factors, name: str) -> None:
    assert national.subject(name).id == "diesel"


def test_the_labels_of_the_energy_balance_are_fuels_here(national: Factors) -> None:
    labels = (
        "raw_coal cleaned_coal briquettes coke coke_oven_gas blast_furnace_gas converter_gas other_gas "
        "other_coking_products crude_oil gasoline kerosene diesel fuel_oil lpg refinery_gas other_oil_products "
        "natural_gas lng heat electricity"
    ).split()
    assert [national.subject(label).id for label in labels] == labels


def test_every_name_means_one_thing(shanghai: Factors) -> None:
    names = [
        name.casefold()
        for subject in shanghai.library.subjects.values()
        for name in {*map(str.casefold, subject.names)}
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("", [1900, 2100], []),
        ("2023", [2023], [2022, 2024]),
        ("2022-", [2022, 2100], [2021]),
        ("-2021", [1900, 2021], [2022]),
        ("2013-2020", [2013, 2020], [2012, 2021]),
    ],
)
def test_years(text: str, inside: list[int], outside: list[int]) -> None:
    years = Years.parse(text)
    assert str(years) == text
    assert all(year in years for year in inside)
    assert not any(year in years for year in outside)
    assert [years.distance(year) for year in inside] == [0] * len(inside)
    assert all(years.distance(year) == 1 for year in outside)


@pytest.mark.parametrize("text", ["-", "20", "2023-2020", "2023—2024", "２０２３", "2023-20x4", "a-b"])
def test_what_is_no_span_of_years(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$|invalid literal"):
        Years.parse(text)


@pytest.mark.parametrize(
    ("a", "b", "common"),
    [("2020-2022", "2022-", True), ("2020-2021", "2022-", False), ("", "2023", True), ("-2019", "2020", False)],
)
def test_years_in_common(a: str, b: str, common: bool) -> None:
    assert Years.parse(a).overlaps(Years.parse(b)) is common
    assert Years.parse(b).overlaps(Years.parse(a)) is common


def test_others_would_fit_the_same_year_and_place(shanghai: Factors) -> None:
    choice = shanghai.get("electricity", regime="assessed", year=2022, region="shanghai")
    assert {factor.id for factor in choice.others} == {
        "grid-national.electricity.co2_factor.china.2022",
        "grid-regional.electricity.co2_factor.east-china.2022",
        "ets-constants.electricity.co2_factor.china.2022",
        "shanghai-market.electricity.co2_factor.shanghai.2022-",
    }


@pytest.mark.parametrize(
    ("basis", "value", "others"), [("equivalent", 0.1229, []), ("generation", 0.2995, ["gbt-2589.electricity.tce"])]
)
def test_electricity_as_coal_by_two_bases(national: Factors, basis: Any, value: float, others: list[str]) -> None:
    from dafeng.factors import CoalRate

    choice = national.tce("electricity", basis, rate=CoalRate(299.5, 2021, "yearbook", "表 1", "high"))
    assert choice.factor.value == value
    assert [factor.id for factor in choice.others] == others
    if basis == "generation":
        factor = choice.factor
        assert factor.id == "coal-rate.electricity.tce.2021"
        assert (factor.document, factor.locator, factor.confidence) == ("yearbook", "表 1", "high")
        assert factor.stated == "299.5 gce/kWh"
        assert choice.why.zh == "等价值：按 2021 年发电煤耗 299.5 gce/kWh 计"
    assert national.tce("coke", basis).factor.value == 0.9714


def test_search_finds_every_word_in_any_name(shanghai: Factors) -> None:
    assert {factor.years.first for factor in shanghai.search("华东 电力")} == {2012, 2021, 2022, 2023}
    assert [factor.id for factor in shanghai.search("沪环气〔2022〕34号 heat")] == [
        "shanghai-market.heat.co2_factor.shanghai.2022-"
    ]
    assert {factor.what for factor in shanghai.search("GWP-AR6 sulphur")} == {"sf6"}
    assert shanghai.search("nothing of the kind") == ()
    assert len(shanghai.search("")) == len(shanghai.all)


def test_benchmarks_are_found_by_product_grade_and_measure(shanghai: Factors) -> None:
    found = [(one.standard, one.figure()) for one in shanghai.find_benchmarks("数据中心 limit")]
    assert found == [
        ("GB 40879-2021", "1.5"),
        ("严格能效约束意见（2021）", "1.3"),
        ("严格能效约束意见（2021）", "1.5"),
        ("沪府发〔2022〕7号", "1.3"),
        ("沪经信基〔2022〕306号", "1.25"),
    ]
    assert [one.figure() for one in shanghai.find_benchmarks("ethylene naphtha 标杆")] == ["590 kgoe/t"]
    assert [one.figure() for one in shanghai.find_benchmarks("zero-carbon factory")] == []
    assert [one.figure() for one in shanghai.find_benchmarks("factory target")] == ["<=0.2 tCO2/tce"]
    assert shanghai.find_benchmarks("GB 40879 grades_1_2")[0].figure() == "not found"
