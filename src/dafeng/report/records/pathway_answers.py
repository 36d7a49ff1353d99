"""What is asked of pathways as records: whose doing, what must be, what it costs, the past run again."""

from __future__ import annotations

from typing import Self

from dafeng.labels import Label
from dafeng.pathway.attribution import Attribution
from dafeng.pathway.effort import Effort
from dafeng.pathway.hindcast import Hindcast, Past
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.sensitivity import Sensitivity
from dafeng.report.records.base import Number, Record
from dafeng.report.records.pathways import UNIT, Amounts


class PartRecord(Record):
    """What one action, or the drivers, adds; `levers` is null where they are too many to divide.

    `errors` are standard errors where the levers' values are means over sampled orders, null where they are exact.
    """

    group: str
    value: Number
    levers: Amounts | None
    errors: Amounts | None


class AttributionRecord(Record):
    """The difference of two scenarios by whose doing it is; the parts sum to `total`."""

    scenario: str
    against: str
    boundary: str
    year: int
    unit: str
    value: Number
    value_against: Number
    total: Number
    method: str
    runs: int
    parts: list[PartRecord]

    @classmethod
    def build(cls, of: Attribution) -> Self:
        """Make the record of an attribution."""
        return cls(
            scenario=of.scenario,
            against=of.against,
            boundary=of.boundary,
            year=of.year,
            unit=UNIT,
            value=of.value,
            value_against=of.value_against,
            total=of.total,
            method="Shapley, Owen",
            runs=of.runs,
            parts=[PartRecord.of(p) for p in of.parts],
        )


class SoughtRecord(Record):
    """What one lever must be; `value` is null where no setting meets the target, and `reason` says why."""

    target: str
    lever: str
    scenario: str
    unit: str
    asked: Number
    year: int
    value: Number
    reaches: Number
    now: Number
    low: Number
    high: Number
    found: bool
    reason: str


class MovedRecord(Record):
    """One lever of a least effort; `bound` is "low" or "high" where it stands at the end of its reach."""

    lever: str
    unit: str
    before: Number
    value: Number
    low: Number
    high: Number
    bound: str


class WantedRecord(Record):
    """One target of a least effort; `binds` tells that it holds the levers where they are, or is missed."""

    target: str
    year: int
    unit: str
    asked: Number
    before: Number
    value: Number
    met: bool
    binds: bool


class StepRecord(Record):
    """The effort and the settings at a part of the way to the targets."""

    part: float
    effort: Number
    settings: Amounts


class EffortRecord(Record):
    """The least moves of levers that meet several targets; `found` is false where they come near only."""

    scenario: str
    decided: int | None
    found: bool
    effort: Number
    levers: list[MovedRecord]
    targets: list[WantedRecord]
    path: list[StepRecord]
    settings: Amounts
    runs: int
    reason: str

    @classmethod
    def build(cls, of: Effort) -> Self:
        """Make the record of a least effort."""
        return cls(
            scenario=of.scenario,
            decided=of.decided,
            found=of.found,
            effort=of.effort,
            levers=[MovedRecord.of(each) for each in of.levers],
            targets=[WantedRecord.of(each) for each in of.targets],
            path=[StepRecord(part=part, effort=effort, settings=dict(settings)) for part, effort, settings in of.path],
            settings=dict(of.settings),
            runs=of.runs,
            reason=of.reason,
        )


class IndexRecord(Record):
    """One uncertain quantity: the part of the variance it explains alone, and with the others."""

    id: str
    first: Number
    total: Number


class SensitivityRecord(Record):
    """What decides the peak year, and the CO2 of the promised year."""

    scenario: str
    boundary: str
    runs: int
    seed: int
    peak_year: list[IndexRecord]
    co2: list[IndexRecord]

    @classmethod
    def build(cls, of: Sensitivity) -> Self:
        """Make the record of a sensitivity."""
        return cls.of(of)


class PastRecord(Record):
    """One sector of a hindcast, in tCO2: the account, each forecast, its mean absolute error as a share, the best."""

    id: str
    label: Label | None
    start: Number
    level: Number
    account: Amounts
    forecasts: dict[str, Amounts]
    error: Amounts
    best: str | None

    @classmethod
    def build(cls, of: Past, label: Label | None) -> Self:
        """Make the record of one sector."""
        return cls(
            id=of.id,
            label=label,
            start=of.start,
            level=of.level,
            account={str(year): value for year, value in of.truth.items()},
            forecasts={name: {str(y): value for y, value in series.items()} for name, series in of.forecasts.items()},
            error=dict(of.error),
            best=of.best,
        )


class HindcastRecord(Record):
    """The past from a start year, by sector and in all; `lacking` names sectors without an account."""

    city: str
    pack: str
    unit: str
    start: int
    until: int
    known: list[str]
    sectors: list[PastRecord]
    total: PastRecord
    lacking: list[str]

    @classmethod
    def build(cls, pathway: Pathway, of: Hindcast) -> Self:
        """Make the record of a hindcast."""
        labels = {each.id: each.label for each in pathway.settings.sectors}
        return cls(
            city=pathway.city.id,
            pack=pathway.city.version,
            unit=UNIT,
            start=of.start,
            until=of.until,
            known=list(of.known),
            sectors=[PastRecord.build(each, labels[each.id]) for each in of.sectors],
            total=PastRecord.build(of.total, None),
            lacking=list(of.lacking),
        )
