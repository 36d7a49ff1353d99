"""What an import did, or would do, or why it did nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from dafeng.errors import Fault

State = Literal["imported", "checked", "refused", "nothing-new", "already-imported", "cancelled"]
#: Faults of one code that are kept word for word; the rest are counted.
KEPT = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows read, and the share of the file (0 to 1), None where it cannot be told."""

    rows: int
    share: float | None


@dataclass(slots=True)
class FaultLog:
    """Faults of one file: the first hundred of each code kept, all of them counted."""

    kept: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, place: str, message: str, remedy: str) -> None:
        """Note one fault."""
        self.counts[code] += 1
        if self.counts[code] <= KEPT:
            self.kept.append(Fault(code, place, message, remedy))


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome for one file.

    `state` is "imported", "checked" (a dry run without faults), "refused" (faults; nothing was taken), "nothing-new"
    (every row was known), "already-imported" (this very file, as `batch`) or "cancelled". `rows` are the rows read,
    `imported` those that were (in a dry run: would be) new, `known` those that say what is known already, `refused`
    those with a fault. `faults` holds the first hundred of each code, `counts` the number of each.
    `notices` tell what was done to read the file (encoding, delimiter, columns left out).
    """

    file: str
    sha256: str
    state: State
    dry_run: bool = False
    batch: str = ""
    rows: int = 0
    imported: int = 0
    known: int = 0
    refused: int = 0
    faults: tuple[Fault, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no fault was found."""
        return not self.counts

    def as_dict(self) -> dict[str, Any]:
        """Give the report for JSON."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "state": self.state,
            "dry_run": self.dry_run,
            "batch": self.batch or None,
            "rows": self.rows,
            "imported": self.imported,
            "known": self.known,
            "refused": self.refused,
            "faults": [fault.as_dict() for fault in self.faults],
            "counts": dict(self.counts),
            "notices": list(self.notices),
        }
