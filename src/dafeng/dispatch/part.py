"""The state of one period in the structured interior point, and what is done to it hour by hour."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch import kernels, steps
from dafeng.dispatch.stage import usual_price

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.dispatch.stage import Block, Floats, Ints, Stage

#: Added to every pivot of a column.
SMALL = 1e-10
#: Numbers in a page of memory, and those between the beginnings of arrays that are read together.
PAGE, STAGGER = 512, 40


def sparse(part: Floats) -> tuple[Ints, Ints, Floats]:
    """Give a small matrix by column: starts, rows, values."""
    columns, rows = np.nonzero(part.T)
    starts = np.zeros(part.shape[1] + 1, np.int64)
    np.add.at(starts, columns + 1, 1)
    return np.cumsum(starts), rows.astype(np.int64), part.T[columns, rows].astype(np.float64)


class Fields:
    """Room for arrays of (hours, columns) that are read together.

    Each begins at another place within a page: arrays of one size that begin alike fall on the same lines of the cache
    and drive each other out.
    """

    def __init__(self, hours: int, columns: int) -> None:
        self.shape, self.made = (hours, columns), 0

    def new(self, value: Any = 0.0) -> Floats:
        """Give the next array, filled."""
        size = self.shape[0] * self.shape[1]
        ahead = (self.made * STAGGER) % PAGE
        self.made += 1
        room = np.empty(size + 2 * PAGE)
        first = (-(room.ctypes.data // 8) % PAGE) + ahead
        out = room[first : first + size].reshape(self.shape)
        out[:] = value
        return out


class Part:
    """The state and the work space of one period, of (hours, columns) where nothing else is said.

    A column lies between two bounds: `sl`, `su` are its slacks to them and `ll`, `lu` their multipliers. What the
    compiled functions take together:

    - `point`: sl, su, ll, lu, 1/sl, 1/su, live, 1/ll, 1/lu;
    - `res`: residuals of the multipliers' equation, of the rows (hours, rows), of the lower and the upper slack;
    - `extra`: what a correction adds to the products sl x ll and su x lu;
    - `fac`: inverse pivots of columns, their part in a capacity, then by hour the inverse factor of the rows (rows,
      rows), what it carries to the next hour and around the year (chained rows, chained rows), and the border
      (rows, capacities and summed rows);
    - `steps`: of x, sl, su, ll, lu, with `dy` of the rows; `correction`: of x, ll, lu, with `cy`; those of the slacks
      follow from `grown`, what the border does to the capacity of each column.
    """

    def __init__(self, stage: Stage, block: Block) -> None:
        self.stage, self.block, self.rows = stage, block, block.sum_rows
        hours, n, m = stage.hours, len(stage.names), len(stage.row_names)
        fields = Fields(hours, n)
        self.live = fields.new(block.live)
        self.upper = np.where(block.live, block.upper, 0.0)
        self.high = fields.new(np.where(stage.group >= 0, stage.high, 0.0) * block.live)
        self.low = fields.new(np.where(stage.group >= 0, stage.low, 0.0) * block.live)
        self.now, self.before = sparse(stage.now), sparse(stage.before)
        self.sums = (*sparse(block.sums), len(self.rows))
        self.nk = block.holds.shape[0]
        nu = self.nk + len(self.rows)
        ms = m - stage.chained
        self.fac = (
            fields.new(),
            fields.new(),
            np.zeros((hours, m, m)),
            np.zeros((hours, ms, ms)),
            np.zeros((hours, ms, ms)),
            np.zeros((hours, m, nu)),
        )
        self.res = (fields.new(), np.zeros((hours, m)), fields.new(), fields.new())
        self.inverse = tuple(fields.new(1.0) for _ in range(4))
        self.extra = (fields.new(), fields.new())
        self.dy, self.cy = np.zeros((hours, m)), np.zeros((hours, m))
        self.steps = tuple(fields.new() for _ in range(5))
        self.correction = tuple(fields.new() for _ in range(3))
        self.grown, self.paid = np.zeros(n), np.zeros(n)
        self.x, self.y = fields.new(), np.zeros((hours, m))
        self.sl, self.su = fields.new(1.0), fields.new(1.0)
        self.ll, self.lu = fields.new(), fields.new()
        held = stage.group >= 0
        self.held, self.held_group = np.flatnonzero(held), stage.group[held]

    def start(self, border: Floats) -> None:
        """Begin in the middle of every column's width, with slacks and multipliers of ordinary size."""
        stage, block = self.stage, self.block
        cap = self.caps(border)
        self.x[:] = self.live * 0.5 * (self.upper + (self.high + self.low) * cap)
        dead = 1.0 - self.live
        wide = np.maximum(self.x - self.low * cap, 2.0)
        self.sl[:] = self.su[:] = self.live * wide + dead
        each = 2 * usual_price((block,))
        self.ll[:] = self.lu[:] = self.live * each * stage.weight[:, None]

    def caps(self, border: Floats) -> Floats:
        """Give the capacity each column is tied to, 0 for the untied."""
        out = np.zeros(len(self.stage.names))
        out[self.held] = (self.block.holds @ border)[self.held_group]
        return out

    def prices(self, prices: Floats) -> Floats:
        """Give what the summed rows add to the cost of each column."""
        return np.asarray(prices[self.rows] @ self.block.sums)

    def by_group(self, grown: Floats) -> Floats:
        """Sum a derivative by column to capacities of the border."""
        out = np.zeros(self.nk)
        np.add.at(out, self.held_group, grown[self.held])
        return np.asarray(self.block.holds.T @ out)

    @property
    def point(self) -> tuple[Floats, ...]:
        """What the step kernels read of the state."""
        return (self.sl, self.su, self.ll, self.lu, *self.inverse[:2], self.live, *self.inverse[2:])

    def residual(self, border: Floats, prices: Floats) -> tuple[Any, ...]:
        """Compute all residuals of this block."""
        stage, block = self.stage, self.block
        return kernels.residual(  # type: ignore[no-any-return]
            self.now, self.before, self.high, self.low, self.upper, self.live, stage.weight, block.cost, block.demand,
            self.x, self.y, self.sl, self.su, self.ll, self.lu, self.caps(border), self.prices(prices),
            (self.res[0], self.res[1], self.res[2], self.res[3], *self.inverse),
        )  # fmt: skip

    def factor(self) -> Floats:
        """Factor, and give this block's Schur complement on its border."""
        stage = self.stage
        return kernels.factor(  # type: ignore[no-any-return]
            self.now, self.before, self.sums, stage.chained, stage.group, self.high, self.low, self.live, stage.weight,
            self.ll, self.lu, *self.inverse[:2], SMALL, self.nk, self.fac,
        )  # fmt: skip

    def forward(self, first: bool) -> tuple[Floats, Floats]:
        """Eliminate the right-hand side of the first step or of a correction."""
        stage = self.stage
        return steps.forward(  # type: ignore[no-any-return]
            self.now, self.before, self.sums, stage.chained, stage.group, self.high, self.low, stage.weight,
            self.point, self.res, self.extra, self.fac, first, self.dy if first else self.cy,
        )  # fmt: skip

    def substitute(self, first: bool, u: Floats, border: Floats, prices: Floats) -> None:
        """Substitute back for the multipliers of all hours, given what the border does."""
        self.grown, self.paid = self.caps(border), self.prices(prices)
        steps.substitute(self.stage.chained, self.fac, u, self.dy if first else self.cy)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some hours of a period: what touches no other hour is done piece by piece, on all processors."""

    part: Part
    start: int
    end: int

    @property
    def hours(self) -> tuple[int, int]:
        """The first hour, and the one after the last."""
        return self.start, self.end

    def backward(self) -> tuple[float, float]:
        """Give the first step of the cells, into `steps`; say how far it goes, 1 / alpha."""
        q, stage = self.part, self.part.stage
        return steps.backward(  # type: ignore[no-any-return]
            q.now, q.before, q.high, q.low, stage.weight, q.point, q.res, q.fac, q.grown, q.paid, q.dy, q.steps,
            *self.hours,
        )  # fmt: skip

    def correct(self, parts: Floats) -> Floats:
        """Give a correction of the cells, into `correction`; say how far the step goes with parts of it, (2, parts)."""
        q, stage = self.part, self.part.stage
        return steps.correct(  # type: ignore[no-any-return]
            q.now, q.before, q.high, q.low, stage.weight, q.point, q.extra, q.fac, q.grown, q.paid, q.cy,
            q.correction, q.steps, parts, *self.hours,
        )  # fmt: skip

    def ahead(self, primal: float, dual: float) -> float:
        """Give the sum of products of slack and multiplier after a step."""
        return float(steps.ahead(self.part.point, self.part.steps, primal, dual, *self.hours))

    def second(self, aim: float) -> None:
        """Write what Mehrotra's corrector adds to the products."""
        steps.second(self.part.point, self.part.steps, aim, *self.part.extra, *self.hours)

    def centre(self, primal: float, dual: float, least: float, most: float) -> None:
        """Write what a centrality corrector adds to the products."""
        steps.centre(self.part.point, self.part.steps, primal, dual, least, most, *self.part.extra, *self.hours)

    def blend(self, primal: float, dual: float) -> None:
        """Add parts of the correction to the step."""
        q = self.part
        steps.blend(q.high, q.low, q.grown, q.dy, q.steps, q.cy, q.correction, primal, dual, *self.hours)

    def move(self, primal: float, dual: float) -> None:
        """Take the step."""
        q = self.part
        steps.move(q.x, q.y, q.point, q.dy, q.steps, primal, dual, *self.hours)


def pieces(parts: Sequence[Part], count: int) -> list[Piece]:
    """Cut the hours of every period into so many pieces."""
    out = []
    for part in parts:
        cuts = np.linspace(0, part.stage.hours, count + 1).astype(int).tolist()
        out += [Piece(part, start, end) for start, end in pairwise(cuts)]
    return out
