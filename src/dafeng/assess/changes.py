"""What changed between two dates: new evidence, and the verdicts it turned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dafeng.assess.engine import assess
from dafeng.assess.result import Assessment, Change, Evidence, GoalResult, TargetResult
from dafeng.city.city import City


def changes(city: City, since: date, as_of: date | None = None, plan: str | None = None) -> tuple[Change, ...]:
    """List what is known on `as_of` (today where it is not given) and was not on `since`, newest first.

    Each new figure stands with the verdict before and after. A verdict that changed without a new figure stands with
    the end of the due year, or else with `as_of`.
    """
    after = assess(city, as_of, plan)
    return compared(assess(city, since, plan), after, city)


def compared(before: Assessment, after: Assessment, city: City) -> tuple[Change, ...]:
    """Compare two assessments of one plan."""
    found: list[Change] = []
    for result in (*after.targets, *after.amendments):
        old = before.target(result.id)
        if old is not None:
            found.extend(_of(old, result, before.as_of, after.as_of, city))
    for goal in (*after.goals, *after.amended_goals):
        earlier = before.goal(goal.id)
        if earlier is not None:
            found.extend(_of_goal(earlier, goal, before.as_of, after.as_of, city))
    return tuple(sorted(found, key=lambda change: (change.date, change.target), reverse=True))


def _of(
    old: TargetResult | GoalResult, new: TargetResult | GoalResult, since: date, until: date, city: City
) -> Iterable[Change]:
    fresh = _fresh(old.series, new.series)
    for evidence in fresh:
        yield Change(
            date=evidence.date or until.isoformat(),
            target=new.id,
            observation=evidence.observation,
            source=evidence.source,
            value=evidence.value,
            unit=evidence.unit,
            year=evidence.year,
            before=old.status,
            after=new.status,
        )
    if not fresh and old.status != new.status:
        yield _by_calendar(old, new, since, until, city)


def _of_goal(old: GoalResult, new: GoalResult, since: date, until: date, city: City) -> Iterable[Change]:
    known = {(note.source, note.date, note.locator) for note in old.notes}
    fresh = [note for note in new.notes if (note.source, note.date, note.locator) not in known]
    for note in fresh:
        yield Change(note.date, new.id, "", note.source, None, "", int(note.date[:4]), old.status, new.status)
    if not fresh or new.series != old.series:
        yield from _of(old, new, since, until, city)


def _fresh(old: Iterable[Evidence], new: Iterable[Evidence]) -> list[Evidence]:
    known = {(item.observation, item.year, item.source, item.value) for item in old}
    return [item for item in new if (item.observation, item.year, item.source, item.value) not in known]


def _by_calendar(
    old: TargetResult | GoalResult, new: TargetResult | GoalResult, since: date, until: date, city: City
) -> Change:
    day = until
    if new.due is not None and since <= date(new.due, 12, 31) < until:
        day = date(new.due + 1, 1, 1)
    unit = new.unit if isinstance(new, TargetResult) else ""
    source = city.plan(new.plan).document
    return Change(day.isoformat(), new.id, "", source, None, unit, day.year, old.status, new.status)
