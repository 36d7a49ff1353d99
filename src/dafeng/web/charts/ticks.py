"""Round numbers for axes."""

from __future__ import annotations

import math
from collections.abc import Iterable

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice(low: float, high: float, most: int = 6) -> list[float]:
    """Give at most `most` round ticks that span low to high, both ends covered."""
    if not high > low:
        pad = abs(high) * 0.1 or 1.0
        low, high = low - pad, high + pad
    raw = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (*_STEPS, 20.0, 50.0):
        step = factor * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return [round(n * step, 10) for n in range(first, last + 1)]
    return [low, high]


def value_axis(values: Iterable[float], *, zero: bool, most: int = 6) -> list[float]:
    """Choose the ticks of a value axis; with `zero` it starts at 0 where no value is below.

    A line may start elsewhere, but does so only where the values stay within the upper half of the axis.
    """
    known = [v for v in values if not math.isnan(v)]
    low, high = min(known), max(known)
    if low >= 0 and (zero or low < 0.6 * high):
        low = 0.0
    if high <= 0 and zero:
        high = 0.0
    return nice(low, high, most)


def years(first: int, last: int, most: int) -> list[int]:
    """Choose the years an axis names: round ones, the last always among them where it is round to the step."""
    for step in (1, 2, 5, 10, 20, 50):
        start = math.ceil(first / step) * step
        marks = list(range(start, last + 1, step))
        if len(marks) <= most:
            return marks
    return [first, last]
