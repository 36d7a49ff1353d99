"""Efficiency benchmarks: what a standard asks of a product, a machine or a building."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dafeng.errors import Collector
from dafeng.factors import tables
from dafeng.factors.factor import CONFIDENCES, Confidence, plain
from dafeng.labels import Label

Comparator = Literal["", ">", ">=", "<", "<="]
COMPARATORS: tuple[Comparator, ...] = ("", ">", ">=", "<", "<=")
COLUMNS = (
    "standard",
    "object_zh",
    "object_en",
    "class_zh",
    "class_en",
    "grade",
    "comparator",
    "value",
    "unit",
    "measure",
    "valid_from",
    "document",
    "confidence",
    "note",
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One level of one standard. `value` is None where it was looked for and not found.

    `measure` says what is measured (energy_per_product, efficiency, pue, ...), `grade` which level it is, `valid_from`
    the date as far as it is known. A benchmark that is low or unconfirmed must not be used as a default.
    """

    standard: str
    object: Label
    kind: Label | None
    grade: str
    comparator: Comparator
    value: float | None
    unit: str
    measure: str
    valid_from: str
    document: str
    confidence: Confidence
    note: str

    def figure(self) -> str:
        """Write the level with its unit; "not found" where there is none."""
        return f"{self.comparator}{plain(self.value)} {self.unit}".strip() if self.value is not None else "not found"

    def names(self) -> tuple[str, ...]:
        """List the words it is found by, but for those of its grade and its measure."""
        kind = (self.kind.zh, self.kind.en) if self.kind else ()
        return (self.standard, self.object.zh, self.object.en, *kind, self.grade, self.measure)


def read(folders: Sequence[Path], faults: Collector) -> Iterator[tuple[str, Benchmark]]:
    """Read the benchmarks of every folder, each with its place."""
    for folder in folders:
        path = folder / "benchmarks.csv"
        if not path.is_file():
            continue
        for place, row in tables.rows(path, COLUMNS, faults):
            before = len(faults.faults)
            value = tables.number(row["value"], "value", place, faults)
            confidence = next((word for word in CONFIDENCES if word == row["confidence"]), None)
            comparator = next((word for word in COMPARATORS if word == row["comparator"]), None)
            if confidence is None:
                message = f"confidence: '{row['confidence']}' is not known"
                faults.add("confidence", place, message, f"Write one of {', '.join(CONFIDENCES)}")
            if comparator is None:
                message = f"comparator: '{row['comparator']}' is not known"
                faults.add("comparator", place, message, "Write >, >=, <, <= or nothing")
            if confidence is None or comparator is None or len(faults.faults) > before:
                continue
            yield (
                place,
                Benchmark(
                    standard=row["standard"],
                    object=Label(zh=row["object_zh"], en=row["object_en"]),
                    kind=Label(zh=row["class_zh"], en=row["class_en"]) if row["class_en"] else None,
                    grade=row["grade"],
                    comparator=comparator,
                    value=value,
                    unit=row["unit"],
                    measure=row["measure"],
                    valid_from=row["valid_from"],
                    document=row["document"],
                    confidence=confidence,
                    note=row["note"],
                ),
            )
