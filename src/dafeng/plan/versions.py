"""Plan versions: which target replaced which, and what is in force on a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dafeng.errors import NotFound
from dafeng.plan.schema import Plan, Target


def issued_by(plan: Plan, as_of: date | None) -> bool:
    """Tell whether a plan was issued on or before a date; a bare year or month counts from its first day."""
    return as_of is None or plan.issued <= as_of.isoformat()


def superseded_by(plans: Sequence[Plan], as_of: date | None = None) -> dict[str, tuple[str, ...]]:
    """Give, for each target or goal that was replaced, the ids that replaced it, in the order of issue."""
    out: dict[str, tuple[str, ...]] = {}
    for plan in in_order(plans):
        if issued_by(plan, as_of):
            for part in plan.promises:
                if part.supersedes:
                    out[part.supersedes] = (*out.get(part.supersedes, ()), part.id)
    return out


def current_targets(plans: Sequence[Plan], as_of: date | None = None) -> tuple[Target, ...]:
    """Give the targets in force on a date: of every plan issued by then, those no plan issued by then replaced.

    Order is that of issue, then that of the plan. Without a date all plans count.
    """
    gone = superseded_by(plans, as_of)
    return tuple(
        target for plan in in_order(plans) if issued_by(plan, as_of) for target in plan.targets if target.id not in gone
    )


def versions_of(plans: Sequence[Plan], target: str) -> tuple[Target, ...]:
    """Give all versions of a target, itself among them, oldest first.

    A link that leads in a circle is followed once; `check` reports it.

    Raises:
        NotFound: no target has the id.
    """
    known = {part.id: part for plan in in_order(plans) for part in plan.targets}
    if target not in known:
        raise NotFound("target", target, known)
    first = known[target]
    seen = {first.id}
    while first.supersedes in known and first.supersedes not in seen:
        first = known[first.supersedes]
        seen.add(first.id)
    newer = superseded_by(plans)
    chain, waiting = [], [first.id]
    while waiting:
        id = waiting.pop(0)
        if id in known and known[id] not in chain:
            chain.append(known[id])
            waiting.extend(newer.get(id, ()))
    return tuple(chain)


def plan_of(plans: Sequence[Plan], id: str) -> Plan:
    """Find the plan that a target or a goal belongs to.

    Raises:
        NotFound: no plan has such a part.
    """
    known = {part.id: plan for plan in plans for part in plan.promises}
    if id not in known:
        raise NotFound("target or goal", id, known)
    return known[id]


def in_order(plans: Sequence[Plan]) -> list[Plan]:
    """Sort plans by date of issue, oldest first."""
    return sorted(plans, key=lambda plan: plan.issued)
