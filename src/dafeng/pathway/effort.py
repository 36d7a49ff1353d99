"""Least effort: the smallest moves of many levers that meet several targets at once, or how near they come.

The effort is the sum of squares of the moves, each as a part of its lever's range. Round by round the targets are
taken as linear in the levers, by finite differences in one batch; the least effort under them is a quadratic program
(HiGHS), and what it gives is run through the model itself. A target that cannot be met keeps a slack, which costs more
than any effort, so that the answer is then the nearest that can be reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array
from dafeng.pathway.bounds import bounds
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.quadratic import Program, least
from dafeng.pathway.question import Question, goals_of
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.seek import lever_of
from dafeng.pathway.varied import one_by_one

#: Parts of the way to the targets at which the effort is shown.
STEPS = (0.25, 0.5, 0.75, 1.0)
#: Rounds of one step, width of a finite difference as a part of the range, and what a slack costs beside effort 1.
ROUNDS, WIDTH, PRICE = 12, 1e-4, 1e4
#: Rounds of the parts of the way that are only shown, and the move, as a part of a range, at which a search ends.
FEW, STILL = 3, 1e-5
#: What is asked beyond a target, as a part of it, so that rounding leaves it met.
BEYOND = 1e-7
#: Moves below this part of a range are left out where the targets stay met without them.
SMALL = 2e-3


@dataclass(frozen=True)
class Moved:
    """One lever of the answer: from `before` to `value`; `bound` tells that it stands at the end of its reach."""

    lever: str
    unit: str
    before: float
    value: float
    low: float
    high: float
    bound: str = ""


@dataclass(frozen=True)
class Wanted:
    """One target of the question: what it asks, what the scenario gives, what the answer gives."""

    target: str
    year: int
    unit: str
    asked: float
    before: float
    value: float
    met: bool
    binds: bool


@dataclass(frozen=True)
class Effort:
    """The answer. `path` gives effort and settings at parts of the way; `reason` says why targets are left unmet."""

    scenario: str
    decided: int | None
    found: bool
    effort: float
    levers: tuple[Moved, ...]
    targets: tuple[Wanted, ...]
    path: tuple[tuple[float, float, dict[str, float]], ...]
    runs: int
    reason: str = ""
    settings: dict[str, float] = field(default_factory=dict)


def least_effort(
    pathway: Pathway,
    targets: Sequence[str],
    levers: Sequence[str] = (),
    scenario: str | Scenario = "",
    decided: int | None = None,
) -> Effort:
    """Give the least moves of levers, from where the scenario has them, that meet all targets.

    `targets` are ids of targets that the pathway answers, or "peak" for the promise of the plan. Without `levers` every
    working measure may move. With `decided` no lever goes further than its lead time allows from that year to the
    earliest of the targets' years.

    Raises:
        NotFound: no such target, lever or scenario.
        Refused: no target or lever is named, or no solver is installed.
    """
    if not targets:
        raise Refused("least effort: no target is named. Name one or more, or 'peak'.")
    base = pathway.scenario(scenario)
    chosen = [lever_of(pathway, id) for id in levers] if levers else list(pathway.working)
    if not chosen:
        raise Refused("least effort: the pathway has no working measure. Add levers to the pack.")
    question = Question(pathway, base, chosen, decided)
    question.goals = goals_of(pathway, targets)
    before = question.here
    due = min(goal.year for goal in question.goals)
    ends = np.array([bounds(x, at, decided, due) for x, at in zip(chosen, before, strict=True)])
    now = question.of(base)
    asked = np.array([goal.sign * goal.asked / goal.scale + BEYOND for goal in question.goals])
    settings, path = before, []
    for part in STEPS:
        wanted = np.where(now < asked, now + part * (asked - now), asked)
        settings = _solve(question, settings, before, ends, wanted, ROUNDS if part == STEPS[-1] else FEW)
        path.append((part, _effort(question, settings, before), _named(question, settings)))
    kept = np.abs(settings - before) / question.width > SMALL
    if kept.any() and not kept.all():
        # What hardly moves is left alone, so that the answer names what matters; the rest takes its part.
        fewer = Question(pathway, base, [x for x, keep in zip(chosen, kept, strict=True) if keep], decided)
        fewer.goals, fewer.runs = question.goals, question.runs
        found = _solve(fewer, settings[kept], before[kept], ends[kept], asked)
        if not (fewer.unmet(fewer.run(found[None, :])[0]) & ~question.unmet(question.run(settings[None, :])[0])).any():
            question, before, settings, ends = fewer, before[kept], found, ends[kept]
    reached = question.of(question.scenario_of(before, settings))
    return _answer(question, before, settings, ends, now, reached, path)


def _solve(question: Question, start: Array, before: Array, ends: Array, wanted: Array, rounds: int = ROUNDS) -> Array:
    """Run rounds of linear targets and least effort, from `start`; the trust in a round is halved where it fails."""
    width = question.width
    here, trust = start.copy(), 1.0
    value = question.run(here[None, :])[0]
    shares = question.shares()
    for _ in range(rounds):
        slope = _slope(question, here, value, ends)
        low = np.maximum(ends[:, 0], here - trust * width)
        high = np.minimum(ends[:, 1], here + trust * width)
        program = Program(
            centre=(before / width),
            low=low / width,
            high=np.maximum(high, low) / width,
            rows=slope * width,
            least=wanted - value + slope @ here,
            sums=[(list(which), [w * width[at] for at, w in which.items()], most) for which, most in shares],
            price=PRICE,
        )
        tried = np.clip(least(program) * width, ends[:, 0], ends[:, 1])
        try:
            outcome = question.run(tried[None, :])[0]
        except Refused:
            trust *= 0.5
            continue
        if _merit(question, tried, before, outcome, wanted) < _merit(question, here, before, value, wanted) - 1e-12:
            step = float(np.abs((tried - here) / width).max())
            here, value = tried, outcome
            if step < STILL:
                break
        else:
            trust *= 0.25
            if trust < 1e-6:
                break
    return here


def _slope(question: Question, here: Array, value: Array, ends: Array) -> Array:
    """Give the change of each goal with each lever, (goals, levers), by one batch; the step is into the range."""
    tried, step = one_by_one(here, WIDTH * question.width, ends[:, 1])
    stuck = ends[:, 1] - ends[:, 0] <= 0
    slope = (question.run(tried) - value).T / step
    return np.where(stuck, 0.0, slope)


def _merit(question: Question, settings: Array, before: Array, value: Array, wanted: Array) -> float:
    return _effort(question, settings, before) + PRICE * float(np.maximum(wanted - value, 0.0).sum())


def _effort(question: Question, settings: Array, before: Array) -> float:
    return float((((settings - before) / question.width) ** 2).sum())


def _named(question: Question, settings: Array) -> dict[str, float]:
    return {lever.id: float(value) for lever, value in zip(question.levers, settings, strict=True)}


def _answer(
    question: Question,
    before: Array,
    settings: Array,
    ends: Array,
    now: Array,
    reached: Array,
    path: list[tuple[float, float, dict[str, float]]],
) -> Effort:
    levers = []
    parts = np.abs(settings - before) / question.width
    for at in np.argsort(-parts, kind="stable"):
        if parts[at] == 0:
            continue
        lever = question.levers[at]
        low, high = (float(x) for x in ends[at])
        close = 1e-6 * question.width[at]
        bound = "high" if high - settings[at] < close else "low" if settings[at] - low < close else ""
        levers.append(Moved(lever.id, lever.unit, float(before[at]), float(settings[at]), low, high, bound))
    wanted = []
    unmet = question.unmet(reached)
    for at, goal in enumerate(question.goals):
        back = goal.sign * goal.scale
        wanted.append(
            Wanted(
                target=goal.id,
                year=goal.year,
                unit=goal.unit,
                asked=goal.asked,
                before=float(now[at] * back),
                value=float(reached[at] * back),
                met=not unmet[at],
                binds=bool(unmet[at] or abs(reached[at] - goal.sign * goal.asked / goal.scale) <= 10 * BEYOND),
            )
        )
    missed = [each for each in wanted if not each.met]
    reason = ""
    if missed:
        stuck = ", ".join(f"'{each.lever}'" for each in levers if each.bound) or "none"
        first = missed[0]
        reason = (
            f"the levers allowed do not meet '{first.target}' of {first.year}: at best {first.value:.6g} of "
            f"{first.asked:g} {first.unit}".rstrip()
            + f". Levers at the end of their reach: {stuck}"
        )
    return Effort(
        scenario=question.scenario.id,
        decided=question.decided,
        found=not missed,
        effort=path[-1][1],
        levers=tuple(levers),
        targets=tuple(wanted),
        path=tuple(path),
        runs=question.runs,
        reason=reason,
        settings={each.lever: each.value for each in levers},
    )
