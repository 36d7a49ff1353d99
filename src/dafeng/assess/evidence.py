"""Evidence: the figures that a target may be held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from dafeng import units
from dafeng.assess.result import Evidence
from dafeng.city.bind import rank, whole_years, yearly
from dafeng.city.city import City
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import OBSERVED, Observation
from dafeng.lineage import Node

#: Worst first: a figure computed from several is as good as the worst of them.
CONFIDENCE_ORDER = ("none", "low", "medium", "high")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one year, in a stated unit; `trail` is its lineage where a formula or a chain computed it."""

    year: int
    value: float
    unit: str
    source: str
    status: str
    confidence: str
    observation: str
    locator: str = ""
    date: str = ""
    bound: str = ""
    basis: str = ""
    note: str = ""
    indicator: str = ""
    trail: Node | None = None

    @property
    def decides(self) -> bool:
        """Whether the figure may decide a verdict: one of low confidence never does."""
        return self.confidence not in ("low", "none")

    def scaled(self, value: float, unit: str) -> Figure:
        """Give the same figure as another value in another unit."""
        return replace(self, value=value, unit=unit)

    def evidence(self, *, stale: bool = False) -> Evidence:
        """Give the figure as a result shows it."""
        return Evidence(
            value=self.value,
            year=self.year,
            unit=self.unit,
            source=self.source,
            status=self.status,
            confidence=self.confidence,
            observation=self.observation,
            locator=self.locator,
            date=self.date,
            bound=self.bound,
            note=self.note,
            stale=stale,
        )


def figures(city: City, indicator: Indicator, known_on: date, unit: str) -> tuple[Figure, ...]:
    """Read every figure that could be evidence on `indicator`, in `unit`, oldest first, one for each year.

    A figure of a month stands for its year only where the quantity is not summed over the year; a figure of the whole
    year goes before it.
    """
    if indicator.variable:
        return computed(city, indicator, known_on, unit)
    series = city.facts.series(indicator.id, city.id, known_on=known_on, statuses=OBSERVED)
    if indicator.kind == "flow":
        found = totals(series.points)
    else:
        found = yearly(indicator, series.points)
    return tuple(_of(observation, unit) for observation in found)


def totals(points: Iterable[Observation]) -> tuple[Observation, ...]:
    """Choose the totals that can be compared, oldest first: single years, or spans that begin in the same year.

    The newest figure decides which; where both end in one year the longer span does.
    """
    whole = sorted((point for point in points if point.value is not None and whole_years(point)), key=rank)
    if not whole:
        return ()
    last = min((point for point in whole if point.period.year == whole[-1].period.year), key=lambda p: p.period.start)
    if last.period.is_year:
        return tuple(point for point in whole if point.period.is_year)
    return tuple(point for point in whole if point.period.start == last.period.start)


def _of(observation: Observation, unit: str) -> Figure:
    assert observation.value is not None  # noqa: S101 - `figures` keeps only those that have one
    return Figure(
        year=observation.period.year,
        value=observation.value * units.factor(observation.unit, unit),
        unit=unit,
        source=observation.source,
        status=observation.status,
        confidence=observation.confidence,
        observation=observation.id,
        locator=observation.locator,
        date=observation.vintage,
        bound=observation.bound,
        basis=observation.basis,
        note=observation.note,
        indicator=observation.indicator,
    )


def computed(city: City, indicator: Indicator, known_on: date, unit: str) -> tuple[Figure, ...]:
    """Read what a formula of the model gives for the city, in every year in which all its inputs are known.

    Source, date and confidence are those of the weakest input; its lineage goes down to the documents.
    """
    found: list[Figure] = []
    for year, value in city.computed(indicator.id, known_on):
        inputs = city.sources(indicator.id, year, known_on)
        weakest = min(inputs, key=lambda source: _confidence_rank(source.confidence))
        found.append(
            Figure(
                year=year,
                value=value * units.factor(city.unit(indicator.id), unit),
                unit=unit,
                source=weakest.document,
                status="derived",
                confidence=weakest.confidence,
                observation=indicator.id,
                locator=weakest.locator,
                date=max(source.vintage for source in inputs),
                indicator=indicator.id,
                trail=city.explain(indicator.id, year, known_on),
            )
        )
    return tuple(found)


def _confidence_rank(confidence: str) -> int:
    return CONFIDENCE_ORDER.index(confidence) if confidence in CONFIDENCE_ORDER else 0


def worst(confidences: Iterable[str]) -> str:
    """Give the lowest of several confidences."""
    return min(confidences, key=_confidence_rank, default="none")


def basis_changes(found: Sequence[Figure], indicator: Indicator) -> tuple[int, ...]:
    """List the years from which figures stand on another basis than those before them."""
    years = [figure.year for figure in found]
    declared = {b.year for b in indicator.breaks if years and years[0] < b.year <= years[-1]}
    named = {b.year for a, b in pairwise(found) if a.basis != b.basis}
    return tuple(sorted(declared | named))


def present_basis(found: Sequence[Figure], indicator: Indicator) -> tuple[Figure, ...]:
    """Keep the figures that stand on the basis of the newest one, so that no line crosses a break."""
    changes = basis_changes(found, indicator)
    return tuple(figure for figure in found if not changes or figure.year >= changes[-1])


def age(year: int, as_of: date) -> float:
    """Give the years that have passed since the end of `year`."""
    return (as_of - date(year, 12, 31)).days / DAYS_A_YEAR
