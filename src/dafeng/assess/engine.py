"""A plan held against the evidence known on a date."""

from __future__ import annotations

from datetime import date

from dafeng.assess.goals import judge_goal
from dafeng.assess.judge import judge
from dafeng.assess.result import Assessment
from dafeng.assess.tally import by, joining, leading, tally
from dafeng.city.city import City
from dafeng.plan.schema import Plan
from dafeng.plan.versions import issued_by, superseded_by


def assess(city: City, as_of: date | None = None, plan: str | None = None) -> Assessment:
    """Judge every target and goal of a plan by what was known on `as_of` (today where it is not given).

    Without `plan` it is the city's oldest plan; the versions that amend it, if issued by then, are judged beside it.

    Raises:
        NotFound: no plan has the id.
    """
    day = as_of or date.today()
    chosen = city.plan(plan)
    versions = _amending(city, chosen, day)
    replaced = superseded_by(city.plans, day)
    targets = tuple(judge(city, chosen, target, day, replaced) for target in chosen.targets)
    goals = tuple(judge_goal(city, chosen, goal, day) for goal in chosen.goals)
    members = {unit.id: unit.members for unit in city.organisations}
    years = sorted({due for due in (*(t.due for t in targets), *(g.due for g in goals)) if due is not None})
    return Assessment(
        city=city.id,
        plan=chosen.id,
        as_of=day,
        targets=targets,
        goals=goals,
        by_action=by(lambda item: (item.action,), targets, goals, ("", *(action.id for action in chosen.actions))),
        by_lead=by(lambda item: leading(item, members), targets, goals),
        by_joint=by(lambda item: joining(item, members), targets, goals),
        by_year=by(lambda item: (item.due,), targets, goals, years),
        total=tally(targets, goals),
        amendments=tuple(
            judge(city, version, target, day, replaced) for version in versions for target in version.targets
        ),
        amended_goals=tuple(judge_goal(city, version, goal, day) for version in versions for goal in version.goals),
    )


def _amending(city: City, plan: Plan, day: date) -> tuple[Plan, ...]:
    """List the versions that amend a plan, and those that amend them, issued by a date, oldest first."""
    family = {plan.id}
    found: list[Plan] = []
    for version in city.plans:
        if version.supersedes in family and issued_by(version, day):
            family.add(version.id)
            found.append(version)
    return tuple(found)
