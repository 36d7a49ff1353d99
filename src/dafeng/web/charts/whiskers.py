"""Bars with the interval of each: what a part is, and how far it may be from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dafeng.web.charts.plot import TEXT, Pad, Plot, width_of
from dafeng.web.charts.ticks import nice

_ROW, _TALL, _THICK, _CAP = 30.0, 46.0, 16.0, 4.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """One bar: its name, the colour (a custom property), value with interval, and the words at its end."""

    name: str
    css: str
    value: float
    low: float
    high: float
    words: str


def whiskers(width: float, rows: Sequence[Whisker]) -> Plot:
    """Draw the bars; where the drawing is narrow the names stand above them."""
    above = width < 500
    ends = [end for row in rows for end in (row.low, row.high)]
    ticks = nice(min(0.0, *ends), max(0.0, *ends) or 1.0, 4 if above else 6)
    right = 14 + max(width_of(row.words) for row in rows)
    left = 10.0 if above else min(width * 0.42, 14 + max(width_of(row.name) for row in rows))
    left += 0 if ticks[0] >= 0 else 6
    tall = _TALL if above else _ROW
    plot = Plot(width, 34 + tall * len(rows), (ticks[0], ticks[-1]), (0, 1), Pad(4, right, 28, left))
    floor = plot.height - plot.pad.bottom
    for tick in ticks:
        plot.segment(plot.px(tick), plot.pad.top, plot.px(tick), floor, "axis" if tick == 0 else "grid")
        plot.text(plot.px(tick), floor + 19, f"{tick:g}".replace("-", "\u2212"), "s mid")
    for number, row in enumerate(rows):
        top = plot.pad.top + tall * number + (22 if above else (_ROW - _THICK) / 2)
        middle = top + _THICK / 2
        if above:
            plot.text(0, top - 7, row.name, "halo")
        else:
            plot.text(plot.pad.left - 8, middle + 4, _cut(row.name, plot.pad.left - 12), "end")
        start, end = sorted((plot.px(0), plot.px(row.value)))
        plot.bar(start, top, end - start, _THICK, f"cf-{row.css} area")
        a, b = plot.px(row.low), plot.px(row.high)
        if b - a > 1.5:
            plot.segment(a, middle, b, middle, "err")
            plot.segment(a, middle - _CAP, a, middle + _CAP, "err")
            plot.segment(b, middle - _CAP, b, middle + _CAP, "err")
        plot.text(max(b, end, plot.px(0)) + 8, middle + 4, row.words, "b")
    return plot


def _cut(name: str, room: float) -> str:
    """Shorten a name that is longer than its room; the table below the chart has all of it."""
    if width_of(name, TEXT) <= room:
        return name
    while name and width_of(name + "…", TEXT) > room:
        name = name[:-1]
    return name.rstrip("、，, ") + "…"
