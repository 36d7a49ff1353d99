"""How far levers can still be moved by a year: what a decision of one year reaches, given their lead times."""

from __future__ import annotations

import numpy as np

from dafeng import units
from dafeng.axes import YEAR
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.scenario import Scenario


def reach(lever: Lever, decided: int, due: int) -> float:
    """Give the part of a lever's range that a decision of the year `decided` reaches by `due`, from 0 to 1.

    The lead time is the years to half of the effect, so that all of it takes twice as long; a lever without lead time
    is moved in the year of the decision.
    """
    if due < decided:
        return 0.0
    return min(1.0, (due - decided) / (2 * lever.lead)) if lever.lead > 0 else 1.0


def bounds(lever: Lever, here: float, decided: int | None, due: int) -> tuple[float, float]:
    """Give the lowest and highest setting that can still be reached by `due`, from the setting `here`.

    Without a year of decision the whole range counts.
    """
    low, high = lever.range
    if decided is None:
        return low, high
    part = reach(lever, decided, due)
    return here - part * (here - low), here + part * (high - here)


def setting(pathway: Pathway, scenario: Scenario, lever: Lever) -> float:
    """Give what a scenario sets a lever to; where it leaves it alone, what stands in the year it would be done."""
    if lever.id in scenario.every:
        return scenario.every[lever.id][0]
    if lever.kind == "delivery":
        return lever.now.value if lever.now.value is not None else 1.0
    return float(np.clip(standing(pathway, lever, lever.schedule.end), *lever.range))


def standing(pathway: Pathway, lever: Lever, year: int) -> float:
    """Give the value of the cells a lever moves, in its unit, in a year, where no lever moves them: their mean."""
    state = pathway.base
    labels = {axis: labels[0] for axis, labels in lever.cells.items() if len(labels) == 1}
    dims = state.dims(lever.parameter)
    at = min(max(year, pathway.years[0]), pathway.years[-1])
    value = state.at(lever.parameter, at if YEAR in dims else None, **labels)
    return float(np.nanmean(value)) * units.factor(state.unit(lever.parameter), lever.unit)
