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

_AWAITING = frozenset({"awaiting_verification"})


@dataclass(frozen=True, slots=True)
class Awaited:
    """The years for which an official figure is declared pending, who says so, and why."""

    years: tuple[int, ...] = ()
    source: str = ""
    why: Label | None = None

    def __bool__(self) -> bool:
        return bool(self.years)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of one target; figures are in the target's terms.

    `latest` is the figure that decides, `low` a newer one of low confidence. `milestones` are the earlier targets of
    the same plan that the path leads over.
    """

    city: City
    plan: Plan
    target: Target
    indicator: Indicator
    as_of: date
    measure: str
    demand: Demand
    measured: Measured
    milestones: tuple[Target, ...]
    path: Path | None
    latest: Figure | None
    low: Figure | None
    awaited: Awaited
    projection: Projection | None

    @property
    def due(self) -> int | None:
        """The year the target falls due, where the plan sets one."""
        return self.target.due

    @property
    def end(self) -> int:
        """The year the path leads to: the due year, else the end of the plan."""
        return self.plan.horizon[1] if self.due is None else self.due

    @property
    def due_passed(self) -> bool:
        """Whether the due year is over."""
        return self.due is not None and self.as_of.year > self.due

    @property
    def shown(self) -> Figure | None:
        """The figure a reader sees: the one that may decide, else the newest of low confidence."""
        return self.latest or self.low

    @property
    def behind(self) -> float | None:
        """The part of the required way that has not been walked."""
        return self.path.behind(self.latest.year, self.latest.value) if self.path and self.latest else None

    @property
    def satisfied(self) -> bool:
        """Whether the figure that decides fulfils the target, whatever kind of figure it is."""
        return self.latest is not None and self.demand.satisfied(self.latest.value)

    @property
    def limit_open(self) -> bool:
        """Whether the figure is only a limit that leaves the question open."""
        return self.latest is not None and self.demand.open(self.latest.value, self.latest.bound)

    @property
    def part_of_period(self) -> bool:
        """Whether a change is counted from a later year than the plan wants and does not reach the target so far."""
        return self.latest is not None and self.measured.partial and not self.satisfied

    def stale(self, year: int) -> bool:
        """Tell whether a figure is too old to count: figures of the due year and later do not age."""
        too_old = age(year, self.as_of) > self.city.rules.threshold("max_age_years")
        return too_old and (self.due is None or year < self.due)


def gather(city: City, plan: Plan, target: Target, as_of: date) -> Findings:
    """Collect what is known of one target on a date."""
    indicator = city.indicators[target.indicator]
    measure = measure_of(target, indicator)
    demand = Demand.of(target, indicator, measure, city.rules.threshold("about_tolerance"))
    known = _measured(city, plan, target, indicator, measure, as_of)
    end = plan.horizon[1] if target.due is None else target.due
    milestones = _milestones(plan, target, indicator, measure, end)
    knots = [(other.due or end, other.value * units.factor(other.unit, target.unit)) for other in milestones]
    path = Path.through(known, demand, end, knots, target.path)
    deciding = [figure for figure in known.figures if figure.decides]
    latest = _deciding(deciding, demand, target.due, as_of)
    projection = None
    if target.due is not None and path is not None:
        projection = project(
            known.levels, target.due, demand, known.scale, city.rules.projection, geometric=target.path == "geometric"
        )
    return Findings(
        city=city,
        plan=plan,
        target=target,
        indicator=indicator,
        as_of=as_of,
        measure=measure,
        demand=demand,
        measured=known,
        milestones=milestones,
        path=path,
        latest=latest,
        low=_low(known.figures, deciding),
        awaited=awaited(city, indicator, latest.year if latest else None, target.due, as_of),
        projection=projection,
    )


def _measured(city: City, plan: Plan, target: Target, indicator: Indicator, measure: str, as_of: date) -> Measured:
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


def _low(found: Sequence[Figure], deciding: Sequence[Figure]) -> Figure | None:
    newest = found[-1] if found else None
    if newest is None or newest.decides or (deciding and newest.year <= deciding[-1].year):
        return None
    return newest


def _milestones(plan: Plan, target: Target, indicator: Indicator, measure: str, end: int) -> tuple[Target, ...]:
    """List the earlier targets of the same plan that this one continues, one for each year."""
    start = declared_baseline(target, plan)
    found = {
        other.due: other
        for other in plan.targets
        if other.indicator == target.indicator
        and other.due is not None
        and other.due < end
        and measure_of(other, indicator) == measure
        and (measure == "level" or (other.direction == target.direction and declared_baseline(other, plan) == start))
        and units.same_dimension(other.unit, target.unit)
    }
    return tuple(found[year] for year in sorted(found))


def awaited(city: City, indicator: Indicator, since: int | None, due: int | None, as_of: date) -> Awaited:
    """Find the years after `since`, up to the due year and the date, whose official figure is declared pending."""
    years: set[int] = set()
    source, why = "", None
    for declared in (indicator, city.indicators.get(indicator.changes)):
        if declared is None:
            continue
        if declared.awaiting:
            years.update(declared.awaiting.years)
            source, why = declared.awaiting.source, declared.awaiting.why
        pending = city.facts.series(declared.id, city.id, known_on=as_of, statuses=_AWAITING)
        years.update(observation.period.year for observation in pending.points)
        source = source or next((observation.source for observation in pending.points), "")
    last = as_of.year if due is None else min(due, as_of.year)
    return Awaited(tuple(sorted(y for y in years if (since is None or y > since) and y <= last)), source, why)
