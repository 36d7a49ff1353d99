"""A target's chart: what was observed, where the required path stands, where the drift leads, what was promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, beside, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.record import Words, trace
from dafeng.web.charts.ticks import value_axis, years


@dataclass(frozen=True, slots=True)
class Promise:
    """A diamond: a target of this plan (filled) or of a later version (hollow)."""

    year: int
    value: float
    words: tuple[str, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A projection: (year, low, median, high), and the words for its three ends, long and for the phone."""

    path: Sequence[tuple[float, float, float, float]]
    median: tuple[str, str]
    low: tuple[str, str]
    high: tuple[str, str]


def promise(
    points: Sequence[Point],
    *,
    path: Sequence[Point],
    path_words: str,
    band: Band | None,
    main: Promise | None,
    others: Sequence[Promise],
    unit: str,
    tick: Words,
    say: Callable[[Point], str],
    breaks: Sequence[int] = (),
    bounds: bool = False,
) -> Callable[[float], Plot]:
    """Draw the chart of one target; `main` is the target itself, labelled at the right end. `bounds` starts at 0."""
    marks = [*([main] if main else []), *others]
    ahead = band.path if band else ()
    xs = [*(x for x, _ in points), *(x for x, _ in path), *(m.year for m in marks), *(step[0] for step in ahead)]
    ys = [*(y for _, y in points), *(y for _, y in path), *(m.value for m in marks)]
    ys += [value for _, low, _, high in ahead for value in (low, high)]
    first, last = int(min(xs)), int(max(xs))
    ticks = value_axis(ys, zero=bounds)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        size = 1 if narrow else 0
        ends = _ends(size)
        right = 22 + max([width_of(end.words) for end in ends], default=0.0)
        plot = Plot(
            width,
            380 if narrow else 420,
            (first - 0.5, max(last, first + 1)),
            (ticks[0], ticks[-1]),
            Pad(32, right, 46, left),
        )
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(first, last, 4 if narrow else 8))
        if band and points:
            start = points[-1]
            plot.area(
                [start, *((y, high) for y, _, _, high in band.path)],
                [start, *((y, low) for y, low, _, _ in band.path)],
                "band2",
            )
            plot.line([start, *((y, middle) for y, _, middle, _ in band.path)], "proj")
        if len(path) > 1:
            plot.line(path, "path")
        trace(plot, points, breaks)
        for mark in others:
            plot.diamond((mark.year, mark.value), "goal v2" if mark.later else "goal")
        if main:
            plot.diamond((main.year, main.value), "goal", 8)
        column(plot, ends)
        _label(plot, narrow)
        return plot

    at_end = main is not None and main.year >= last > first

    def _ends(size: int) -> list[End]:
        ends: list[End] = []
        if main and at_end:
            ends.append(End(main.value, main.words[0], "brandt"))
        if band and band.path[-1][0] >= last:
            _, low, middle, high = band.path[-1]
            ends += [End(middle, band.median[size], "projt"), End(high, band.high[size]), End(low, band.low[size])]
        return ends

    def _label(plot: Plot, narrow: bool) -> None:
        if points:
            beside(plot, points[-1], [(say(points[-1]), "b")], ("above-left", "below-right", "above", "below", "left"))
            if len(points) > 2:
                beside(plot, points[0], [(say(points[0]), "")], ("below-right", "below", "above-right", "above"))
        if main and not at_end:
            lines = (
                [(main.words[0], "brandt"), (main.words[-1], "")]
                if len(main.words) > 1
                else [(main.words[0], "brandt")]
            )
            beside(plot, (main.year, main.value), lines, ("below-right", "right", "above-left", "below", "above"))
        for mark in others:
            lines = [(mark.words[0], "brandt"), *((words, "") for words in mark.words[1:])]
            beside(
                plot,
                (mark.year, mark.value),
                lines,
                ("below-right", "right", "below", "above-left", "left", "above"),
                11,
            )
        if len(path) > 1 and not narrow:
            middle = len(path) // 3
            beside(plot, path[middle], [(path_words, "")], ("above-left", "below-right", "below", "above"))

    return drawing
