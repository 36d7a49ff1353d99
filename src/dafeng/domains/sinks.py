"""Sinks: carbon that stands in forests and urban green, by change of stock; growth alone and wetlands apart.

The volume of wood stands on facts; a pathway puts `forests` in its place.
"""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, shift, variable


@variable("m^3", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.8")
def wood(volume: Array = fact("sinks.forest_volume")) -> Array:
    """Volume of wood that stands in forests."""
    return volume


@variable("tC", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.8")
def forest_carbon(
    volume: Array = wood,
    biomass: Array = param("sinks.biomass_per_volume"),
    carbon: Array = param("sinks.carbon_fraction"),
) -> Array:
    """Carbon in living trees: volume x biomass per volume, roots and crown included, x carbon."""
    return volume * biomass * carbon


@variable("tCO2", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.5")
def net_removal(carbon: Array = forest_carbon) -> Array:
    """Net removal by forests: carbon in trees less that of the year before, as CO2."""
    return carbon - shift(carbon)


@variable("tCO2/year", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.9")
def gross_removal(fixed: Array = fact("sinks.forest_carbon_fixation")) -> Array:
    """Gross removal by growth: carbon that forests fix in a year, as CO2; harvest and loss are not taken off."""
    return fixed


@variable("tCO2/year", dims="place year", ref="ipcc-2006-forest#第 8 章 式 8.2")
def urban_green_removal(
    cover: Array = fact("sinks.green_cover"),
    built: Array = fact("sinks.built_up_area"),
    growth: Array = param("sinks.crown_cover_growth"),
) -> Array:
    """Removal by urban trees: area under green x yearly carbon growth per area of crown cover; an upper bound."""
    return cover * built * growth


@variable("tCO2/year", dims="place year", ref="ipcc-wetlands-2013#第 4 章")
def wetland_burial(area: Array = fact("sinks.tidal_marsh_area"), burial: Array = param("sinks.carbon_burial")) -> Array:
    """Carbon buried in tidal marshes, a memo item: area x yearly burial per area, as CO2."""
    return area * burial
