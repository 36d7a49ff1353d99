"""Accounts as records: one account, a walk between two, a decomposition, a peak test, the boundaries there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from dafeng.accounts.account import Account
from dafeng.accounts.boundaries import Boundaries, Boundary, Notation
from dafeng.accounts.cells import UNIT
from dafeng.accounts.peak import Finding
from dafeng.accounts.reconcile import Walk
from dafeng.accounts.trend import FACTORS, Change
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record

Amounts = dict[str, Number]


class TotalRecord(Record):
    """A total with its 95 % interval; null where an essential item is absent."""

    value: Number
    low: Number
    high: Number


class AbsentRecord(Record):
    """An item that is not in a total: its notation key and the reason."""

    item: str
    key: Notation
    why: Label


class HeldRecord(Record):
    """An account held against a published or derived total; `gap` and `parts` are account less published."""

    indicator: str
    value: Number
    source: str
    status: str
    gap: Number
    parts: Amounts


class AccountRecord(Record):
    """What a boundary counts in a year."""

    city: str
    place: str
    boundary: str
    year: int
    unit: str
    total: TotalRecord
    by_sector: Amounts
    by_sector_reallocated: Amounts
    by_fuel: Amounts
    by_gas: Amounts
    by_item: Amounts
    memo: Amounts
    coverage: Number
    absent: list[AbsentRecord]
    notation: dict[str, Notation]
    notes: list[Label]
    published: list[HeldRecord]
    switches: dict[str, str]
    sources: list[str]

    @classmethod
    def build(cls, account: Account) -> Self:
        """Make the record of an account."""
        total = account.total
        return cls(
            city=account.accounts.ledger.city.id,
            place=account.place,
            boundary=account.boundary.id,
            year=account.year,
            unit=UNIT,
            total=TotalRecord.of(total) if total else TotalRecord(value=None, low=None, high=None),
            by_sector=dict(account.by_sector),
            by_sector_reallocated=dict(account.reallocated),
            by_fuel=dict(account.by_fuel),
            by_gas=dict(account.by_gas),
            by_item=dict(account.by_item),
            memo=dict(account.memo),
            coverage=account.coverage,
            absent=[AbsentRecord.of(absent) for absent in account.absent],
            notation={absent.item: absent.key for absent in account.absent if absent.item not in account.by_item},
            notes=list(account.notes),
            published=[HeldRecord.of(held) for held in account.held],
            switches=dict(account.switches),
            sources=list(account.sources),
        )


class StepRecord(Record):
    """One reason two totals differ: net, and the sum of the absolute differences of its cells."""

    id: str
    label: Label
    net: Number
    absolute: Number
    parts: Amounts


class EndRecord(Record):
    """One end of a walk: a total with its 95 % interval."""

    boundary: str
    value: Number
    low: Number
    high: Number
    switches: dict[str, str]


class WalkRecord(Record):
    """The way from one total to another; the net of the steps adds up to that of the totals."""

    city: str
    place: str
    year: int
    unit: str
    start: EndRecord
    end: EndRecord
    net: Number
    absolute: Number
    residual: Number
    steps: list[StepRecord]

    @classmethod
    def build(cls, walk: Walk) -> Self:
        """Make the record of a walk."""
        first, last = walk.start, walk.end
        start, end = (one.account(walk.year).total for one in (first, last))
        assert start is not None  # noqa: S101 - a walk without two totals is refused
        assert end is not None  # noqa: S101 - likewise
        return cls(
            city=first.ledger.city.id,
            place=first.ledger.place,
            year=walk.year,
            unit=UNIT,
            start=EndRecord(
                boundary=first.boundary.id,
                value=walk.from_value,
                low=start.low,
                high=start.high,
                switches=dict(first.switches),
            ),
            end=EndRecord(
                boundary=last.boundary.id,
                value=walk.to_value,
                low=end.low,
                high=end.high,
                switches=dict(last.switches),
            ),
            net=walk.net,
            absolute=walk.absolute,
            residual=walk.residual,
            steps=[StepRecord.of(step) for step in walk.steps],
        )


class EffectRecord(Record):
    """What one factor did to a total: in its unit, and as a ratio (null for what is not of fuel)."""

    id: str
    label: Label
    effect: Number
    ratio: Number
    by_sector: Amounts


class DecompositionRecord(Record):
    """The change of a total between two years by what made it (LMDI-I)."""

    city: str
    boundary: str
    start: int
    end: int
    unit: str
    start_value: Number
    end_value: Number
    change: Number
    residual: Number
    effects: list[EffectRecord]
    notes: list[Label]

    @classmethod
    def build(cls, city: str, boundary: str, change: Change) -> Self:
        """Make the record of a decomposition."""
        return cls(
            city=city,
            boundary=boundary,
            start=change.start,
            end=change.end,
            unit=UNIT,
            start_value=change.from_value,
            end_value=change.to_value,
            change=change.change,
            residual=change.residual,
            effects=[
                EffectRecord(
                    id=name,
                    label=FACTORS[name],
                    effect=effect,
                    ratio=change.ratios.get(name),
                    by_sector=dict(change.by_sector.get(name, {})),
                )
                for name, effect in change.effects.items()
            ],
            notes=list(change.notes),
        )


class EvidenceOfPeak(Record):
    """The figures that decided a peak test."""

    last_year: int
    peak_year: int
    peak: Number
    mean_peak_year: int
    years_since: int
    drop: Number
    scatter: Number
    p_decline: Number
    sen_slope: Number
    two_years: bool
    robust: bool
    excluded: list[int]


class PeakTestRecord(Record):
    """Whether a series has peaked: the state, the figures that decided it, and the C40 rule beside it."""

    city: str
    place: str
    boundary: str
    sector: str
    unit: str
    state: str
    c40: str
    evidence: EvidenceOfPeak
    series: dict[str, Number]

    @classmethod
    def build(
        cls, city: str, boundary: str, finding: Finding, series: Mapping[int, float], place: str = "", sector: str = ""
    ) -> Self:
        """Make the record of a peak test: of a total, or of the sector named."""
        return cls(
            city=city,
            place=place or city,
            boundary=boundary,
            sector=sector,
            unit=UNIT,
            state=finding.state,
            c40=finding.c40,
            evidence=EvidenceOfPeak.of(finding),
            series={str(year): value for year, value in series.items()},
        )


class PeakList(Record):
    """The peak test of every sector of a boundary that can be judged."""

    city: str
    place: str
    boundary: str
    items: list[PeakTestRecord]


class BoundaryRecord(Record):
    """A boundary: what it counts, by whose rule, under which switches."""

    id: str
    label: Label
    document: str
    regime: str
    gases: list[str]
    items: list[str]
    memo: list[str]
    without_sectors: list[str]
    only_sectors: list[str]
    switches: dict[str, str]

    @classmethod
    def all(cls, held: Boundaries) -> list[Self]:
        """List every boundary."""
        return [cls._of(held, boundary) for boundary in held.boundaries]

    @classmethod
    def _of(cls, held: Boundaries, boundary: Boundary) -> Self:
        return cls.model_validate({**boundary.model_dump(), "switches": held.chosen(boundary, {})})
