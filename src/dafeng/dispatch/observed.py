"""A modelled past year beside what was observed: figure, error, and whether the model was told or found it out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng import units

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.dispatch.answer import Answer, Period
    from dafeng.dispatch.pack import AnswersFile, Seen
    from dafeng.labels import Label


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of a past year. `error` is relative to the observed value; `told` what the model was given of it."""

    indicator: str
    label: Label
    year: int
    unit: str
    observed: float
    modelled: float
    error: float
    source: str
    told: str
    """no (found by the model) | part (an earlier mean or a floor) | yes (an input)."""


def compared(city: City, answer: Answer, asked: AnswersFile) -> tuple[Comparison, ...]:
    """Hold an answer against the facts of its years, as far as there are any."""
    out = []
    for indicator, seen in asked.observed.items():
        declared = city.indicators[indicator]
        series = city.facts.series(indicator, seen.place or city.places[0].id)
        for period in answer.periods:
            fact = series.yearly.get(period.year)
            if fact is None or fact.value is None or not math.isfinite(fact.value) or not fact.value:
                continue
            value, unit = _modelled(seen, period)
            modelled = value * units.factor(unit, fact.unit)
            observed = float(fact.value)
            out.append(
                Comparison(
                    indicator, declared.label, period.year, fact.unit, observed, modelled, modelled / observed - 1,
                    fact.source, seen.told,
                )
            )  # fmt: skip
    return tuple(out)


def _modelled(seen: Seen, period: Period) -> tuple[float, str]:
    if seen.energy:
        return sum(period.energy.get(name, 0.0) for name in seen.energy), "GWh"
    if seen.capacity:
        return sum(period.capacity.get(name, 0.0) for name in seen.capacity), "MW"
    if seen.figure == "imports":
        return period.imports, "GWh"
    if seen.figure == "import_share":
        return period.imports / period.demand, ""
    if seen.figure == "renewable_share":
        return period.renewable_share, ""
    if seen.figure == "peak" and period.adequacy is not None:
        return period.adequacy.peak, "MW"
    return period.demand, "GWh"
