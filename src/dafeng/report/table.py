"""Tables of records as CSV that a spreadsheet opens and cannot be attacked through."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dafeng.labels import Label
from dafeng.report.records.assessment import TargetRecord

#: A text cell that begins so is taken for a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
Cell = str | int | float | bool | None

TARGET_COLUMNS: tuple[str, ...] = (
    "id",
    "label_zh",
    "label_en",
    "action",
    "task",
    "indicator",
    "kind",
    "comparator",
    "value",
    "value_max",
    "unit",
    "year",
    "period",
    "status",
    "latest_value",
    "latest_year",
    "latest_source",
    "latest_status",
    "latest_confidence",
    "gap",
    "required",
    "progress",
    "projection_value",
    "projection_low",
    "projection_high",
    "owner",
    "lead",
    "joint",
    "clause",
    "rule",
    "reason_zh",
    "reason_en",
    "superseded_by",
    "plan",
    "as_of",
)


def guard(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" \u3000\ufeff").startswith((*FORMULA_STARTS, "＝", "＋", "－", "＠")):
        return f"'{cell}"
    return cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table as CSV (RFC 4180), with the byte order mark that spreadsheets need to read Chinese."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else guard(cell) for cell in row])
    return out.getvalue()


def targets_csv(records: Iterable[TargetRecord], as_of: str) -> str:
    """Write targets as CSV, one a row; lists are separated by semicolons."""
    return csv_text(TARGET_COLUMNS, (_row(record, as_of) for record in records))


def _row(record: TargetRecord, as_of: str) -> list[Cell]:
    flat: dict[str, Cell] = {"as_of": as_of}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Label):
            flat[f"{name}_zh"], flat[f"{name}_en"] = value.zh, value.en
        elif isinstance(value, list):
            flat[name] = ";".join(str(item) for item in value)
        elif name in ("latest", "projection"):
            for part in ("value", "year", "source", "status", "confidence", "low", "high"):
                flat[f"{name}_{part}"] = getattr(value, part, None)
        else:
            flat[name] = value
    return [flat[column] for column in TARGET_COLUMNS]
