"""Farming of a city in the years to come: animals, areas and fertiliser, and the methane and nitrous oxide of them.

Observed years stand on facts; the formulas of `agriculture` read these quantities where a pathway puts them in place.
"""

from __future__ import annotations

from dafeng.domains import agriculture
from dafeng.kernel import Array, fact, param, variable


@variable("ha", dims="place year", observed=fact("agriculture.rice_area"), ref="ipcc-2006-agriculture#第 5 章 式 5.1")
def rice(area: Array = param("agriculture.rice_area_path")) -> Array:
    """Area of rice harvested."""
    return area


@variable("ha", dims="place year", observed=fact("agriculture.sown_area"), ref="ipcc-2019-soils#式 11.1")
def sown(area: Array = param("agriculture.sown_area_path")) -> Array:
    """Area sown, counted once for each crop."""
    return area


@variable(
    "head",
    dims="place livestock year",
    observed=fact("agriculture.livestock"),
    ref="ipcc-2006-agriculture#第 10 章 式 10.19",
)
def animals(heads: Array = param("agriculture.animals_path")) -> Array:
    """Heads of livestock at year end."""
    return heads


@variable("t", dims="place fertiliser year", observed=fact("agriculture.fertiliser"), ref="ipcc-2019-soils#11.2.1.3")
def nutrients(applied: Array = param("agriculture.fertiliser_path")) -> Array:
    """Nutrients of synthetic fertiliser applied, by kind."""
    return applied


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#农业 全球变暖潜势")
def animal_gases(
    enteric: Array = agriculture.enteric_ch4,
    manure: Array = agriculture.manure_ch4,
    period: Array = param("inventory.year"),
    warming: Array = param("gas.ch4_warming"),
) -> Array:
    """Methane of animals and of their manure as CO2e."""
    return (enteric + manure) * period * warming


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#农业 全球变暖潜势")
def soil_gases(
    direct: Array = agriculture.fertiliser_n2o,
    indirect: Array = agriculture.fertiliser_indirect_n2o,
    manure: Array = agriculture.manure_n2o,
    manure_indirect: Array = agriculture.manure_indirect_n2o,
    period: Array = param("inventory.year"),
    warming: Array = param("gas.n2o_warming"),
) -> Array:
    """Nitrous oxide of fields as CO2e: direct and indirect, of fertiliser and of manure."""
    return (direct + indirect + (manure + manure_indirect) * period) * warming


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#农业 全球变暖潜势")
def gases(
    rice: Array = agriculture.rice_ch4,
    animals: Array = animal_gases,
    soils: Array = soil_gases,
    warming: Array = param("gas.ch4_warming"),
) -> Array:
    """Methane and nitrous oxide of farming as CO2e: rice, animals, fields."""
    return rice * warming + animals + soils
