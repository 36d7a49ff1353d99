"""What must not be counted twice: overlapping months of one activity, and a facility beside its own processes."""

from __future__ import annotations

from collections.abc import Iterable

from dafeng.facts.cells import Problem
from dafeng.registers.activity import Activity

Key = tuple[str, ...]
#: First and last month, and the row of the file; 0 for what was imported before.
Span = tuple[int, int, int]


class Twice:
    """Remembers what months each activity was given for."""

    def __init__(self) -> None:
        self._spans: dict[Key, list[Span]] = {}
        #: Of a facility's activity: what was given for it as a whole, and what for its processes.
        self._whole: dict[Key, list[Span]] = {}
        self._parts: dict[Key, list[Span]] = {}

    def held(self, found: Iterable[Activity]) -> None:
        """Note what was imported before."""
        for one in found:
            self._note(one, 0)

    def check(self, one: Activity, row: int) -> list[Problem]:
        """Note a row, and tell what it would count twice."""
        faults: list[Problem] = []
        earlier = _overlap(self._spans.get(one.key, ()), one)
        if earlier is not None:
            message = f"{_name(one)} {one.period} overlaps {_where(earlier)} of the same activity"
            remedy = "Keep one of the two; to correct an import, undo it first"
            faults.append(Problem("period", "overlap", message, remedy))
        if one.facility:
            other = self._whole if one.process else self._parts
            earlier = _overlap(other.get(_above(one), ()), one)
            if earlier is not None:
                part = "the facility as a whole" if one.process else "its processes"
                message = f"{_name(one)} {one.period} would count a scope twice: {_where(earlier)} gives it for {part}"
                remedy = "Give the activity for the facility or for its processes, not for both"
                faults.append(Problem("process", "scope-twice", message, remedy))
        self._note(one, row)
        return faults

    def _note(self, one: Activity, row: int) -> None:
        span = (one.first, one.last, row)
        self._spans.setdefault(one.key, []).append(span)
        if one.facility:
            (self._parts if one.process else self._whole).setdefault(_above(one), []).append(span)


def _above(one: Activity) -> Key:
    return (one.facility, one.use, one.what)


def _overlap(spans: Iterable[Span], one: Activity) -> int | None:
    return next((row for first, last, row in spans if one.first <= last and first <= one.last), None)


def _where(row: int) -> str:
    return f"row {row}" if row else "an earlier import"


def _name(one: Activity) -> str:
    return " ".join(part for part in (one.facility or one.sector, one.process, one.use, one.what) if part)
