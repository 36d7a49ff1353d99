"""Every method by hand, measured values, markets, second estimates, intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.accounts_enterprise.conftest import accounted, row

from dafeng.accounts.enterprise.account import roll_up, totals, unit_account
from dafeng.accounts.enterprise.methods import load
from dafeng.accounts.uncertainty import Category, propagate
from dafeng.registers import Activity, Measured

GAS = 389.31e-3 * 15.3 * 0.99 * 44 / 12
PENALTY = 26.7e-3 * 33.56 * 0.99 * 44 / 12


def total(*found: Activity, id: str = "works", **how: Any) -> float:
    made = unit_account(accounted(*found, **how), "enterprise", id, load()).total
    assert made is not None
    return made.value


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([row("boiler", "fuel", "natural_gas", 10, "万立方米")], 10 * GAS, id="fuel by default"),
        pytest.param([row("boiler", "fuel", "natural_gas", 100_000, "m3")], 10 * GAS, id="another unit"),
        pytest.param(
            [row("boiler", "fuel", "natural_gas", 10, "万立方米"), row("boiler", "recovered_co2", "co2", 50, "tCO2")],
            10 * GAS - 50,
            id="recovered CO2 is taken off",
        ),
        pytest.param(
            [
                row("boiler", "heat", "heat", 100, "GJ", first=2022 * 12, last=2022 * 12),
                row("boiler", "exported_heat", "heat", 40, "GJ", first=2022 * 12, last=2022 * 12),
            ],
            60 * 0.06,
            id="heat bought less heat sold, local market",
        ),
        pytest.param([row("plant", "fuel", "bituminous_coal", 1000, "t")], 1000 * PENALTY, id="coal not measured"),
        pytest.param(
            [
                row(
                    "plant",
                    "fuel",
                    "bituminous_coal",
                    1000,
                    "t",
                    measured=Measured(ncv=22.0, carbon_content=26.5, oxidation=0.99),
                    evidence="lab-7",
                )
            ],
            1000 * 22.0e-3 * 26.5 * 0.99 * 44 / 12,
            id="coal measured",
        ),
        pytest.param(
            [
                row("mill", "process", "limestone", 100, "t"),
                row("mill", "carbon_in", "pig_iron", 1000, "t"),
                row("mill", "carbon_out", "crude_steel", 1100, "t"),
            ],
            100 * 0.440 + 1000 * 0.172 - 1100 * 0.0154,
            id="steel by carbon balance",
        ),
        pytest.param(
            [row("mill", "carbon_in", "scrap", 100, "t", measured=Measured(carbon_share=0.002), evidence="lab")],
            100 * 0.002 * 44 / 12,
            id="a material of no factor, measured",
        ),
        pytest.param(
            [
                row("refinery", "carbon_in", "feed", 1000, "t", measured=Measured(carbon_share=0.85), evidence="lab"),
                row("refinery", "carbon_out", "resin", 900, "t", measured=Measured(carbon_share=0.80), evidence="lab"),
                row("refinery", "fuel", "natural_gas", 10, "万立方米"),
            ],
            (1000 * 0.85 - 900 * 0.80) * 44 / 12 + 10 * GAS,
            id="petrochemicals by carbon balance",
        ),
        pytest.param([row("grinder", "fuel", "natural_gas", 10, "万立方米")], 10 * GAS, id="cement grinding"),
        pytest.param([row("boiler", "output", "steam", 5, "t"), row("boiler", "fuel", "diesel", 1, "t")],
                     42.652e-3 * 20.2 * 0.98 * 44 / 12, id="output is not added"),
    ],
)  # fmt: skip
def test_methods_by_hand(rows: list[Activity], expected: float) -> None:
    assert total(*rows) == pytest.approx(expected, rel=1e-12)


def test_a_data_centre_without_a_meter_of_its_whole_power_takes_it_power_times_pue() -> None:
    it = row("hall", "it_electricity", "electricity", 100, "MWh")
    assert total(it, id="tower") == pytest.approx(100 * 1.25 * 0.5366)
    metered = row("hall", "electricity", "electricity", 130, "MWh")
    assert total(it, metered, id="tower") == pytest.approx(130 * 0.5366)


def test_a_building_counts_fuel_and_power_and_no_output() -> None:
    gas = row("office", "fuel", "natural_gas", 10, "万立方米")
    power = row("office", "electricity", "electricity", 100, "MWh")
    let = row("office", "output", "floor let", 5, "t")
    assert total(gas, power, let, id="tower") == pytest.approx(10 * GAS + 100 * 0.5366)


def test_a_unit_that_moves_is_counted_once_and_both_figures_can_be_asked_for() -> None:
    power = row("boiler", "electricity", "electricity", 1200, "MWh")
    account = unit_account(accounted(power), "enterprise", "works", load())
    assert account.by_market == pytest.approx({"local": 600 * 0.42, "national": 600 * 0.5703})
    assert total(power, market="local") == pytest.approx(1200 * 0.42)
    assert total(power, market="national") == pytest.approx(1200 * 0.5703)
    assert account.total is not None
    assert account.total.value == pytest.approx(sum(account.by_market.values()))


def test_the_roll_up_adds_scope_1_and_keeps_scope_2_beside_it() -> None:
    found = roll_up(
        accounted(
            row("plant", "fuel", "natural_gas", 10, "万立方米"),
            row("office", "electricity", "electricity", 100, "MWh"),
        )
    )
    assert (found.scope1, found.scope2) == pytest.approx((10 * GAS, 100 * 0.5366))
    assert (found.units, found.synthetic) == (2, True)


def test_a_year_without_a_factor_is_absent_with_its_reason_and_a_named_year_stands_in() -> None:
    power = row("office", "electricity", "electricity", 100, "MWh", first=2024 * 12, last=2024 * 12 + 11)
    absent = unit_account(accounted(power, year=2024), "enterprise", "tower", load())
    assert (absent.total, absent.coverage) == (None, 0.0)
    assert "none" in absent.refused[0].en
    assert "查找过，没有找到" in absent.refused[0].zh
    named = unit_account(accounted(power, year=2024, factor_year=2023), "enterprise", "tower", load())
    assert named.total is not None
    assert named.total.value == pytest.approx(100 * 0.5306)
    assert "factor-year" in named.flags


def test_a_row_over_two_years_counts_with_the_months_of_each() -> None:
    fuel = row("boiler", "fuel", "natural_gas", 24, "万立方米", first=2021 * 12, last=2022 * 12 + 11)
    assert total(fuel) == pytest.approx(12 * GAS)
    assert total(fuel, year=2021) == pytest.approx(12 * GAS)


def test_a_second_estimate_stands_beside_the_account_with_the_difference() -> None:
    account = unit_account(
        accounted(row("plant", "fuel", "natural_gas", 12, "万立方米"), row("plant", "cems", "co2", 300, "tCO2")),
        "enterprise",
        "works",
        load(),
    )
    (estimate,) = account.estimates
    assert (estimate.facility, estimate.kind) == ("plant", "cems")
    assert estimate.difference == pytest.approx(300 - 12 * GAS)
    assert account.total is not None
    assert account.total.value == pytest.approx(12 * GAS)


def test_intervals_are_those_of_error_propagation_with_shared_factors() -> None:
    rows = accounted(
        row("boiler", "fuel", "natural_gas", 10, "万立方米"),
        row("mill", "fuel", "natural_gas", 30, "万立方米"),
        row("mill", "fuel", "diesel", 5, "t", measured=Measured(factor=3.1), evidence="lab"),
        row("office", "fuel", "natural_gas", 7, "万立方米"),
    )
    mine = [
        i
        for i in range(len(rows.table))
        if rows.table["enterprise"].names[rows.table["enterprise"].codes[i]] == "works"
    ]
    expected = propagate(
        [
            Category(
                str(i),
                float(rows.emission[i]),
                1.0,
                float(rows.activity_half[i]),
                float(rows.factor_half[i]),
                str(rows.factors[i]),
            )
            for i in mine
        ]
    )
    found = totals(rows, "enterprise")["works"]
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert np.isfinite(found.half)


def test_lng_on_which_sets_disagree_is_refused_until_one_is_named() -> None:
    lng = row("boiler", "fuel", "lng", 10, "t")
    assert unit_account(accounted(lng), "enterprise", "works", load()).total is None
    assert total(lng, sets={"lng": "shandong-eia"}) == pytest.approx(10 * 44.2e-3 * 17.2 * 0.98 * 44 / 12)
