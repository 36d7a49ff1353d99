"""A plan, its parts and the units that answer for them, as records."""

from __future__ import annotations

from collections.abc import Iterable

from dafeng.labels import Label
from dafeng.plan.schema import Organisation, Plan
from dafeng.report.records.base import Number, Record


class ChapterRecord(Record):
    """One chapter of a plan."""

    id: str
    no: str
    title: Label
    summary: Label | None


class ActionRecord(Record):
    """One action (行动)."""

    id: str
    no: str
    title: Label
    short: Label
    chapter: str
    summary: Label | None


class TaskRecord(Record):
    """One task (任务) and the units that answer for it; `lead` is empty where the plan names none."""

    id: str
    no: str
    title: Label
    chapter: str
    action: str
    units: list[str]
    lead: list[str]
    etc: bool
    summary: Label | None
    clause: str


class PlanTargetRecord(Record):
    """One number as the plan sets it, without any verdict."""

    id: str
    label: Label | None
    indicator: str
    action: str
    task: str
    comparator: str
    strict: bool
    value: Number
    value_max: Number
    unit: str
    year: int | None
    period: str | None
    due: int | None
    direction: str | None
    baseline_year: int | None
    hedge: str | None
    strength: str
    kind: str
    clause: str
    supersedes: str


class PlanGoalRecord(Record):
    """One promise without a number, as the plan makes it."""

    id: str
    label: Label
    action: str
    task: str
    year: int | None
    period: str | None
    due: int | None
    clause: str
    supersedes: str


class UnitRecord(Record):
    """A unit that can answer for a task."""

    id: str
    label: Label
    short: Label
    type: str
    aliases: list[str]
    members: list[str]
    place: str
    note: Label | None


class UnitDetail(UnitRecord):
    """A unit and what it answers for in one plan; `groups` are those it is a member of."""

    city: str
    plan: str
    groups: list[str]
    lead_tasks: list[str]
    joint_tasks: list[str]


class PlanSummary(Record):
    """One plan in one version, without its parts."""

    id: str
    title: Label
    issuer: Label
    document: str
    number: str
    issued: str
    horizon: tuple[int, int]
    baseline_year: int | None
    supersedes: str


class PlanRecord(PlanSummary):
    """A plan with everything in it. `units` are those that its tasks name, members of groups included."""

    city: str
    chapters: list[ChapterRecord]
    actions: list[ActionRecord]
    tasks: list[TaskRecord]
    targets: list[PlanTargetRecord]
    goals: list[PlanGoalRecord]
    units: list[UnitRecord]

    @classmethod
    def build(cls, city: str, plan: Plan, units: Iterable[Organisation]) -> PlanRecord:
        """Make the record of a plan and of the `units` it names."""
        return cls(
            **PlanSummary.of(plan).model_dump(),
            city=city,
            chapters=[ChapterRecord.of(item) for item in plan.chapters],
            actions=[ActionRecord.of(item) for item in plan.actions],
            tasks=[TaskRecord.of(item) for item in plan.tasks],
            targets=[PlanTargetRecord.of(item) for item in plan.targets],
            goals=[PlanGoalRecord.of(item) for item in plan.goals],
            units=[UnitRecord.of(item) for item in units],
        )
