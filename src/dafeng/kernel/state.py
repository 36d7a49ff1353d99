"""The state: all values of one run, immutable; a change gives another that shares what did not change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dafeng import lineage
from dafeng.axes import BATCH, YEAR, Frame
from dafeng.errors import NotFound
from dafeng.kernel.changes import Change, Keep, Path, changed, one_draw
from dafeng.kernel.check import Checked
from dafeng.kernel.coverage import coverage
from dafeng.kernel.data import Data, Datum
from dafeng.kernel.evaluate import evaluate
from dafeng.kernel.explain import explain
from dafeng.kernel.seams import Seam, seams
from dafeng.kernel.variable import Input, Variable
from dafeng.kernel.words import Array
from dafeng.units import factor, parse

if TYPE_CHECKING:
    from dafeng.kernel.model import Model

Quantity: TypeAlias = Variable | Input | str | Array
"""A variable, `param(...)`, `fact(...)` or the id of one (to a type checker the first three are arrays)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two states differ in one quantity: the cell of the largest difference, second less first, in `unit`."""

    id: str
    unit: str
    cells: int
    largest: float
    at: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class State:
    """Values of every quantity, over the axes and years of a run.

    `recomputed` are the ids that the change which made the state touched, `undefined` counts, by variable, the cells
    in which a division by zero left no number.
    """

    model: Model
    checked: Checked
    frame: Frame
    labels: Mapping[str, tuple[Any, ...]]
    data: Data
    arrays: dict[str, Array]
    changes: tuple[Change, ...] = ()
    recomputed: frozenset[str] = frozenset()
    undefined: Mapping[str, int] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the run."""
        return self.frame.years

    @property
    def batch(self) -> int:
        """How many scenarios or draws the state carries."""
        return len(self.labels[BATCH])

    @property
    def seams(self) -> tuple[Seam, ...]:
        """The steps between observed years and the years a formula continues them."""
        return seams(self)

    def array(self, quantity: Quantity) -> Array:
        """Give the values as the model holds them: all axes in model order, coherent units, read-only."""
        id = self.id_of(quantity)
        if id not in self.arrays:
            self._calculate((id,))
        return self.arrays[id]

    def values(self, quantity: Quantity, *, unit: str | None = None) -> Array:
        """Give the values, shaped by the quantity's dims, in its declared unit or in `unit`; NaN where absent.

        A state with draws gives them as a first axis.

        Raises:
            NotFound: no such quantity in the model.
            UnitError: `unit` does not measure it.
        """
        id = self.id_of(quantity)
        array = self.array(id)
        dims = self.dims(id)
        kept = [self.frame.axes.index(axis) for axis in dims]
        at = [a % array.ndim for a in kept]
        lead = [0] if self.batch > 1 else []
        others = [a for a in range(array.ndim) if a not in at and a not in lead]
        moved = array.transpose([*lead, *at, *others])
        shaped = moved.reshape(moved.shape[: len(lead) + len(at)])
        given = shaped / self._worth(id, unit)
        return np.broadcast_to(given, (self.batch, *given.shape[1:])) if lead else given

    def at(self, quantity: Quantity, year: int | None = None, *, unit: str | None = None, **labels: Any) -> Any:
        """Give the values at a year and labels: a float where one cell is left, else an array of what is left.

        Raises:
            NotFound: no such quantity, year or label.
        """
        id = self.id_of(quantity)
        values = self.values(id, unit=unit)
        if year is not None:
            labels = {**labels, YEAR: year}
        chosen: list[Any] = [slice(None)] * (1 if self.batch > 1 else 0)
        for axis in self.dims(id):
            chosen.append(self.position(axis, labels[axis]) if axis in labels else slice(None))
        found = values[tuple(chosen)]
        return float(found) if np.ndim(found) == 0 else found

    def datum(self, quantity: Quantity) -> Datum:
        """Give the values with their labels, as data for another model."""
        id = self.id_of(quantity)
        dims = self.dims(id)
        dims = (BATCH, *dims) if self.batch > 1 else dims
        labels = {axis: self.labels[axis] for axis in dims}
        kind = self.model.graph.inputs[id].kind if id in self.model.graph.inputs else "fact"
        return Datum(self.values(id), self.unit(id), dims, labels, self._reference(id), kind)

    def unit(self, quantity: Quantity) -> str:
        """Give the declared unit."""
        id = self.id_of(quantity)
        return self.data[id].unit if id in self.data else self.model.graph.by_id[id].variable.unit

    def dims(self, quantity: Quantity) -> tuple[str, ...]:
        """Give the axes, without the batch axis."""
        id = self.id_of(quantity)
        dims = self.data[id].dims if id in self.data else self.model.graph.by_id[id].variable.dims
        return tuple(axis for axis in dims if axis != BATCH)

    def coverage(self, quantity: Quantity, year: int | None = None, **labels: Any) -> Any:
        """Give how much of what a value is made of is present: 1 all, 0 nothing; a float or an array as `at`.

        An input counts 1 where present and 0 where absent; what is combined counts as its lesser part; a total counts
        the mean over what it totals.
        """
        return coverage(self, self.id_of(quantity), year, labels)

    def explain(self, quantity: Quantity, year: int | None = None, *, draw: int = 0, **labels: Any) -> lineage.Node:
        """Give the tree a value comes from: formulas, facts, parameters, documents, each value in its declared unit.

        `labels` choose cells; where an axis is left open, a node has no value but what was summed over it.

        Raises:
            NotFound: no such quantity, year or label.
        """
        return explain(self, self.id_of(quantity), year, draw, labels)

    def change(self, quantity: Quantity, path: Path, *, why: str, **labels: Any) -> State:
        """Give the state in which one input is different; only what depends on it is calculated.

        `path` is {year: value} in the input's unit (from its first year on, on straight lines between its years,
        level after the last), a number, an array shaped by the input's dims, or a datum; where an array or a datum is
        NaN, what stood there stands. A value of a path may be an array of draws. `labels` confine the change to cells.
        `why` becomes the source of the changed numbers: a clause ("plan-2022#5.2") or a sentence.

        Raises:
            NotFound: no such input, year or label.
            Refused: the quantity is calculated, the change has no reason, or it does not fit the input.
        """
        return self.changed({self.id_of(quantity): path}, why=why, **labels)

    def changed(
        self,
        paths: Mapping[str, Path],
        *,
        why: str,
        keep: Keep = "outputs",
        want: Collection[str] | None = None,
        **labels: Any,
    ) -> State:
        """Give the state in which several inputs are different, calculated once.

        With `keep="all"` it remembers what lies on the way, so that the next small change has less to calculate. `want`
        are the ids calculated at once, the model's outputs where left out; anything else is when it is asked for.
        """
        return changed(self, paths, why, labels, keep, want)

    def draw(self, n: int) -> State:
        """Give the state of one scenario or draw.

        Raises:
            NotFound: no such draw.
        """
        return one_draw(self, n)

    def diff(self, other: State) -> tuple[Difference, ...]:
        """Give, for each quantity in which `other` differs from this state, where it does most."""
        ids = [*self.model.graph.inputs, *self.model.graph.by_id]
        self._calculate(ids)
        other._calculate(ids)
        found = []
        for id in ids:
            a, b = self.arrays[id], other.arrays[id]
            if a is b:
                continue
            gap = np.subtract(*np.broadcast_arrays(b, a))
            gap = np.where(np.isnan(a) & np.isnan(b), 0.0, gap)
            if not (gap != 0).any():
                continue
            size = np.where(np.isnan(gap), np.inf, np.abs(gap))
            place = np.unravel_index(int(size.argmax()), gap.shape)
            at = self._labels_at(id, place)
            largest = float(gap[place]) / self._worth(id, None)
            found.append(Difference(id, self.unit(id), int((gap != 0).sum()), largest, at))
        return tuple(found)

    def id_of(self, quantity: Quantity) -> str:
        """Give the id under which the model holds a quantity; that of its replacement where it was replaced.

        Raises:
            NotFound: the model has no such quantity.
        """
        id = quantity if isinstance(quantity, str) else quantity.id  # type: ignore[union-attr]  # see Quantity
        id = self.model.graph.resolve(id)
        if id not in self.model.graph.by_id and id not in self.data:
            raise NotFound("quantity", id, [*self.model.graph.by_id, *self.data])
        return id

    def position(self, axis: str, label: Any) -> int:
        """Give the position of a label on its axis.

        Raises:
            NotFound: no such axis or label.
        """
        if axis not in self.labels:
            raise NotFound("axis", axis, self.labels)
        try:
            return self.labels[axis].index(label)
        except ValueError:
            raise NotFound(axis, str(label), map(str, self.labels[axis])) from None

    def _calculate(self, ids: Iterable[str]) -> None:
        missing = [id for id in ids if id not in self.arrays]
        if missing:
            entries = self.model.graph.upstream(missing, self.arrays)
            # What lies on the way is asked for next by whoever walks the graph; with draws it would fill the memory.
            keep = missing if self.batch > 1 else [entry.id for entry in entries]
            # A memory of what follows from the state, not a change of it: the same bits come out whenever it is asked.
            self.arrays.update(evaluate(entries, self.arrays, self.frame, keep).arrays)

    def _worth(self, id: str, unit: str | None) -> float:
        declared = self.unit(id)
        if unit is not None:
            factor(declared, unit)
        return parse(declared if unit is None else unit).factor

    def _reference(self, id: str) -> str:
        return f"dafeng#{id}"

    def _labels_at(self, id: str, place: tuple[NDArray[np.intp], ...] | tuple[Any, ...]) -> dict[str, Any]:
        dims = (BATCH, *self.dims(id)) if self.batch > 1 else self.dims(id)
        return {axis: self.labels[axis][int(place[self.frame.axes.index(axis)])] for axis in dims}
