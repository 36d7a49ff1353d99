"""Seams: where an observed quantity meets the formula that continues it, and by how much they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.axes import BATCH, using
from dafeng.kernel.evaluate import compute, predicted
from dafeng.kernel.graph import Entry
from dafeng.kernel.words import Array
from dafeng.units import parse

if TYPE_CHECKING:
    from dafeng.kernel.state import State


@dataclass(frozen=True, slots=True)
class Seam:
    """One observed year beside a year that is not: what was observed, what the formula gives for the same year.

    `step` is the formula less the observation, in `unit`; NaN where the formula gives nothing.
    """

    variable: str
    year: int
    labels: Mapping[str, Any]
    observed: float
    formula: float
    unit: str

    @property
    def step(self) -> float:
        """The formula less the observation."""
        return self.formula - self.observed


def seams(state: State) -> tuple[Seam, ...]:
    """Give every seam of a state, by variable, cell and year."""
    found: list[Seam] = []
    for entry in state.model.graph.entries:
        if entry.observed:
            found += seams_of(state, entry)
    return tuple(found)


def seams_of(state: State, entry: Entry) -> list[Seam]:
    """Give the seams of one variable."""
    value = state.array(entry.id)
    observed = np.broadcast_to(state.array(entry.observed), value.shape)
    formula = np.broadcast_to(_formula(state, entry, value), value.shape)
    present = ~np.isnan(observed)
    beside = np.zeros_like(present)
    beside[..., :-1] |= ~present[..., 1:]
    beside[..., 1:] |= ~present[..., :-1]
    if entry.variable.is_stock:
        beside[..., 0] = False
    worth = parse(entry.variable.unit).factor
    dims = [axis for axis in state.dims(entry.id) if axis != "year"]
    dims = [BATCH, *dims] if state.batch > 1 else dims
    found = []
    for place in np.argwhere(present & beside):
        cell = tuple(int(at) for at in place)
        labels = {axis: state.labels[axis][cell[state.frame.axes.index(axis)]] for axis in dims}
        found.append(
            Seam(
                entry.id,
                state.years[cell[-1]],
                labels,
                float(observed[cell]) / worth,
                float(formula[cell]) / worth,
                entry.variable.unit,
            )
        )
    return found


def _formula(state: State, entry: Entry, value: Array) -> Array:
    values = {id: state.array(id) for id in entry.sources}
    with using(state.frame), np.errstate(all="ignore"):
        if not entry.variable.is_stock:
            return compute(entry, values, state.frame, pinned=False)  # type: ignore[no-any-return]  # arrays in, array out
        steps = [
            value[..., :1],
            *(predicted(entry, values, value, state.frame, at) for at in range(1, len(state.years))),
        ]
        return np.concatenate([np.broadcast_to(step, (*value.shape[:-1], 1)) for step in steps], axis=-1)
