"""Responsible units: what each leads, what it takes part in, and how that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from dafeng.assess.result import VERDICTS, GoalResult, Tally, TargetResult
from dafeng.plan.schema import Organisation
from dafeng.report import wording
from dafeng.web.charts.bars import Part
from dafeng.web.index import Part as TaskPart
from dafeng.web.page import Page
from dafeng.web.views.overview import base_parts, counts_of
from dafeng.web.views.standard import bar_colour, stacked_figure

TYPES: tuple[str, ...] = get_args(Organisation.model_fields["type"].annotation)
_BARS = 12


@dataclass(frozen=True)
class Line:
    """One unit in the list: tasks it leads and joins, verdicts on what it leads."""

    unit: Organisation
    leads: int
    joins: int
    counts: Sequence[tuple[str, int]]
    joint: int


def _counts(tally: Tally | None) -> list[tuple[str, int]]:
    """Targets and goals together, by verdict; only those that occur."""
    if tally is None:
        return []
    both = [(verdict, tally.counts.get(verdict, 0) + tally.goal_counts.get(verdict, 0)) for verdict in VERDICTS]
    return [(verdict, number) for verdict, number in both if number]


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of units."""
    index = page.snapshot.index
    lines: dict[str, list[Line]] = {}
    for unit in index.organisations.values():
        parts = base_parts(page, unit.id)
        lead = sum(1 for p in parts if p.role in {"lead", "first"})
        counts = _counts(page.assessment.by_lead.get(unit.id))
        joint = _counts(page.assessment.by_joint.get(unit.id))
        if parts or counts:
            line = Line(unit, lead, len(parts) - lead, counts, sum(number for _, number in joint))
            lines.setdefault(unit.type, []).append(line)
    for group in lines.values():
        group.sort(key=lambda line: (-sum(n for _, n in line.counts), -line.leads, -line.joins))
    return {
        "groups": [(kind, lines[kind]) for kind in TYPES if kind in lines],
        "number": sum(len(group) for group in lines.values()),
        "chart": _ranking(page, [line for group in lines.values() for line in group]),
    }


def _ranking(page: Page, lines: list[Line]) -> Any:
    _ = page.words.gettext
    ranked = sorted(lines, key=lambda line: -sum(n for _, n in line.counts))[:_BARS]
    ranked = [line for line in ranked if line.counts]
    if not ranked:
        return None
    parts = [
        Part(
            wording.VERDICT[verdict][page.language],
            bar_colour(verdict),
            [float(dict(line.counts).get(verdict, 0)) for line in ranked],
        )
        for verdict in VERDICTS
    ]
    return stacked_figure(
        page,
        "ranking",
        title=_("%(name)s answers for most") % {"name": page.label(ranked[0].unit.short)},
        subtitle=_("targets and goals led or listed first, by status"),
        names=[page.label(line.unit.short) for line in ranked],
        parts=parts,
        across=True,
    )


@dataclass(frozen=True)
class Held:
    """A target or goal a unit answers for."""

    result: TargetResult | GoalResult
    href: str
    asked: str


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one unit's page. Raises NotFound."""
    index = page.snapshot.index
    unit = index.unit(id)
    parts: list[TaskPart] = base_parts(page, id)
    own = _results(page, page.assessment.by_lead.get(id))
    joint = _results(page, page.assessment.by_joint.get(id))
    members = index.members(id)
    return {
        "unit": unit,
        "leads": [p for p in parts if p.role in {"lead", "first"}],
        "joins": [p for p in parts if p.role == "joint"],
        "through": [p for p in parts if p.role == "group"],
        "own": [_held(page, r) for r in sorted(own, key=lambda r: VERDICTS.index(r.status))],
        "joint": [_held(page, r) for r in sorted(joint, key=lambda r: VERDICTS.index(r.status))],
        "own_counts": counts_of(own),
        "joint_counts": counts_of(joint),
        "members": [index.organisations[m] for m in members if m in index.organisations],
        "groups": [g for g in index.organisations.values() if id in g.members],
        "place_facts": place_facts(page, unit.place),
    }


def _results(page: Page, tally: Tally | None) -> list[TargetResult | GoalResult]:
    """The results a tally counts."""
    if tally is None:
        return []
    named = {*tally.targets, *tally.goals}
    results: list[TargetResult | GoalResult] = [*page.assessment.targets, *page.assessment.goals]
    return [r for r in results if r.id in named]


def _held(page: Page, result: TargetResult | GoalResult) -> Held:
    if isinstance(result, TargetResult):
        return Held(result, page.url("targets", result.id), page.amount(result))
    return Held(result, page.url("goals", result.id), "")


def place_facts(page: Page, place: str) -> list[tuple[str, Any, int]]:
    """Newest figures published for a unit's own place."""
    if not place or place == page.snapshot.city.id:
        return []
    city = page.snapshot.city
    found: list[tuple[str, Any, int]] = []
    ids = {o.indicator for o in city.facts if o.place == place and not o.dims}
    for indicator in city.indicators.values():
        if indicator.id in ids:
            points = city.facts.series(indicator.id, place, known_on=page.assessment.as_of).points
            if points and points[-1].value is not None:
                last = points[-1]
                words = page.fact(page.show(last.value, indicator.id, last.unit), indicator.id, place=place)
                found.append((page.label(indicator.label), words, last.period.year))
    return found
