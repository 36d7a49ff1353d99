"""Facts read as series: for every period one figure, chosen by a written rule, and the rest beside it.

The rule, for the figures of one period that were known on the day asked for:

1. Of one source on one basis the newest publication stands; between two of one date, the one recorded last.
2. Of several sources the one that the indicator's `priority` lists first stands; then the basis that `bases` lists
   first, the higher confidence, the newer publication, the order of the file.
3. A figure of confidence "none" is shown and never stands. An absence stands only where no figure does, and only if
   its status is asked for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dafeng.errors import NotFound
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import CONFIDENCES, OBSERVED, Observation, Period, last_day

#: Series that are kept once read: those of one city on a few days. Any day may be asked for, so there must be an end.
_KEPT = 20_000
Dims = tuple[tuple[str, str], ...]
_Key = tuple[str, str, Dims]
_Ask = tuple[_Key, date | None, frozenset[str]]


@dataclass(frozen=True)
class Series:
    """One indicator at one place: `points` holds the figure that stands in each period, oldest first.

    `others` are the figures of the same statuses that do not stand: of other sources, or older publications.
    """

    indicator: Indicator
    place: str
    dims: Dims
    points: tuple[Observation, ...]
    others: tuple[Observation, ...]

    @property
    def unit(self) -> str:
        """The unit the indicator is counted in here; a point may be in another unit of the same dimension."""
        return self.indicator.unit_of(self.dims)

    @cached_property
    def yearly(self) -> dict[int, Observation]:
        """The points that stand for exactly one calendar year, by year."""
        return {point.period.year: point for point in self.points if point.period.is_year}

    @property
    def latest(self) -> Observation | None:
        """The point of the newest period."""
        return self.points[-1] if self.points else None

    def value(self, year: int) -> float:
        """Give the figure of a calendar year as it was published, in its own unit; NaN where it is absent."""
        point = self.yearly.get(year)
        return math.nan if point is None or point.value is None else point.value

    def beside(self, period: Period) -> tuple[Observation, ...]:
        """Give the other figures of a period."""
        return tuple(other for other in self.others if other.period == period)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The years from which points stand on another basis than those before, declared or named by the points."""
        years = [point.period.year for point in self.points]
        declared = {stated.year for stated in self.indicator.breaks if years and years[0] < stated.year <= years[-1]}
        pairs = zip(self.points, self.points[1:], strict=False)
        return tuple(sorted(declared | {after.period.year for before, after in pairs if before.basis != after.basis}))

    def __len__(self) -> int:
        return len(self.points)


class Facts:
    """All observations of a city, and the series they form. Nothing in it changes; `plus` gives a larger one.

    `observations` are those that have not been withdrawn; what was withdrawn still answers for the days before.
    """

    def __init__(self, observations: Iterable[Observation], indicators: Mapping[str, Indicator]) -> None:
        self._observations = tuple(observations)
        self.observations = self.visible()
        self.indicators = dict(indicators)
        self._by_key: dict[_Key, list[int]] = defaultdict(list)
        for position, observation in enumerate(self._observations):
            self._by_key[observation.indicator, observation.place, observation.dims].append(position)
        self._asked: dict[_Ask, Series] = {}

    def __len__(self) -> int:
        return len(self.observations)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def visible(self, known_on: date | None = None) -> tuple[Observation, ...]:
        """Give the observations that were known on a day; None asks for the present state."""
        return tuple(observation for observation in self._observations if observation.known(known_on))

    @cached_property
    def newest(self) -> date:
        """Tell on which day the last of the observations became known; the first of all days where there are none."""
        return max((each.known_from for each in self.observations), default=date.min)

    def plus(self, observations: Iterable[Observation]) -> Facts:
        """Give facts with further observations after these."""
        return Facts((*self._observations, *observations), self.indicators)

    def series(
        self,
        indicator: str,
        place: str,
        dims: Dims | Mapping[str, str] = (),
        known_on: date | None = None,
        statuses: Collection[str] = OBSERVED,
    ) -> Series:
        """Read one series as it was known on a day; None asks for the present state.

        Raises:
            NotFound: no indicator has this id.
        """
        declared = self.indicator(indicator)
        key = (indicator, place, _sorted(dims))
        ask = (key, known_on, frozenset(statuses))
        found = self._asked.get(ask)
        if found is None:
            if len(self._asked) >= _KEPT:
                self._asked.clear()
            found = self._asked[ask] = self._read(declared, key, known_on, ask[2])
        return found

    def indicator(self, id: str) -> Indicator:
        """Give the declaration of an indicator.

        Raises:
            NotFound: with the nearest ids.
        """
        try:
            return self.indicators[id]
        except KeyError:
            raise NotFound("indicator", id, self.indicators) from None

    def absent(self, indicator: str, place: str, known_on: date | None = None) -> tuple[Observation, ...]:
        """Give what is stated about figures that are not there: not found, or awaiting verification."""
        return tuple(o for o in self.find(indicator=indicator, place=place, known_on=known_on) if o.value is None)

    def find(
        self,
        *,
        indicator: str = "",
        place: str = "",
        dims: Dims | Mapping[str, str] | None = None,
        source: str = "",
        statuses: Collection[str] = (),
        year: int | None = None,
        known_on: date | None = None,
    ) -> tuple[Observation, ...]:
        """Give the observations that match every condition named, in the order they were given.

        `indicator` may be a prefix that ends in a dot ("power."); `year` is the year a period ends in.
        """
        wanted = None if dims is None else _sorted(dims)
        positions: Iterable[int] = range(len(self._observations))
        if indicator and not indicator.endswith("."):
            positions = sorted(p for key, held in self._by_key.items() if key[0] == indicator for p in held)
        return tuple(
            observation
            for observation in (self._observations[position] for position in positions)
            if (not indicator or observation.indicator.startswith(indicator))
            and (not place or observation.place == place)
            and (wanted is None or observation.dims == wanted)
            and (not source or observation.source == source)
            and (not statuses or observation.status in statuses)
            and (year is None or observation.period.year == year)
            and observation.known(known_on)
        )

    def keys(self) -> tuple[tuple[str, str, Dims], ...]:
        """List indicator, place and dims of every series there is."""
        return tuple(self._by_key)

    def coordinates(self, indicator: str) -> tuple[tuple[str, Dims], ...]:
        """List place and dims of every series of one indicator."""
        return tuple((place, dims) for id, place, dims in self._by_key if id == indicator)

    def days(self) -> tuple[date, ...]:
        """List the days on which something became known, oldest first."""
        return tuple(sorted({observation.known_from for observation in self._observations}))

    def _read(self, declared: Indicator, key: _Key, known_on: date | None, statuses: frozenset[str]) -> Series:
        by_period: dict[Period, list[int]] = defaultdict(list)
        for position in self._by_key.get(key, ()):
            observation = self._observations[position]
            if observation.status in statuses and observation.known(known_on):
                by_period[observation.period].append(position)
        points: list[Observation] = []
        others: list[Observation] = []
        for period in sorted(by_period, key=lambda p: (p.end, p.start)):
            chosen = self._chosen(declared, by_period[period])
            if chosen is not None:
                points.append(self._observations[chosen])
            others.extend(self._observations[position] for position in by_period[period] if position != chosen)
        return Series(declared, key[1], key[2], tuple(points), tuple(others))

    def _chosen(self, declared: Indicator, positions: Sequence[int]) -> int | None:
        if len(positions) == 1:
            return positions[0] if _may_stand(self._observations[positions[0]]) else None
        newest: dict[tuple[str, str], int] = {}
        figures = [position for position in positions if self._observations[position].value is not None]
        for position in figures or positions:
            observation = self._observations[position]
            publication = (observation.source, observation.basis)
            if publication not in newest or self._age(newest[publication]) <= self._age(position):
                newest[publication] = position
        trusted = [position for position in newest.values() if _may_stand(self._observations[position])]
        return min(trusted, key=lambda position: self._rank(declared, position), default=None)

    def _age(self, position: int) -> tuple[date, date]:
        observation = self._observations[position]
        return last_day(observation.vintage) or date.min, observation.recorded or date.min

    def _rank(self, declared: Indicator, position: int) -> tuple[int, int, int, int, int]:
        observation = self._observations[position]
        published = last_day(observation.vintage) or date.min
        return (
            _place_in(observation.source, declared.priority),
            _place_in(observation.basis, tuple(declared.bases)),
            CONFIDENCES.index(observation.confidence),
            -published.toordinal(),
            position,
        )


def _may_stand(observation: Observation) -> bool:
    return observation.value is None or observation.confidence != "none"


def _place_in(name: str, listed: Sequence[str]) -> int:
    return listed.index(name) if name in listed else len(listed)


def _sorted(dims: Dims | Mapping[str, str]) -> Dims:
    return tuple(sorted(dims.items() if isinstance(dims, Mapping) else dims))
