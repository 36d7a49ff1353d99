"""The tables of a factor folder: subjects.csv, and factors in every other CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path

from dafeng.errors import Collector, nearest
from dafeng.factors.factor import CONFIDENCES, Factor, Years
from dafeng.factors.schema import GROUPS, Parameter
from dafeng.factors.subjects import Subject

Row = dict[str, str]
SUBJECT_COLUMNS = ("id", "group", "zh", "en", "aliases", "default")
COLUMNS = (
    "set",
    "what",
    "parameter",
    "sector",
    "region",
    "years",
    "variant",
    "value",
    "low",
    "high",
    "unit",
    "document",
    "locator",
    "published",
    "confidence",
    "supersedes",
    "derived_from",
    "note",
)


def rows(path: Path, columns: tuple[str, ...], faults: Collector) -> Iterator[tuple[str, Row]]:
    """Read the rows of one table, each with its place "file:line"; faults of its form are noted."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add("encoding", f"{path.name}:{line}", "the line is not UTF-8", "Save the file as UTF-8")
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(next(reader, ()))
        if sorted(header) != sorted(columns):
            missing = ", ".join(name for name in columns if name not in header) or "none"
            strange = ", ".join(name for name in header if name not in columns) or "none"
            message = f"the header does not fit (missing: {missing}; unknown: {strange})"
            faults.add("columns", f"{path.name}:1", message, f"The columns are {', '.join(columns)}")
            return
        line = reader.line_num
        for cells in reader:
            place, line = f"{path.name}:{line + 1}", reader.line_num
            if len(cells) == len(header):
                yield place, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            elif cells:
                message = f"the row has {len(cells)} cells and the header {len(header)}"
                faults.add("row-length", place, message, "Quote cells that hold a comma")
    except csv.Error as error:
        place = f"{path.name}:{reader.line_num}"
        faults.add("csv", place, f"the table cannot be read: {error}", "Close every quoted cell")


def subjects(path: Path, faults: Collector) -> Iterator[Subject]:
    """Read the fuels, energies and activities of a folder."""
    if not path.is_file():
        return
    for place, row in rows(path, SUBJECT_COLUMNS, faults):
        group = next((group for group in GROUPS if group == row["group"]), None)
        if group is None:
            faults.add("group", place, f"'{row['group']}' is no group", f"Write one of {', '.join(GROUPS)}")
            continue
        aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
        yield Subject(row["id"], group, row["zh"], row["en"], aliases, row["default"])


def factors(path: Path, parameters: Mapping[str, Parameter], faults: Collector) -> Iterator[tuple[str, Factor]]:
    """Read the factors of one table, each with its place, in the unit its parameter is given out in."""
    for place, row in rows(path, COLUMNS, faults):
        factor = _factor(row, place, parameters, faults)
        if factor is not None:
            yield place, factor


def _factor(row: Row, place: str, parameters: Mapping[str, Parameter], faults: Collector) -> Factor | None:
    before = len(faults.faults)
    numbers = {name: number(row[name], name, place, faults) for name in ("value", "low", "high")}
    years = Years()
    try:
        years = Years.parse(row["years"])
    except ValueError:
        message = f"years: '{row['years']}' is no span of years"
        faults.add("years", place, message, "Write 2023, 2022-, -2021, 2013-2020, or nothing")
    confidence = next((word for word in CONFIDENCES if word == row["confidence"]), None)
    if confidence is None:
        message = f"confidence: '{row['confidence']}' is not known"
        faults.add("confidence", place, message, f"Write one of {', '.join(CONFIDENCES)}")
    unit, times = _unit(row, place, parameters, faults)
    if confidence is None or len(faults.faults) > before:
        return None
    # Decimal shifts are rounded to the digits a float holds, so that 0.20908 PJ/万吨 is 20.908 GJ/t.
    value, low, high = (None if x is None else float(f"{x * times:.15g}") for x in numbers.values())
    stated = f"{row['value']} {row['unit']}" if unit != row["unit"] and value is not None else ""
    return Factor(
        set=row["set"],
        what=row["what"],
        parameter=row["parameter"],
        unit=unit,
        value=value,
        low=low,
        high=high,
        sector=row["sector"],
        region=row["region"],
        years=years,
        variant=row["variant"],
        document=row["document"],
        locator=row["locator"],
        published=row["published"],
        confidence=confidence,
        supersedes=row["supersedes"],
        derived_from=tuple(row["derived_from"].split()),
        note=row["note"],
        stated=stated,
    )


def number(text: str, column: str, place: str, faults: Collector) -> float | None:
    """Read a number; an empty cell is None."""
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        faults.add("number", place, f"{column}: '{text[:40]}' is not a number", "Write digits and a decimal point")
    return found


def _unit(row: Row, place: str, parameters: Mapping[str, Parameter], faults: Collector) -> tuple[str, float]:
    parameter = parameters.get(row["parameter"])
    if parameter is None:
        near = nearest(row["parameter"], parameters)
        remedy = f"Did you mean {' or '.join(repr(id) for id in near)}?" if near else "Declare it in vocabulary.yaml"
        faults.add("unknown-parameter", place, f"no parameter is called '{row['parameter']}'", remedy)
        return row["unit"], 1.0
    unit, times = parameter.also.get(row["unit"], (row["unit"], 1.0))
    if unit not in parameter.units:
        allowed = ", ".join(repr(known) for known in (*parameter.units, *parameter.also))
        message = f"unit: '{row['unit']}' is no unit of {parameter.id}"
        faults.add("unit", place, message, f"Write one of {allowed}")
    return unit, times
