"""Which of two targets asks for more, and whether two can be held against each other at all."""

from __future__ import annotations

from collections.abc import Mapping

from dafeng import units
from dafeng.errors import UnitError
from dafeng.facts.indicator import Indicator
from dafeng.plan.schema import UNLINKED, Plan, Target

#: Relative difference below which two values are the same after conversion.
SAME = 1e-6


def name_of(target: Target) -> str:
    """Give what a target is matched by: its indicator or, where none was found, its own words without blanks."""
    if target.indicator != UNLINKED:
        return target.indicator
    return "".join(target.label.zh.split()) if target.label else target.id


def adopted(plan: Plan, other: Plan, indicators: Mapping[str, Indicator], *, clauses: bool) -> Plan:
    """Give a plan whose targets without an indicator have that of their one counterpart in another plan.

    A counterpart falls due in the same year, is named in the same words or, with `clauses`, asks for the same amount in
    the same clause, and is nobody else's. Where several fit, none is taken.
    """
    taken = {(item.indicator, item.due) for item in plan.targets if item.indicator != UNLINKED}
    out: list[Target] = []
    for item in plan.targets:
        twins = [
            one
            for one in other.targets
            if item.indicator == UNLINKED != one.indicator
            and (one.due, one.kind) == (item.due, item.kind)
            and (one.indicator, one.due) not in taken
            and (name_of(item) in _words(one, indicators) or (clauses and _same_amount(item, one)))
        ]
        if len(twins) == 1:
            taken.add((twins[0].indicator, item.due))
        out.append(item.model_copy(update={"indicator": twins[0].indicator}) if len(twins) == 1 else item)
    return plan.model_copy(update={"targets": tuple(out)})


def _words(target: Target, indicators: Mapping[str, Indicator]) -> set[str]:
    labels = [target.label.zh] if target.label else []
    labels += [indicators[target.indicator].label.zh] if target.indicator in indicators else []
    return {"".join(label.split()) for label in labels}


def _same_amount(a: Target, b: Target) -> bool:
    by = scale(a, b)
    return a.clause == b.clause and manner(a) == manner(b) and by is not None and same(a.value * by, b.value)


def manner(target: Target) -> str:
    """Give the kind of change asked for; "" for a level, however it is to be reached."""
    return "" if target.direction is None or target.direction.endswith("_to") else target.direction


def scale(source: Target, to: Target) -> float | None:
    """Give the number that turns the value of one target into the unit of another; None where none does."""
    try:
        return 1.0 if source.unit == to.unit else units.factor(source.unit or "1", to.unit or "1")
    except UnitError:
        return None


def wants_less(target: Target, indicators: Mapping[str, Indicator]) -> bool:
    """Tell whether a smaller number asks for more."""
    if target.direction == "decrease_by":
        return False
    if target.comparator in ("<=", ">="):
        return target.comparator == "<="
    if target.direction is not None:
        return target.direction == "decrease_to"
    declared = indicators.get(target.indicator)
    return declared is not None and declared.better == "lower"


def same(a: float, b: float) -> bool:
    """Tell whether two numbers differ by no more than conversion does."""
    return abs(a - b) <= SAME * max(abs(a), abs(b), 1e-12)


def looser(target: Target, than: Target, indicators: Mapping[str, Indicator]) -> bool:
    """Tell whether a target asks for less than another; False where they have no common measure."""
    by = scale(target, than)
    if by is None:
        return False
    mine, other = target.value * by, than.value
    if same(mine, other):
        return False
    return mine > other if wants_less(than, indicators) else mine < other


def additive(target: Target, indicators: Mapping[str, Indicator]) -> bool:
    """Tell whether the values of districts add up to that of the city: an amount, not a share and not a rate."""
    declared = indicators.get(target.indicator)
    if declared is None or declared.kind not in ("stock", "flow") or target.direction == "annual_growth":
        return False
    try:
        return units.same_dimension(target.unit or "1", declared.unit or "1") and target.unit not in ("%", "倍")
    except UnitError:
        return False
