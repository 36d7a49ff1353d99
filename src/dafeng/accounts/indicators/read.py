"""Reads indicators: the published figures as they stand, the computed ones, what is planned, and what is absent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from dafeng import units
from dafeng.accounts.indicators.compute import Desk
from dafeng.accounts.indicators.registry import INDICATORS, Indicator
from dafeng.accounts.indicators.value import Absent, Value, of_fact
from dafeng.city import City
from dafeng.errors import NotFound, Refused


@dataclass(frozen=True)
class Reading:
    """One indicator read: `official` as published or stated to be absent, `computed` beside it, `planned` by plans.

    Figures that somebody derived from published ones stand among the computed, with their document.
    """

    indicator: Indicator
    boundary: str
    official: tuple[Value, ...]
    computed: tuple[Value, ...]
    planned: tuple[Value, ...]
    absent: tuple[Absent, ...]


def read(
    city: City,
    ids: Iterable[str] = (),
    *,
    first: int | None = None,
    last: int | None = None,
    boundary: str = "assessed",
    place: str | None = None,
    **switches: str,
) -> tuple[Reading, ...]:
    """Read indicators, all of them without `ids`, within a span of years.

    Raises:
        NotFound: no such indicator, boundary or place.
        Refused: the span ends before it begins, or no such switch.
    """
    desk = Desk(city, place or city.id, boundary, switches)
    _ = desk.accounts  # an unknown boundary, place or switch is refused before anything is read
    known = {one.id: one for one in INDICATORS}
    wanted = list(ids) or list(known)
    for id in wanted:
        if id not in known:
            raise NotFound("indicator", id, known)
    if first is not None and last is not None and last < first:
        raise Refused(
            f"indicators: {last} is before {first}. Give the first year first.",
            zh=f"指标：{last} 早于 {first}。请先给起始年份。",
        )
    return tuple(_read(desk, known[id], first, last) for id in wanted)


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
            raise Refused(
                f"{indicator}: no published change of {year}. Choose years of which each has one.",
                zh=f"{indicator}：{year} 年没有公布的变化率。请选每年都有的年份。",
            )
        steps.append(1 + one.value * units.factor(one.unit, ""))
    return prod(steps) - 1


def _read(desk: Desk, indicator: Indicator, first: int | None, last: int | None) -> Reading:
    official: list[Value] = []
    derived: list[Value] = []
    planned: list[Value] = []
    facts = desk.city.facts
    for id in (one for one in indicator.published if one in desk.city.indicators):
        found = facts.series(id, desk.place)
        for one in found.points:
            (derived if one.status == "derived" else official).append(of_fact(one, indicator.unit))
        # Derived figures on further bases are no worse than the one that stands.
        derived += [of_fact(one, indicator.unit) for one in found.others if one.status == "derived"]
        official += [of_fact(one, indicator.unit) for one in facts.absent(id, desk.place)]
        plans = facts.series(id, desk.place, statuses=("planned",))
        planned += [of_fact(one, indicator.unit) for one in plans.points]
    made, absent = indicator.compute(desk) if indicator.compute is not None else ((), ())

    def within(value: Value) -> bool:
        start = int(value.period[:4])
        return (last is None or start <= last) and (first is None or value.year >= first)

    def ordered(values: Iterable[Value]) -> tuple[Value, ...]:
        return tuple(sorted(filter(within, values), key=lambda value: (value.year, value.period)))

    return Reading(
        indicator,
        desk.boundary if indicator.of_boundary else "",
        ordered(official),
        ordered((*made, *derived)),
        ordered(planned),
        absent,
    )
