"""Activity by column: texts as codes into a list, numbers as arrays, so that a year of a city is one computation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dafeng import units
from dafeng.registers.activity import MEASURED, Activity
from dafeng.registers.stored import COLUMNS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Columns of text that are kept as codes.
CODED = ("place", "enterprise", "facility", "process", "sector", "use", "what", "unit", "status")


@dataclass(frozen=True)
class Coded:
    """A column of text: `codes` point into `names`."""

    codes: Ints
    names: tuple[str, ...]

    def code(self, name: str) -> int:
        """Give the code of a name; -1 where no row has it."""
        return self.names.index(name) if name in self.names else -1

    def where(self, name: str) -> NDArray[np.bool_]:
        """Tell which rows have a name."""
        return np.asarray(self.codes == self.code(name))


@dataclass(frozen=True)
class Table:
    """Rows of activity by column. `quantity` is in the unit as written; `first` and `last` are months from year 0."""

    texts: dict[str, Coded]
    first: Ints
    last: Ints
    quantity: Floats
    measured: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.quantity)

    def __getitem__(self, name: str) -> Coded:
        return self.texts[name]

    def take(self, rows: NDArray[np.bool_] | Ints) -> Table:
        """Give some of the rows."""
        return Table(
            {name: Coded(column.codes[rows], column.names) for name, column in self.texts.items()},
            self.first[rows],
            self.last[rows],
            self.quantity[rows],
            {name: column[rows] for name, column in self.measured.items()},
        )

    def in_year(self, year: int) -> Table:
        """Give the rows that touch a year, each with the part of its quantity that falls in it, spread evenly."""
        start, end = year * 12, year * 12 + 11
        held = self.take((self.last >= start) & (self.first <= end))
        first, last = np.maximum(held.first, start), np.minimum(held.last, end)
        share = (last - first + 1) / (held.last - held.first + 1)
        return replace(held, first=first, last=last, quantity=held.quantity * share)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that rows touch."""
        if not len(self):
            return ()
        return tuple(range(int(self.first.min()) // 12, int(self.last.max()) // 12 + 1))


def of_rows(rows: Sequence[Sequence[Any]]) -> Table:
    """Make a table of rows with the values of `stored.COLUMNS`."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    held = dict(zip(COLUMNS, columns, strict=True))
    return Table(
        {name: coded(held[name]) for name in CODED},
        np.array(held["first"], dtype=np.int64),
        np.array(held["last"], dtype=np.int64),
        np.array(held["quantity"], dtype=np.float64),
        {name: np.array(held[name], dtype=np.float64) for name in MEASURED},
    )


def of_activities(found: Iterable[Activity]) -> Table:
    """Make a table of records."""
    own = [name for name in COLUMNS if name not in MEASURED]
    rows = []
    for one in found:
        values = {name: getattr(one, name) for name in own}
        values |= {name: getattr(one.measured, name) for name in MEASURED}
        rows.append([values[name] for name in COLUMNS])
    return of_rows(rows)


def coded(values: Sequence[str]) -> Coded:
    """Code a column of text by first appearance."""
    names: dict[str, int] = {}
    codes = np.fromiter((names.setdefault(value, len(names)) for value in values), np.int64, len(values))
    return Coded(codes, tuple(names))


def scales(names: Sequence[str], target: str) -> Floats:
    """Give what one of each unit is worth in the target; NaN for one of another dimension."""
    return np.array(
        [
            units.factor(name, to) if units.same_dimension(name, to) else np.nan
            for name, to in zip(names, repeat(target), strict=False)
        ]
    )
