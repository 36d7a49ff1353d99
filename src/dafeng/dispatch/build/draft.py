"""The stage form while it is being written: columns, rows and border by name, brought to arrays at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch.stage import NARROW, Block, Border, Stage

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Bools, Floats


@dataclass(frozen=True, slots=True)
class Clock:
    """The steps of a period: hour of the year at which each starts, hours it stands for, its length."""

    hour: Floats
    weight: Floats
    length: float

    def ends(self, window: int, start: int) -> Bools:
        """Tell which steps end a window of hours."""
        after: Floats = np.floor((self.hour + self.length - start) / window)
        ends: Bools = after > np.floor((self.hour - start) / window)
        ends[-1] = True
        return ends | self.breaks()

    def breaks(self) -> Bools:
        """Tell which steps end a stretch of equal weight.

        What is stored in an hour that stands for one must not be given in an hour that stands for many.
        """
        last: Bools = self.weight != np.roll(self.weight, -1)
        return last


@dataclass(slots=True)
class Column:
    """One column of every hour; bounds are fixed[0] + low * capacity and fixed[1] + high * capacity, by period."""

    name: str
    group: int
    low: Floats
    high: Floats
    fixed: list[tuple[Floats, Floats]]
    cost: list[float]
    now: dict[str, float]
    before: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class SumRow:
    """A border row: coefficients by period and column, by capacity group and period, and by border variable."""

    name: str
    limit: float
    columns: dict[int, dict[int, float]] = field(default_factory=dict)
    groups: dict[int, dict[int, float]] = field(default_factory=dict)
    border: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """What is written so far."""

    clock: Clock
    periods: tuple[int, ...]
    pay: list[float]
    columns: list[Column] = field(default_factory=list)
    rows: dict[str, list[Floats]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    groups: list[list[dict[int, float]]] = field(default_factory=list)
    sums: list[SumRow] = field(default_factory=list)
    constant: float = 0.0

    def steps(self, value: float = 0.0) -> Floats:
        """Give a constant series."""
        return np.full(len(self.clock.hour), float(value))

    def row(self, name: str) -> str:
        """Add an equality row with right-hand side 0, once."""
        self.rows.setdefault(name, [self.steps() for _ in self.periods])
        return name

    def variable(self, name: str, cost: float, lower: float, upper: float, whole: float = 0.0) -> int:
        """Add a variable of the border."""
        self.names.append(name)
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.names) - 1

    def group(self, members: list[dict[int, float]]) -> int:
        """Add a capacity: for each period the border variables it is the sum of."""
        self.groups.append(members)
        return len(self.groups) - 1

    def column(
        self,
        name: str,
        fixed: list[tuple[Floats, Floats]],
        cost: list[float],
        now: dict[str, float],
        before: dict[str, float] | None = None,
        group: int = -1,
        low: Floats | None = None,
        high: Floats | None = None,
    ) -> int:
        """Add a column; give its number."""
        none = self.steps()
        part = Column(
            name,
            group,
            none if low is None or group < 0 else low,
            none if high is None or group < 0 else high,
            fixed,
            cost,
            now,
            before or {},
        )
        self.columns.append(part)
        return len(self.columns) - 1

    def finish(self) -> Stage:
        """Bring everything to arrays: rows that the hour before reaches come last, fixed lower bounds go out of x."""
        pinned = self._pin()
        order = self._order()
        number = {name: i for i, (name, _) in enumerate(order)}
        chained = sum(1 for _, reached in order if not reached)
        n, m = len(self.columns), len(order)
        now, before = np.zeros((m, n)), np.zeros((m, n))
        for j, column in enumerate(self.columns):
            for row, value in column.now.items():
                now[number[row], j] += value
            for row, value in column.before.items():
                before[number[row], j] += value
        group = np.array([column.group for column in self.columns], dtype=np.int64)
        low = np.stack([column.low for column in self.columns], axis=1)
        high = np.stack([column.high for column in self.columns], axis=1)
        rows, limit = self._border_rows()
        weight = self.clock.weight
        constant = self.constant
        blocks = []
        for q, year in enumerate(self.periods):
            offset = np.stack([column.fixed[q][0] for column in self.columns], axis=1)
            upper = np.stack([column.fixed[q][1] for column in self.columns], axis=1) - offset
            cost = np.array([column.cost[q] for column in self.columns]) * self.pay[q]
            demand = np.stack([self.rows[name][q] for name, _ in order], axis=1)
            demand -= offset @ now.T + np.roll(offset, 1, axis=0) @ before.T
            constant += float(weight @ offset @ cost)
            taking = [r for r, row in enumerate(self.sums) if row.columns.get(q)]
            sums = np.zeros((len(taking), n))
            for i, r in enumerate(taking):
                for j, value in self.sums[r].columns[q].items():
                    sums[i, j] += value
                limit[r] -= float(sums[i] @ (weight @ offset))
            holds = np.zeros((len(self.groups), len(self.names)))
            for g, members in enumerate(self.groups):
                for k, value in members[q].items():
                    holds[g, k] = value
            tied = group >= 0
            held = np.zeros(n, bool)
            held[tied] = np.any(holds != 0, axis=1)[group[tied]]
            live = (upper > NARROW) | (held[None, :] & (high - low > NARROW))
            blocks.append(Block(year, upper, demand, cost, sums, np.array(taking, np.int64), holds, live, offset))
        border = Border(
            tuple(self.names), np.array(self.cost), np.array(self.lower), np.array(self.upper), rows, limit,
            tuple(row.name for row in self.sums), np.array(self.whole),
        )  # fmt: skip
        names = tuple(column.name for column in self.columns)
        row_names = tuple(name for name, _ in order)
        return Stage(
            names, row_names, chained, weight, now, before, group, high, low, tuple(blocks), border, constant, pinned
        )

    def _pin(self) -> Floats:
        """Take variables without room out of the problem: an interior point needs an interior."""
        pinned = np.zeros(len(self.names))
        for k, (low, high) in enumerate(zip(self.lower, self.upper, strict=True)):
            if high - low > NARROW:
                continue
            pinned[k] = low
            self.constant += self.cost[k] * low
            for row in self.sums:
                row.limit -= row.border.pop(k, 0.0) * low
                for q, by_group in row.groups.items():
                    for g, value in by_group.items():
                        row.limit -= value * self.groups[g][q].get(k, 0.0) * low
            for g, members in enumerate(self.groups):
                for q, held in enumerate(members):
                    share = held.pop(k, 0.0)
                    for column in self.columns if share * low else ():
                        if column.group == g:
                            least, most = column.fixed[q]
                            column.fixed[q] = (least + column.low * low * share, most + column.high * low * share)
            self.cost[k], self.lower[k], self.upper[k] = 1.0, 0.0, 1.0
        return pinned

    def _order(self) -> list[tuple[str, bool]]:
        reached: set[str] = set()
        for column in self.columns:
            if column.before:
                reached.update(column.before, column.now)
        return sorted(((name, name in reached) for name in self.rows), key=lambda item: item[1])

    def _border_rows(self) -> tuple[Floats, Floats]:
        rows = np.zeros((len(self.sums), len(self.names)))
        for r, row in enumerate(self.sums):
            for k, value in row.border.items():
                rows[r, k] += value
            for q, by_group in row.groups.items():
                for g, value in by_group.items():
                    for k, share in self.groups[g][q].items():
                        rows[r, k] += value * share
        return rows, np.array([row.limit for row in self.sums], dtype=np.float64)
