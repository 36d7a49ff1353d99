"""Accounts as long tables: one row a cell, with every label a program needs, for CSV and workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dafeng.accounts.cells import SCALE, UNIT
from dafeng.report.accounts.names import Names

if TYPE_CHECKING:
    from dafeng.accounts.account import Account, Accounts

COLUMNS: tuple[str, ...] = (
    "city",
    "place",
    "boundary",
    "year",
    "item",
    "item_zh",
    "item_en",
    "sector",
    "sector_zh",
    "sector_en",
    "fuel",
    "fuel_zh",
    "fuel_en",
    "gas",
    "value",
    "unit",
    "half_activity",
    "half_factor",
    "notation",
    "why_zh",
    "why_en",
    "switches",
)


def long(account: Account) -> Iterator[list[object]]:
    """Give the cells of one account, then what it does not count with notation key and reason.

    `half_activity` and `half_factor` are half-widths of 95 % intervals as shares.
    """
    made = account.accounts
    at = made.at(account.year)
    head = _head(account)
    tail = ";".join(f"{name}={option}" for name, option in sorted(account.switches.items()))
    zh, en = Names(made.ledger, "zh"), Names(made.ledger, "en")
    for i, key in enumerate(made.cells.keys):
        value = float(made.cells.values[i, at])
        if value == value and value:  # noqa: PLR0124 - NaN is absent
            names = [
                text
                for by, id in (("item", key.item), ("sector", key.sector), ("fuel", key.fuel))
                for text in (id, zh.of(by, id), en.of(by, id))
            ]
            halves = [float(made.cells.activity[i]), float(made.cells.factor[i, at])]
            yield [*head, *names, key.gas, value * SCALE, UNIT, *halves, "", "", "", tail]
    for one in account.absent:
        names = [one.item, zh.of("item", one.item), en.of("item", one.item)]
        yield [*head, *names, *[""] * 7, None, UNIT, None, None, one.key, zh.why(one), en.why(one), tail]


def every_year(made: Accounts) -> Iterator[list[object]]:
    """Give the long table of every year in which anything is counted."""
    for year in made.ledger.years:
        account = made.account(year)
        if account.by_item:
            yield from long(account)


def _head(account: Account) -> list[object]:
    city = account.accounts.ledger.city.id
    return [city, account.place, account.boundary.id, account.year]
