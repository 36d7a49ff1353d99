"""The stage form: what every power system looks like to a solver.

Each hour has the same `n` columns and `m` equality rows. Hours touch only through the rows from `chained` on, which
also read the columns of the hour before (cyclically: hour 0 follows the last one). Everything else is a border:
capacities and priced slacks (`Border.cost` ...), and rows that sum over hours, periods and the border.

    minimise    border.cost @ k  +  sum over blocks, t, j of  weight[t] * block.cost[j] * x[t, j]
    subject to  now @ x[t] + before @ x[t-1] = block.demand[t]
                low[t, j] * cap[j] <= x[t, j] <= block.upper[t, j] + high[t, j] * cap[j],   cap = block.holds @ k
                sum over blocks, t of weight[t] * block.sums @ x[t]  +  border.rows @ k  <=  border.limit
                border.lower <= k <= border.upper
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

#: A column narrower than this, in the unit of power, is held at its lower bound.
NARROW = 1e-9
#: A price below this part of the highest (tolls of lines, wear of panels) says nothing of the size of prices.
SLIGHT = 1e-3


@dataclass(frozen=True, slots=True)
class Border:
    """Capacities and slacks shared by all hours, and the rows that bind them."""

    names: tuple[str, ...]
    cost: Floats
    lower: Floats
    upper: Floats
    rows: Floats
    limit: Floats
    row_names: tuple[str, ...]
    whole: Floats
    """Size of one unit where a capacity is built in whole units, else 0."""


@dataclass(frozen=True, slots=True)
class Block:
    """One period: what differs between periods."""

    year: int
    upper: Floats
    demand: Floats
    cost: Floats
    sums: Floats
    sum_rows: Ints
    holds: Floats
    live: Bools
    offset: Floats
    """Fixed part of the lower bound, taken out of x: the true column is x + offset."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A whole problem; `group[j]` is the capacity that column j is tied to, or -1."""

    names: tuple[str, ...]
    row_names: tuple[str, ...]
    chained: int
    weight: Floats
    now: Floats
    before: Floats
    group: Ints
    high: Floats
    low: Floats
    blocks: tuple[Block, ...]
    border: Border
    constant: float = 0.0
    """Cost that no decision changes."""
    pinned: Floats = field(default_factory=lambda: np.zeros(0))
    """Value of border variables that were taken out because they have no room; 0 for the others."""

    @property
    def hours(self) -> int:
        """Number of steps in a period."""
        return len(self.weight)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the explicit LP."""
        live = sum(int(block.live.sum()) for block in self.blocks)
        tied = sum(int((block.live & (self.group >= 0)).sum()) for block in self.blocks)
        rows = self.hours * len(self.row_names) * len(self.blocks) + tied + len(self.border.limit)
        return live + len(self.border.names), rows


@dataclass(frozen=True, slots=True)
class Point:
    """A primal and dual point of a stage form: x and y by block, the border, its row prices (not negative)."""

    x: tuple[Floats, ...]
    y: tuple[Floats, ...]
    border: Floats
    prices: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """What one unit of the scaled problem is worth."""

    power: float
    money: float
    rows: Floats


def usual_price(blocks: tuple[Block, ...]) -> float:
    """Give an ordinary price of a column: the median of those that are not next to nothing beside the highest."""
    prices = np.concatenate([block.cost[block.cost > 0] for block in blocks] or [np.zeros(0)])
    return float(np.median(prices[prices >= SLIGHT * prices.max()])) if prices.size else 50.0


def scaled(stage: Stage) -> tuple[Stage, Scale]:
    """Bring powers near 30, prices near 50 and border rows near 1, where the interior point starts well."""
    peak = max(float(np.abs(block.demand).sum(axis=1).max(initial=0.0)) for block in stage.blocks)
    power = peak / 30 if peak > 0 else 1.0
    money = power * usual_price(stage.blocks) / 50
    border = stage.border
    reach = np.abs(border.rows).max(axis=1, initial=0.0)
    for block in stage.blocks:
        for row, sums in zip(block.sum_rows, block.sums, strict=True):
            reach[row] = max(reach[row], float(np.abs(sums).max(initial=0.0)) * 1e3)
    rows = np.where(reach > 0, reach, 1.0)
    blocks = tuple(
        replace(
            block,
            upper=block.upper / power,
            demand=block.demand / power,
            cost=block.cost * (power / money),
            sums=block.sums / rows[block.sum_rows][:, None],
            offset=block.offset / power,
        )
        for block in stage.blocks
    )
    small = replace(
        border,
        cost=border.cost * (power / money),
        lower=border.lower / power,
        upper=border.upper / power,
        rows=border.rows / rows[:, None],
        limit=border.limit / (rows * power),
    )
    return replace(stage, blocks=blocks, border=small), Scale(power, money, rows)


def unscaled(point: Point, scale: Scale) -> Point:
    """Give a point of the scaled problem in the units of the original one."""
    return Point(
        tuple(x * scale.power for x in point.x),
        tuple(y * (scale.money / scale.power) for y in point.y),
        point.border * scale.power,
        point.prices * (scale.money / scale.power) / scale.rows,
    )
