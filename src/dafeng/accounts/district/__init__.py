"""Accounts of districts and key areas: compared with each other, rolled up to the city without counting twice."""

from __future__ import annotations

from dafeng.accounts.district.city_total import city_totals
from dafeng.accounts.district.imports import ImportedShare, imported_share, imported_shares
from dafeng.accounts.district.roll_up import CityTotals, DistrictRollUp, Line, compare, of_places, roll_up
from dafeng.accounts.district.series import district_series

__all__ = [
    "CityTotals",
    "DistrictRollUp",
    "ImportedShare",
    "Line",
    "city_totals",
    "compare",
    "district_series",
    "imported_share",
    "imported_shares",
    "of_places",
    "roll_up",
]
