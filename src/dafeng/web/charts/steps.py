"""A curve of steps: how wide each is, how high, and what it is called in the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dafeng.web.charts.plot import SMALL, Pad, Plot, width_of
from dafeng.web.charts.ticks import nice, value_axis

Words = Callable[[float], str]


def steps(
    widths: Sequence[float], heights: Sequence[float], *, unit: str, across: str, tick: Words
) -> Callable[[float], Plot]:
    """Draw bars side by side, each as wide as its width; heights may lie below 0."""
    ends = [sum(widths[: at + 1]) for at in range(len(widths))]
    ticks = value_axis([0.0, *heights], zero=True)
    marks = nice(0.0, ends[-1], 6)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        plot = Plot(width, 260 if narrow else 320, (0.0, marks[-1]), (ticks[0], ticks[-1]), Pad(36, 14, 48, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        floor = plot.height - plot.pad.bottom
        for mark in marks if not narrow else marks[::2]:
            plot.segment(plot.px(mark), floor, plot.px(mark), floor + 5, "axis")
            plot.text(plot.px(mark), floor + 20, tick(mark), "s mid")
        plot.text(plot.width - plot.pad.right, floor + 40, across, "s end")
        for end, wide, high in zip(ends, widths, heights, strict=True):
            plot.block((end - wide, 0.0), (end, high), "cf-q4 area" if high >= 0 else "cf-q2 area")
        return plot

    return drawing
