"""Published figures the store must give again, each with where it is printed."""

from __future__ import annotations

import pytest

from dafeng import units
from dafeng.factors import Factors
from dafeng.factors.derive import printed

#: CO2 factors of set A as the compilation checked them (kerosene and refinery gas as corrected), in t/t or t/10⁴ m³.
SET_A = {
    "raw_coal": "1.9003",
    "bituminous_coal": "1.7417",
    "lignite": "1.1729",
    "coke": "2.8604",
    "petroleum_coke": "3.2115",
    "crude_oil": "3.0202",
    "gasoline": "2.9251",
    "kerosene": "3.0334",
    "diesel": "3.0959",
    "fuel_oil": "3.1705",
    "lpg": "3.1013",
    "refinery_gas": "3.0116",
    "lng": "2.8313",
    "natural_gas": "21.6219",
    "coke_oven_gas": "8.8638",
    "blast_furnace_gas": "8.4811",
    "converter_gas": "15.1240",
}
#: Products printed in table 8 of the Shenzhen scheme of 2021, by the heating values of set B.
SHENZHEN = {
    "kerosene": ("44.75", "19.6", "0.98", "3.1517"),
    "refinery_gas": ("46.05", "18.2", "0.98", "3.0116"),
    "lpg": ("47.31", "17.2", "0.98", "2.9240"),
}
CEADS = {
    "gasoline": 2.926746,
    "kerosene": 3.035144,
    "diesel": 3.093819,
    "fuel_oil": 3.168321,
    "lpg": 3.130861,
    "refinery_gas": 3.341336,
    "crude_oil": 3.003148,
    "natural_gas": 21.60729,
}


@pytest.mark.parametrize(("fuel", "text"), SET_A.items())
def test_set_a(national: Factors, fuel: str, text: str) -> None:
    factor = national.get(fuel, set="enterprise-defaults").factor
    assert printed(factor.value, text)
    assert len(factor.derived_from) == 3
    assert factor.unit == ("tCO2/万立方米" if "_gas" in fuel and fuel != "refinery_gas" else "tCO2/t")


def test_set_a_has_no_other_fuel(national: Factors) -> None:
    assert {one.what for one in national.all.values() if one.set == "enterprise-defaults"} == set(SET_A)


@pytest.mark.parametrize(("fuel", "steps"), SHENZHEN.items())
def test_the_shenzhen_table_prints_the_product_of_these_steps(
    national: Factors, fuel: str, steps: tuple[str, str, str, str]
) -> None:
    ncv, carbon, oxidised, text = steps
    assert national.get(fuel, "ncv", set="other-industries").factor.value == float(ncv)
    assert printed(float(ncv) * float(carbon) * float(oxidised) * 44 / 12 / 1000, text)


@pytest.mark.parametrize(("fuel", "value"), CEADS.items())
def test_ceads_is_the_product_of_its_steps_with_its_own_ratio(national: Factors, fuel: str, value: float) -> None:
    effective = national.get(fuel, regime="ceads", year=2019).factor
    assert (effective.value, effective.confidence, effective.derived_from) == (value, "high", ())
    ncv, carbon, oxidised = (
        national.get(fuel, name, regime="ceads", year=2019).factor.value
        for name in ("ncv", "carbon_content", "oxidation")
    )
    assert ncv and carbon and oxidised
    assert ncv * carbon * oxidised * (44.0095 / 12.0107) / 1000 == pytest.approx(value, rel=2e-7)
    assert ncv * carbon * oxidised * (44 / 12) / 1000 != pytest.approx(value, rel=2e-4)


@pytest.mark.parametrize(
    ("sector", "value"),
    [
        ("power_heat", 1.7269),
        ("agriculture", 1.6440),
        ("construction", 1.6440),
        ("petroleum_coking", 1.6440),
        ("food_paper_furniture", 1.5910),
        ("textile_leather_clothing", 1.6268),
        ("chemicals", 1.6952),
        ("non_metal_minerals", 1.7921),
        ("ferrous_smelting", 1.6659),
        ("Ordinary Machinery", 1.6202),
        ("Coal Mining and Dressing", 1.6380),
        ("scrap", 1.7263),
        ("urban_households", 1.4630),
        ("Wholesale, Retail Trade and Catering Services", 1.4630),
    ],
)
def test_raw_coal_of_ceads_differs_by_sector(national: Factors, sector: str, value: float) -> None:
    assert national.get("raw_coal", regime="ceads", year=2019, sector=sector).factor.value == value


@pytest.mark.parametrize(
    ("regime", "year", "value", "document"),
    [
        ("enterprise", 2021, 0.5568, "grid-factors-2021"),
        ("enterprise", 2022, 0.5366, "grid-factors-2022"),
        ("enterprise", 2023, 0.5306, "grid-factors-2023"),
        ("gpc", 2012, 0.7035, "fujian-allocation-2020"),
        ("gpc", 2021, 0.5992, "grid-factors-2021"),
        ("gpc", 2022, 0.5617, "grid-factors-2022"),
        ("gpc", 2023, 0.5500, "grid-factors-2023"),
        ("assessed", 2010, 0.7934, "grid-factors-2010"),
        ("assessed", 2021, 0.5834, "grid-factors-2021"),
        ("assessed", 2022, 0.5849, "grid-factors-2022"),
        ("inventory-2025", 2023, 0.5737, "grid-factors-2023"),
        ("ets", 2013, 0.6101, "mee-power-guideline-2021"),
        ("ets", 2020, 0.6101, "mee-power-guideline-2021"),
        ("ets", 2021, 0.5810, "mee-ets-notice-2022"),
        ("ets", 2022, 0.5703, "mee-power-report-notice-2023"),
        ("local-market", 2013, 0.788, "shanghai-allocation-2020"),
        ("local-market", 2021, 0.788, "shanghai-allocation-2020"),
        ("local-market", 2022, 0.42, "shanghai-factors-2022"),
        ("local-market", 2026, 0.42, "shanghai-factors-2022"),
        ("buildings", 2023, 0.42, "shanghai-factors-2022"),
    ],
)
def test_electricity(shanghai: Factors, regime: str, year: int, value: float, document: str) -> None:
    factor = shanghai.get("electricity", regime=regime, year=year, region="shanghai").factor
    assert (factor.value, factor.unit, factor.document) == (value, "tCO2/MWh", document)


@pytest.mark.parametrize(
    ("what", "regime", "year", "value"),
    [
        ("heat", "enterprise", 2023, 0.11),
        ("heat", "local-market", 2023, 0.06),
        ("green_electricity", "local-market", 2024, 0.0),
        ("coal_unmeasured", "ets", 2021, 26.7 * 33.56 * 0.99 * 44 / 12 / 1000),
        ("natural_gas", "buildings", 2023, 55.54),
        ("limestone", "enterprise", 2023, 0.440),
        ("crude_steel", "enterprise", 2023, 0.0154),
    ],
)
def test_heat_green_power_and_process(shanghai: Factors, what: str, regime: str, year: int, value: float) -> None:
    assert shanghai.get(what, regime=regime, year=year, region="shanghai").factor.value == pytest.approx(value)


def test_the_penalty_of_coal_that_was_not_measured_is_as_printed(national: Factors) -> None:
    assert printed(national.get("coal_unmeasured", regime="ets", year=2022).factor.value, "3.2527")


GASES = ("ch4", "n2o", "sf6", "nf3", "hfc-23", "hfc-32", "hfc-125", "hfc-134a", "hfc-143a", "hfc-152a", "cf4", "c2f6")


@pytest.mark.parametrize(
    ("report", "values"),
    [
        ("ar4", (25, 298, 22800, 17200, 14800, 675, 3500, 1430, 4470, 124, 7390, 12200)),
        ("ar5", (28, 265, 23500, 16100, 12400, 677, 3170, 1300, 4800, 138, 6630, 11100)),
        ("ar6", (27.9, 273, 25200, 17400, 14600, 771, 3740, 1530, 5810, 164, 7380, 12400)),
    ],
)
def test_warming_potentials(national: Factors, report: str, values: tuple[float, ...]) -> None:
    assert tuple(national.gwp(gas, report).factor.value for gas in GASES) == values


def test_methane_of_ar6_by_origin(national: Factors) -> None:
    assert [national.gwp(gas, "AR6").factor.value for gas in ("CH4", "fossil methane", "ch4_non_fossil")] == [
        27.9,
        29.8,
        27.0,
    ]


def test_co2e_adds_gases_by_one_report(national: Factors) -> None:
    amounts = {"CO2": 100.0, "ch4": 2.0, "N2O": 1.0}
    assert national.co2e(amounts, "ar5") == 100 + 2 * 28 + 265
    assert national.co2e(amounts, "gwp-ar4") == 100 + 2 * 25 + 298
    assert national.co2e({}, "ar5") == 0.0
    assert national.co2e({"ch4": float("nan"), "co2": 1.0}, "ar5") != national.co2e({"ch4": 0.0, "co2": 1.0}, "ar5")


@pytest.mark.parametrize(
    ("what", "heat", "coefficient"),
    [
        ("raw_coal", 20.934, 0.7143),
        ("cleaned_coal", 26.377, 0.9000),
        ("middlings", 8.374, 0.2857),
        ("coke", 28.470, 0.9714),
        ("crude_oil", 41.868, 1.4286),
        ("gasoline", 43.124, 1.4714),
        ("kerosene", 43.124, 1.4714),
        ("diesel", 42.705, 1.4571),
        ("fuel_oil", 41.868, 1.4286),
        ("lpg", 50.242, 1.7143),
        ("refinery_gas", 46.055, 1.5714),
        ("producer_gas", 5.2335, 0.1786),
    ],
)
def test_coefficients_are_heating_values_over_29307_6(
    national: Factors, what: str, heat: float, coefficient: float
) -> None:
    given = national.get(what, "reference_heat", set="yearbook-tce").factor
    assert given.value is not None
    per = "GJ/t" if given.unit == "kcal/kg" else "MJ/m3"
    converted = units.convert(given.value, given.unit, per)
    assert converted == pytest.approx(heat, abs=6e-4)
    found = national.tce(what).factor
    assert found.value == coefficient
    assert abs(coefficient - converted / 29.3076) < 1e-4


def test_lng_electricity_and_heat_are_energy_over_29307_6(national: Factors) -> None:
    lng = national.get("lng", "ncv", set="enterprise-defaults").factor.value
    assert lng is not None
    assert national.tce("lng").factor.value == pytest.approx(lng / 29.3076, abs=1e-4)
    assert national.tce("electricity").factor.value == pytest.approx(3.6 / 29.3076, abs=1e-4)
    assert national.tce("heat").factor.value == pytest.approx(1 / 29.3076, abs=1e-4)


def test_the_range_of_gas_is_that_of_its_heating_values(national: Factors) -> None:
    for what in ("natural_gas", "coke_oven_gas"):
        heat = national.get(what, "reference_heat", set="yearbook-tce", ranges=True).factor
        coal = national.tce(what, ranges=True).factor
        assert heat.low and heat.high and coal.low and coal.high
        assert (heat.low / 7000, heat.high / 7000) == pytest.approx((coal.low, coal.high), abs=1e-4)


@pytest.mark.parametrize(
    ("what", "parameter", "value"),
    [
        ("landfill_food", "decay", 0.185),
        ("landfill_paper", "doc", 0.4),
        ("landfill_wood", "docf", 0.1),
        ("landfill", "methane_oxidation", 0.1),
        ("composting", "ch4_factor", 4.0),
        ("composting", "n2o_factor", 0.24),
        ("wastewater_aerobic", "mcf", 0.03),
        ("rice_fields", None, 0.004),
        ("managed_soils", "leaching_n2o", 0.011),
        ("forest_biomass", None, 0.47),
    ],
)
def test_waste_and_land(national: Factors, what: str, parameter: str | None, value: float) -> None:
    choice = national.get(what, parameter, regime="inventory-2025", year=2023)
    assert (choice.factor.value, choice.factor.set) == (value, "ipcc-2006-2019")
