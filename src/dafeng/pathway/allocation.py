"""How the figures of a city are divided among its places: keys, the lines they divide, what a place may know better.

A pack says it in allocation.yaml. Each part of a line is one variable of CO2; a place takes the share of a key in it,
or its own fact over the city's. What no key divides stays with the city and is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from dafeng.errors import Collector, suggestion
from dafeng.kernel import Datum, State
from dafeng.labels import Label
from dafeng.pathway.declared import Declared
from dafeng.pathway.lever import Cells
from dafeng.store import yamlfile
from dafeng.store.yamlfile import YamlFile

_ID = r"^[a-z0-9]+([-_][a-z0-9]+)*$"


class Key(Declared):
    """A key: a fact that every place of the division has in one year. Its share holds in all years."""

    id: str = Field(pattern=_ID)
    label: Label
    fact: str
    year: int


class Own(Declared):
    """A fact that a place may have of itself, and the variable of the city that it is a part of.

    At a line no variable is named: the fact is of the sum of the line's parts, in CO2 or in what they are made of.
    """

    fact: str
    variable: str = ""
    cells: Cells = Field(default_factory=dict)
    parts: tuple[str, ...] = ()
    """At a line, the parts that the fact is the sum of; all of them where left out."""


class Part(Declared):
    """One part of a line: a variable of CO2, less others, by a key; without one only places with own facts have it."""

    id: str = Field(pattern=_ID)
    label: Label
    variable: str
    cells: Cells = Field(default_factory=dict)
    less: Annotated[tuple[str, ...], BeforeValidator(lambda x: (x,) if isinstance(x, str) else x)] = ()
    through: tuple[str, ...] = ()
    """Variables by which the city hears of a place that does otherwise, the first what the part is made of."""
    not_by: tuple[str, ...] = ()
    """Domains whose levers reach the part and are of the whole city."""
    key: str = ""
    why: Label | None = None
    """Why this key, and how far it can be trusted."""
    own: tuple[Own, ...] = ()

    @property
    def frontier(self) -> tuple[str, ...]:
        """The variables at which the sum over places is handed to the city."""
        return self.through or (self.variable,)


class Line(Declared):
    """A line of a place's pathway: the sectors of the city it divides, and its parts."""

    id: str = Field(pattern=_ID)
    label: Label
    family: str = ""
    sectors: tuple[str, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = ()
    own: tuple[Own, ...] = ()
    undivided: Label | None = None
    """What of it stays with the city, and why."""


class AllocationFile(Declared):
    """The content of allocation.yaml."""

    division: str = "district"
    """Kind of the places that divide the city: each point of it lies in one of them."""
    keys: tuple[Key, ...] = Field(min_length=1)
    lines: tuple[Line, ...] = Field(min_length=1)
    amounts: dict[str, str] = Field(default_factory=dict)
    """Parameters that are amounts of the whole city, and the key by which one place's own amount is a part of it."""
    handed_down: tuple[str, ...] = ()
    """Variables of the whole city that every place reads, such as the CO2 of a unit of electricity."""

    @model_validator(mode="after")
    def _fits(self) -> AllocationFile:
        keys = {key.id for key in self.keys}
        asked = [(f"part '{part.id}'", part.key) for line in self.lines for part in line.parts if part.key]
        asked += [(f"amount '{id}'", key) for id, key in self.amounts.items()]
        for line in self.lines:
            for id in (id for own in line.own for id in own.parts):
                if id not in {part.id for part in line.parts}:
                    raise ValueError(f"line '{line.id}' has no part '{id}'")
        for what, key in asked:
            if key not in keys:
                raise ValueError(f"{what} asks for the key '{key}', which is not declared")
        for what, ids in (
            ("line", [line.id for line in self.lines]),
            ("part", [part.id for line in self.lines for part in line.parts]),
            ("sector", [sector for line in self.lines for sector in line.sectors]),
            ("key", [key.id for key in self.keys]),
        ):
            twice = sorted({id for id in ids if ids.count(id) > 1})
            if twice:
                raise ValueError(f"the {what} '{twice[0]}' stands twice")
        return self

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every line."""
        return tuple(part for line in self.lines for part in line.parts)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable named, once."""
        named = list(self.handed_down)
        for part in self.parts:
            named += [part.variable, *part.less, *part.through, *(own.variable for own in part.own)]
        return tuple(dict.fromkeys(id for id in named if id))

    def key(self, id: str) -> Key:
        """Give a key by id."""
        return next(key for key in self.keys if key.id == id)


def read(folder: Path, faults: Collector) -> tuple[YamlFile, AllocationFile] | None:
    """Read allocation.yaml where a pack has it; faults are noted with their lines."""
    if not (folder / "allocation.yaml").is_file():
        return None
    file = yamlfile.read(folder / "allocation.yaml", faults)
    content = yamlfile.parse(AllocationFile, file, faults) if file else None
    return (file, content) if file is not None and content is not None else None


def check(
    content: AllocationFile,
    file: YamlFile,
    known: Mapping[str, Iterable[str]],
    parameters: Mapping[str, Datum],
    faults: Collector,
) -> None:
    """Note names that name nothing; `known` are the ids by kind of thing: variable, sector, fact, place."""

    def named(kind: str, id: str, *key: str | int) -> None:
        if id not in known[kind]:
            faults.add(
                f"unknown-{kind}",
                file.place(*key),
                f"no {kind} is called '{id}'",
                suggestion(id, known[kind], f"Name a {kind} of the pack"),
            )

    for at, key in enumerate(content.keys):
        named("fact", key.fact, "keys", at, "fact")
    for at, line in enumerate(content.lines):
        for sector in line.sectors:
            named("sector", sector, "lines", at, "sectors")
        for own in line.own:
            named("fact", own.fact, "lines", at, "own")
        for n, part in enumerate(line.parts):
            for id in (part.variable, *part.less, *part.through, *(own.variable for own in part.own)):
                named("variable", id, "lines", at, "parts", n)
            for own in part.own:
                named("fact", own.fact, "lines", at, "parts", n, "own")
    for id in content.handed_down:
        named("variable", id, "handed_down")
    for id in content.amounts:
        if id not in parameters:
            faults.add(
                "unknown-parameter",
                file.place("amounts", id),
                f"no formula reads the parameter '{id}'",
                suggestion(id, parameters, "Name a parameter of the model"),
            )
    missing = [
        sector for sector in known["sector"] if sector not in {s for line in content.lines for s in line.sectors}
    ]
    if missing:
        faults.add(
            "sector-left-out",
            file.place("lines"),
            f"no line has the sectors {', '.join(missing)}",
            "Add a line for each, without parts where it is not divided",
        )


def cell_faults(content: AllocationFile, file: YamlFile, base: State, faults: Collector) -> None:
    """Note cells that a variable does not have, and frontiers that what is handed down lies before."""
    down = [base.id_of(id) for id in content.handed_down]
    behind = {*down, *(entry.id for entry in base.model.graph.downstream(down))}
    for at, line in enumerate(content.lines):
        for n, part in enumerate(line.parts):
            late = [id for id in part.frontier if base.id_of(id) in behind]
            if late:
                faults.add(
                    "handed-down",
                    file.place("lines", at, "parts", n),
                    f"part '{part.id}': '{late[0]}' follows from what is handed down, so the city would not hear of it",
                    "Name in through a variable that does not",
                )
            for variable, cells in ((part.variable, part.cells), *((own.variable, own.cells) for own in part.own)):
                for axis, labels in cells.items():
                    dims = base.dims(variable) if variable else ()
                    wrong = [label for label in labels if axis not in dims or label not in base.labels[axis]]
                    if wrong:
                        faults.add(
                            "unknown-label",
                            file.place("lines", at, "parts", n, "cells"),
                            f"part '{part.id}': '{variable}' has no {axis} '{wrong[0]}'",
                            f"Its axes are {' '.join(dims)}",
                        )
