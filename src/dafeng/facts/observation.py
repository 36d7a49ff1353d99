"""One observation and the words that qualify it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from dafeng.labels import Language

Status = Literal[
    "actual",  # published as the final figure
    "preliminary",  # published and due to be revised
    "derived",  # arithmetic on published figures, done by whoever is named as source
    "estimate",  # a judgement or a model result
    "planned",  # a figure some plan set, not an observation
    "synthetic",  # generated for demonstration
    "awaiting_verification",  # the authority has yet to confirm the figure; the value may be absent
    "not_found",  # looked for and not found; the value is absent
]
Confidence = Literal["high", "medium", "low", "none"]
Bound = Literal["", "at_least", "at_most"]
STATUSES: tuple[str, ...] = get_args(Status)
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
BOUNDS: tuple[str, ...] = get_args(Bound)
#: Statuses of a figure that says what was; only these can be evidence for a target.
OBSERVED: frozenset[str] = frozenset({"actual", "preliminary", "derived", "estimate"})

_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:/(\d{4})(?:-(\d{2}))?)?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year ("2024"), a month ("2024-06") or a span of either ("2021/2025"), both ends counted."""

    start: str
    end: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period; ValueError says what was expected."""
        match = _PERIOD.match(text.strip())
        if not match:
            raise ValueError(f"'{text}' is not a period; write 2024, 2024-06 or 2021/2025")
        if any(month and not 1 <= int(month) <= 12 for month in (match[2], match[4])):
            raise ValueError(f"'{text}' names a month that does not exist; write 2024-06")
        start, _, end = text.strip().partition("/")
        end = end or start
        if end < start:
            raise ValueError(f"the period '{text}' ends before it starts")
        return cls(start, end)

    @property
    def year(self) -> int:
        """The year the period ends in: a stock or a cumulative figure is read at the end of its period."""
        return int(self.end[:4])

    @property
    def is_year(self) -> bool:
        """Whether the period is exactly one calendar year."""
        return self.start == self.end and len(self.start) == 4

    def __str__(self) -> str:
        """Write the period as it is read."""
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one indicator; `value` is None where the figure is absent, never 0 in its place.

    `dims` are further axes, sorted: (("flow", "final"), ("fuel", "coke")). `source` is a document id, `locator` the
    place in it. `vintage` is when it was published (year, month or day), `recorded` when it entered dafeng.
    `basis` names the survey, price base or boundary the figure stands on: figures of two bases are not one series.
    `bound` says that the source gives a limit: "at_least" (more than), "at_most", or "" for a plain figure.
    `withdrawn` is the day on which the import that brought the figure was undone. `note` may stand in both languages,
    written "zh / en": see `words`.
    """

    indicator: str
    place: str
    period: Period
    value: float | None
    unit: str
    source: str
    vintage: str
    status: Status
    confidence: Confidence
    dims: tuple[tuple[str, str], ...] = ()
    locator: str = ""
    basis: str = ""
    bound: Bound = ""
    note: str = ""
    recorded: date | None = None
    batch: str = ""
    withdrawn: date | None = None

    @property
    def known_from(self) -> date:
        """The first day on which the figure could be known.

        That is the day of publication, read at the end of the year or month where no day is given, but never later
        than the day it entered dafeng. A figure with neither date has always been known.
        """
        published = last_day(self.vintage)
        if published is None:
            return self.recorded or date.min
        return min(published, self.recorded) if self.recorded else published

    def known(self, on: date | None = None) -> bool:
        """Whether the figure was known on a day and not withdrawn by then; None asks for the present state."""
        if on is None:
            return self.withdrawn is None
        return self.known_from <= on and (self.withdrawn is None or on < self.withdrawn)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows the same figure of the same publication, whatever value they give."""
        return (
            self.indicator,
            self.place,
            str(self.period),
            self.dims,
            self.source,
            self.vintage,
            self.basis,
            self.status,
        )

    @property
    def id(self) -> str:
        """Name the observation for people and links: indicator@place/period, then dims."""
        extra = "".join(f";{axis}={label}" for axis, label in self.dims)
        return f"{self.indicator}@{self.place}/{self.period}{extra}"


@lru_cache(maxsize=4096)
def last_day(partial: str) -> date | None:
    """Give the last day of a year ("2025"), of a month ("2025-03"), or the day itself; None for "".

    Raises:
        ValueError: the text is none of these.
    """
    if not partial:
        return None
    match partial.split("-"):
        case [year]:
            return date(int(year), 12, 31)
        case [year, month]:
            return date(int(year), int(month), calendar.monthrange(int(year), int(month))[1])
        case _:
            return date.fromisoformat(partial)


def words(note: str, language: Language) -> str:
    """Give the part of a note in one language; a note that stands in one language only is given whole."""
    zh, slash, en = note.partition(" / ")
    return note if not slash else (zh if language == "zh" else en)


def parse_dims(text: str) -> tuple[tuple[str, str], ...]:
    """Read "flow=import;fuel=coke" as sorted pairs; ValueError says what was expected."""
    if not text:
        return ()
    pairs: dict[str, str] = {}
    for part in text.split(";"):
        axis, equals, label = (piece.strip() for piece in part.partition("="))
        if not (axis and equals and label) or axis in pairs:
            raise ValueError(f"'{text}' does not name labels of axes; write flow=import;fuel=coke")
        pairs[axis] = label
    return tuple(sorted(pairs.items()))


@lru_cache(maxsize=10_000)
def dims_text(dims: tuple[tuple[str, str], ...]) -> str:
    """Write dims as they are read."""
    return ";".join(f"{axis}={label}" for axis, label in dims)
