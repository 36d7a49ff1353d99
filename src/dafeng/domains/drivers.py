"""Drivers of a city's sectors: output at constant prices, its structure, and people. Other sectors read them."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, stock, variable


@stock(
    "CNY",
    dims="place year",
    start=fact("economy.gdp_constant"),
    observed=fact("economy.gdp_constant"),
    ref="nbs-gdp-accounting#不变价",
)
def gdp(
    before: Array,
    step: float,
    growth: Array = param("driver.gdp_growth"),
    more: Array = param("driver.gdp_growth_more"),
) -> Array:
    """GDP at constant prices: that of the year before x (1 + growth of the path and the points above or below it)."""
    return before * (1 + (growth + more) * step)


@variable("%", dims="place year", observed=fact("economy.secondary_share"), ref="nbs-gdp-accounting#三次产业")
def secondary_share(share: Array = param("driver.secondary_share")) -> Array:
    """Share of industry and construction in GDP, at current prices."""
    return share


@variable("CNY", dims="place year", ref="nbs-gdp-accounting#三次产业")
def secondary(output: Array = gdp, share: Array = secondary_share) -> Array:
    """Value added of industry and construction: GDP at constant prices x share."""
    return output * share


@variable("CNY", dims="place year", ref="nbs-gdp-accounting#三次产业")
def tertiary(
    output: Array = gdp, secondary: Array = secondary_share, primary: Array = param("driver.primary_share")
) -> Array:
    """Value added of services: GDP at constant prices less the shares of the primary and secondary sectors."""
    return output * (1 - secondary - primary)


@variable("person", dims="place year", observed=fact("economy.population"), ref="nbs-gdp-accounting#常住人口")
def population(people: Array = param("driver.population")) -> Array:
    """Resident population at year end."""
    return people


@variable("CNY/person", dims="place year", ref="nbs-gdp-accounting#不变价")
def gdp_per_person(output: Array = gdp, people: Array = population) -> Array:
    """GDP per person: GDP at constant prices over resident population."""
    return output / people
