"""Versions of the plan beside each other: what a later one re-dated, changed or added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dafeng.plan.schema import Goal, Target
from dafeng.web.page import Page


@dataclass(frozen=True)
class Pair:
    """A target of a later version and the one it replaces, None where it is new."""

    old: Target | Goal | None
    new: Target | Goal
    kind: str


def show(page: Page) -> dict[str, Any]:
    """Give the values of the comparison."""
    index, plans = page.snapshot.index, page.snapshot.city.plans
    steps = []
    for later in plans[1:]:
        pairs = [_pair(target, index.targets) for target in later.targets]
        pairs += [_pair(goal, index.goals) for goal in later.goals]
        before = next((plan for plan in plans if plan.id == later.supersedes), plans[0])
        steps.append({"before": before, "plan": later, "pairs": pairs, "counts": _counts(pairs)})
    return {"plans": plans, "steps": steps}


def _pair(new: Any, known: Any) -> Pair:
    old = known[new.supersedes][1] if new.supersedes in known else None
    if old is None:
        return Pair(None, new, "added")
    if isinstance(new, Goal):
        return Pair(old, new, "redated" if old.due != new.due else "changed")
    same = (old.value, old.value_max, old.comparator, old.unit) == (new.value, new.value_max, new.comparator, new.unit)
    if old.due != new.due:
        return Pair(old, new, "redated" if same else "redated_changed")
    return Pair(old, new, "kept" if same else "changed")


def _counts(pairs: list[Pair]) -> dict[str, int]:
    return {
        kind: sum(1 for pair in pairs if pair.kind == kind)
        for kind in ("added", "redated", "redated_changed", "changed", "kept")
    }
