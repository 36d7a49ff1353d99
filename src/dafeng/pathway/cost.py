"""What a scenario costs against another: investment, yearly cost by part, and cost per tonne.

Cost is a variable of the model like any other, so that it moves with every lever and can be explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array
from dafeng.pathway.local import whole
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import sector, total
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.settings import CostsFile


@dataclass(frozen=True)
class Cost:
    """Cost of a scenario against another, in the money of `price_year`, by year; arrays over `years`.

    `parts` are the differences of yearly cost by kind, `investment` that of investment, `co2` that of CO2 in tCO2, all
    scenario less the other. `per_tonne` is the present value of the yearly cost over that of the CO2 avoided, from
    `since` on; None where nothing is avoided.
    """

    scenario: str
    against: str
    boundary: str
    price_year: int
    currency: str
    since: int
    years: tuple[int, ...]
    annual: Array
    annual_against: Array
    parts: Mapping[str, Array]
    investment: Array
    co2: Array
    per_tonne: float | None
    discount: float


def settings_of(pathway: Pathway) -> CostsFile:
    """Give what the pack says of costs.

    Raises:
        Refused: it says nothing.
    """
    found = pathway.settings.costs
    if found is None:
        raise Refused("cost: the pack states no costs. Add 'costs' to pathway.yaml.")
    return found


def cost(pathway: Pathway, scenario: str | Scenario, against: str | Scenario, boundary: str = "") -> Cost:
    """Hold the cost of a scenario against that of another.

    Raises:
        NotFound: no such scenario or boundary.
        Refused: the pack states no costs, or a scenario sets levers for places.
    """
    file = settings_of(pathway)
    one, other = whole(pathway.scenario(scenario)), whole(pathway.scenario(against))
    state, base = pathway.state(one), pathway.state(other)
    chosen = pathway.boundary(boundary)
    counted = pathway.counted(chosen)
    years = np.asarray(pathway.years)
    since = years >= file.since

    def difference(variable: str) -> Array:
        return np.asarray(np.where(since, sector(state, variable)[0] - sector(base, variable)[0], 0.0))

    annual, annual_against = (np.where(since, sector(x, file.annual)[0], np.nan) for x in (state, base))
    co2 = total(state, counted)[0] - total(base, counted)[0]
    weight = np.where(since, (1 + file.discount) ** -(years - file.since).astype(float), 0.0)
    avoided = -float((np.nan_to_num(co2) * weight).sum())
    extra = float((np.nan_to_num(annual - annual_against) * weight).sum())
    return Cost(
        scenario=one.id,
        against=other.id,
        boundary=chosen.id,
        price_year=file.price_year,
        currency=file.currency,
        since=file.since,
        years=pathway.years,
        annual=annual,
        annual_against=annual_against,
        parts={id: difference(variable) for id, variable in file.parts.items()},
        investment=difference(file.investment),
        co2=co2,
        per_tonne=extra / avoided if abs(avoided) > 1 else None,
        discount=file.discount,
    )


def sources_of(pathway: Pathway, part: str) -> tuple[str, ...]:
    """Give the documents that the prices of one part of the cost come from, in the order in which they are read."""
    model, file = pathway.model, settings_of(pathway)
    family = file.annual.partition(".")[0] + "."
    todo, seen, found = [file.parts[part]], set(), dict[str, None]()
    while todo:
        id = todo.pop(0)
        if id in seen or not id.startswith(family):
            continue
        seen.add(id)
        if id in model.graph.by_id:
            todo.extend(model.graph.by_id[id].sources)
        else:
            each = np.atleast_1d(np.asarray(pathway.base.data[id].source, dtype=object))
            found.update({source.document: None for source in each.ravel() if source is not None})
    return tuple(found)
