"""Explain: the tree of formulas, facts, parameters and documents a value comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.axes import YEAR
from dafeng.errors import NotFound
from dafeng.kernel.coverage import coverage
from dafeng.kernel.data import Datum, Source
from dafeng.kernel.graph import Entry
from dafeng.kernel.seams import seams_of
from dafeng.kernel.variable import Formula
from dafeng.kernel.words import Array
from dafeng.lineage import Kind, Node
from dafeng.units import parse

if TYPE_CHECKING:
    from dafeng.kernel.state import State

#: An input that is open over more cells than this shows its documents and not its cells.
_CELLS = 24
#: A source that is no document id is a sentence somebody gave as reason.
_DOCUMENT = re.compile(r"[a-z0-9][a-z0-9.-]*")


def explain(state: State, id: str, year: int | None, draw: int, labels: Mapping[str, Any]) -> Node:
    """Give the tree of one quantity; see `State.explain`."""
    chosen = dict(labels) if year is None else {**labels, YEAR: year}
    for axis, label in chosen.items():
        if axis not in state.frame.axes:
            raise NotFound("axis", axis, state.frame.axes.names)
        state.position(axis, label)
    root = _Explainer(state.draw(draw), chosen).node(id, chosen.get(YEAR), frozenset())
    return root if state.batch == 1 else replace(root, note=f"draw {draw} of {state.batch}; {root.note}".rstrip("; "))


@dataclass
class _Explainer:
    state: State
    labels: Mapping[str, Any]
    seen: set[tuple[str, int | None]] = field(default_factory=set)

    def node(self, id: str, year: int | None, totalled: frozenset[str]) -> Node:
        entry = self.state.model.graph.by_id.get(id)
        return self._variable(entry, year, totalled) if entry else self._input(id, year, totalled)

    def _variable(self, entry: Entry, year: int | None, totalled: frozenset[str]) -> Node:
        state, variable = self.state, entry.variable
        value, note = self._value(entry.id, year, totalled)
        notes = [note] if note else []
        if value is not None and isnan(value):
            here = {axis: label for axis, label in self._here(year).items() if axis in variable.dims}
            covered = np.mean(coverage(state, entry.id, None, here))
            notes.append(f"absent: {covered:.0%} of what it is made of is present")
        formula = _in_force(entry, year)
        old = [old for old, new in state.model.graph.replaced.items() if new == entry.id]
        if old:
            notes.append(f"replaces {', '.join(old)}")
        if len(variable.formulas) > len(entry.formulas) or formula.edition:
            notes.append(f"edition {formula.edition or 'unnamed'}")
        if formula.since is not None:
            notes.append(f"in force since {formula.since}")
        if any(change.id == entry.id for change in state.changes):
            notes.append("substituted: not what its formula gives alone")
        key = (entry.id, year)
        children: tuple[Node, ...] = ()
        if key in self.seen:
            notes.append("explained above")
        else:
            self.seen.add(key)
            if self._is_observed(entry, year):
                notes.append("observed")
                children = (self.node(entry.observed, year, totalled),)
            else:
                notes += self._seam(entry, year)
                children = self._children(entry, formula, year)
        return Node(
            "formula",
            entry.id,
            variable.label,
            value,
            variable.unit,
            year,
            formula.ref,
            note="; ".join(notes),
            children=children,
        )

    def _children(self, entry: Entry, formula: Formula, year: int | None) -> tuple[Node, ...]:
        state = self.state
        reads = dict.fromkeys(id for _, id in entry.reads[entry.formulas.index(formula)])
        children = []
        if entry.variable.is_stock:
            before = None if year is None or year == state.years[0] else state.years[state.years.index(year) - 1]
            if before is not None:
                value, _ = self._value(entry.id, before, frozenset())
                children.append(
                    Node(
                        "formula",
                        entry.id,
                        entry.variable.label,
                        value,
                        entry.variable.unit,
                        before,
                        formula.ref,
                        note="the year before, explained in turn",
                    )
                )
            children.append(self.node(entry.start, state.years[0] if year is not None else None, frozenset()))
            if before is None and year is not None:
                return tuple(children)
        for id in reads:
            totalled = state.checked.totals.get((entry.id, id), frozenset())
            for by in state.checked.shifts.get((entry.id, id), (0,)):
                earlier = None if year is None else year - by
                if earlier is None or earlier in state.years:
                    children.append(self.node(id, earlier, totalled))
        return tuple(children)

    def _seam(self, entry: Entry, year: int | None) -> list[str]:
        before = [
            seam
            for seam in (seams_of(self.state, entry) if entry.observed and year is not None else ())
            if seam.year < (year or 0)
            and all(self.labels.get(axis, label) == label for axis, label in seam.labels.items())
        ]
        if not before:
            return []
        last = max(before, key=lambda seam: seam.year)
        if len([seam for seam in before if seam.year == last.year]) > 1:
            return [f"continues observations to {last.year}"]
        step = f"{last.step:+.6g} {last.unit}".strip()
        return [f"continues observations to {last.year}; the step there is {step}"]

    def _is_observed(self, entry: Entry, year: int | None) -> bool:
        if not entry.observed or year is None:
            return False
        cells = self._cells(self.state.array(entry.observed), entry.variable.dims, year)
        return not np.isnan(cells).any()

    def _input(self, id: str, year: int | None, totalled: frozenset[str]) -> Node:
        state, datum = self.state, self.state.data[id]
        open_ = [axis for axis in state.dims(id) if axis not in self._here(year) and len(state.labels[axis]) > 1]
        value, note = self._value(id, year, totalled)
        shown = year if YEAR in datum.dims else None
        if not open_:
            return self._cell(id, id, value, shown, self._here(year), note)
        sizes = [len(state.labels[axis]) for axis in open_]
        children: list[Node] = []
        if np.prod(sizes) <= _CELLS:
            for place in np.ndindex(*sizes):
                more = {axis: state.labels[axis][at] for axis, at in zip(open_, place, strict=True)}
                here = {**self._here(year), **more}
                name = f"{id}[{', '.join(f'{axis}={label}' for axis, label in more.items())}]"
                cell = _rounded(self._at(state.array(id), here) / parse(datum.unit).factor)
                children.append(self._cell(id, name, cell, more.get(YEAR, shown), here))
        else:
            children = self._documents(id, datum)
        kind = state.model.graph.inputs[id].kind
        return Node(kind, id, None, value, datum.unit, shown, note=note, children=tuple(children))

    def _cell(
        self, id: str, name: str, value: float | None, year: int | None, here: Mapping[str, Any], note: str = ""
    ) -> Node:
        datum = self.state.data[id]
        kind = self.state.model.graph.inputs[id].kind
        for change in reversed(self.state.changes):
            if change.id == id and self._at(change.where, here):
                was = _rounded(self._at(change.before, here) / parse(datum.unit).factor)
                why = Source.parse(change.why)
                return self._sourced(kind, name, value, datum.unit, year, why, f"changed; was {was:g}")
        source, read = _source(datum, here)
        if source is None:
            return Node(kind, name, None, value, datum.unit, year, note="absent")
        return self._sourced(
            kind, name, value, datum.unit, year, source, "; ".join(filter(None, (note, read, source.note)))
        )

    def _sourced(
        self, kind: Kind, name: str, value: float | None, unit: str, year: int | None, source: Source, note: str
    ) -> Node:
        published = f"published {source.vintage}" if source.vintage else ""
        document = Node(_kind(source), source.document, ref=source.locator, note=published)
        return Node(
            kind,
            name,
            value=value,
            unit=unit,
            year=year,
            ref=source.document,
            status=source.status,
            confidence=source.confidence,
            note=note,
            children=(document,),
        )

    def _documents(self, id: str, datum: Datum) -> list[Node]:
        if isinstance(datum.source, str | Source):
            found = [datum.source_at(())]
        else:
            found = [datum.source_at(place) for place in np.ndindex(np.shape(datum.values))]
        found += [Source.parse(change.why) for change in self.state.changes if change.id == id]
        names = dict.fromkeys(source.document for source in found if source)
        return [Node(_kind(Source(name)), name) for name in names]

    def _at(self, array: Any, here: Mapping[str, Any]) -> Any:
        place = [0] * array.ndim
        for axis, label in here.items():
            at = self.state.frame.axes.index(axis)
            if array.shape[at] > 1:
                place[at] = self.state.position(axis, label)
        return array[tuple(place)]

    def _here(self, year: int | None) -> dict[str, Any]:
        here = {axis: label for axis, label in self.labels.items() if axis != YEAR}
        return here if year is None else {**here, YEAR: year}

    def _cells(self, array: Array, dims: tuple[str, ...], year: int | None) -> Array:
        here = self._here(year)
        place: list[Any] = [slice(None)] * array.ndim
        for axis in dims:
            at = self.state.frame.axes.index(axis)
            if axis in here and array.shape[at] > 1:
                place[at] = self.state.position(axis, here[axis])
        return np.ravel(array[tuple(place)])

    def _value(self, id: str, year: int | None, totalled: frozenset[str]) -> tuple[float | None, str]:
        state = self.state
        cells = self._cells(state.array(id), state.dims(id), year) / parse(state.unit(id)).factor
        only = ", ".join(f"{axis}={self.labels[axis]}" for axis in sorted(totalled & set(self.labels)))
        part = f"of the total, only {only}" if only else ""
        if cells.size == 1:
            return _rounded(float(cells[0])), part
        open_ = {axis for axis in state.dims(id) if axis not in self._here(year) and len(state.labels[axis]) > 1}
        if open_ <= totalled:
            over = " ".join(axis for axis in state.dims(id) if axis in open_)
            return _rounded(float(cells.sum())), "; ".join(filter(None, (f"total over {over}", part)))
        if (cells == cells[0]).all():
            return _rounded(float(cells[0])), f"{cells.size} cells, all alike"
        present = cells[~np.isnan(cells)]
        note = f"{cells.size} cells"
        if present.size:
            note += f" from {present.min():.4g} to {present.max():.4g}"
        return None, note + (f", {cells.size - present.size} absent" if present.size < cells.size else "")


def _in_force(entry: Entry, year: int | None) -> Formula:
    found = entry.formulas[0]
    for formula in entry.formulas[1:]:
        if year is not None and formula.since is not None and formula.since <= year:
            found = formula
    return found


def _source(datum: Datum, here: Mapping[str, Any]) -> tuple[Source | None, str]:
    place = [datum.labels[axis].index(here[axis]) if axis in here and axis != YEAR else 0 for axis in datum.dims]
    if YEAR not in datum.dims or YEAR not in here:
        return datum.source_at(tuple(place)), ""
    at, given, year = datum.dims.index(YEAR), datum.labels[YEAR], here[YEAR]
    values = np.asarray(datum.values)
    for n in range(len(given) - 1, -1, -1):
        place[at] = n
        if given[n] == year and (datum.between == "absent" or not isnan(values[tuple(place)])):
            return datum.source_at(tuple(place)), ""
        if given[n] < year and datum.between != "absent" and not isnan(values[tuple(place)]):
            later = next((y for y in given[n + 1 :] if y > year), None)
            line = datum.between == "linear" and later is not None
            return datum.source_at(tuple(place)), f"between {given[n]} and {later}" if line else f"of {given[n]}"
    return None, ""


def _kind(source: Source) -> Kind:
    return "document" if _DOCUMENT.fullmatch(source.document) else "note"


def _rounded(value: float) -> float:
    """Give the 15 digits a float holds, without the traces of unit conversion."""
    return float(f"{value:.15g}")
