"""The structure of the economy as drivers of a change: value added of the three sectors, and households beside them.

CO2 of a sector = population x GDP per person x share of its part of the economy in GDP x energy per value added of the
part x share of the sector in the energy of its part x shares of fuels x CO2 per energy. Households produce nothing; for
them it is population x energy per person x shares x CO2 per energy. Value added and GDP are chained from one base year:
the products are exact although chained parts do not add up to the chained whole away from the base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dafeng.accounts import output
from dafeng.accounts.cells import Floats
from dafeng.city import City
from dafeng.errors import Refused

HOUSEHOLDS = "households"
#: Which part of the economy a sector of the accounts belongs to; what is not named here is of the secondary sector.
PART: Mapping[str, str] = {
    "agriculture": "primary",
    "transport_storage_post": "tertiary",
    "trade_catering": "tertiary",
    "other_services": "tertiary",
    "urban_households": HOUSEHOLDS,
    "rural_households": HOUSEHOLDS,
}
PARTS = ("primary", "secondary", "tertiary")
#: How the whole and its parts are named to a Chinese reader.
NAMES = {"total": "全部", "primary": "第一产业", "secondary": "第二产业", "tertiary": "第三产业"}


def part_of(sector: str) -> str:
    """Name the part of the economy of a sector, or households."""
    return PART.get(sector, "secondary")


def value_added(city: City, place: str, years: Sequence[int]) -> tuple[Mapping[str, float], ...]:
    """Give GDP ("total") and value added by part in each year, all at the prices of one base year.

    Raises:
        Refused: a year lacks one of them.
    """
    parts = {of: output.constant(city, place, of) for of in PARTS}
    bases = [one.base for one in parts.values() if one is not None]
    every = {of: output.constant(city, place, of, min(bases, default=0)) for of in ("total", *PARTS)}
    found = []
    for year in years:
        lacks = [of for of, one in every.items() if one is None or year not in one.values]
        if lacks:
            known = [set(one.values) for one in every.values() if one is not None]
            both = sorted(set.intersection(*known)) if len(known) == len(every) else []
            span = (
                f"Choose years from {both[0]} to {both[-1]}" if both else "Add the growth of value added to the facts"
            )
            zh = f"请选 {both[0]} 至 {both[-1]} 年" if both else "请在事实中补充增加值的增速"
            missing = "、".join(NAMES[of] for of in lacks)
            raise Refused(
                f"decompose: no value added at constant prices in {year} ({', '.join(lacks)}). {span}.",
                zh=f"分解：{year} 年没有按不变价计算的增加值（{missing}）。{zh}。",
            )
        found.append({of: one.values[year] for of, one in every.items() if one is not None})
    return tuple(found)


def factors(
    heat: Floats, co2: Floats, sectors: Sequence[str], people: float, added: Mapping[str, float]
) -> dict[str, Floats]:
    """Give the factors of one year over (sector, fuel): `heat` in TJ, `co2` in Mt, value added at constant prices."""
    part = [part_of(sector) for sector in sectors]
    home = np.array([one == HOUSEHOLDS for one in part])[:, None]
    of_sector = heat.sum(axis=1, keepdims=True)
    sums = {one: float(of_sector[[at for at, mine in enumerate(part) if mine == one]].sum()) for one in set(part)}
    whole = np.array([sums[one] for one in part])[:, None]
    value = np.array([added.get(one, np.nan) for one in part])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "population": np.full(home.shape, people),
            "gdp_per_person": np.where(home, 1.0, added["total"] / people),
            "output_share": np.where(home, 1.0, value / added["total"]),
            "energy_per_output": np.where(home, whole / people, whole / value),
            "sector_share": np.where(whole > 0, of_sector / whole, 0.0),
            "fuel_share": np.where(of_sector > 0, heat / of_sector, 0.0),
            "co2_per_energy": np.where(heat > 0, co2 / heat, np.nan),
        }
