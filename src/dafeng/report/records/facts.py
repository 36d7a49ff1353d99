"""Observations, indicators and documents as records."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import field_validator

from dafeng.documents import Document
from dafeng.facts.observation import Observation
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record


class DocumentRecord(Record):
    """One publication that a number, a clause or a note points to."""

    id: str
    title: str
    title_en: str
    publisher: str
    date: str
    number: str
    kind: str
    url: str
    via: str
    licence: str
    note: str


class DocumentDetail(DocumentRecord):
    """A document and what rests on it."""

    city: str
    plans: list[str]
    facts: int
    indicators: list[str]


class BreakRecord(Record):
    """From `year` on the figures stand on another basis."""

    year: int
    why: Label


class IndicatorRecord(Record):
    """One quantity that can be observed or computed."""

    id: str
    label: Label
    unit: str
    kind: str
    dims: list[str]
    better: str
    definition: Label | None
    boundary: Label | None
    changes: str
    breaks: list[BreakRecord]
    priority: list[str]
    variable: bool


class IndicatorDetail(IndicatorRecord):
    """An indicator, the targets set on it and how many facts carry it."""

    city: str
    targets: list[str]
    facts: int
    places: list[str]


class IndicatorSummary(Record):
    """How many facts carry an indicator, and the first and last year they speak of."""

    id: str
    label: Label
    unit: str
    variable: bool
    facts: int
    first: int | None
    last: int | None


class FactRecord(Record):
    """One observation; `chosen` tells the figure that stands for its period from other sources and older vintages."""

    id: str
    indicator: str
    place: str
    period: str
    year: int
    value: Number
    unit: str
    status: str
    confidence: str
    source: str
    title: str
    locator: str
    vintage: str
    basis: str
    bound: str
    dims: dict[str, str]
    note: str
    recorded: date | None
    batch: str
    chosen: bool

    @field_validator("dims", mode="before")
    @classmethod
    def _name_axes(cls, dims: Any) -> Any:
        return dict(dims) if isinstance(dims, tuple) else dims

    @classmethod
    def build(cls, fact: Observation, document: Document | None, chosen: bool) -> FactRecord:
        """Make the record of one observation; `document` is its source."""
        taken = ("period", "year", "title", "chosen")
        return cls(
            **{name: getattr(fact, name) for name in cls.model_fields if name not in taken},
            period=str(fact.period),
            year=fact.period.year,
            title=document.title if document else "",
            chosen=chosen,
        )
