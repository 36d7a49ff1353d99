"""What several models say of the same quantities: a row each, a mark for every model on a common scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.plot import SMALL, Pad, Plot, width_of
from dafeng.web.charts.ticks import nice

_ROW, _TALL, _R = 34.0, 50.0, 6.0


@dataclass(frozen=True, slots=True)
class Said:
    """One quantity: as it was, as it is now, and what the other model says; None where it says nothing."""

    name: str
    before: float
    after: float
    other: float | None


def pairs(rows: Sequence[Said], *, unit: str, tick: Callable[[float], str]) -> Callable[[float], Plot]:
    """Draw a line from what was (hollow) to what is (full), and the other model as a diamond."""
    ends = [value for row in rows for value in (row.before, row.after, row.other) if value is not None]
    names = 14 + max(width_of(row.name) for row in rows)

    def drawing(width: float) -> Plot:
        above = width < 500
        ticks = nice(min(0.0, *ends), max(0.0, *ends) or 1.0, 4 if above else 7)
        left = 12.0 if above else min(width * 0.36, names)
        tall = _TALL if above else _ROW
        right = 16 + width_of(tick(ticks[-1]), SMALL) / 2
        plot = Plot(width, 54 + tall * len(rows), (ticks[0], ticks[-1]), (0, 1), Pad(24, right, 30, left))
        floor = plot.height - plot.pad.bottom
        for mark in ticks:
            plot.segment(plot.px(mark), plot.pad.top, plot.px(mark), floor, "axis" if mark == 0 else "grid")
            plot.text(plot.px(mark), floor + 19, tick(mark), "s mid")
        plot.text(plot.width - plot.pad.right, 12, unit, "s end")
        for number, row in enumerate(rows):
            middle = plot.pad.top + tall * number + (34 if above else tall / 2)
            if above:
                plot.text(0, middle - 13, row.name, "halo")
            else:
                plot.text(left - 10, middle + 4, row.name, "end")
            _marks(plot, row, middle)
        return plot

    return drawing


def _marks(plot: Plot, row: Said, middle: float) -> None:
    start, end = plot.px(row.before), plot.px(row.after)
    plot.segment(start, middle, end, middle, "err")
    for x, css in ((start, "pt hollow"), (end, "pt")):
        plot.add('<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>', css=css, x=x, y=middle, r=_R - 1)
    if row.other is not None:
        x = plot.px(row.other)
        plot.add(
            '<path class="goal v2" d="M{x:.1f} {a:.1f}l{r} {r}-{r} {r}-{r}-{r}Z"/>', x=x, a=middle - _R - 2, r=_R + 2
        )
