"""Cost of power and central heat: plants that are added, their upkeep, fuel, electricity bought, and capture.

Capital is paid back in equal yearly parts over the life of a plant and is replaced at the same price for as long as it
stands; what stood before the year from which cost is counted is sunk.
"""

from __future__ import annotations

from dafeng.domains import capture as capturing
from dafeng.domains import grid, heat, petrochemicals, steel
from dafeng.kernel import Array, greatest, param, shift, stock, total, variable


@variable("GW", dims="place plant year", ref="chinese-cost-studies#solar、offwind、biomass、gas、battery")
def standing(
    sun: Array = grid.solar_capacity,
    is_sun: Array = param("costs.is_solar"),
    air: Array = grid.wind_capacity,
    is_air: Array = param("costs.is_wind"),
    refuse: Array = grid.biomass_capacity,
    is_refuse: Array = param("costs.is_biomass"),
    turbine: Array = param("grid.gas_capacity"),
    is_turbine: Array = param("costs.is_gas"),
    store: Array = param("grid.storage"),
    is_store: Array = param("costs.is_storage"),
) -> Array:
    """Capacity at year end, by kind of plant."""
    return sun * is_sun + air * is_air + refuse * is_refuse + turbine * is_turbine + store * is_store


@variable("GW", dims="place plant year", ref="chinese-cost-studies#solar、offwind、biomass、gas、battery")
def added(standing: Array = standing, before: Array = standing, counted: Array = param("costs.counted")) -> Array:
    """Capacity added in a year, in the years that are counted; what falls away is not paid back."""
    return greatest(0 * standing, standing - shift(before)) * counted


@variable("CNY", dims="place plant year", ref="chinese-cost-studies#solar、offwind、biomass、gas、battery")
def invested(added: Array = added, capital: Array = param("costs.unit_capital")) -> Array:
    """Investment of a year by kind of plant: capacity added x capital for each unit of it."""
    return added * capital


@variable("CNY", dims="place year", ref="chinese-cost-studies#solar、offwind、biomass、gas、battery")
def plant_investment(invested: Array = invested) -> Array:
    """Investment of a year, all kinds of plants."""
    return total(invested, over="plant")


@stock("CNY", dims="place plant year", start=param("costs.charge_at_start"), ref="technology-data#annuity")
def charge(before: Array, step: float, invested: Array = invested, recovery: Array = param("costs.recovery")) -> Array:
    """Yearly capital charge: that of the year before, and the annuity of what has been invested since."""
    return before + invested * recovery


@variable("CNY", dims="place year", ref="technology-data#annuity")
def capital(charge: Array = charge) -> Array:
    """Capital charges of all kinds of plants."""
    return total(charge, over="plant")


@variable("CNY", dims="place year", ref="technology-data#fixed operation")
def upkeep(
    standing: Array = standing, capital: Array = param("costs.unit_capital"), part: Array = param("costs.upkeep_share")
) -> Array:
    """Fixed cost of operation: capacity x capital x the part of it that upkeep takes in a year."""
    return total(standing * capital * part, over="plant")


@variable("CNY", dims="place year", ref="ndrc-coal-price-2022#秦皇岛港下水煤")
def coal(
    power: Array = grid.coal,
    rate: Array = param("grid.coal_rate"),
    heat: Array = heat.coal,
    ncv: Array = param("heat.coal_ncv"),
    price: Array = param("costs.coal_price"),
    level: Array = param("costs.prices_2022"),
) -> Array:
    """Coal of power plants and of central heat: its heat x price, brought to the money of the cost."""
    return (power * rate + heat * ncv) * price * level


@variable("CNY", dims="place year", ref="gas-price-2019#industry")
def gas(
    power: Array = grid.gas,
    more: Array = grid.gas_more,
    rate: Array = param("grid.gas_rate"),
    heat: Array = heat.gas,
    ncv: Array = param("heat.gas_ncv"),
    price: Array = param("costs.gas_price"),
) -> Array:
    """Natural gas of power plants and of central heat: its heat x price."""
    return ((power + more) * rate + heat * ncv) * price


@variable("CNY", dims="place year", ref="chinese-cost-studies#solar、offwind、biomass、gas、battery")
def electricity(
    rule: Array = grid.imported,
    more: Array = grid.imported_more,
    rest: Array = grid.bought_more,
    price: Array = param("costs.electricity_price"),
) -> Array:
    """Electricity from outside the city: what channels bring and what must be bought, x price."""
    return (rule + more + rest) * price


@variable("CNY", dims="place year", ref="chinese-capture-cost-2023#second generation")
def capture(
    iron: Array = steel.capture,
    power: Array = grid.co2,
    heat: Array = heat.co2,
    plants: Array = capturing.plants,
    made: Array = petrochemicals.co2,
    works: Array = capturing.works,
    price: Array = param("costs.capture_price"),
) -> Array:
    """Capture of CO2 at steel works, power and heat plants and chemical works: what is captured x cost of a tonne."""
    return (iron + power + heat - plants + made - works) * price
