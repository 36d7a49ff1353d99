"""Transport of the shipped city: its fuel is that of the accounts, its vehicles are those that were counted."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from dafeng.accounts.account import accounts
from dafeng.city import load as load_city
from dafeng.kernel import State
from dafeng.pathway import Pathway, load, project

FACTS = Path(__file__).parents[2] / "src/dafeng/cities/shanghai/facts"
ROW = "transport_storage_post"
SERVICES = ("trade_catering", "other_services", "urban_households", "rural_households")
OBSERVED = (*range(2005, 2020), 2021)
SHARES = (
    "fleet.battery_cars",
    "fleet.private_battery_sales",
    "fleet.fuel_cell_part",
    "fleet.sales_share",
    "road.electric_part",
    "freight.water_share",
    "shipping.clean",
    "shipping.clean_share",
    "shipping.shore_power_use",
)
AMOUNTS = (
    "fleet.in_use",
    "fleet.sales",
    "fleet.chargers",
    "road.petrol",
    "road.diesel",
    "road.gas",
    "road.co2",
    "road.electricity",
    "road.hydrogen",
    "rail.electricity",
    "freight.by_road",
    "shipping.oil",
    "shipping.clean_energy",
    "shipping.co2",
    "shipping.abroad_co2",
    "shipping.electricity",
    "aviation.kerosene",
    "aviation.co2",
    "mobility.energy",
    "mobility.electricity",
)


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


@pytest.fixture(scope="module")
def past(shanghai: Pathway) -> State:
    return shanghai.base


def balance() -> dict[tuple[str, str, int], float]:
    """Read the fuel of each sector, in 10^4 t (10^8 m3), from the CEADs quantities to 2019 and the balance of 2021."""
    found: dict[tuple[str, str, int], float] = {}
    for name in ("gasoline", "diesel", "oil", "gas"):
        with (FACTS / f"ceads-{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                fuel, sector = (part.partition("=")[2] for part in row["dims"].split(";"))
                found[fuel, sector, int(row["period"])] = float(row["value"])
    with (FACTS / "energy-balance-2021.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            flow, fuel = (part.partition("=")[2] for part in row["dims"].split(";"))
            if row["indicator"] == "energy.balance":
                found[fuel, flow.removeprefix("final_"), 2021] = float(row["value"])
    return found


def observed(name: str, year: int, dims: str = "") -> float:
    with (FACTS / "transport-fuel.csv").open(encoding="utf-8") as file:
        return next(
            float(row["value"])
            for row in csv.DictReader(file)
            if (row["indicator"], row["period"], row["dims"]) == (name, str(year), dims)
        )


def test_the_fuel_put_together_is_that_of_the_balance() -> None:
    fuel = balance()
    for year in OBSERVED:
        row = {name: fuel.get((name, ROW, year), 0.0) for name in ("gasoline", "diesel", "fuel_oil", "kerosene", "lpg")}
        other = {name: sum(fuel.get((name, s, year), 0.0) for s in SERVICES) for name in ("gasoline", "diesel")}
        river = 0.472 * row["diesel"]
        assert observed("transport.road_petrol", year) == pytest.approx(row["gasoline"] + other["gasoline"], abs=1e-3)
        assert observed("transport.road_diesel", year) == pytest.approx(
            row["diesel"] - river + other["diesel"], abs=1e-3
        )
        assert observed("transport.ship_oil", year, "ship=inland") == pytest.approx(river, abs=1e-3)
        assert observed("transport.ship_oil", year, "ship=sea") == pytest.approx(row["fuel_oil"], abs=1e-3)
        assert observed("transport.jet_fuel", year) == pytest.approx(row["kerosene"], abs=1e-3)
        assert observed("transport.road_lpg", year) == pytest.approx(row["lpg"], abs=1e-3)


@pytest.mark.parametrize("year", [2005, 2010, 2015, 2019, 2021])
def test_transport_meets_the_accounts_of_its_row(shanghai: Pathway, past: State, year: int) -> None:
    model = sum(past.at(id, year, unit="MtCO2").sum() for id in ("road.co2", "shipping.all_co2", "aviation.all_co2"))
    fuel = balance()
    elsewhere = sum(fuel.get(("gasoline", s, year), 0.0) * 2.926746 for s in SERVICES)
    elsewhere += sum(fuel.get(("diesel", s, year), 0.0) * 3.093819 for s in SERVICES)
    account = accounts(shanghai.city, "ceads").account(year).by_sector[ROW]
    # The row also holds some coal and town gas: 0.6 % of its CO2 in 2005, 0.2 % in 2010, nearly none since.
    assert model - elsewhere / 100 == pytest.approx(account, rel=7e-3 if year < 2011 else 5e-4)


@pytest.mark.parametrize(
    ("id", "year", "unit", "value", "within"),
    [
        ("fleet.private_cars", 2023, "万辆", 421.85, 1e-9),  # National Bureau of Statistics
        ("fleet.new_energy", 2018, "万辆", 23.73, 0.03),  # EV public data centre, ever registered
        ("fleet.new_energy", 2021, "万辆", 67.8, 0.03),  # report on green transport 2021, ever promoted
        ("fleet.new_energy", 2024, "万辆", 151, 1e-9),  # official report on 2024
        ("fleet.chargers", 2024, "万个", 91.3, 1e-9),
        ("aviation.all_co2", 2019, "MtCO2", 22.86, 1e-3),  # CEADs, kerosene of transport
        ("rail.row", 2021, "TWh", 5.808, 1e-9),  # energy yearbook
    ],
)
def test_the_past_is_what_was_published(
    past: State, id: str, year: int, unit: str, value: float, within: float
) -> None:
    assert float(past.at(id, year, unit=unit).sum()) == pytest.approx(value, rel=within)


def test_the_fleet_of_the_formula_is_the_one_that_was_counted(past: State) -> None:
    battery = past.at("fleet.in_use", 2024, powertrain="battery", unit="万辆").sum()
    plug_in = past.at("fleet.in_use", 2024, powertrain="plug_in", unit="万辆").sum()
    assert battery + plug_in == pytest.approx(151, rel=0.02)
    assert battery / (battery + plug_in) == pytest.approx(0.71, abs=0.015)
    bought = sum(
        past.at("fleet.sales", 2020, vehicle=v, unit="万辆").sum() for v in ("private_car", "other_car", "taxi")
    )
    assert bought == pytest.approx(52.68, rel=0.03), "registrations of 2020"
    assert 0.9 < float(past.at("road.petrol_explained", 2021, unit="").sum()) < 1.1


def test_vehicles_add_up_to_those_wanted_and_purchases_to_one(shanghai: Pathway) -> None:
    for name in ("current", "plan", "neutral-2060"):
        state = shanghai.state(name)
        standing = state.values("fleet.in_use").sum(axis=2) / (1 - state.values("fleet.fuel_cell_part"))
        np.testing.assert_allclose(standing, state.values("fleet.wanted"), rtol=1e-9)
        np.testing.assert_allclose(state.values("fleet.sales_share").sum(axis=2), 1, rtol=1e-12)


def test_cars_wear_out_where_none_is_bought(shanghai: Pathway) -> None:
    state = project(shanghai, "current", {"car-stock": 400}).state
    sales, wanted = state.values("fleet.sales")[0, 0], state.values("fleet.wanted")[0, 0]
    stand = state.values("fleet.survivors")[0, 0].sum(axis=0)
    at = state.years.index(2027)
    assert sales[at] == 0 and stand[at] > wanted[at]
    assert (np.diff(stand[at : at + 3]) < 0).all()


@pytest.mark.parametrize(
    ("lever", "low", "high", "id", "sign"),
    [
        ("battery-share-of-private-sales", 30, 90, "road.co2", -1),
        ("battery-share-of-private-sales", 30, 90, "road.electricity", 1),
        ("plug-in-share", 0, 80, "road.petrol", -1),
        ("all-electric-public-fleets", 80, 100, "road.co2", -1),
        ("light-trucks", 0, 100, "road.diesel", -1),
        ("heavy-trucks", 0, 90, "road.diesel", -1),
        ("fuel-cell-vehicles", 0, 50000, "road.diesel", -1),
        ("fuel-cell-vehicles", 0, 50000, "road.hydrogen", 1),
        ("car-stock", 450, 750, "road.petrol", 1),
        ("km-per-car", 8000, 14000, "road.petrol", 1),
        ("petrol-car-economy", 3.5, 8, "road.petrol", 1),
        ("green-travel-share", 60, 90, "road.petrol", -1),
        ("green-travel-share", 75, 90, "rail.electricity", 1),
        ("water-to-water", 40, 70, "road.diesel", -1),
        ("water-to-water", 40, 70, "shipping.oil", 1),
        ("sea-rail", 100, 400, "road.diesel", -1),
        ("sea-rail", 100, 400, "rail.electricity", 1),
        ("ship-efficiency", 0, 40, "shipping.oil", -1),
        ("lng-methanol-ammonia-battery-ships", 0, 100, "shipping.co2", -1),
        ("saf-share", 0, 70, "aviation.co2", -1),
        ("aircraft-efficiency", 0.2, 0.31, "aviation.co2", 1),
        ("air-traffic", 6000, 22000, "aviation.co2", 1),
        ("shore-power-use", 0, 100, "shipping.oil", -1),
        ("shore-power-use", 20, 100, "shipping.electricity", 1),
    ],
)
def test_each_lever_moves_what_it_is_for(
    shanghai: Pathway, lever: str, low: float, high: float, id: str, sign: int
) -> None:
    less, more = (float(project(shanghai, "current", {lever: x}).state.at(id, 2040).sum()) for x in (low, high))
    assert sign * (more - less) > 1e-6 * abs(less)


def test_no_setting_makes_a_stock_negative_or_a_share_leave_its_bounds(shanghai: Pathway) -> None:
    levers = [each for each in shanghai.levers.values() if each.works and each.action == "transport"]
    assert len(levers) == 18
    ends = [(each.id, end) for each in levers for end in each.range]
    pairs = [(a, b) for a, b in combinations(ends, 2) if a[0] != b[0]]
    chosen = [dict([end]) for end in ends] + [dict(pair) for pair in Random(3).sample(pairs, 60)]
    chosen.append({each.id: each.range[0] for each in levers})
    chosen.append({each.id: each.range[1] for each in levers})
    for given in chosen:
        state = project(shanghai, "neutral-2060", given).state
        for id in AMOUNTS:
            values = state.values(id)
            assert np.isfinite(values).all() and (values >= 0).all(), (id, given)
        for id in SHARES:
            values = state.values(id, unit="")
            assert (values >= 0).all() and (values <= 1 + 1e-12).all(), (id, given)


def test_the_more_is_done_the_less_transport_emits(shanghai: Pathway) -> None:
    names = ("neutral-2060", "faster", "plan", "current")
    for year in (2035, 2045, 2060):
        at = shanghai.years.index(year)
        lines = [project(shanghai, name).sectors for name in names]
        sums = [sum(line[id].values[at] for id in ("road", "shipping", "aviation")) for line in lines]
        assert sums == sorted(sums), year


def test_every_target_of_transport_that_has_a_figure_is_answered(shanghai: Pathway) -> None:
    answered = {each.target for each in project(shanghai, "plan").targets}
    asked = {
        target.id
        for plan in shanghai.city.plans
        for target in plan.targets
        if target.indicator.startswith("transport.")
    }
    assert asked - answered == {"shore-power-use-cruise-and-harbour-2025"}
