"""Enterprises of a year added up, as a record: no sum from which a single unit could be read off."""

from __future__ import annotations

from typing import Self

from dafeng.city import City
from dafeng.report.disclosure import DOMINANT, LEAST, Public
from dafeng.report.records.base import Number, Record


class SumRecord(Record):
    """A sum over units (scope 1) with its 95 % interval; null where it is withheld."""

    id: str
    units: int
    value: Number
    low: Number
    high: Number


class EnterpriseSums(Record):
    """Enterprises added up; null where a sum would tell of one unit. `least` and `dominant` are the rule of that.

    Half-widths of the 95 % intervals are rounded up to whole per cents, so that they tell of no single unit either.
    """

    city: str
    year: int
    unit: str
    units: int
    scope1: Number
    scope1_low: Number
    scope1_high: Number
    scope2: Number
    scope2_low: Number
    scope2_high: Number
    coverage: Number
    synthetic: bool
    by_sector: list[SumRecord]
    by_place: list[SumRecord]
    by_market: list[SumRecord]
    least: int
    dominant: Number

    @classmethod
    def build(cls, city: City, found: Public) -> Self:
        """Make the record of what everybody may see."""
        sums = {f"by_{by}": [SumRecord.of(one) for one in found.sums[by]] for by in ("sector", "place", "market")}
        scopes = [f"{scope}{end}" for scope in ("scope1", "scope2") for end in ("", "_low", "_high")]
        figures = {name: getattr(found, name) for name in ("year", "units", *scopes, "coverage", "synthetic")}
        return cls(city=city.id, unit="tCO2", least=LEAST, dominant=DOMINANT, **figures, **sums)
