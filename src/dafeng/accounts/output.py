"""Output at constant prices: the published yearly growth chained from the level of a base year, forward and back.

Statistics of China change the base of constant prices every fifth year, so levels of two base periods do not compare;
growth rates do, and are what is chained here. A chain breaks where a year has no published growth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dafeng import units
from dafeng.city import City
from dafeng.domains.economy import constant_gdp

UNIT = "亿元"
#: Base years of constant prices end in 0 or 5 (National Bureau of Statistics, accounts of gross domestic product).
EVERY = 5
#: The level at current prices and the growth at constant prices of the whole and of the three sectors of the economy.
SERIES: Mapping[str, tuple[str, str]] = {
    "total": ("economy.gdp", "economy.gdp_growth"),
    "primary": ("economy.gdp_primary", "economy.gdp_primary_growth"),
    "secondary": ("economy.gdp_secondary", "economy.gdp_secondary_growth"),
    "tertiary": ("economy.gdp_tertiary", "economy.gdp_tertiary_growth"),
}


@dataclass(frozen=True)
class Output:
    """Output at the prices of the year `base`, by year, in 100 million CNY.

    `level` is the document of the level in that year, `documents` gives that of the growth rate by year.
    """

    base: int
    values: Mapping[int, float]
    level: str
    documents: Mapping[int, str]

    def sources_of(self, year: int) -> tuple[str, ...]:
        """Give the documents that the figure of a year rests on: the level, and the rates between it and the year."""
        first, last = min(self.base, year), max(self.base, year)
        rates = {self.documents[known] for known in range(first + 1, last + 1) if known in self.documents}
        return tuple(sorted(rates | {self.level}))


def constant(city: City, place: str, of: str = "total", base: int | None = None) -> Output | None:
    """Chain the output of a place: of the whole economy, or of its primary, secondary or tertiary sector.

    Without `base` the prices are those of the last base year (one that ends in 0 or 5) with a published level that the
    chain reaches; where no such year has one, of the last year with a level. None where there is no chain at all.
    """
    level_id, growth_id = SERIES[of]
    if not {level_id, growth_id} <= set(city.indicators):
        return None
    levels, growth = city.facts.series(level_id, place).yearly, city.facts.series(growth_id, place).yearly
    rates = {y: one.value * units.factor(one.unit, "") for y, one in growth.items() if one.value is not None}
    known = {y: one.value * units.factor(one.unit, UNIT) for y, one in levels.items() if one.value is not None}
    reached = [year for year in known if year in rates or year + 1 in rates]
    begun = [year for year in reached if year % EVERY == 0 and year + 1 in rates]
    if base is None:
        base = max(begun, default=max(reached, default=None))
    if base not in reached:
        return None
    step = constant_gdp.__wrapped__
    found = {base: known[base]}
    year = base + 1
    while year in rates:
        found[year] = float(step(found[year - 1], 1.0, rates[year]))
        year += 1
    year = base
    while year in rates:
        found[year - 1] = found[year] / float(step(1.0, 1.0, rates[year]))
        year -= 1
    documents = {year: growth[year].source for year in found if year in rates}
    return Output(base, dict(sorted(found.items())), levels[base].source, documents)


def by_period(city: City, place: str, of: str = "total") -> tuple[Output, ...]:
    """Give output by base period, each at the prices of its own base year, as statistics publish it."""
    whole = constant(city, place, of)
    if whole is None:
        return ()
    found = []
    for base in (year for year in whole.values if year % EVERY == 0 and year + 1 in whole.values):
        one = constant(city, place, of, base)
        if one is not None:
            values = {year: value for year, value in one.values.items() if base <= year <= base + EVERY}
            found.append(Output(base, values, one.level, one.documents))
    return tuple(found)
