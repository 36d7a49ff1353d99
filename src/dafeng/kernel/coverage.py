"""Coverage: how much of what a value is made of is present, measured by the same formulas.

An absent cell makes a total absent: honest, and blunt. Beside it stands its coverage: inputs count 1 where present and
0 where absent, what is combined counts as its lesser part, and a total counts the mean over what it totals.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.axes import YEAR, current, using
from dafeng.kernel.evaluate import compute
from dafeng.kernel.words import Array, StandIn, share, shift, total, where

if TYPE_CHECKING:
    from dafeng.kernel.state import State

_OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "**": operator.pow}


class Covered(StandIn):
    """A value and the part of it that is present; the value is kept because a `where` depends on it."""

    __slots__ = ("part", "value")

    def __init__(self, value: Array, part: Array) -> None:
        self.value, self.part = value, part

    @classmethod
    def of(cls, x: Any) -> Covered:
        """Give what is covered of an array: 1 where there is a number."""
        if isinstance(x, Covered):
            return x
        array = np.asarray(x, dtype=np.float64)
        return cls(array, np.where(np.isnan(array), 0.0, 1.0))

    @classmethod
    def combine(cls, sign: str, left: Any, right: Any) -> Covered:
        """Count the lesser part."""
        a, b = cls.of(left), cls.of(right)
        return cls(_OPERATORS[sign](a.value, b.value), np.minimum(a.part, b.part))

    @classmethod
    def where(cls, test: Any, yes: Any, no: Any) -> Covered:
        """Count the branch that is taken, and the test."""
        t, y, n = cls.of(test), cls.of(yes), cls.of(no)
        taken = np.where(t.value > 0, y.part, n.part)
        return cls(where(t.value, y.value, n.value), np.minimum(t.part, taken))

    @classmethod
    def extreme(cls, word: str, left: Any, right: Any) -> Covered:
        """Count the lesser part."""
        a, b = cls.of(left), cls.of(right)
        chosen = (np.minimum if word == "least" else np.maximum)(a.value, b.value)
        return cls(chosen, np.minimum(a.part, b.part))

    @classmethod
    def joined(cls, parts: list[Any]) -> Covered:
        """Put pieces of years together."""
        covered = [cls.of(part) for part in parts]
        return cls(_along([c.value for c in covered]), _along([c.part for c in covered]))

    def total(self, over: tuple[str, ...]) -> Covered:
        """Count the mean over what is totalled."""
        axes = tuple(current().axes.index(axis) for axis in over)
        return Covered(total(self.value, over=" ".join(over)), self.part.mean(axis=axes, keepdims=True))

    def share(self, over: tuple[str, ...]) -> Covered:
        """Count the part and its total."""
        whole = self.total(over)
        return Covered(share(self.value, over=" ".join(over)), np.minimum(self.part, whole.part))

    def shift(self, by: int) -> Covered:
        """Count the part of the earlier year; nothing where there is none."""
        return Covered(shift(self.value, by), np.nan_to_num(shift(self.part, by)))

    def cut(self, years: slice) -> Covered:
        """Keep a slice of the years."""
        if self.value.shape[-1] == 1:
            return self
        return Covered(self.value[..., years], self.part[..., years])

    def absent(self) -> Any:
        """Tell where there is no value."""
        return np.isnan(self.value)


def coverage(state: State, id: str, year: int | None, labels: dict[str, Any]) -> Any:
    """Give the coverage of one quantity: a float where one cell is left, else an array by its dims."""
    inputs = {name: Covered.of(state.arrays[name]) for name in state.data}
    values: dict[str, Any] = dict(inputs)
    with using(state.frame), np.errstate(all="ignore"):
        for entry in state.model.graph.upstream((id,), inputs):
            values[entry.id] = Covered.of(compute(entry, values, state.frame))
    part = np.broadcast_to(values[id].part, state.array(id).shape)
    chosen: list[Any] = [slice(None) if state.batch > 1 else 0, *[0] * (part.ndim - 1)]
    given = labels if year is None else {**labels, YEAR: year}
    for axis in state.dims(id):
        at = state.frame.axes.index(axis)
        chosen[at] = state.position(axis, given[axis]) if axis in given else slice(None)
    found = part[tuple(chosen)]
    return float(found) if np.ndim(found) == 0 else found


def _along(arrays: list[Array]) -> Array:
    shape = np.broadcast_shapes(*(array.shape[:-1] for array in arrays))
    return np.concatenate([np.broadcast_to(array, (*shape, array.shape[-1])) for array in arrays], axis=-1)
