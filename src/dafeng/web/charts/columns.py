"""Columns of layers, one for each year or case, with the names of the layers at the right and the sum on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, width_of
from dafeng.web.charts.stack import Layer
from dafeng.web.charts.ticks import value_axis

Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A level across one column: what is asked of it, with words."""

    at: int
    value: float
    words: str


def columns(
    names: Sequence[str], layers: Sequence[Layer], *, unit: str, tick: Words, lines: Sequence[Line] = (),
    sums: bool = True,
) -> Callable[[float], Plot]:  # fmt: skip
    """Draw the columns; values below 0 hang from the axis."""
    up = [sum(max(layer.values[i], 0.0) for layer in layers) for i in range(len(names))]
    down = [sum(min(layer.values[i], 0.0) for layer in layers) for i in range(len(names))]
    ticks = value_axis([0.0, *up, *down, *(line.value for line in lines)], zero=True)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        right = 8 if narrow else 46 + max(width_of(layer.name) for layer in layers)
        last = [line.words for line in lines if line.at == len(names) - 1]
        end = len(names) + (0.0 if narrow else _beyond(last, (width - left - right) / len(names)))
        plot = Plot(width, 300 if narrow else 360, (0, end), (ticks[0], ticks[-1]), Pad(42, right, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        thick = min(110.0, (plot.px(1) - plot.px(0)) * 0.58)
        for i, name in enumerate(names):
            middle, high, low = plot.px(i + 0.5), 0.0, 0.0
            for layer in layers:
                value = layer.values[i]
                if not value:
                    continue
                base = high if value > 0 else low
                top, foot = sorted((plot.py(base), plot.py(base + value)))
                plot.bar(middle - thick / 2, top, thick, foot - top, f"area {layer.css}")
                if value > 0:
                    high += value
                else:
                    low += value
            for line in lines:
                if line.at == i:
                    y = plot.py(line.value)
                    plot.segment(middle - thick / 2 - 8, y, middle + thick / 2 + 8, y, "demanded")
                    if not narrow:
                        plot.text(middle + thick / 2 + 12, y + 4, line.words, "s halo")
            if sums and not lines:
                plot.text(middle, plot.py(high) - 6, tick(high), "b mid halo")
            plot.text(middle, plot.height - 10, name, "s mid")
        if not narrow:
            _names(plot, layers)
        return plot

    return drawing


def _beyond(words: Sequence[str], slot: float) -> float:
    """Give the part of a slot that words beside the last column need beyond it, clear of the names of the layers."""
    if not words:
        return 0.0
    need = 24 + max(width_of(each, SMALL) for each in words)
    room = slot / 2 - min(55.0, slot * 0.29)
    return max(0.0, 1.15 * (need - room) / slot)


def _names(plot: Plot, layers: Sequence[Layer]) -> None:
    """Name the layers beside the last column that shows them."""
    high = low = 0.0
    ends = []
    for layer in layers:
        value = layer.values[-1]
        base = high if value >= 0 else low
        ends.append(End(base + value / 2, layer.name, "", layer.css))
        if value >= 0:
            high += value
        else:
            low += value
    column(plot, ends, leaders=False)
