"""What districts added up are held against: the city's own account of a boundary, with its interval."""

from __future__ import annotations

from dafeng.accounts.account import accounts
from dafeng.accounts.district.roll_up import CityTotals
from dafeng.city import City

#: The account of a city is in Mt, those of districts are in t.
MEGA = 1e6


def city_totals(city: City, boundary: str, year: int, imported_share: float | None) -> CityTotals:
    """Give the city's total of a boundary and year in tCO2; without an account of the year there is none.

    Raises:
        NotFound: no such boundary.
        Refused: the share is none.
    """
    found = accounts(city, boundary)
    total = found.account(year).total if year in found.ledger.years else None
    if total is None:
        return CityTotals(boundary, None, imported_share)
    value, low, high = (one * MEGA for one in (total.value, total.low, total.high))
    return CityTotals(boundary, value, imported_share, low, high)
