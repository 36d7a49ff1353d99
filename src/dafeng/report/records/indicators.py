"""Indicators of dual control as records: published and computed values beside each other, each with its source."""

from __future__ import annotations

from typing import Self

from dafeng.accounts.indicators import Indicator, Reading, Value
from dafeng.city import City
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record


class InputRecord(Record):
    """A figure that a computed value was made of; the total of an account has its 95 % interval."""

    id: str
    year: int
    value: Number
    low: Number
    high: Number
    unit: str
    source: list[str]
    confidence: str


class ValueRecord(Record):
    """One value; `status` is that of the fact, or computed. Null where a statement says that there is none.

    `low` and `high` are the 95 % interval of the account that a level rests on; null for values without one.
    """

    year: int
    period: str
    value: Number
    low: Number
    high: Number
    unit: str
    status: str
    sources: list[str]
    vintage: str
    locator: str
    confidence: str
    basis: str
    bound: str
    note: Label | None
    how: Label | None
    inputs: list[InputRecord]
    indicator: str

    @classmethod
    def build(cls, value: Value) -> Self:
        """Make the record of a value."""
        return cls.model_validate(value)


class NothingRecord(Record):
    """Why nothing was computed, for a span of years or (empty) at all."""

    period: str
    why: Label


class ControlRecord(Record):
    """One indicator: what was published, what is computed, what plans set, and what is absent."""

    id: str
    label: Label
    unit: str
    better: str
    method: Label
    boundary: str
    official: list[ValueRecord]
    computed: list[ValueRecord]
    planned: list[ValueRecord]
    absent: list[NothingRecord]

    @classmethod
    def build(cls, reading: Reading) -> Self:
        """Make the record of an indicator that was read."""
        one: Indicator = reading.indicator
        return cls(
            id=one.id,
            label=one.label,
            unit=one.unit,
            better=one.better,
            method=one.method,
            boundary=reading.boundary,
            official=[ValueRecord.build(value) for value in reading.official],
            computed=[ValueRecord.build(value) for value in reading.computed],
            planned=[ValueRecord.build(value) for value in reading.planned],
            absent=[NothingRecord.of(absent) for absent in reading.absent],
        )


class ControlList(Record):
    """The indicators that were asked for."""

    city: str
    place: str
    items: list[ControlRecord]

    @classmethod
    def build_all(cls, city: City, place: str | None, readings: tuple[Reading, ...]) -> Self:
        """Make the record of all that were read."""
        items = [ControlRecord.build(reading) for reading in readings]
        return cls(city=city.id, place=place or city.id, items=items)
