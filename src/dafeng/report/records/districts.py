"""Districts compared and rolled up, and enterprises added up, as records."""

from __future__ import annotations

from typing import Self

from dafeng.accounts.district import DistrictRollUp, ImportedShare, Line
from dafeng.accounts.district.change import FACTORS, DistrictChange
from dafeng.city import City
from dafeng.labels import Label
from dafeng.report.records.base import Number, Record

UNIT = "tCO2"


class LineRecord(Record):
    """One district: figures that no row gives are null; `share` is that of the sum over the districts."""

    place: str
    total: Number
    low: Number
    high: Number
    scope1: Number
    electricity: Number
    heat: Number
    share: Number
    coverage: Number
    synthetic: bool


class DistrictList(Record):
    """Districts and areas with activity in a year, the largest first; `missing` lists the districts without."""

    city: str
    year: int
    unit: str
    items: list[LineRecord]
    missing: list[str]

    @classmethod
    def build(cls, city: City, year: int, lines: tuple[Line, ...]) -> Self:
        """Make the record of a comparison."""
        there = {line.place for line in lines}
        missing = [place.id for place in city.places if place.kind == "district" and place.id not in there]
        return cls(city=city.id, year=year, unit=UNIT, items=[LineRecord.of(line) for line in lines], missing=missing)


class DistrictEffect(Record):
    """What one factor did to the sum over districts, and in each of them."""

    id: str
    label: Label
    effect: Number
    by_place: dict[str, Number]


class DistrictChangeRecord(Record):
    """The change of the sum over districts between two years by what made it (LMDI-I, multi-region)."""

    city: str
    start: int
    end: int
    unit: str
    start_value: Number
    end_value: Number
    change: Number
    residual: Number
    effects: list[DistrictEffect]
    left_out: list[str]
    synthetic: bool

    @classmethod
    def build(cls, city: City, found: DistrictChange) -> Self:
        """Make the record of a decomposition."""
        effects = [
            DistrictEffect(id=name, label=FACTORS[name], effect=effect, by_place=dict(found.by_place[name]))
            for name, effect in found.effects.items()
        ]
        return cls(
            city=city.id,
            start=found.start,
            end=found.end,
            unit=UNIT,
            start_value=found.from_value,
            end_value=found.to_value,
            change=found.change,
            residual=found.residual,
            effects=effects,
            left_out=list(found.left_out),
            synthetic=found.synthetic,
        )


class ShareRecord(Record):
    """The share of the electricity used that comes from outside: published, or given by the caller (no sources)."""

    year: int
    share: Number
    sources: list[str]
    how: Label | None


class RollUpRecord(Record):
    """Districts added up: gross, what stands twice, net, what the city's account has beyond it; with intervals."""

    place: str
    unit: str
    year: int
    scope1: Number
    electricity: Number
    heat: Number
    gross: Number
    gross_low: Number
    gross_high: Number
    double_electricity: Number
    double_heat: Number
    net: Number
    net_low: Number
    net_high: Number
    boundary: str
    city: Number
    city_low: Number
    city_high: Number
    remainder: Number
    remainder_low: Number
    remainder_high: Number
    missing: list[str]
    coverage: Number
    synthetic: bool
    imported: ShareRecord | None

    @classmethod
    def build(cls, city: City, found: DistrictRollUp, imported: ImportedShare | None, given: float | None) -> Self:
        """Make the record of a roll-up, by a published share of imports or one that the caller gave."""
        share = ShareRecord.of(imported) if imported is not None else None
        if given is not None:
            share = ShareRecord(year=found.year, share=given, sources=[], how=None)
        return cls.model_validate({**found.as_dict(), "place": city.id, "unit": UNIT, "imported": share})
