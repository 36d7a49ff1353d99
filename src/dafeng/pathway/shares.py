"""The share that each place has in each part of a city's figures, by year: that of a key, or its own fact's.

Where a place has facts of its own, its share is its fact over the city's figure in the years it states, the last of
these shares afterwards, and that of the key before. Nothing else moves: what an own fact adds or leaves is the city's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dafeng import units
from dafeng.city import City
from dafeng.city.bind import PLACE, yearly
from dafeng.errors import Refused
from dafeng.kernel import Array, State
from dafeng.pathway.allocation import AllocationFile, Key, Line, Own, Part
from dafeng.pathway.lever import Cells


@dataclass(frozen=True)
class Basis:
    """What one place's share of one part rests on: a key, or its own fact in some years; neither where it has none."""

    key: str = ""
    fact: str = ""
    years: tuple[int, ...] = ()
    of_line: bool = False
    """Whether the fact is of the whole line, so that the part in it is still that of the key."""

    @property
    def kind(self) -> str:
        """Tell "own", "allocated" or "none"."""
        return "own" if self.fact else "allocated" if self.key else "none"


@dataclass(frozen=True)
class Shares:
    """Shares by part, (places, years), NaN where a place has not the figure of the key; what each rests on."""

    places: tuple[str, ...]
    values: Mapping[str, Array] = field(repr=False)
    basis: Mapping[str, tuple[Basis, ...]] = field(repr=False)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Documents of each key."""

    @property
    def owned(self) -> bool:
        """Whether any place has facts of its own."""
        return any(rest.kind == "own" for rests in self.basis.values() for rest in rests)


def of_key(city: City, key: Key, places: Sequence[str], division: str) -> Array:
    """Give the share of each place by a key, NaN for one that has no figure.

    A share is over the city's own figure of that year; where it has none, over the sum of all places of the division.
    """
    found = [_figure(city, key, place) for place in places]
    whole = _figure(city, key, city.id)
    if math.isnan(whole):
        whole = sum(_figure(city, key, place.id) for place in city.places if place.kind == division)
    if math.isnan(whole) or whole <= 0:
        raise Refused(
            f"key '{key.id}': neither the city nor all of its places have '{key.fact}' in {key.year}. "
            "Import it, or name another year in allocation.yaml."
        )
    return np.asarray(found) / whole


def _figure(city: City, key: Key, place: str) -> float:
    series = city.facts.series(key.fact, place)
    for point in yearly(city.indicators[key.fact], series.points):
        if point.period.year == key.year and point.value is not None:
            return point.value * units.factor(point.unit, city.indicators[key.fact].unit)
    return math.nan


def documents(city: City, key: Key, places: Sequence[str]) -> tuple[str, ...]:
    """Name the documents that the figures of a key come from, each once."""
    found: dict[str, None] = {}
    for place in places:
        for point in yearly(city.indicators[key.fact], city.facts.series(key.fact, place).points):
            if point.period.year == key.year:
                found[point.source] = None
    return tuple(found)


def summed(state: State, array: Array, variable: str, cells: Cells) -> Array:
    """Sum an array in model order over everything but place and year, within some cells: (places, years)."""
    axes = state.frame.axes
    index: list[slice | list[int]] = [slice(None)] * len(axes.names)
    for axis, labels in cells.items():
        at = axes.index(axis) % len(axes.names)
        if axis in state.dims(variable) and array.shape[at] > 1:
            index[at] = [state.position(axis, label) for label in labels]
            array = array[tuple(index)]
            index[at] = slice(None)
    place = axes.index(PLACE) % len(axes.names)
    others = tuple(n for n in range(array.ndim) if n not in (place, array.ndim - 1))
    total = np.asarray(array.sum(axis=others))
    return np.broadcast_to(total, (total.shape[0], len(state.years)))


def own_figures(city: City, own: Own, place: str) -> dict[int, dict[tuple[tuple[str, str], ...], float]]:
    """Give the own figures of a place in the unit of the indicator: by year, then by cell."""
    indicator = city.indicators[own.fact]
    found: dict[int, dict[tuple[tuple[str, str], ...], float]] = {}
    for where, dims in city.facts.coordinates(own.fact):
        if where != place:
            continue
        for point in yearly(indicator, city.facts.series(own.fact, place, dims).points):
            if point.value is not None:
                value = point.value * units.factor(point.unit, indicator.unit)
                found.setdefault(point.period.year, {})[tuple(dims)] = value
    return found


def shares(city: City, content: AllocationFile, places: Sequence[str], state: State) -> Shares:
    """Give the shares of places in every part; `state` is that of the city, against which own facts are held."""
    count = len(state.years)
    by_key = {key.id: of_key(city, key, places, content.division) for key in content.keys}
    values: dict[str, Array] = {}
    basis: dict[str, tuple[Basis, ...]] = {}
    for line in content.lines:
        for part in line.parts:
            keyed = by_key[part.key] if part.key else np.zeros(len(places))
            values[part.id] = np.repeat(keyed[:, None], count, axis=1)
            rests = []
            for n, place in enumerate(places):
                rest = Basis(part.key)
                for own in part.own:
                    stated = _stated(city, own, place, part, state)
                    if stated:
                        _pin(values[part.id][n], stated, state.years)
                        rest = Basis(part.key, own.fact, tuple(stated))
                        break
                rests.append(rest)
            basis[part.id] = tuple(rests)
        _whole_lines(city, line, places, state, values, basis)
    named = {key.id: documents(city, key, places) for key in content.keys}
    return Shares(tuple(places), values, basis, named)


def _stated(city: City, own: Own, place: str, part: Part, state: State) -> dict[int, float]:
    """Give the shares a place states of itself, by year: its figures over those of the city in the same cells."""
    found = {}
    unit = city.indicators[own.fact].unit
    cells = own.cells or part.cells
    array = state.array(own.variable)
    for year, figures in own_figures(city, own, place).items():
        if year not in state.years:
            continue
        mine = theirs = 0.0
        for dims, value in figures.items():
            said = {axis: (label,) for axis, label in dims if axis in state.dims(own.variable)}
            inside = {axis: cells.get(axis, state.labels[axis]) for axis in said}
            if any(label not in inside[axis] for axis, (label,) in said.items()):
                continue
            mine += value * units.parse(unit).factor
            theirs += float(summed(state, array, own.variable, {**cells, **said})[0, state.years.index(year)])
        if theirs > 0:
            found[year] = mine / theirs
    return dict(sorted(found.items()))


def _pin(row: Array, stated: Mapping[int, float], years: tuple[int, ...]) -> None:
    """Put stated shares into a row, each until the next and the last to the end."""
    for year, value in stated.items():
        row[years.index(year) :] = value


def _whole_lines(
    city: City,
    line: Line,
    places: Sequence[str],
    state: State,
    values: dict[str, Array],
    basis: dict[str, tuple[Basis, ...]],
) -> None:
    """Bring the parts of a line to an own fact of the whole line, each by the same ratio."""
    for n, place in enumerate(places):
        for own in line.own:
            figures = {
                year: sum(cells.values())
                for year, cells in own_figures(city, own, place).items()
                if year in state.years
            }
            if not figures:
                continue
            unit = units.parse(city.indicators[own.fact].unit)
            made = np.zeros(len(state.years))
            counted = [part for part in line.parts if not own.parts or part.id in own.parts]
            for part in counted:
                made = made + np.nan_to_num(values[part.id][n] * _quantity(state, part, unit.dimension))
            ratio = np.ones(len(state.years))
            stated = {}
            for year, value in sorted(figures.items()):
                at = state.years.index(year)
                if made[at] > 0:
                    stated[year] = value * unit.factor / made[at]
            _pin(ratio, stated, state.years)
            for part in counted if stated else ():
                values[part.id][n] *= ratio
                rests = list(basis[part.id])
                rests[n] = Basis(rests[n].key, own.fact, tuple(stated), of_line=True)
                basis[part.id] = tuple(rests)
            if stated:
                break


def _quantity(state: State, part: Part, dimension: units.Dimension) -> Array:
    """Give what a part is made of, or its CO2, by year: the one that a fact of this dimension is a figure of."""
    first = part.frontier[0]
    id = first if units.parse(state.unit(first)).dimension == dimension else part.variable
    whole = summed(state, state.array(id), id, part.cells)[0]
    for less in part.less if id == part.variable else ():
        whole = np.asarray(whole - summed(state, state.array(less), less, {})[0])
    return np.asarray(whole)
