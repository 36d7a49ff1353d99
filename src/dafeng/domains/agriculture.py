"""Agriculture: rice, livestock, soils."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, total, variable


@variable("tCH4", dims="place year", ref="ipcc-2006-agriculture#第 5 章 式 5.1")
def rice_ch4(area: Array = fact("agriculture.rice_area"), factor: Array = param("agriculture.rice_factor")) -> Array:
    """Methane of rice fields: area harvested x factor of the season."""
    return area * factor


@variable("tCH4", dims="place year", ref="ipcc-2006-agriculture#第 10 章 式 10.19")
def enteric_ch4(
    heads: Array = fact("agriculture.livestock"), factor: Array = param("agriculture.enteric_factor")
) -> Array:
    """Methane of digestion: heads of livestock x factor of the kind."""
    return total(heads * factor, over="livestock")


@variable("tCH4", dims="place year", ref="ipcc-2006-agriculture#第 10 章 式 10.22")
def manure_ch4(
    heads: Array = fact("agriculture.livestock"), factor: Array = param("agriculture.manure_factor")
) -> Array:
    """Methane of manure: heads of livestock x factor of the kind and climate."""
    return total(heads * factor, over="livestock")


@variable("tN2O", dims="place year", ref="ipcc-2019-soils#式 11.1")
def soil_n2o(
    nitrogen: Array = fact("agriculture.nitrogen_input"),
    factor: Array = param("agriculture.soil_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Direct nitrous oxide of soils: nitrogen put in x share emitted by kind, nitrogen as nitrous oxide."""
    return total(nitrogen * factor, over="nitrogen_source") * per_nitrogen


@variable("tN2O", dims="place year", ref="ipcc-2019-soils#式 11.9—11.10")
def indirect_n2o(
    volatile: Array = fact("agriculture.nitrogen_volatilised"),
    leached: Array = fact("agriculture.nitrogen_leached"),
    deposition: Array = param("agriculture.deposition_n2o_factor"),
    leaching: Array = param("agriculture.leaching_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Indirect nitrous oxide of soils: nitrogen deposited and leached, each x its share emitted."""
    return (volatile * deposition + leached * leaching) * per_nitrogen
