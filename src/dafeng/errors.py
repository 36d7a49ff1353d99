"""Everything that can go wrong, in one tree.

DafengError
├── FaultsFound      many faults of one input, reported together
│   └── RequestFaults    those of a question; the data are sound
├── UnitError        a unit that does not parse, or two that do not fit
├── ModelError       one formula, alone, is not well formed
├── NotFound         an id that names nothing, with the nearest ids
├── Refused          an input that is understood and may not be taken
└── Conflict         the state has changed since it was read, or the act was done already

A message reads *where: what is wrong. What to do.* HTTP status codes are mapped in `api/errors.py` only.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place of an input.

    `code` is a stable kebab-case word ("unknown-unit"); `place` is "file:line", "row 7, column value" or a variable id.
    """

    code: str
    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Write the fault as one line: where, what is wrong, what to do."""
        return f"{self.place}: {self.message}. {self.remedy}"

    def as_dict(self) -> dict[str, str]:
        """Give the four fields for JSON."""
        return {"code": self.code, "place": self.place, "message": self.message, "remedy": self.remedy}


class DafengError(Exception):
    """Base of every error dafeng raises on purpose; `zh` says the same to a Chinese reader, where it is given."""

    code = "error"

    def __init__(self, message: object = "", *, zh: str = "") -> None:
        super().__init__(message)
        self.zh = zh

    def text(self, language: str) -> str:
        """Give the message in the language of a reader, in English where it is said in no other."""
        return self.zh if language == "zh" and self.zh else str(self)


class FaultsFound(DafengError):
    """All faults of one input, collected before anything was done with it."""

    code = "faults-found"

    def __init__(self, faults: Iterable[Fault], subject: str = "input") -> None:
        self.faults = tuple(faults)
        self.subject = subject
        lines = "\n".join(f"  [{fault.code}] {fault}" for fault in self.faults)
        super().__init__(f"{subject}: {len(self.faults)} fault(s)\n{lines}")


class RequestFaults(FaultsFound):
    """All faults of what a caller asked for, where the data themselves are sound."""

    code = "request-faults"


class UnitError(DafengError):
    """A unit that does not parse, or two units of different dimension."""

    code = "unit"


class ModelError(DafengError):
    """A formula that is not well formed."""

    code = "model"


class NotFound(DafengError):
    """An id that names nothing; `candidates` are the nearest ids that do."""

    code = "not-found"

    def __init__(self, kind: str, id: str, known: Iterable[str] = ()) -> None:
        self.kind, self.id = kind, id
        self.candidates = nearest(id, known)
        hint = f" Did you mean {' or '.join(repr(c) for c in self.candidates)}?" if self.candidates else ""
        super().__init__(f"no {kind} '{id}'.{hint}")


class Refused(DafengError):
    """An input that is understood and may not be taken."""

    code = "refused"


class Conflict(DafengError):
    """The state changed since it was read, or the act was done before."""

    code = "conflict"


def nearest(id: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Find up to `most` known ids that look like `id`, best first."""
    return tuple(difflib.get_close_matches(id, list(known), n=most, cutoff=0.6))


def suggestion(id: str, known: Iterable[str], otherwise: str) -> str:
    """Write a remedy that names the nearest known ids, or what to do where none is near."""
    near = nearest(id, known)
    return f"Did you mean {' or '.join(repr(name) for name in near)}?" if near else otherwise


@dataclass(slots=True)
class Collector:
    """Gathers faults while a check goes on, and raises them together at its end."""

    subject: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, code: str, place: str, message: str, remedy: str) -> None:
        """Note one fault; an identical one is noted once."""
        fault = Fault(code, place, message, remedy)
        if fault not in self.faults:
            self.faults.append(fault)

    def done(self) -> None:
        """Raise `FaultsFound` if any fault was noted."""
        if self.faults:
            raise FaultsFound(self.faults, self.subject)
