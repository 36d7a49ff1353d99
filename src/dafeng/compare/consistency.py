"""The plans of districts against that of their city: what they take up, how firmly, by when, and to what sum."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dafeng.compare.order import additive, adopted, looser, manner, name_of, same, scale, wants_less
from dafeng.facts.indicator import Indicator
from dafeng.plan.organisation import Organisation, expand
from dafeng.plan.schema import Plan, Target

Check = Literal["coverage", "stringency", "date", "baseline", "unit", "sum"]
CHECKS: tuple[str, ...] = get_args(Check)


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """A district and its plan; `place` is its id among the city's places, or the plan's own id."""

    place: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in which a district's plan, or all of them together, do not carry the city's.

    `city` is the clause of the city, `district` that of the district; None where the district has none or, for a sum,
    where several stand beside it: then `parts` lists them with their districts. `total` is in the unit of the city.
    """

    check: Check
    code: str
    city: Target
    district: Target | None = None
    place: str = ""
    parts: tuple[tuple[str, Target], ...] = ()
    total: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One target of the city: which districts take it up and which do not; `asked` are those it obliges.

    `parts` holds the clause of each district that takes it up. Of amounts that add up, `total` is the sum of those that
    fall due in the same year, in the unit of the city; None where none does, or they do not add up.
    """

    target: Target
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    asked: tuple[str, ...]
    parts: tuple[tuple[str, Target], ...] = ()
    total: float | None = None

    def part(self, place: str) -> Target | None:
        """Give the clause of a district; None where it does not take the target up."""
        return dict(self.parts).get(place)


@dataclass(frozen=True, slots=True)
class Consistency:
    """What was found, for each target of the city who takes it up, and what districts ask beyond it (`own`)."""

    city: Plan
    districts: tuple[DistrictPlan, ...]
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    own: tuple[tuple[str, Target], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Count the findings of each check, checks without any left out."""
        found = {check: sum(item.check == check for item in self.findings) for check in CHECKS}
        return {check: count for check, count in found.items() if count}


def consistency(
    city: Plan,
    districts: Sequence[DistrictPlan],
    indicators: Mapping[str, Indicator],
    organisations: Iterable[Organisation] = (),
    places: Collection[str] = (),
) -> Consistency:
    """Hold district plans against the plan of their city; a target without an indicator is matched by its words.

    *coverage*: the city names districts as responsible for a target and a district's plan has no target for it.
    *stringency*: a share, a rate or a standard is looser than the city's for the same year or a later one.
    *date*: a district means to reach the same by a later year, or names no year. *baseline* and *unit*: the two count
    from another year, or measure something else, and cannot be compared. *sum*: amounts that add up are less than the
    city's (more, where it is a cap) although every district of `places` states one; a cap that the districts given
    exceed is told even where some are missing.
    """
    units = tuple(organisations)
    districts = [DistrictPlan(one.place, adopted(one.plan, city, indicators, clauses=False)) for one in districts]
    known = {task.id: task for task in city.tasks}
    findings: list[Finding] = []
    coverage: list[Coverage] = []
    for target in city.targets:
        task = known.get(target.task)
        named = expand(task.units, units) if task else ()
        duty = {unit.place for unit in units if unit.id in named and unit.type == "district" and unit.place}
        found = {item.place: _counterparts(target, item.plan, city) for item in districts}
        asked = tuple(item.place for item in districts if item.place in duty)
        covered = tuple(place for place, parts in found.items() if parts)
        missing = tuple(place for place, parts in found.items() if not parts)
        nearest = tuple((place, _nearest(target, parts)) for place, parts in found.items() if parts)
        summed = _summed(target, found, indicators)
        coverage.append(Coverage(target, covered, missing, asked, nearest, summed[1] if summed else None))
        findings += [Finding("coverage", "not-taken-up", target, None, place) for place in asked if not found[place]]
        for place, parts in found.items():
            findings += _held(target, place, parts, indicators)
        findings += _sum(target, summed, indicators, places)
    order = {name: place for place, name in enumerate(CHECKS)}
    own = tuple(
        (item.place, target)
        for item in districts
        for target in item.plan.targets
        if not any(_alike(target, other) for other in city.targets)
    )
    findings.sort(key=lambda finding: order[finding.check])
    return Consistency(city, tuple(districts), tuple(findings), tuple(coverage), own)


def _counterparts(target: Target, plan: Plan, city: Plan) -> list[Target]:
    """List what a district asks for by the same measure, but for what answers another year of the city's."""
    other_years = {item.due for item in city.targets if _alike(item, target) and item.due != target.due}
    return [item for item in plan.targets if _alike(item, target) and item.due not in other_years]


def _alike(a: Target, b: Target) -> bool:
    return (name_of(a), manner(a), a.kind) == (name_of(b), manner(b), b.kind)


def _nearest(target: Target, parts: Sequence[Target]) -> Target:
    """Give the one to hold against a target: that of the same year, else the first after it, else the last."""
    due = target.due or 0
    same_year = [item for item in parts if item.due == target.due]
    later = sorted((item for item in parts if (item.due or 0) > due), key=lambda item: item.due or 0)
    return (same_year or later or sorted(parts, key=lambda item: item.due or 0)[-1:])[0]


def _held(
    target: Target, place: str, parts: Sequence[Target], indicators: Mapping[str, Indicator]
) -> Iterable[Finding]:
    if not parts:
        return
    mine = _nearest(target, parts)
    if scale(mine, target) is None:
        yield Finding("unit", "other-measure", target, mine, place)
        return
    if mine.baseline_year != target.baseline_year and manner(target):
        yield Finding("baseline", "other-baseline", target, mine, place)
        return
    if target.due is not None and mine.due is None and mine.kind == "target":
        yield Finding("date", "no-date", target, mine, place)
    elif target.due is not None and (mine.due or 0) > target.due:
        yield Finding("date", "later", target, mine, place)
    reached = mine.due is None or target.due is None or mine.due >= target.due
    if reached and not additive(target, indicators) and looser(mine, target, indicators):
        yield Finding("stringency", "looser", target, mine, place)


def _summed(
    target: Target, found: Mapping[str, Sequence[Target]], indicators: Mapping[str, Indicator]
) -> tuple[tuple[tuple[str, Target], ...], float] | None:
    """Add up what districts state for the year of a target, in its unit; None where it cannot be added up."""
    if not additive(target, indicators):
        return None
    parts = tuple((place, item) for place, items in found.items() for item in items if item.due == target.due)
    if manner(target) and any(item.baseline_year != target.baseline_year for _, item in parts):
        return None
    scales = [scale(item, target) for _, item in parts]
    if not parts or any(by is None for by in scales):
        return None
    return parts, sum(item.value * by for (_, item), by in zip(parts, scales, strict=True) if by is not None)


def _sum(
    target: Target,
    summed: tuple[tuple[tuple[str, Target], ...], float] | None,
    indicators: Mapping[str, Indicator],
    places: Collection[str],
) -> Iterable[Finding]:
    if summed is None:
        return
    parts, total = summed
    cap = wants_less(target, indicators)
    complete = bool(places) and set(places) <= {place for place, _ in parts}
    if same(total, target.value):
        return
    if cap and total > target.value:
        yield Finding("sum", "over-the-cap", target, None, "", parts, total)
    elif not cap and complete and total < target.value:
        yield Finding("sum", "short-of-the-sum", target, None, "", parts, total)
