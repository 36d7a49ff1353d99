"""What of the sums over enterprises may be shown to everybody: no sum from which one unit could be read off.

A sum is withheld where fewer than `LEAST` units stand in it, or one of them makes more than `DOMINANT` of it. Where
what is withheld could be found by taking the rest from the whole, the smallest of the sums shown is withheld too.

Half-widths of intervals are rounded up to whole per cents of the sum: their digits would tell how it is made up, and
one of three units that knows its own figure could find the other two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from dafeng.accounts.enterprise.account import interval, roll_up
from dafeng.accounts.uncertainty import Interval

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.rows import Rows

LEAST, DOMINANT = 3, 0.8
#: The sums that are given: the column of the rows each goes by.
BY = ("sector", "place", "market")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over units in tCO2 (scope 1) with its 95 % interval; None where it is withheld."""

    id: str
    units: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Public:
    """What everybody may see of a year's enterprises, in tCO2; None where it is withheld."""

    year: int
    units: int
    scope1: float | None
    scope1_low: float | None
    scope1_high: float | None
    scope2: float | None
    scope2_low: float | None
    scope2_high: float | None
    coverage: float
    synthetic: bool
    sums: Mapping[str, tuple[Sum, ...]]


def public(rows: Rows) -> Public:
    """Add up the enterprises of a year, and withhold what would tell of single ones."""
    found = roll_up(rows)
    table = rows.table
    unit = table["enterprise"]
    direct = rows.counted & ~np.isnan(rows.emission) & (rows.scope == 1) & (unit.codes != unit.code(""))
    groups = {"sector": table["sector"], "place": table["place"], "market": rows.markets}
    sums = {}
    for by in BY:
        column = groups[by]
        parts: dict[str, dict[int, float]] = {}
        for at in np.flatnonzero(direct):
            one = parts.setdefault(column.names[int(column.codes[at])], {})
            code = int(unit.codes[at])
            one[code] = one.get(code, 0.0) + float(rows.emission[at])
        spans = {name or "none": blurred(interval(rows, (direct & column.where(name)).astype(float))) for name in parts}
        sums[by] = tuple(
            one if one.value is None else replace(one, low=spans[one.id].low, high=spans[one.id].high)
            for one in _withheld({name or "none": amounts for name, amounts in parts.items()})
        )
    every: dict[int, float] = {}
    for at in np.flatnonzero(direct):
        code = int(unit.codes[at])
        every[code] = every.get(code, 0.0) + float(rows.emission[at])
    shown = found.units >= LEAST and not _tells(every)
    scope1 = blurred(Interval(found.scope1, found.scope1_low, found.scope1_high))
    scope2 = blurred(Interval(found.scope2, found.scope2_low, found.scope2_high))
    return Public(
        rows.year,
        found.units,
        scope1.value if shown else None,
        scope1.low if shown else None,
        scope1.high if shown else None,
        scope2.value if shown else None,
        scope2.low if shown else None,
        scope2.high if shown else None,
        found.coverage,
        found.synthetic,
        sums if shown else dict.fromkeys(BY, ()),
    )


def blurred(one: Interval) -> Interval:
    """Widen an interval to a half-width in whole per cents of its value."""
    half = ceil(one.half * 100 - 1e-9) / 100 * abs(one.value) if one.value else 0.0
    return Interval(one.value, one.value - half, one.value + half)


def _tells(amounts: Mapping[int, float]) -> bool:
    whole = sum(map(abs, amounts.values()))
    return len(amounts) < LEAST or (whole > 0 and max(map(abs, amounts.values())) > DOMINANT * whole)


def _withheld(parts: Mapping[str, Mapping[int, float]]) -> tuple[Sum, ...]:
    hidden = {name for name, amounts in parts.items() if _tells(amounts)}
    order = sorted((name for name in parts if name not in hidden), key=lambda name: sum(parts[name].values()))
    while hidden and order:
        together: dict[int, float] = {}
        for name in hidden:
            for code, value in parts[name].items():
                together[code] = together.get(code, 0.0) + value
        if len(hidden) > 1 and not _tells(together):
            break
        hidden.add(order.pop(0))
    found = [
        Sum(name, len(amounts), None if name in hidden else sum(amounts.values())) for name, amounts in parts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.value is None, -(one.value or 0.0), one.id)))
