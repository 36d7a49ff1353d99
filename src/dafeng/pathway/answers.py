"""What a pathway says of the plan's targets: the value in the year each falls due, and how often it is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from dafeng import units
from dafeng.city.measure import measure_of
from dafeng.errors import NotFound
from dafeng.kernel import Array, State
from dafeng.labels import Label
from dafeng.pathway.pathway import Pathway
from dafeng.plan.schema import Target


@dataclass(frozen=True)
class TargetProjection:
    """One target: `value` in its due year and unit, its `gap` (value less target), and the interval of the draws.

    `probability` is the share of draws that meet it, None where nothing was drawn. `shortfall` is how far it is missed
    against the target, as a share; 0 where it is met.
    """

    target: str
    label: Label
    indicator: str
    variable: str
    year: int
    unit: str
    comparator: str
    asked: float
    value: float
    gap: float
    met: bool
    shortfall: float
    units: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    probability: float | None = None


@dataclass(frozen=True)
class Answer:
    """What one target reads of a state, settled once: the variable, the year, the base year, the unit, the owners."""

    target: Target
    variable: str
    measure: str
    at: int
    base: int | None
    scale: float
    label: Label
    units: tuple[str, ...]

    def of(self, state: State) -> Array:
        """Give what the target measures, in its unit, one value a draw."""
        array = state.array(self.variable)
        now = _cells(array, self.at)
        if self.base is None:
            return now * self.scale
        before = _cells(array, self.base)
        if self.measure == "difference":
            sign = -1.0 if self.target.direction == "decrease_by" else 1.0
            return sign * (now - before) * self.scale
        if self.measure == "multiple":
            return now / before
        change = now / before - 1.0
        return (-change if self.target.direction == "decrease_by" else change) * self.scale


def _cells(array: Array, at: int) -> Array:
    """Sum all cells of one year; a value without years is the same in each."""
    year = array[..., min(at, array.shape[-1] - 1)]
    return np.asarray(year.reshape(array.shape[0], -1).sum(axis=1))


def answers_of(pathway: Pathway) -> tuple[Answer, ...]:
    """Give what every target reads that a variable answers in a calculated year, settled once for a pathway."""
    found = _settled.get(pathway)
    if found is None:
        found = _settled[pathway] = tuple(_answers(pathway))
    return found


_settled: WeakKeyDictionary[Pathway, tuple[Answer, ...]] = WeakKeyDictionary()


def _answers(pathway: Pathway) -> Iterator[Answer]:
    years = pathway.years
    tasks = {task.id: task for plan in pathway.city.plans for task in plan.tasks}
    for plan in pathway.city.plans:
        for target in plan.targets:
            variable = pathway.settings.answers.get(target.indicator)
            if variable is None or target.due is None or not years[0] <= target.due <= years[-1]:
                continue
            indicator = pathway.city.indicators[target.indicator]
            measure = measure_of(target, indicator)
            if measure != "level" and (target.baseline_year is None or target.baseline_year not in years):
                continue
            if measure in ("level", "difference"):
                units.factor(pathway.base.unit(variable), target.unit)
            owners = target.lead or (
                tasks[target.task].lead or tasks[target.task].units if target.task in tasks else ()
            )
            yield Answer(
                target=target,
                variable=variable,
                measure=measure,
                at=years.index(target.due),
                base=years.index(target.baseline_year or 0) if measure != "level" else None,
                scale=1.0 / units.parse(target.unit).factor,
                label=target.label or indicator.label,
                units=tuple(owners),
            )


def answer_of(pathway: Pathway, target: str) -> Answer:
    """Find what a target reads.

    Raises:
        NotFound: with the nearest of those that the model answers.
    """
    known = {each.target.id: each for each in answers_of(pathway)}
    if target not in known:
        raise NotFound("target that the pathway answers", target, known)
    return known[target]


def upward(pathway: Pathway, target: Target) -> bool:
    """Tell whether more is better: by the comparator, by the change asked for, else by the indicator."""
    if target.comparator in (">=", "<="):
        return target.comparator == ">="
    if target.direction in ("increase_by", "increase_to", "decrease_by"):
        return True
    if target.direction == "decrease_to":
        return False
    return pathway.city.indicators[target.indicator].better != "lower"


def met(pathway: Pathway, target: Target, value: Array) -> NDArray[np.bool_]:
    """Tell, by draw, whether a target is met; a calculation that equals it to nine digits meets it."""
    slack = 1e-9 * max(abs(target.value), 1e-12)
    ahead = value - target.value if upward(pathway, target) else target.value - value
    return np.asarray(ahead > slack if target.strict else ahead >= -slack)


def project_target(pathway: Pathway, answer: Answer, line: State, drawn: Array | None) -> TargetProjection:
    """Give one target's projection from the line of a scenario and, where there are any, the values of its draws."""
    target = answer.target
    value = float(answer.of(line)[0])
    asked = float(target.value)
    ok = bool(met(pathway, target, np.array([value]))[0])
    low, high, share = None, None, None
    if drawn is not None:
        low, high = (float(x) for x in np.quantile(drawn, (0.05, 0.95)))
        share = float(met(pathway, target, drawn).mean())
    return TargetProjection(
        target=target.id,
        label=answer.label,
        indicator=target.indicator,
        variable=answer.variable,
        year=target.due or 0,
        unit=target.unit,
        comparator=target.comparator,
        asked=asked,
        value=value,
        gap=value - asked,
        met=ok,
        shortfall=0.0 if ok else abs(value - asked) / (abs(asked) or 1.0),
        units=answer.units,
        low=low,
        high=high,
        probability=share,
    )
