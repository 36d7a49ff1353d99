"""What is priced beside power, by hand and by which way it moves: buildings, road, ships, aircraft, industry, waste."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load
from dafeng.pathway.abatement import curve
from dafeng.pathway.cost import cost, sources_of
from dafeng.pathway.settings import CostsFile
from dafeng.units import factor

#: CNY of 2020 for a euro of 2025: 6.9042 over 0.8764, and five years of 2.9, 9.2, 6.4, 2.6 and 2.5 % taken back.
EURO = 6.9042 / 0.8764 / (1.029 * 1.092 * 1.064 * 1.026 * 1.025)


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def value(pathway: Pathway, variable: str, year: int, settings: dict[str, float] | None = None, **at: str) -> float:
    state = pathway.state(pathway.scenario("current", settings or {}))
    return float(np.sum(state.at(variable, year, **at)))


def test_a_battery_bus_costs_what_the_catalogue_says(shanghai: Pathway) -> None:
    found = value(shanghai, "costs.vehicle_extra", 2030, {"all-electric-public-fleets": 100}, vehicle="bus")
    assert found == pytest.approx((279738.9 - 189551.0786) * EURO, rel=1e-3)
    assert value(shanghai, "costs.vehicle_extra", 2030, vehicle="private_car") == 0


def test_a_light_truck_is_not_priced_and_has_no_invented_price(shanghai: Pathway) -> None:
    state = shanghai.state("current")
    price = state.at("costs.extra_price", 2030, vehicle="light_truck", powertrain="battery")
    assert np.isnan(price).all()
    assert value(shanghai, "costs.vehicle_extra", 2030, vehicle="light_truck") == 0
    assert "light-trucks" not in (shanghai.settings.costs or pytest.fail()).levers


def test_road_fuel_is_priced_without_its_tax(shanghai: Pathway) -> None:
    # Petrol 6,972 less 1.52 CNY/L x 1,388 L/t, diesel 6,091 less 1.2 x 1,176, bottled gas 4,008 CNY/t, gas 95.6 CNY/GJ.
    petrol, diesel, lpg, gas = (value(shanghai, f"road.{fuel}", 2035) for fuel in ("petrol", "diesel", "lpg", "gas"))
    heat = value(shanghai, "road.gas_ncv", 2035)
    unit = shanghai.base.unit("road.gas_ncv")
    by_hand = petrol * (6972 - 2110) + diesel * (6091 - 1411) + lpg * 4008
    by_hand += gas * heat * factor(unit, "GJ/m3") * 95.6
    assert value(shanghai, "costs.road_fuel", 2035) == pytest.approx(by_hand, rel=1e-3)


def test_sustainable_fuel_costs_three_and_a_half_times_kerosene(shanghai: Pathway) -> None:
    fuel = value(shanghai, "aviation.fuel", 2045)
    abroad = value(shanghai, "aviation.abroad_share", 2045)
    share = value(shanghai, "aviation.sustainable_share", 2045)
    more = value(shanghai, "costs.aircraft_fuel", 2045, {"saf-share": 20}) - value(
        shanghai, "costs.aircraft_fuel", 2045
    )
    assert more == pytest.approx(fuel * (0.2 - share) * 2.5 * 4454 * (1 - abroad), rel=1e-6)


def test_scrap_costs_more_than_the_hot_metal_it_takes_the_place_of(shanghai: Pathway) -> None:
    # 2,449 less 2,224 CNY/t of steel, on 654 less 168 kg of scrap: 463 CNY for each tonne of scrap.
    before, after = (value(shanghai, "costs.scrap", 2035, {"converter-scrap": each}) for each in (10.0, 20.0))
    steel = value(shanghai, "steel.crude", 2035) - value(shanghai, "steel.furnace_steel", 2035)
    assert after - before == pytest.approx(steel * 0.1 * 225 / 0.486, rel=1e-3)


def test_clean_marine_fuels_are_multiples_of_oil(shanghai: Pathway) -> None:
    # 544 USD/t x 6.4508 CNY/USD, in money of 2020, over 1.4286 tce/t: 82 CNY/GJ; methanol 3.9 times that.
    found = value(shanghai, "costs.marine_oil", 2030) / 1e3
    assert found == pytest.approx(544 * 6.4508 * 0.9784 / (1.4286 * 29.3076), rel=1e-3)


def test_a_retrofit_costs_what_it_saves_in_its_payback(shanghai: Pathway) -> None:
    state = shanghai.state("current")
    worth = state.at("costs.shell_worth", 2030)
    part, depth, saving = (
        state.at(f"buildings.{name}", 2030) for name in ("retrofit_part", "retrofit_depth", "depth_saving")
    )
    rate = value(shanghai, "buildings.retrofit_rate", 2030)
    by_hand = 2.43 * rate * float(np.sum(depth * saving)) * float(np.sum(np.squeeze(part) * np.squeeze(worth)))
    # The rate is in 10^4 m2 a year.
    assert value(shanghai, "costs.retrofit_invested", 2030) == pytest.approx(by_hand * 1e4, rel=1e-9)


def test_a_wet_waste_plant_costs_what_laogang_did(shanghai: Pathway) -> None:
    # 828,500 CNY for a tonne a day in money of 2022, at 7.1 % a year.
    more = value(shanghai, "costs.wet_plants", 2045, {"wet-waste-treated": 10690}) - value(
        shanghai, "costs.wet_plants", 2045
    )
    assert more == pytest.approx(2000 * 828500 * 0.9557 * 0.071, rel=0.02)


@pytest.mark.parametrize(
    ("lever", "setting", "dearer", "cheaper"),
    [
        ("battery-share-of-private-sales", 95, "chargers", "road-fuel"),
        ("all-electric-public-fleets", 100, "vehicles", "road-fuel"),
        ("heavy-trucks", 80, "vehicles", "road-fuel"),
        ("heat-pumps", 60, "building-equipment", "building-fuel"),
        ("retrofit-area", 1800, "building-equipment", "building-fuel"),
        ("industrial-heat-pumps", 60, "industry-equipment", "works-fuel"),
        ("electric-furnace", 30, "scrap", ""),
        ("gas-or-hydrogen-dri", 200, "industry-equipment", ""),
        ("gas-injection", 60, "steel-fuel", ""),
        ("coal-to-gas-in-manufacturing", 60, "works-fuel", ""),
        ("lng-methanol-ammonia-battery-ships", 60, "ship-fuel", ""),
        ("saf-share", 30, "aircraft-fuel", ""),
        ("other-capture", 1000, "capture", ""),
        ("coal-out-of-heat-supply", 60, "gas", ""),
    ],
)
def test_each_lever_moves_its_parts_the_right_way(
    shanghai: Pathway, lever: str, setting: float, dearer: str, cheaper: str
) -> None:
    found = cost(shanghai, shanghai.scenario("current", {lever: setting}), "current")
    at = found.years.index(2045)
    assert found.parts[dearer][at] > 0
    assert not cheaper or found.parts[cheaper][at] < 0


def test_what_uses_power_pays_for_it_once(shanghai: Pathway) -> None:
    # A lever that moves nothing but the use of power changes power plants, their fuel and imports, and no other part.
    found = cost(shanghai, shanghai.scenario("current", {"it-load-of-data-centres": 4000}), "current")
    at = found.years.index(2045)
    moved = {id for id, values in found.parts.items() if abs(values[at]) > 1}
    assert moved and moved <= {"capital", "upkeep", "coal", "gas", "electricity"}


def test_costs_wait_until_they_are_read(shanghai: Pathway) -> None:
    chosen = shanghai.scenario("current", {"heavy-trucks": 41})
    assert "costs.road_fuel" not in shanghai.state(chosen).arrays
    assert "costs.road_fuel" not in shanghai.run(shanghai.moves(chosen)).arrays
    assert np.isfinite(cost(shanghai, chosen, "current").parts["road-fuel"]).all()


def test_every_part_has_sources_and_every_lever_a_cost_or_a_reason(shanghai: Pathway) -> None:
    costs = shanghai.settings.costs or pytest.fail()
    for part in costs.parts:
        assert set(sources_of(shanghai, part)) <= set(shanghai.city.documents)
        # The price of imports alone is an assumption.
        assert set(sources_of(shanghai, part)) - {"pathway-assumptions"} or part == "electricity"
    assert {x.id for x in shanghai.working if x.id not in costs.levers and costs.reason(x.id) is None} == set()


def test_what_lowers_nothing_stays_put_and_what_lowers_it_is_priced_alone(shanghai: Pathway) -> None:
    found = curve(shanghai, 2030, "current", steps=3)
    assert "wet-waste-treated" in found.idle
    assert all(lever not in step.settings for step in found.steps for lever in found.idle)
    price = [each.per_tonne for each in found.alone]
    assert price == sorted(price)
    assert {"converter-scrap", "wind-capacity", "saf-share"} <= {each.lever for each in found.alone}
    assert all(each.avoided > 0 for each in found.alone)


def test_the_parts_of_the_sectors_are_the_parts_of_the_cost() -> None:
    wrong = {
        "price_year": 2020,
        "since": 2025,
        "discount": 0.05,
        "discount_source": "x",
        "annual": "costs.annual",
        "investment": "costs.investment",
        "parts": {"a": "costs.a", "b": "costs.b"},
        "sectors": [{"id": "one", "label": {"zh": "一", "en": "One"}, "parts": ["a"]}],
    }
    with pytest.raises(ValidationError, match="do not hold each part"):
        CostsFile.model_validate(wrong)
    why = {"zh": "无", "en": "none"}
    both = {**wrong, "sectors": [], "levers": ["x"], "left_out": [{"levers": ["x"], "why": why}]}
    with pytest.raises(ValidationError, match="have a cost and a reason why not: x"):
        CostsFile.model_validate(both)
