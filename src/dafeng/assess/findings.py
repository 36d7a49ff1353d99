"""Everything that is known of one target on a date, before a rule is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dafeng import units
from dafeng.assess.evidence import Figure, age, figures
from dafeng.assess.measure import Measured, declared_baseline, measured, unit_read
from dafeng.assess.path import Demand, Path
from dafeng.assess.projection import project
from dafeng.assess.result import Projection
from dafeng.city.city import City
from dafeng.city.measure import measure_of
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.plan.schema import Plan, Target


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is known of one target before a rule is chosen; figures are in the target's terms."""

    city: City
    plan: Plan
    target: Target
    indicator: Indicator
    as_of: date
    measure: str
    demand: Demand
    measured: Measured
    path: Path | None
    latest: Figure | None
    low: Figure | None
    awaited: tuple[int, ...]
    awaited_source: str
    awaited_why: Label | None
    projection: Projection | None

    @property
    def due(self) -> int | None:
        """The due year the plan sets."""
        return self.target.due

    @property
    def shown(self) -> Figure | None:
        """The figure a reader sees: the one that may decide, else the newest of low confidence."""
        return self.latest or self.low

    def stale(self, year: int) -> bool:
        """Tell whether a figure is too old to count: figures of the due year and later do not age."""
        too_old = age(year, self.as_of) > self.city.rules.threshold("max_age_years")
        return too_old and (self.due is None or year < self.due)

    @property
    def behind(self) -> float | None:
        """The part of the required way that has not been walked."""
        return self.path.behind(self.latest.year, self.latest.value) if self.path and self.latest else None


def gather(city: City, plan: Plan, target: Target, as_of: date) -> Findings:
    """Collect what is known of one target on a date."""
    indicator = city.indicators[target.indicator]
    measure = measure_of(target, indicator)
    known = _measured(city, plan, target, indicator, measure, as_of)
    demand = Demand.of(target, indicator, measure, city.rules.threshold("about_tolerance"))
    due = target.due
    end = due if due is not None else plan.horizon[1]
    milestones = _milestones(city, plan, target, measure, end)
    path = Path.through(known, demand, end, milestones, target.path)
    deciding = [figure for figure in known.figures if figure.decides]
    newest = known.figures[-1] if known.figures else None
    latest = _deciding(deciding, demand, due, as_of)
    low = newest if newest and not newest.decides and (not deciding or newest.year > deciding[-1].year) else None
    pending, source, why = awaited(city, indicator, latest, due, as_of)
    projection = None
    if due is not None and path is not None:
        projection = project(
            known.levels, due, demand, known.scale, city.rules.projection, geometric=target.path == "geometric"
        )
    return Findings(
        city, plan, target, indicator, as_of, measure, demand, known, path, latest, low, pending, source, why, projection
    )


def _measured(
    city: City, plan: Plan, target: Target, indicator: Indicator, measure: str, as_of: date
) -> Measured:
    if measure == "chain":
        changes = city.indicators[indicator.changes]
        return measured(target, plan, indicator, measure, figures(city, changes, as_of, ""))
    found = figures(city, indicator, as_of, unit_read(target, indicator, measure))
    return measured(target, plan, indicator, measure, found)


def _deciding(found: Sequence[Figure], demand: Demand, due: int | None, as_of: date) -> Figure | None:
    """Choose the figure that decides: the newest, unless that of a due year that is over meets the target."""
    if due is not None and as_of.year > due:
        of_due = next((figure for figure in found if figure.year == due), None)
        if of_due and demand.satisfied(of_due.value) and not demand.open(of_due.value, of_due.bound):
            return of_due
    return found[-1] if found else None


def _milestones(city: City, plan: Plan, target: Target, measure: str, end: int) -> list[tuple[int, float]]:
    """List the earlier targets of the same plan on the same indicator, in this target's unit."""
    indicator = city.indicators[target.indicator]
    start = declared_baseline(target, plan)
    return [
        (other.due, other.value * units.factor(other.unit, target.unit))
        for other in plan.targets
        if other.indicator == target.indicator
        and other.due is not None
        and other.due < end
        and measure_of(other, indicator) == measure
        and (measure == "level" or declared_baseline(other, plan) == start)
        and units.same_dimension(other.unit, target.unit)
    ]


def awaited(
    city: City, indicator: Indicator, since: int | None, due: int | None, as_of: date
) -> tuple[tuple[int, ...], str, Label | None]:
    """List the years for which an official figure is declared pending, with the source that says so and why."""
    years: set[int] = set()
    source, why = "", None
    for declared in (indicator, city.indicators.get(indicator.changes)):
        if declared is None:
            continue
        if declared.awaiting:
            years.update(declared.awaiting.years)
            source, why = declared.awaiting.source, declared.awaiting.why
        pending = city.facts.series(declared.id, city.id, known_on=as_of, statuses=frozenset({"awaiting_verification"}))
        years.update(observation.period.year for observation in pending.points)
        source = source or next((observation.source for observation in pending.points), "")
    last = as_of.year if due is None else min(due, as_of.year)
    return tuple(sorted(y for y in years if (since is None or y > since) and y <= last)), source, why
