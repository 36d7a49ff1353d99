"""Linear expressions: stand-ins with which the formulas of the accounts become the rows of an optimiser.

A lever is an input whose cells are left to the optimiser, one column each. As long as a formula is affine in the
levers, accounting and optimising share its text; where it is not, the error names the formula and the operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dafeng.axes import current, using
from dafeng.errors import ModelError, NotFound
from dafeng.kernel.evaluate import compute
from dafeng.kernel.words import Array, StandIn, earlier, shift, total
from dafeng.units import parse

if TYPE_CHECKING:
    from dafeng.kernel.state import State

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Lever:
    """The bounds of an input left to the optimiser, in the input's unit; numbers or arrays by the input's dims."""

    lower: Array | float = 0.0
    upper: Array | float = np.inf


@dataclass(slots=True)
class Columns:
    """The columns of a linear programme, in the order they were added, and where each lever's are."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    places: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def add(self, id: str, shape: tuple[int, ...], lever: Lever) -> Affine:
        """Give one column to every cell of `shape`; the expression's value is the column's."""
        start, size = len(self.lower), int(np.prod(shape))
        self.lower += np.broadcast_to(lever.lower, shape).ravel().tolist()
        self.upper += np.broadcast_to(lever.upper, shape).ravel().tolist()
        self.places[id] = (start, shape)
        columns = np.arange(start, start + size, dtype=np.intp).reshape((*shape, 1))
        return Affine(np.zeros(shape), columns, np.ones((*shape, 1)))

    def values(self, id: str, solution: Array) -> Array:
        """Read a lever's cells from a solution, shaped as it was added.

        Raises:
            NotFound: no such lever.
        """
        if id not in self.places:
            raise NotFound("lever", id, self.places)
        start, shape = self.places[id]
        return np.asarray(solution, dtype=np.float64)[start : start + int(np.prod(shape))].reshape(shape)


class Affine(StandIn):
    """An array whose cells are constants plus coefficients times columns; the last axis of both lists the terms."""

    __slots__ = ("coefficients", "columns", "constant")

    def __init__(self, constant: Array, columns: Indices, coefficients: Array) -> None:
        self.constant, self.columns, self.coefficients = constant, columns, coefficients

    @classmethod
    def of(cls, x: Any) -> Affine:
        """Give an array or a number as an expression without columns."""
        if isinstance(x, Affine):
            return x
        constant = np.asarray(x, dtype=np.float64)
        shape = (*constant.shape, 0)
        return cls(constant, np.zeros(shape, dtype=np.intp), np.zeros(shape))

    @property
    def fixed(self) -> bool:
        """Whether no column is in the expression."""
        return bool(self.columns.shape[-1] == 0)

    def value(self, solution: Array) -> Array:
        """Give the numbers the expression has at a solution."""
        x = np.asarray(solution, dtype=np.float64)
        result: Array = self.constant + (self.coefficients * x[self.columns]).sum(axis=-1)
        return result

    def rows(self) -> tuple[Array, Indices, Indices, Array]:
        """Give the cells as rows: constants, then row, column and coefficient of each non-zero term, once a pair."""
        constant = self.constant.ravel()
        terms = self.columns.shape[-1]
        row = np.repeat(np.arange(constant.size, dtype=np.intp), terms)
        column, coefficient = self.columns.ravel(), self.coefficients.ravel()
        order = np.lexsort((column, row))
        row, column, coefficient = row[order], column[order], coefficient[order]
        first = np.ones(row.size, dtype=np.bool_)
        first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
        summed = np.add.reduceat(coefficient, np.flatnonzero(first)) if row.size else coefficient
        row, column = row[first], column[first]
        kept = summed != 0
        return constant, row[kept], column[kept], summed[kept]

    @classmethod
    def combine(cls, sign: str, left: Any, right: Any) -> Affine:
        """Add, subtract, scale; refuse what leaves the affine."""
        a, b = cls.of(left), cls.of(right)
        if sign in "+-":
            return cls._sum(a, b, 1.0 if sign == "+" else -1.0)
        if sign == "*":
            if not a.fixed and not b.fixed:
                raise _not_affine("the product of two values that depend on a lever")
            return a._scaled(b.constant) if b.fixed else b._scaled(a.constant)
        if sign == "/":
            if not b.fixed:
                raise _not_affine("a division by a value that depends on a lever")
            return a._scaled(1 / b.constant)
        if b.fixed and (b.constant == 1).all():
            return a
        if not a.fixed or not b.fixed:
            raise _not_affine("a power of or to a value that depends on a lever")
        return cls.of(a.constant**b.constant)

    @classmethod
    def where(cls, test: Any, yes: Any, no: Any) -> Affine:
        """Take each cell's branch; refuse a test that depends on a lever."""
        t, y, n = cls.of(test), cls.of(yes), cls.of(no)
        if not t.fixed:
            raise _not_affine("a where() whose test depends on a lever")
        chosen = t.constant > 0
        shape = np.broadcast_shapes(chosen.shape, y.constant.shape, n.constant.shape)
        constant = np.where(np.isnan(t.constant), np.nan, np.where(chosen, y.constant, n.constant))
        parts = [y._masked(chosen, shape), n._masked(~chosen, shape)]
        columns, coefficients = (np.concatenate(pair, axis=-1) for pair in zip(*parts, strict=True))
        return cls(constant, columns, coefficients)

    @classmethod
    def extreme(cls, word: str, left: Any, right: Any) -> Affine:
        """Compare constants; refuse to compare what depends on a lever."""
        a, b = cls.of(left), cls.of(right)
        if not a.fixed or not b.fixed:
            raise _not_affine(f"the {word} of values that depend on a lever")
        return cls.of((np.minimum if word == "least" else np.maximum)(a.constant, b.constant))

    @classmethod
    def joined(cls, parts: list[Any]) -> Affine:
        """Put pieces of years together."""
        pieces = [cls.of(part) for part in parts]
        lead = np.broadcast_shapes(*(piece.constant.shape[:-1] for piece in pieces))
        terms = max(piece.columns.shape[-1] for piece in pieces)
        constants, columns, coefficients = [], [], []
        for piece in pieces:
            shape = (*lead, piece.constant.shape[-1])
            more = [(0, 0)] * len(shape) + [(0, terms - piece.columns.shape[-1])]
            constants.append(np.broadcast_to(piece.constant, shape))
            columns.append(np.pad(piece._wide(piece.columns, shape), more))
            coefficients.append(np.pad(piece._wide(piece.coefficients, shape), more))
        return cls(
            np.concatenate(constants, axis=-1),
            np.concatenate(columns, axis=-2),
            np.concatenate(coefficients, axis=-2),
        )

    def total(self, over: tuple[str, ...]) -> Affine:
        """Sum over axes: the terms of the cells become the terms of their total."""
        columns = self._wide(self.columns, self.constant.shape)
        coefficients = self._wide(self.coefficients, self.constant.shape)
        for name in over:
            at = current().axes.index(name) - 1
            columns, coefficients = _gathered(columns, at), _gathered(coefficients, at)
        return Affine(total(self.constant, over=" ".join(over)), columns, coefficients)

    def share(self, over: tuple[str, ...]) -> Affine:
        """Divide constants by their total; refuse what depends on a lever."""
        if not self.fixed:
            raise _not_affine("a share of values that depend on a lever")
        return self._scaled(1 / total(self.constant, over=" ".join(over)))

    def shift(self, by: int) -> Affine:
        """Take the expression of the earlier year; absent where there is none."""
        positions, absent = earlier(current().years, by)
        columns = self._wide(self.columns, self.constant.shape)[..., positions, :]
        coefficients = self._wide(self.coefficients, self.constant.shape)[..., positions, :]
        coefficients[..., absent, :] = 0.0
        return Affine(shift(self.constant, by), columns, coefficients)

    def cut(self, years: slice) -> Affine:
        """Keep a slice of the years."""
        if self.constant.shape[-1] == 1:
            return self
        shape = self.constant.shape
        return Affine(
            self.constant[..., years],
            self._wide(self.columns, shape)[..., years, :],
            self._wide(self.coefficients, shape)[..., years, :],
        )

    def absent(self) -> Any:
        """Tell where a constant or a coefficient is absent."""
        return np.isnan(self.constant) | np.isnan(self.coefficients).any(axis=-1)

    @classmethod
    def _sum(cls, a: Affine, b: Affine, sign: float) -> Affine:
        constant = a.constant + sign * b.constant
        shape = constant.shape
        columns = [a._wide(a.columns, shape), b._wide(b.columns, shape)]
        coefficients = [a._wide(a.coefficients, shape), sign * b._wide(b.coefficients, shape)]
        return cls(constant, np.concatenate(columns, axis=-1), np.concatenate(coefficients, axis=-1))

    def _scaled(self, by: Array) -> Affine:
        constant = self.constant * by
        return Affine(constant, self._wide(self.columns, constant.shape), self.coefficients * by[..., None])

    def _masked(self, here: Any, shape: tuple[int, ...]) -> tuple[Indices, Array]:
        coefficients = np.where(np.broadcast_to(here, shape)[..., None], self._wide(self.coefficients, shape), 0.0)
        return self._wide(self.columns, shape), coefficients

    def _wide(self, terms: Any, shape: tuple[int, ...]) -> Any:
        return np.broadcast_to(terms, (*shape, terms.shape[-1]))


def expressions(
    state: State, levers: Mapping[str, Lever], wanted: Iterable[Any], columns: Columns | None = None
) -> tuple[Columns, dict[str, Affine]]:
    """Give variables as expressions in the levers, by id, in coherent units; a column is in its lever's unit.

    Raises:
        NotFound: a lever is no input of the model.
        ModelError: a formula is not affine in the levers.
    """
    programme = Columns() if columns is None else columns
    ids = [state.id_of(quantity) for quantity in wanted]
    values: dict[str, Any] = {}
    for id, lever in levers.items():
        if id not in state.data:
            raise NotFound("input", id, state.data)
        values[id] = _lever(state, id, lever, programme)
    moved = {entry.id for entry in state.model.graph.downstream(values)}
    needed = [entry for entry in state.model.graph.upstream(ids, state.data) if entry.id in moved]
    with using(state.frame), np.errstate(all="ignore"):
        for entry in needed:
            for source in entry.sources:
                if source not in values:
                    values[source] = state.array(source)
            try:
                values[entry.id] = compute(entry, values, state.frame)
            except ModelError as error:
                raise ModelError(f"{entry.id}: {error}") from error
    return programme, {id: Affine.of(values.get(id, state.array(id))) for id in ids}


def _lever(state: State, id: str, lever: Lever, columns: Columns) -> Affine:
    dims = state.dims(id)
    shape = tuple(len(state.labels[axis]) for axis in dims)
    added = columns.add(id, shape, lever)
    order = sorted(range(len(dims)), key=lambda at: state.frame.axes.index(dims[at]))
    wide = [1] * len(state.frame.axes.names)
    for at in order:
        wide[state.frame.axes.index(dims[at])] = shape[at]
    cells = added.columns[..., 0].transpose(order).reshape(wide)
    worth = parse(state.unit(id)).factor
    return Affine(np.zeros(wide), cells[..., None], np.full((*wide, 1), worth))


def _gathered(terms: Any, at: int) -> Any:
    moved = np.moveaxis(terms, at, -1)
    return np.expand_dims(moved.reshape(*moved.shape[:-2], -1), at)


def _not_affine(what: str) -> ModelError:
    return ModelError(
        f"{what} is not affine. Leave one of them at its given value, or calculate it outside the optimiser."
    )
