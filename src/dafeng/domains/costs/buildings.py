"""Cost of buildings: heat pumps in the place of boilers, retrofits, and the fuel of households and services."""

from __future__ import annotations

from dafeng.domains.buildings import floor, use
from dafeng.kernel import Array, greatest, param, shift, stock, total, variable


@variable("MW", dims="place year", ref="technology-data-2026#decentral air-sourced heat pump")
def heat_pumps(
    heat: Array = use.made_heat,
    by_fuel: Array = param("buildings.heat_by_fuel"),
    moved: Array = param("buildings.heat_moved"),
    hours: Array = param("costs.heat_pump_hours"),
) -> Array:
    """Heat pumps that have taken the place of boilers: heat moved to them over their hours at full load."""
    return total(heat * by_fuel * moved, over="building") / hours


@variable("CNY", dims="place year", ref="technology-data-2026#decentral air-sourced heat pump、decentral gas boiler")
def heat_pump_invested(
    standing: Array = heat_pumps,
    before: Array = heat_pumps,
    counted: Array = param("costs.counted"),
    pump: Array = param("costs.heat_pump_capital"),
    boiler: Array = param("costs.boiler_capital"),
    rate: Array = param("costs.euro"),
    level: Array = param("costs.euro_prices"),
) -> Array:
    """Investment of a year in heat pumps, less that in the boilers they take the place of."""
    return greatest(0, standing - shift(before)) * counted * (pump - boiler) * rate * level


@stock("CNY", dims="place year", start=param("costs.none_at_start"), ref="technology-data-2026#annuity")
def heat_pump_charge(
    before: Array,
    step: float,
    invested: Array = heat_pump_invested,
    recovery: Array = param("costs.heat_pump_recovery"),
) -> Array:
    """Yearly capital charge of heat pumps: that of the year before, and the annuity of what has been invested since."""
    return before + invested * recovery


@variable("CNY", dims="place year", ref="technology-data-2026#fixed operation")
def heat_pump_upkeep(
    standing: Array = heat_pumps,
    pump: Array = param("costs.heat_pump_capital"),
    pump_part: Array = param("costs.heat_pump_upkeep_share"),
    boiler: Array = param("costs.boiler_capital"),
    boiler_part: Array = param("costs.boiler_upkeep_share"),
    rate: Array = param("costs.euro"),
    level: Array = param("costs.euro_prices"),
) -> Array:
    """Upkeep of heat pumps, less that of the boilers they take the place of."""
    return standing * (pump * pump_part - boiler * boiler_part) * rate * level


@variable("CNY/m2", dims="place building year", ref="changning-retrofits-2021#abstract")
def shell_worth(
    area: Array = floor.area,
    cooling: Array = use.cooling,
    made: Array = use.made_heat,
    pumped: Array = use.heat_pump_heat,
    worth: Array = param("buildings.heat_pump_cop"),
    resistive: Array = param("buildings.heat_by_resistance"),
    by_fuel: Array = param("buildings.heat_by_fuel"),
    moved: Array = param("buildings.heat_moved"),
    boiler: Array = param("buildings.boiler"),
    shell: Array = use.shell,
    space: Array = param("buildings.space_heat"),
    water: Array = param("buildings.hot_water"),
    tariff: Array = param("costs.tariff"),
    level: Array = param("costs.prices_2018"),
    gas: Array = param("costs.gas_price"),
) -> Array:
    """What an owner pays in a year for the cold and the heat of rooms, for each floor area: electricity and gas."""
    rooms = space * shell / (space * shell + water)
    power = cooling + (pumped / worth + made * resistive) * rooms
    return (power * tariff * level + made * by_fuel * (1 - moved) / boiler * rooms * gas) / area


@variable("CNY", dims="place year", ref="changning-retrofits-2021#abstract")
def retrofit_invested(
    rate: Array = param("buildings.retrofit_rate"),
    depth: Array = param("buildings.retrofit_depth"),
    saving: Array = param("buildings.depth_saving"),
    part: Array = param("buildings.retrofit_part"),
    worth: Array = shell_worth,
    payback: Array = param("costs.retrofit_payback"),
    counted: Array = param("costs.counted"),
) -> Array:
    """Investment of a year in retrofits: what they save their owners in a year x years until that has paid them."""
    saved = total(depth * saving, over="depth") * total(part * worth, over="building")
    return rate * payback * saved * counted


@stock("CNY", dims="place year", start=param("costs.none_at_start"), ref="technology-data-2026#annuity")
def retrofit_charge(
    before: Array,
    step: float,
    invested: Array = retrofit_invested,
    recovery: Array = param("costs.retrofit_recovery"),
    worn: Array = param("buildings.retrofit_worn"),
    counted: Array = param("buildings.is_counted"),
) -> Array:
    """Yearly capital charge of retrofits: that of the year before less what has worn off, and that of new ones."""
    return before * (1 - total(worn * (1 - counted), over="tally") * step) + invested * recovery


@variable("CNY", dims="place year", ref="technology-data-2026#annuity")
def building_equipment(
    charge: Array = heat_pump_charge, upkeep: Array = heat_pump_upkeep, retrofits: Array = retrofit_charge
) -> Array:
    """Equipment of buildings in a year: capital and upkeep of heat pumps, capital of retrofits."""
    return charge + upkeep + retrofits


@variable("CNY", dims="place year", ref="gas-price-2019#households")
def building_fuel(fuel: Array = use.fuel, price: Array = param("costs.building_fuel_price")) -> Array:
    """Fuel of households and of services: its heat x price by kind."""
    return total(fuel * price, over="user building_fuel")
