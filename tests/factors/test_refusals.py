"""Every refusal, with its whole message."""

from __future__ import annotations

from typing import Any

import pytest

from dafeng.errors import DafengError, NotFound, Refused
from dafeng.factors import CoalRate, Factors, NoFactor

SHANGHAI_GRID = (
    "grid-provincial.electricity.co2_factor.shanghai.2023 = 0.5737 tCO2/MWh (another year); "
    "grid-provincial.electricity.co2_factor.shanghai.2022 = 0.5849 tCO2/MWh (another year); "
    "grid-provincial.electricity.co2_factor.shanghai.2021 = 0.5834 tCO2/MWh (another year); "
    "grid-provincial.electricity.co2_factor.shanghai.2010 = 0.7934 tCO2/MWh (another year)"
)
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "year": (
        {"what": "electricity", "regime": "assessed", "year": 2025, "region": "shanghai"},
        "year",
        "co2_factor of electricity, regime assessed, year 2025, region shanghai: the set grid-provincial has none of "
        f"2025. Ask for a year that was published; no other year stands in. Nearest: {SHANGHAI_GRID}; "
        "shanghai-market.electricity.co2_factor.shanghai.2022- = 0.42 tCO2/MWh (not read by this regime).",
    ),
    "looked for and not found": (
        {"what": "electricity", "regime": "assessed", "year": 2024, "region": "shanghai"},
        "not-found",
        "co2_factor of electricity, regime assessed, year 2024, region shanghai: the set grid-provincial has none: it "
        "was looked for and not found. Give a figure with its source, or ask another regime. "
        f"Nearest: {SHANGHAI_GRID}; "
        "shanghai-market.electricity.co2_factor.shanghai.2022- = 0.42 tCO2/MWh (not read by this regime).",
    ),
    "unconfirmed": (
        {"what": "coal_consumption", "regime": "assessed", "year": 2021},
        "unconfirmed",
        "co2_per_tce of coal_consumption, regime assessed, year 2021: the sets assessment-2018, enterprise-defaults, "
        "other-industries have only unconfirmed figures. Ask for unconfirmed ones outright, or give a figure with its "
        "source. Nearest: assessment-2018.coal_consumption.co2_per_tce = 2.66 tCO2/tce (unconfirmed).",
    ),
    "no year": (
        {"what": "electricity", "regime": "ets"},
        "needs-year",
        "co2_factor of electricity, regime ets: the set ets-constants has figures of single years. Give a year. "
        "Nearest: ets-constants.electricity.co2_factor.china.-2020 = 0.6101 tCO2/MWh (of one year); "
        "ets-constants.electricity.co2_factor.china.2021 = 0.581 tCO2/MWh (of one year); "
        "ets-constants.electricity.co2_factor.china.2022 = 0.5703 tCO2/MWh (of one year); "
        "grid-fossil.electricity.co2_factor.china.2023 = 0.8273 tCO2/MWh (not read by this regime, of one year); "
        "grid-national.electricity.co2_factor.china.2021 = 0.5568 tCO2/MWh (not read by this regime, of one year).",
    ),
    "no region": (
        {"what": "electricity", "set": "grid-regional", "year": 2023},
        "needs-region",
        "co2_factor of electricity, set grid-regional, year 2023: the set grid-regional has figures of single regions. "
        "Give a region. Nearest: grid-regional.electricity.co2_factor.east-china.2023 = 0.55 tCO2/MWh (of one region); "
        "grid-fossil.electricity.co2_factor.china.2023 = 0.8273 tCO2/MWh (not read by this regime); "
        "grid-national.electricity.co2_factor.china.2023 = 0.5306 tCO2/MWh (not read by this regime); "
        "grid-residual.electricity.co2_factor.china.2023 = 0.6096 tCO2/MWh (not read by this regime); "
        "grid-regional.electricity.co2_factor.east-china.2022 = 0.5617 tCO2/MWh (another year, of one region).",
    ),
    "another region": (
        {"what": "electricity", "regime": "assessed", "year": 2023, "region": "zhejiang"},
        "region",
        "co2_factor of electricity, regime assessed, year 2023, region zhejiang: the set grid-provincial has none for "
        "zhejiang. Ask for a region that was published. Nearest: "
        "grid-provincial.electricity.co2_factor.shanghai.2023 = 0.5737 tCO2/MWh (another region); "
        "grid-regional.electricity.co2_factor.east-china.2023 = 0.55 tCO2/MWh (not read by this regime); "
        "grid-fossil.electricity.co2_factor.china.2023 = 0.8273 tCO2/MWh (not read by this regime); "
        "grid-national.electricity.co2_factor.china.2023 = 0.5306 tCO2/MWh (not read by this regime); "
        "grid-residual.electricity.co2_factor.china.2023 = 0.6096 tCO2/MWh (not read by this regime).",
    ),
    "no sector": (
        {"what": "cleaned_coal", "regime": "ceads", "year": 2019},
        "needs-sector",
        "co2_factor of cleaned_coal, regime ceads, year 2019: the set ceads has figures of single sectors. Give a "
        "sector. Nearest: ceads.cleaned_coal.co2_factor.ferrous_smelting = 2.0991 tCO2/t (of one sector); "
        "ceads.cleaned_coal.co2_factor.non_metal_minerals = 2.2581 tCO2/t (of one sector); "
        "ceads.cleaned_coal.co2_factor.petroleum_coking = 2.0714 tCO2/t (of one sector); "
        "ipcc-2006-fuels.cleaned_coal.co2_factor = 2.4921424 tCO2/t (not read by this regime); "
        "other-industries.cleaned_coal.co2_factor = 2.2817592 tCO2/t (not read by this regime).",
    ),
    "another sector": (
        {"what": "briquettes", "regime": "ceads", "year": 2019, "sector": "construction"},
        "sector",
        "co2_factor of briquettes, regime ceads, year 2019, sector construction: the set ceads has none for the sector "
        "construction. Ask for a sector that was published. Nearest: "
        "ceads.briquettes.co2_factor.ferrous_smelting = 1.418 tCO2/t (another sector); "
        "ceads.briquettes.co2_factor.households = 1.2452 tCO2/t (another sector); "
        "ceads.briquettes.co2_factor.non_metal_minerals = 1.5254 tCO2/t (another sector); "
        "other-industries.briquettes.co2_factor = 1.9359648 tCO2/t (not read by this regime).",
    ),
    "a range": (
        {"what": "natural_gas", "parameter": "tce", "regime": "enterprise"},
        "range",
        "tce of natural_gas, regime enterprise: the sets gbt-2589, yearbook-tce, gb-30251 have a range and no single "
        "value. Give a measured value, or ask for ranges outright. Nearest: "
        "yearbook-tce.natural_gas.tce = 1.1–1.33 kgce/m3 (a range).",
    ),
    "tables that disagree": (
        {"what": "LNG", "regime": "enterprise", "year": 2021},
        "conflict",
        "co2_factor of lng, regime enterprise, year 2021: three tables give three kinds of LNG. Name the set that "
        "applies. Nearest: enterprise-defaults.lng.co2_factor = 2.831257 tCO2/t (disagrees); "
        "shandong-eia.lng.co2_factor = 2.7317957 tCO2/t (disagrees); "
        "other-industries.lng.co2_factor = 2.3253069 tCO2/t (disagrees).",
    ),
    "no set": (
        {"what": "electricity", "regime": "ceads", "year": 2021, "region": "shanghai"},
        "no-set",
        "co2_factor of electricity, regime ceads, year 2021, region shanghai: the regime ceads reads no set for "
        "electricity. Ask another regime, or name a set. Nearest: "
        "grid-provincial.electricity.co2_factor.shanghai.2021 = 0.5834 tCO2/MWh (not read by this regime); "
        "shanghai-market.electricity.co2_factor.shanghai.-2021 = 0.788 tCO2/MWh (not read by this regime); "
        "grid-regional.electricity.co2_factor.east-china.2021 = 0.5992 tCO2/MWh (not read by this regime); "
        "ets-constants.electricity.co2_factor.china.2021 = 0.581 tCO2/MWh (not read by this regime); "
        "grid-national.electricity.co2_factor.china.2021 = 0.5568 tCO2/MWh (not read by this regime).",
    ),
    "no parameter": (
        {"what": "gasoline", "parameter": "oxidation", "regime": "buildings", "year": 2023},
        "no-parameter",
        "oxidation of gasoline, regime buildings, year 2023: the set gbt-51366 has no oxidation of gasoline. Ask for "
        "another parameter, or name another set. Nearest: ceads.gasoline.oxidation = 0.98 (not read by this regime); "
        "enterprise-defaults.gasoline.oxidation = 0.98 (not read by this regime); "
        "ipcc-2006-fuels.gasoline.oxidation = 1 (not read by this regime); "
        "other-industries.gasoline.oxidation = 0.98 (not read by this regime).",
    ),
    "nothing alike": (
        {"what": "hfc-245fa", "regime": "inventory-2011"},
        "no-parameter",
        "gwp100 of hfc-245fa, regime inventory-2011: the set gwp-sar has no gwp100 of hfc-245fa. Ask for another "
        "parameter, or name another set. Nearest: gwp-ar4.hfc-245fa.gwp100 = 1030 tCO2e/t (not read by this regime); "
        "gwp-ar5.hfc-245fa.gwp100 = 858 tCO2e/t (not read by this regime); "
        "gwp-ar6.hfc-245fa.gwp100 = 962 tCO2e/t (not read by this regime).",
    ),
    "nothing at all": (
        {"what": "tidal_marsh", "regime": "gpc", "year": 2023, "region": "shanghai"},
        "no-parameter",
        "carbon_burial of tidal_marsh, regime gpc, year 2023, region shanghai: the set ipcc-2006-2019 has no "
        "carbon_burial of tidal_marsh. Ask for another parameter, or name another set.",
    ),
}


@pytest.mark.parametrize(("request_", "reason", "message"), CASES.values(), ids=CASES)
def test_a_refusal_says_what_is_wrong_what_to_do_and_what_comes_near(
    shanghai: Factors, request_: dict[str, Any], reason: str, message: str
) -> None:
    with pytest.raises(NoFactor) as caught:
        shanghai.get(**request_)
    assert str(caught.value) == message
    assert (caught.value.reason, caught.value.code) == (reason, "no-factor")
    assert message.startswith(caught.value.brief)
    assert isinstance(caught.value, Refused)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"what": "kerosen", "regime": "ceads"},
            "no fuel or activity 'kerosen'. Did you mean 'kerosene' or 'jet_kerosene'?",
        ),
        (
            {"what": "焦炉气", "regime": "ceads"},
            "no fuel or activity '焦炉气'. Did you mean 'coke_oven_gas'?",
        ),
        ({"what": "航空煤", "regime": "ceads"}, "no fuel or activity '航空煤'. Did you mean 'jet_kerosene'?"),
        ({"what": "xyzzy", "regime": "ceads"}, "no fuel or activity 'xyzzy'."),
        ({"what": "diesel", "regime": "asessed"}, "no regime 'asessed'. Did you mean 'assessed'?"),
        ({"what": "diesel", "set": "gwp-ar7"}, "no set 'gwp-ar7'. Did you mean 'gwp-sar' or 'gwp-ar6' or 'gwp-ar5'?"),
        ({"what": "diesel", "regime": "ets", "parameter": "nvc"}, "no parameter 'nvc'. Did you mean 'ncv'?"),
        ({"what": "diesel", "regime": "ets", "region": "shangai"}, "no region 'shangai'. Did you mean 'shanghai'?"),
        (
            {"what": "raw_coal", "regime": "ceads", "sector": "smelter"},
            "no sector 'smelter'. Did you mean 'smelting'?",
        ),
    ],
)
def test_a_name_that_names_nothing(shanghai: Factors, request_: dict[str, Any], message: str) -> None:
    with pytest.raises(NotFound) as caught:
        shanghai.get(**request_)
    assert str(caught.value) == message


def test_neither_regime_nor_set(national: Factors) -> None:
    with pytest.raises(Refused) as caught:
        national.get("diesel", year=2023)
    assert str(caught.value) == (
        "diesel: neither a regime nor a set is named. Name one of the regimes assessed, inventory-2011, "
        "inventory-2025, inventory-ipcc, gpc, ceads, enterprise, ets, local-market, buildings."
    )


@pytest.mark.parametrize(
    ("rate", "message"),
    [
        (
            None,
            "tce of electricity, generation basis: it takes the coal rate of the year, and none is given. Give the "
            "rate in gce/kWh with its document, or take the equivalent basis.",
        ),
        (
            CoalRate(0.3, 2021, "yearbook"),
            "tce of electricity, generation basis: 0.3 gce/kWh is no coal rate (expected 200 to 700). "
            "Give it in gce/kWh.",
        ),
    ],
)
def test_electricity_as_coal_without_a_coal_rate(national: Factors, rate: CoalRate | None, message: str) -> None:
    with pytest.raises(DafengError) as caught:
        national.tce("electricity", "generation", rate=rate)
    assert str(caught.value) == message


def test_an_unknown_factor_or_report(national: Factors) -> None:
    with pytest.raises(NotFound, match=r"^no factor 'x'\.$"):
        national.explain("x")
    with pytest.raises(NotFound, match=r"^no set 'gwp-ar9'\. Did you mean 'gwp-sar' or 'gwp-ar6' or 'gwp-ar5'\?$"):
        national.gwp("ch4", "ar9")
