"""What a district emitted year by year, from the activity that was entered for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from dafeng.accounts.district.roll_up import of_places
from dafeng.accounts.enterprise.account import totals
from dafeng.accounts.enterprise.rows import Rows

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.desk import Desk

#: tCO2 in a Mt; months in a year.
MEGA, MONTHS = 1e6, 12


def district_series(desk: Desk, place: str, regime: str, electricity: str = "") -> Mapping[int, float]:
    """Give the total of a place in Mt CO2 by year: fuel burnt there, power and heat used there.

    A year whose rows leave a month out, or one of whose rows has no factor, is left out: its total would be too small.
    Each year takes the factors of that year.
    """
    table = desk.table(of_places=True)
    held = desk.names
    found: dict[int, float] = {}
    for year in table.years:
        rows = of_places(table, year, held.factors, held.methods, regime, desk.region, electricity)
        total = totals(rows, "place").get(place)
        if total is not None and _complete(rows, place):
            found[year] = total.value / MEGA
    return found


def _complete(rows: Rows, place: str) -> bool:
    mine = rows.table["place"].where(place) & rows.counted
    first, last = rows.table.first[mine], rows.table.last[mine]
    months = {month for start, end in zip(first, last, strict=True) for month in range(start, end + 1)}
    own = {month for month in months if month // MONTHS == rows.year}
    return len(own) == MONTHS and not bool(np.isnan(rows.emission[mine]).any())
