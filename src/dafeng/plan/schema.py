"""The shape of a plan: what a city promised, clause by clause.

Enumerations (`comparator`, `direction`, `kind`, `period`) are those of the annotated plans that the plan compiler
reads, so that a compiled document and a hand-written one are the same data.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dafeng.labels import Label
from dafeng.plan.organisation import Organisation
from dafeng.plan.part import Comparator, Direction, Hedge, Id, Measure, Part, PartialDate, Strength, Year
from dafeng.plan.periods import PERIODS, Period

__all__ = [
    "PERIODS",
    "UNLINKED",
    "Action",
    "Chapter",
    "Comparator",
    "Direction",
    "EvidenceFile",
    "EvidenceNote",
    "Goal",
    "GoalRule",
    "Hedge",
    "Organisation",
    "Part",
    "Plan",
    "Target",
    "Task",
]


#: Stands for the indicator of a target that no indicator of the city clearly fits; the check of a pack refuses it.
UNLINKED = "unlinked"


class Chapter(Part):
    """One of the plan's chapters."""

    id: Id
    """Name within this plan."""
    no: str
    """Number as printed: 一."""
    title: Label
    """Title."""
    summary: Label | None = None
    """One sentence, in our words."""


class Action(Part):
    """One of the plan's actions (行动)."""

    id: Id
    """Name within this plan; plans of one city use the same id for the same field."""
    no: str
    """Number as printed: （一）; empty where it is not known."""
    title: Label
    """Title."""
    short: Label
    """Name in tables and menus."""
    chapter: str
    """Chapter it stands in."""
    summary: Label | None = None
    """One sentence, in our words."""


class Task(Part):
    """One task (任务) and the units that answer for it."""

    id: Id
    """Name within this plan."""
    no: str
    """Number as printed: 1, or （一） in chapters without actions."""
    title: Label
    """Short title, in our words."""
    chapter: str
    """Chapter it stands in."""
    action: str = ""
    """Action it belongs to; empty in the chapters on cooperation, policy and organisation."""
    units: tuple[str, ...] = ()
    """Ids of the units that answer for it, in the plan's order."""
    lead: tuple[str, ...] = ()
    """Those of `units` the plan itself names as leading; empty where it names none."""
    etc: bool = False
    """Whether the plan's list is open (等)."""
    summary: Label | None = None
    """One sentence, in our words."""
    clause: str
    """Where it stands: 二（一）1."""


class Target(Part):
    """One number the plan sets."""

    id: Id
    """Name among all targets and goals of the city: what is measured, then the year it falls due."""
    label: Label | None = None
    """What is measured, short, without value and year; the indicator's label stands in."""
    indicator: str
    """The fact or model variable that answers it."""
    chapter: str
    """Chapter it stands in."""
    action: str = ""
    """Action it belongs to; empty for targets of the chapter on main targets."""
    task: str = ""
    """Task it belongs to, whose units answer for it; empty where it belongs to none."""
    value: float
    """The number, as written."""
    value_max: float | None = None
    """Upper end, where the plan gives a range."""
    unit: str
    """Unit as the plan writes it; empty for a plain ratio."""
    comparator: Comparator
    """= reach, >= at least, <= at most, ~ about (左右)."""
    strict: bool = False
    """More than or less than, equality not enough (超过, 突破)."""
    year: Year | None = None
    """Year it falls due. Year and period both empty: a standing rule."""
    period: Period | None = None
    """Plan period it covers, where the plan names that and no year."""
    from_year: Year | None = None
    """Year from which a standing rule holds."""
    direction: Direction | None = None
    """Kind of change asked for; empty for a level that is reached (达到)."""
    baseline_year: Year | None = None
    """Year a change counts from."""
    baseline_assumed: Label | None = None
    """Why this baseline year stands here although the plan leaves it open."""
    measure: Measure | None = None
    """How evidence is compared: the level itself, its ratio, difference or multiple to the baseline, or a chain of
    published yearly changes. Follows from direction and unit where it is not given."""
    path: Literal["linear", "geometric"] = "linear"
    """Shape of the required path from the baseline."""
    hedge: Hedge | None = None
    """The plan's own word before the number."""
    strength: Strength = "expected"
    """How firmly it is promised; the rule is in the guide."""
    kind: Literal["target", "standard"] = "target"
    """A target of the city, or a standard imposed on projects."""
    lead: tuple[str, ...] = ()
    """Leading units, where the plan names them for this number."""
    clause: str
    """Where it stands."""
    note: Label | None = None
    """Doubt or choice a reader should know of."""
    supersedes: str = ""
    """Target of an older plan that this one replaces."""
    change: Label | None = None
    """What changed against the older plan."""

    @property
    def due(self) -> int | None:
        """The year the target falls due: its year, or the last of its period."""
        return self.year if self.year is not None else (PERIODS[self.period][1] if self.period else None)


class GoalRule(Part):
    """A goal that facts can judge though it names no number, such as "only falls"."""

    indicator: str
    """The fact or model variable it watches."""
    test: Literal["not_increasing", "not_decreasing"]
    """What must hold from one figure to the next."""
    since: Year
    """Year of the first figure that counts."""


class Goal(Part):
    """One promise without a number (全覆盖, 零填埋, 只减不增, the peak itself)."""

    id: Id
    """Name among all targets and goals of the city."""
    label: Label
    """What is promised, short."""
    chapter: str
    """Chapter it stands in."""
    action: str = ""
    """Action it belongs to."""
    task: str = ""
    """Task it belongs to, whose units answer for it."""
    year: Year | None = None
    """Year it falls due."""
    period: Period | None = None
    """Plan period it covers."""
    from_year: Year | None = None
    """Year from which it holds."""
    hedge: Hedge | None = None
    """The plan's own word before the promise."""
    rule: GoalRule | None = None
    """How facts judge it; without a rule dated notes do."""
    clause: str
    """Where it stands."""
    supersedes: str = ""
    """Goal of an older plan that this one replaces."""

    @property
    def due(self) -> int | None:
        """The year the goal falls due, if the plan says one."""
        return self.year if self.year is not None else (PERIODS[self.period][1] if self.period else None)


class EvidenceNote(Part):
    """A dated note on a goal: what a document says, and the verdict it supports."""

    goal: str
    """The goal it speaks to."""
    date: PartialDate
    """When the document was published."""
    text: Label
    """What the document says, in our words, with its limits."""
    source: str
    """Document id."""
    locator: str = ""
    """Place in the document."""
    verdict: Literal["met", "on_track", "at_risk", "off_track", "overdue", "awaiting_verification"]
    """What this document supports on its own."""
    confidence: Literal["high", "medium", "low"]
    """How far the copy that was read can be trusted."""


class EvidenceFile(Part):
    """The content of evidence.yaml."""

    notes: tuple[EvidenceNote, ...] = ()
    """Notes, by goal and then by date."""


class Plan(Part):
    """A plan in one version; a file plan.yaml or plan-….yaml."""

    id: Id
    """Name among the city's plans."""
    title: Label
    """Official title."""
    issuer: Label
    """Who issued it."""
    document: str
    """Document id."""
    number: str = ""
    """Document number."""
    issued: PartialDate
    """When it was issued."""
    horizon: tuple[Year, Year]
    """First and last year of the span it plans."""
    baseline_year: Year | None = None
    """Baseline the whole plan names, if it does."""
    status: Literal["decided", "proposed"] = "decided"
    """Whether a person has decided on every item of it; a plan that was only read out of a document is proposed, and a
    pack takes none."""
    stand_ins: tuple[Literal["issuer", "issued"], ...] = ()
    """Fields of this head that the document does not say and for which something stands in; a pack takes none."""
    supersedes: str = ""
    """Older plan whose targets this one amends, not replaces whole."""
    chapters: tuple[Chapter, ...] = Field(min_length=1)
    """Chapters in order."""
    actions: tuple[Action, ...] = ()
    """Actions in order."""
    tasks: tuple[Task, ...] = ()
    """Tasks in order."""
    targets: tuple[Target, ...] = ()
    """Numbers it sets, in order."""
    goals: tuple[Goal, ...] = ()
    """Promises without a number, in order."""

    @property
    def promises(self) -> tuple[Target | Goal, ...]:
        """All targets, then all goals."""
        return (*self.targets, *self.goals)
