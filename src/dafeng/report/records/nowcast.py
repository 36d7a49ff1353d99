"""Estimates for years after the last account as records, each with how such estimates did before."""

from __future__ import annotations

from typing import Literal, Self

from dafeng.accounts.cells import UNIT
from dafeng.accounts.nowcast import Estimate, Nowcast, Score, settings
from dafeng.accounts.nowcast.estimate import TOTAL
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record

NOTES = (
    Label(
        zh="估算值，不是核算结果，不进入事实库；误差由对已有账户年份的回算得出，不含账户本身的不确定性",
        en="estimates, not accounts, and no facts; the error is that of hindcasts of years that have an account, and "
        "leaves out how uncertain the accounts are",
    ),
    Label(
        zh="回算用的是今天的代用数据，不是当年能看到的初步数",
        en="hindcasts read proxies as they are known today, not as they stood in those years",
    ),
)
HELD = Label(
    zh="没有代用指标的项目按最近一次账户的数值保持不变，其误差未计入",
    en="items without a proxy stand as in the last account; their error is not in the interval",
)


class LastRecord(Record):
    """The last account before the estimates."""

    year: int
    value: Number
    low: Number
    high: Number


class UsedRecord(Record):
    """A proxy: its figures in two years, and the share of its change that is passed on. A leading - is taken off."""

    indicators: list[str]
    basis: str
    start: Number
    end: Number
    share: Number
    sources: list[str]


class PartRecord(Record):
    """A part of an estimate: accounted in the year, estimated by proxies, or held at the last account."""

    id: str
    label: Label
    item: str
    kind: Literal["accounted", "estimated", "held"]
    value: Number
    base_year: int | None
    base: Number
    proxies: list[UsedRecord]


class EstimateRecord(Record):
    """The estimate of one year; the interval is absent where too few hindcasts could be made."""

    year: int
    horizon: int
    status: Literal["estimate"]
    value: Number
    low: Number
    high: Number
    parts: list[PartRecord]

    @classmethod
    def build(cls, made: Estimate) -> Self:
        """Make the record of an estimate."""
        parts = [PartRecord.of(part) for part in made.parts]
        figures = {name: getattr(made, name) for name in ("year", "horizon", "value", "low", "high")}
        return cls(**figures, status="estimate", parts=parts)


class ErrorsRecord(Record):
    """Errors as shares of the account: root mean square, mean absolute, mean signed, and the largest."""

    rms: Number
    mean: Number
    bias: Number
    worst: Number


class CaseRecord(Record):
    """One year estimated from an earlier one."""

    origin: int
    year: int
    actual: Number
    estimate: Number
    last: Number
    trend: Number


class ScoreRecord(Record):
    """How estimates so many years ahead did, beside the last value and a linear trend. `best` names the best by rms."""

    item: str
    label: Label
    horizon: int
    count: int
    estimate: ErrorsRecord
    last: ErrorsRecord
    trend: ErrorsRecord
    best: Literal["estimate", "last", "trend"]
    cases: list[CaseRecord]

    @classmethod
    def build(cls, made: Score, label: Label) -> Self:
        """Make the record of a score."""
        ways: tuple[Literal["estimate", "last", "trend"], ...] = ("estimate", "last", "trend")
        errors = {way: ErrorsRecord.of(getattr(made, way)) for way in ways}
        return cls(
            item=made.item,
            label=label,
            horizon=made.horizon,
            count=len(made.cases),
            best=min(ways, key=lambda way: getattr(made, way).rms),
            cases=[CaseRecord.of(case) for case in made.cases],
            **errors,
        )


class MissingRecord(Record):
    """A year that cannot be estimated, and the indicators without a figure for it."""

    year: int
    indicators: list[str]


class NowcastRecord(Record):
    """Estimates of a boundary's total for the years after its last account."""

    city: str
    place: str
    boundary: str
    unit: str
    switches: dict[str, str]
    interval: Number
    last: LastRecord
    estimates: list[EstimateRecord]
    hindcast: list[ScoreRecord]
    missing: list[MissingRecord]
    notes: list[Label]

    @classmethod
    def build(cls, made: Nowcast) -> Self:
        """Make the record of a nowcast."""
        ledger = made.accounts.ledger
        labels = {TOTAL: Label(zh="总量", en="total"), **{item.id: item.label for item in ledger.held.items}}
        held = any(part.kind == "held" for one in made.estimates for part in one.parts)
        last = made.last
        return cls(
            city=ledger.city.id,
            place=ledger.place,
            boundary=made.accounts.boundary.id,
            unit=UNIT,
            switches=dict(made.accounts.switches),
            interval=settings.load().rule.interval,
            last=LastRecord(year=made.last_year, value=last.value, low=last.low, high=last.high),
            estimates=[EstimateRecord.build(one) for one in made.estimates],
            hindcast=[ScoreRecord.build(one, labels[one.item]) for one in made.scores],
            missing=[MissingRecord.of(one) for one in made.missing],
            notes=[*NOTES, *([HELD] if held else [])],
        )
