"""One row of a table of facts: read, checked against the names a city knows, and turned into an observation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dafeng import units
from dafeng.errors import UnitError
from dafeng.facts.indicator import Indicator
from dafeng.facts.number import number
from dafeng.facts.observation import OBSERVED, Observation, Period, last_day, parse_dims
from dafeng.facts.vocabulary import Vocabulary, suggestion
from dafeng.facts.words import (
    BOUND_NAMES,
    COLUMNS,
    CONFIDENCE_NAMES,
    DEFAULTS,
    STATUS_NAMES,
    plain,
)

#: Distinct cells of one column that are remembered; a table that has more is read all the same, more slowly.
_REMEMBERED = 50_000
_VINTAGE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_RANGE = re.compile(r"(\d{4})\s*[-–—~至]\s*(\d{4})")
#: How a cell starts that a spreadsheet may take for a formula.
_FORMULA = "=+@\t\r＝＋＠"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_NAME = 120
_LONGEST = {"locator": 500, "note": 2000, "unit": 60, "basis": 60, "dims": 500, "indicator": 120}
_HAS_VALUE = OBSERVED | {"planned", "synthetic"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: the column, a stable code, what is wrong, what to do."""

    column: str
    code: str
    message: str
    remedy: str


_Resolver = Callable[[str], Any]


class RowReader:
    """Reads the rows of one table, given where each column stands.

    `columns` gives the position of each column, `defaults` the text that stands in columns the table does not have.
    Cells that repeat are resolved once. `recorded` and `batch`, if given, go into every observation.
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
        self._recorded, self._batch = recorded, batch
        given = {**DEFAULTS, **(defaults or {})}
        resolvers: dict[str, _Resolver] = {
            "indicator": self._indicator,
            "place": self._place,
            "period": self._period,
            "dims": self._dims,
            "value": self._value,
            "unit": self._unit,
            "source": self._source,
            "locator": str.strip,
            "vintage": self._vintage,
            "status": _word("status", STATUS_NAMES),
            "confidence": _word("confidence", CONFIDENCE_NAMES),
            "bound": _word("bound", BOUND_NAMES),
            "basis": plain,
            "note": str.strip,
            "recorded": self._day,
        }
        self._plan: list[tuple[str, int | None, str, _Resolver, dict[str, Any]]] = [
            (name, columns.get(name), given.get(name, ""), resolvers[name], {}) for name in COLUMNS
        ]
        self._fits: dict[tuple[str, Any, str, str, bool], tuple[Problem, ...]] = {}

    def read(self, cells: Sequence[str]) -> Observation | list[Problem]:
        """Read one row of cells; give the observation, or everything that is wrong with it."""
        found: list[Any] = []
        problems: list[Problem] = []
        for name, position, default, resolve, memory in self._plan:
            text = default if position is None else cells[position]
            try:
                resolved = memory[text]
            except KeyError:
                resolved = _unsafe(name, text) or resolve(text)
                if len(memory) >= _REMEMBERED:
                    memory.clear()
                memory[text] = resolved
            if type(resolved) is Problem:
                problems.append(resolved)
            found.append(resolved)
        if not problems:
            problems.extend(self._together(found))
        if problems:
            return problems
        indicator, place, period, dims, (value, _), unit, source, *rest = found
        locator, vintage, status, confidence, bound, basis, note, recorded = rest
        return Observation(
            indicator=indicator,
            place=place,
            period=period,
            value=value,
            unit=unit,
            source=source,
            vintage=vintage,
            status=status,
            confidence=confidence,
            dims=dims,
            locator=locator,
            basis=basis,
            bound=bound,
            note=note,
            recorded=self._recorded or recorded,
            batch=self._batch,
        )

    def _together(self, found: Sequence[Any]) -> Sequence[Problem]:
        indicator, dims, (value, percent), unit, source, status, basis = (found[i] for i in (0, 3, 4, 5, 6, 9, 12))
        absent = value is None
        ask = (indicator, dims, unit, basis, absent and not dims)
        fit = self._fits.get(ask)
        if fit is None:
            fit = self._fits[ask] = tuple(self._fit(indicator, dims, unit, basis, bare=ask[4]))
        if fit:
            return fit
        if absent and status in _HAS_VALUE:
            return [
                Problem(
                    "value",
                    "absent-value",
                    f"the status is '{status}' and there is no value",
                    "Give the value, or set the status to not_found or awaiting_verification",
                )
            ]
        if not absent and status == "not_found":
            return [
                Problem(
                    "value",
                    "value-not-found",
                    "there is a value, and the status says that none was found",
                    "Leave the value empty, or correct the status",
                )
            ]
        if percent and unit != "%":
            return [
                Problem(
                    "value", "percent", f"the value is a percentage and the unit is '{unit}'", "Write % as the unit"
                )
            ]
        if not source and status != "not_found":
            return [Problem("source", "no-source", "the figure has no source", "Name a document of documents.yaml")]
        return ()

    def _fit(self, id: str, dims: Any, unit: str, basis: str, *, bare: bool) -> list[Problem]:
        indicator = (self._vocabulary.indicators or {}).get(id)
        if indicator is None:
            return []
        problems = _axes_fit(indicator, tuple(axis for axis, _ in dims), bare=bare)
        expected = indicator.unit_of(dims)
        if not units.same_dimension(unit, expected):
            problems.append(
                Problem(
                    "unit",
                    "unit-dimension",
                    f"{id} is counted in '{expected}', and '{unit}' measures something else",
                    "Correct the unit or the indicator",
                )
            )
        if basis and basis not in indicator.bases:
            problems.append(
                Problem(
                    "basis",
                    "unknown-basis",
                    f"{id} has no basis '{basis}'",
                    suggestion(basis, indicator.bases, "Declare it under `bases` of the indicator"),
                )
            )
        return problems

    def _indicator(self, text: str) -> str | Problem:
        known = self._vocabulary.indicators
        id = _id("indicator", text)
        if isinstance(id, Problem) or known is None:
            return id
        found = known.get(id) or known.get(self._vocabulary.indicator_names.get(id.lower(), ""))
        if found is None:
            remedy = suggestion(id, known, "Declare it in indicators.yaml")
            return Problem("indicator", "unknown-indicator", f"no indicator is called '{id}'", remedy)
        if found.variable:
            message = f"{found.id} is computed by a formula and cannot be given"
            return Problem("indicator", "variable-given", message, "Give the figures it is computed from")
        return found.id

    def _place(self, text: str) -> str | Problem:
        known = self._vocabulary.places
        id = _id("place", text)
        if isinstance(id, Problem) or known is None:
            return id
        found = self._vocabulary.place_names.get(id.lower())
        if found is None:
            remedy = suggestion(id, known, "Declare it in places.yaml")
            return Problem("place", "unknown-place", f"no place is called '{id}'", remedy)
        return found

    def _period(self, text: str) -> Period | Problem:
        normal = plain(text).removesuffix("年")
        span = _RANGE.fullmatch(normal.replace("年", ""))
        try:
            return Period.parse(f"{span[1]}/{span[2]}" if span else normal)
        except ValueError as error:
            return Problem("period", "period", str(error).partition(";")[0], "Write 2024, 2024-06 or 2021/2025")

    def _dims(self, text: str) -> tuple[tuple[str, str], ...] | Problem:
        try:
            dims = parse_dims(plain(text))
        except ValueError as error:
            return Problem("dims", "dims", str(error).partition(";")[0], "Write flow=import;fuel=coke")
        axes = self._vocabulary.axes
        if axes is None:
            return dims
        for axis, label in dims:
            if axis not in axes:
                remedy = suggestion(axis, axes, "Declare it in facts/axes.yaml")
                return Problem("dims", "unknown-axis", f"no axis is called '{axis}'", remedy)
            labels = axes[axis].labels
            if label not in labels:
                remedy = suggestion(label, labels, "Declare it in facts/axes.yaml")
                return Problem("dims", "unknown-label", f"the axis '{axis}' has no label '{label}'", remedy)
        return dims

    def _value(self, text: str) -> tuple[float | None, bool] | Problem:
        normal = text.strip()
        if not normal:
            return None, False
        percent = normal[-1] in "%％"
        try:
            return number(normal[:-1].rstrip() if percent else normal), percent
        except ValueError as error:
            remedy = "Write digits with a point for decimals; leave the cell empty where there is no figure"
            return Problem("value", "not-a-number", str(error), remedy)

    def _unit(self, text: str) -> str | Problem:
        unit = _id("unit", text, empty=True)
        if isinstance(unit, Problem):
            return unit
        try:
            units.parse(unit)
        except UnitError as error:
            message, _, remedy = str(error).partition(". ")
            return Problem("unit", "unknown-unit", message, remedy or "Write the unit as the guide lists it")
        return unit

    def _source(self, text: str) -> str | Problem:
        known = self._vocabulary.documents
        id = _id("source", text, empty=True)
        if isinstance(id, Problem) or known is None or not id or id in known:
            return id
        remedy = suggestion(id, known, "Declare it in documents.yaml")
        return Problem("source", "unknown-document", f"no document is called '{id}'", remedy)

    def _vintage(self, text: str) -> str | Problem:
        normal = plain(text)
        try:
            if normal and not _VINTAGE.fullmatch(normal):
                raise ValueError
            last_day(normal)
        except ValueError:
            message = f"'{normal[:60]}' is not the date of a publication"
            return Problem("vintage", "vintage", message, "Write 2025, 2025-03 or 2025-03-24")
        return normal

    def _day(self, text: str) -> date | Problem | None:
        normal = plain(text)
        try:
            return date.fromisoformat(normal) if normal else None
        except ValueError:
            return Problem("recorded", "recorded", f"'{normal[:60]}' is not a day", "Write 2025-03-24")


def _axes_fit(indicator: Indicator, given: tuple[str, ...], *, bare: bool) -> list[Problem]:
    wanted = tuple(sorted(indicator.dims))
    if given == wanted or bare:
        return []
    names = " and ".join(wanted) or "no further axis"
    message = f"{indicator.id} is observed by {names} (got {' and '.join(given) or 'none'})"
    remedy = f"Write {';'.join(f'{axis}=...' for axis in wanted)}" if wanted else "Leave the cell empty"
    return [Problem("dims", "dims", message, remedy)]


def _id(column: str, text: str, *, empty: bool = False) -> str | Problem:
    name = plain(text)
    return name if name or empty else Problem(column, "empty", "the cell is empty", f"Give the {column}")


def _word(column: str, names: Mapping[str, str]) -> _Resolver:
    words = [word for word in dict.fromkeys(names.values()) if word]

    def resolve(text: str) -> str | Problem:
        normal = plain(text)
        found = names.get(normal.lower())
        if found is None:
            message = f"'{normal[:60]}' is not a {column}" if normal else "the cell is empty"
            return Problem(column, column, message, f"Write one of {', '.join(words)}")
        return found

    return resolve


def _unsafe(column: str, text: str) -> Problem | None:
    """Find what no cell may hold: a formula (unless it reads as a number), control characters, endless text."""
    if text[:1] in _FORMULA and text and not _reads_as_number(text):
        message = f"the cell holds a formula or starts like one ('{text[:30].strip()}')"
        return Problem(column, "formula", message, "Replace the formula by its result; formulas are never evaluated")
    if text.startswith("-") and any(sign in text for sign in "=|!("):
        message = f"the cell starts like a formula ('{text[:30]}')"
        return Problem(column, "formula", message, "Replace the formula by its result; formulas are never evaluated")
    if not text.isprintable() and _CONTROL.search(text):
        message = "the cell holds control characters or line breaks"
        return Problem(column, "control-character", message, "Write the text in one line")
    longest = _LONGEST.get(column, _LONGEST_NAME)
    if len(text) > longest:
        return Problem(column, "too-long", f"the cell has {len(text)} characters", f"Use {longest} at most")
    return None


def _reads_as_number(text: str) -> bool:
    try:
        number(text.strip().rstrip("%％"))
    except ValueError:
        return False
    return True
