"""The published record of one quantity: a line with gaps where years are missing, and silence marked as silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dafeng.web.charts.label import End, beside, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.ticks import value_axis, years

Words = Callable[[float], str]
_SURVEY = 5


@dataclass(frozen=True, slots=True)
class Silence:
    """Years without any published figure: `words` are printed over the hatch, one line each."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A year marked by a vertical; `short` is written where the drawing is narrow."""

    year: int
    words: str
    short: str


def pieces(points: Sequence[Point], breaks: Iterable[int] = (), step: int = 1) -> list[list[Point]]:
    """Cut a series where a year is missing or the basis changes: a line must not bridge what was not observed."""
    cuts = set(breaks)
    out: list[list[Point]] = []
    for point in points:
        joined = out and point[0] - out[-1][-1][0] <= step
        crossed = out and any(out[-1][-1][0] < cut <= point[0] for cut in cuts)
        if joined and not crossed:
            out[-1].append(point)
        else:
            out.append([point])
    return out


def usual_step(points: Sequence[Point]) -> int:
    """The distance between points that is no gap, in years.

    It is the commonest one, the shorter of two; where most distances are longer than a year the series is of surveys,
    and no distance of it up to five years is a gap.
    """
    steps = [round(b[0] - a[0]) for a, b in pairwise(points)]
    if not steps:
        return 1
    if steps.count(1) * 2 < len(steps):
        return min(max(steps), _SURVEY)
    return max(set(steps), key=lambda step: (steps.count(step), -step))


def trace(plot: Plot, points: Sequence[Point], breaks: Iterable[int] = (), dots: bool = True, css: str = "ev") -> None:
    """Draw a series: lines within its pieces, and a disc on each point (always on a point that stands alone)."""
    for piece in pieces(points, breaks, usual_step(points)):
        if len(piece) > 1:
            plot.line(piece, css)
        if dots or len(piece) == 1:
            for point in piece:
                plot.dot(point)


def headline(
    points: Sequence[Point],
    *,
    unit: str,
    say: Callable[[Point], str],
    tick: Words,
    silence: Silence | None,
    deadline: Deadline | None,
) -> Callable[[float], Plot]:
    """Draw the record of the city's emissions up to the deadline, the peak and the last figure named."""
    first, last = int(points[0][0]), int(points[-1][0])
    end = max(last, deadline.year if deadline else last)
    peak = max(points, key=lambda point: point[1])
    ticks = value_axis([value for _, value in points], zero=True)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 12 + max(width_of(tick(value), SMALL) for value in ticks)
        plot = Plot(width, 300 if narrow else 340, (first - 1, end + 1), (0, ticks[-1] * 1.04), Pad(34, 12, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(first, end, 4 if narrow else 9))
        ceiling = ticks[-1]
        if silence:
            plot.block((silence.first - 0.5, 0), (silence.last, ceiling), "", fill="hatch")
        if deadline:
            plot.rule((deadline.year, 0), (deadline.year, plot.y[1]), "deadline")
            place = plot.py(0) - 12 if narrow else plot.py(plot.y[1]) + 10
            plot.text(
                plot.px(deadline.year) - 7, place, deadline.short if narrow else deadline.words, "brandt end halo"
            )
        trace(plot, points, dots=False)
        plot.dot(peak)
        beside(plot, peak, [(say(peak), "b")], ("above", "above-left"))
        if points[-1] != peak:
            plot.dot(points[-1])
            beside(plot, points[-1], [(say(points[-1]), "b")], ("below", "below-left", "below-right"))
        if silence:
            middle = (plot.px(silence.first - 0.5) + plot.px(silence.last)) / 2
            top = plot.py(ceiling * 0.45)
            for line, text in enumerate(silence.words):
                plot.text(middle, top + 19 * line, text, ("b " if not line else "") + "mid halo")
        return plot

    return drawing


def plain(
    series: Sequence[tuple[str, str, Sequence[Point]]],
    *,
    unit: str,
    tick: Words,
    say: Callable[[Point], str],
    breaks: Iterable[int] = (),
    zero: bool = False,
    since: tuple[int, str] | None = None,
) -> Callable[[float], Plot]:
    """Draw one series or a few, each (name, class, points), named at the right end when there are several.

    `since` marks the year from which a goal counts, with its words.
    """
    everything = [point for _, _, points in series for point in points]
    first, last = int(min(x for x, _ in everything)), int(max(x for x, _ in everything))
    ticks = value_axis([value for _, value in everything], zero=zero)
    span = (first - 0.5, last + 0.5) if last - first < 12 else (first - 1, last + 1)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        longest = max(width_of(name) for name, _, _ in series)
        side = min(width * 0.42, longest + 24) if len(series) > 1 else 30
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        plot = Plot(width, 280 if narrow else 340, span, (ticks[0], ticks[-1]), Pad(36, side, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(first, last, 5 if narrow else 12))
        if since and first <= since[0] <= last:
            plot.rule((since[0], ticks[0]), (since[0], ticks[-1]), "deadline")
            plot.text(plot.px(since[0]) + 7, plot.pad.top + 12, since[1], "brandt halo")
        for _, css, points in series:
            trace(plot, points, breaks, dots=len(points) <= 24, css=css)
        for year in breaks:
            if first < year <= last:
                plot.rule((year - 0.5, ticks[0]), (year - 0.5, ticks[-1]), "lead-l")
        if len(series) == 1:
            points = series[0][2]
            beside(plot, points[-1], [(say(points[-1]), "b")], ("above-left", "above", "below-left", "below"))
        else:
            column(plot, [End(points[-1][1], name) for name, _, points in series if points])
        return plot

    return drawing
