"""What an assessment says of each target and goal. Plain values: every edge renders these and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from dafeng.labels import Label
from dafeng.lineage import Node

Verdict = Literal["met", "on_track", "at_risk", "off_track", "overdue", "awaiting_verification", "no_evidence"]
#: All verdicts, in the order they are shown.
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figure a target was held against, in the target's own unit; `stale` where it is too old to count.

    `value` is None where an official figure is awaited. `observation` is the fact's id, or the variable's for a figure
    that a formula computed; `source` a document id. `date` is when it was published, as far as known.
    """

    value: float | None
    year: int
    unit: str
    source: str
    status: str
    confidence: str
    observation: str
    locator: str = ""
    date: str = ""
    bound: str = ""
    note: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a simple drift leads in the due year: median, 80 % interval, and the share of draws that meet the target.

    `path` gives (year, low, median, high) for the chart.
    """

    value: float
    low: float
    high: float
    probability: float
    points: int
    method: str
    path: tuple[tuple[int, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class TargetResult:
    """The verdict on one target. Numbers are in `unit`, the unit the plan writes; years are calendar years.

    `gap` is latest less target (for "at most" a positive gap is the overshoot); `shortfall` is how far the evidence is
    on the wrong side, 0 where it is not. `required` is where the required path stands in the year of the evidence,
    `path` the whole of it. `progress` is the share of the way from baseline to target, None where there is no baseline.
    `needed_per_year` is the yearly change still needed from the evidence to the due year. For a fall ("下降 14%")
    figures are the size of the fall, so that 14 is more of it than 3 and a rise is below 0. `series` holds every figure
    that could be evidence, oldest first; `breaks` the years in which its basis changed. `owner` is the first-listed
    unit where the plan names no lead.
    """

    id: str
    plan: str
    action: str
    task: str
    indicator: str
    label: Label
    comparator: str
    strict: bool
    value: float
    value_max: float | None
    unit: str
    year: int | None
    period: str | None
    due: int | None
    direction: str | None
    baseline_year: int | None
    hedge: str | None
    strength: str
    kind: str
    measure: str
    clause: str
    status: Verdict
    rule: str
    reason: Label
    latest: Evidence | None
    gap: float | None
    shortfall: float | None
    baseline: tuple[int, float] | None
    required: float | None
    path: tuple[tuple[int, float], ...]
    progress: float | None
    needed_per_year: float | None
    projection: Projection | None
    series: tuple[Evidence, ...]
    breaks: tuple[int, ...]
    lead: tuple[str, ...]
    joint: tuple[str, ...]
    owner: str
    supersedes: str
    superseded_by: tuple[str, ...]
    lineage: Node


@dataclass(frozen=True, slots=True)
class NoteResult:
    """One dated evidence note on a goal."""

    date: str
    text: Label
    source: str
    locator: str
    verdict: Verdict
    confidence: str


@dataclass(frozen=True, slots=True)
class GoalResult:
    """The verdict on one goal that names no number; `notes` newest first."""

    id: str
    plan: str
    action: str
    task: str
    label: Label
    year: int | None
    period: str | None
    due: int | None
    clause: str
    status: Verdict
    rule: str
    reason: Label
    latest: Evidence | None
    series: tuple[Evidence, ...]
    notes: tuple[NoteResult, ...]
    lead: tuple[str, ...]
    joint: tuple[str, ...]
    owner: str
    lineage: Node


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets, and how many goals, carry each verdict; `targets` and `goals` are ids, in the plan's order."""

    counts: dict[Verdict, int]
    targets: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    goal_counts: dict[Verdict, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of evidence that is new since an earlier date, and the verdict it changed (if it did).

    Without new evidence a verdict changes with the calendar, when a due year ends or a figure grows too old: then
    `observation` is empty, `value` None, and `source` the plan's document.
    """

    date: str
    target: str
    observation: str
    source: str
    value: float | None
    unit: str
    year: int
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole plan held against what was known on `as_of`.

    `targets`, `goals` and the tallies are those of `plan`. `amendments` are the targets, and `amended_goals` the goals,
    of later versions of it: a superseded target and the one in its place are both judged. `by_lead` and `by_joint`
    count apart: a unit leads (or is listed first where the plan names no lead) or takes part; a group counts for itself
    and for each of its members, a unit once for each target.
    """

    city: str
    plan: str
    as_of: date
    targets: tuple[TargetResult, ...]
    goals: tuple[GoalResult, ...]
    by_action: dict[str, Tally]
    by_lead: dict[str, Tally]
    by_joint: dict[str, Tally]
    by_year: dict[int | None, Tally]
    total: Tally
    changes: tuple[Change, ...] = field(default=())
    amendments: tuple[TargetResult, ...] = ()
    amended_goals: tuple[GoalResult, ...] = ()

    def target(self, id: str) -> TargetResult | None:
        """Find one target's result by id, in the plan or its amendments."""
        return next((result for result in (*self.targets, *self.amendments) if result.id == id), None)

    def goal(self, id: str) -> GoalResult | None:
        """Find one goal's result by id, in the plan or its amendments."""
        return next((result for result in (*self.goals, *self.amended_goals) if result.id == id), None)
