"""Two plans beside each other: one row for every target that differs, with every way in which it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dafeng.compare.order import adopted, name_of, same, scale
from dafeng.compiler import diff
from dafeng.facts.indicator import Indicator
from dafeng.plan.schema import Plan, Target

Kind = Literal[
    "added",
    "dropped",
    "tightened",
    "loosened",
    "re-dated",
    "moved",
    "unit",
    "range",
    "baseline",
    "wording",
    "incomparable",
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """One target in two plans and how it changed; `old` or `new` is None where it stands in one plan only."""

    old: Target | None
    new: Target | None
    kinds: tuple[str, ...]

    @property
    def target(self) -> Target:
        """Give the newer of the two."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a difference has at least one side
        return found

    @property
    def indicator(self) -> str:
        """Give the indicator both are about."""
        return self.target.indicator


@dataclass(frozen=True, slots=True)
class Comparison:
    """What sets two plans apart.

    `same` are the targets that stand unchanged in the newer plan; `kept` those of the older one that a newer plan,
    which amends it and does not replace it, leaves in force.
    """

    old: Plan
    new: Plan
    differences: tuple[Difference, ...]
    same: tuple[Target, ...]
    kept: tuple[Target, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Count the differences of each kind, kinds without any left out."""
        found = {kind: sum(kind in item.kinds for item in self.differences) for kind in KINDS}
        return {kind: count for kind, count in found.items() if count}


def compare(old: Plan, new: Plan, indicators: Mapping[str, Indicator] | None = None) -> Comparison:
    """Hold two plans against each other, target by target; values are converted before they are compared.

    A target whose indicator was not found in the glossary is matched by its own words, or by clause and amount.
    `indicators` say for a bare number whether more or less of it is wanted. A plan that amends another has clauses of
    its own: a target counts as moved between the two only where it changes its action. A base year that neither plan
    states but somebody assumed is no difference.
    """
    known = indicators or {}
    better = {id: item.better for id, item in known.items()}
    before = {item.id: item for item in old.targets}
    after = {item.id: item for item in new.targets}
    rows: dict[tuple[str | None, str | None], list[str]] = {}
    one_plan = _named(adopted(old, new, known, clauses=True))
    other_plan = _named(adopted(new, old, known, clauses=True))
    for change in diff.diff(one_plan, other_plan, better):
        key = (change.old.id if change.old else None, change.new.id if change.new else None)
        rows.setdefault(key, []).append(change.kind)
    for one, other in _pairs(rows, one_plan, other_plan):
        rows.setdefault((one.id, other.id), []).extend(_more(one, other))
    kept: tuple[Target, ...] = ()
    if new.supersedes == old.id:
        kept = tuple(before[a] for (a, b) in rows if a is not None and b is None)
        rows = {key: kinds for key, kinds in rows.items() if key[1] is not None}
        for (a, b), kinds in rows.items():
            if a and b and before[a].action == after[b].action and "moved" in kinds:
                kinds.remove("moved")
    differences = tuple(
        Difference(before[a] if a else None, after[b] if b else None, tuple(k for k in KINDS if k in kinds))
        for (a, b), kinds in rows.items()
        if kinds
    )
    changed = {item.new.id for item in differences if item.new}
    return Comparison(old, new, differences, tuple(item for item in new.targets if item.id not in changed), kept)


def _named(plan: Plan) -> Plan:
    """Give the plan with the words of a target in place of an indicator that was not found."""
    targets = tuple(item.model_copy(update={"indicator": name_of(item)}) for item in plan.targets)
    return plan.model_copy(update={"targets": targets})


def _pairs(
    rows: Mapping[tuple[str | None, str | None], list[str]], old: Plan, new: Plan
) -> list[tuple[Target, Target]]:
    """List the pairs that may differ in ways the numbers alone do not show."""
    before, after = {item.id: item for item in old.targets}, {item.id: item for item in new.targets}
    found = {b: a for a, b in rows if a is not None and b is not None}
    alone = {a for a, b in rows if b is None} | {b for a, b in rows if a is None}
    for item in new.targets:
        if item.id not in found and item.id not in alone:
            twin = next(
                (
                    one.id
                    for one in old.targets
                    if one.id not in alone
                    and one.id not in found.values()
                    and (item.supersedes == one.id or (name_of(one), one.due) == (name_of(item), item.due))
                ),
                None,
            )
            if twin:
                found[item.id] = twin
    return [(before[a], after[b]) for b, a in found.items()]


def _more(a: Target, b: Target) -> list[str]:
    out: list[str] = []
    by = scale(a, b)
    ends = (a.value_max, b.value_max)
    if by is not None and (
        (ends[0] is None) != (ends[1] is None)
        or (ends[0] is not None and ends[1] is not None and not same(ends[0] * by, ends[1]))
    ):
        out.append("range")
    assumed = a.baseline_assumed is not None or b.baseline_assumed is not None
    if a.baseline_year != b.baseline_year and not assumed:
        out.append("baseline")
    return out
