"""The assessment of a plan as records. The first keys of `TargetRecord` are a contract that other programs rely on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, Self

from pydantic import field_validator

from dafeng.assess.hourly import HourlyVerdict
from dafeng.assess.outlook import Outlook, disagrees, will_be_met
from dafeng.assess.result import VERDICTS, Assessment, Tally, TargetResult, Verdict
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record
from dafeng.report.records.lineage import LineageRecord
from dafeng.report.select import Selection, selected


class EvidenceRecord(Record):
    """The figure a target was held against, in the unit of the target."""

    value: Number
    year: int
    unit: str
    source: str
    status: str
    confidence: str
    observation: str
    locator: str
    date: str
    bound: str
    note: str
    stale: bool


class ProjectionRecord(Record):
    """Median and interval in the due year, and the share of draws that meet the target."""

    value: Number
    low: Number
    high: Number
    probability: Number
    points: int
    method: str


class YearValue(Record):
    """A figure of one year, in the unit of the target."""

    year: int
    value: Number


class YearBand(Record):
    """Median and interval of a projection in one year."""

    year: int
    low: Number
    value: Number
    high: Number


class TargetRecord(Record):
    """The verdict on one target; `docs/guide/api.md` describes every key."""

    id: str
    action: str
    task: str
    indicator: str
    label: Label
    comparator: str
    value: Number
    unit: str
    year: int | None
    period: str | None
    status: Verdict
    latest: EvidenceRecord | None
    gap: Number
    projection: ProjectionRecord | None
    lead: list[str]
    joint: list[str]
    clause: str
    plan: str
    kind: str
    strength: str
    hedge: str | None
    strict: bool
    value_max: Number
    due: int | None
    direction: str | None
    measure: str
    baseline_year: int | None
    baseline: YearValue | None
    required: Number
    shortfall: Number
    progress: Number
    needed_per_year: Number
    rule: str
    reason: Label
    owner: str
    supersedes: str
    superseded_by: list[str]

    @field_validator("baseline", mode="before")
    @classmethod
    def _name_baseline(cls, pair: Any) -> Any:
        return {"year": pair[0], "value": pair[1]} if isinstance(pair, tuple) else pair


class OutlookRecord(Record):
    """What the plan-as-written scenario says of a target; `disagrees` where the simple drift says otherwise."""

    scenario: str
    hash: str
    draws: int
    value: Number
    low: Number
    high: Number
    probability: Number
    met: bool
    disagrees: bool

    @classmethod
    def build(cls, outlook: Outlook | None, result: TargetResult) -> Self | None:
        """Make the record of one target; None where the scenario does not answer it."""
        found = outlook.targets.get(result.id) if outlook else None
        if outlook is None or found is None:
            return None
        return cls(
            scenario=outlook.scenario,
            hash=outlook.hash,
            draws=outlook.draws,
            value=found.value,
            low=found.low,
            high=found.high,
            probability=found.probability,
            met=will_be_met(found),
            disagrees=disagrees(found, result),
        )


class HourlyRecord(Record):
    """What one certified answer of the hourly power system says of a target: holds, misses, or absent with the reason.

    `fresh` is false where the city's data have changed since; `synthetic` where hourly series are made up.
    """

    year: int
    unit: str
    comparator: str
    asked: Number
    value: Number
    gap: Number
    verdict: Literal["holds", "misses", "absent"]
    reason: Label | None
    scenario: str
    coupled: bool
    synthetic: bool
    answer: str
    key: str
    fresh: bool


class PeakOutlookRecord(Record):
    """The peak of one boundary under the plan as written."""

    boundary: str
    label: Label
    missing: Label | None
    year: int
    value: Number
    before: int
    probability: Number
    confirmed: Number


class OutlookList(Record):
    """Whether the plan will be kept: the peak by boundary, and every target the scenario answers."""

    city: str
    scenario: str
    label: Label
    hash: str
    draws: int
    seed: int
    peaks: list[PeakOutlookRecord]
    targets: dict[str, OutlookRecord]

    @classmethod
    def build(cls, outlook: Outlook, assessment: Assessment) -> Self:
        """Make the record of an outlook, beside the assessment whose drifts it is compared with."""
        every = {result.id: result for result in (*assessment.targets, *assessment.amendments)}
        made = {id: OutlookRecord.build(outlook, every[id]) for id in outlook.targets if id in every}
        return cls(
            city=assessment.city,
            scenario=outlook.scenario,
            label=outlook.label,
            hash=outlook.hash,
            draws=outlook.draws,
            seed=outlook.seed,
            peaks=[PeakOutlookRecord.of(peak) for peak in outlook.peaks],
            targets={id: record for id, record in made.items() if record is not None},
        )


class TargetDetail(TargetRecord):
    """One target with its evidence, the required path, the simple drift year by year, and the scenario's outlook."""

    outlook: OutlookRecord | None
    hourly: list[HourlyRecord]
    series: list[EvidenceRecord]
    breaks: list[int]
    path: list[YearValue]
    projected: list[YearBand]
    city: str
    as_of: date

    @classmethod
    def build(
        cls,
        result: TargetResult,
        assessment: Assessment,
        outlook: Outlook | None = None,
        hourly: Mapping[str, Sequence[HourlyVerdict]] | None = None,
    ) -> TargetDetail:
        """Make the record of one target of an assessment."""
        return cls(
            hourly=[HourlyRecord.of(each) for each in (hourly or {}).get(result.id, ())],
            outlook=OutlookRecord.build(outlook, result),
            **{name: getattr(result, name) for name in TargetRecord.model_fields},
            series=[EvidenceRecord.of(item) for item in result.series],
            breaks=list(result.breaks),
            path=[YearValue(year=year, value=value) for year, value in result.path],
            projected=[
                YearBand(year=year, low=low, value=value, high=high)
                for year, low, value, high in (result.projection.path if result.projection else ())
            ],
            city=assessment.city,
            as_of=assessment.as_of,
        )


class NoteRecord(Record):
    """A dated note on a goal: what a document says, and the verdict it supports."""

    date: str
    text: Label
    source: str
    locator: str
    verdict: Verdict
    confidence: str


class GoalRecord(Record):
    """The verdict on one goal that names no number."""

    id: str
    action: str
    task: str
    label: Label
    year: int | None
    period: str | None
    status: Verdict
    latest: EvidenceRecord | None
    notes: list[NoteRecord]
    lead: list[str]
    joint: list[str]
    clause: str
    plan: str
    due: int | None
    rule: str
    reason: Label
    owner: str


class CountRecord(Record):
    """How many results carry each verdict."""

    met: int = 0
    on_track: int = 0
    at_risk: int = 0
    off_track: int = 0
    overdue: int = 0
    awaiting_verification: int = 0
    no_evidence: int = 0

    @classmethod
    def count(cls, verdicts: Iterable[Verdict]) -> CountRecord:
        """Count verdicts; one that does not occur counts 0."""
        found = list(verdicts)
        return cls(**{verdict: found.count(verdict) for verdict in VERDICTS})


class TallyRecord(Record):
    """The results of one action, unit or year: counts, and the ids counted. `key` is null for what has no due year."""

    key: str | int | None
    counts: CountRecord
    targets: list[str]
    goals: list[str]


class TotalsRecord(Record):
    """Counts over all results shown, targets and goals apart."""

    targets: CountRecord
    goals: CountRecord


class AssessmentRecord(Record):
    """The whole plan held against what was known on `as_of`.

    `amendments` and `amended_goals` are the targets and goals of later versions of the plan; no count includes them.
    `hourly` tells, by target, what the certified answers of the hourly power system say beside the evidence.
    """

    city: str
    plan: str
    as_of: date
    targets: list[TargetRecord]
    goals: list[GoalRecord]
    totals: TotalsRecord
    by_action: list[TallyRecord]
    by_lead: list[TallyRecord]
    by_joint: list[TallyRecord]
    by_year: list[TallyRecord]
    amendments: list[TargetRecord]
    amended_goals: list[GoalRecord]
    hourly: dict[str, list[HourlyRecord]]

    @classmethod
    def build(
        cls,
        assessment: Assessment,
        shown: Selection | None = None,
        hourly: Mapping[str, Sequence[HourlyVerdict]] | None = None,
    ) -> AssessmentRecord:
        """Make the record of the results shown, all of them by default; the counts are those of the ones shown."""
        chosen = shown or selected(assessment)
        verdicts = {item.id: item.status for item in chosen.targets} | {item.id: item.status for item in chosen.goals}
        return cls(
            city=assessment.city,
            plan=assessment.plan,
            as_of=assessment.as_of,
            targets=[TargetRecord.of(item) for item in chosen.targets],
            goals=[GoalRecord.of(item) for item in chosen.goals],
            totals=TotalsRecord(
                targets=CountRecord.count(item.status for item in chosen.targets),
                goals=CountRecord.count(item.status for item in chosen.goals),
            ),
            by_action=_tallies(assessment.by_action, verdicts),
            by_lead=_tallies(assessment.by_lead, verdicts),
            by_joint=_tallies(assessment.by_joint, verdicts),
            by_year=_tallies(assessment.by_year, verdicts),
            amendments=[TargetRecord.of(item) for item in chosen.amendments],
            amended_goals=[GoalRecord.of(item) for item in chosen.amended_goals],
            hourly={
                item.id: [HourlyRecord.of(each) for each in hourly[item.id]]
                for item in (*chosen.targets, *chosen.amendments)
                if hourly and item.id in hourly
            },
        )


def _tallies(tallies: Mapping[Any, Tally], verdicts: Mapping[str, Verdict]) -> list[TallyRecord]:
    records = []
    for key, tally in tallies.items():
        targets = [id for id in tally.targets if id in verdicts]
        goals = [id for id in tally.goals if id in verdicts]
        if targets or goals or not (tally.targets or tally.goals):
            counts = CountRecord.count(verdicts[id] for id in (*targets, *goals))
            records.append(TallyRecord(key=key, counts=counts, targets=targets, goals=goals))
    return records


class ChangeRecord(Record):
    """A piece of evidence that is new, and the verdict it changed (if it did)."""

    date: str
    target: str
    observation: str
    source: str
    value: Number
    unit: str
    year: int
    before: Verdict
    after: Verdict


class TargetLineage(Record):
    """Where the verdict on one target comes from."""

    id: str
    city: str
    as_of: date
    lineage: LineageRecord
