"""The check of a model: every fault of formulas and data, found together, before a number is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from dafeng.axes import BATCH, YEAR, Axes, ordered
from dafeng.errors import Collector
from dafeng.kernel.data import Data
from dafeng.kernel.graph import Entry, Graph
from dafeng.kernel.inputs import Given, check_inputs
from dafeng.kernel.symbol import Symbol, Trace
from dafeng.kernel.variable import Formula, Variable
from dafeng.kernel.words import VOCABULARY
from dafeng.units import ONE, Dimension, dimension_text, joined, parse, raised

_YEAR_DIMENSION: Dimension = (("year", 1),)
Totals = Mapping[tuple[str, str], frozenset[str]]
Shifts = Mapping[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True)
class Checked:
    """What a check establishes: the order of axes, the labels of each, the inputs' shapes, and what is totalled."""

    axes: Axes
    labels: Mapping[str, tuple[Any, ...]]
    given: Mapping[str, Given]
    totals: Totals
    shifts: Shifts


@dataclass(frozen=True)
class Uses:
    """How formulas use what they read: axes totalled and lags in years, by (variable, argument's id)."""

    totals: dict[tuple[str, str], frozenset[str]]
    shifts: dict[tuple[str, str], tuple[int, ...]]


def check(graph: Graph, data: Data, years: tuple[int, ...], cells: int, collector: Collector) -> Checked:
    """Check declarations, data and formulas.

    Raises:
        FaultsFound: everything that is wrong, at once.
    """
    for entry in graph.entries:
        _declarations(entry.variable, collector)
    given = check_inputs(graph, data, collector)
    uses = check_formulas(graph.entries, given, collector)
    labels = dict(given.labels)
    if years:
        labels[YEAR] = years
    for entry in graph.entries:
        _cells(entry.variable, labels, cells, collector)
    collector.done()
    axes = ordered([*(entry.variable.dims for entry in graph.entries), *(data[id].dims for id in given)])
    return Checked(axes, labels, given, uses.totals, uses.shifts)


def check_formulas(entries: Iterable[Entry], given: Mapping[str, Given], collector: Collector) -> Uses:
    """Run formulas on stand-ins; note their faults and give how they use what they read."""
    shapes: dict[str, tuple[Dimension | None, frozenset[str] | None]] = {
        id: (shape.dimension, None if shape.dims is None else shape.dims - {BATCH}) for id, shape in given.items()
    }
    uses = Uses({}, {})
    for entry in entries:
        shapes.update({id: _declared(variable) for id, variable in _variables(entry)})
        for formula, reads in zip(entry.formulas, entry.reads, strict=True):
            trace = Trace(formula.name(entry.id), collector, stepping=entry.variable.is_stock)
            symbols = {name: Symbol(trace, *shapes.get(id, (None, None)), origin=id) for name, id in reads}
            if entry.variable.is_stock:
                symbols["before"] = Symbol(trace, *_declared(entry.variable))
                symbols["step"] = Symbol(trace, _YEAR_DIMENSION, frozenset())
            if not formula.wrong:
                _formula(entry.variable, formula, symbols, trace)
            for id, axes in trace.totals.items():
                uses.totals[entry.id, id] = uses.totals.get((entry.id, id), frozenset()) | axes
            for id, lags in trace.lags.items():
                uses.shifts[entry.id, id] = tuple(sorted(lags | set(uses.shifts.get((entry.id, id), ()))))
        for id, word in ((entry.start, "start"), (entry.observed, "observed")):
            if id:
                _pinned(entry.variable, word, id, shapes.get(id, (None, None)), collector)
    return uses


def _variables(entry: Entry) -> list[tuple[str, Variable]]:
    found = []
    for formula, reads in zip(entry.formulas, entry.reads, strict=True):
        for name, id in reads:
            origin = formula.inputs[name]
            if isinstance(origin, Variable):
                found.append((id, origin))
    if isinstance(entry.variable.start, Variable):
        found.append((entry.start, entry.variable.start))
    return found


def _declared(variable: Variable) -> tuple[Dimension | None, frozenset[str]]:
    wrong = any(fault.code == "unknown-unit" for fault in variable.wrong)
    return None if wrong else parse(variable.unit).dimension, frozenset(variable.dims)


def _declarations(variable: Variable, collector: Collector) -> None:
    for fault in variable.wrong:
        collector.add(fault.code, variable.id, fault.message, fault.remedy)
    for formula in variable.formulas:
        for fault in formula.wrong:
            collector.add(fault.code, formula.name(variable.id), fault.message, fault.remedy)


def _formula(variable: Variable, formula: Formula, symbols: dict[str, Symbol], trace: Trace) -> None:
    try:
        result: Any = formula.function(**symbols)
    except Exception as error:
        trace.note("outside-vocabulary", f"the formula fails on a stand-in: {error}", VOCABULARY)
        return
    if isinstance(result, int | float):
        result = Symbol(trace, ONE, frozenset())
    if not isinstance(result, Symbol):
        trace.note("outside-vocabulary", f"the formula gives a {type(result).__name__}", VOCABULARY)
        return
    dimension, dims = _declared(variable)
    if result.dimension is not None and dimension is not None and result.dimension != dimension:
        units = ", ".join(f"{name} in {_unit(symbol)}" for name, symbol in symbols.items()) or "none"
        ratio = dimension_text(joined(result.dimension, raised(dimension, -1)))
        trace.note(
            "unit-mismatch",
            f"formula gives {dimension_text(result.dimension)}, declared {variable.unit or '1'}",
            f"The two differ by {ratio}; the inputs are {units}.",
        )
    if result.dims is not None and result.dims != dims:
        trace.note(
            "axis-mismatch",
            f"formula has the axes {_axes(result.dims)}, declared {_axes(dims)}",
            _axis_remedy(result.dims, dims, symbols),
        )


def _pinned(
    variable: Variable,
    word: str,
    id: str,
    shape: tuple[Dimension | None, frozenset[str] | None],
    collector: Collector,
) -> None:
    dimension, dims = shape
    declared, axes = _declared(variable)
    if dimension is not None and declared is not None and dimension != declared:
        collector.add(
            "unit-mismatch",
            variable.id,
            f"{word} '{id}' is in {dimension_text(dimension)}, declared {variable.unit or '1'}",
            "Give it in a unit of the variable's dimension.",
        )
    if dims is not None and dims != axes and not (word == "start" and dims == axes - {YEAR}):
        collector.add(
            "axis-mismatch",
            variable.id,
            f"{word} '{id}' has the axes {_axes(dims)}, declared {_axes(axes)}",
            _axis_remedy(dims, axes),
        )


def _cells(variable: Variable, labels: Mapping[str, tuple[Any, ...]], budget: int, collector: Collector) -> None:
    sizes = [len(labels.get(axis, ())) for axis in variable.dims]
    shape = " x ".join(f"{axis} {n}" for axis, n in zip(variable.dims, sizes, strict=True))
    if prod(sizes) > budget:
        collector.add(
            "over-budget",
            variable.id,
            f"{prod(sizes):,} cells ({shape}), budget {budget:,}",
            "Total an axis away before joining the others, or give the model a larger budget: Model(..., cells=...).",
        )


def _unit(symbol: Symbol) -> str:
    return "?" if symbol.dimension is None else dimension_text(symbol.dimension)


def _axes(dims: Iterable[str]) -> str:
    return " ".join(sorted(dims)) or "none"


def _axis_remedy(got: frozenset[str], declared: frozenset[str], symbols: Mapping[str, Symbol] | None = None) -> str:
    advice = []
    for axis in sorted(got - declared):
        bringers = [name for name, symbol in (symbols or {}).items() if axis in (symbol.dims or ())]
        advice.append(f"Total over {axis} (it comes with {', '.join(bringers) or 'the data'}), or declare it.")
    less = _axes(declared - got)
    if less != "none":
        advice.append(f"Take {less} out of dims, or read an input that has it.")
    return " ".join(advice)
