"""Cost of the city as a whole: the sum of what is priced."""

from __future__ import annotations

from dafeng.domains.costs import buildings, power, road, ships, waste, works
from dafeng.kernel import Array, variable


@variable("CNY", dims="place year", ref="technology-data-2026#annuity")
def annual(
    capital: Array = power.capital,
    upkeep: Array = power.upkeep,
    coal: Array = power.coal,
    gas: Array = power.gas,
    electricity: Array = power.electricity,
    capture: Array = power.capture,
    building_equipment: Array = buildings.building_equipment,
    building_fuel: Array = buildings.building_fuel,
    vehicles: Array = road.vehicles,
    chargers: Array = road.chargers,
    road_fuel: Array = road.road_fuel,
    ship_fuel: Array = ships.ship_fuel,
    aircraft_fuel: Array = ships.aircraft_fuel,
    industry_equipment: Array = works.industry_equipment,
    scrap: Array = works.scrap,
    steel_fuel: Array = works.steel_fuel,
    works_fuel: Array = works.works_fuel,
    wet_plants: Array = waste.wet_plants,
) -> Array:
    """Cost of a year: of power, buildings, road vehicles, ships and aircraft, industry and waste."""
    plants = capital + upkeep + coal + gas + electricity + capture
    transport = vehicles + chargers + road_fuel + ship_fuel + aircraft_fuel
    industry = industry_equipment + scrap + steel_fuel + works_fuel
    return plants + building_equipment + building_fuel + transport + industry + wet_plants


@variable("CNY", dims="place year", ref="technology-data-2026#annuity")
def investment(
    plants: Array = power.plant_investment,
    heat_pumps: Array = buildings.heat_pump_invested,
    retrofits: Array = buildings.retrofit_invested,
    vehicles: Array = road.vehicle_invested,
    chargers: Array = road.charger_invested,
    machines: Array = works.machine_invested,
    wet_plants: Array = waste.wet_invested,
) -> Array:
    """Investment of a year: plants, heat pumps, retrofits, vehicles, chargers, machines, plants for wet waste."""
    return plants + heat_pumps + retrofits + vehicles + chargers + machines + wet_plants
