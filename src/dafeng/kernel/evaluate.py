"""The run of formulas over arrays, in order, keeping only what is asked for.

Cost is memory more than arithmetic: an array that nobody reads any more is let go at once, so that the next takes its
place in the cache; and draws are taken in blocks whose arrays stay there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np

from dafeng.axes import Frame, using
from dafeng.kernel.graph import Entry
from dafeng.kernel.words import Array, StandIn, where

#: Cells of one array of a block of draws: 512 kB, so that a formula's operands lie in a core's second-level cache.
_BLOCK = 65_536
#: Part of the entries whose arrays, at most, a block is cut to.
_MOST = 0.8


@dataclass(slots=True)
class Results:
    """The arrays kept, and for each variable in how many cells a division by zero left no number."""

    arrays: dict[str, Array] = field(default_factory=dict)
    undefined: dict[str, int] = field(default_factory=dict)


def evaluate(entries: Sequence[Entry], arrays: Mapping[str, Array], frame: Frame, keep: Iterable[str]) -> Results:
    """Run entries in order on `arrays` (every id they read and do not compute) and give the kept ids' values.

    Draws (the batch axis) are independent of each other, so a block of draws gives the same bits as all at once.
    """
    wanted = frozenset(keep)
    draws = max((arrays[id].shape[0] for entry in entries for id in entry.sources if id in arrays), default=1)
    results = Results()
    with using(frame), np.errstate(divide="raise", over="raise", under="ignore", invalid="ignore"):
        if draws == 1:
            _block(entries, arrays, frame, wanted, results)
            return results
        fixed, drawn = _split(entries, arrays)
        passed = {id for entry in drawn for id in entry.sources}
        _block(fixed, arrays, frame, wanted | passed, results)
        available = {**arrays, **results.arrays}
        results.arrays = {id: array for id, array in results.arrays.items() if id in wanted}
        _blocks(drawn, available, frame, wanted, results, draws)
    return results


def _split(entries: Sequence[Entry], arrays: Mapping[str, Array]) -> tuple[list[Entry], list[Entry]]:
    drawn = {id for entry in entries for id in entry.sources if id in arrays and arrays[id].shape[0] > 1}
    fixed, moving = [], []
    for entry in entries:
        if drawn.isdisjoint(entry.sources):
            fixed.append(entry)
        else:
            drawn.add(entry.id)
            moving.append(entry)
    return fixed, moving


def _blocks(
    entries: Sequence[Entry],
    arrays: Mapping[str, Array],
    frame: Frame,
    keep: frozenset[str],
    results: Results,
    draws: int,
) -> None:
    read = {id: arrays[id] for entry in entries for id in entry.sources if id in arrays}
    sizes = _sizes(entries, read, frame)
    # Most arrays are small, and a step of a stock costs the same for ten draws as for a hundred: blocks are cut to most
    # of them, and the few large arrays are made in parts within a block.
    step = max(1, _BLOCK // int(np.quantile(list(sizes.values()), _MOST)))
    for low in range(0, draws, step):
        high = min(draws, low + step)
        part = {id: array[low:high] if array.shape[0] > 1 else array for id, array in read.items()}
        block = Results()
        _block(entries, part, frame, keep, block, sizes)
        for id, array in block.arrays.items():
            whole = results.arrays.get(id)
            if whole is None:
                whole = results.arrays[id] = np.empty((draws, *array.shape[1:]))
            whole[low:high] = array
        for id, count in block.undefined.items():
            results.undefined[id] = results.undefined.get(id, 0) + count
    for array in results.arrays.values():
        array.flags.writeable = False


def _sizes(entries: Sequence[Entry], arrays: Mapping[str, Array], frame: Frame) -> dict[str, int]:
    """Give the cells that one draw of each entry has."""
    axes: list[int] = [max(sizes) for sizes in zip(*(array.shape for array in arrays.values()), strict=True)]
    return {entry.id: prod(axes[frame.axes.index(axis)] for axis in entry.variable.dims) for entry in entries}


def _block(
    entries: Sequence[Entry],
    arrays: Mapping[str, Array],
    frame: Frame,
    keep: frozenset[str],
    results: Results,
    sizes: Mapping[str, int] | None = None,
) -> None:
    values = dict(arrays)
    last = {id: at for at, entry in enumerate(entries) for id in entry.sources}
    computed = {entry.id for entry in entries}
    for at, entry in enumerate(entries):
        try:
            value = _parted(entry, values, frame, sizes[entry.id]) if sizes else compute(entry, values, frame)
        except FloatingPointError:
            value = _with_absence(entry, values, frame, results)
        value.flags.writeable = False
        values[entry.id] = value
        if entry.id in keep:
            results.arrays[entry.id] = value
        for id in entry.sources:
            if last[id] == at and id in computed:
                del values[id]


def _parted(entry: Entry, values: Mapping[str, Array], frame: Frame, size: int) -> Array:
    """Compute an entry of `size` cells a draw, some draws at a time where all of them would leave the cache."""
    draws = max(values[id].shape[0] for id in entry.sources)
    step = max(1, _BLOCK // size)
    if draws <= step:
        return compute(entry, values, frame)  # type: ignore[no-any-return]  # arrays in, array out
    parts = []
    for low in range(0, draws, step):
        high = min(draws, low + step)
        inside = {id: values[id][low:high] if values[id].shape[0] > 1 else values[id] for id in entry.sources}
        parts.append(compute(entry, inside, frame))
    return np.concatenate(parts)


def _with_absence(entry: Entry, values: Mapping[str, Array], frame: Frame, results: Results) -> Array:
    with np.errstate(all="ignore"):
        value = compute(entry, values, frame)
    infinite = np.isinf(value)
    results.undefined[entry.id] = results.undefined.get(entry.id, 0) + int(infinite.sum())
    return np.where(infinite, np.nan, value)


def compute(entry: Entry, values: Mapping[str, Any], frame: Frame, *, pinned: bool = True) -> Any:
    """Compute one variable from what it reads; `pinned=False` leaves observed years to the formula."""
    if entry.variable.is_stock:
        return _stock(entry, values, frame, pinned=pinned)
    value = _dated(entry, values, frame) if len(entry.formulas) > 1 else _call(entry, 0, values, frame)
    if entry.observed and pinned:
        observed = values[entry.observed]
        return _pick(_absent(observed), value, observed)
    return value


def _call(entry: Entry, which: int, values: Mapping[str, Any], frame: Frame) -> Any:
    value: Any = entry.formulas[which].function(**{name: values[id] for name, id in entry.reads[which]})
    return np.full((1,) * len(frame.axes.names), float(value)) if isinstance(value, int | float) else value


def _dated(entry: Entry, values: Mapping[str, Any], frame: Frame) -> Any:
    # Each formula sees all years, so that a shift across the date finds the years before it.
    parts = []
    for which, years in _spans(entry, frame.years):
        if years.start < years.stop:
            parts.append(_cut(_call(entry, which, values, frame), years, len(frame.years)))
    return _joined(parts)


def _spans(entry: Entry, years: tuple[int, ...]) -> list[tuple[int, slice]]:
    firsts = [0] + [sum(year < (formula.since or 0) for year in years) for formula in entry.formulas[1:]]
    return [
        (which, slice(low, high))
        for which, (low, high) in enumerate(zip(firsts, [*firsts[1:], len(years)], strict=True))
    ]


def _stock(entry: Entry, values: Mapping[str, Any], frame: Frame, *, pinned: bool) -> Any:
    read = [values[id] for id in entry.sources]
    if not any(isinstance(value, StandIn) for value in read):
        return _stepped(entry, values, frame, pinned=pinned)
    count = len(frame.years)
    start = values[entry.start]
    observed = values[entry.observed] if entry.observed and pinned else None
    path: list[Any] = []
    begun: Any = False
    stepping = replace(frame, stepping=True)
    for at in range(count):
        here = slice(at, at + 1)
        first = _cut(start, here, count)
        value = first if at == 0 else _pick(begun, predicted(entry, values, path[-1], stepping, at), first)
        if observed is not None:
            now = _cut(observed, here, count)
            value = _pick(_absent(now), value, now)
        begun = begun | ~_absent(value)
        path.append(value)
    return _joined(path)


def _stepped(entry: Entry, values: Mapping[str, Array], frame: Frame, *, pinned: bool) -> Array:
    # The same steps on arrays. What is the same in every year is settled before the first, for a step costs more than
    # its arithmetic: where a year is observed in all cells, no formula runs.
    years, count = frame.years, len(frame.years)
    start = _by_year(values[entry.start], count)
    observed = values[entry.observed] if entry.observed and pinned else None
    now, seen, partly = _pins(observed, count)
    formulas = []
    for which, span in _spans(entry, years):
        reads = [(name, _by_year(values[id], count)) for name, id in entry.reads[which]]
        formulas += [(entry.formulas[which].function, reads)] * (span.stop - span.start)
    path: list[Array] = []
    begun: Any = False
    with using(replace(frame, stepping=True)):
        for at in range(count):
            if seen[at]:
                path.append(now[at])
                begun = True
                continue
            value = start[at]
            if at and begun is not False:
                function, reads = formulas[at]
                step = float(years[at] - years[at - 1])
                value = function(before=path[-1], step=step, **{name: cells[at] for name, cells in reads})
                value = value if begun is True else np.where(begun, value, start[at])
            if partly[at]:
                value = np.where(np.isnan(now[at]), value, now[at])
            if begun is not True:
                begun = begun | ~np.isnan(value)
                begun = True if begun.all() else begun if begun.any() else False
            path.append(value)
    return _joined(path)  # type: ignore[no-any-return]  # arrays in, array out


def _pins(observed: Array | None, count: int) -> tuple[list[Array], list[bool], list[bool]]:
    """Give what is observed by year, and by year whether every cell is and whether any is."""
    if observed is None:
        return [], [False] * count, [False] * count
    gaps = np.broadcast_to(np.isnan(observed), (*observed.shape[:-1], count))
    others = tuple(range(gaps.ndim - 1))
    every, some = ~np.any(gaps, axis=others), ~np.all(gaps, axis=others)
    return _by_year(observed, count), [bool(x) for x in every], [bool(x) for x in some]


def _by_year(x: Array, count: int) -> list[Array]:
    if x.shape[-1] == count and count > 1:
        return [x[..., at : at + 1] for at in range(count)]
    return [x] * count


def predicted(entry: Entry, values: Mapping[str, Any], before: Any, frame: Frame, at: int) -> Any:
    """Give what a stock's formula makes, in the year at position `at`, of the year before it.

    `before` is the value of the year before, or the values of all years.
    """
    years, here = frame.years, slice(at, at + 1)
    which = next(which for which, span in _spans(entry, years) if span.start <= at < span.stop)
    inputs = {name: _cut(values[id], here, len(years)) for name, id in entry.reads[which]}
    last = _cut(before, slice(at - 1, at), len(years))
    with using(frame if frame.stepping else replace(frame, stepping=True)):
        return entry.formulas[which].function(before=last, step=float(years[at] - years[at - 1]), **inputs)


def _absent(x: Any) -> Any:
    return x.absent() if isinstance(x, StandIn) else np.isnan(x)


def _pick(test: Any, yes: Any, no: Any) -> Any:
    if isinstance(test, np.ndarray) and test.all():
        return yes
    if isinstance(yes, StandIn) or isinstance(no, StandIn):
        return where(np.where(test, 1.0, 0.0), yes, no)
    return np.where(test, yes, no)


def _cut(x: Any, years: slice, count: int) -> Any:
    if isinstance(x, StandIn):
        return x.cut(years)
    if x.shape[-1] == count and count > 1:
        return x[..., years]
    if years.stop - years.start == 1:
        return x
    return np.broadcast_to(x, (*x.shape[:-1], years.stop - years.start))


def _joined(parts: list[Any]) -> Any:
    stand_in = next((part for part in parts if isinstance(part, StandIn)), None)
    if stand_in is not None:
        return stand_in.joined(parts)
    shapes = {part.shape[:-1] for part in parts}
    if len(shapes) == 1:
        return np.concatenate(parts, axis=-1)
    result = np.empty((*np.broadcast_shapes(*shapes), sum(part.shape[-1] for part in parts)))
    low = 0
    for part in parts:
        result[..., low : low + part.shape[-1]] = part
        low += part.shape[-1]
    return result
