"""One series in ink with its interval, and others of the same quantity behind it as ghosts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, beside, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.record import pieces, trace
from dafeng.web.charts.ticks import value_axis, years

Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A series: its name, a short name for narrow drawings, its points."""

    name: str
    short: str
    points: Sequence[Point]


def ghosts(
    main: Line,
    band: Sequence[tuple[float, float, float]],
    others: Sequence[Line],
    *,
    unit: str,
    tick: Words,
    say: Callable[[Point], str],
    marked: int | None = None,
) -> Callable[[float], Plot]:
    """Draw a series over others; `band` gives (year, low, high), `marked` the year that is named besides the last."""
    drawn = [line for line in (main, *others) if line.points]
    everything = [point for line in drawn for point in line.points]
    first, last = int(min(x for x, _ in everything)), int(max(x for x, _ in everything))
    values = [y for _, y in everything] + [y for _, low, high in band for y in (low, high)]
    ticks = value_axis(values, zero=True)
    bounds = {year: (low, high) for year, low, high in band}

    def drawing(width: float) -> Plot:
        narrow = width < 500
        names = [line.short if narrow else line.name for line in drawn]
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        right = min(width * 0.42, 24 + max(width_of(name) for name in names))
        plot = Plot(
            width, 320 if narrow else 380, (first - 0.5, max(last, first + 1) + 0.3), (ticks[0], ticks[-1]),
            Pad(34, right, 30, left),
        )  # fmt: skip
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(first, last, 4 if narrow else 9))
        for piece in pieces(main.points):
            known = [(x, *bounds[x]) for x, _ in piece if x in bounds]
            if len(known) > 1:
                plot.area([(x, high) for x, _, high in known], [(x, low) for x, low, _ in known], "band2")
            elif known:
                x, low, high = known[0]
                plot.rule((x, low), (x, high), "err")
        for line in others:
            for piece in pieces(line.points):
                if len(piece) > 1:
                    plot.faint(piece, "ghost")
                else:
                    plot.dot(piece[0], "pt ghost-pt", 3)
        if main.points:
            trace(plot, main.points, dots=False)
        column(
            plot,
            [
                End(line.points[-1][1], name, "b" if line is main else "")
                for line, name in zip(drawn, names, strict=True)
            ],
        )
        if main.points:
            top = max(main.points, key=lambda point: point[1])
            chosen = next((point for point in main.points if marked is not None and point[0] == marked), None)
            for point in dict.fromkeys(filter(None, (top, chosen))):
                plot.dot(point)
                beside(plot, point, [(say(point), "b")], ("above", "below", "above-left", "below-left", "below-right"))
        return plot

    return drawing
