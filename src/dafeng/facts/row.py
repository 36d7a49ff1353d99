"""One row of a table of facts: read, checked against the names a city knows, and turned into an observation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from dafeng import units
from dafeng.errors import suggestion
from dafeng.facts.cells import Cells, Problem
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import OBSERVED, Observation
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.words import COLUMNS, DEFAULTS

#: Distinct cells, or sets of cells, that are remembered; a table that has more is read all the same, more slowly.
_REMEMBERED = 50_000
_UNREAD = object()
_HAS_VALUE = OBSERVED | {"planned", "synthetic"}
#: Columns whose cells come back row after row, together; they are resolved once for each combination.
_NAMES = ("indicator", "place", "dims", "unit", "source", "vintage", "status", "confidence", "bound", "basis")
#: Columns whose cells hardly ever come back.
_UNLIKE = ("value", "locator")
_SINGLE = tuple(column for column in COLUMNS if column not in _NAMES)


class RowReader:
    """Reads the rows of one table, given where each column stands.

    `columns` gives the position of each column, `defaults` the text that stands in columns the table does not have.
    `recorded` and `batch`, if given, go into every observation.
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        vocabulary: Vocabulary,
        *,
        defaults: Mapping[str, str] | None = None,
        recorded: date | None = None,
        batch: str = "",
    ) -> None:
        self._vocabulary = vocabulary
        self._cells = Cells(vocabulary)
        self._recorded, self._batch = recorded, batch
        self._columns = columns
        self._given = {**dict.fromkeys(COLUMNS, ""), **DEFAULTS, **(defaults or {})}
        self._named = tuple(column for column in _NAMES if column in columns)
        positions = [columns[column] for column in self._named]
        self._pick = itemgetter(*positions) if len(positions) > 1 else lambda cells: tuple(cells[p] for p in positions)
        self._names: dict[Any, tuple[dict[str, Any], tuple[Problem, ...]]] = {}
        self._single: list[tuple[str, int | None, dict[str, Any] | None]] = [
            (column, columns.get(column), None if column in _UNLIKE else {}) for column in _SINGLE
        ]

    def read(self, cells: Sequence[str]) -> Observation | list[Problem]:
        """Read one row of cells; give the observation, or everything that is wrong with it."""
        picked = self._pick(cells)
        try:
            names, wrong = self._names[picked]
        except KeyError:
            names, wrong = self._resolve(picked)
        problems = list(wrong)
        single: list[Any] = []
        for column, position, memory in self._single:
            text = self._given[column] if position is None else cells[position]
            if memory is None:
                resolved = self._cells.read(column, text)
            elif (resolved := memory.get(text, _UNREAD)) is _UNREAD:
                if len(memory) >= _REMEMBERED:
                    memory.clear()
                resolved = memory[text] = self._cells.read(column, text)
            if type(resolved) is Problem:
                problems.append(resolved)
            single.append(resolved)
        if problems:
            return sorted(problems, key=lambda problem: COLUMNS.index(problem.column))
        period, (value, percent), locator, note, recorded = single
        if value is None or percent or names["status"] == "not_found" or not names["source"]:
            problem = _disagree(names, value, percent=percent)
            if problem:
                return [problem]
        if names["misfits"] and (value is not None or names["dims"]):
            return list(names["misfits"])
        return Observation(
            indicator=names["indicator"],
            place=names["place"],
            period=period,
            value=value,
            unit=names["unit"],
            source=names["source"],
            vintage=names["vintage"],
            status=names["status"],
            confidence=names["confidence"],
            dims=names["dims"],
            locator=locator,
            basis=names["basis"],
            bound=names["bound"],
            note=note,
            recorded=self._recorded or recorded,
            batch=self._batch,
        )

    def _resolve(self, picked: Any) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        texts = {**self._given, **dict(zip(self._named, picked, strict=True))}
        names = {column: self._cells.read(column, texts[column]) for column in _NAMES}
        problems = [resolved for resolved in names.values() if isinstance(resolved, Problem)]
        names["misfits"] = ()
        indicator = None if problems else (self._vocabulary.indicators or {}).get(names["indicator"])
        if indicator is not None:
            problems.extend(_unit_and_basis(indicator, names["dims"], names["unit"], names["basis"]))
            names["misfits"] = tuple(_axes(indicator, tuple(axis for axis, _ in names["dims"])))
        if len(self._names) >= _REMEMBERED:
            self._names.clear()
        found = self._names[picked] = (names, tuple(problems))
        return found


def _disagree(names: Mapping[str, Any], value: float | None, *, percent: bool) -> Problem | None:
    """Find where value, unit, status and source of a row do not go together."""
    status, unit = names["status"], names["unit"]
    if value is None and status in _HAS_VALUE:
        message = f"the status is '{status}' and there is no value"
        remedy = "Give the value, or set the status to not_found or awaiting_verification"
        return Problem("value", "absent-value", message, remedy)
    if value is not None and status == "not_found":
        message = "there is a value, and the status says that none was found"
        return Problem("value", "value-not-found", message, "Leave the value empty, or correct the status")
    if percent and unit != "%":
        message = f"the value is a percentage and the unit is '{unit}'"
        return Problem("value", "percent", message, "Write % as the unit")
    if not names["source"] and status != "not_found":
        return Problem("source", "no-source", "the figure has no source", "Name a document of documents.yaml")
    return None


def _unit_and_basis(indicator: Indicator, dims: Any, unit: str, basis: str) -> list[Problem]:
    problems: list[Problem] = []
    expected = indicator.unit_of(dims)
    if not units.same_dimension(unit, expected):
        message = f"{indicator.id} is counted in '{expected}', and '{unit}' measures something else"
        problems.append(Problem("unit", "unit-dimension", message, "Correct the unit or the indicator"))
    if basis and basis not in indicator.bases:
        remedy = suggestion(basis, indicator.bases, "Declare it under `bases` of the indicator")
        problems.append(Problem("basis", "unknown-basis", f"{indicator.id} has no basis '{basis}'", remedy))
    return problems


def _axes(indicator: Indicator, given: tuple[str, ...]) -> list[Problem]:
    """Find axes missing or too many. A statement that nothing was found may leave all of them out."""
    wanted = tuple(sorted(indicator.dims))
    if given == wanted:
        return []
    names = " and ".join(wanted) or "no further axis"
    message = f"{indicator.id} is observed by {names} (got {' and '.join(given) or 'none'})"
    remedy = f"Write {';'.join(f'{axis}=...' for axis in wanted)}" if wanted else "Leave the cell empty"
    return [Problem("dims", "dims", message, remedy)]
