"""The check of data and their binding to arrays: labels aligned once, units made coherent once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dafeng.axes import BATCH, YEAR, Axes
from dafeng.errors import Collector, UnitError, nearest
from dafeng.kernel.data import Data, Datum
from dafeng.kernel.graph import Graph
from dafeng.kernel.words import Array
from dafeng.units import Dimension, parse


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an input: its dimension and axes; None where a fault made it unknowable."""

    dimension: Dimension | None
    dims: frozenset[str] | None


class Inputs(dict[str, Given]):
    """The inputs by id, and the labels of every axis they have."""

    labels: dict[str, tuple[Any, ...]]


def check_inputs(graph: Graph, data: Data, collector: Collector) -> Inputs:
    """Check each input the graph reads, and that they agree on the labels of shared axes."""
    found = Inputs()
    found.labels = {}
    origin: dict[str, str] = {}
    for id, source in graph.inputs.items():
        datum = data.get(id)
        if datum is None:
            found[id] = Given(None, None)
            _missing(graph, data, id, source.kind, collector)
            continue
        if datum.kind != source.kind:
            collector.add(
                "wrong-kind",
                id,
                f"the data hold a {datum.kind}, the formulas read a {source.kind}",
                f"Read it with {'fact' if datum.kind == 'fact' else 'param'}('{id}').",
            )
        sound = _shape(id, datum, collector)
        found[id] = Given(_dimension(id, datum, collector), frozenset(datum.dims) if sound else None)
        if sound:
            _numbers(id, datum, collector)
            for axis in datum.dims:
                _labels(id, axis, datum, found.labels, origin, collector)
    for id in sorted({entry.id for entry in graph.entries} & (set(data) | set(graph.inputs))):
        collector.add(
            "id-twice",
            id,
            "a variable and an input have this id",
            "One id means one thing: rename the input, for example to what was observed of it.",
        )
    if YEAR in found.labels:
        found.labels[YEAR] = tuple(sorted(found.labels[YEAR]))
    return found


def bound(datum: Datum, axes: Axes, labels: Mapping[str, tuple[Any, ...]], years: tuple[int, ...]) -> Array:
    """Give the datum as an array in the model's axis order, labels in the model's order, in coherent units."""
    values = np.asarray(datum.values, dtype=np.float64)
    for at, axis in enumerate(datum.dims):
        if axis not in {YEAR, BATCH} and datum.labels[axis] != labels[axis]:
            position = {label: n for n, label in enumerate(datum.labels[axis])}
            values = np.take(values, [position[label] for label in labels[axis]], axis=at)
    order = sorted(range(len(datum.dims)), key=lambda at: axes.index(datum.dims[at]))
    shape = [1] * len(axes.names)
    for axis, size in zip(datum.dims, values.shape, strict=True):
        shape[axes.index(axis)] = size
    values = values.transpose(order).reshape(shape)
    if YEAR in datum.dims:
        values = in_years(values, datum.labels[YEAR], years, datum)
    result = np.ascontiguousarray(values * parse(datum.unit).factor)
    result.flags.writeable = False
    return result


def in_years(values: Array, given: tuple[int, ...], years: tuple[int, ...], datum: Datum) -> Array:
    """Read values given for some years (last axis) in the years of a run, as the datum says."""
    if given == years:
        return values
    result = np.full((*values.shape[:-1], len(years)), np.nan)
    if datum.between == "absent":
        known = {year: at for at, year in enumerate(given)}
        for at, year in enumerate(years):
            if year in known:
                result[..., at] = values[..., known[year]]
        return result
    run = np.asarray(years, dtype=np.float64)
    since = np.full(result.shape, np.nan)
    for at, year in enumerate(given):
        present = ~np.isnan(values[..., at : at + 1]) & (run >= year)
        result = np.where(present, values[..., at : at + 1], result)
        since = np.where(present, year, since)
    if datum.between == "hold":
        return result
    after, until = np.full(result.shape, np.nan), np.full(result.shape, np.nan)
    for at in range(len(given) - 1, -1, -1):
        present = ~np.isnan(values[..., at : at + 1]) & (run < given[at])
        after = np.where(present, values[..., at : at + 1], after)
        until = np.where(present, given[at], until)
    part = np.where(run > since, (run - since) / (until - since), 0.0)
    return np.where(np.isnan(after) | (run == since), result, result + (after - result) * part)


def _missing(graph: Graph, data: Data, id: str, kind: str, collector: Collector) -> None:
    near = nearest(id, data)
    advice = f"Did you mean {' or '.join(repr(other) for other in near)}?" if near else "Add it to the data."
    for entry in graph.entries:
        if id in entry.sources:
            collector.add("missing-input", entry.id, f"no {kind} '{id}' in the data", advice)


def _dimension(id: str, datum: Datum, collector: Collector) -> Dimension | None:
    try:
        return parse(datum.unit).dimension
    except UnitError as error:
        message, _, remedy = str(error).partition(". ")
        collector.add("unknown-unit", id, message, remedy)
        return None


def _shape(id: str, datum: Datum, collector: Collector) -> bool:
    for axis in datum.dims:
        if axis != BATCH and axis not in datum.labels:
            collector.add("no-labels", id, f"the axis '{axis}' has no labels", "Name its cells in labels.")
            return False
    shape = np.shape(datum.values)
    if len(shape) != len(datum.dims):
        collector.add(
            "shape",
            id,
            f"the values have {len(shape)} dimensions, declared {len(datum.dims)} axes",
            "Shape the values by dims.",
        )
        return False
    for axis, size in zip(datum.dims, shape, strict=True):
        names = datum.labels.get(axis, range(size))
        if len(names) != size or len(set(names)) != size:
            collector.add(
                "shape",
                id,
                f"the axis '{axis}' has {size} cells and {len(set(names))} labels",
                "Give one label to each cell, each once.",
            )
            return False
    if YEAR in datum.dims and (
        not all(isinstance(year, int) for year in datum.labels[YEAR])
        or list(datum.labels[YEAR]) != sorted(datum.labels[YEAR])
    ):
        collector.add("years", id, f"the years are {datum.labels[YEAR]}", "Give whole numbers in rising order.")
        return False
    return True


def _numbers(id: str, datum: Datum, collector: Collector) -> None:
    values = np.asarray(datum.values, dtype=np.float64)
    if np.isinf(values).any():
        collector.add("infinite", id, "a value is infinite", "Give a number, or NaN where there is none.")
    if isinstance(datum.source, np.ndarray):
        missing = np.asarray(datum.source == np.array(None), dtype=np.bool_)
        unsourced = int((missing & ~np.isnan(values)).sum())
    elif isinstance(datum.source, Mapping):
        unsourced = sum(1 for cell in np.argwhere(~np.isnan(values)) if datum.source_at(tuple(cell)) is None)
    else:
        unsourced = 0 if datum.source else int((~np.isnan(values)).sum())
    if unsourced:
        collector.add(
            "no-source", id, f"{unsourced} of its numbers have no source", "Name the document each comes from."
        )


def _labels(
    id: str,
    axis: str,
    datum: Datum,
    known: dict[str, tuple[Any, ...]],
    origin: dict[str, str],
    collector: Collector,
) -> None:
    if axis == YEAR:
        known[YEAR] = tuple({*known.get(YEAR, ()), *datum.labels[YEAR]})
        return
    size = np.shape(datum.values)[datum.dims.index(axis)]
    mine = tuple(datum.labels.get(axis, range(size)))
    theirs = known.setdefault(axis, mine)
    first = origin.setdefault(axis, id)
    if set(mine) != set(theirs):
        only = sorted(map(str, set(mine) ^ set(theirs)))
        collector.add(
            "labels-differ",
            id,
            f"the axis '{axis}' has {_short(mine)} here and {_short(theirs)} in '{first}' (not shared: {_short(only)})",
            "Give both the same labels; a cell without a figure is NaN.",
        )


def _short(names: Any, most: int = 6) -> str:
    names = [str(name) for name in names]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
