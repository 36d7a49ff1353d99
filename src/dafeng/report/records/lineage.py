"""The tree that says where a number comes from, as a record."""

from __future__ import annotations

from dafeng.labels import Label
from dafeng.report.records.base import Number, Record


class LineageRecord(Record):
    """One step of a lineage: a formula, fact, parameter, document, rule or note, and what it rests on.

    `value` is null both where a figure is absent and where the step has no number.
    """

    kind: str
    id: str
    label: Label | None
    value: Number
    unit: str
    year: int | None
    ref: str
    status: str
    confidence: str
    note: str
    children: list[LineageRecord]
