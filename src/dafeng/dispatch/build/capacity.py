"""Capacities: what stands, what may be retired, built in which period, and what it costs a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafeng.dispatch.build.draft import Draft, SumRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.dispatch.build.worth import Worth
    from dafeng.dispatch.figure import Figure
    from dafeng.dispatch.spec import Investment


@dataclass(frozen=True, slots=True)
class Capacity:
    """The capacity of one entry, GW: `fixed` by period and the border variables of a group (-1 for none)."""

    fixed: list[float]
    group: int
    vintages: dict[int, int]
    kept: dict[int, int]
    yearly: dict[int, float]
    """Yearly cost by GW of each border variable, thousand."""
    alive: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Periods in which the vintage of a period stands."""


def capacity(
    draft: Draft,
    worth: Worth,
    name: str,
    entry: Investment,
    least: Sequence[float] = (),
    most: Sequence[float] = (),
    shared: bool = False,
) -> Capacity:
    """Write the variables of one entry; `least` and `most`, by period, bound it besides what it states itself.

    `shared`: another entry rebuilds its existing capacity, so that this becomes a variable.
    """
    periods = draft.periods
    standing = [worth.plain(entry.existing, "GW", year) if entry.existing else 0.0 for year in periods]
    floor = [_limit(worth, entry.minimum, year, 0.0) for year in periods]
    roof = [_limit(worth, entry.maximum, year, float("inf")) for year in periods]
    floor = [max(pair) for pair in zip(floor, least or floor, strict=True)]
    roof = [min(pair) for pair in zip(roof, most or roof, strict=True)]
    yearly: dict[int, float] = {}
    kept: dict[int, int] = {}
    vintages: dict[int, int] = {}
    fixed = list(standing)
    members: list[dict[int, float]] = [{} for _ in periods]
    if (entry.retire or shared) and max(standing) > 0:
        for q, year in enumerate(periods):
            if standing[q] <= 0:
                continue
            if not shared and year < (entry.retire_from or year):
                draft.constant += fixed_cost(worth, entry, year) * standing[q] * draft.pay[q]
                continue
            cost = fixed_cost(worth, entry, year)
            kept[q] = draft.variable(f"{name}@kept-{year}", cost * draft.pay[q], 0.0, standing[q])
            yearly[kept[q]] = cost
            members[q][kept[q]] = 1.0
            fixed[q] = 0.0
            if q - 1 in kept:
                draft.sums.append(
                    SumRow(f"{name}: once retired, gone ({year})", 0.0, border={kept[q]: 1, kept[q - 1]: -1})
                )
    else:
        draft.constant += sum(
            fixed_cost(worth, entry, year) * standing[q] * draft.pay[q] for q, year in enumerate(periods)
        )
    if entry.build:
        _vintages(draft, worth, name, entry, (members, vintages, yearly))
    _bounds(draft, name, (fixed, floor, roof), members, vintages)
    group = draft.group(members) if any(members) else -1
    alive = {p: tuple(q for q, held in enumerate(members) if k in held) for p, k in vintages.items()}
    return Capacity(fixed, group, vintages, kept, yearly, alive)


def _limit(worth: Worth, figure: Figure | None, year: int, default: float) -> float:
    return default if figure is None else worth.plain(figure, "GW", year)


def life_of(worth: Worth, entry: Investment) -> float:
    """Give the years that what is built stands; 25 where nothing is stated."""
    return worth.plain(entry.lifetime, "year", worth.spec.periods[0]) if entry.lifetime else 25.0


def fixed_cost(worth: Worth, entry: Investment, year: int) -> float:
    """Give the yearly fixed cost, thousand by GW."""
    if entry.fixed is None:
        return 0.0
    if worth.is_money(entry.fixed, "kW/year"):
        return worth.money(entry.fixed, "MW/year", year)
    share = worth.plain(entry.fixed, "1/year", year)
    return share * worth.money(entry.capital, "MW", year) if entry.capital else 0.0


def yearly_cost(worth: Worth, entry: Investment, year: int) -> float:
    """Give what a GW built in `year` costs a year: capital paid back over its life, and the fixed cost."""
    capital = worth.money(entry.capital, "MW", year) if entry.capital else 0.0
    return capital * worth.annuity(life_of(worth, entry)) + fixed_cost(worth, entry, year)


def _vintages(
    draft: Draft,
    worth: Worth,
    name: str,
    entry: Investment,
    into: tuple[list[dict[int, float]], dict[int, int], dict[int, float]],
) -> None:
    members, vintages, yearly = into
    life = life_of(worth, entry)
    size = worth.plain(entry.unit_size, "GW", draft.periods[0]) if entry.unit_size else 0.0
    may = [(q, year) for q, year in enumerate(draft.periods) if year >= (entry.build_from or year)]
    for q, year in may if entry.vintages else may[:1]:
        alive = [p for p, other in enumerate(draft.periods) if year <= other < year + life]
        cost = yearly_cost(worth, entry, year)
        k = draft.variable(f"{name}@{year}", cost * sum(draft.pay[p] for p in alive), 0.0, float("inf"), size)
        vintages[q], yearly[k] = k, cost
        for p in alive:
            members[p][k] = 1.0


def _bounds(
    draft: Draft,
    name: str,
    limits: tuple[list[float], list[float], list[float]],
    members: list[dict[int, float]],
    vintages: dict[int, int],
) -> None:
    """Bound one variable directly, several by a row each period."""
    fixed, floor, roof = limits
    if len(vintages) == 1 and all(len(held) <= 1 for held in members):
        (k,) = vintages.values()
        within = [q for q, held in enumerate(members) if k in held]
        draft.upper[k] = min(roof[q] - fixed[q] for q in within)
        draft.lower[k] = max(0.0, *(floor[q] - fixed[q] for q in within))
        return
    for q, held in enumerate(members):
        if not held:
            continue
        year = draft.periods[q]
        if roof[q] < float("inf"):
            draft.sums.append(SumRow(f"{name}: at most ({year})", roof[q] - fixed[q], border=dict(held)))
            for k in held:
                draft.upper[k] = min(draft.upper[k], max(roof[q] - fixed[q], 0.0))
        if floor[q] > fixed[q]:
            row = {k: -share for k, share in held.items()}
            draft.sums.append(SumRow(f"{name}: at least ({year})", fixed[q] - floor[q], border=row))
