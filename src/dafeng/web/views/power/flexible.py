"""What the flexible resources of an answer can give, give and cost: demand response, load that moves, stores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dafeng.dispatch.build.capacity import fixed_cost, yearly_cost
from dafeng.dispatch.build.worth import Worth
from dafeng.dispatch.spec import Flexible, Response, Storage
from dafeng.web.views.power.asked import Asked
from dafeng.web.views.power.kept import Floats, Held, Hours

DAY = 24


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource in one year: MW it could give and gives by step of the peak day, and money of the year.

    `capital` is of what the answer builds, `running` for energy given or moved; `worth` what one more GW saves in the
    year, `benefit` what moving load saves at the price of each hour; None where the answer does not tell.
    """

    id: str
    kind: str
    """response | load | store"""
    most: float
    able: Floats
    given: Floats
    energy: float
    capital: float
    upkeep: float
    running: float
    worth: float | None = None
    benefit: float | None = None
    hours: float | None = None

    @property
    def cost(self) -> float:
        """All it costs in the year."""
        return self.capital + self.upkeep + self.running


def portfolio(asked: Asked, held: Held) -> list[Resource]:
    """Give every flexible resource of the chosen year."""
    spec, year = asked.spec, str(asked.year)
    day = held.record["peak_day"][year]
    if day is None:
        return []
    size = len(day["load"])
    hours = held.hours(asked.year)
    found = [_response(asked, held, name, part, size) for name, part in spec.responses.items()]
    found += [_load(asked, held, name, load, size, hours) for name, load in spec.flexible.items()]
    found += [_store(asked, held, name, store, size) for name, store in spec.storages.items()]
    return [one for one in found if one.most >= 1]


def target(asked: Asked) -> float | None:
    """Give the share of the peak that a rule of the system asks demand response to reach in the year."""
    for budget in asked.spec.budgets.values():
        if budget.kind == "response" and budget.at_least is not None and budget.holds(asked.year):
            return budget.at_least.at(asked.year)
    return None


def _given(asked: Asked, held: Held, name: str, size: int) -> Floats:
    day = held.record["peak_day"][str(asked.year)]
    return np.array(day["output"].get(name, [0.0] * size))


def _capital(asked: Asked, held: Held, name: str, entry: Response | Storage) -> float:
    """Give the capital of what the answer builds of an entry and still stands in the year, money."""
    worth, out = Worth(asked.spec), 0.0
    life = worth.plain(entry.lifetime, "year", asked.year) if entry.lifetime else 25.0
    for year in held.years:
        if year <= asked.year < year + life:
            built = held.record["built"][str(year)].get(name, 0.0) / 1e3
            out += built * (yearly_cost(worth, entry, year) - fixed_cost(worth, entry, year)) * 1e3
    return out


def _upkeep(asked: Asked, entry: Response | Storage, size: float) -> float:
    return size / 1e3 * fixed_cost(Worth(asked.spec), entry, asked.year) * 1e3


def _response(asked: Asked, held: Held, name: str, part: Response, size: int) -> Resource:
    year = str(asked.year)
    most, energy = held.record["capacities"][year].get(name, 0.0), held.record["energy"][year].get(name, 0.0)
    price = Worth(asked.spec).money(part.cost, "MWh", asked.year)
    worth = held.record["worth"][year].get(name)
    return Resource(
        name, "response", most, np.full(size, most), _given(asked, held, name, size), energy,
        _capital(asked, held, name, part), _upkeep(asked, part, most), energy * 1e3 * price,
        None if worth is None else worth * 1e6, None, part.hours,
    )  # fmt: skip


def _store(asked: Asked, held: Held, name: str, store: Storage, size: int) -> Resource:
    year = str(asked.year)
    most, energy = held.record["capacities"][year].get(name, 0.0), held.record["energy"][year].get(name, 0.0)
    price = Worth(asked.spec).money(store.variable, "MWh", asked.year) if store.variable else 0.0
    worth = held.record["worth"][year].get(name)
    return Resource(
        name, "store", most, np.full(size, most), _given(asked, held, name, size), energy,
        _capital(asked, held, name, store), _upkeep(asked, store, most), energy * 1e3 * price,
        None if worth is None else worth * 1e6, None, store.hours,
    )  # fmt: skip


def _load(asked: Asked, held: Held, name: str, load: Flexible, size: int, hours: Hours | None) -> Resource:
    """Read a load that moves: what it draws when nobody moves it bounds what it can give in an hour."""
    worth, year = Worth(asked.spec), str(asked.year)
    shape = asked.series[load.profile]
    base = shape * (worth.plain(load.energy, "MWh", asked.year) / float(shape.sum()))
    start = (held.record["peak_day"][year]["day"] - 1) * DAY
    able = load.share * base[start : start + DAY].reshape(size, -1).mean(axis=1)
    energy = held.record["energy"][year].get(name, 0.0)
    price = worth.money(load.cost, "MWh", asked.year) if load.cost else 0.0
    benefit = None
    if hours is not None and f"{name}.more_MW" in hours.columns:
        moved = hours.of(name) - hours.of(f"{name}.more")
        benefit = float(hours.columns["price"] @ moved) * hours.step
    return Resource(
        name, "load", float(able.max()), able, _given(asked, held, name, size), energy,
        0.0, 0.0, energy * 1e3 * price, None, benefit, None,
    )  # fmt: skip
