"""Accounts of the shipped city: recomputed from activity, under every boundary, with what they lack."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import account, accounts
from dafeng.accounts.reconcile import reconcile
from dafeng.accounts.uncertainty import Category, propagate
from dafeng.city import City
from dafeng.errors import NotFound, Refused

MATRIX = Path(__file__).parents[2].parent / "shared" / "data" / "ceads_shanghai_sector_fuel.csv"
BOUNDARIES = [boundary.id for boundary in declared.load().boundaries]


@pytest.fixture(scope="module")
def ceads(shanghai: City) -> dict[int, float]:
    return dict(accounts(shanghai, "ceads").totals())


def test_ceads_totals_are_recomputed_from_activity(shanghai: City, ceads: dict[int, float]) -> None:
    published = {p.period.year: p.value for p in shanghai.facts.series("emissions.ceads_total", "shanghai").points}
    gaps = {year: ceads[year] - value for year, value in published.items() if value is not None}
    assert sorted(gaps) == list(range(1997, 2020))
    assert max(map(abs, gaps.values())) < 0.1


def test_fuels_of_the_matrix_are_met(shanghai: City) -> None:
    if not MATRIX.is_file():
        pytest.skip("the optional folder beside the repository is not there")
    with MATRIX.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2019"]
    by_fuel: dict[str, float] = defaultdict(float)
    for row in rows:
        by_fuel[row["fuel"]] += float(row["value_mt"])
    found = account(shanghai, "ceads", 2019)
    assert found.by_fuel["raw_coal"] == pytest.approx(by_fuel["Raw Coal"], abs=0.01)
    assert found.by_fuel["natural_gas"] == pytest.approx(by_fuel["Natural Gas"], abs=0.001)
    assert found.by_fuel["process"] == pytest.approx(by_fuel["Process"], abs=0.0001)


def test_process_of_2017_is_absent_and_not_zero(shanghai: City) -> None:
    found = account(shanghai, "ceads", 2017)
    assert "cement_process" not in found.by_item
    assert found.coverage == 0.5
    assert [(a.item, a.key, a.why.en) for a in found.absent] == [
        ("imported_electricity", "NE", "territorial scope 1 has no bought electricity"),
        ("cement_process", "NE", "no figure of 2017"),
    ]


def test_steel_stands_as_in_the_source_and_as_it_is(shanghai: City) -> None:
    found = account(shanghai, "ceads", 2019)
    assert found.by_sector["ferrous_smelting"] == pytest.approx(22.98, abs=0.01)
    assert found.reallocated["ferrous_smelting"] == pytest.approx(31.6, abs=0.1)
    assert sum(found.reallocated.values()) == pytest.approx(sum(found.by_sector.values()))
    assert account(shanghai, "ceads", 2008).reallocated == account(shanghai, "ceads", 2008).by_sector


def test_2021_is_accounted_from_its_balance_and_the_gap_is_explained(shanghai: City) -> None:
    found = account(shanghai, "ceads", 2021)
    (held,) = found.held
    assert (held.indicator, held.value) == ("emissions.scope1_estimate", 189.8)
    assert held.gap == pytest.approx(sum(held.parts.values()))
    named = {part: round(value, 2) for part, value in held.parts.items() if abs(value) >= 0.02}
    assert named == {
        "cement_process": 1.26,
        "raw_coal_final": -0.81,
        "lng": 0.12,
        "crude_oil": 0.04,
        "other_oil_products": 1.16,
        "rounding": 0.03,
    }


@pytest.mark.parametrize("boundary", [id for id in BOUNDARIES if id != "ceads"])
def test_every_total_of_2021_is_walked_to_from_what_was_derived(shanghai: City, boundary: str) -> None:
    (held,) = account(shanghai, "ceads", 2021).held
    steps = [step.net for step in reconcile(shanghai, "ceads", boundary, 2021).steps]
    found = account(shanghai, boundary, 2021)
    assert found.total is not None
    assert held.value + sum(held.parts.values()) + sum(steps) == pytest.approx(found.total.value, abs=1e-9)


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_2021_has_a_total_under_every_boundary(shanghai: City, boundary: str) -> None:
    found = account(shanghai, boundary, 2021)
    assert found.total is not None
    assert found.total.low < found.total.value < found.total.high
    for parts in (found.by_sector, found.by_fuel, found.by_gas, found.by_item):
        assert sum(parts.values()) == pytest.approx(found.total.value, abs=1e-9)
    assert found.sources


def test_a_year_without_fuel_has_no_total(shanghai: City) -> None:
    found = account(shanghai, "ceads", 2023)
    assert found.total is None
    assert 2023 not in accounts(shanghai, "ceads").totals()
    assert ("fuel", "NE") in [(absent.item, absent.key) for absent in found.absent]


def test_what_cannot_be_computed_is_absent_with_its_reason(shanghai: City) -> None:
    found = account(shanghai, "inventory-2025", 2021)
    reasons = {absent.item: absent.why.en for absent in found.absent}
    assert reasons["cement_process"] == "cement is mostly ground here; without clinker there is no process CO2"
    assert "no figure of industry.process_gas" in reasons["electronics"]
    assert reasons["forest"] == "no figure of 2021"  # the last inventory whose volume is published is that of 2014
    assert not {"electronics", "steel_process", "forest"} & set(found.by_item)


#: Each worked by hand from the published activity and the default of the guidelines, in Mt CO2e (AR5).
BY_HAND = [
    ("rice", 2020, 104.06e3 * 81.3e-3 * 28 / 1e6),
    ("biological", 2020, 9504 * 365 * 0.8e-3 * 28 / 1e6),
    ("livestock", 2019, (51500 * 102.64 + 507400 * 13.54 + 122200 * 5.19 + 7600 * 5.1) * 28 / 1e9),
    ("incineration", 2019, 4925888 * (0.0975 + 0.085 * 0.9 * 0.46 * 0.01 + 0.00328 + 0.137 * 0.027) * 44 / 12 / 1e6),
    ("cooling", 2020, 3475900 * 0.6e-3 * 0.15 * 1300 / 1e6),
    ("forest", 2012, -(449.59e4 - 186.35e4) / 5 * 1.0739 * 0.47 * 44 / 12 / 1e6),
]


@pytest.mark.parametrize(("item", "year", "value"), BY_HAND)
def test_a_sector_is_what_its_activity_and_default_give(shanghai: City, item: str, year: int, value: float) -> None:
    assert account(shanghai, "inventory-2025", year).by_item[item] == pytest.approx(value, rel=1e-6)


def test_landfills_go_on_emitting_after_the_last_waste_and_less_each_year(shanghai: City) -> None:
    series = [account(shanghai, "inventory-2025", year).by_item["landfill"] for year in range(2004, 2026)]
    assert max(series) == series[2014 - 2004]
    assert all(later < earlier for earlier, later in pairwise(series[2020 - 2004 :]))
    assert series[-1] > 2


def test_warming_potentials_are_those_of_the_chosen_report(shanghai: City) -> None:
    ar5 = account(shanghai, "inventory-2025", 2020).by_item["biological"]
    ar4 = account(shanghai, "inventory-2025", 2020, gwp="ar4").by_item["biological"]
    assert ar4 / ar5 == pytest.approx(25 / 28)


def test_bunkers_stand_beside_the_total_whether_taken_off_or_not(shanghai: City) -> None:
    off = account(shanghai, "inventory-2025", 2021)
    assert off.memo["refuelled_abroad"] == pytest.approx(-off.by_item["refuelled_abroad"])
    booked = account(shanghai, "inventory-2025", 2021, bunkers="booked")
    assert booked.total is not None and off.total is not None
    assert booked.total.value - off.total.value == pytest.approx(booked.memo["refuelled_abroad"])
    assert account(shanghai, "inventory-2025", 2007).memo["refuelled_here"] == pytest.approx(
        124.98e4 * 3.0333764 / 1e6, rel=1e-4
    )


def test_every_width_says_what_it_rests_on() -> None:
    width = declared.load().uncertainty
    assert all(one.locator for one in (*width.activity.values(), *width.factor.values()))
    (diesel, gas) = (width.factor["diesel"], width.factor["natural_gas"])
    assert (diesel.half, gas.half) == pytest.approx(((20.4 - 19.8) / 2 / 20.2, (15.9 - 14.8) / 2 / 15.3), abs=5e-4)


def test_growth_green_and_marshes_are_memos(shanghai: City) -> None:
    found = account(shanghai, "inventory-2025", 2016)
    assert found.memo["forest_growth"] == pytest.approx(-59.42e4 * 44 / 12 / 1e6)
    assert found.memo["urban_green"] == pytest.approx(-0.386 * 99875 * 2.9 * 44 / 12 / 1e6)
    assert not {"forest_growth", "urban_green", "wetlands"} & set(found.by_item)


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("provincial", 74.29 * 0.5834),
        ("regional", 74.29 * 0.5992),
        ("national", 74.29 * 0.5568),
        ("ets", 74.29 * 0.581),
    ],
)
def test_the_basis_of_imports_is_a_switch(shanghai: City, switch: str, value: float) -> None:
    found = account(shanghai, "assessed", 2021, imports=switch)
    assert found.by_item["imported_electricity"] == pytest.approx(value)


def test_imports_move_the_total_by_fourteen_million_tonnes(shanghai: City) -> None:
    found = [accounts(shanghai, "assessed", imports=basis) for basis in ("local", "regional", "provincial")]
    values = [one.account(2023).by_item["imported_electricity"] for one in found]
    assert [round(value) for value in values] == [38, 49, 52]


def test_a_factor_of_another_year_is_told_and_widens_the_interval(shanghai: City) -> None:
    found = account(shanghai, "assessed", 2019)
    assert "no electricity factor of 2019 was published; that of 2021 stands in" in [note.en for note in found.notes]
    same = account(shanghai, "assessed", 2021)
    assert found.total is not None
    assert same.total is not None
    assert found.total.high - found.total.value > same.total.high - same.total.value


def test_bunkers_and_feedstock_are_switches(shanghai: City) -> None:
    plain = account(shanghai, "assessed", 2021).total
    without = account(shanghai, "assessed", 2021, bunkers="less_abroad").total
    counted = account(shanghai, "assessed", 2021, non_energy="counted").total
    assert plain is not None
    assert without is not None
    assert counted is not None
    expected = 69.66 * 0.030334 + 13.38 * 0.030959 + 350.29 * 0.031705
    assert plain.value - without.value == pytest.approx(expected, abs=0.01)
    assert counted.value > plain.value


def test_the_interval_is_that_of_error_propagation(shanghai: City) -> None:
    found = accounts(shanghai, "assessed")
    at = found.at(2021)
    cells = found.cells
    categories = [
        Category(
            id=str(i),
            activity=1.0,
            factor=float(cells.values[i, at]),
            activity_half=float(cells.activity[i]),
            factor_half=float(cells.factor[i, at]),
            factor_id=cells.shared[i],
        )
        for i in range(len(cells.keys))
        if not np.isnan(cells.values[i, at])
    ]
    made = propagate(categories)
    total = found.account(2021).total
    assert total is not None
    assert total.low == pytest.approx(made.low / 1e6)
    assert total.high == pytest.approx(made.high / 1e6)


def test_unknown_names_offer_the_nearest(shanghai: City) -> None:
    with pytest.raises(NotFound, match=r"^no boundary 'ceds'\. Did you mean 'ceads'\?$"):
        account(shanghai, "ceds", 2019)
    with pytest.raises(Refused, match=r"^switch 'import': no such switch\. Did you mean 'imports'\?$"):
        account(shanghai, "ceads", 2019, **{"import": "regional"})
    with pytest.raises(
        Refused, match=r"^switch 'gwp': 'ar7' is no option of it\. Did you mean 'sar' or 'ar6' or 'ar5'\?$"
    ):
        account(shanghai, "ceads", 2019, gwp="ar7")
    with pytest.raises(Refused, match=r"^account: the year 1980 is not in the ledger\. Ask for a year from 1990 to"):
        account(shanghai, "ceads", 1980)


def test_another_city_without_activity_has_no_total_and_says_why(toy: City) -> None:
    found = account(toy, "ceads", 2023)
    assert found.total is None
    assert found.coverage == 0
    assert {absent.item for absent in found.absent} >= {"fuel", "cement_process"}
