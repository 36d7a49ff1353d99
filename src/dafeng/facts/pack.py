"""The facts of a city pack: indicators.yaml, facts/axes.yaml and facts/*.csv, read with the line of every fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from dafeng.errors import Collector, suggestion
from dafeng.facts.check import check_indicators
from dafeng.facts.indicator import AxesFile, Axis, Indicator, IndicatorsFile
from dafeng.facts.observation import Observation
from dafeng.facts.row import RowReader
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.words import COLUMNS, REQUIRED, column_of
from dafeng.store import yamlfile
from dafeng.store.yamlfile import YamlFile

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Pack:
    """What a pack declares and observes. `vocabulary` is what an importer checks its rows against."""

    indicators: Mapping[str, Indicator]
    axes: Mapping[str, Axis]
    observations: tuple[Observation, ...]
    vocabulary: Vocabulary


def read(
    folder: Path,
    faults: Collector,
    *,
    documents: Collection[str] | None = None,
    places: Mapping[str, str] | None = None,
) -> Pack:
    """Read the facts of the city pack in `folder` and note every fault; what is faulty is left out.

    `documents` are the ids of documents.yaml, `places` the id of every accepted name of a place; None where they could
    not be read.
    """
    indicators_path = folder / "indicators.yaml"
    declared, indicators_file = _parsed(IndicatorsFile, indicators_path, faults)
    axes_read, _ = _parsed(AxesFile, folder / "facts" / "axes.yaml", faults)
    indicators = {indicator.id: indicator for indicator in declared.indicators} if declared else None
    axes = axes_read.axes if axes_read else None
    vocabulary = Vocabulary(indicators, places, documents, axes)
    if declared and indicators_file:
        check_indicators(declared.indicators, indicators_file, faults, documents=documents, axes=axes)
    observations = read_tables(folder / "facts", vocabulary, faults)
    return Pack(indicators or {}, axes or {}, observations, vocabulary)


def read_tables(folder: Path, vocabulary: Vocabulary, faults: Collector) -> tuple[Observation, ...]:
    """Read every CSV file of a folder; two rows that state the same figure of the same publication are a fault."""
    found: list[Observation] = []
    first: dict[tuple[object, ...], str] = {}
    for path in sorted(folder.glob("*.csv")):
        for place, observation in _read_table(path, vocabulary, faults):
            key = observation.key if observation.value is not None else (*observation.key, observation.note)
            earlier = first.setdefault(key, place)
            if earlier != place:
                faults.add(
                    "duplicate-row",
                    place,
                    f"{observation.id} from '{observation.source}' is given twice (first at {earlier})",
                    "Keep one of the two, or give the vintage of the later publication",
                )
                continue
            found.append(observation)
    return tuple(found)


def _read_table(path: Path, vocabulary: Vocabulary, faults: Collector) -> Iterator[tuple[str, Observation]]:
    name = f"facts/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add("encoding", f"{name}:{line}", "the line is not UTF-8", "Save the file as UTF-8")
        return
    yield from rows_of_text(text, name, vocabulary, faults)


def rows_of_text(text: str, name: str, vocabulary: Vocabulary, faults: Collector) -> Iterator[tuple[str, Observation]]:
    """Read a table given as text: yield each sound row with its place, "name:line"; note the faults of the others."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        columns = _columns(header, name, faults)
        if columns is None:
            return
        reader = RowReader(columns, vocabulary)
        line = rows.line_num
        for cells in rows:
            place, line = f"{name}:{line + 1}", rows.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                message = f"the row has {len(cells)} cells and the header {len(header)}"
                faults.add("row-length", place, message, "Quote cells that hold a comma")
                continue
            observation = reader.read(cells)
            if isinstance(observation, Observation):
                yield place, observation
            else:
                for problem in observation:
                    faults.add(problem.code, place, f"{problem.column}: {problem.message}", problem.remedy)
    except csv.Error as error:
        faults.add("csv", f"{name}:{rows.line_num}", f"the table cannot be read: {error}", "Close every quoted cell")


def _columns(header: list[str], name: str, faults: Collector) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    sound = True
    for position, cell in enumerate(header):
        column = column_of(cell)
        if column is None:
            remedy = suggestion(cell, COLUMNS, f"The columns are {', '.join(COLUMNS)}")
            faults.add("unknown-column", f"{name}:1", f"no column is called '{cell[:60]}'", remedy)
            sound = False
        elif column in columns:
            faults.add("duplicate-column", f"{name}:1", f"the column '{column}' stands twice", "Remove one of the two")
            sound = False
        else:
            columns[column] = position
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        message = f"the table has no column {' and no column '.join(missing)}"
        faults.add("missing-column", f"{name}:1", message, "Add it")
        sound = False
    return columns if sound else None


def _parsed(model: type[T], path: Path, faults: Collector) -> tuple[T | None, YamlFile | None]:
    file = yamlfile.read(path, faults)
    return (yamlfile.parse(model, file, faults), file) if file else (None, None)
