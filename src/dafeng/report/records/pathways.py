"""Pathways as records: a projection with its lines, peaks and targets; levers; scenarios."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from dafeng.kernel import Seam
from dafeng.labels import Label
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.places import acts_on
from dafeng.pathway.projection import QUANTILES, Line, Projection
from dafeng.pathway.scenario import Scenario
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
    """One lever, and what each scenario sets it to; null where a scenario leaves it alone.

    `divided` are the lines of places on which it acts where it is set for one of them; without any it cannot be.
    """

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
    divided: list[str] = Field(default_factory=list)


class LeverList(Record):
    """Every lever, and how many measures work."""

    city: str
    pack: str
    working: int
    items: list[LeverRecord]

    @classmethod
    def build(cls, pathway: Pathway) -> Self:
        """Make the list of a pathway's levers."""
        lines = {
            part.id: line.id
            for line in (pathway.allocation.lines if pathway.allocation else ())
            for part in line.parts
            if part.key
        }

        def record(lever: Lever) -> LeverRecord:
            set_to = {
                scenario.id: scenario.settings[lever.id][0] if lever.id in scenario.settings else None
                for scenario in pathway.scenarios.values()
            }
            acts = acts_on(pathway, lever.id) if lines and lever.kind != "driver" else ()
            divided = list(dict.fromkeys(lines[part.id] for part in acts if part.id in lines))
            return LeverRecord.of(lever).model_copy(update={"scenarios": set_to, "divided": divided})

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
