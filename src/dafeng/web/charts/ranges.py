"""Ranges of a size: for each name, bars from least to most laid in one another, and the optimum as a mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.plot import SMALL, TEXT, Pad, Plot, width_of
from dafeng.web.charts.ticks import nice

#: Colours of the bars, widest range first, and how thick each is.
BARS = (("q2", 20.0), ("q3", 13.0), ("q5", 6.0))
_ROW, _TALL = 34.0, 52.0


@dataclass(frozen=True, slots=True)
class Reach:
    """One name: spans from least to most, widest first; the optimum, and the words at the end."""

    name: str
    spans: Sequence[tuple[float, float]]
    optimum: float
    words: str


def reaches(rows: Sequence[Reach], *, unit: str, tick: Callable[[float], str]) -> Callable[[float], Plot]:
    """Draw a row for each name; where the drawing is narrow the names stand above the bars."""
    top = max([end for row in rows for _, end in row.spans] + [row.optimum for row in rows] + [0.0]) or 1.0
    ends = 16 + max(width_of(row.words, SMALL) for row in rows)
    names = 14 + max(width_of(row.name) for row in rows)

    def drawing(width: float) -> Plot:
        above = width < 500
        ticks = nice(0.0, top, 4 if above else 7)
        left = 10.0 if above else min(width * 0.36, names)
        tall = _TALL if above else _ROW
        pad = Pad(24, 14.0 if above else ends, 30, left)
        plot = Plot(width, 54 + tall * len(rows), (ticks[0], ticks[-1]), (0, 1), pad)
        floor = plot.height - pad.bottom
        for mark in ticks:
            plot.segment(plot.px(mark), pad.top, plot.px(mark), floor, "axis" if mark == 0 else "grid")
            plot.text(plot.px(mark), floor + 19, tick(mark), "s mid")
        plot.text(plot.width - pad.right, 12, unit, "s end")
        for number, row in enumerate(rows):
            middle = pad.top + tall * number + (36 if above else tall / 2)
            if above:
                plot.text(0, middle - 15, row.name, "halo")
                plot.text(plot.width, middle - 15, row.words, "s end halo")
            else:
                plot.text(left - 10, middle + 4, _cut(row.name, left - 14), "end")
            _spans(plot, row, middle)
            if not above:
                plot.text(plot.width - pad.right + 14, middle + 4, row.words, "s")
        return plot

    return drawing


def _spans(plot: Plot, row: Reach, middle: float) -> None:
    for (css, thick), (least, most) in zip(BARS[len(BARS) - len(row.spans) :], row.spans, strict=False):
        start, end = plot.px(least), plot.px(most)
        # A capacity that cannot move is a line and not nothing.
        plot.bar(start - 1, middle - thick / 2, end - start + 2, thick, f"cf-{css}")
    x, r = plot.px(row.optimum), 7
    plot.add('<path class="goal" d="M{x:.1f} {a:.1f}l{r} {r}-{r} {r}-{r}-{r}Z"/>', x=x, a=middle - r, r=r)


def _cut(name: str, room: float) -> str:
    """Shorten a name that is longer than its room; the table below the chart has all of it."""
    if width_of(name, TEXT) <= room:
        return name
    while name and width_of(name + "…", TEXT) > room:
        name = name[:-1]
    return name.rstrip("、，, ") + "…"
