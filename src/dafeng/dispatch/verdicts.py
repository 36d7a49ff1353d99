"""Which of the plan's power targets hold in the hourly model: figure, verdict, and how far each is missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng import units
from dafeng.dispatch.build.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafeng.city import City
    from dafeng.dispatch.answer import Answer, Period
    from dafeng.dispatch.pack import AnswersFile, Asked
    from dafeng.dispatch.spec import Spec
    from dafeng.labels import Label
    from dafeng.plan.schema import Target

#: Shares and capacities that differ less, relatively, are equal: the model answers to its certificate, not beyond.
EQUAL = 1e-5

#: Capacities below this, MW, are rounding of the solver.
ROUNDING = 1e-3


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """One target in one modelled year. `value` is None where nothing can be said, and `reason` says why.

    `verdict` is holds | misses | absent. `gap` is value less target in the target's unit.
    """

    target: str
    label: Label
    indicator: str
    year: int
    due: int | None
    unit: str
    comparator: str
    asked: float
    value: float | None
    gap: float | None
    verdict: str
    reason: Label | None = None
    need: float | None = None
    """Fuel in store that the target would take, GWh."""


def verdicts(city: City, spec: Spec, answer: Answer, asked: AnswersFile) -> tuple[TargetVerdict, ...]:
    """Hold the targets of all plans of a city against an answer, each in the year it falls due.

    A target without a year is held against every modelled year from the one the pack names.
    """
    out = []
    for plan in city.plans:
        for target in plan.targets:
            of = asked.targets.get(target.indicator)
            if of is None:
                continue
            for period in _due(target, of, answer):
                out.append(_verdict(city, spec, target, of, period))
    return tuple(out)


def _due(target: Target, of: Asked, answer: Answer) -> Iterator[Period]:
    for period in answer.periods:
        if target.due == period.year or (target.due is None and period.year >= (of.since or period.year)):
            yield period


def _verdict(city: City, spec: Spec, target: Target, of: Asked, period: Period) -> TargetVerdict:
    indicator = city.indicators[target.indicator]
    found = None if of.absent else _figure(spec, of, period)
    value = None if found is None else found[0] * units.factor(found[1], target.unit)
    gap = None if value is None else value - target.value
    holds = gap is not None and (
        gap >= -EQUAL * target.value if _upward(target, indicator.better) else gap <= EQUAL * target.value
    )
    need = None
    if of.store:
        days = target.value * units.factor(target.unit, "day")
        need = days / 365 * _burnt(spec, period, of.store["carrier"])
    return TargetVerdict(
        target=target.id,
        label=target.label or indicator.label,
        indicator=target.indicator,
        year=period.year,
        due=target.due,
        unit=target.unit,
        comparator=target.comparator,
        asked=target.value,
        value=value,
        gap=gap,
        verdict="absent" if value is None else "holds" if holds else "misses",
        reason=of.absent,
        need=need,
    )


def _upward(target: Target, better: str) -> bool:
    if target.comparator in (">=", "<="):
        return target.comparator == ">="
    return better != "lower"


def _figure(spec: Spec, of: Asked, period: Period) -> tuple[float, str] | None:
    """Give a figure and its unit; None where the year has none."""
    if of.capacity:
        whole = sum(size for name in of.capacity if (size := period.capacity.get(name, 0.0)) > ROUNDING)
        if of.over is not None:
            return whole / (of.over.at(period.year) * units.factor(of.over.unit, "MW")), ""
        return whole, "MW"
    if of.share == "renewable":
        return period.renewable_share, ""
    if of.share == "response" and period.adequacy is not None and period.adequacy.peak:
        return sum(period.capacity.get(name, 0.0) for name in spec.responses) / period.adequacy.peak, ""
    if of.line in spec.lines and period.energy.get(of.line, 0.0) > 0:
        node = spec.lines[of.line].origin
        sent = [(tech.renewable, period.energy[name]) for name, tech in spec.technologies.items() if tech.node == node]
        return sum(share * energy for share, energy in sent) / sum(energy for _, energy in sent), ""
    return None


def _burnt(spec: Spec, period: Period, carrier: str) -> float:
    """Fuel that the generators burn in a year, GWh."""
    worth = Worth(spec)
    return sum(
        period.energy[name] * worth.fuel(name, period.year)
        for name, tech in spec.technologies.items()
        if tech.carrier == carrier
    )
