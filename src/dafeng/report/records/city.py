"""The city and the rules of its assessment, as records."""

from __future__ import annotations

from datetime import date

from dafeng.labels import Label
from dafeng.report.records.base import Number, Record
from dafeng.report.records.plan import PlanSummary


class TileRecord(Record):
    """Where a district stands on the schematic map."""

    column: int
    row: int


class PlaceRecord(Record):
    """The city itself, a district or an area that plans name."""

    id: str
    kind: str
    label: Label
    parent: str
    tile: TileRecord | None
    note: Label | None


class HoldingsRecord(Record):
    """How much of everything a city pack holds."""

    actions: int
    tasks: int
    targets: int
    goals: int
    organisations: int
    indicators: int
    facts: int
    documents: int


class CityRecord(Record):
    """A city pack; `version` changes whenever a byte of the pack or an imported fact does."""

    id: str
    label: Label
    version: str
    as_of: date
    places: list[PlaceRecord]
    plans: list[PlanSummary]
    holds: HoldingsRecord


class ThresholdRecord(Record):
    """One number the rules compare with."""

    id: str
    value: Number
    label: Label


class ProjectionMethod(Record):
    """How the simple projection is drawn."""

    min_points: int
    draws: int
    interval: Number
    seed: int
    text: Label


class RuleRecord(Record):
    """One rule: the conditions that must all hold, and the verdict; `text` says it in words."""

    id: str
    verdict: str
    when: list[str]
    text: Label
    reason: Label


class MethodsRecord(Record):
    """How evidence becomes a verdict. Rules are tried from the first; the first whose conditions all hold decides."""

    city: str
    as_of: date
    thresholds: list[ThresholdRecord]
    projection: ProjectionMethod
    targets: list[RuleRecord]
    goals: list[RuleRecord]
    words: dict[str, str]


class HealthRecord(Record):
    """That the service works, which version of dafeng it runs and which city it has loaded."""

    status: str
    version: str
    city: str
    city_version: str
    as_of: date
