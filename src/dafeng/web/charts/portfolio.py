"""Resources by hour of a day against a level that is asked, and what each costs by GW beside what it saves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.hours import Frame
from dafeng.web.charts.label import End, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, width_of
from dafeng.web.charts.stack import Layer
from dafeng.web.charts.ticks import nice, value_axis

Words = Callable[[float], str]


def portfolio(
    frame: Frame, layers: Sequence[Layer], level: float | None, words: str, *, unit: str, tick: Words
) -> Callable[[float], Plot]:
    """Draw a column for each step, layers stacked, and the level as a line across."""
    size = len(layers[0].values)
    sums = [sum(layer.values[i] for layer in layers) for i in range(size)]
    ticks = value_axis([0.0, *sums, level or 0.0], zero=True)
    step = frame.days.step

    def drawing(width: float) -> Plot:
        narrow = width < 500
        pad = Pad(42, 10.0 if narrow else frame.right, 30, frame.left)
        plot = Plot(width, 280 if narrow else 340, (0, 24), (ticks[0], ticks[-1]), pad)
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        thick = (plot.px(step) - plot.px(0)) * 0.82
        for i in range(size):
            base = 0.0
            for layer in layers:
                value = layer.values[i]
                if value > 0:
                    top = plot.py(base + value)
                    plot.bar(
                        plot.px((i + 0.5) * step) - thick / 2, top, thick, plot.py(base) - top, f"area {layer.css}"
                    )
                    base += value
        for hour in range(0, 25, 6 if narrow else 3):
            plot.text(plot.px(hour), plot.height - 10, f"{hour}:00", "s mid")
        if level is not None:
            plot.rule((0, level), (24, level), "demanded")
            if narrow:
                plot.text(plot.width - plot.pad.right, plot.pad.top - 12, words, "s b end brandt")
        if not narrow:
            # Where nothing is left at the end of the day, the names stand beside the highest step.
            at = size - 1 if sums[-1] > 0.1 * max(sums) else max(range(size), key=sums.__getitem__)
            base, ends = 0.0, [End(level, words, "b brandt")] if level is not None else []
            for layer in layers:
                ends.append(End(base + layer.values[at] / 2, layer.name, "", layer.css))
                base += layer.values[at]
            column(plot, ends, leaders=False)
        return plot

    return drawing


@dataclass(frozen=True, slots=True)
class Money:
    """One resource: parts of its cost, and what one more of it saves; None where that is not told."""

    name: str
    parts: Sequence[float]
    worth: float | None


_ROW, _THICK = 46.0, 18.0


def costs(bars: Sequence[Money], css: Sequence[str], *, unit: str, tick: Words) -> Callable[[float], Plot]:
    """Draw a bar across for each resource, with its worth as a diamond."""
    ends = [sum(bar.parts) for bar in bars] + [bar.worth for bar in bars if bar.worth is not None]
    ticks = nice(min(0.0, *ends) if len(ends) > 1 else 0.0, max(*ends, 0.0) or 1.0, 6)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        right = 20 + max(width_of(tick(end), SMALL) for end in ends)
        plot = Plot(width, 40 + _ROW * len(bars), (ticks[0], ticks[-1]), (0, 1), Pad(6, right, 30, 8))
        floor = plot.height - plot.pad.bottom
        for mark in ticks if not narrow else ticks[::2]:
            plot.segment(plot.px(mark), plot.pad.top, plot.px(mark), floor, "axis" if mark == 0 else "grid")
            plot.text(plot.px(mark), floor + 19, tick(mark), "s mid")
        for number, bar in enumerate(bars):
            top = plot.pad.top + _ROW * number + 22
            plot.text(plot.pad.left, top - 6, bar.name, "halo")
            base = 0.0
            for value, colour in zip(bar.parts, css, strict=True):
                if value > 0:
                    plot.bar(plot.px(base), top, plot.px(base + value) - plot.px(base), _THICK, f"area cf-{colour}")
                    base += value
            plot.text(plot.px(base) + 7, top + 13, tick(base), "b halo")
            if bar.worth is not None:
                x, y, r = plot.px(bar.worth), top + _THICK / 2, 7
                plot.add('<path class="goal" d="M{x:.1f} {a:.1f}l{r} {r}-{r} {r}-{r}-{r}Z"/>', x=x, a=y - r, r=r)
        return plot

    return drawing
