"""A pathway by place as records: lines and peak of each, what is allocated and by which key, what stays undivided."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from dafeng.labels import Label
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.places import ByPlace, PlaceLine, PlacePart, acts_on
from dafeng.report.records.base import Number, Record
from dafeng.report.records.pathways import UNIT


class KeyRecord(Record):
    """A key by which figures of the city are divided: a fact of one year, and its documents."""

    id: str
    label: Label
    fact: str
    year: int
    sources: list[str]


class TopRecord(Record):
    """The year and height of the highest value."""

    year: int
    value: Number

    @classmethod
    def build(cls, peak: Peak | None) -> Self | None:
        """Make the record of a peak; None where there is none."""
        return cls(year=peak.year, value=peak.value) if peak else None


class PlacePartRecord(Record):
    """One part of a place's line: "allocated" by `key`, "own" by the place's fact in `years`, "absent", or "none".

    `of_line` tells that the fact is of the whole line, and the part in it that of the key.
    `share` is that of the city in the year of the newest key, `co2` follows the years.
    """

    label: Label
    basis: str
    key: str | None
    fact: str | None
    years: list[int]
    of_line: bool
    why: Label | None
    share: Number
    co2: list[Number] | None


class PlaceLineRecord(Record):
    """One line of a place in tCO2, a value a year."""

    label: Label
    sectors: list[str]
    co2: list[Number]
    parts: dict[str, PlacePartRecord]


class UndividedRecord(Record):
    """What of a line no place has, in tCO2, and what it is."""

    label: Label
    what: Label | None
    city: list[Number]
    co2: list[Number]


class PathwayPlaceRecord(Record):
    """One place: total, peak, share of the city, the part that is allocated, lines; `lacking` are keys it has not."""

    id: str
    label: Label
    kind: str
    parent: str
    co2: list[Number]
    peak: TopRecord | None
    share: Number
    allocated: Number
    lacking: list[str]
    lines: dict[str, PlaceLineRecord]


class SetRecord(Record):
    """A lever set for a place or for all: its value, and the lines it acts on there."""

    value: Number
    start: int
    end: int
    shape: str
    acts_on: list[str]


class PlacesRecord(Record):
    """A scenario by place. The places and `undivided` of each line sum to the city; `now` is the year of shares."""

    city: str
    pack: str
    scenario: str
    label: Label
    hash: str
    token: str
    settings: dict[str, list[Any]]
    local: dict[str, SetRecord]
    boundary: str
    boundary_label: Label
    unit: str
    years: list[int]
    now: int
    keys: list[KeyRecord]
    whole: list[Number]
    peak: TopRecord | None
    undivided: dict[str, UndividedRecord]
    undivided_total: list[Number]
    places: list[PathwayPlaceRecord]

    @classmethod
    def build(cls, pathway: Pathway, of: ByPlace, *, parts: bool = False) -> Self:
        """Make the record; `parts` adds the years of each part of each line."""
        named = {place.id: place for place in pathway.city.places}
        complete = of.places == of.shares.places and set(of.places) == set(pathway.shares.places)
        lines_of = {part.part.id: line.line.id for line in of.lines for part in line.parts}

        def place(id: str) -> PathwayPlaceRecord:
            row, now = of.row(id), of.at(of.now)
            return PathwayPlaceRecord(
                id=id,
                label=named[id].label,
                kind=named[id].kind,
                parent=named[id].parent,
                co2=of.totals[row].tolist(),
                peak=TopRecord.build(of.peaks[row]),
                share=float(of.totals[row, now] / of.whole[now]),
                allocated=of.allocated(id, of.now),
                lacking=list(of.lacking.get(id, ())),
                lines={line.line.id: _line(line, row, now, parts=parts) for line in of.lines if line.parts},
            )

        return cls(
            city=of.city,
            pack=of.pack,
            scenario=of.scenario.id,
            label=of.scenario.label,
            hash=of.scenario.hash,
            token=of.scenario.token,
            settings=of.scenario.document()["settings"],
            local={
                key: SetRecord(
                    value=value,
                    start=plan.start,
                    end=plan.end,
                    shape=plan.shape,
                    acts_on=list(dict.fromkeys(lines_of[p.id] for p in acts_on(pathway, key) if p.id in lines_of)),
                )
                for key, (value, plan) in sorted(of.scenario.local.items())
            },
            boundary=of.boundary.id,
            boundary_label=of.boundary.label,
            unit=UNIT,
            years=list(of.years),
            now=of.now,
            keys=[
                KeyRecord(
                    id=key.id, label=key.label, fact=key.fact, year=key.year, sources=list(of.shares.sources[key.id])
                )
                for key in of.keys
            ],
            whole=of.whole.tolist(),
            peak=TopRecord.build(of.top),
            undivided={
                line.line.id: UndividedRecord(
                    label=line.line.label,
                    what=line.line.undivided,
                    city=line.city.tolist(),
                    co2=line.rest.tolist(),
                )
                for line in of.lines
            }
            if complete
            else {},
            undivided_total=of.rest.tolist() if complete else [],
            places=[place(id) for id in of.places],
        )


def _line(line: PlaceLine, row: int, now: int, *, parts: bool) -> PlaceLineRecord:
    return PlaceLineRecord(
        label=line.line.label,
        sectors=list(line.line.sectors),
        co2=line.values[row].tolist(),
        parts={each.part.id: _part(each, row, now, parts=parts) for each in line.parts},
    )


def _part(of: PlacePart, row: int, now: int, *, parts: bool) -> PlacePartRecord:
    basis = of.basis[row]
    missing = bool(np.isnan(of.shares[row]).all())
    return PlacePartRecord(
        label=of.part.label,
        basis="absent" if missing else basis.kind,
        key=basis.key or None,
        fact=basis.fact or None,
        years=list(basis.years),
        of_line=basis.of_line,
        why=of.part.why,
        share=float(of.shares[row, now]),
        co2=of.values[row].tolist() if parts and not missing else None,
    )
