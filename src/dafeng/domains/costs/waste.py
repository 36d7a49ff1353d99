"""Cost of waste: plants for wet waste that are added."""

from __future__ import annotations

from dafeng.kernel import Array, greatest, param, shift, stock, variable


@variable("CNY", dims="place year", ref="xinhua-wet-waste-2022#2,000 t/d")
def wet_worth(
    treated: Array = param("waste.wet_treated"),
    price: Array = param("costs.wet_plant_price"),
    level: Array = param("costs.prices_2022"),
) -> Array:
    """Plants for wet waste, at their price: what is treated in a day x price of a plant for it."""
    return treated * price * level


@variable("CNY", dims="place year", ref="xinhua-wet-waste-2022#2,000 t/d")
def wet_invested(worth: Array = wet_worth, before: Array = wet_worth, counted: Array = param("costs.counted")) -> Array:
    """Investment of a year in plants for wet waste."""
    return greatest(0, worth - shift(before)) * counted


@stock("CNY", dims="place year", start=param("costs.none_at_start"), ref="technology-data-2026#annuity")
def wet_plants(
    before: Array, step: float, invested: Array = wet_invested, recovery: Array = param("costs.wet_plant_recovery")
) -> Array:
    """Yearly capital charge of plants for wet waste: that of the year before, and the annuity of those added."""
    return before + invested * recovery
