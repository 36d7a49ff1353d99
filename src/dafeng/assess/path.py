"""The required path from baseline to target, and what "good enough" means on the way and at its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng.assess.measure import SAME, Measured, Scale
from dafeng.facts.indicator import Indicator
from dafeng.plan.schema import Target


@dataclass(frozen=True, slots=True)
class Demand:
    """What a target asks of a figure in its own terms. `up` is the good direction, None where the plan shows none."""

    value: float
    value_max: float | None
    comparator: str
    strict: bool
    up: bool | None
    about: float

    @classmethod
    def of(cls, target: Target, indicator: Indicator, measure: str, about: float) -> Demand:
        """Read the demand of a target; `about` is the tolerance of "左右", as a share of the value."""
        return cls(
            target.value, target.value_max, target.comparator, target.strict, good(target, indicator, measure), about
        )

    @property
    def goal(self) -> float:
        """The number the path leads to: of a range, the end that is reached first."""
        return self.value_max if self.value_max is not None and self.up is False else self.value

    def met(self, value: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell for each value whether it fulfils the target."""
        low, high = self.value, self.value if self.value_max is None else self.value_max
        slack = (SAME + (self.about if self.comparator == "~" else 0)) * abs(self.goal)
        if self.up is None:
            return (value >= low - slack) & (value <= high + slack)
        if self.strict:
            return value > low + slack if self.up else value < high - slack
        return value >= low - slack if self.up else value <= high + slack

    def satisfied(self, value: float) -> bool:
        """Tell whether one value fulfils the target."""
        return bool(self.met(np.float64(value)))  # type: ignore[arg-type]

    def open(self, value: float, bound: str) -> bool:
        """Tell whether a figure that is only a limit leaves the question open: the true one may be on either side."""
        if not bound or self.up is None:
            return bool(bound)
        favourable = (bound == "at_least") is self.up
        return self.satisfied(value) is not favourable

    def gap(self, value: float) -> float:
        """Give value less target; 0 within a range."""
        if self.value_max is not None and self.value <= value <= self.value_max:
            return 0.0
        near = self.value_max if self.value_max is not None and value > self.value_max else self.goal
        return value - near

    def shortfall(self, value: float) -> float:
        """Give how far a value is on the wrong side, 0 where it is not."""
        return 0.0 if self.satisfied(value) else abs(value - self.goal)


def good(target: Target, indicator: Indicator, measure: str) -> bool | None:
    """Say whether more is better, in the target's terms."""
    if target.comparator in (">=", "<="):
        return target.comparator == ">="
    if measure == "level" and target.direction in (None, "increase_by", "decrease_by"):
        return {"higher": True, "lower": False}.get(indicator.better, target.direction == "increase_by" or None)
    if measure == "multiple" and target.direction is None:
        return {"higher": True, "lower": False}.get(indicator.better)
    return target.direction != "decrease_to"


@dataclass(frozen=True, slots=True)
class Path:
    """The required path through `knots`, straight or (`geometric`) at a constant rate between them."""

    knots: tuple[tuple[int, float], ...]
    scale: Scale
    geometric: bool
    up: bool

    @classmethod
    def through(
        cls, measured: Measured, demand: Demand, due: int, milestones: Sequence[tuple[int, float]], shape: str
    ) -> Path | None:
        """Lay the path from the baseline over the milestones to the target; None without a baseline before it."""
        if measured.base_year is None or measured.base_value is None or measured.base_year >= due:
            return None
        start = (measured.base_year, measured.base_value)
        between = sorted(knot for knot in milestones if start[0] < knot[0] < due)
        knots = (start, *between, (due, demand.goal))
        positive = all(measured.scale.level(value, year) > 0 for year, value in knots)
        up = demand.up if demand.up is not None else demand.goal >= start[1]
        return cls(knots, measured.scale, shape == "geometric" and positive, up)

    def at(self, year: int) -> float | None:
        """Give where the path stands in a year; the target after its end, None before its start."""
        if year < self.knots[0][0]:
            return None
        if year >= self.knots[-1][0]:
            return self.knots[-1][1]
        right = next(i for i, (knot, _) in enumerate(self.knots) if knot > year)
        (y0, v0), (y1, v1) = self.knots[right - 1], self.knots[right]
        part = (year - y0) / (y1 - y0)
        if not self.geometric:
            return v0 + part * (v1 - v0)
        a, b = self.scale.level(v0, y0), self.scale.level(v1, y1)
        return self.scale.value(a * (b / a) ** part, year)

    def years(self) -> tuple[tuple[int, float], ...]:
        """Give the path year by year."""
        first, last = self.knots[0][0], self.knots[-1][0]
        points = ((year, self.at(year)) for year in range(first, last + 1))
        return tuple((year, value) for year, value in points if value is not None)

    def behind(self, year: int, value: float) -> float | None:
        """Give the part of the required way that has not been walked: 0 on the path, below 0 ahead, above 1 backwards.

        None in the baseline year itself, where there is no way yet. Infinite where the path asks to stay and the
        figure has fallen away.
        """
        required = self.at(year)
        if required is None or year <= self.knots[0][0]:
            return None
        lag = (required - value) if self.up else (value - required)
        way = abs(required - self.knots[0][1])
        tolerance = SAME * max(abs(required), abs(value))
        if abs(lag) <= tolerance:
            return 0.0
        return lag / way if way > tolerance else math.copysign(math.inf, lag)

    def backwards(self, value: float) -> bool:
        """Tell whether a value is worse than the baseline."""
        start = self.knots[0][1]
        tolerance = SAME * max(abs(start), abs(value))
        return value < start - tolerance if self.up else value > start + tolerance

    def progress(self, value: float) -> float | None:
        """Give the share of the whole way that has been walked; None where the way is nil."""
        start, end = self.knots[0][1], self.knots[-1][1]
        return (value - start) / (end - start) if abs(end - start) > SAME * max(abs(start), abs(end)) else None
