"""Agriculture: rice, livestock, soils. Animals, areas and fertiliser stand on facts; a pathway puts `farming` there."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, total, variable


@variable("ha", dims="place year", ref="ipcc-2006-agriculture#第 5 章 式 5.1")
def rice(area: Array = fact("agriculture.rice_area")) -> Array:
    """Area of rice harvested."""
    return area


@variable("ha", dims="place year", ref="ipcc-2019-soils#式 11.1")
def sown(area: Array = fact("agriculture.sown_area")) -> Array:
    """Area sown, counted once for each crop."""
    return area


@variable("head", dims="place livestock year", ref="ipcc-2006-agriculture#第 10 章 式 10.19")
def animals(heads: Array = fact("agriculture.livestock")) -> Array:
    """Heads of livestock at year end."""
    return heads


@variable("t", dims="place fertiliser year", ref="ipcc-2019-soils#11.2.1.3")
def nutrients(applied: Array = fact("agriculture.fertiliser")) -> Array:
    """Nutrients of synthetic fertiliser applied, by kind."""
    return applied


@variable("tCH4", dims="place year", ref="ipcc-2006-agriculture#第 5 章 式 5.1")
def rice_ch4(area: Array = rice, factor: Array = param("agriculture.rice_factor")) -> Array:
    """Methane of rice fields: area harvested x factor of the season."""
    return area * factor


@variable("tCH4/year", dims="place year", ref="ipcc-2006-agriculture#第 10 章 式 10.19")
def enteric_ch4(heads: Array = animals, factor: Array = param("agriculture.enteric_factor")) -> Array:
    """Methane of digestion: heads of livestock x factor of the kind."""
    return total(heads * factor, over="livestock")


@variable("tCH4/year", dims="place year", ref="ipcc-2006-agriculture#第 10 章 式 10.22")
def manure_ch4(heads: Array = animals, factor: Array = param("agriculture.manure_factor")) -> Array:
    """Methane of manure: heads of livestock x factor of the kind and climate."""
    return total(heads * factor, over="livestock")


@variable("t", dims="place year", ref="ipcc-2019-soils#11.2.1.3")
def fertiliser_nitrogen(
    applied: Array = nutrients, share: Array = param("agriculture.nitrogen_of_fertiliser")
) -> Array:
    """Nitrogen of synthetic fertiliser: nutrients applied by kind x nitrogen among them."""
    return total(applied * share, over="fertiliser")


@variable("t/year", dims="place year", ref="ipcc-2019-soils#式 11.4")
def manure_nitrogen(
    heads: Array = animals,
    excreted: Array = param("agriculture.nitrogen_excreted"),
    applied: Array = param("agriculture.manure_applied"),
) -> Array:
    """Nitrogen of manure on fields: heads of livestock x nitrogen excreted x share that reaches the field."""
    return total(heads * excreted, over="livestock") * applied


@variable("", dims="place year", ref="ipcc-2019-soils#式 11.1")
def flooded_share(rice: Array = rice, sown: Array = sown) -> Array:
    """Share of sown land under rice; nitrogen is spread evenly over sown land."""
    return rice / sown


@variable("tN2O", dims="place year", ref="ipcc-2019-soils#式 11.1")
def fertiliser_n2o(
    nitrogen: Array = fertiliser_nitrogen,
    flooded: Array = flooded_share,
    dry: Array = param("agriculture.fertiliser_n2o_factor"),
    rice: Array = param("agriculture.rice_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Direct nitrous oxide of fertiliser: its nitrogen on dry land and under rice, each x its share emitted."""
    return nitrogen * ((1 - flooded) * dry + flooded * rice) * per_nitrogen


@variable("tN2O/year", dims="place year", ref="ipcc-2019-soils#式 11.1")
def manure_n2o(
    nitrogen: Array = manure_nitrogen,
    flooded: Array = flooded_share,
    dry: Array = param("agriculture.manure_n2o_factor"),
    rice: Array = param("agriculture.rice_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Direct nitrous oxide of manure on fields: its nitrogen on dry land and under rice, each x its share emitted."""
    return nitrogen * ((1 - flooded) * dry + flooded * rice) * per_nitrogen


@variable("tN2O", dims="place year", ref="ipcc-2019-soils#式 11.9—11.10")
def fertiliser_indirect_n2o(
    nitrogen: Array = fertiliser_nitrogen,
    volatilised: Array = param("agriculture.fertiliser_volatilised"),
    leached: Array = param("agriculture.nitrogen_leached"),
    deposition: Array = param("agriculture.deposition_n2o_factor"),
    leaching: Array = param("agriculture.leaching_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Indirect nitrous oxide of fertiliser: its nitrogen volatilised and leached, each x its share emitted."""
    return nitrogen * (volatilised * deposition + leached * leaching) * per_nitrogen


@variable("tN2O/year", dims="place year", ref="ipcc-2019-soils#式 11.9—11.10")
def manure_indirect_n2o(
    nitrogen: Array = manure_nitrogen,
    volatilised: Array = param("agriculture.manure_volatilised"),
    leached: Array = param("agriculture.nitrogen_leached"),
    deposition: Array = param("agriculture.deposition_n2o_factor"),
    leaching: Array = param("agriculture.leaching_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Indirect nitrous oxide of manure on fields: its nitrogen volatilised and leached, each x its share emitted."""
    return nitrogen * (volatilised * deposition + leached * leaching) * per_nitrogen
