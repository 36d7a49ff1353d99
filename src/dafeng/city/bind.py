"""Facts and parameters as the model reads them: arrays over place, the indicator's axes and year, a source per cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from dafeng import units
from dafeng.axes import YEAR
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import Observation
from dafeng.facts.series import Facts
from dafeng.kernel import Data, Datum, Source

PLACE = "place"
Cell = tuple[Any, ...]


def bind(
    facts: Facts,
    indicators: Mapping[str, Indicator],
    wanted: Iterable[str],
    places: tuple[str, ...],
    known_on: date | None,
) -> dict[str, Datum]:
    """Give the facts a model reads, by indicator id, each over place, the indicator's own axes and year.

    Absent cells are NaN. A figure of a month counts for its year only where the quantity is not summed over the year;
    a figure of the whole year goes before it. Each cell keeps the document its figure came from.
    """
    bound: dict[str, Datum] = {}
    for id in wanted:
        indicator = indicators.get(id)
        if indicator is not None and not indicator.variable:
            bound[id] = _datum(indicator, facts, places, known_on)
    return bound


def _datum(indicator: Indicator, facts: Facts, places: tuple[str, ...], known_on: date | None) -> Datum:
    cells: dict[Cell, tuple[float | None, Source]] = {}
    for place, dims in facts.coordinates(indicator.id):
        if place not in places:
            continue
        series = facts.series(indicator.id, place, dims, known_on=known_on)
        found: dict[int, tuple[float, Source]] = {}
        for observation in yearly(indicator, series.points):
            assert observation.value is not None  # noqa: S101 - yearly leaves absent ones out
            scaled = observation.value * units.factor(observation.unit, indicator.unit)
            found[observation.period.year] = (scaled, source_of(observation))
        if indicator.between == "linear":
            found |= _between(found)
        cells |= {(place, *(label for _, label in dims), year): cell for year, cell in found.items()}
    return Datum.from_cells(cells, indicator.unit, (PLACE, *indicator.dims, YEAR), labels={PLACE: places})


def _between(found: Mapping[int, tuple[float, Source]]) -> dict[int, tuple[float, Source]]:
    """Give the years between two surveys on the straight line between them; none before the first or after the last."""
    made = {}
    for first, last in pairwise(sorted(found)):
        (start, _), (end, source) = found[first], found[last]
        line = replace(source, status="derived", note=f"{first}—{last} 年内插 / on the line between {first} and {last}")
        for year in range(first + 1, last):
            made[year] = (start + (end - start) * (year - first) / (last - first), line)
    return made


def yearly(indicator: Indicator, points: Iterable[Observation]) -> tuple[Observation, ...]:
    """Choose one observation for each year, oldest first: that of the whole year, else the latest within it.

    A flow is summed over its period, so a part of a year, or several years together, is not a figure of the year.
    """
    chosen: dict[int, Observation] = {}
    for observation in sorted(points, key=rank):
        flow = indicator.kind == "flow"
        if observation.value is not None and (not flow or observation.period.is_year):
            chosen[observation.period.year] = observation
    return tuple(chosen[year] for year in sorted(chosen))


def rank(observation: Observation) -> tuple[int, bool, str]:
    """Order observations of one series: by year, within a year the whole year last."""
    return observation.period.year, whole_years(observation), observation.period.end


def whole_years(observation: Observation) -> bool:
    """Tell whether the period is one year or several, and not a part of one."""
    return len(observation.period.start) == len("2024") == len(observation.period.end)


def source_of(observation: Observation) -> Source:
    """Give the provenance of one figure for the cell it fills."""
    return Source(
        observation.source,
        observation.locator,
        observation.status,
        observation.confidence,
        observation.vintage,
        observation.note,
    )


def years_of(data: Data) -> tuple[int, ...]:
    """Give every year from the first to the last that a fact covers."""
    facts = (datum for datum in data.values() if datum.kind == "fact" and YEAR in datum.dims)
    years = [year for datum in facts for year in datum.labels[YEAR]]
    return tuple(range(min(years), max(years) + 1)) if years else ()
