"""Areas on top of each other, year by year, with their sum, its highest year, and lines to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, beside, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.ticks import value_axis, years

Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One area: its name, its colour class, a value a year; values below 0 are stacked downwards from 0."""

    name: str
    css: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands over the areas: the peak, the last year of evidence, the deadline, a line to compare with."""

    peak: tuple[int, str, str]
    """Year, words, words for a narrow drawing."""
    evidence: tuple[int, str] | None = None
    deadline: tuple[int, str] | None = None
    ghost: Sequence[float] = ()


def stack(
    run: Sequence[int], layers: Sequence[Layer], marks: Marks, *, unit: str, tick: Words
) -> Callable[[float], Plot]:
    """Draw layers bottom first over the years of `run`."""
    up = [0.0] * len(run)
    down = [0.0] * len(run)
    bands = []
    for layer in layers:
        upper, lower = [], []
        for at, value in enumerate(layer.values):
            base = up if value >= 0 else down
            lower.append(base[at])
            base[at] += value
            upper.append(base[at])
        bands.append((layer, upper, lower))
    net = [a + b for a, b in zip(up, down, strict=True)]
    ticks = value_axis([0.0, *up, *down, *marks.ghost], zero=True)
    mixed = min(down) < 0

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        right = 12 if narrow else 40 + max(width_of(layer.name) for layer in layers)
        plot = Plot(width, 300 if narrow else 400, (run[0], run[-1]), (ticks[0], ticks[-1]), Pad(42, right, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(run[0], run[-1], 5 if narrow else 10))
        for layer, upper, lower in bands:
            plot.area(_points(run, upper), _points(run, lower), f"area {layer.css}")
        if marks.evidence and run[0] <= marks.evidence[0] < run[-1]:
            year, words = marks.evidence
            plot.bar(
                plot.px(year), plot.pad.top, plot.px(run[-1]) - plot.px(year),
                plot.height - plot.pad.bottom - plot.pad.top, "veil",
            )  # fmt: skip
            plot.rule((year, ticks[0]), (year, ticks[-1]), "evidence")
            plot.text(plot.px(year) - 6, plot.pad.top - 6, words, "s end")
        if marks.deadline and run[0] <= marks.deadline[0] <= run[-1]:
            year, words = marks.deadline
            plot.rule((year, ticks[0]), (year, ticks[-1]), "deadline")
            plot.text(plot.px(year) + 6, plot.pad.top - 6, words, "s b deadline-t")
        if marks.ghost:
            plot.line(_points(run, marks.ghost), "pinned")
        if mixed:
            plot.line(_points(run, net), "net")
        year, long, short = marks.peak
        if year in run:
            at = (float(year), net[list(run).index(year)])
            plot.dot(at)
            beside(plot, at, [(short if narrow else long, "b")], ("above", "above-left", "above-right", "below"))
        if not narrow:
            middles = [(layer, (upper[-1] + lower[-1]) / 2) for layer, upper, lower in bands if upper[-1] != lower[-1]]
            column(plot, [End(value, layer.name, "", layer.css) for layer, value in middles])
        return plot

    return drawing


def fan(
    run: Sequence[int], bands: Sequence[tuple[str, Sequence[float], Sequence[float]]], middle: Sequence[float],
    marks: Marks, *, unit: str, tick: Words, names: Sequence[str],
) -> Callable[[float], Plot]:  # fmt: skip
    """Draw bands of quantiles (class, low, high), widest first, with the median over them."""
    low = min(min(values) for _, values, _ in bands)
    high = max(max(values) for _, _, values in bands)
    ticks = value_axis([0.0, low, high, *marks.ghost], zero=True)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        right = 14 + max(width_of(name) for name in names) + 6
        plot = Plot(width, 280 if narrow else 340, (run[0], run[-1]), (ticks[0], ticks[-1]), Pad(42, right, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(run[0], run[-1], 4 if narrow else 9))
        for css, lower, upper in bands:
            plot.area(_points(run, upper), _points(run, lower), css)
        if marks.deadline and run[0] <= marks.deadline[0] <= run[-1]:
            year, words = marks.deadline
            plot.rule((year, ticks[0]), (year, ticks[-1]), "deadline")
            plot.text(plot.px(year) + 6, plot.pad.top - 6, words, "s b deadline-t")
        if marks.ghost:
            plot.line(_points(run, marks.ghost), "pinned")
        plot.line(_points(run, middle), "proj")
        ends = [End(bands[0][2][-1], names[0]), End(middle[-1], names[1], "projt"), End(bands[0][1][-1], names[2])]
        column(plot, ends)
        return plot

    return drawing


def _points(run: Sequence[int], values: Sequence[float]) -> list[Point]:
    return [(float(year), value) for year, value in zip(run, values, strict=True)]
