"""How evidence is compared with a target, where the plan leaves it open."""

from __future__ import annotations

from dafeng import units
from dafeng.facts.indicator import Indicator
from dafeng.plan.part import Measure
from dafeng.plan.periods import PERIODS
from dafeng.plan.schema import Target

#: Measures whose result is a pure number, whatever the indicator is counted in.
RELATIVE = frozenset({"ratio", "chain", "multiple"})
CHANGES = frozenset({"increase_by", "decrease_by", "annual_growth"})


def measure_of(target: Target, indicator: Indicator) -> Measure:
    """Say how evidence is compared with a target.

    A plain target reads the level. A change ("下降 14%") is a chain where the indicator names published yearly changes,
    otherwise a ratio if the plan writes a share and the indicator is not one itself, otherwise a difference. "倍" of
    an indicator that has a unit is a multiple of the baseline. An indicator that is itself a change is always read.
    """
    if target.measure:
        return target.measure
    plain = not units.parse(target.unit).dimension
    itself_plain = not units.parse(indicator.unit).dimension
    if indicator.kind == "change":
        return "level"
    if target.direction in CHANGES:
        points = target.unit.strip().endswith("百分点")
        if plain and not points and (target.direction == "annual_growth" or not itself_plain or indicator.changes):
            return "chain" if indicator.changes else "ratio"
        return "difference"
    return "multiple" if plain and not itself_plain else "level"


def period_total(target: Target, indicator: Indicator) -> int | None:
    """Give the year a total counts from: the one before its period. None where the target is no total over a period.

    "“十四五”期间累计 800 万平方米" is written as a level, of a quantity with a unit, over a period.
    """
    total = target.period is not None and target.measure == "level" and bool(units.parse(indicator.unit).dimension)
    return PERIODS[target.period][0] - 1 if total and target.period else None
