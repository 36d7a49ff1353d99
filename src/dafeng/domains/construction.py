"""Construction and farming of a city: fuel of machines and vehicles on sites and fields, and what of it is electric."""

from __future__ import annotations

from dafeng.kernel import Array, fact, least, param, variable


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def fuel(
    path: Array = param("construction.fuel_path"), electric: Array = param("construction.electric_machines")
) -> Array:
    """Fuel of sites and fields: what machines want, where they are not electric."""
    return path * (1 - least(electric, 0 * electric + 1))


@variable(
    "tCO2", dims="place year", observed=fact("emissions.construction_farming"), ref="ipcc-2006-energy#第 2 章 式 2.1"
)
def co2(fuel: Array = fuel, factor: Array = param("construction.fuel_factor")) -> Array:
    """CO2 of sites and fields: fuel x factor."""
    return fuel * factor


@variable("TWh", dims="place year", observed=fact("power.farming_construction_use"), ref="gbt-2589-2020#4")
def electricity(
    metered: Array = param("demand.farming_construction_path"),
    path: Array = param("construction.fuel_path"),
    electric: Array = param("construction.electric_machines"),
    by_fuel: Array = param("construction.electricity_for_fuel"),
) -> Array:
    """Electricity of farming and construction: what is metered today, and that of machines which burnt fuel."""
    return metered + path * least(electric, 0 * electric + 1) * by_fuel
