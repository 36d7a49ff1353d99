"""Hours of some days: what serves the load stacked up, what draws power hung below, and panels aligned beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import End, beside, column
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.stack import Layer
from dafeng.web.charts.ticks import value_axis

Words = Callable[[float], str]
#: Days a phone shows.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Days:
    """The days shown: their names, long and short, hours in a step, and the day a phone begins with."""

    names: Sequence[str]
    short: Sequence[str]
    step: float
    first: int = 0

    def __len__(self) -> int:
        """Count the days."""
        return len(self.names)

    @property
    def each(self) -> int:
        """Steps a day."""
        return max(int(24 / self.step), 1)

    def part(self, width: float) -> tuple[int, int]:
        """Give the first day and the number of days that fit a width."""
        if width >= 500 or len(self) <= _FEW:
            return 0, len(self)
        return max(0, min(self.first, len(self) - _FEW)), _FEW


@dataclass(frozen=True, slots=True)
class Frame:
    """What panels share, so that they align: the days, room for figures at the left, for names at the right."""

    days: Days
    left: float
    right: float


def room(ticks: Sequence[str]) -> float:
    """Give the room that figures at the left take."""
    return 14 + max(width_of(text, SMALL) for text in ticks)


def stacked(
    frame: Frame, layers: Sequence[Layer], load: Sequence[float], *, unit: str, tick: Words, peak: Words
) -> Callable[[float], Plot]:
    """Draw layers by step, those below 0 hung from the axis, and the load as a line with its highest step named."""

    def drawing(width: float) -> Plot:
        at = _slice(frame.days, width)
        shown = [(layer, list(layer.values[at])) for layer in layers]
        up, down = [0.0] * len(load[at]), [0.0] * len(load[at])
        bands = []
        for layer, values in shown:
            upper, lower = [], []
            base = down if min(values) < 0 else up
            for i, value in enumerate(values):
                lower.append(base[i])
                base[i] += value
                upper.append(base[i])
            bands.append((layer, upper, lower))
        ticks = value_axis([0.0, *up, *down, *load[at]], zero=True)
        # What little is drawn does not open a whole step of the axis below zero.
        low = max(ticks[0], min(0.0, *down) - 0.02 * ticks[-1]) if min(down) < 0 else 0.0
        ticks = [tick for tick in ticks if tick >= low]
        plot = _plot(frame, width, 300 if width < 500 else 400, (low, ticks[-1]), top=42)
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        _days(plot, frame, width)
        for layer, upper, lower in bands:
            if any(a != b for a, b in zip(upper, lower, strict=True)):
                plot.area(_points(frame, upper), _points(frame, lower), f"area {layer.css}")
        line = list(load[at])
        plot.line(_points(frame, line), "net")
        highest = max(range(len(line)), key=line.__getitem__)
        beside(
            plot, _points(frame, line)[highest], [(peak(line[highest]), "b")], ("above", "above-left", "above-right")
        )
        if width >= 500:
            ends = [
                End((upper[-1] + lower[-1]) / 2, layer.name, "", layer.css)
                for layer, upper, lower in bands
                if any(abs(a - b) > 0 for a, b in zip(upper, lower, strict=True))
            ]
            column(plot, ends, leaders=False)
        return plot

    return drawing


def line(frame: Frame, values: Sequence[float], *, unit: str, tick: Words, name: str) -> Callable[[float], Plot]:
    """Draw one line by step."""

    def drawing(width: float) -> Plot:
        at = _slice(frame.days, width)
        shown = list(values[at])
        ticks = value_axis([0.0, *shown], zero=True, most=4)
        plot = _plot(frame, width, 170, (ticks[0], ticks[-1]), top=36)
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        _days(plot, frame, width)
        plot.line(_points(frame, shown), "ev")
        if width >= 500:
            column(plot, [End(shown[-1], name)])
        return plot

    return drawing


def contents(frame: Frame, layers: Sequence[Layer], *, unit: str, tick: Words) -> Callable[[float], Plot]:
    """Draw what stores hold, one on the other."""

    def drawing(width: float) -> Plot:
        at = _slice(frame.days, width)
        base = [0.0] * len(layers[0].values[at])
        bands = []
        for layer in layers:
            upper = [a + b for a, b in zip(base, layer.values[at], strict=True)]
            bands.append((layer, upper, base))
            base = upper
        ticks = value_axis([0.0, max(base) or 1.0], zero=True, most=4)
        plot = _plot(frame, width, 170, (ticks[0], ticks[-1]), top=36)
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        _days(plot, frame, width)
        for layer, upper, lower in bands:
            plot.area(_points(frame, upper), _points(frame, lower), f"area {layer.css}")
        if width >= 500:
            column(plot, [End((upper[-1] + lower[-1]) / 2, layer.name, "", layer.css) for layer, upper, lower in bands])
        return plot

    return drawing


def _slice(days: Days, width: float) -> slice:
    first, many = days.part(width)
    return slice(first * days.each, (first + many) * days.each)


def _plot(frame: Frame, width: float, height: float, y: Point, top: float) -> Plot:
    _, many = frame.days.part(width)
    right = 10.0 if width < 500 else frame.right
    return Plot(width, height, (0, many * 24), y, Pad(top, right, 30, frame.left))


def _days(plot: Plot, frame: Frame, width: float) -> None:
    first, many = frame.days.part(width)
    names = frame.days.names if width > 1000 else frame.days.short
    top, floor = plot.pad.top, plot.height - plot.pad.bottom
    for day in range(many + 1):
        plot.segment(plot.px(day * 24), top, plot.px(day * 24), floor, "grid")
    if many == 1:
        for hour in range(0, 25, 6 if width < 500 else 3):
            plot.text(plot.px(hour), plot.height - 10, f"{hour}:00", "s mid")
        return
    for day in range(many):
        plot.text(plot.px(day * 24 + 12), plot.height - 10, names[first + day], "s mid")


def _points(frame: Frame, values: Sequence[float]) -> list[Point]:
    step = frame.days.step
    middle = [((i + 0.5) * step, value) for i, value in enumerate(values)]
    return [(0.0, values[0]), *middle, (len(values) * step, values[-1])]
