"""Targets as a table, one a row."""

from __future__ import annotations

from collections.abc import Iterable

from dafeng.labels import Label
from dafeng.report.records.assessment import TargetRecord
from dafeng.report.table import csv_text

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


def targets_csv(records: Iterable[TargetRecord], as_of: str) -> str:
    """Write targets as CSV, one a row; lists are separated by semicolons."""
    return csv_text(TARGET_COLUMNS, (_row(record, as_of) for record in records))


def _row(record: TargetRecord, as_of: str) -> list[object]:
    flat: dict[str, object] = {"as_of": as_of}
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
