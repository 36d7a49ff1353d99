"""The activity ledger of one place: quantities by fuel, sector and year, as the formulas of the domains read them.

Where the pack states that a table is complete in a year, a cell without a figure is a stated zero and carries that
statement as its source; elsewhere it is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from dafeng import units
from dafeng.accounts.boundaries import Boundaries, Rows
from dafeng.axes import YEAR
from dafeng.city import City
from dafeng.city.bind import PLACE, bind, source_of, yearly
from dafeng.facts.observation import OBSERVED
from dafeng.kernel import Datum, Source

BURNT, BALANCE = "energy.burnt", "energy.balance"
#: What is counted by mass, and what by volume: the unit, the axis, and the end of the id.
KINDS = (("万吨", "fuel", "by_mass"), ("亿立方米", "gaseous", "by_volume"))
#: Shares of fuel taken on abroad, for years without a balance, and what balances say of it.
ABROAD = "transport.abroad_share"
REFUELLED = "energy.refuelled_by_mass"
Cells = dict[tuple[Any, ...], tuple[float | None, Source]]


@dataclass(frozen=True)
class Activity:
    """Data by id, the labels of the shared axes, and the years they span."""

    data: Mapping[str, Datum]
    sectors: tuple[str, ...]
    fuels: tuple[str, ...]
    gaseous: tuple[str, ...]
    years: tuple[int, ...]
    #: Quantities of columns that no factor fits, by fuel and year, in t.
    unknown: Mapping[tuple[str, int], float]
    #: Years in which a balance says what is taken on abroad.
    refuelled: frozenset[int]


def read(city: City, place: str, held: Boundaries, wanted: Iterable[str], first: int = 1990) -> Activity:
    """Read the activity of a place: fuel burnt, energy balance, and the other facts in `wanted`."""
    given = city.stated
    flows = held.flows
    burnt = _cells(city, place, BURNT)
    balance = _cells(city, place, BALANCE)
    rows = tuple(dict.fromkeys((*flows.sector, *flows.feedstock, *flows.refuelled_here, *flows.heat_use)))
    left_out = {*flows.sums, *flows.others, *flows.unknown}
    of_rows = [
        key
        for part in (flows.sector, flows.feedstock, flows.refuelled, flows.refuelled_here)
        for row in part.values()
        for key in row
    ]
    sectors = tuple(dict.fromkeys([*(key[1] for key in burnt), *of_rows]))
    names: dict[str, tuple[str, ...]] = {}
    data: dict[str, Datum] = {}
    for unit, axis, end in KINDS:
        fuels = dict.fromkeys(
            [
                *(fuel for (fuel, *_), cell in burnt.items() if units.same_dimension(cell[0], unit)),
                *(
                    fuel
                    for (_, fuel, _), cell in balance.items()
                    if fuel not in left_out and units.same_dimension(cell[0], unit)
                ),
            ]
        )
        names[axis] = tuple(fuels)
        of_burnt = _table({(s, f, y): c for (f, s, y), c in burnt.items() if f in fuels}, unit, place)
        of_balance = _table({k: c for k, c in balance.items() if k[1] in fuels and k[0] in rows}, unit, place)
        for id, cells, axes, labels in (
            (BURNT, of_burnt, (PLACE, "sector", axis, YEAR), (sectors, names[axis])),
            (BALANCE, of_balance, (PLACE, "flow", axis, YEAR), (rows, names[axis])),
        ):
            datum = _datum(cells, unit, axes, (place, *labels))
            data[f"{id}_{end}"] = _with_zeros(datum, given.get(f"{id}_complete"))
    taken = {
        (sector, fuel, year): (unit, value * weight, source)
        for (flow, fuel, year), (unit, value, source) in balance.items()
        for sector, weight in flows.refuelled.get(flow, {}).items()
        if fuel in names["fuel"]
    }
    axes = (PLACE, "sector", "fuel", YEAR)
    data[REFUELLED] = _datum(_table(taken, "t", place), "t", axes, (place, sectors, names["fuel"]))
    heat = _table({(f, y): c for (f, fuel, y), c in balance.items() if fuel == "heat" and f in rows}, "TJ", place)
    of_heat = _datum(heat, "TJ", (PLACE, "flow", YEAR), (place, rows))
    data[f"{BALANCE}_heat"] = _with_zeros(of_heat, given.get(f"{BALANCE}_complete"))
    others = bind(city.facts, city.indicators, wanted, (place,), None)
    data |= {id: datum for id, datum in others.items() if not np.isnan(datum.values).all()}
    data |= {**given, **_rows(held, sectors, rows)}
    data[ABROAD] = _abroad(given.get(ABROAD), held, sectors, names["fuel"])
    observed = (fact for fact in city.facts if fact.place == place and fact.status in OBSERVED)
    last = max((fact.period.year for fact in observed), default=first)
    years = tuple(range(first, max(first, last) + 1))
    told = frozenset(year for flow, _, year in balance if flow in flows.refuelled)
    return Activity(data, sectors, names["fuel"], names["gaseous"], years, _unknown(balance, held), told)


def _cells(city: City, place: str, id: str) -> dict[tuple[Any, ...], tuple[str, float, Source]]:
    """Give unit, value and source by the labels of an indicator and year; nothing where it is not observed."""
    if id not in city.indicators:
        return {}
    indicator = city.indicators[id]
    found: dict[tuple[Any, ...], tuple[str, float, Source]] = {}
    for where, dims in city.facts.coordinates(id):
        if where == place:
            labels = dict(dims)
            for observation in yearly(indicator, city.facts.series(id, place, dims).points):
                assert observation.value is not None  # noqa: S101 - yearly leaves absent ones out
                key = (*(labels[axis] for axis in indicator.dims), observation.period.year)
                found[key] = (observation.unit, observation.value, source_of(observation))
    return found


def _table(cells: Mapping[tuple[Any, ...], tuple[str, float, Source]], unit: str, place: str) -> Cells:
    return {(place, *key): (value * units.factor(had, unit), source) for key, (had, value, source) in cells.items()}


def _datum(cells: Cells, unit: str, axes: tuple[str, ...], labels: tuple[Any, ...]) -> Datum:
    place, *further = labels
    years = tuple(sorted({key[-1] for key in cells})) or (0,)
    named = {axes[0]: (place,), **dict(zip(axes[1:-1], further, strict=True)), YEAR: years}
    return Datum.from_cells(cells, unit, axes, labels=named)


def _with_zeros(datum: Datum, complete: Datum | None) -> Datum:
    """State zero in the cells of years whose table is complete; the statement is their source."""
    if complete is None:
        return datum
    values, sources = np.array(datum.values), np.array(datum.source)
    dated = dict(zip(complete.labels[YEAR], np.asarray(complete.values), strict=True))
    for at, year in enumerate(datum.labels[YEAR]):
        stated = [known for known in dated if known <= year]
        if stated and dated[stated[-1]] > 0:
            source = complete.source_at((complete.labels[YEAR].index(stated[-1]),))
            blank = np.isnan(values[..., at])
            values[..., at][blank] = 0.0
            sources[..., at][blank] = source
    return replace(datum, values=values, source=sources)


def _rows(held: Boundaries, sectors: tuple[str, ...], rows: tuple[str, ...]) -> dict[str, Datum]:
    flows = held.flows
    source = Source(flows.document, flows.locator)

    def matrix(given: Rows) -> Datum:
        values = np.array([[given.get(row, {}).get(sector, 0.0) for sector in sectors] for row in rows])
        return Datum(values, "", ("flow", "sector"), {"flow": rows, "sector": sectors}, source, "parameter")

    heat = np.array([flows.heat_use.get(row, 0.0) for row in rows])
    return {
        "energy.flow_sector": matrix(flows.sector),
        "energy.flow_feedstock": matrix(flows.feedstock),
        "energy.flow_refuelled_here": matrix(flows.refuelled_here),
        "energy.flow_heat_use": Datum(heat, "", ("flow",), {"flow": rows}, source, "parameter"),
    }


def _abroad(stated: Datum | None, held: Boundaries, sectors: tuple[str, ...], fuels: tuple[str, ...]) -> Datum:
    """Spread the shares of fuel taken on abroad over sectors and fuels; what is not named takes none on.

    A city that states none has no shares, so that only a balance says what was taken on.
    """
    shape = (len(sectors), len(fuels))
    if stated is None:
        return Datum(
            np.full(shape, np.nan), "", ("sector", "fuel"), {"sector": sectors, "fuel": fuels}, "", "parameter"
        )
    takers = {sector for row in held.flows.refuelled.values() for sector in row}
    named, years = stated.labels["fuel"], stated.labels[YEAR]
    cells = {}
    for sector, fuel, (at, year) in product(sectors, fuels, enumerate(years)):
        cell = (named.index(fuel) if fuel in named else 0, at)
        value = float(np.asarray(stated.values)[cell]) if sector in takers and fuel in named else 0.0
        source = stated.source_at(cell)
        assert source is not None  # noqa: S101 - a stated parameter has one
        cells[sector, fuel, year] = (value, source)
    labels = {"sector": sectors, "fuel": fuels, YEAR: years}
    return Datum.from_cells(
        cells, stated.unit, ("sector", "fuel", YEAR), labels=labels, kind="parameter", between=stated.between
    )


def _unknown(balance: Mapping[tuple[Any, ...], tuple[str, float, Source]], held: Boundaries) -> dict[Any, float]:
    found: dict[tuple[str, int], float] = {}
    for (flow, fuel, year), (unit, value, _) in balance.items():
        weight = sum(held.flows.sector.get(flow, {}).values())
        if fuel in held.flows.unknown and weight:
            found[fuel, year] = found.get((fuel, year), 0.0) + weight * value * units.factor(unit, "t")
    return found
