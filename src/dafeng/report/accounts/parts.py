"""An account by its parts, each with its interval; by fuel and sector at once; over the years.

Nothing is computed here but sums of the ledger's cells; intervals are those the library gives for the cells summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dafeng.accounts.account import Account, Accounts
from dafeng.accounts.cells import SCALE
from dafeng.accounts.uncertainty import Interval

BY = ("sector", "fuel", "gas", "item")


@dataclass(frozen=True, slots=True)
class Part:
    """One sector, fuel, gas or item of an account, in Mt CO2e; `share` is that of the total."""

    id: str
    interval: Interval
    share: float


def parts(account: Account, by: str) -> tuple[Part, ...]:
    """Give the parts of an account, the largest first: only those that hold a figure other than zero."""
    made = account.accounts
    at = made.at(account.year)
    amounts = {
        "sector": account.by_sector,
        "fuel": account.by_fuel,
        "gas": account.by_gas,
        "item": account.by_item,
    }[by]
    whole = sum(amounts.values())
    found = []
    for id, value in amounts.items():
        chosen = [i for i, key in enumerate(made.cells.keys) if getattr(key, by) == id]
        half = float(made.cells.where(chosen, np.ones(len(chosen))).half()[at]) * SCALE
        share = value / whole if whole else float("nan")
        found.append(Part(id, Interval(value, value - half, value + half), share))
    return tuple(sorted(found, key=lambda part: (-part.interval.value, part.id)))


def crossed(account: Account) -> Mapping[tuple[str, str], float]:
    """Give the account by (fuel, sector), in Mt CO2e; cells of zero are left out."""
    made = account.accounts
    at = made.at(account.year)
    found: dict[tuple[str, str], float] = {}
    for key, value in zip(made.cells.keys, made.cells.values[:, at].tolist(), strict=True):
        if value == value and value:  # noqa: PLR0124 - NaN is absent
            pair = (key.fuel, key.sector)
            found[pair] = found.get(pair, 0.0) + value * SCALE
    return found


def yearly(made: Accounts) -> Mapping[int, Interval]:
    """Give the total of every year that has one, with its interval."""
    half = made.cells.half() * SCALE
    return {
        year: Interval(value, value - float(half[made.at(year)]), value + float(half[made.at(year)]))
        for year, value in made.totals().items()
    }
