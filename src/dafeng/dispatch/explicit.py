"""The explicit sparse LP of a stage form: what HiGHS solves and what every certificate is checked against.

Columns are the border, then the live cells of each block, hour by hour. Rows are the hours' equalities, the upper and
the lower ties of columns to capacities, and the border rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from dafeng.dispatch.stage import Point

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Bools, Floats, Ints, Stage


@dataclass(frozen=True, slots=True)
class Explicit:
    """`matrix` with bounds; `cells[q]` numbers the live cells of block q in `live` order."""

    matrix: sp.csc_matrix
    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    cells: tuple[Ints, ...]
    equalities: int
    ties: int
    tie_columns: Ints
    """Column whose width each tie row limits."""
    tie_up: Bools


def explicit(stage: Stage) -> Explicit:  # noqa: PLR0915 - one matrix, written part by part
    """Write the LP out; about 0.03 s for a year of 8,760 hours."""
    border = stage.border
    width, m, hours = len(border.names), len(stage.row_names), stage.hours
    rows: list[Ints] = []
    columns: list[Ints] = []
    values: list[Floats] = []
    cost, upper, demand, cells = [border.cost], [border.upper], [], []
    links: list[tuple[Ints, Ints, Floats, Floats, bool]] = []
    first, base = width, 0
    sums: list[tuple[Ints, Ints, Floats]] = []
    for block in stage.blocks:
        live = block.live
        number = np.full(live.shape, -1, dtype=np.int64)
        count = int(live.sum())
        number[live] = np.arange(first, first + count)
        first += count
        cells.append(number)
        cost.append((stage.weight[:, None] * block.cost[None, :])[live])
        tied = stage.group >= 0
        upper.append(np.where(tied[None, :], np.inf, block.upper)[live])
        demand.append(block.demand.ravel())
        for part, lag in ((stage.now, 0), (stage.before, 1)):
            for i, j in zip(*np.nonzero(part), strict=True):
                at = np.flatnonzero(live[:, j])
                rows.append(base + ((at + lag) % hours) * m + i)
                columns.append(number[at, j])
                values.append(np.full(at.size, part[i, j]))
        base += hours * m
        for j in np.flatnonzero(tied):
            at = np.flatnonzero(live[:, j])
            holds = block.holds[stage.group[j]]
            links.append((number[at, j], np.flatnonzero(holds), holds, block.upper[at, j], True))
            links.append((stage.high[at, j], np.zeros(0, np.int64), holds, block.upper[at, j], True))
            if np.any(stage.low[at, j]):
                links.append((number[at, j], np.flatnonzero(holds), holds, np.zeros(at.size), False))
                links.append((stage.low[at, j], np.zeros(0, np.int64), holds, np.zeros(at.size), False))
        for row, line in zip(block.sum_rows, block.sums, strict=True):
            t, j = np.nonzero(live & (line != 0)[None, :])
            sums.append((np.full(t.size, row), number[t, j], stage.weight[t] * line[j]))
    ties, tie_columns, tie_up, tie_limit = 0, [], [], []
    for (cell, held, holds, limit, up), (share, *_) in zip(links[::2], links[1::2], strict=True):
        at = base + ties + np.arange(cell.size)
        sign = 1.0 if up else -1.0
        rows.append(at)
        columns.append(cell)
        values.append(np.full(cell.size, sign))
        for k in held:
            rows.append(at)
            columns.append(np.full(cell.size, k))
            values.append(-sign * share * holds[k])
        ties += cell.size
        tie_columns.append(cell)
        tie_up.append(np.full(cell.size, up))
        tie_limit.append(limit)
    last = base + ties
    for row, cell, value in sums:
        rows.append(last + row)
        columns.append(cell)
        values.append(value)
    r, k = np.nonzero(border.rows)
    rows.append(last + r)
    columns.append(k)
    values.append(border.rows[r, k])
    shape = (last + len(border.limit), first)
    matrix = sp.csc_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)
    matrix.sum_duplicates()
    equal = np.concatenate(demand)
    limits = np.concatenate([*tie_limit, border.limit])
    return Explicit(
        matrix=matrix,
        cost=np.concatenate(cost),
        lower=np.concatenate([border.lower, np.where(np.concatenate(_tied_low(stage)), -np.inf, 0.0)]),
        upper=np.concatenate(upper),
        row_lower=np.concatenate([equal, np.full(limits.size, -np.inf)]),
        row_upper=np.concatenate([equal, limits]),
        cells=tuple(cells),
        equalities=base,
        ties=ties,
        tie_columns=np.concatenate(tie_columns) if tie_columns else np.zeros(0, np.int64),
        tie_up=np.concatenate(tie_up) if tie_up else np.zeros(0, bool),
    )


def _tied_low(stage: Stage) -> list[Bools]:
    """Tell, live cell by live cell, which columns have a lower tie that may be negative instead of the bound 0."""
    negative = (stage.group >= 0) & (stage.low < 0).any(axis=0)
    return [np.broadcast_to(negative, block.live.shape)[block.live] for block in stage.blocks]


def pack(stage: Stage, lp: Explicit, point: Point) -> Floats:
    """Put a point of the stage form into one vector of the explicit LP."""
    vector = np.zeros(lp.matrix.shape[1])
    vector[: len(point.border)] = point.border
    for block, number, x in zip(stage.blocks, lp.cells, point.x, strict=True):
        vector[number[block.live]] = x[block.live]
    return vector


def unpack(stage: Stage, lp: Explicit, vector: Floats, multipliers: Floats) -> Point:
    """Take a solution of the explicit LP, with HiGHS's signs of row duals, back to the stage form."""
    m, hours = len(stage.row_names), stage.hours
    xs, ys = [], []
    for q, (block, number) in enumerate(zip(stage.blocks, lp.cells, strict=True)):
        x = np.zeros(block.live.shape)
        x[block.live] = vector[number[block.live]]
        xs.append(x)
        ys.append(multipliers[q * hours * m : (q + 1) * hours * m].reshape(hours, m).copy())
    prices = np.maximum(-multipliers[lp.equalities + lp.ties :], 0.0)
    return Point(tuple(xs), tuple(ys), vector[: len(stage.border.names)].copy(), prices)
