"""A synthetic reference year: hourly shapes with the monthly, daily and random pattern of a large monsoon city.

Not measured. Every shape is seeded, so that the same name gives the same 8,760 numbers everywhere; they are scaled to
published yearly figures (full-load hours, load factor) by the spec that asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Floats

HOURS, DAYS = 8760, 365
#: Middle of each month, day of the year.
MIDDLES = np.array([15, 45, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349], dtype=np.float64)
#: Latitude of the sun's path, degrees.
LATITUDE = 31.2

#: Monthly and hourly pattern of city load: summer cooling leads, a second rise in winter, the low of the new year.
LOAD_MONTHS = (1.00, 0.86, 0.92, 0.87, 0.91, 1.02, 1.27, 1.26, 1.06, 0.90, 0.94, 1.03)
LOAD_HOURS = (
    0.80, 0.76, 0.73, 0.72, 0.72, 0.74, 0.80, 0.90, 1.02, 1.10, 1.14, 1.13,
    1.09, 1.13, 1.15, 1.14, 1.13, 1.12, 1.10, 1.11, 1.09, 1.04, 0.96, 0.87,
)  # fmt: skip
#: Ordinary evening charging when nobody orders it.
CHARGING_HOURS = (
    0.9, 0.6, 0.4, 0.3, 0.3, 0.3, 0.4, 0.6, 0.8, 0.9, 0.9, 0.9,
    0.9, 0.9, 0.9, 0.9, 1.0, 1.2, 1.6, 2.0, 2.1, 1.9, 1.6, 1.2,
)  # fmt: skip
#: Heat taken from combined plants: process steam all year, more in winter.
HEAT_MONTHS = (1.25, 1.25, 1.10, 0.95, 0.90, 0.88, 0.88, 0.88, 0.90, 0.95, 1.05, 1.20)
#: River flow: low in winter, full from June to October.
HYDRO_MONTHS = (0.40, 0.36, 0.42, 0.60, 0.95, 1.45, 1.80, 1.75, 1.60, 1.25, 0.80, 0.52)
#: Wind by season: strong from late autumn to spring, with the summer typhoons at sea.
WIND_MONTHS = (1.12, 1.10, 1.12, 1.06, 0.96, 0.86, 0.96, 0.98, 0.90, 0.92, 1.00, 1.08)


@dataclass(frozen=True, slots=True)
class Kind:
    """A shape: its seed and whether it is a share of capacity."""

    seed: int
    share: bool


KINDS: dict[str, Kind] = {
    "load": Kind(11, False),
    "charging": Kind(12, False),
    "heat": Kind(13, True),
    "solar": Kind(21, True),
    "solar-west": Kind(22, True),
    "wind-onshore": Kind(31, True),
    "wind-offshore": Kind(32, True),
    "wind-west": Kind(33, True),
    "hydro": Kind(41, True),
}


def shape(name: str) -> Floats:
    """Give the 8,760 numbers of a shape; loads have mean 1, shares lie between 0 and 1."""
    draw = np.random.default_rng(KINDS[name].seed)
    if name == "load":
        return _load(draw)
    if name == "charging":
        return _mean_one(np.tile(CHARGING_HOURS, DAYS) * np.repeat(1 + 0.05 * _weather(draw, DAYS, 0.5), 24))
    if name == "heat":
        return np.clip(np.repeat(_monthly(HEAT_MONTHS), 24) / max(HEAT_MONTHS), 0, 1)
    if name.startswith("solar"):
        return _solar(draw, 0.75 if name == "solar-west" else 0.6)
    if name == "hydro":
        flow = _monthly(HYDRO_MONTHS) * np.exp(0.15 * _weather(draw, DAYS, 0.95))
        return np.clip(np.repeat(flow, 24) * 0.45, 0.02, 1)
    return _wind(draw, name)


def scaled(name: str, full_load_hours: float | None = None, load_factor: float | None = None) -> Floats:
    """Give a shape brought to full-load hours a year (shares) or to a load factor, mean over peak (loads).

    Both keep 0 and the largest value in place: values are raised to a power, which changes how peaked the shape is.
    """
    values = shape(name)
    if full_load_hours is not None:
        return to_sum(values, full_load_hours)
    if load_factor is not None:
        top = values / values.max()
        return to_sum(top, load_factor * HOURS)
    return values


def to_sum(values: Floats, total: float) -> Floats:
    """Raise shares to the power at which they sum to `total`; bisection, exact to rounding."""
    low, high = 0.02, 50.0
    for _ in range(80):
        middle = np.sqrt(low * high)
        if float((values**middle).sum()) > total:
            low = middle
        else:
            high = middle
    return np.asarray(values ** np.sqrt(low * high))


def _monthly(values: tuple[float, ...]) -> Floats:
    """Give a day's value between the middles of the months, the year closing on itself."""
    return np.asarray(np.interp(np.arange(DAYS) + 0.5, MIDDLES, values, period=DAYS))


def _weather(draw: np.random.Generator, length: int, memory: float) -> Floats:
    """Give an autoregressive series of mean 0 and deviation 1."""
    noise = draw.standard_normal(length + 50) * np.sqrt(1 - memory**2)
    out = np.zeros(length + 50)
    for t in range(1, out.size):
        out[t] = memory * out[t - 1] + noise[t]
    return out[50:]


def _mean_one(values: Floats) -> Floats:
    return np.asarray(values / values.mean())


def _load(draw: np.random.Generator) -> Floats:
    day = np.arange(DAYS)
    season = _monthly(LOAD_MONTHS) * (1 + 0.05 * _weather(draw, DAYS, 0.8))
    week = np.where(day % 7 >= 5, 0.93, 1.0)
    holiday = 1 - 0.28 * np.exp(-(((day - 45) / 5.0) ** 2)) - 0.10 * np.exp(-(((day - 276) / 3.0) ** 2))
    by_day = season * week * holiday
    hours = np.tile(LOAD_HOURS, DAYS) * (1 + 0.01 * _weather(draw, HOURS, 0.7))
    return _mean_one(np.repeat(by_day, 24) * hours)


def _solar(draw: np.random.Generator, clear: float) -> Floats:
    day = np.repeat(np.arange(DAYS), 24)
    hour = np.tile(np.arange(24), DAYS) + 0.5
    tilt = np.radians(23.45) * np.sin(2 * np.pi * (284 + day) / 365)
    at = np.radians(LATITUDE)
    height = np.sin(at) * np.sin(tilt) + np.cos(at) * np.cos(tilt) * np.cos(np.pi * (hour - 12) / 12)
    sky = np.repeat(_weather(draw, DAYS, 0.45), 24) + 0.35 * _weather(draw, HOURS, 0.9)
    through = np.clip(clear + 0.28 * sky, 0.08, 1.0)
    values = np.maximum(height, 0.0) * through
    return np.where(values < 1e-3, 0.0, values)


def _wind(draw: np.random.Generator, name: str) -> Floats:
    season = np.repeat(_monthly(WIND_MONTHS), 24)
    mean = {"wind-onshore": 6.3, "wind-offshore": 7.8, "wind-west": 6.8}[name]
    swing = _weather(draw, HOURS, 0.97)
    hour = np.tile(np.arange(24), DAYS)
    breeze = 1 + (0.08 if name != "wind-offshore" else 0.03) * np.cos(2 * np.pi * (hour - 15) / 24)
    speed = season * breeze * mean * np.exp(0.42 * swing - 0.09)
    power = np.clip((speed**3 - 27.0) / (11.5**3 - 27.0), 0, 1)
    return np.where(power < 1e-3, 0.0, power)
