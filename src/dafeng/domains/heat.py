"""Central heat of a city: what plants supply to industry and buildings, the fuel of it, and the CO2."""

from __future__ import annotations

from dafeng.domains import grid
from dafeng.kernel import Array, fact, param, total, variable


@variable(
    "TJ",
    dims="place year",
    observed=fact("energy.heat_supplied"),
    ref="provincial-guideline-2025#能源活动 化石燃料燃烧",
)
def supplied(wanted: Array = param("heat.wanted"), cascades: Array = param("heat.cascades")) -> Array:
    """Heat that plants supply: what is wanted of them, less what is taken over by heat recovered in industry."""
    return wanted * (1 - cascades)


@variable("TJ", dims="place heat_source year", ref="state-peaking-plan-2021#三（一）1")
def by_source(
    supplied: Array = supplied,
    part: Array = param("heat.source"),
    coal: Array = param("heat.is_coal"),
    moved: Array = param("heat.coal_moved"),
    instead: Array = param("heat.instead"),
) -> Array:
    """Heat by source: the parts of the base year, and what has left coal by the sources that take its place."""
    left = total(part * coal, over="heat_source") * moved
    return supplied * (part * (1 - coal * moved) + left * instead)


@variable("TJ", dims="place heat_source year", ref="provincial-guideline-2025#能源活动 化石燃料燃烧")
def fuel(heat: Array = by_source, burnt: Array = param("heat.fuel_rate")) -> Array:
    """Fuel of heat by source: heat x fuel for a unit of heat."""
    return heat * burnt


@variable(
    "t", dims="place year", observed=fact("energy.coal_for_heat"), ref="provincial-guideline-2025#能源活动 化石燃料燃烧"
)
def coal(fuel: Array = fuel, coal: Array = param("heat.is_coal"), ncv: Array = param("heat.coal_ncv")) -> Array:
    """Raw coal burnt for heat: its heat over its net calorific value."""
    return total(fuel * coal, over="heat_source") / ncv


@variable(
    "m3", dims="place year", observed=fact("energy.gas_for_heat"), ref="provincial-guideline-2025#能源活动 化石燃料燃烧"
)
def gas(fuel: Array = fuel, gas: Array = param("heat.is_gas"), ncv: Array = param("heat.gas_ncv")) -> Array:
    """Natural gas burnt for heat: its heat over its net calorific value."""
    return total(fuel * gas, over="heat_source") / ncv


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(
    coal: Array = coal,
    coal_factor: Array = param("heat.coal_factor"),
    gas: Array = gas,
    gas_factor: Array = param("heat.gas_factor"),
    fuel: Array = fuel,
    rest_factor: Array = param("heat.rest_factor"),
) -> Array:
    """CO2 of central heat: coal and gas burnt x CO2 factor, and what other fuels give."""
    return coal * coal_factor + gas * gas_factor + total(fuel * rest_factor, over="heat_source")


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（一）1")
def electricity(heat: Array = by_source, used: Array = param("heat.electricity_rate")) -> Array:
    """Electricity of central heat: heat of heat pumps x electricity for a unit of it."""
    return total(heat * used, over="heat_source")


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(fuel: Array = fuel, electricity: Array = electricity) -> Array:
    """Energy that goes into central heat: fuel, and electricity at its equivalent value."""
    return total(fuel, over="heat_source") + electricity


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2_with_power(power: Array = grid.co2, heat: Array = co2) -> Array:
    """CO2 of power plants and of central heat, one row of the accounts."""
    return power + heat
