"""The figures behind an account: every activity and factor its items rest on, with document and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dafeng.accounts.items import ITEMS
from dafeng.axes import YEAR
from dafeng.kernel import Model, Source

if TYPE_CHECKING:
    from dafeng.accounts.account import Account
    from dafeng.kernel import Datum

Role = Literal["activity", "factor"]
#: From the surest to the least sure.
GRADES = ("high", "medium", "low", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number an account rests on. `role` tells whether it is an activity or a factor."""

    item: str
    role: Role
    id: str
    sector: str
    fuel: str
    value: float
    unit: str
    source: Source


def figures(account: Account, items: Iterable[str] | None = None) -> Iterator[Figure]:
    """Give the figures behind an account, or behind some of its items; those of zero are left out."""
    run = account.accounts.run
    for item in account.accounts.items if items is None else items:
        ids = dict.fromkeys(id for line in ITEMS[item] for id in Model(line.variable).inputs())
        for id in ids:
            if id in run.data:
                yield from _cells(item, id, run.data[id], account.year)


def grade(found: Iterable[Figure], role: Role, sectors: Iterable[str] = ()) -> str:
    """Give the least confidence of the figures of one role, within some sectors where given; "" without a figure."""
    within = frozenset(sectors)
    kept = {
        one.source.confidence
        for one in found
        if one.role == role and (not within or not one.sector or one.sector in within)
    }
    return max((name for name in kept if name in GRADES), key=GRADES.index, default="")


def _cells(item: str, id: str, datum: Datum, year: int) -> Iterator[Figure]:
    values = np.asarray(datum.values, dtype=float)
    role: Role = "activity" if datum.kind == "fact" else "factor"
    for cell in np.ndindex(*values.shape):
        labels = {axis: datum.labels[axis][at] for axis, at in zip(datum.dims, cell, strict=True)}
        value = float(values[cell])
        if labels.get(YEAR, year) != year or np.isnan(value) or value == 0:
            continue
        source = datum.source_at(cell)
        fuel = str(labels.get("fuel") or labels.get("gaseous") or "")
        yield Figure(item, role, id, str(labels.get("sector", "")), fuel, value, datum.unit, source or Source(""))
