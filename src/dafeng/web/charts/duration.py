"""Duration curves: the hours of a year in falling order, so that one sees how long a value is exceeded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, width_of
from dafeng.web.charts.ticks import value_axis

Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: its name, the class of its line, and points (part of the year, value), the highest value first."""

    name: str
    css: str
    points: Sequence[tuple[float, float]]


def duration(
    curves: Sequence[Curve], *, unit: str, across: str, tick: Words, percent: Words, top: float | None = None
) -> Callable[[float], Plot]:
    """Draw the curves; `top` cuts the axis above a value, which is then said where the curve leaves it."""
    values = [value for curve in curves for _, value in curve.points]
    ticks = value_axis([0.0, *(min(value, top) if top is not None else value for value in values)], zero=True)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        right = 22 + max(width_of(curve.name) for curve in curves)
        plot = Plot(width, 280 if narrow else 340, (0, 1), (ticks[0], ticks[-1]), Pad(42, right, 48, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        floor = plot.height - plot.pad.bottom
        for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
            plot.segment(plot.px(mark), floor, plot.px(mark), floor + 5, "axis")
            plot.text(plot.px(mark), floor + 20, percent(mark), "s mid")
        plot.text(plot.width - plot.pad.right, floor + 40, across, "s end")
        for curve in curves:
            shown = [(x, min(y, ticks[-1])) for x, y in curve.points]
            plot.line(shown, curve.css)
        highest = max(curves, key=lambda curve: curve.points[0][1])
        peak = highest.points[0][1]
        plot.text(plot.px(0) + 8, plot.py(min(peak, ticks[-1])) - 8, tick(peak), "b halo")
        column(plot, [End(min(curve.points[-1][1], ticks[-1]), curve.name) for curve in curves])
        return plot

    return drawing


def thinned(values: Sequence[float], most: int = 240) -> list[tuple[float, float]]:
    """Sort values, the highest first, and keep the ends and evenly spaced points, closer together at the top."""
    order = sorted(values, reverse=True)
    size = len(order)
    if size == 1:
        return [(0.0, order[0]), (1.0, order[0])]
    places = sorted({round((size - 1) * (i / (most - 1)) ** 1.7) for i in range(most)} | {size - 1})
    return [(place / (size - 1), order[place]) for place in places]
