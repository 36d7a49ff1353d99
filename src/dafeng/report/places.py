"""A pathway by place as a long table for other programs: each value with what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from dafeng.labels import Language
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.places import ByPlace

HEAD = (
    "city", "pack", "scenario", "hash", "boundary", "place", "line", "part", "label", "basis", "key", "fact", "year",
    "value", "unit",
)  # fmt: skip
#: Basis of what no place has, and of the city's own line.
UNDIVIDED, WHOLE = "undivided", "city"


def long_rows(pathway: Pathway, of: ByPlace, language: Language) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """Give the head and the rows: every part of every place, then of each line the undivided rest and the city."""
    complete = set(of.places) == set(pathway.shares.places)

    def rows() -> Iterator[Sequence[object]]:
        said = (of.city, of.pack, of.scenario.id, of.scenario.hash, of.boundary.id)
        for row, place in enumerate(of.places):
            for line in of.lines:
                for each in line.parts:
                    basis = each.basis[row]
                    if basis.kind == "none" or np.isnan(each.shares[row]).all():
                        continue
                    about = (
                        *said, place, line.line.id, each.part.id, each.part.label[language], basis.kind, basis.key,
                        basis.fact,
                    )  # fmt: skip
                    for year, value in zip(of.years, each.values[row], strict=True):
                        yield (*about, year, math.nan if np.isnan(value) else float(value), "tCO2")
        for line in of.lines:
            label = line.line.label[language]
            for basis_of, values in ((UNDIVIDED, line.rest), (WHOLE, line.city)):
                if basis_of == UNDIVIDED and not complete:
                    continue
                for year, value in zip(of.years, values, strict=True):
                    yield (*said, of.city, line.line.id, "", label, basis_of, "", "", year, float(value), "tCO2")

    return HEAD, rows()
