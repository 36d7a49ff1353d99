"""Districts side by side and rolled up: what stands twice is shown and removed, what is left over is told."""

from __future__ import annotations

from math import isnan

import pytest
from tests.accounts_enterprise.conftest import SHANGHAI, row

from dafeng.accounts.district import CityTotals, compare, of_places, roll_up
from dafeng.accounts.district.change import change
from dafeng.accounts.enterprise.methods import load
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.enterprise.table import of_activities
from dafeng.errors import Refused
from dafeng.factors import for_city

GAS = 389.31e-3 * 15.3 * 0.99 * 44 / 12


@pytest.fixture(scope="module")
def rows() -> Rows:
    def of(place: str, use: str, what: str, quantity: float, unit: str) -> object:
        return row("", use, what, quantity, unit, place=place, sector="industry")

    found = [
        of("north", "fuel", "natural_gas", 100, "万立方米"),
        of("north", "electricity", "electricity", 1000, "MWh"),
        of("north", "heat", "heat", 500, "GJ"),
        of("south", "electricity", "electricity", 3000, "MWh"),
        of("park", "fuel", "natural_gas", 10, "万立方米"),
        row("boiler", "fuel", "natural_gas", 50, "万立方米"),
    ]
    table = of_activities(found)  # type: ignore[arg-type]
    return of_places(table, 2022, for_city(SHANGHAI), load(), "inventory-2025", "shanghai")


def test_districts_are_compared_largest_first_by_scope(rows: Rows) -> None:
    lines = {line.place: line for line in compare(rows)}
    assert list(lines) == ["north", "south", "park"]
    north = lines["north"]
    assert (north.scope1, north.electricity, north.heat) == pytest.approx((100 * GAS, 584.9, 55.0))
    assert north.total == pytest.approx(100 * GAS + 584.9 + 55.0)
    assert (lines["south"].scope1, lines["south"].heat) == (None, None)
    assert sum(line.share for line in lines.values()) == pytest.approx(1)
    assert north.low < north.total < north.high
    assert north.synthetic


def test_the_roll_up_shows_and_removes_the_double_count_and_leaves_a_remainder(rows: Rows) -> None:
    power = 4000 * 0.5849
    found = roll_up(rows, ("north", "south", "west"), CityTotals("assessed", 6000.0, 0.4))
    assert (found.scope1, found.electricity, found.heat) == pytest.approx((100 * GAS, power, 55.0))
    assert found.gross == pytest.approx(found.scope1 + found.electricity + found.heat)
    assert (found.double_electricity, found.double_heat) == pytest.approx((0.6 * power, 55.0))
    assert found.net == pytest.approx(100 * GAS + 0.4 * power)
    assert found.double_electricity is not None
    assert found.net == pytest.approx(found.gross - found.double_electricity - found.double_heat)
    assert found.remainder == pytest.approx(6000.0 - found.net)
    assert found.missing == ("west",)
    assert found.synthetic


def test_every_sum_has_an_interval_whose_rows_share_the_error_of_their_factor(rows: Rows) -> None:
    held = CityTotals("assessed", 6000.0, 0.4, 5700.0, 6300.0)
    found = roll_up(rows, ("north", "south"), held)
    width = load().uncertainty
    fuel, power, heat = 100 * GAS, (584.9, 3 * 584.9), 55.0

    def half(share: float, warmth: float) -> float:
        counted = [fuel, share * power[0], share * power[1], warmth * heat]
        families = ("fuel", "electricity", "electricity", "heat")
        own = sum((one * width.activity[family]) ** 2 for one, family in zip(counted, families, strict=True))
        factors = {"fuel": counted[0], "electricity": counted[1] + counted[2], "heat": counted[3]}
        return float((own + sum((one * width.factor[family]) ** 2 for family, one in factors.items())) ** 0.5)

    assert found.gross_high - found.gross == pytest.approx(half(1, 1))
    assert (found.net, found.net_high, found.remainder, found.remainder_low) != (None,) * 4
    assert found.net is not None
    assert found.net_low == pytest.approx(found.net - half(0.4, 0))
    assert found.remainder_low == pytest.approx(6000.0 - found.net - (300.0**2 + half(0.4, 0) ** 2) ** 0.5)
    assert (found.city_low, found.city_high) == (5700.0, 6300.0)
    without = roll_up(rows, ("north", "south"), CityTotals("assessed", 6000.0))
    assert (without.net_low, without.remainder_high) == (None, None)


def test_without_the_share_of_imports_there_is_no_net_sum_rather_than_a_guess(rows: Rows) -> None:
    found = roll_up(rows, ("north", "south"), CityTotals("assessed", 6000.0))
    assert (found.double_electricity, found.net, found.remainder) == (None, None, None)
    with pytest.raises(Refused) as raised:
        CityTotals("assessed", 1.0, 40.0)
    assert str(raised.value) == "imported share: 40 is no share. Give a number from 0 to 1."


def test_a_change_is_decomposed_over_districts_without_a_remainder() -> None:
    def of(year: int, *figures: tuple[str, str, str, float, str]) -> Rows:
        found = [
            row("", use, what, quantity, unit, first=12 * year, last=12 * year + 11, place=place, sector="industry")
            for place, use, what, quantity, unit in figures
        ]
        return of_places(of_activities(found), year, for_city(SHANGHAI), load(), "inventory-2025", "shanghai")

    first = of(
        2021,
        ("north", "fuel", "diesel", 100, "t"),
        ("north", "electricity", "electricity", 1000, "MWh"),
        ("south", "electricity", "electricity", 3000, "MWh"),
        ("west", "heat", "heat", 10, "GJ"),
    )
    last = of(
        2022,
        ("north", "fuel", "natural_gas", 10, "万立方米"),
        ("north", "electricity", "electricity", 1000, "MWh"),
        ("south", "electricity", "electricity", 2000, "MWh"),
    )
    found = change(first, last, ("north", "south", "west"), for_city(SHANGHAI), "shanghai")
    assert found.left_out == ("west",)
    assert abs(found.residual) < 1e-9 * abs(found.change)
    per_place = {place: sum(parts[place] for parts in found.by_place.values()) for place in ("north", "south")}
    power = {rows.year: rows.emission[rows.table["use"].where("electricity")] for rows in (first, last)}
    assert per_place["south"] == pytest.approx(power[2022][1] - power[2021][1])
    # The south uses one carrier in one sector, so that neither structure has an effect there.
    assert found.by_place["fuel_share"]["south"] == pytest.approx(0, abs=1e-9)
    assert found.by_place["sector_share"]["south"] == pytest.approx(0, abs=1e-9)
    assert found.by_place["place_share"]["south"] < 0 < found.by_place["place_share"]["north"]
    unknown = of(2021, ("north", "fuel", "diesel", 100, "t"), ("north", "process", "unheard_of", 5, "t"))
    for before, places in ((unknown, ("north",)), (first, ("west",))):
        none = change(before, last, places, for_city(SHANGHAI), "shanghai")
        assert (none.left_out, none.effects) == (places, {})
        assert isnan(none.change)
