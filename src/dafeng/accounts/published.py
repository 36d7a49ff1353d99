"""An account held against a total that was published, or derived, for the same boundary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng import units
from dafeng.accounts.boundaries import Published
from dafeng.accounts.cells import SCALE, Key
from dafeng.facts.observation import Observation

if TYPE_CHECKING:
    from dafeng.accounts.account import Account

#: Which fuels a label of a published table sums.
GROUPS: dict[str, tuple[str, ...]] = {
    "blast_furnace_and_converter_gas": ("blast_furnace_gas", "converter_gas", "other_gas"),
    "oil_products": ("gasoline", "kerosene", "diesel", "fuel_oil", "lpg", "refinery_gas"),
}
#: Labels that name a fuel in some sectors only.
SPLIT = {"raw_coal_power_heat": ("raw_coal", True), "raw_coal_final": ("raw_coal", False)}


@dataclass(frozen=True)
class Held:
    """An account held against a published or derived total: `parts` are account less published, by fuel or item."""

    indicator: str
    value: float
    source: str
    status: str
    gap: float
    parts: Mapping[str, float]


def compare(account: Account) -> tuple[Held, ...]:
    """Hold an account against every published total of its boundary that has a figure for the year."""
    found = (_held(account, published) for published in account.boundary.published)
    return tuple(held for held in found if held is not None)


def _held(account: Account, published: Published) -> Held | None:
    if account.total is None:
        return None
    every = _figures(account, published.indicator)
    if not every:
        return None
    first = next(iter(every.values()))
    value = sum(_mt(one) for one in every.values())
    at = account.accounts.at(account.year)
    cells = account.accounts.cells
    parts: dict[str, float] = {item: account.by_item[item] for item in published.without if item in account.by_item}
    rest = {key: float(cells.values[i, at]) * SCALE for i, key in enumerate(cells.keys) if cells.values[i, at] > 0}
    for label, one in (_figures(account, published.by_fuel) if published.by_fuel else {}).items():
        mine = [key for key in rest if _is(key, label) and key.item not in published.without]
        parts[label] = sum(rest.pop(key) for key in mine) - _mt(one)
    if published.by_fuel:
        for key, amount in rest.items():
            if key.item not in published.without:
                parts[key.fuel] = parts.get(key.fuel, 0.0) + amount
        parts["rounding"] = account.total.value - value - sum(parts.values())
    gap = account.total.value - value
    return Held(published.indicator, value, first.source, first.status, gap, parts)


def _figures(account: Account, indicator: str) -> dict[str, Observation]:
    city = account.accounts.ledger.city
    if indicator not in city.indicators:
        return {}
    found: dict[str, Observation] = {}
    for place, dims in city.facts.coordinates(indicator):
        if place == account.place:
            one = city.facts.series(indicator, place, dims).yearly.get(account.year)
            if one is not None and one.value is not None:
                found[";".join(label for _, label in dims)] = one
    return found


def _mt(one: Observation) -> float:
    assert one.value is not None  # noqa: S101 - figures without a value are left out
    return one.value * units.factor(one.unit, "MtCO2")


def _is(key: Key, label: str) -> bool:
    if label in SPLIT:
        fuel, power = SPLIT[label]
        return key.fuel == fuel and (key.sector == "power_heat") == power
    return key.fuel in GROUPS.get(label, (label,))
