"""Parameters: numbers somebody set, one YAML file each, read as data of the model.

The path below `parameters/` is the id: `parameters/road/km_per_vehicle.yaml` is `road.km_per_vehicle`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng import units
from dafeng.axes import YEAR
from dafeng.errors import Collector, UnitError
from dafeng.kernel import Datum, Source
from dafeng.labels import Label
from dafeng.store import yamlfile
from dafeng.store.yamlfile import YamlFile


class Dated(BaseModel):
    """What a parameter is from a year on: a number, or by label of its axes, with the source of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int = Field(ge=1900, le=2200)
    value: float | dict[str, Any]
    source: str
    locator: str = ""
    kind: Literal["observed", "official", "estimated", "planned", "assumed"]
    note: str = ""


class Parameter(BaseModel):
    """One parameter: a dated history; `between` says how the years between two dates are read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label
    unit: str
    axes: tuple[str, ...] = ()
    between: Literal["hold", "linear"] = "hold"
    values: tuple[Dated, ...] = Field(min_length=1)


def read(folder: Path, documents: Mapping[str, object], faults: Collector) -> tuple[dict[str, Datum], dict[str, Label]]:
    """Read every parameter below `folder`, and its label; faults are noted with their line, their files left out."""
    found: dict[str, Datum] = {}
    labels: dict[str, Label] = {}
    for path in sorted(folder.rglob("*.yaml")):
        id = ".".join(path.relative_to(folder).with_suffix("").parts)
        file = yamlfile.read(path, faults)
        parameter = yamlfile.parse(Parameter, file, faults) if file else None
        if file is not None and parameter is not None and _sound(parameter, file, documents, faults):
            found[id] = _datum(parameter)
            labels[id] = parameter.label
    return found, labels


def _sound(parameter: Parameter, file: YamlFile, documents: Mapping[str, object], faults: Collector) -> bool:
    before = len(faults.faults)
    try:
        units.parse(parameter.unit)
    except UnitError as error:
        message, _, remedy = str(error).partition(". ")
        faults.add("unknown-unit", file.place("unit"), message, remedy.rstrip("."))
    years = [dated.year for dated in parameter.values]
    if years != sorted(set(years)):
        faults.add("years", file.place("values"), f"the years are {years}", "Give each year once, in rising order")
    for at, dated in enumerate(parameter.values):
        if dated.source not in documents:
            faults.add(
                "unknown-document",
                file.place("values", at, "source"),
                f"the source '{dated.source}' is not in documents.yaml",
                "Add the document, or correct the id",
            )
        depths = {len(key) for key, _ in _cells(dated.value)}
        if depths != {len(parameter.axes)}:
            faults.add(
                "axes",
                file.place("values", at, "value"),
                f"the value is given by {sorted(depths)} labels, and the parameter has {len(parameter.axes)} axes",
                "Nest the value by one label of each axis, in their order",
            )
    return len(faults.faults) == before


def _cells(value: Any, key: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for label, part in value.items():
            yield from _cells(part, (*key, str(label)))
    else:
        yield key, value


def _datum(parameter: Parameter) -> Datum:
    cells = {
        (*key, dated.year): (
            None if value is None else float(value),
            Source(dated.source, dated.locator, dated.kind, note=dated.note),
        )
        for dated in parameter.values
        for key, value in _cells(dated.value)
    }
    if len(parameter.values) == 1:
        cells = {key[:-1]: cell for key, cell in cells.items()}
        return Datum.from_cells(cells, parameter.unit, parameter.axes, kind="parameter")
    return Datum.from_cells(cells, parameter.unit, (*parameter.axes, YEAR), kind="parameter", between=parameter.between)
