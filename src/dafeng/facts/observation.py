"""One observation and the words that qualify it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

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
STATUSES: tuple[str, ...] = get_args(Status)
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
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
        start, end = (text.strip().split("/") + [text.strip()])[:2] if "/" in text else (text.strip(), text.strip())
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
    `bound` says that the source gives a limit: "at_least" (more than, cumulative of), "at_most" or "" for a plain figure.
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
    bound: Literal["", "at_least", "at_most"] = ""
    note: str = ""
    recorded: date | None = None
    batch: str = ""

    @property
    def id(self) -> str:
        """Name the observation for people and links: indicator@place/period, then dims."""
        extra = "".join(f";{axis}={label}" for axis, label in self.dims)
        return f"{self.indicator}@{self.place}/{self.period}{extra}"
