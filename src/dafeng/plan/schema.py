"""The shape of a plan: what a city promised, clause by clause.

Enumerations (`comparator`, `direction`, `kind`, `period`) are those of the annotated plans that the plan compiler reads,
so that a compiled document and a hand-written one are the same data.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dafeng.labels import Label

Comparator = Literal["=", ">=", "<=", "~"]
Direction = Literal["increase_to", "increase_by", "decrease_to", "decrease_by", "annual_growth"]
Hedge = Literal["力争", "原则上", "争取", "确保"]
#: Plan periods and the years they span, both ends counted.
PERIODS: dict[str, tuple[int, int]] = {
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
    "十四五+十五五": (2021, 2030),
    "十六五": (2031, 2035),
}
Slug = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")


class Part(BaseModel):
    """Base of every part of a plan: frozen, and nothing undeclared is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Chapter(Part):
    """One of the plan's chapters."""

    id: str = Slug
    no: str
    title: Label
    summary: Label | None = None


class Action(Part):
    """One of the plan's actions (行动)."""

    id: str = Slug
    no: str
    title: Label
    short: Label
    chapter: str
    summary: Label | None = None


class Task(Part):
    """One task (任务) and the units that answer for it, in the plan's order.

    `lead` holds the units the plan itself names as leading; it is empty where the plan names none. `etc` is true where
    the list is open ("等"). `action` is empty for tasks of the chapters on cooperation, policy and organisation.
    """

    id: str = Slug
    no: str
    title: Label
    chapter: str
    action: str = ""
    units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    etc: bool = False
    summary: Label | None = None
    clause: str


class Target(Part):
    """One number the plan sets.

    `indicator` is a fact or a variable of the model. `value` (to `value_max` for a range) is in `unit`, as the plan
    writes it. `year` or `period` says when; both empty for a standing rule. `measure` says how evidence is compared:
    "level" reads the indicator itself, "ratio" its relative change since `baseline_year`, "difference" its absolute
    change, "chain" the product of published yearly changes, "multiple" its ratio to the baseline; it follows from
    `direction` and `unit` where it is not given (`dafeng.assess.evidence`). `baseline_assumed` tells why a baseline year
    stands here that the plan leaves open. `path` is the shape of the required path. `kind` tells a target of the city
    from a standard imposed on projects.
    """

    id: str = Slug
    label: Label | None = None
    indicator: str
    chapter: str
    action: str = ""
    task: str = ""
    value: float
    value_max: float | None = None
    unit: str
    comparator: Comparator
    strict: bool = False
    year: int | None = None
    period: str | None = None
    from_year: int | None = None
    direction: Direction | None = None
    baseline_year: int | None = None
    baseline_assumed: Label | None = None
    measure: Literal["level", "ratio", "difference", "chain", "multiple"] | None = None
    path: Literal["linear", "geometric"] = "linear"
    hedge: Hedge | None = None
    strength: Literal["binding", "expected", "striving"] = "expected"
    kind: Literal["target", "standard"] = "target"
    lead: tuple[str, ...] = ()
    clause: str
    note: Label | None = None
    supersedes: str = ""
    change: Label | None = None

    @property
    def due(self) -> int | None:
        """The year the target falls due: its year, or the last of its period."""
        return self.year if self.year is not None else (PERIODS[self.period][1] if self.period else None)


class GoalRule(Part):
    """A goal that facts can judge though it names no number, such as "only falls"."""

    indicator: str
    test: Literal["not_increasing", "not_decreasing"]
    since: int


class Goal(Part):
    """One promise without a number (全覆盖, 零填埋, 只减不增, the peak itself)."""

    id: str = Slug
    label: Label
    chapter: str
    action: str = ""
    task: str = ""
    year: int | None = None
    period: str | None = None
    from_year: int | None = None
    hedge: Hedge | None = None
    rule: GoalRule | None = None
    clause: str
    supersedes: str = ""

    @property
    def due(self) -> int | None:
        """The year the goal falls due, if the plan says one."""
        return self.year if self.year is not None else (PERIODS[self.period][1] if self.period else None)


class EvidenceNote(Part):
    """A dated note on a goal: what a document says, and the verdict it supports."""

    goal: str
    date: str
    text: Label
    source: str
    locator: str = ""
    verdict: Literal["met", "on_track", "at_risk", "off_track", "overdue", "awaiting_verification"]
    confidence: Literal["high", "medium", "low"]


class Plan(Part):
    """A plan in one version. `supersedes` names the plan whose targets this version amends, not replaces whole."""

    id: str = Slug
    title: Label
    issuer: Label
    document: str
    number: str = ""
    issued: str
    horizon: tuple[int, int]
    baseline_year: int | None = None
    supersedes: str = ""
    chapters: tuple[Chapter, ...]
    actions: tuple[Action, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()


class Organisation(Part):
    """A unit that can answer for a task. `aliases` are other spellings found in plans, "各区" being a group."""

    id: str = Slug
    label: Label
    short: Label
    type: Literal[
        "department", "district", "committee", "party", "central", "enterprise", "agency", "group", "association"
    ]
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    place: str = ""
    note: Label | None = None
