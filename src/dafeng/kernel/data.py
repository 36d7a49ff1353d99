"""Data: the numbers a model is given, each with its unit, axes, labels and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dafeng.axes import YEAR
from dafeng.errors import NotFound
from dafeng.kernel.variable import InputKind
from dafeng.kernel.words import Array

#: How the years between two dated values are read: not at all, as the value before, or on the line between.
Between = Literal["absent", "hold", "linear"]
Labels: TypeAlias = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the number of one cell comes from: a document, the place in it, and how far it can be trusted.

    `vintage` is when the figure was published; `note` says what was done to it on the way.
    """

    document: str
    locator: str = ""
    status: str = ""
    confidence: str = ""
    vintage: str = ""
    note: str = ""

    @classmethod
    def parse(cls, text: str) -> Source:
        """Read the short form "document#locator"."""
        document, _, locator = text.partition("#")
        return cls(document, locator)

    def __str__(self) -> str:
        return f"{self.document}#{self.locator}" if self.locator else self.document


@dataclass(frozen=True, slots=True, eq=False)
class Datum:
    """One quantity's numbers: `values` shaped by `dims`, in `unit`, NaN where absent.

    `labels` names the cells of each axis; those of `year` are integers, rising. `source` is one source for all cells,
    or an array of `Source` shaped like the values, or a mapping from label tuples (in the order of `dims`).
    `between` says how years between two given years are read; the years before the first are absent, and those after
    the last are absent unless the value holds.
    """

    values: Array
    unit: str
    dims: tuple[str, ...] = ()
    labels: Labels = field(default_factory=dict)
    source: str | Source | NDArray[np.object_] | Mapping[tuple[Any, ...], Source] = ""
    kind: InputKind = "fact"
    between: Between = "absent"

    @classmethod
    def of(cls, value: float, unit: str, source: str | Source, kind: InputKind = "parameter") -> Datum:
        """Give a single number."""
        return cls(np.asarray(float(value)), unit, (), {}, source, kind)

    @classmethod
    def from_cells(
        cls,
        cells: Mapping[tuple[Any, ...], tuple[float | None, Source]],
        unit: str,
        dims: tuple[str, ...],
        *,
        labels: Labels | None = None,
        kind: InputKind = "fact",
        between: Between = "absent",
    ) -> Datum:
        """Give the datum of a table: one (value, source) per tuple of labels; what the table lacks is absent.

        `labels` fixes the labels of an axis and their order; else they are those of the cells, as they first appear
        (years in rising order).

        Raises:
            NotFound: a cell has a label that `labels` does not.
        """
        given = dict(labels or {})
        axes: dict[str, tuple[Any, ...]] = {}
        for at, axis in enumerate(dims):
            seen = tuple(dict.fromkeys(key[at] for key in cells))
            axes[axis] = given.get(axis) or (tuple(sorted(seen)) if axis == YEAR else seen)
        position = {axis: {label: n for n, label in enumerate(axes[axis])} for axis in dims}
        values = np.full([len(axes[axis]) for axis in dims], np.nan)
        sources = np.full(values.shape, None, dtype=object)
        for key, (value, source) in cells.items():
            try:
                cell = tuple(position[axis][label] for axis, label in zip(dims, key, strict=True))
            except KeyError as error:
                raise NotFound("label", str(error.args[0]), (str(x) for axis in dims for x in axes[axis])) from None
            values[cell] = np.nan if value is None else value
            sources[cell] = source
        return cls(values, unit, dims, axes, sources, kind, between)

    def reindexed(self, axis: str, labels: Iterable[Any]) -> Datum:
        """Give the datum with other labels on one axis: a label it lacks is absent, one not asked for is left out."""
        wanted = tuple(labels)
        at = self.dims.index(axis)
        known = {label: n for n, label in enumerate(self.labels[axis])}
        positions = [known.get(label, -1) for label in wanted]
        values = np.take(np.asarray(self.values, dtype=np.float64), positions, axis=at)
        missing = [n for n, position in enumerate(positions) if position < 0]
        cells: list[Any] = [slice(None)] * len(self.dims)
        cells[at] = missing
        values[tuple(cells)] = np.nan
        source = self.source
        if isinstance(source, np.ndarray):
            source = np.take(source, positions, axis=at)
            source[tuple(cells)] = None
        return replace(self, values=values, labels={**self.labels, axis: wanted}, source=source)

    def source_at(self, cell: tuple[int, ...]) -> Source | None:
        """Give the source of one cell, by position in the order of `dims`; None where it has none."""
        source = self.source
        if isinstance(source, str):
            return Source.parse(source) if source else None
        if isinstance(source, Source):
            return source
        if isinstance(source, np.ndarray):
            found = source[cell]
        else:
            found = source.get(tuple(self.labels[axis][at] for axis, at in zip(self.dims, cell, strict=True)))
        return Source.parse(found) if isinstance(found, str) else found


Data: TypeAlias = Mapping[str, Datum]
