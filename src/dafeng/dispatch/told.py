"""What the hourly model tells a scenario of the pathway: parameters that follow from an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dafeng import units
from dafeng.axes import BATCH, YEAR
from dafeng.dispatch.pack import value_of
from dafeng.kernel import Datum

if TYPE_CHECKING:
    from dafeng.dispatch.answer import Answer, Period
    from dafeng.dispatch.pack import AnswersFile, Given
    from dafeng.dispatch.spec import Spec
    from dafeng.kernel import State


@dataclass(frozen=True, slots=True)
class Told:
    """One parameter of the scenario as the hourly model gives it, in one year, in the parameter's unit."""

    parameter: str
    year: int
    value: float
    before: float
    unit: str


def give_back(answer: Answer, spec: Spec, asked: AnswersFile, state: State, first: State) -> tuple[Told, ...]:
    """Give the parameters that follow from an answer, in each modelled year; what it cannot tell stays as it was."""
    out = []
    for parameter, given in asked.scenario.back.items():
        for period in answer.periods:
            value, unit = _value(given, period, spec, state)
            if value is None:
                continue
            own = first.unit(parameter)
            before = float(np.asarray(first.at(parameter, period.year), dtype=np.float64).mean())
            out.append(Told(parameter, period.year, value * units.factor(unit, own), before, own))
    return tuple(out)


def _value(given: Given, period: Period, spec: Spec, state: State) -> tuple[float | None, str]:
    city = spec.nodes[0]
    if given.energy:
        energy = sum(period.energy.get(name, 0.0) for name in given.energy)
        over = value_of(state, given.over, period.year, "GW")
        return (energy / over if over > 0 else None), "h"
    if given.line:
        return _arriving(period, spec, given.line), "GWh"
    if given.figure == "price":
        return period.prices.get(city), f"{spec.currency}/MWh"
    if given.figure == "import_share":
        new = sum(_arriving(period, spec, name) for name in given.less)
        return (period.imports - new) / period.demand, ""
    return None, ""


def meet(answer: Answer, asked: AnswersFile, state: State, first: State) -> tuple[Told, ...]:
    """Give the parameters to which a variable is in proportion, so that it becomes the hourly model's figure."""
    out = []
    for parameter, given in asked.scenario.back.items():
        for period in answer.periods if given.meets else ():
            wanted = figure_of(given.figure, period, "tCO2")
            there = value_of(state, given.meets, period.year, "tCO2")
            before = float(np.asarray(first.at(parameter, period.year), dtype=np.float64).mean())
            if wanted is not None and there > 0:
                out.append(Told(parameter, period.year, before * wanted / there, before, first.unit(parameter)))
    return tuple(out)


def figure_of(name: str, period: Period, unit: str) -> float | None:
    """Give a figure of the year in a unit of energy or of CO2."""
    if name == "imports":
        return period.imports * units.factor("GWh", unit)
    if name == "local_co2":
        return period.local_emissions * units.factor("tCO2", unit)
    if name == "import_co2":
        return (period.emissions - period.local_emissions) * units.factor("tCO2", unit)
    if name == "factor":
        return period.factor * units.factor("tCO2/MWh", unit)
    if name == "renewable_share":
        return period.renewable_share * units.factor("", unit)
    return None


def _arriving(period: Period, spec: Spec, line: str) -> float:
    return period.energy.get(line, 0.0) * spec.lines[line].efficiency if line in spec.lines else 0.0


def overlay(first: State, told: tuple[Told, ...]) -> dict[str, Datum]:
    """Give the parameters as the pathway takes them: straight between the modelled years and level after the last."""
    years = np.asarray(first.years, dtype=np.float64)
    out = {}
    for id in dict.fromkeys(each.parameter for each in told):
        mine = [each for each in told if each.parameter == id]
        dims = tuple(axis for axis in first.dims(id) if axis != YEAR)
        values = first.values(id)
        if YEAR not in first.dims(id):
            values = np.broadcast_to(values[..., None], (*values.shape, years.size))
        path = np.interp(years, [each.year for each in mine], [each.value for each in mine])
        since = years >= mine[0].year
        result = np.where(since, path, values)[None]
        labels = {axis: first.labels[axis] for axis in (*dims, YEAR)}
        out[id] = Datum(result, first.unit(id), (BATCH, *dims, YEAR), labels, "hourly-model", "parameter")
    return out
