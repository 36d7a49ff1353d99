"""Accounts of districts and key areas: compared with each other, rolled up to the city without counting twice."""

from __future__ import annotations

from dafeng.accounts.district.roll_up import CityTotals, DistrictRollUp, Line, compare, of_places, roll_up

__all__ = ["CityTotals", "DistrictRollUp", "Line", "compare", "of_places", "roll_up"]
