"""From one total to another, step by step: each bar starts where the one before ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dafeng.web.charts.plot import Pad, Plot, width_of
from dafeng.web.charts.ticks import nice

_ROW, _TALL, _THICK = 34.0, 50.0, 18.0


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar: an end (`whole`), or a step from where the one before ended; `words` is its figure."""

    name: str
    value: float
    words: str
    whole: bool = False


def waterfall(width: float, falls: Sequence[Fall]) -> Plot:
    """Draw the bars on their side; the axis starts at zero only where the steps are not lost beside it."""
    above = width < 500
    edges, base = [], 0.0
    for fall in falls:
        start = 0.0 if fall.whole else base
        base = fall.value if fall.whole else base + fall.value
        edges.append((start, base))
    inner = [edge for fall, pair in zip(falls, edges, strict=True) for edge in (pair if not fall.whole else pair[1:])]
    low, high = min(inner), max(inner)
    cut = low > 0 and high - low < 0.35 * high
    first = max(0.0, low - (high - low) * 0.6) if cut else min(0.0, low)
    ticks = nice(first, high, 4 if above else 7)
    right = 12 + max(width_of(fall.words) for fall in falls)
    left = 6.0 if above else min(width * 0.4, 14 + max(width_of(fall.name) for fall in falls))
    tall = _TALL if above else _ROW
    plot = Plot(width, 34 + tall * len(falls), (ticks[0], ticks[-1]), (0, 1), Pad(4, right, 28, left))
    floor = plot.height - plot.pad.bottom
    for tick in ticks:
        plot.segment(plot.px(tick), plot.pad.top, plot.px(tick), floor, "axis" if tick == 0 else "grid")
        plot.text(plot.px(tick), floor + 19, f"{tick:g}".replace("-", "\u2212"), "s mid")
    for number, (fall, (start, end)) in enumerate(zip(falls, edges, strict=True)):
        top = plot.pad.top + tall * number + (23 if above else (_ROW - _THICK) / 2)
        if above:
            plot.text(0, top - 7, fall.name, "halo")
        else:
            plot.text(plot.pad.left - 8, top + _THICK / 2 + 4, fall.name, "end")
        a, b = sorted((max(plot.px(start), plot.pad.left), plot.px(end)))
        css = "cf-ink-2" if fall.whole else "cf-line-strong" if fall.value > 0 else "cf-q4"
        plot.bar(a, top, max(1.5, b - a), _THICK, f"{css} area")
        if fall.whole and cut:
            _torn(plot, plot.pad.left + 10, top)
        if number + 1 < len(falls):
            x = plot.px(end)
            plot.segment(x, top + _THICK, x, top + tall, "lead-l")
        plot.text(b + 7, top + _THICK / 2 + 4, fall.words, "b halo" if fall.whole else "halo")
    return plot


def _torn(plot: Plot, x: float, top: float) -> None:
    """Mark a bar whose beginning is left out."""
    path = f"M{x:.1f} {top - 2:.1f}l5 5-5 5 5 5-5 5 5 4"
    plot.add('<path class="tear" d="{path}"/>', path=path)
