"""Prices of a year: mean by season and the duration curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Floats

#: First day of each month, counted from 0, in a year of 365 days.
MONTHS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30])
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
#: Parts of the year at which the duration curve is read, %.
POINTS = (0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100)


def month_of(hour: Floats) -> Floats:
    """Give the month, 1 to 12, of hours of the year."""
    return np.asarray(np.searchsorted(MONTHS, np.asarray(hour) // 24, side="right"), dtype=np.float64)


def by_season(price: Floats, load: Floats, hour: Floats) -> dict[str, float]:
    """Give the mean price by season, weighted by load; seasons without load are left out."""
    month, out = month_of(hour), {}
    for name, months in SEASONS.items():
        inside = np.isin(month, months)
        if load[inside].sum() > 0:
            out[name] = float(price[inside] @ load[inside] / load[inside].sum())
    return out


def duration(price: Floats, weight: Floats) -> dict[int, float]:
    """Give the price that is exceeded in a part of the year (%), the highest first."""
    order = np.argsort(-price, kind="stable")
    past = np.cumsum(weight[order])
    at = [min(int(np.searchsorted(past, part / 100 * past[-1])), price.size - 1) for part in POINTS]
    return {part: float(price[order][i]) for part, i in zip(POINTS, at, strict=True)}
