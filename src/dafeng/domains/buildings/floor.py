"""Floor area of a city: by type of building and by the standard it was built to; what of it has been retrofitted."""

from __future__ import annotations

from dafeng.kernel import Array, greatest, param, stock, total, variable


@variable("m2", dims="place building year", ref="state-urban-rural-plan-2022#二（一）")
def wanted_area(area: Array = param("buildings.floor_area"), part: Array = param("buildings.floor_part")) -> Array:
    """Floor area that is to stand at year end: that of the whole city x the part of the type."""
    return area * part


@variable("m2", dims="place building standard year", ref="state-urban-rural-plan-2022#二（六）")
def first_floor(wanted: Array = wanted_area, mix: Array = param("buildings.standard_mix")) -> Array:
    """Floor area of the first year by standard: that which is to stand x the mix of standards found there."""
    return wanted * mix


@variable("", dims="place building standard year", ref="state-urban-rural-plan-2022#二（六）")
def standard_of_new(
    code: Array = param("buildings.code_of_new"),
    ultra_share: Array = param("buildings.ultra_low_share"),
    ultra: Array = param("buildings.is_ultra_low"),
) -> Array:
    """Parts of what is built by standard: the code of the year, but for the share of ultra-low energy."""
    return code * (1 - ultra_share) + ultra * ultra_share


@stock("m2", dims="place building standard year", start=first_floor, ref="state-urban-rural-plan-2022#二（六）")
def floor(
    before: Array,
    step: float,
    wanted: Array = wanted_area,
    torn: Array = param("buildings.torn_down"),
    new: Array = standard_of_new,
) -> Array:
    """Floor area by standard: that of the year before less what is torn down, and what is built to reach the wanted."""
    kept = before * (1 - torn * step)
    return kept + greatest(0 * wanted, wanted - total(kept, over="standard")) * new


@variable("m2", dims="place building year", ref="state-urban-rural-plan-2022#二（一）")
def area(floor: Array = floor) -> Array:
    """Floor area by type: that of all standards."""
    return total(floor, over="standard")


@variable("m2", dims="place year", ref="state-urban-rural-plan-2022#二（六）")
def ultra_low_area(floor: Array = floor, ultra: Array = param("buildings.is_ultra_low")) -> Array:
    """Floor area of ultra-low energy that stands."""
    return total(floor * ultra, over="building standard")


@variable("%", dims="place year", ref="state-urban-rural-plan-2022#二（六）")
def ultra_low_share_of_new_housing(
    share: Array = param("buildings.ultra_low_share"), housing: Array = param("buildings.is_housing")
) -> Array:
    """Share of ultra-low energy in housing that is built."""
    return total(share * housing, over="building")


@variable("", dims="place building year", ref="state-urban-rural-plan-2022#二（六）")
def need(floor: Array = floor, need: Array = param("buildings.standard_need"), area: Array = area) -> Array:
    """Need of heat and cold for each floor area against the oldest standard: the mean over the standards that stand."""
    return total(floor * need, over="standard") / area


@stock(
    "m2",
    dims="place depth tally year",
    start=param("buildings.retrofitted_at_start"),
    ref="state-urban-rural-plan-2022#二（六）",
)
def retrofits(
    before: Array,
    step: float,
    rate: Array = param("buildings.retrofit_rate"),
    depth: Array = param("buildings.retrofit_depth"),
    worn: Array = param("buildings.retrofit_worn"),
) -> Array:
    """Floor area retrofitted, by depth, counted or still at work: that of the year before, less worn off, and new."""
    return before * (1 - worn * step) + rate * depth * step


@variable("m2", dims="place year", ref="state-urban-rural-plan-2022#二（六）")
def retrofitted(done: Array = retrofits, counted: Array = param("buildings.is_counted")) -> Array:
    """Floor area retrofitted so far, whatever the depth."""
    return total(done * counted, over="depth tally")


@variable("m2", dims="place year", ref="state-urban-rural-plan-2022#二（六）")
def deeply_retrofitted(
    done: Array = retrofits, counted: Array = param("buildings.is_counted"), deep: Array = param("buildings.is_deep")
) -> Array:
    """Floor area retrofitted so far to the depth that the plan asks of a part."""
    return total(done * counted * deep, over="depth tally")


@variable("", dims="place building year", ref="state-urban-rural-plan-2022#二（六）")
def retrofit_saving(
    done: Array = retrofits,
    counted: Array = param("buildings.is_counted"),
    part: Array = param("buildings.retrofit_part"),
    saving: Array = param("buildings.depth_saving"),
    area: Array = area,
) -> Array:
    """Part of a type's heat and cold that retrofits save: area of the type still at work x saving, over its area."""
    return total(done * (1 - counted) * saving, over="depth tally") * part / area
