"""Made-up enterprises and districts for demonstration: every unit and every row has the status synthetic.

Nothing here is loaded by itself. Quantities are draws of a seeded generator, of no real unit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

NOTE = "虚构数据，仅供演示 / synthetic, for demonstration only"
UNIT_COLUMNS = ("kind", "id", "parent", "zh", "en", "place", "sector", "method", "pue", "evidence", "markets", "status")
ACTIVITY_COLUMNS = (
    "place", "facility", "sector", "use", "what", "period", "quantity", "unit", "source", "status", "note",
)  # fmt: skip
#: For each method: what its facilities use in a month, in which unit, and how much at most.
_SOURCES: dict[str, tuple[tuple[str, str, str, float], ...]] = {
    "general": (
        ("fuel", "natural_gas", "万立方米", 40),
        ("fuel", "diesel", "t", 15),
        ("electricity", "electricity", "MWh", 3000),
        ("green_electricity", "green_electricity", "MWh", 300),
        ("heat", "heat", "GJ", 8000),
    ),
    "power": (("fuel", "bituminous_coal", "t", 90_000), ("fuel", "diesel", "t", 30)),
    "building": (("electricity", "electricity", "MWh", 900), ("fuel", "natural_gas", "万立方米", 6)),
    "data_centre": (("it_electricity", "electricity", "MWh", 2500),),
    "cement_grinding": (("electricity", "electricity", "MWh", 2000), ("fuel", "natural_gas", "万立方米", 15)),
}


def write_enterprises(
    folder: Path, places: Sequence[str], year: int, count: int = 50, seed: int = 1
) -> tuple[Path, Path]:
    """Write a table of units and one of their activity in a year; give the two paths."""
    rng = np.random.default_rng(seed)
    methods = tuple(_SOURCES)
    units: list[Sequence[object]] = []
    rows: list[Sequence[object]] = []
    for number in range(count):
        method, place = methods[number % len(methods)], places[number % len(places)]
        id, facility = f"demo-{number + 1:04d}", f"demo-{number + 1:04d}-f1"
        moved = f"local 2013-01/{year - 1}-12; national {year}-01"
        market = {"power": moved, "general": "local 2013-01"}.get(method, "")
        names = (f"示例单位 {number + 1}", f"Sample unit {number + 1}")
        units.append(("enterprise", id, "", *names, place, "", "", "", "", market, "synthetic"))
        pue = f"{rng.uniform(1.2, 1.6):.2f}" if method == "data_centre" else ""
        evidence = "demo" if pue else ""
        names = ("示例设施", "Sample facility")
        units.append(("facility", facility, id, *names, "", "", method, pue, evidence, "", "synthetic"))
        for use, what, unit, most in _SOURCES[method]:
            level = rng.uniform(0.1, 1) * most
            for at in range(1, 13):
                quantity = f"{level * rng.uniform(0.8, 1.2):.3f}"
                rows.append(
                    (place, facility, "", use, what, f"{year}-{at:02d}", quantity, unit, "demo", "synthetic", NOTE)
                )
    return _write(folder / "units.csv", UNIT_COLUMNS, units), _write(folder / "activity.csv", ACTIVITY_COLUMNS, rows)


def write_districts(folder: Path, places: Sequence[str], sectors: Sequence[str], year: int, seed: int = 1) -> Path:
    """Write the activity of every district in a year, by sector; give the path."""
    rng = np.random.default_rng(seed)

    def rows() -> Iterator[Sequence[object]]:
        for place in places:
            size = rng.lognormal(0, 0.5)
            for sector in sectors:
                for use, what, unit, most in _SOURCES["general"]:
                    quantity = f"{size * rng.uniform(0.2, 1) * most * 100:.1f}"
                    yield (place, "", sector, use, what, year, quantity, unit, "demo", "synthetic", NOTE)

    return _write(folder / "districts.csv", ACTIVITY_COLUMNS, rows())


def _write(path: Path, columns: Sequence[str], rows: Iterator[Sequence[object]] | list[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path
