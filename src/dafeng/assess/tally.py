"""Roll-ups: how many targets and goals carry each verdict, by action, by unit, by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from dafeng.assess.result import VERDICTS, GoalResult, Tally, TargetResult, Verdict

Key = TypeVar("Key", bound=str | int | None)
Judged = TargetResult | GoalResult


def tally(targets: Iterable[TargetResult], goals: Iterable[GoalResult]) -> Tally:
    """Count the verdicts of some targets and some goals."""
    listed, promised = tuple(targets), tuple(goals)
    return Tally(
        counts=_counts(listed),
        targets=tuple(result.id for result in listed),
        goals=tuple(result.id for result in promised),
        goal_counts=_counts(promised),
    )


def _counts(results: Sequence[Judged]) -> dict[Verdict, int]:
    counts = dict.fromkeys(VERDICTS, 0)
    for result in results:
        counts[result.status] += 1
    return counts


def by(
    keys: Callable[[Judged], Iterable[Key]],
    targets: Sequence[TargetResult],
    goals: Sequence[GoalResult],
    first: Iterable[Key] = (),
) -> dict[Key, Tally]:
    """Count by one or more keys of each result; the keys in `first` are there even if nothing falls under them."""
    grouped: dict[Key, tuple[list[TargetResult], list[GoalResult]]] = {key: ([], []) for key in first}
    for target in targets:
        for key in dict.fromkeys(keys(target)):
            grouped.setdefault(key, ([], []))[0].append(target)
    for goal in goals:
        for key in dict.fromkeys(keys(goal)):
            grouped.setdefault(key, ([], []))[1].append(goal)
    return {key: tally(*results) for key, results in grouped.items()}


def leading(result: Judged, members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List the units counted as leading: those the plan names, else the first listed; a group with its members."""
    units = result.lead or ((result.owner,) if result.owner else ())
    return with_members(units, members)


def joining(result: Judged, members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """List the units that take part and do not lead; a group with its members, each unit once."""
    lead = {*leading(result, members)}
    return tuple(unit for unit in with_members(result.joint, members) if unit not in lead)


def with_members(units: Iterable[str], members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Add to each group its members, and theirs; each unit once, in order."""
    found: dict[str, None] = {}
    waiting = list(units)
    while waiting:
        unit = waiting.pop(0)
        if unit not in found:
            found[unit] = None
            waiting[:0] = members.get(unit, ())
    return tuple(found)
