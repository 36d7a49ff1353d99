"""One value of an indicator: published or computed, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from dafeng import units
from dafeng.facts.observation import CONFIDENCES, Observation, words
from dafeng.labels import Label


@dataclass(frozen=True)
class Input:
    """A figure that a computed value was made of: an indicator, or the total of a boundary with its 95 % interval."""

    id: str
    year: int
    value: float
    unit: str
    source: tuple[str, ...]
    confidence: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Value:
    """A value of a year, or of a span that ends in it.

    `status` is that of the fact (actual, preliminary, derived, planned, awaiting_verification, not_found), or computed.
    `value` is None where a statement says that there is none. `how` says how a computed one came about. `low` and
    `high` are the 95 % interval of the account a level rests on, carried over; published figures beside it have none.
    """

    year: int
    period: str
    value: float | None
    unit: str
    status: str
    sources: tuple[str, ...]
    vintage: str = ""
    locator: str = ""
    confidence: str = ""
    basis: str = ""
    bound: str = ""
    note: Label | None = None
    how: Label | None = None
    inputs: tuple[Input, ...] = ()
    indicator: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Absent:
    """Why nothing was computed: for a span of years, or at all."""

    period: str
    why: Label


def of_fact(one: Observation, unit: str) -> Value:
    """Make a value of a published figure, or of the statement that there is none, in the unit of the indicator."""
    note = Label(zh=words(one.note, "zh"), en=words(one.note, "en")) if one.note else None
    return Value(
        year=one.period.year,
        period=str(one.period),
        value=None if one.value is None else one.value * units.factor(one.unit, unit),
        unit=unit,
        status=one.status,
        sources=(one.source,) if one.source else (),
        vintage=one.vintage,
        locator=one.locator,
        confidence=one.confidence,
        basis=one.basis,
        bound=one.bound,
        note=note,
        indicator=one.indicator,
    )


def input_of(one: Observation, unit: str) -> Input:
    """Make an input of a published figure."""
    assert one.value is not None  # noqa: S101 - only figures with a value are put in
    value = one.value * units.factor(one.unit, unit)
    return Input(one.indicator, one.period.year, value, unit, (one.source,), one.confidence)


def computed(
    year: int, value: float, unit: str, how: Label, inputs: tuple[Input, ...], basis: str = "", period: str = ""
) -> Value:
    """Make a computed value: its sources are those of its inputs, its confidence the lowest of theirs."""
    sources = tuple(sorted({source for one in inputs for source in one.source}))
    stated = [one.confidence for one in inputs if one.confidence]
    trust = max(stated, key=CONFIDENCES.index, default="")
    return Value(
        year,
        period or str(year),
        value,
        unit,
        "computed",
        sources,
        confidence=trust,
        basis=basis,
        how=how,
        inputs=inputs,
    )
