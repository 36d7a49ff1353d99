"""Levers: what a person can move. A lever lays a path over cells of one parameter; it is data, never code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from dafeng import units
from dafeng.axes import YEAR
from dafeng.errors import Collector, UnitError, suggestion
from dafeng.kernel import Datum
from dafeng.labels import Label
from dafeng.pathway.declared import Declared
from dafeng.pathway.schedule import Schedule
from dafeng.store import yamlfile
from dafeng.store.yamlfile import YamlFile

#: Residual cells may fall below 0 by rounding only.
ROUNDING = 1e-9


def _several(labels: Any) -> Any:
    return (labels,) if isinstance(labels, str | int) else labels


Cells = dict[str, Annotated[tuple[str, ...], BeforeValidator(_several)]]


class Level(Declared):
    """A value of the lever with its year and where it stands; None where it was looked for and not found."""

    value: float | None = None
    year: int | None = None
    source: str = ""
    locator: str = ""
    note: str = ""


class Lever(Declared):
    """One lever. `waiting` says what it waits for where the model has no formula that reads its parameter yet."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: Label
    kind: Literal["measure", "driver", "delivery"] = "measure"
    """A measure of the plan, a driver that nobody decides on, such as growth, or the part of all measures that places
    deliver."""
    action: str = ""
    """Action of the plan."""
    tasks: tuple[str, ...] = ()
    """Tasks of the plan."""
    targets: tuple[str, ...] = ()
    """Targets it works for."""
    parameter: str = ""
    """Parameter it lays a path over; a delivery lays none."""
    cells: Cells = Field(default_factory=dict)
    """Cells of the parameter, by axis; an axis that is not named is taken whole."""
    residual: dict[str, str] = Field(default_factory=dict)
    """Cell of the same parameter that takes what the lever adds or leaves, so that shares keep their sum."""
    unit: str
    range: tuple[float, float]
    """Lowest and highest value."""
    now: Level = Level()
    """Last value known."""
    plan: tuple[Level, ...] = ()
    """What the plan asks for."""
    lead: float = Field(ge=0)
    """Years from a decision to half of its effect."""
    schedule: Schedule
    """Schedule where a scenario gives none."""
    waiting: str = ""
    note: Label | None = None

    @property
    def works(self) -> bool:
        """Whether a formula of the model reads what it moves."""
        return not self.waiting


class LeversFile(Declared):
    """The content of one file of levers/."""

    levers: tuple[Lever, ...] = Field(min_length=1)


def read(
    folder: Path,
    parameters: Mapping[str, Datum],
    names: Mapping[str, Iterable[str]],
    years: tuple[int, ...],
    faults: Collector,
) -> tuple[Lever, ...]:
    """Read every file of levers/; every fault is noted with its line. `names` are the known ids by kind of thing."""
    paths = sorted((folder / "levers").glob("*.yaml"))
    if not paths:
        faults.add("no-file", "levers/", "the pack has no levers", "Add levers/<action>.yaml to the city pack")
    owners: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], str] = {}
    found: dict[str, Lever] = {}
    for path in paths:
        file = yamlfile.read(path, faults)
        content = yamlfile.parse(LeversFile, file, faults) if file else None
        if file is None or content is None:
            continue
        for at, lever in enumerate(content.levers):
            if lever.id in found:
                faults.add(
                    "duplicate-id",
                    file.place("levers", at, "id"),
                    f"the lever '{lever.id}' is declared twice",
                    "Keep one of the two",
                )
            found.setdefault(lever.id, lever)
            _names(lever, file, at, names, faults)
            _times(lever, file, at, years, faults)
            if lever.works and lever.kind != "delivery":
                _parameter(lever, file, at, parameters, faults)
                key = (lever.parameter, tuple(sorted(lever.cells.items())))
                if key in owners:
                    faults.add(
                        "two-owners",
                        file.place("levers", at, "parameter"),
                        f"the levers '{owners[key]}' and '{lever.id}' move the same cells of '{lever.parameter}'",
                        "Let one lever own them",
                    )
                owners.setdefault(key, lever.id)
    return tuple(found.values())


def _names(lever: Lever, file: YamlFile, at: int, names: Mapping[str, Iterable[str]], faults: Collector) -> None:
    said = [
        ("action", "action", (lever.action,) if lever.action else ()),
        ("task", "tasks", lever.tasks),
        ("target", "targets", lever.targets),
        ("document", "now", (lever.now.source,) if lever.now.source else ()),
        ("document", "plan", tuple(level.source for level in lever.plan if level.source)),
    ]
    for kind, key, ids in said:
        known = names[kind]
        for id in ids:
            if id not in known:
                faults.add(
                    f"unknown-{kind}",
                    file.place("levers", at, key),
                    f"lever '{lever.id}': no {kind} is called '{id}'",
                    suggestion(id, known, f"Name a {kind} of the pack"),
                )
    if lever.kind != "driver" and not lever.action:
        faults.add(
            "no-action",
            file.place("levers", at, "id"),
            f"lever '{lever.id}': it belongs to no action",
            "Name the action of the plan, or call it a driver",
        )
    if lever.now.value is not None and not lever.now.source:
        faults.add(
            "no-source",
            file.place("levers", at, "now"),
            f"lever '{lever.id}': its value now has no source",
            "Name the document",
        )


def _times(lever: Lever, file: YamlFile, at: int, years: tuple[int, ...], faults: Collector) -> None:
    low, high = lever.range
    if not low < high:
        faults.add(
            "range",
            file.place("levers", at, "range"),
            f"lever '{lever.id}': the range {low} to {high} is empty",
            "Give the lowest value, then the highest",
        )
    for fault in schedule_faults(lever.id, lever.schedule, years):
        faults.add(*fault[:1], file.place("levers", at, "schedule"), *fault[1:])
    for level in (lever.now, *lever.plan):
        if level.value is not None and not low <= level.value <= high:
            faults.add(
                "out-of-range",
                file.place("levers", at, "range"),
                f"lever '{lever.id}': {level.value} is outside its range {low} to {high} {lever.unit}".rstrip(),
                "Widen the range, or correct the value",
            )


def schedule_faults(id: str, schedule: Schedule, years: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """List what is wrong with a schedule: code, message, remedy."""
    found = []
    if schedule.end < schedule.start:
        found.append(
            (
                "schedule",
                f"lever '{id}': its schedule ends in {schedule.end}, before it starts in {schedule.start}",
                "Let it end in the year it starts, or later",
            )
        )
    if years and not years[0] <= schedule.start <= years[-1]:
        found.append(
            (
                "schedule",
                f"lever '{id}': its schedule starts in {schedule.start}, outside the years {years[0]} to {years[-1]}",
                "Start it in a year that is calculated",
            )
        )
    return found


def _parameter(lever: Lever, file: YamlFile, at: int, parameters: Mapping[str, Datum], faults: Collector) -> None:
    place = file.place("levers", at, "parameter")
    datum = parameters.get(lever.parameter)
    if datum is None:
        faults.add(
            "unknown-parameter",
            place,
            f"lever '{lever.id}': no formula reads the parameter '{lever.parameter}'",
            suggestion(lever.parameter, parameters, "Name a parameter of the model, or say what the lever waits for"),
        )
        return
    try:
        units.factor(lever.unit, datum.unit)
    except UnitError:
        faults.add(
            "wrong-unit",
            file.place("levers", at, "unit"),
            f"lever '{lever.id}' is in '{lever.unit or '1'}', its parameter '{lever.parameter}' in "
            f"'{datum.unit or '1'}'",
            "Give the lever a unit of the parameter's dimension",
        )
    chosen = [(axis, label) for axis, labels in lever.cells.items() for label in labels]
    for axis, label in [*chosen, *lever.residual.items()]:
        if axis == YEAR or axis not in datum.dims:
            faults.add(
                "axes",
                place,
                f"lever '{lever.id}': '{lever.parameter}' has no axis '{axis}'",
                f"Its axes are {' '.join(d for d in datum.dims if d != YEAR) or 'none'}",
            )
        elif label not in datum.labels[axis]:
            faults.add(
                "unknown-label",
                place,
                f"lever '{lever.id}': the axis '{axis}' has no '{label}'",
                f"It has {', '.join(map(str, datum.labels[axis]))}",
            )
    if lever.residual and all(label in lever.cells.get(axis, ()) for axis, label in lever.residual.items()):
        faults.add(
            "residual",
            place,
            f"lever '{lever.id}': the residual cell is one that it moves",
            "Let another cell of the parameter take the remainder",
        )
