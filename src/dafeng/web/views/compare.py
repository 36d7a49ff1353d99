"""Two plans of the city beside each other, chosen by the reader: what differs, and what stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dafeng.compare import Comparison, compare
from dafeng.plan.schema import Plan, Target
from dafeng.report.wording import DIFFERENCE
from dafeng.web import query
from dafeng.web.page import Page

#: Kinds in which the newer plan asks for more, or for less.
_MORE, _LESS = {"tightened", "added"}, {"loosened", "dropped"}


@dataclass(frozen=True)
class Row:
    """One target that differs; `old` or `new` is None where it stands in one plan only."""

    old: Target | None
    new: Target | None
    kinds: tuple[tuple[str, str], ...]

    @property
    def target(self) -> Target | None:
        """The newer of the two."""
        return self.new or self.old


def show(page: Page) -> dict[str, Any]:
    """Give the values of the comparison. Raises BadQuery for a plan that the city does not have."""
    city = page.snapshot.city
    plans = {plan.id: plan for plan in city.plans}
    old, new = _chosen(page, plans)
    found = compare(old, new, city.indicators) if old and new else None
    return {
        "plans": city.plans,
        "old": old,
        "new": new,
        "found": found,
        "rows": _rows(page, found) if found else (),
        "counts": [(kind, DIFFERENCE[kind][page.language], n) for kind, n in found.counts.items()] if found else [],
        "tone": tone,
    }


def tone(kind: str) -> str:
    """Give the class of a kind: more asked for, less asked for, or neither."""
    return "asks-more" if kind in _MORE else "asks-less" if kind in _LESS else ""


def _chosen(page: Page, plans: dict[str, Plan]) -> tuple[Plan | None, Plan | None]:
    ids = list(plans)
    a, b = (query.one(page.params, name, ids) for name in ("a", "b"))
    if not ids:
        return None, None
    first = a or next(id for id in ids if id != b or len(ids) == 1)
    second = b or next((id for id in ids[ids.index(first) + 1 :]), ids[0] if first != ids[0] else "")
    return plans[first], plans.get(second)


def _rows(page: Page, found: Comparison) -> tuple[Row, ...]:
    return tuple(
        Row(item.old, item.new, tuple((kind, DIFFERENCE[kind][page.language]) for kind in item.kinds))
        for item in found.differences
    )
