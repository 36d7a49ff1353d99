"""Sinks: carbon that stands in forests and urban green, by change of stock; wetlands apart."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, shift, variable


@variable("tC", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.8")
def forest_carbon(
    volume: Array = fact("sinks.forest_volume"),
    density: Array = param("sinks.wood_density"),
    expansion: Array = param("sinks.biomass_expansion"),
    roots: Array = param("sinks.root_shoot"),
    carbon: Array = param("sinks.carbon_fraction"),
) -> Array:
    """Carbon in living trees: volume x density x expansion to the whole crown x (1 + root-shoot ratio) x carbon."""
    return volume * density * expansion * (1 + roots) * carbon


@variable("tCO2", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.5")
def net_removal(carbon: Array = forest_carbon) -> Array:
    """Net removal by forests: carbon in trees less that of the year before, as CO2."""
    return carbon - shift(carbon)


@variable("tCO2", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.9")
def gross_removal(
    area: Array = fact("sinks.forest_area"),
    growth: Array = param("sinks.biomass_growth"),
    carbon: Array = param("sinks.carbon_fraction"),
) -> Array:
    """Gross removal by growth: forest area x yearly growth of biomass x carbon; harvest and loss are not taken off."""
    return area * growth * carbon


@variable("tCO2", dims="place year", ref="ipcc-2006-forest#第 8 章 式 8.2")
def urban_green_removal(
    cover: Array = fact("sinks.urban_crown_cover"), growth: Array = param("sinks.crown_cover_growth")
) -> Array:
    """Removal by urban trees: crown cover x yearly carbon growth per area of cover."""
    return cover * growth


@variable("tCO2", dims="place year", ref="ipcc-wetlands-2013#第 4 章")
def wetland_burial(area: Array = fact("sinks.wetland_area"), burial: Array = param("sinks.carbon_burial")) -> Array:
    """Carbon buried in tidal wetlands, a memo item: area x yearly burial per area, as CO2."""
    return area * burial
