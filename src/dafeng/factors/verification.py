"""What was done to check a figure: the value before, what was found, where, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dafeng.errors import Collector
from dafeng.factors import tables
from dafeng.factors.factor import CONFIDENCES, Confidence

Verdict = Literal["confirmed", "corrected", "rejected", "not_found"]
VERDICTS: tuple[Verdict, ...] = ("confirmed", "corrected", "rejected", "not_found")
COLUMNS = (
    "factors",
    "about",
    "old",
    "checked",
    "unit",
    "verdict",
    "document",
    "locator",
    "date",
    "confidence",
    "note",
)


@dataclass(frozen=True, slots=True)
class Verification:
    """One check. `factors` are the ids it speaks of; where none was kept, `about` says what was looked for.

    `old` and `checked` are as printed: a value, a range, or several values.
    """

    factors: tuple[str, ...]
    about: str
    old: str
    checked: str
    unit: str
    verdict: Verdict
    document: str
    locator: str
    date: str
    confidence: Confidence
    note: str


def read(folders: Sequence[Path], faults: Collector) -> Iterator[tuple[str, Verification]]:
    """Read the checks of every folder, each with its place."""
    for folder in folders:
        path = folder / "checks.csv"
        if not path.is_file():
            continue
        for place, row in tables.rows(path, COLUMNS, faults):
            verdict = next((word for word in VERDICTS if word == row["verdict"]), None)
            confidence = next((word for word in CONFIDENCES if word == row["confidence"]), None)
            if verdict is None:
                message = f"verdict: '{row['verdict']}' is not known"
                faults.add("verdict", place, message, f"Write one of {', '.join(VERDICTS)}")
            if confidence is None:
                message = f"confidence: '{row['confidence']}' is not known"
                faults.add("confidence", place, message, f"Write one of {', '.join(CONFIDENCES)}")
            if verdict is None or confidence is None:
                continue
            yield (
                place,
                Verification(
                    factors=tuple(row["factors"].split()),
                    about=row["about"],
                    old=row["old"],
                    checked=row["checked"],
                    unit=row["unit"],
                    verdict=verdict,
                    document=row["document"],
                    locator=row["locator"],
                    date=row["date"],
                    confidence=confidence,
                    note=row["note"],
                ),
            )
