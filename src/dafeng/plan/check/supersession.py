"""Plan versions: whether every link names an older part that measures the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.errors import Collector
from dafeng.plan.check.structure import numbered, unknown
from dafeng.plan.schema import Goal, Plan, Target

if TYPE_CHECKING:
    from dafeng.plan.plans import Origin, Plans


def check_supersession(plans: Plans, faults: Collector, *, complete: bool = True) -> None:
    """Note links between plans, targets and goals that name nothing, themselves or something not older."""
    by_id = {plan.id: plan for plan in plans.plans}
    home: dict[str, tuple[Plan, Target | Goal]] = {}
    declared: set[str] = set()
    for plan in plans.plans:
        for part in plan.promises:
            home.setdefault(part.id, (plan, part))
        origin = plans.origin(plan.id)
        declared |= origin.declared.get("targets", frozenset()) | origin.declared.get("goals", frozenset())
    for plan in plans.plans:
        origin = plans.origin(plan.id)
        _check_plan(plan, by_id, origin.head("supersedes"), faults, complete=complete)
        for section, index, part in numbered(plan):
            if part.supersedes:
                _check_part(part, plan, home, declared, _Link(origin, section, index), faults, complete=complete)


class _Link:
    """Where the link of one part stands."""

    def __init__(self, origin: Origin, section: str, index: int) -> None:
        self.kind = section[:-1]
        self.place = origin.at(section, index, "supersedes")


def _check_plan(plan: Plan, by_id: dict[str, Plan], place: str, faults: Collector, *, complete: bool) -> None:
    if not plan.supersedes:
        if any(part.supersedes for part in plan.promises):
            faults.add(
                "supersedes-no-plan",
                place,
                f"plan '{plan.id}' replaces targets or goals and names no plan it amends",
                "Give the plan's own supersedes",
            )
        return
    older = by_id.get(plan.supersedes)
    if plan.supersedes == plan.id:
        faults.add("supersedes-itself", place, f"plan '{plan.id}' supersedes itself", "Name the older plan")
    elif older is None:
        if complete:
            unknown(plan.supersedes, "plan", by_id, place, faults, "the city pack")
    elif older.issued >= plan.issued:
        faults.add(
            "supersedes-newer",
            place,
            f"plan '{plan.id}' ({plan.issued}) supersedes '{older.id}' ({older.issued}), which is not older",
            "Turn the link round, or correct the dates of issue",
        )


def _check_part(
    part: Target | Goal,
    plan: Plan,
    home: dict[str, tuple[Plan, Target | Goal]],
    declared: set[str],
    link: _Link,
    faults: Collector,
    *,
    complete: bool,
) -> None:
    if part.supersedes == part.id:
        faults.add("supersedes-itself", link.place, f"{link.kind} '{part.id}' supersedes itself", "Name the older one")
        return
    if part.supersedes not in home:
        if complete and part.supersedes not in declared:
            unknown(part.supersedes, link.kind, home, link.place, faults, "an older plan")
        return
    older_plan, older = home[part.supersedes]
    if older_plan.issued >= plan.issued:
        faults.add(
            "supersedes-newer",
            link.place,
            f"{link.kind} '{part.id}' of plan '{plan.id}' supersedes '{older.id}' of plan '{older_plan.id}', "
            "which is not older",
            "Link from the newer plan to the older one",
        )
    if type(older) is not type(part):
        faults.add(
            "supersedes-other-kind",
            link.place,
            f"{link.kind} '{part.id}' supersedes the {type(older).__name__.lower()} '{older.id}'",
            "A target replaces a target and a goal a goal",
        )
    if isinstance(part, Target) and isinstance(older, Target) and part.indicator != older.indicator:
        faults.add(
            "supersedes-other-indicator",
            link.place,
            f"target '{part.id}' measures '{part.indicator}', the target it supersedes '{older.indicator}'",
            "Versions of one target measure one indicator; correct it, or drop the link",
        )
