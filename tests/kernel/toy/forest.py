"""Forest of the toy city."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, stock, variable


@stock("ha", dims="place year", start=fact("forest.surveyed_area"), ref="toy-guideline#5.1")
def area(
    before: Array,
    step: Array,
    planted: Array = param("forest.planted"),
    lost: Array = param("forest.lost"),
) -> Array:
    """Forest area: that of the year before, plus what was planted, less what was lost."""
    return before + step * (planted - lost)


@variable("tCO2/year", dims="place year", ref="toy-guideline#5.2", observed=fact("forest.measured_uptake"))
def uptake(area: Array = area, rate: Array = param("forest.uptake_rate")) -> Array:
    """Removal by growth: area times uptake of a hectare."""
    return area * rate
