"""Overlays: what levers and draws make of the parameters, for one scenario or a whole batch, by arrays.

A lever blends the baseline b into its value v: b + (v - b) s d, with the part s that its schedule has done and the part
d that is delivered. So any mix of scenarios and draws of delivery is one product of small arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dafeng import units
from dafeng.axes import BATCH, YEAR
from dafeng.errors import Refused
from dafeng.kernel import Array, Datum, State
from dafeng.pathway.lever import ROUNDING, Lever
from dafeng.pathway.schedule import Schedule
from dafeng.pathway.settings import Distribution


@dataclass(frozen=True)
class Move:
    """One lever of a batch: its schedule, its value in each row, and the part that is delivered in each row.

    `delivered` is (rows) or (rows, years).
    """

    lever: Lever
    schedule: Schedule
    value: Array
    delivered: Array


def move(lever: Lever, value: float | Array, schedule: Schedule, delivered: float | Array = 1.0) -> Move:
    """Make a move of numbers or of one number a row."""
    return Move(lever, schedule, np.atleast_1d(np.asarray(value, float)), np.atleast_1d(np.asarray(delivered, float)))


@dataclass(frozen=True)
class Chance:
    """One uncertain parameter of a batch and its value in each row."""

    of: Distribution
    value: Array


def overlays(base: State, moves: Iterable[Move], chances: Sequence[Chance] = ()) -> dict[str, Datum]:
    """Give the changed parameters, each over batch, its axes and year, in its unit.

    Raises:
        Refused: a parameter has no value where a lever or a draw would move it, or shares sum to more than one.
    """
    by_parameter: dict[str, list[Move]] = {}
    for each in moves:
        by_parameter.setdefault(each.lever.parameter, []).append(each)
    uncertain: dict[str, list[Chance]] = {}
    for chance in chances:
        uncertain.setdefault(chance.of.parameter, []).append(chance)
    found = {}
    for id in [*by_parameter, *(id for id in uncertain if id not in by_parameter)]:
        found[id] = _parameter(base, id, by_parameter.get(id, ()), uncertain.get(id, ()))
    return found


def _parameter(base: State, id: str, moves: Sequence[Move], chances: Sequence[Chance]) -> Datum:
    dims = tuple(axis for axis in base.dims(id) if axis != YEAR)
    values = base.values(id)
    if YEAR not in base.dims(id):
        values = np.broadcast_to(values[..., None], (*values.shape, len(base.years)))
    rows = max(
        [1, *(len(m.value) for m in moves), *(len(m.delivered) for m in moves), *(len(c.value) for c in chances)]
    )
    result = np.broadcast_to(values, (rows, *values.shape)).copy()
    for each in moves:
        _lay(base, id, dims, values, each, result)
    if any(each.lever.residual for each in moves) and (result < -ROUNDING).any():
        named = ", ".join(f"'{each.lever.id}'" for each in moves)
        raise Refused(
            f"levers {named}: the shares of '{id}' sum to more than one. Lower one of them.",
            zh=f"措施 {named}：“{id}”的各项份额之和大于一。请调低其中一项。",
        )
    for chance in chances:
        _draw(base, id, dims, chance, result)
    labels = {axis: base.labels[axis] for axis in (*dims, YEAR)}
    return Datum(result, base.unit(id), (BATCH, *dims, YEAR), labels, "scenario", "parameter")


def _lay(base: State, id: str, dims: tuple[str, ...], values: Array, each: Move, result: Array) -> None:
    lever = each.lever
    cells = _cells(base, dims, lever.cells)
    worth = units.factor(lever.unit, base.unit(id))
    part = each.schedule.part(base.years)
    before = values[cells]
    moved = part > 0
    if np.isnan(before[..., moved]).any():
        raise Refused(
            f"lever '{lever.id}': '{id}' has no value in a year from {each.schedule.start} on. "
            "Give it one in the pack's parameters."
        )
    shape = (-1, *[1] * before.ndim)
    delivered = each.delivered.reshape((len(each.delivered), *[1] * (before.ndim - 1), -1))
    move_by = np.where(moved, each.value.reshape(shape) * worth - before, 0.0)
    amount = move_by * part * delivered
    if (each.delivered > 1.0).any():
        # More than was set is delivered, but never past the end of the range: no share above one, no stock below zero.
        low, high = (end * worth for end in lever.range)
        furthest = np.where(move_by > 0, high - before, low - before) * part
        amount = np.where(moved & (np.abs(amount) > np.abs(furthest)), furthest, amount)
    result[(slice(None), *cells)] += amount
    if lever.residual:
        rest = _cells(base, dims, {axis: (label,) for axis, label in lever.residual.items()})
        result[(slice(None), *rest)] -= amount


def _draw(base: State, id: str, dims: tuple[str, ...], chance: Chance, result: Array) -> None:
    cells = (slice(None), *_cells(base, dims, {axis: (label,) for axis, label in chance.of.cells.items()}))
    part = result[cells]
    since = np.asarray(base.years) >= (chance.of.since or base.years[0])
    drawn = chance.value.reshape((-1, *[1] * (part.ndim - 1)))
    if chance.of.how == "times":
        result[cells] = np.where(since, part * drawn, part)
        return
    drawn = drawn * units.factor(chance.of.unit, base.unit(id))
    result[cells] = np.where(since, part + drawn if chance.of.how == "plus" else drawn + 0.0 * part, part)


def _cells(base: State, dims: tuple[str, ...], chosen: Mapping[str, tuple[str, ...]]) -> tuple[slice, ...]:
    """Give an index of the cells: a slice on each axis, so that the result is a view."""
    index = []
    for axis in dims:
        if axis not in chosen:
            index.append(slice(None))
            continue
        at = sorted(base.position(axis, label) for label in chosen[axis])
        if at != list(range(at[0], at[-1] + 1)):
            raise Refused(
                f"cells of '{axis}': {', '.join(chosen[axis])} do not stand side by side. Give each a lever of its own."
            )
        index.append(slice(at[0], at[-1] + 1))
    return (*index, slice(None))
