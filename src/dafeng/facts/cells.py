"""One cell of a table of facts: read as what its column holds, or found wanting."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dafeng import units
from dafeng.errors import UnitError, suggestion
from dafeng.facts.number import number
from dafeng.facts.observation import Period, last_day, parse_dims
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.words import BOUND_NAMES, CONFIDENCE_NAMES, STATUS_NAMES, plain

_VINTAGE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_RANGE = re.compile(r"(\d{4})\s*[-–—~至]\s*(\d{4})")
#: How a cell starts that a spreadsheet may take for a formula.
_FORMULA = "=+@\t\r＝＋＠"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_NAME = 120
_LONGEST = {"locator": 500, "note": 2000, "unit": 60, "basis": 60, "dims": 500, "indicator": 120}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: the column, a stable code, what is wrong, what to do."""

    column: str
    code: str
    message: str
    remedy: str


Resolver = Callable[[str], Any]


class Cells:
    """Reads cells by column, with the names a city knows. A reader gives the value of the cell or a `Problem`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.readers: dict[str, Resolver] = {
            "indicator": self.indicator,
            "place": self.place,
            "period": self.period,
            "dims": self.dims,
            "value": self.value,
            "unit": self.unit,
            "source": self.source,
            "locator": str.strip,
            "vintage": self.vintage,
            "status": _word("status", STATUS_NAMES),
            "confidence": _word("confidence", CONFIDENCE_NAMES),
            "bound": _word("bound", BOUND_NAMES),
            "basis": plain,
            "note": str.strip,
            "recorded": self.recorded,
        }

    def read(self, column: str, text: str) -> Any:
        """Read one cell."""
        return unsafe(column, text) or self.readers[column](text)

    def indicator(self, text: str) -> str | Problem:
        """Find the indicator a cell names."""
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

    def place(self, text: str) -> str | Problem:
        """Find the place a cell names."""
        known = self._vocabulary.places
        id = _id("place", text)
        if isinstance(id, Problem) or known is None:
            return id
        found = self._vocabulary.place_names.get(id.lower())
        if found is None:
            remedy = suggestion(id, known, "Declare it in places.yaml")
            return Problem("place", "unknown-place", f"no place is called '{id}'", remedy)
        return found

    def period(self, text: str) -> Period | Problem:
        """Read a period: "2024", "2024 年", "2024-06", "2021—2025"."""
        normal = plain(text).removesuffix("年")
        span = _RANGE.fullmatch(normal.replace("年", ""))
        try:
            return Period.parse(f"{span[1]}/{span[2]}" if span else normal)
        except ValueError as error:
            return Problem("period", "period", str(error).partition(";")[0], "Write 2024, 2024-06 or 2021/2025")

    def dims(self, text: str) -> tuple[tuple[str, str], ...] | Problem:
        """Read labels of further axes."""
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

    def value(self, text: str) -> tuple[float | None, bool] | Problem:
        """Read a number, and whether it was written as a percentage; None for an empty cell."""
        normal = text.strip()
        if not normal:
            return None, False
        percent = normal[-1] in "%％"
        try:
            return number(normal[:-1].rstrip() if percent else normal), percent
        except ValueError as error:
            remedy = "Write digits with a point for decimals; leave the cell empty where there is no figure"
            return Problem("value", "not-a-number", str(error), remedy)

    def unit(self, text: str) -> str | Problem:
        """Read a unit."""
        unit = _id("unit", text, empty=True)
        if isinstance(unit, Problem):
            return unit
        try:
            units.parse(unit)
        except UnitError as error:
            message, _, remedy = str(error).partition(". ")
            return Problem("unit", "unknown-unit", message, remedy or "Write the unit as the guide lists it")
        return unit

    def source(self, text: str) -> str | Problem:
        """Find the document a cell names; "" for an empty cell."""
        known = self._vocabulary.documents
        id = _id("source", text, empty=True)
        if isinstance(id, Problem) or known is None or not id or id in known:
            return id
        remedy = suggestion(id, known, "Declare it in documents.yaml")
        return Problem("source", "unknown-document", f"no document is called '{id}'", remedy)

    def vintage(self, text: str) -> str | Problem:
        """Read the date of a publication, as far as it is known."""
        normal = plain(text)
        try:
            if normal and not _VINTAGE.fullmatch(normal):
                raise ValueError
            last_day(normal)
        except ValueError:
            message = f"'{normal[:60]}' is not the date of a publication"
            return Problem("vintage", "vintage", message, "Write 2025, 2025-03 or 2025-03-24")
        return normal

    def recorded(self, text: str) -> date | Problem | None:
        """Read the day on which a figure entered dafeng."""
        normal = plain(text)
        try:
            return date.fromisoformat(normal) if normal else None
        except ValueError:
            return Problem("recorded", "recorded", f"'{normal[:60]}' is not a day", "Write 2025-03-24")


def _id(column: str, text: str, *, empty: bool = False) -> str | Problem:
    name = plain(text)
    return name if name or empty else Problem(column, "empty", "the cell is empty", f"Give the {column}")


def _word(column: str, names: Mapping[str, str]) -> Resolver:
    words = [word for word in dict.fromkeys(names.values()) if word]

    def resolve(text: str) -> str | Problem:
        normal = plain(text)
        found = names.get(normal.lower())
        if found is None:
            message = f"'{normal[:60]}' is not a {column}" if normal else "the cell is empty"
            return Problem(column, column, message, f"Write one of {', '.join(words)}")
        return found

    return resolve


def unsafe(column: str, text: str) -> Problem | None:
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
