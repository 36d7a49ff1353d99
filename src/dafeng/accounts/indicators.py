"""Indicators of dual control: the official chain of changes, and beside it what the figures at hand give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from dafeng import units
from dafeng.accounts.account import accounts
from dafeng.accounts.output import constant
from dafeng.city import City
from dafeng.domains.economy import co2_intensity, co2_per_person, energy_intensity
from dafeng.errors import Refused

ENERGY, POPULATION = "energy.consumption", "economy.population"


@dataclass(frozen=True)
class Beside:
    """The change of one year: `official` as published, `computed` from figures at hand, both shares; None if absent.

    `status` is that of the official figure, such as actual or awaiting_verification; not_found where there is none.
    """

    year: int
    official: float | None
    computed: float | None
    status: str
    source: str


def compounded(city: City, first: int, last: int, indicator: str = "energy.intensity_change") -> float:
    """Compound the published yearly changes of an indicator from `first` to `last`, as a share.

    Raises:
        Refused: a year between has no published change.
    """
    published = city.facts.series(indicator, city.id).yearly
    steps: list[float] = []
    for year in range(first, last + 1):
        one = published.get(year)
        if one is None or one.value is None:
            raise Refused(f"{indicator}: no published change of {year}. Choose years of which each has one.")
        steps.append(1 + one.value * units.factor(one.unit, ""))
    return prod(steps) - 1


def energy_changes(city: City, years: Iterable[int]) -> tuple[Beside, ...]:
    """Give the official change of energy intensity and the computed one beside it, year by year."""
    wanted = tuple(years)
    energy = _levels(city, ENERGY, "tce")
    output = _output(city)
    levels = {
        year: float(energy_intensity.__wrapped__(energy[year], output[year] * units.factor("亿元", "CNY")))
        for year in energy
        if year in output
    }
    return _beside(city, "energy.intensity_change", levels, wanted)


def co2_changes(city: City, boundary: str, years: Iterable[int]) -> tuple[Beside, ...]:
    """Give the official change of CO2 intensity and the one computed from a boundary's totals beside it."""
    wanted = tuple(years)
    output = _output(city)
    totals = accounts(city, boundary).totals()
    levels = {
        year: float(co2_intensity.__wrapped__(total, output[year])) for year, total in totals.items() if year in output
    }
    return _beside(city, "energy.co2_intensity_change", levels, wanted)


def per_person(city: City, boundary: str) -> Mapping[int, float]:
    """Give t CO2e per resident for the years in which a boundary has a total and the population is known."""
    people = _levels(city, POPULATION, "person")
    totals = accounts(city, boundary).totals()
    return {
        year: float(co2_per_person.__wrapped__(total * 1e6, people[year]))
        for year, total in totals.items()
        if year in people
    }


def _output(city: City) -> Mapping[int, float]:
    chained = constant(city, city.id)
    return chained.values if chained is not None else {}


def _levels(city: City, indicator: str, unit: str) -> dict[int, float]:
    if indicator not in city.indicators:
        return {}
    found = city.facts.series(indicator, city.id).yearly
    return {year: one.value * units.factor(one.unit, unit) for year, one in found.items() if one.value is not None}


def _beside(city: City, indicator: str, levels: Mapping[int, float], years: tuple[int, ...]) -> tuple[Beside, ...]:
    known = indicator in city.indicators
    official = city.facts.series(indicator, city.id).yearly if known else {}
    absent = city.facts.absent(indicator, city.id) if known else ()
    # A total that stands on another basis gives no change against the year before.
    broken = {stated.year for stated in city.indicators[ENERGY].breaks} if ENERGY in city.indicators else set()
    found = []
    for year in years:
        one = official.get(year)
        waiting = next((a for a in absent if int(a.period.start[:4]) <= year <= int(a.period.end[:4])), None)
        both = year in levels and year - 1 in levels and year not in broken
        found.append(
            Beside(
                year,
                None if one is None or one.value is None else one.value * units.factor(one.unit, ""),
                levels[year] / levels[year - 1] - 1 if both else None,
                one.status if one is not None else waiting.status if waiting is not None else "not_found",
                one.source if one is not None else waiting.source if waiting is not None else "",
            )
        )
    return tuple(found)
