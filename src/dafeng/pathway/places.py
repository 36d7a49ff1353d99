"""The pathway of each place of a city: its lines, what of them is allocated and by which key, and what stays undivided.

A place counts fuel burnt in it, and electricity and heat used in it at the city's factors of the scenario (scope 2).
The places and the undivided remainder of a line add up to the city's sectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dafeng.city import City
from dafeng.errors import NotFound, Refused
from dafeng.kernel import Array, State, substitute
from dafeng.pathway import peaks
from dafeng.pathway.allocation import AllocationFile, Key, Line, Part
from dafeng.pathway.loading import load
from dafeng.pathway.local import Local, allocation_of, division
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.projection import present, sector
from dafeng.pathway.scenario import Scenario, Setting, lever_of
from dafeng.pathway.settings import Boundary
from dafeng.pathway.shares import Basis, Shares, shares, summed


@dataclass(frozen=True)
class PlacePart:
    """One part of a line over places: `values` (places, years) in tCO2, `city` that of the whole city by itself.

    `city` is what the city has under the scenario without what places do otherwise; `shares` are those of `values`.
    """

    part: Part
    values: Array
    city: Array
    shares: Array
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class PlaceLine:
    """One line over places in tCO2: `values` (places, years), `city` its sectors, `rest` what no place has."""

    line: Line
    values: Array
    city: Array
    rest: Array
    parts: tuple[PlacePart, ...]


@dataclass(frozen=True)
class ByPlace:
    """A scenario by place. `totals` is (places, years) in tCO2 of the lines of the boundary; NaN where absent."""

    city: str
    pack: str
    scenario: Scenario
    boundary: Boundary
    years: tuple[int, ...]
    places: tuple[str, ...]
    lines: tuple[PlaceLine, ...]
    totals: Array
    whole: Array
    rest: Array
    peaks: tuple[Peak | None, ...]
    top: Peak
    state: State
    shares: Shares = field(repr=False)
    now: int
    """The year of the newest key."""
    keys: tuple[Key, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys that a place has no figure of; its parts by them are left out."""

    def row(self, place: str) -> int:
        """Give the row of a place.

        Raises:
            NotFound: it is not among the places asked for.
        """
        if place not in self.places:
            raise NotFound("place", place, self.places)
        return self.places.index(place)

    def at(self, year: int) -> int:
        """Give the column of a year.

        Raises:
            NotFound: it is not calculated.
        """
        if year not in self.years:
            raise NotFound("year", str(year), map(str, self.years))
        return self.years.index(year)

    def allocated(self, place: str, year: int) -> float:
        """Give the part of a place's CO2 in a year that an allocation by a key gives, and no fact of its own."""
        row, column = self.row(place), self.at(year)
        size = allocated = 0.0
        for line in self.lines:
            for part in line.parts:
                value = float(np.nan_to_num(part.values[row, column]))
                size += abs(value)
                allocated += abs(value) if part.basis[row].kind == "allocated" else 0.0
        return allocated / size if size else 0.0


def by_place(
    city: City | Pathway,
    scenario: str | Scenario = "",
    set: Mapping[str, float | Setting] | None = None,
    boundary: str = "",
    places: Sequence[str] = (),
) -> ByPlace:
    """Give a scenario by place: those that divide the city, or `places`, which may lie within one of them.

    Raises:
        NotFound: no such scenario, boundary or place.
        FaultsFound: a lever is unknown, or set where it cannot be.
        Refused: the pathway has one place; the boundary cuts through a line; a place has no figure of any key.
    """
    pathway = city if isinstance(city, Pathway) else load(city)
    content = allocation_of(pathway)
    chosen = pathway.scenario(scenario, set)
    counted, bounded = _lines(pathway, content, boundary)
    local = pathway.places(chosen)
    present(pathway, local.city, chosen)
    asked = _asked(pathway, places)
    shared = local.shares if asked == local.shares.places else shares(pathway.city, content, asked, local.whole)
    lacking = _lacking(pathway, content, shared, counted)
    figures = _figures(pathway, content, local, shared, counted)
    totals = np.add.reduce([line.values for line in figures])
    whole = np.add.reduce([line.city for line in figures])
    settings = pathway.settings
    tops = tuple(
        peaks.of_line(pathway.years, row, settings.peak_before, settings.peak_since) if (row != 0).any() else None
        for row in totals
    )
    return ByPlace(
        city=pathway.city.id,
        pack=pathway.city.version,
        scenario=chosen,
        boundary=bounded,
        years=pathway.years,
        places=asked,
        lines=figures,
        totals=totals,
        whole=whole,
        rest=whole - totals.sum(axis=0),
        peaks=tops,
        top=peaks.of_line(pathway.years, whole, settings.peak_before, settings.peak_since),
        state=local.city,
        shares=shared,
        now=max(key.year for key in content.keys),
        keys=content.keys,
        lacking=lacking,
    )


def acts_on(pathway: Pathway, key: str) -> tuple[Part, ...]:
    """Name the parts that a setting of a place acts on: those its lever reaches, or all that measures reach."""
    lever = pathway.levers[lever_of(key)]
    if lever.kind != "delivery":
        return pathway.reaches.get(lever.id, ())
    return tuple({part.id: part for parts in pathway.reaches.values() for part in parts}.values())


def _asked(pathway: Pathway, places: Sequence[str]) -> tuple[str, ...]:
    divided = division(pathway)
    known = {place.id: place for place in pathway.city.places}
    for place in places:
        if place not in known:
            raise NotFound("place", place, [id for id in known if id != pathway.city.id])
        if place == pathway.city.id:
            raise Refused(
                f"place '{place}': it is the whole city. Ask without a place.",
                zh=f"“{place}”就是全市，请不带地点查询。",
            )
    return tuple(places) or divided


def _lacking(
    pathway: Pathway, content: AllocationFile, shared: Shares, counted: Sequence[Line]
) -> dict[str, tuple[str, ...]]:
    """Name the keys each place has no figure of; refuse a place that has none of any."""
    found = {}
    for n, place in enumerate(shared.places):
        asked = [part for line in counted for part in line.parts if part.key]
        gone = [part for part in asked if np.isnan(shared.values[part.id][n]).all()]
        if gone and len(gone) == len(asked):
            wanted = ", ".join(f"{key.fact} {key.year}" for key in content.keys)
            raise Refused(
                f"place '{place}': it has no figure by which the city's could be divided. "
                f"Import one of these for it: {wanted}.",
                zh=f"“{place}”没有可用来分摊全市数据的指标。请为它录入其中之一：{wanted}。",
            )
        if gone:
            found[place] = tuple(dict.fromkeys(part.key for part in gone))
    return found


def _lines(pathway: Pathway, content: AllocationFile, boundary: str) -> tuple[tuple[Line, ...], Boundary]:
    """Give the lines that a boundary counts, with the sectors of each that are in it."""
    bounded = pathway.boundary(boundary)
    inside = frozenset(bounded.sectors)
    found = []
    for line in content.lines:
        sectors = tuple(sector for sector in line.sectors if sector in inside)
        if not sectors:
            continue
        if line.parts and sectors != line.sectors:
            raise Refused(
                f"boundary '{bounded.id}': it counts {', '.join(sectors)} without "
                f"{', '.join(each for each in line.sectors if each not in inside)}, and places are counted by what "
                "they use of both. Choose a boundary with imported electricity.",
                zh=f"口径“{bounded.id}”不含调入电力，而各区按用电计。请选含调入电力的口径。",
            )
        found.append(line if sectors == line.sectors else line.model_copy(update={"sectors": sectors}))
    return tuple(found), bounded


def _figures(
    pathway: Pathway, content: AllocationFile, local: Local, shared: Shares, counted: Sequence[Line]
) -> tuple[PlaceLine, ...]:
    variables = {each.id: each.variable for each in pathway.settings.sectors}
    wanted = [id for line in counted for part in line.parts for id in (part.variable, *part.less)]
    down = {id: local.city.array(id) for id in content.handed_down}
    plain = substitute(local.whole, down, wanted) if local.own else {}
    moved = substitute(local.whole, {**down, **local.own}, wanted) if local.own else {}
    whole = local.whole

    def amount(arrays: Mapping[str, Array], part: Part) -> Array:
        def of(id: str, cells: Mapping[str, tuple[str, ...]]) -> Array:
            resolved = whole.id_of(id)
            return summed(whole, arrays.get(resolved, whole.array(id)), resolved, dict(cells))

        total = of(part.variable, part.cells)
        for less in part.less:
            total = total - of(less, {})
        return total

    same = shared.places == local.shares.places
    rows = None if same else _inside(pathway, shared.places, local.shares.places)
    found = []
    for line in counted:
        parts = []
        for part in line.parts:
            share = shared.values[part.id]
            city = amount(plain, part)
            own = amount(moved, part) if local.own else city
            if rows is not None and own.shape[0] > 1:
                own = own[rows]
            values = np.where(np.isnan(share), 0.0, share) * own
            parts.append(PlacePart(part, values, city[0], share, shared.basis[part.id]))
        values = (
            np.add.reduce([each.values for each in parts])
            if parts
            else np.zeros((len(shared.places), len(whole.years)))
        )
        city_line = np.add.reduce([sector(local.city, variables[id])[0] for id in line.sectors])
        found.append(PlaceLine(line, values, city_line, city_line - values.sum(axis=0), tuple(parts)))
    return tuple(found)


def _inside(pathway: Pathway, places: Sequence[str], divided: Sequence[str]) -> list[int]:
    """Give for each place the row of the place of the division it lies in; what it does, those within it do."""
    parents = {place.id: place.parent for place in pathway.city.places}
    found = []
    for place in places:
        here = place
        while here and here not in divided:
            here = parents.get(here, "")
        if not here:
            raise Refused(
                f"place '{place}': it lies in none of the places that levers are set for. "
                "Leave out what is set for places.",
                zh=f"“{place}”跨区，不能与分区设定同用。请去掉分区设定。",
            )
        found.append(divided.index(here))
    return found
