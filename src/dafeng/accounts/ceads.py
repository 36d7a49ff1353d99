"""A user's own copy of the CEADs inventory: read as facts of 47 branches, and accounted from its cells.

The inventory has no open licence, so it does not come with dafeng. What comes is activity derived from it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from dafeng.accounts.boundaries import Uncertainty
from dafeng.accounts.cells import Cells, Key
from dafeng.city import City
from dafeng.errors import Collector, NotFound, nearest
from dafeng.facts.words import COLUMNS
from dafeng.units import factor

CELLS = "emissions.ceads_cells"
SOURCE = "ceads-inventory-2021"
NEEDED = ("year", "sector", "fuel", "value_mt")
#: Names of the workbooks that are no name of the fuel here.
FUELS = {
    "diesel oil": "diesel",
    "lpg": "lpg",
    "natural gas": "natural_gas",
    "coke oven gas": "coke_oven_gas",
    "other petroleum products": "other_oil_products",
    "process": "process",
}
PROCESS = "process"


def facts_of(path: Path, city: City) -> str:
    """Turn an inventory (year, sector, fuel, value_mt) into a table of facts; cells the table lacks are its zeros.

    Raises:
        NotFound: no such file, or the city observes no such cells.
        FaultsFound: with the row of every fault.
    """
    if not path.is_file():
        raise NotFound("file", str(path))
    if CELLS not in city.indicators:
        raise NotFound("indicator", CELLS, city.indicators)
    branches = _names(city, "branch")
    fuels = _names(city, "fuel") | FUELS
    faults = Collector(path.name)
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name in COLUMNS if name != "recorded"], lineterminator="\n")
    writer.writeheader()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            faults.add(
                "missing-column",
                "row 1",
                f"the table has no column {', '.join(missing)}",
                f"Name the columns {', '.join(NEEDED)}",
            )
            faults.done()
        for number, row in enumerate(rows, 2):
            branch = _found(row["sector"], branches, "sector", number, faults)
            fuel = _found(row["fuel"], fuels, "fuel", number, faults)
            value = _amount(row["value_mt"], number, faults)
            if not (row["year"] or "").strip().isdigit():
                faults.add("year", f"row {number}", f"'{row['year']}' is no year", "Write a year such as 2019")
            writer.writerow(
                {
                    "indicator": CELLS,
                    "place": city.id,
                    "period": (row["year"] or "").strip(),
                    "dims": f"branch={branch};fuel={fuel}",
                    "value": repr(value),
                    "unit": "MtCO2",
                    "source": SOURCE,
                    "vintage": "2021-10",
                    "status": "actual",
                    "confidence": "high",
                }
            )
    faults.done()
    return out.getvalue()


def years_with(city: City, place: str) -> tuple[int, ...]:
    """List the years of which a place has cells of the inventory."""
    return tuple(sorted({year for year, _, _ in _values(city, place)}))


def cells(city: City, place: str, years: tuple[int, ...], width: Uncertainty) -> Cells:
    """Give the cells of the inventory as they were imported; in a year that has any, one without a figure is zero."""
    found = _values(city, place)
    pairs = tuple(dict.fromkeys((branch, fuel) for _, branch, fuel in found))
    has = {year for year, _, _ in found}
    values = np.full((len(pairs), len(years)), np.nan)
    for at, year in enumerate(years):
        if year in has:
            values[:, at] = [found.get((year, *pair), 0.0) * 1e6 for pair in pairs]
    keys = tuple(Key("cement_process" if fuel == PROCESS else "fuel", branch, fuel, "co2") for branch, fuel in pairs)
    shared = tuple("cement" if fuel == PROCESS else fuel for _, fuel in pairs)
    halves = np.array([width.of_factor(name) for name in shared])
    process = {year for year, _, fuel in found if fuel == PROCESS}
    coverage = {
        "fuel": np.array([float(year in has) for year in years]),
        "cement_process": np.array([float(year in process) for year in years]),
    }
    return Cells(
        keys,
        years,
        values,
        np.full(len(pairs), width.of_activity("fuel")),
        np.repeat(halves[:, None], len(years), axis=1),
        shared,
        coverage,
    )


def _values(city: City, place: str) -> Mapping[tuple[int, str, str], float]:
    if CELLS not in city.indicators:
        return {}
    found: dict[tuple[int, str, str], float] = {}
    for where, dims in city.facts.coordinates(CELLS):
        if where == place:
            labels = dict(dims)
            for year, one in city.facts.series(CELLS, place, dims).yearly.items():
                if one.value is not None:
                    found[year, labels["branch"], labels["fuel"]] = one.value * factor(one.unit, "MtCO2")
    return found


def _names(city: City, axis: str) -> dict[str, str]:
    labels = city.axes[axis].labels if axis in city.axes else {}
    return {name.lower(): id for id, label in labels.items() for name in (id, label.zh, label.en)}


def _found(text: str | None, known: Mapping[str, str], what: str, number: int, faults: Collector) -> str:
    name = (text or "").strip().lower()
    if name in known:
        return known[name]
    near = nearest(name, known)
    advice = f"Did you mean {' or '.join(repr(one) for one in near)}?" if near else "Write it as in the workbook"
    faults.add(f"unknown-{what}", f"row {number}", f"no {what} is called '{text}'", advice)
    return ""


def _amount(text: str | None, number: int, faults: Collector) -> float:
    try:
        value = float(text or "")
    except ValueError:
        faults.add("number", f"row {number}", f"'{text}' is no number", "Write the emissions in Mt")
        return 0.0
    if value < 0 or not np.isfinite(value):
        faults.add("negative", f"row {number}", f"the emissions are {text}", "Emissions are at least 0")
    return value
