"""The graph of a model: which formulas are in force, in which order, and who reads whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dafeng.errors import Collector
from dafeng.kernel.variable import Formula, Input, Variable


@dataclass(frozen=True)
class Entry:
    """One variable at work: the formulas in force and, for each, which id every argument reads."""

    variable: Variable
    formulas: tuple[Formula, ...]
    reads: tuple[tuple[tuple[str, str], ...], ...]
    start: str = ""
    observed: str = ""

    @cached_property
    def id(self) -> str:
        """The id of the variable."""
        return self.variable.id

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Every id the variable reads, once, in the order of its text."""
        ids = [id for reads in self.reads for _, id in reads] + [id for id in (self.start, self.observed) if id]
        return tuple(dict.fromkeys(ids))


@dataclass(frozen=True)
class Graph:
    """Entries in an order in which each comes after what it reads."""

    entries: tuple[Entry, ...]
    inputs: Mapping[str, Input]
    replaced: Mapping[str, str]
    by_id: Mapping[str, Entry] = field(default_factory=dict)

    def resolve(self, id: str) -> str:
        """Give the id under which a variable's values are kept: its own, or that of its replacement."""
        return self.replaced.get(id, id)

    def downstream(self, changed: Iterable[str]) -> tuple[Entry, ...]:
        """Give the entries that depend on any of `changed`, in order."""
        dirty = set(changed)
        found = []
        for entry in self.entries:
            if not dirty.isdisjoint(entry.sources):
                dirty.add(entry.id)
                found.append(entry)
        return tuple(found)

    def upstream(self, wanted: Iterable[str], known: Iterable[str]) -> tuple[Entry, ...]:
        """Give the entries that must be calculated for `wanted` when `known` ids have values, in order."""
        have = set(known)
        needed = {id for id in wanted if id not in have}
        found = []
        for entry in reversed(self.entries):
            if entry.id in needed:
                found.append(entry)
                needed |= {id for id in entry.sources if id not in have}
        return tuple(reversed(found))


def assemble(
    outputs: Iterable[Variable],
    editions: tuple[str, ...],
    replace: Mapping[str, Variable],
    collector: Collector,
) -> Graph:
    """Walk from the outputs to the inputs; faults of the graph itself are noted in the collector."""
    walk = _Walk(editions, replace, collector)
    for output in outputs:
        walk.visit(walk.stands_for(output))
    entries = tuple(walk.entries)
    return Graph(
        entries,
        walk.inputs,
        {id: other.id for id, other in replace.items()},
        {entry.id: entry for entry in entries},
    )


@dataclass
class _Walk:
    editions: tuple[str, ...]
    replace: Mapping[str, Variable]
    collector: Collector
    entries: list[Entry] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    seen: dict[str, Variable] = field(default_factory=dict)

    def stands_for(self, variable: Variable) -> Variable:
        return self.replace.get(variable.id, variable)

    def visit(self, root: Variable) -> None:
        open_: list[tuple[Variable, Iterator[Variable]]] = []
        path: dict[str, None] = {}

        def enter(variable: Variable) -> None:
            self.seen[variable.id] = variable
            path[variable.id] = None
            open_.append((variable, iter(self._children(variable))))

        if not self._is_new(root):
            return
        enter(root)
        while open_:
            variable, children = open_[-1]
            child = next(children, None)
            if child is None:
                open_.pop()
                path.pop(variable.id)
                self.entries.append(self._entry(variable))
            elif child.id in path:
                loop = [*list(path)[list(path).index(child.id) :], child.id]
                self.collector.add(
                    "cycle",
                    variable.id,
                    f"the variables read each other in a circle: {' <- '.join(loop)}",
                    "Break it with a third variable both read, or with a shift of a stock.",
                )
            elif self._is_new(child):
                enter(child)

    def _is_new(self, variable: Variable) -> bool:
        known = self.seen.get(variable.id)
        if known is not None and known is not variable:
            self.collector.add(
                "id-twice",
                variable.id,
                f"two variables have this id ({_where(known)}, {_where(variable)})",
                "One id means one thing; rename one of them.",
            )
        return known is None

    def _children(self, variable: Variable) -> list[Variable]:
        children = []
        for origin in _origins(variable, self.editions):
            if isinstance(origin, Variable):
                children.append(self.stands_for(origin))
            else:
                self._input(variable, origin)
        return children

    def _input(self, variable: Variable, origin: Input) -> None:
        known = self.inputs.setdefault(origin.id, origin)
        if known.kind != origin.kind:
            self.collector.add(
                "id-twice",
                variable.id,
                f"'{origin.id}' is read as a {origin.kind} here and as a {known.kind} elsewhere",
                "One id means one thing; read it as the same kind everywhere.",
            )

    def _entry(self, variable: Variable) -> Entry:
        formulas = variable.under(self.editions)
        reads = tuple(
            tuple((name, self._id(origin)) for name, origin in formula.inputs.items()) for formula in formulas
        )
        start = self._id(variable.start) if variable.start is not None else ""
        observed = self._id(variable.observed) if variable.observed is not None else ""
        return Entry(variable, formulas, reads, start, observed)

    def _id(self, origin: Variable | Input) -> str:
        return self.stands_for(origin).id if isinstance(origin, Variable) else origin.id


def _origins(variable: Variable, editions: tuple[str, ...]) -> list[Variable | Input]:
    found = [origin for formula in variable.under(editions) for origin in formula.inputs.values()]
    return found + [origin for origin in (variable.start, variable.observed) if origin is not None]


def _where(variable: Variable) -> str:
    function = variable.formulas[0].function
    return f"{function.__module__}.{function.__name__}"
