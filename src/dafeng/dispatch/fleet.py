"""Single plants: a CSV beside the spec; what stands in a year follows from when each began and when it ends."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng.dispatch.figure import Figure
from dafeng.units import factor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from dafeng.dispatch.spec import Investment, Spec
    from dafeng.errors import Collector

COLUMNS = ("technology", "plant", "unit", "megawatt", "year", "seen", "retired", "source", "note")
GROUPS = ("technologies", "storages", "lines", "responses")


@dataclass(frozen=True, slots=True)
class Plant:
    """One unit: the `year` it began, the last year it was `seen` running, the year from which it is `retired`.

    Where no year of retirement is known it ends by age, but not before it was last seen.
    """

    technology: str
    plant: str
    unit: str
    megawatt: float
    year: int
    seen: int | None
    retired: int | None
    source: str

    def stands(self, year: int, life: float) -> bool:
        """Tell whether it stands at the end of a year."""
        if self.retired is not None:
            return self.year <= year < self.retired
        return self.year <= year and (year < self.year + life or year <= (self.seen or 0))


def read(path: Path, sources: Collection[str], faults: Collector) -> list[Plant]:
    """Read a file of plants; every fault with its row, the header being row 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            missing = [name for name in COLUMNS[:-1] if name not in (table.fieldnames or ())]
            if missing:
                faults.add("no-column", path.name, f"no column {', '.join(missing)}", f"Give {', '.join(COLUMNS)}")
                return []
            rows = list(table)
    except FileNotFoundError:
        faults.add("no-file", path.name, "the file is missing", "Put it beside the spec")
        return []
    except UnicodeDecodeError as error:
        faults.add("encoding", path.name, f"is not UTF-8 (byte {error.start})", "Save it as UTF-8")
        return []
    return [plant for i, row in enumerate(rows) if (plant := _plant(row, f"{path.name}:{i + 2}", sources, faults))]


def _plant(row: dict[str, str], place: str, sources: Collection[str], faults: Collector) -> Plant | None:
    try:
        size, began = float(row["megawatt"]), int(row["year"])
        seen, ended = (int(row[name]) if row[name] else None for name in ("seen", "retired"))
    except (ValueError, TypeError):
        faults.add(
            "not-a-number", place, "megawatt or a year is no number", "Write numbers; seen and retired may be empty"
        )
        return None
    if not 0 < size < 1e5:
        faults.add("negative", place, f"a capacity of {size:g} MW", "State the capacity of the unit in MW, above 0")
        return None
    if ended is not None and ended < began:
        faults.add("bounds", place, f"retired in {ended}, before it began in {began}", "Correct one of the years")
        return None
    if row["source"] not in sources:
        faults.add("unknown-source", place, f"no source '{row['source']}'", "Name it under sources, or correct the id")
        return None
    return Plant(row["technology"], row["plant"], row["unit"], size, began, seen, ended, row["source"])


def standing(plants: Iterable[Plant], technology: str, life: float, years: Iterable[int]) -> dict[int, float]:
    """Give the capacity of a technology by year, MW."""
    mine = [plant for plant in plants if plant.technology == technology]
    return {year: sum((plant.megawatt for plant in mine if plant.stands(year, life)), 0.0) for year in years}


def resolved(spec: Spec, folder: Path, faults: Collector) -> Spec:
    """Put what stands by file in the place of `units`, for the periods of the spec."""
    files: dict[str, list[Plant]] = {}
    groups: dict[str, dict[str, Investment]] = {}
    for group in GROUPS:
        for name, entry in getattr(spec, group).items():
            if not entry.units:
                continue
            place = f"{group}.{name}.units"
            if entry.existing is not None:
                faults.add("existing-twice", place, "states both units and existing", "State one of them")
                continue
            if entry.units not in files:
                files[entry.units] = read(folder / entry.units, spec.sources, faults)
            plants = files[entry.units]
            if plants and not any(plant.technology == name for plant in plants):
                known = ", ".join(sorted({plant.technology for plant in plants}))
                faults.add("no-units", place, f"no row of {entry.units} is of technology '{name}'", f"It has {known}")
                continue
            life = entry.lifetime.at(spec.periods[0]) * factor(entry.lifetime.unit, "year") if entry.lifetime else 25.0
            source = next((plant.source for plant in plants if plant.technology == name), "")
            figure = Figure(value=standing(plants, name, life, spec.periods), unit="MW", source=source)
            groups.setdefault(group, dict(getattr(spec, group)))[name] = entry.model_copy(update={"existing": figure})
    return spec.model_copy(update=groups) if groups else spec
