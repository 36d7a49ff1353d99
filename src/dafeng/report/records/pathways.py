"""Pathways as records: a projection, levers, scenarios, who made a difference, what was sought, the past run again."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from dafeng.kernel import Seam
from dafeng.labels import Label
from dafeng.pathway.attribution import Attribution
from dafeng.pathway.cost import Cost, Curve
from dafeng.pathway.effort import Effort
from dafeng.pathway.hindcast import Hindcast, Past
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.projection import QUANTILES, Line, Projection
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.sensitivity import Sensitivity
from dafeng.report.records.base import Number, Record

UNIT = "tCO2"
Amounts = dict[str, Number]


class PeakRecord(Record):
    """The year and height of the highest value, and the odds; those are null where nothing was drawn."""

    year: int
    value: Number
    before: int
    p_before: Number
    p_confirmed: Number
    judged_in: int | None
    years: Amounts

    @classmethod
    def build(cls, peak: Peak) -> Self:
        """Make the record of a peak."""
        return cls(
            year=peak.year,
            value=peak.value,
            before=peak.before,
            p_before=peak.p_before,
            p_confirmed=peak.p_confirmed,
            judged_in=peak.judged_in,
            years={str(year): part for year, part in peak.years},
        )

    @model_serializer(mode="wrap")
    def _named(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Name the year in the key too: a reader of one file should not have to look for it."""
        said: dict[str, Any] = handler(self)
        return {**said, f"p_before_{self.before}": said["p_before"]}


class LineRecord(Record):
    """CO2 of one sector in tCO2, a value a year; `fan` gives quantiles of the draws."""

    label: Label
    co2: list[Number]
    fan: dict[str, list[Number]] | None

    @staticmethod
    def parts(line: Line) -> dict[str, Any]:
        """Give the numbers of a line."""
        fan = None
        if line.fan is not None:
            fan = {f"{quantile:g}": row.tolist() for quantile, row in zip(QUANTILES, line.fan, strict=True)}
        return {"co2": np.asarray(line.values).tolist(), "fan": fan}


class BoundaryLineRecord(LineRecord):
    """CO2 of one boundary: the sectors it counts, what it lacks, and its peak."""

    sectors: list[str]
    missing: Label | None
    peak: PeakRecord | None


class TargetProjectionRecord(Record):
    """A target in its due year: what is asked, what the scenario gives, and how often the draws meet it."""

    target: str
    label: Label
    indicator: str
    variable: str
    year: int
    unit: str
    comparator: str
    asked: Number
    value: Number
    gap: Number
    met: bool
    shortfall: Number
    units: list[str]
    low: Number
    high: Number
    probability: Number


class SeamRecord(Record):
    """The step where observed years end and a formula goes on."""

    variable: str
    year: int
    observed: Number
    formula: Number
    step: Number
    unit: str


class FirstPeakRecord(PeakRecord):
    """The peak of the first boundary."""

    boundary: str


class ProjectionRecord(Record):
    """What a scenario gives over all years."""

    city: str
    pack: str
    scenario: str
    label: Label
    hash: str
    token: str
    settings: dict[str, list[Any]]
    unit: str
    years: list[int]
    boundaries: dict[str, BoundaryLineRecord]
    sectors: dict[str, LineRecord]
    peak: FirstPeakRecord | None
    targets: list[TargetProjectionRecord]
    binding: str | None
    seams: list[SeamRecord]
    draws: int
    seed: int | None
    working_levers: int

    @classmethod
    def build(cls, pathway: Pathway, of: Projection) -> Self:
        """Make the record of a projection."""
        settings = pathway.settings
        peaks = {id: PeakRecord.build(line.peak) for id, line in of.boundaries.items() if line.peak}
        first = settings.boundaries[0].id
        top = of.boundaries[first].peak
        return cls(
            city=of.city,
            pack=of.pack,
            scenario=of.scenario.id,
            label=of.scenario.label,
            hash=of.scenario.hash,
            token=of.scenario.token,
            settings=of.scenario.document()["settings"],
            unit=UNIT,
            years=list(of.years),
            boundaries={
                each.id: BoundaryLineRecord(
                    label=each.label,
                    sectors=list(each.sectors),
                    missing=each.missing,
                    peak=peaks.get(each.id),
                    **LineRecord.parts(of.boundaries[each.id]),
                )
                for each in settings.boundaries
            },
            sectors={
                each.id: LineRecord(label=each.label, **LineRecord.parts(of.sectors[each.id]))
                for each in settings.sectors
            },
            peak=FirstPeakRecord(boundary=first, **dict(PeakRecord.build(top))) if top else None,
            targets=[TargetProjectionRecord.of(each) for each in of.targets],
            binding=of.binding.target if of.binding else None,
            seams=[seam(each) for each in of.seams],
            draws=of.draws,
            seed=of.seed,
            working_levers=len(pathway.working),
        )


def seam(of: Seam) -> SeamRecord:
    """Make the record of a seam."""
    return SeamRecord.of(of)


class LevelRecord(Record):
    """A value of a lever with its year and document."""

    value: Number
    year: int | None
    source: str
    locator: str
    note: str


class ScheduleRecord(Record):
    """When a lever begins to act, when it is done, and how it goes in between."""

    start: int
    end: int
    shape: str


class LeverRecord(Record):
    """One lever, and what each scenario sets it to; null where a scenario leaves it alone."""

    id: str
    label: Label
    kind: str
    action: str
    tasks: list[str]
    targets: list[str]
    parameter: str
    unit: str
    range: tuple[float, float]
    now: LevelRecord
    plan: list[LevelRecord]
    lead: float
    schedule: ScheduleRecord
    works: bool
    waiting: str
    note: Label | None
    scenarios: Amounts = Field(default_factory=dict)


class LeverList(Record):
    """Every lever, and how many measures work."""

    city: str
    pack: str
    working: int
    items: list[LeverRecord]

    @classmethod
    def build(cls, pathway: Pathway) -> Self:
        """Make the list of a pathway's levers."""

        def record(lever: Lever) -> LeverRecord:
            set_to = {
                scenario.id: scenario.settings[lever.id][0] if lever.id in scenario.settings else None
                for scenario in pathway.scenarios.values()
            }
            return LeverRecord.of(lever).model_copy(update={"scenarios": set_to})

        items = [record(each) for each in pathway.levers.values()]
        return cls(city=pathway.city.id, pack=pathway.city.version, working=len(pathway.working), items=items)


class ScenarioRecord(Record):
    """One scenario: its hash, the letters that hold it, and the settings: value, start, end, shape."""

    id: str
    label: Label
    note: Label | None
    pack: str
    hash: str
    token: str
    settings: dict[str, list[Any]]

    @classmethod
    def build(cls, scenario: Scenario) -> Self:
        """Make the record of a scenario."""
        return cls(
            id=scenario.id,
            label=scenario.label,
            note=scenario.note,
            pack=scenario.pack,
            hash=scenario.hash,
            token=scenario.token,
            settings=scenario.document()["settings"],
        )


class ScenarioList(Record):
    """Every scenario of the pack, and the one shown first."""

    city: str
    default: str
    items: list[ScenarioRecord]

    @classmethod
    def build(cls, pathway: Pathway) -> Self:
        """Make the list of a pathway's scenarios."""
        items = [ScenarioRecord.build(each) for each in pathway.scenarios.values()]
        return cls(city=pathway.city.id, default=pathway.settings.default, items=items)


class PartRecord(Record):
    """What one action, or the drivers, adds; `levers` is null where they are too many to divide."""

    group: str
    value: Number
    levers: Amounts | None


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
            parts=[
                PartRecord(group=p.group, value=p.value, levers=dict(p.levers) if p.levers else None) for p in of.parts
            ],
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


class CostRecord(Record):
    """Cost of a scenario against another, in the money of `price_year`; lists follow `years`, null before `since`."""

    scenario: str
    against: str
    boundary: str
    currency: str
    price_year: int
    since: int
    discount: Number
    years: list[int]
    annual: list[Number]
    annual_against: list[Number]
    parts: dict[str, list[Number]]
    investment: list[Number]
    co2: list[Number]
    per_tonne: Number
    lacking: Label | None

    @classmethod
    def build(cls, pathway: Pathway, of: Cost) -> Self:
        """Make the record of a cost."""
        costs = pathway.settings.costs
        return cls(
            scenario=of.scenario,
            against=of.against,
            boundary=of.boundary,
            currency=of.currency,
            price_year=of.price_year,
            since=of.since,
            discount=of.discount,
            years=list(of.years),
            annual=of.annual.tolist(),
            annual_against=of.annual_against.tolist(),
            parts={id: values.tolist() for id, values in of.parts.items()},
            investment=of.investment.tolist(),
            co2=of.co2.tolist(),
            per_tonne=of.per_tonne,
            lacking=costs.lacking if costs else None,
        )


class CurveStepRecord(Record):
    """One point of the curve; `marginal` is the cost of a tonne since the point before."""

    co2: Number
    avoided: Number
    cost: Number
    marginal: Number
    settings: Amounts


class CurveRecord(Record):
    """The cheapest way down in one year; `left_out` are levers without a cost."""

    scenario: str
    boundary: str
    year: int
    currency: str
    price_year: int
    unit: str
    co2: Number
    cost: Number
    steps: list[CurveStepRecord]
    left_out: list[str]
    lacking: Label | None

    @classmethod
    def build(cls, pathway: Pathway, of: Curve) -> Self:
        """Make the record of a curve."""
        costs = pathway.settings.costs
        return cls(
            scenario=of.scenario,
            boundary=of.boundary,
            year=of.year,
            currency=of.currency,
            price_year=of.price_year,
            unit=UNIT,
            co2=of.co2,
            cost=of.cost,
            steps=[CurveStepRecord.of(each) for each in of.steps],
            left_out=list(of.left_out),
            lacking=costs.lacking if costs else None,
        )
