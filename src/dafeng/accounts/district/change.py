"""What changed the sum over districts between two years: by LMDI-I over districts, sectors and carriers of energy.

CO2 = energy of all x share of the district x share of the sector in it x share of the carrier in that x CO2 per energy.
The effects are exact in each district, so each of them can be read off (Ang 2015, multi-region).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng import units
from dafeng.accounts.decomposition import Decomposition, decompose
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.heat_value import heat_value
from dafeng.factors import Factors
from dafeng.labels import Label

Floats = NDArray[np.float64]
Cell = tuple[str, str, str]
#: Uses whose CO2 follows the energy used; what else is counted is told as one item.
USES = ("fuel", "electricity", "green_electricity", "heat")
FACTORS: Mapping[str, Label] = {
    "energy": Label(zh="能耗总量", en="energy of all districts"),
    "place_share": Label(zh="各区占比", en="shares of districts"),
    "sector_share": Label(zh="区内部门结构", en="shares of sectors within districts"),
    "fuel_share": Label(zh="能源品种结构", en="shares of fuels, power and heat"),
    "co2_per_energy": Label(zh="单位能耗排放", en="CO2 per energy"),
    "other_items": Label(zh="其他项目", en="items other than energy"),
}


@dataclass(frozen=True)
class DistrictChange:
    """The change between two years in tCO2; the effects add up to it, over factors and over districts.

    Where no district can be compared the two totals are NaN. `left_out` are districts that lack activity, or a factor
    for one of its rows, in one of the years.
    """

    start: int
    end: int
    from_value: float
    to_value: float
    effects: Mapping[str, float]
    by_place: Mapping[str, Mapping[str, float]]
    left_out: tuple[str, ...]
    synthetic: bool

    @property
    def change(self) -> float:
        """End less start."""
        return self.to_value - self.from_value

    @property
    def residual(self) -> float:
        """The change less the effects: rounding only."""
        return self.change - sum(self.effects.values())


def change(start: Rows, end: Rows, districts: Iterable[str], store: Factors, region: str | None) -> DistrictChange:
    """Decompose the change of the sum over those districts whose rows all have figures in both years.

    Raises:
        Refused: a fuel has no calorific value.
    """
    wanted = tuple(districts)
    totals = [_by_place(rows) for rows in (start, end)]
    both = tuple(place for place in wanted if all(place in one for one in totals))
    if not both:
        return DistrictChange(start.year, end.year, np.nan, np.nan, {}, {}, wanted, False)
    given = [_cells(rows, both, store, region) for rows in (start, end)]
    sectors, carriers = (tuple(dict.fromkeys(key[at] for one in given for key in one)) for at in (1, 2))
    states = [_state(one, both, sectors, carriers) for one in given]
    neither = np.isnan(states[0]["co2_per_energy"]) & np.isnan(states[1]["co2_per_energy"])
    for state in states:
        state["co2_per_energy"] = np.where(neither, 0.0, state["co2_per_energy"])
    made: Decomposition = decompose(*states)
    by_place = {name: dict(zip(both, map(float, values), strict=True)) for name, values in made.over(0).items()}
    rest = made.end.sum(axis=(1, 2)) - made.start.sum(axis=(1, 2))
    by_place["other_items"] = {
        place: totals[1][place] - totals[0][place] - float(part) for place, part in zip(both, rest, strict=True)
    }
    first, last = (sum(one[place] for place in both) for one in totals)
    return DistrictChange(
        start.year,
        end.year,
        first,
        last,
        {name: sum(parts.values()) for name, parts in by_place.items()},
        by_place,
        tuple(place for place in wanted if place not in both),
        any(bool(rows.table["status"].where("synthetic").any()) for rows in (start, end)),
    )


def _ok(rows: Rows) -> NDArray[np.bool_]:
    return rows.counted & ~np.isnan(rows.emission)


def _by_place(rows: Rows) -> dict[str, float]:
    """Give the total of every place of whose rows each has a figure: with one missing, a change would be a gap."""
    place, ok = rows.table["place"], _ok(rows)
    sums = np.bincount(place.codes[ok], rows.emission[ok], len(place.names))
    there = np.bincount(place.codes[ok], minlength=len(place.names))
    lacking = np.bincount(place.codes[rows.counted & ~ok], minlength=len(place.names))
    return {name: float(sums[at]) for at, name in enumerate(place.names) if there[at] and not lacking[at]}


def _cells(rows: Rows, places: tuple[str, ...], store: Factors, region: str | None) -> dict[Cell, tuple[float, float]]:
    """Give energy in TJ and CO2 in t by district, sector and carrier."""
    table, found = rows.table, dict[Cell, tuple[float, float]]()
    texts = [table[name] for name in ("place", "sector", "use", "what", "unit")]
    heats: dict[tuple[str, str], float] = {}
    for at in np.flatnonzero(_ok(rows)):
        place, sector, use, what, unit = (one.names[one.codes[at]] for one in texts)
        if place not in places or use not in USES:
            continue
        if (what, unit) not in heats:
            heats[what, unit] = _heat(what, unit, store, region)
        energy, co2 = found.get((place, sector, what), (0.0, 0.0))
        found[place, sector, what] = (
            energy + float(table.quantity[at]) * heats[what, unit],
            co2 + float(rows.emission[at]),
        )
    return found


def _heat(what: str, unit: str, store: Factors, region: str | None) -> float:
    if units.same_dimension(unit, "TJ"):
        return units.factor(unit, "TJ")
    base = "t" if units.same_dimension(unit, "t") else "m3"
    return units.factor(unit, base) * heat_value(store, region, what, base)


def _state(
    cells: Mapping[Cell, tuple[float, float]],
    places: tuple[str, ...],
    sectors: tuple[str, ...],
    carriers: tuple[str, ...],
) -> dict[str, Floats]:
    energy, co2 = np.zeros((2, len(places), len(sectors), len(carriers)))
    for (place, sector, what), figures in cells.items():
        at = (places.index(place), sectors.index(sector), carriers.index(what))
        energy[at], co2[at] = figures
    of_sector = energy.sum(axis=2, keepdims=True)
    of_place = of_sector.sum(axis=1, keepdims=True)
    whole = of_place.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "energy": np.full((1, 1, 1), whole),
            "place_share": of_place / whole,
            "sector_share": np.where(of_place > 0, of_sector / of_place, 0.0),
            "fuel_share": np.where(of_sector > 0, energy / of_sector, 0.0),
            "co2_per_energy": np.where(energy > 0, co2 / energy, np.nan),
        }
