"""Changes: one or more inputs made different, and the rest of the state calculated again where it depends on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dafeng.axes import BATCH, YEAR
from dafeng.errors import Collector, NotFound, Refused
from dafeng.kernel.check import check_formulas
from dafeng.kernel.data import Datum
from dafeng.kernel.evaluate import evaluate
from dafeng.kernel.inputs import Given, bound
from dafeng.kernel.words import Array
from dafeng.units import parse, same_dimension

if TYPE_CHECKING:
    from dafeng.kernel.state import State

#: What a state remembers: its outputs, or every array on the way to them.
Keep = Literal["outputs", "all"]
Path: TypeAlias = "Mapping[int, float | Array] | float | Array | Datum"


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """One input made different: where (a mask in model order), what stood there, and why."""

    id: str
    where: NDArray[np.bool_]
    before: Array
    why: str


def changed(
    state: State,
    paths: Mapping[str, Path],
    why: str,
    labels: Mapping[str, Any],
    keep: Keep = "outputs",
    want: Collection[str] | None = None,
) -> State:
    """Give the state in which the inputs `paths` are different; see `State.change`."""
    if not why.strip():
        raise Refused("change: no reason is given. Say why: a clause of a plan, a scenario, a person and a date.")
    arrays: dict[str, Array] = {}
    data = dict(state.data)
    changes: list[Change] = []
    for id, path in paths.items():
        _must_be_input(state, id)
        target, mask = _target(state, id, path, labels)
        # An overlay says what it says: where it is silent, what stood there stands.
        mask = mask & ~np.isnan(target)
        if target.shape[-1] > 1 and YEAR not in data[id].dims:
            data[id] = _with_years(state, id)
        before = state.array(id)
        array = np.ascontiguousarray(np.where(mask, target, before))
        array.flags.writeable = False
        arrays[id] = array
        changes.append(Change(id, mask, before, why))
    draws = _draws(state, arrays)
    dirty = state.model.graph.downstream(arrays)
    gone = {entry.id for entry in dirty}
    known = {id: array for id, array in state.arrays.items() if id not in gone}
    known.update(arrays)
    asked = [output.id for output in state.model.outputs] if want is None else want
    outputs = [state.model.graph.resolve(id) for id in dict.fromkeys(asked)]
    wanted = [id for id in outputs if id not in known]
    entries = state.model.graph.upstream(wanted, known)
    kept = [entry.id for entry in entries] if keep == "all" else wanted
    results = evaluate(entries, known, state.frame, kept)
    return replace(
        state,
        data=data,
        labels={**state.labels, BATCH: draws},
        arrays={**known, **results.arrays},
        changes=(*state.changes, *changes),
        recomputed=frozenset({*arrays, *gone}),
        undefined={**{id: n for id, n in state.undefined.items() if id not in gone}, **results.undefined},
    )


def _must_be_input(state: State, id: str) -> None:
    graph = state.model.graph
    if id in graph.by_id:
        reads = ", ".join(graph.by_id[id].sources)
        raise Refused(f"change '{id}': it is calculated. Change what it reads: {reads}.")
    if id not in graph.inputs:
        raise NotFound("input", id, graph.inputs)


def _target(state: State, id: str, path: Path, labels: Mapping[str, Any]) -> tuple[Array, NDArray[np.bool_]]:
    datum = state.data[id]
    worth = parse(datum.unit).factor
    mask = _mask(state, id, labels)
    rank = len(state.frame.axes.names)
    if isinstance(path, Datum):
        return _bound(state, id, path), mask
    if isinstance(path, Mapping):
        if not path:
            raise Refused(f"change '{id}': the path has no year. Give {{year: value}}.")
        values = _line(state, id, path) * worth
        since = np.asarray(state.years) >= min(path)
        return values.reshape(values.shape[0], *[1] * (rank - 2), values.shape[1]), mask & since
    array = np.asarray(path, dtype=np.float64)
    if array.ndim == 0:
        return array.reshape((1,) * rank) * worth, mask
    dims = tuple(axis for axis in datum.dims if axis != BATCH)
    if array.ndim == len(dims) + 1:
        dims = (BATCH, *dims)
    sizes = tuple(array.shape[0] if axis == BATCH else len(state.labels[axis]) for axis in dims)
    if array.shape != sizes:
        raise Refused(
            f"change '{id}': the array has the shape {array.shape}, "
            f"expected {sizes} for {' '.join(dims) or 'one number'}. "
            "Shape it by the input's axes in the model's labels."
        )
    given = Datum(array, datum.unit, dims, {axis: state.labels[axis] for axis in dims if axis != BATCH}, "change")
    return _bound(state, id, given), mask


def _bound(state: State, id: str, given: Datum) -> Array:
    datum = state.data[id]
    if not same_dimension(given.unit, datum.unit):
        raise Refused(
            f"change '{id}': the datum is in {given.unit or '1'}, the input in {datum.unit or '1'}. Convert it."
        )
    wrong = set(given.dims) - set(datum.dims) - {YEAR, BATCH}
    for axis in given.dims:
        if axis not in {YEAR, BATCH} and set(given.labels[axis]) != set(state.labels[axis]):
            wrong.add(axis)
    if wrong:
        raise Refused(f"change '{id}': axes or labels differ on {', '.join(sorted(wrong))}. Use those of the model.")
    return bound(given, state.frame.axes, state.labels, state.years)


def _mask(state: State, id: str, labels: Mapping[str, Any]) -> NDArray[np.bool_]:
    mask = np.ones((1,) * len(state.frame.axes.names), dtype=np.bool_)
    for axis, wanted in labels.items():
        if axis not in state.data[id].dims and axis != YEAR:
            raise Refused(
                f"change '{id}': it has no axis '{axis}'. Its axes are {' '.join(state.data[id].dims) or 'none'}."
            )
        several = wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        positions = [state.position(axis, label) for label in several]
        here = np.zeros(len(state.labels[axis]), dtype=np.bool_)
        here[positions] = True
        shape = [1] * mask.ndim
        shape[state.frame.axes.index(axis)] = len(here)
        mask = mask & here.reshape(shape)
    return mask


def _line(state: State, id: str, path: Mapping[int, float | Array]) -> Array:
    years = np.array(sorted(path), dtype=np.float64)
    points = [np.atleast_1d(np.asarray(path[year], dtype=np.float64)) for year in sorted(path)]
    draws = max(point.size for point in points)
    if any(point.ndim > 1 or point.size not in {1, draws} for point in points):
        raise Refused(
            f"change '{id}': the values of the path have different numbers of draws. Give one or {draws} each."
        )
    values = np.stack([np.broadcast_to(point, (draws,)) for point in points], axis=1)
    run = np.asarray(state.years, dtype=np.float64)
    left = np.clip(np.searchsorted(years, run, side="right") - 1, 0, len(years) - 1)
    right = np.minimum(left + 1, len(years) - 1)
    length = np.where(right > left, years[right] - years[left], 1.0)
    part = np.clip((run - years[left]) / length, 0.0, 1.0) * (right > left)
    return np.asarray(values[:, left] + (values[:, right] - values[:, left]) * part)


def _with_years(state: State, id: str) -> Datum:
    datum = state.data[id]
    graph = state.model.graph
    readers = [entry for entry in graph.entries if id in entry.sources]
    given = {
        name: Given(parse(other.unit).dimension, frozenset(other.dims) | ({YEAR} if name == id else frozenset()))
        for name, other in state.data.items()
    }
    collector = Collector(f"change '{id}' by year")
    check_formulas(readers, given, collector)
    collector.done()
    count = len(state.years)
    values = np.broadcast_to(np.asarray(datum.values)[..., None], (*np.shape(datum.values), count))
    source = datum.source
    if not isinstance(source, str) and not hasattr(source, "document"):
        cells = np.full(np.shape(datum.values), None, dtype=object)
        for place in np.ndindex(cells.shape):
            cells[place] = datum.source_at(place)
        source = np.broadcast_to(cells[..., None], values.shape)
    return replace(
        datum, values=values, dims=(*datum.dims, YEAR), labels={**datum.labels, YEAR: state.years}, source=source
    )


def _draws(state: State, arrays: Mapping[str, Array]) -> tuple[Any, ...]:
    count = state.batch
    for id, array in arrays.items():
        if array.shape[0] not in {1, count}:
            if count > 1:
                raise Refused(f"change '{id}': {array.shape[0]} draws, and the state has {count}. Give as many.")
            count = array.shape[0]
    return state.labels[BATCH] if count == state.batch else tuple(range(count))


def one_draw(state: State, n: int) -> State:
    """Give the state of one draw; see `State.draw`."""
    if not 0 <= n < state.batch:
        raise NotFound("draw", str(n))
    if state.batch == 1:
        return state

    def cut(array: Any) -> Any:
        return array[n : n + 1] if array.shape[0] > 1 else array

    def of(datum: Datum) -> Datum:
        if BATCH not in datum.dims:
            return datum
        at = datum.dims.index(BATCH)
        source = datum.source
        return replace(
            datum,
            values=np.take(datum.values, n, axis=at),
            dims=tuple(axis for axis in datum.dims if axis != BATCH),
            source=np.take(source, n, axis=at) if isinstance(source, np.ndarray) else source,
        )

    return replace(
        state,
        data={id: of(datum) for id, datum in state.data.items()},
        labels={**state.labels, BATCH: (state.labels[BATCH][n],)},
        arrays={id: cut(array) for id, array in state.arrays.items()},
        changes=tuple(replace(change, where=cut(change.where), before=cut(change.before)) for change in state.changes),
    )
