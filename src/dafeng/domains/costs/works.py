"""Cost of industry and of the heat of networks: machines that are added, scrap, and fuel.

Refineries and chemical works burn their own gas, which has no market price that is published; they are not priced.
"""

from __future__ import annotations

from dafeng.domains import heat, manufacturing, steel
from dafeng.kernel import Array, greatest, least, param, shift, stock, total, variable


@variable("CNY", dims="place machine year", ref="technology-data-2026#electric arc furnace、industrial heat pump")
def machines(
    furnace: Array = steel.furnace_steel,
    is_furnace: Array = param("costs.is_arc_furnace"),
    reduced: Array = steel.shaft_iron,
    is_shaft: Array = param("costs.is_shaft"),
    hydrogen: Array = param("steel.shaft_hydrogen"),
    by_hydrogen: Array = param("steel.hydrogen_electricity"),
    electrolyser_hours: Array = param("costs.electrolyser_hours"),
    is_electrolyser: Array = param("costs.is_electrolyser"),
    pumped: Array = manufacturing.pumped_heat,
    boiler: Array = param("manufacturing.boiler"),
    pump_hours: Array = param("costs.works_pump_hours"),
    is_pump: Array = param("costs.is_works_pump"),
    sources: Array = heat.by_source,
    from_pumps: Array = param("costs.is_pump_source"),
    is_network_pump: Array = param("costs.is_network_pump"),
    furnace_capital: Array = param("costs.arc_furnace_capital"),
    shaft_capital: Array = param("costs.shaft_capital"),
    shaft_level: Array = param("costs.prices_2022"),
    power_capital: Array = param("costs.power_capital"),
    rate: Array = param("costs.euro"),
    level: Array = param("costs.euro_prices"),
) -> Array:
    """Machines that stand, at their price: furnaces and shafts by what they make, the others by their power."""
    electrolysers = reduced * hydrogen * by_hydrogen / electrolyser_hours * is_electrolyser
    network = total(sources * from_pumps, over="heat_source") / pump_hours * is_network_pump
    power = electrolysers + pumped * boiler / pump_hours * is_pump + network
    shafts = reduced * shaft_capital * shaft_level * is_shaft
    return shafts + (furnace * furnace_capital * is_furnace + power * power_capital) * rate * level


@variable("CNY", dims="place machine year", ref="technology-data-2026#electric arc furnace、industrial heat pump")
def machine_added(worth: Array = machines, before: Array = machines, counted: Array = param("costs.counted")) -> Array:
    """Machines added in a year, at their price."""
    return greatest(0 * worth, worth - shift(before)) * counted


@variable("CNY", dims="place year", ref="technology-data-2026#electric arc furnace、industrial heat pump")
def machine_invested(added: Array = machine_added) -> Array:
    """Investment of a year in machines of industry and of heat networks."""
    return total(added, over="machine")


@stock("CNY", dims="place machine year", start=param("costs.no_machines_at_start"), ref="technology-data-2026#annuity")
def machine_charge(
    before: Array, step: float, added: Array = machine_added, recovery: Array = param("costs.machine_recovery")
) -> Array:
    """Yearly capital charge by kind of machine: that of the year before, and the annuity of what has been added."""
    return before + added * recovery


@variable("CNY", dims="place year", ref="technology-data-2026#annuity、fixed operation")
def industry_equipment(
    charge: Array = machine_charge, worth: Array = machines, part: Array = param("costs.machine_upkeep_share")
) -> Array:
    """Machines of industry and of heat networks in a year: capital charge and upkeep."""
    return total(charge + worth * part, over="machine")


@variable("CNY", dims="place year", ref="davis-index-2019#EAF and BOF raw materials")
def scrap(
    crude: Array = steel.crude, ratio: Array = steel.scrap_ratio, premium: Array = param("costs.scrap_premium")
) -> Array:
    """Scrap: what it costs more than the hot metal it takes the place of, whose raw materials it spares."""
    return crude * ratio * premium


@variable("CNY", dims="place year", ref="nbs-market-prices#主焦煤")
def steel_fuel(
    reduced: Array = steel.shaft_iron,
    hydrogen: Array = param("steel.shaft_hydrogen"),
    by_shaft: Array = param("steel.shaft_gas"),
    by_iron: Array = param("steel.fuel_by_iron"),
    iron: Array = steel.iron,
    injected: Array = param("steel.gas_injection"),
    coal_heat: Array = param("costs.injected_heat"),
    gas_price: Array = param("costs.gas_price"),
    coal_price: Array = param("costs.coking_coal_price"),
) -> Array:
    """Fuel of steel beyond that of blast furnaces: gas of shafts less the coal they spare, gas injected for coal."""
    shafts = (1 - least(hydrogen, 0 * hydrogen + 1)) * by_shaft * gas_price - by_iron * coal_price
    return reduced * shafts + iron * injected * coal_heat * (gas_price - coal_price)


@variable("CNY", dims="place year", ref="nbs-market-prices#动力煤、燃料油")
def works_fuel(
    wanted: Array = manufacturing.fuel_wanted,
    pumped: Array = manufacturing.pumped_heat,
    mix: Array = manufacturing.mix,
    price: Array = param("costs.works_fuel_price"),
) -> Array:
    """Fuel of manufacturing: what heat pumps leave x mix x price; fuels without CO2 cost what they replace."""
    return total((wanted - pumped) * mix * price, over="manufacturing_fuel")
