"""What buildings use: cold, heat, cooking, appliances; the electricity and the fuel of them, and the CO2 of the fuel.

Petrol and diesel of households and services are road vehicles, electricity that vehicles charge is theirs too, and data
centres have a domain of their own.
"""

from __future__ import annotations

from dafeng.domains import drivers, grid
from dafeng.domains.buildings import floor
from dafeng.kernel import Array, fact, param, total, variable


@variable("", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def comfort(
    income: Array = drivers.gdp_per_person,
    base: Array = param("buildings.income_at_base"),
    elasticity: Array = param("buildings.income_elasticity"),
    weather: Array = param("buildings.comfort_path"),
) -> Array:
    """What a floor area is used for, 1 in the base year: income over that of the base year to a power, x a path."""
    return (income / base) ** elasticity * weather


@variable("", dims="place building year", ref="state-urban-rural-plan-2022#二（六）")
def careful(saved: Array = param("buildings.saved"), reach: Array = param("buildings.saved_reach")) -> Array:
    """What use is left by thrift and by limits: 1 less the saving x the part of the floor area it reaches."""
    return 1 - saved * reach


@variable("", dims="place building year", ref="state-urban-rural-plan-2022#二（六）")
def shell(need: Array = floor.need, saved: Array = floor.retrofit_saving) -> Array:
    """Need of heat and cold of the buildings as they stand: that of their standards, less what retrofits save."""
    return need * (1 - saved)


@variable("TWh", dims="place building year", ref="state-urban-rural-plan-2022#二（六）")
def cooling(
    area: Array = floor.area,
    base: Array = param("buildings.cooling_use"),
    comfort: Array = comfort,
    shell: Array = shell,
    careful: Array = careful,
    better: Array = param("buildings.cooling_saved"),
) -> Array:
    """Electricity of cooling: floor area x use for each area x comfort x need, less what better machines save."""
    return area * base * comfort * shell * careful * (1 - better)


@variable("TJ", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def heat(
    area: Array = floor.area,
    space: Array = param("buildings.space_heat"),
    water: Array = param("buildings.hot_water"),
    comfort: Array = comfort,
    shell: Array = shell,
    careful: Array = careful,
) -> Array:
    """Useful heat of rooms and hot water: floor area x (heat of rooms x need + heat of water) x comfort."""
    return area * (space * shell + water) * comfort * careful


@variable("TJ", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def made_heat(heat: Array = heat, free: Array = param("buildings.solar_heat")) -> Array:
    """Useful heat that fuel or electricity makes: what sun and ground do not give."""
    return heat * (1 - free)


@variable("TJ", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def heat_pump_heat(
    heat: Array = made_heat,
    pump: Array = param("buildings.heat_by_pump"),
    fuel: Array = param("buildings.heat_by_fuel"),
    moved: Array = param("buildings.heat_moved"),
) -> Array:
    """Useful heat of heat pumps: their share of the base year, and what has moved to them from fuel."""
    return heat * (pump + fuel * moved)


@variable("TJ", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def cooking(area: Array = floor.area, base: Array = param("buildings.cooking_heat"), careful: Array = careful) -> Array:
    """Useful heat of cooking: floor area x heat for each area."""
    return area * base * careful


@variable("TWh", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def appliances(
    area: Array = floor.area,
    base: Array = param("buildings.appliance_use"),
    comfort: Array = comfort,
    careful: Array = careful,
) -> Array:
    """Electricity of lamps, lifts, machines and appliances: floor area x use for each area x comfort."""
    return area * base * comfort * careful


@variable("TWh", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def electricity_by_type(
    cooling: Array = cooling,
    heat: Array = made_heat,
    pumped: Array = heat_pump_heat,
    resistive: Array = param("buildings.heat_by_resistance"),
    worth: Array = param("buildings.heat_pump_cop"),
    cooking: Array = cooking,
    by_fuel: Array = param("buildings.cooking_by_fuel"),
    moved: Array = param("buildings.cooking_moved"),
    cooker: Array = param("buildings.electric_cooker"),
    appliances: Array = appliances,
) -> Array:
    """Electricity by type of building: cooling, heat by pump and by resistance, cooking not by fuel, and appliances."""
    return cooling + pumped / worth + heat * resistive + cooking * (1 - by_fuel * (1 - moved)) / cooker + appliances


@variable("TJ", dims="place building year", ref="state-urban-rural-plan-2022#二（七）")
def fuel_by_type(
    heat: Array = made_heat,
    by_fuel: Array = param("buildings.heat_by_fuel"),
    moved: Array = param("buildings.heat_moved"),
    boiler: Array = param("buildings.boiler"),
    cooking: Array = cooking,
    cooked: Array = param("buildings.cooking_by_fuel"),
    cooking_moved: Array = param("buildings.cooking_moved"),
    cooker: Array = param("buildings.gas_cooker"),
) -> Array:
    """Fuel by type of building: heat and cooking by fuel that have not moved to electricity, over what fuel yields."""
    return heat * by_fuel * (1 - moved) / boiler + cooking * cooked * (1 - cooking_moved) / cooker


@variable("TWh", dims="place user year", ref="state-urban-rural-plan-2022#二（七）")
def electricity_by_user(
    used: Array = electricity_by_type,
    of: Array = param("buildings.user_of"),
    outside: Array = param("buildings.outside"),
    income: Array = drivers.gdp_per_person,
    base: Array = param("buildings.income_at_base"),
) -> Array:
    """Electricity of households and of services: their buildings, and what no floor area explains, as income."""
    return total(used * of, over="building") + outside * income / base


@variable("TWh", dims="place year", ref="state-urban-rural-plan-2022#二（七）")
def electricity(used: Array = electricity_by_user) -> Array:
    """Electricity of buildings: that of households and of services."""
    return total(used, over="user")


@variable(
    "TJ",
    dims="place user building_fuel year",
    observed=fact("buildings.fuel_use"),
    ref="provincial-guideline-2025#能源活动 化石燃料燃烧",
)
def fuel(
    used: Array = fuel_by_type,
    of: Array = param("buildings.user_of"),
    mix: Array = param("buildings.fuel_mix"),
) -> Array:
    """Fuel of households and of services by kind: that of their buildings x the mix."""
    return total(used * of, over="building") * mix


@variable("tCO2", dims="place user year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2_by_user(fuel: Array = fuel, factor: Array = param("buildings.fuel_factor")) -> Array:
    """CO2 of fuel burnt by households and by services: fuel x CO2 factor."""
    return total(fuel * factor, over="building_fuel")


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(by_user: Array = co2_by_user) -> Array:
    """CO2 of fuel burnt in buildings."""
    return total(by_user, over="user")


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(
    electricity: Array = electricity, fuel: Array = fuel, network: Array = param("buildings.network_heat")
) -> Array:
    """Final energy of buildings: electricity at its equivalent value, fuel, and heat bought of a network."""
    return electricity + total(fuel, over="user building_fuel") + network


@variable("%", dims="place year", ref="state-urban-rural-plan-2022#二（七）")
def renewable_substitution(
    heat: Array = heat,
    free: Array = param("buildings.solar_heat"),
    pumped: Array = heat_pump_heat,
    counted: Array = param("buildings.pump_counted"),
    worth: Array = param("buildings.heat_pump_cop"),
    roofs: Array = grid.roof_solar,
    energy: Array = energy,
) -> Array:
    """Renewable share of what buildings use: sun and ground heat, what counted pumps take from outside, roof power."""
    gathered = total(heat * free + pumped * counted * (1 - 1 / worth), over="building")
    return (gathered + roofs) / (energy + gathered)
