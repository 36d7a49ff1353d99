"""What electricity and heat carry to those who use them (scope 2): the CO2 of plants and imports by the unit used.

The factors are of the whole city; whoever is counted for a part of it is handed them down. What the grid loses on its
way and heat that no modelled user takes stay with the city.
"""

from __future__ import annotations

from dafeng.domains import capture, grid, heat
from dafeng.domains import construction as sites
from dafeng.domains import manufacturing as works
from dafeng.domains import road as vehicles
from dafeng.domains.buildings import use
from dafeng.kernel import Array, param, variable


@variable("tCO2/MWh", dims="place year", ref="provincial-guideline-2025#净调入电力")
def electricity_factor(
    local: Array = grid.co2,
    captured: Array = capture.part,
    bought: Array = grid.import_co2,
    use: Array = grid.demand,
) -> Array:
    """CO2 of a unit of electricity used: that of local plants, less what is captured, and of imports over use."""
    return (local * (1 - captured) + bought) / use


@variable("tCO2/TJ", dims="place year", ref="provincial-guideline-2025#能源活动 化石燃料燃烧")
def heat_factor(local: Array = heat.co2, captured: Array = capture.part, supplied: Array = heat.supplied) -> Array:
    """CO2 of a unit of central heat: that of heat plants, less what is captured, over the heat they supply."""
    return local * (1 - captured) / supplied


@variable("tCO2", dims="place user year", ref="gpc-1.1#6.5")
def buildings(used: Array = use.electricity_by_user, factor: Array = electricity_factor) -> Array:
    """CO2 of electricity that buildings of households and of services use: electricity x factor."""
    return used * factor


@variable("TJ", dims="place year", ref="gpc-1.1#6.5")
def heat_bought(bought: Array = param("buildings.network_heat")) -> Array:
    """Heat that buildings buy of a network."""
    return bought


@variable("tCO2", dims="place year", ref="gpc-1.1#6.5")
def building_heat(used: Array = heat_bought, factor: Array = heat_factor) -> Array:
    """CO2 of heat that buildings buy of a network: heat x factor."""
    return used * factor


@variable("tCO2", dims="place year", ref="gpc-1.1#6.5")
def manufacturing(used: Array = works.electricity, factor: Array = electricity_factor) -> Array:
    """CO2 of electricity that other manufacturing uses: electricity x factor."""
    return used * factor


@variable("tCO2", dims="place year", ref="gpc-1.1#6.5")
def construction(used: Array = sites.electricity, factor: Array = electricity_factor) -> Array:
    """CO2 of electricity of farming and construction: electricity x factor."""
    return used * factor


@variable("tCO2", dims="place year", ref="gpc-1.1#6.5")
def road(used: Array = vehicles.electricity, factor: Array = electricity_factor) -> Array:
    """CO2 of electricity that road vehicles use: electricity x factor."""
    return used * factor
