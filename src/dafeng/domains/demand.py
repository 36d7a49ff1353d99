"""Electricity of a city as the sum of its sectors. A pack links a model of a sector in the place of its line."""

from __future__ import annotations

from dafeng.domains import data_centre, drivers, heat, rail, road, shipping
from dafeng.domains.buildings import use
from dafeng.kernel import Array, fact, param, total, variable


@variable(
    "TWh",
    dims="place user year",
    observed=fact("buildings.electricity_use"),
    ref="state-urban-rural-plan-2022#二（七）",
)
def metered(
    buildings: Array = use.electricity_by_user,
    machines: Array = data_centre.electricity,
    hosts: Array = param("demand.hosts"),
    cars: Array = road.electricity,
    chargers: Array = param("demand.chargers"),
) -> Array:
    """Electricity metered as households and as services: their buildings, data centres, and vehicles charged there."""
    return buildings + machines * hosts + cars * chargers


@variable("TWh", dims="place year", observed=fact("power.industry_use"), ref="gbt-2589-2020#4")
def industry(output: Array = drivers.secondary, by_output: Array = param("demand.industry_intensity")) -> Array:
    """Electricity of industry: value added x electricity for each yuan of it; the place of models of its branches."""
    return output * by_output


@variable("TWh", dims="place year", ref="gbt-2589-2020#4")
def transport(rail: Array = rail.electricity, ships: Array = shipping.electricity) -> Array:
    """Electricity metered as transport: rail, ports, airports and storage, and ships."""
    return rail + ships


@variable("TWh", dims="place year", observed=fact("power.farming_construction_use"), ref="gbt-2589-2020#4")
def farming_construction(used: Array = param("demand.farming_construction_path")) -> Array:
    """Electricity of farming and of construction."""
    return used


@variable("TWh", dims="place year", observed=fact("power.electricity_use"), ref="provincial-guideline-2025#净调入电力")
def electricity(
    metered: Array = metered,
    industry: Array = industry,
    transport: Array = transport,
    farming: Array = farming_construction,
    heat: Array = heat.electricity,
    lost: Array = param("demand.grid_loss"),
) -> Array:
    """Electricity used: that of all sectors, and what the grid loses on its way to them."""
    return (total(metered, over="user") + industry + transport + farming + heat) / (1 - lost)
