"""Forests of a city in the years to come: wood that stands grows on, and land is planted beyond it.

Observed years stand on facts; the formulas of `sinks` read the volume of wood where a pathway puts it in place.
"""

from __future__ import annotations

from dafeng.domains import sinks
from dafeng.kernel import Array, fact, least, param, stock, variable


@stock("ha", dims="place year", start=param("sinks.planted_at_start"), ref="ipcc-2006-forest#第 4 章")
def planted(
    before: Array,
    step: float,
    each_year: Array = param("sinks.afforestation"),
    room: Array = param("sinks.planting_room"),
) -> Array:
    """Land planted since the last survey: that of the year before and what is planted, as long as there is land."""
    return least(room, before + each_year * step)


@stock(
    "m^3",
    dims="place year",
    start=fact("sinks.forest_volume"),
    observed=fact("sinks.forest_volume"),
    ref="ipcc-2006-forest#第 2 章 式 2.8",
)
def wood(
    before: Array,
    step: float,
    growth: Array = param("sinks.volume_growth"),
    planted: Array = planted,
    increment: Array = param("sinks.volume_increment"),
) -> Array:
    """Volume of wood: that of the year before, its net growth, and the growth of land planted since the survey."""
    return before + (growth + planted * increment) * step


@variable("%", dims="place year", observed=fact("sinks.forest_cover"), ref="state-peaking-plan-2021#三（八）")
def cover(
    share: Array = param("sinks.cover_path"), planted: Array = planted, land: Array = param("sinks.land_area")
) -> Array:
    """Part of the land under forest: that of the last survey and what was planted since, over the land."""
    return share + planted / land


@variable("tCO2", dims="place year", ref="ipcc-2006-forest#第 2 章 式 2.5")
def net_emission(removal: Array = sinks.net_removal) -> Array:
    """Net removal by forests, as an emission below zero."""
    return -removal
