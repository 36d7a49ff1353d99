"""The numbers of one target or goal: contradictions that can be seen without any evidence."""

from __future__ import annotations

from collections.abc import Callable

from dafeng.errors import Collector, UnitError
from dafeng.plan.schema import Goal, Target
from dafeng.units import parse

#: Gives the place of a field of the part that is checked.
At = Callable[..., str]

_TOWARDS = {"increase_to": "<=", "decrease_to": ">="}  # a rise to "at most", a fall to "at least"
_FIRMNESS = {"确保": "binding", "力争": "striving", "争取": "striving", "原则上": "expected"}


def check_target(target: Target, at: At, faults: Collector) -> None:
    """Note every contradiction inside one target."""
    _check_indicator(target.id, target.indicator, at("indicator"), faults)
    try:
        parse(target.unit)
    except UnitError as error:
        faults.add(
            "unknown-unit",
            at("unit"),
            f"the unit of target '{target.id}' does not parse: {str(error).rstrip('.')}",
            "Write the unit as the plan does, in a form that dafeng.units reads",
        )
    _check_time(target, at, faults)
    _check_value(target, at, faults)
    _check_baseline(target, at, faults)
    _check_strength(target, at, faults)


def check_goal(goal: Goal, at: At, faults: Collector) -> None:
    """Note every contradiction inside one goal."""
    _check_time(goal, at, faults)
    if goal.rule is None:
        return
    _check_indicator(goal.id, goal.rule.indicator, at("rule", "indicator"), faults)
    if goal.due is not None and goal.rule.since >= goal.due:
        faults.add(
            "goal-rule",
            at("rule", "since"),
            f"the rule of goal '{goal.id}' counts from {goal.rule.since}, and the goal falls due in {goal.due}",
            "Let the rule begin before the due year",
        )


def _check_indicator(id: str, indicator: str, place: str, faults: Collector) -> None:
    if not indicator.strip():
        faults.add(
            "no-indicator",
            place,
            f"'{id}' names no indicator (got {indicator!r})",
            "Name the indicator of indicators.yaml or the model variable that answers it",
        )


def _check_time(part: Target | Goal, at: At, faults: Collector) -> None:
    if part.year is not None and part.period is not None:
        faults.add(
            "year-and-period",
            at("period"),
            f"'{part.id}' has a year and a period (got {part.year} and {part.period})",
            "Keep the one the plan writes",
        )
    if part.from_year is not None and part.due is not None and part.from_year > part.due:
        faults.add(
            "starts-after-due",
            at("from_year"),
            f"'{part.id}' holds from {part.from_year} and falls due in {part.due}",
            "Correct one of the two years",
        )


def _check_value(target: Target, at: At, faults: Collector) -> None:
    if target.value_max is not None and target.value_max <= target.value:
        faults.add(
            "range",
            at("value_max"),
            f"the range of target '{target.id}' is upside down (got {target.value:g} to {target.value_max:g})",
            "Write the lower end as value and the upper end as value_max",
        )
    if target.value_max is not None and target.comparator in {">=", "<="}:
        faults.add(
            "range-comparator",
            at("comparator"),
            f"target '{target.id}' is a range and has the comparator {target.comparator}",
            "A range is reached (=) or about reached (~); for a bound give one value",
        )
    if target.direction is not None and _TOWARDS.get(target.direction) == target.comparator:
        faults.add(
            "comparator-direction",
            at("comparator"),
            f"target '{target.id}' has the direction {target.direction} and the comparator {target.comparator}",
            "A rise is to at least a value, a fall to at most a value; correct one of the two",
        )
    if target.strict and target.comparator not in {">=", "<="}:
        faults.add(
            "strict-comparator",
            at("strict"),
            f"target '{target.id}' is strict and has the comparator {target.comparator}",
            "Only >= and <= can be strict",
        )


def _check_baseline(target: Target, at: At, faults: Collector) -> None:
    since_baseline = target.measure in {"ratio", "difference", "chain", "multiple"}
    change = target.direction in {"increase_by", "decrease_by"} and target.measure != "level"
    if (since_baseline or change) and target.baseline_year is None:
        asked = f"measure {target.measure}" if since_baseline else f"direction {target.direction}"
        faults.add(
            "no-baseline",
            at("measure" if since_baseline else "direction"),
            f"target '{target.id}' has the {asked} and no baseline year",
            "Give baseline_year, with baseline_assumed where the plan leaves it open; or measure: level",
        )
    if target.baseline_year is not None and target.due is not None and target.baseline_year >= target.due:
        faults.add(
            "baseline-after-due",
            at("baseline_year"),
            f"target '{target.id}' counts from {target.baseline_year} and falls due in {target.due}",
            "Correct one of the two years",
        )
    if target.baseline_assumed is not None and target.baseline_year is None:
        faults.add(
            "assumed-without-baseline",
            at("baseline_assumed"),
            f"target '{target.id}' explains an assumed baseline and has no baseline year",
            "Give baseline_year, or take the explanation out",
        )


def _check_strength(target: Target, at: At, faults: Collector) -> None:
    expected = _FIRMNESS.get(target.hedge) if target.hedge is not None else None
    if expected is not None and target.strength != expected:
        faults.add(
            "strength-hedge",
            at("strength"),
            f"target '{target.id}' has the hedge {target.hedge} and the strength {target.strength}, not {expected}",
            "Let the strength follow the plan's word",
        )
    if target.hedge is None and target.strength != "expected" and target.note is None:
        faults.add(
            "strength-unexplained",
            at("strength"),
            f"target '{target.id}' is {target.strength} and the plan has no word for it",
            "Say why in a note, or leave the strength out",
        )
