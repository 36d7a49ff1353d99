"""A record and the estimates of the years after it: the record in ink, the estimates dashed, each in its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import beside
from dafeng.web.charts.plot import SMALL, Pad, Plot, Point, width_of
from dafeng.web.charts.record import pieces
from dafeng.web.charts.ticks import value_axis, years


@dataclass(frozen=True, slots=True)
class Band:
    """A value of a year with its interval; without one `low` and `high` are None."""

    year: float
    value: float
    low: float | None
    high: float | None

    @property
    def point(self) -> Point:
        """Year and value."""
        return self.year, self.value


def ahead(
    record: Sequence[Band],
    estimates: Sequence[Band],
    *,
    unit: str,
    tick: Callable[[float], str],
    say: Callable[[Point], str],
) -> Callable[[float], Plot]:
    """Draw a record and the estimates after it; the last of each is named."""
    everything = [*record, *estimates]
    first, last = int(min(one.year for one in everything)), int(max(one.year for one in everything))
    values = [end for one in everything for end in (one.value, one.low, one.high) if end is not None]
    ticks = value_axis(values, zero=True)

    def drawing(width: float) -> Plot:
        narrow = width < 500
        left = 14 + max(width_of(tick(value), SMALL) for value in ticks)
        span = (first - 0.5, max(last, first + 1) + 0.5)
        plot = Plot(width, 300 if narrow else 340, span, (ticks[0], ticks[-1]), Pad(34, 24, 30, left))
        plot.value_axis(ticks, [tick(value) for value in ticks], unit)
        plot.year_axis(years(first, last, 5 if narrow else 12))
        _band(plot, record, "band2")
        _band(plot, [record[-1], *estimates] if record and estimates else [], "band")
        for piece in pieces([one.point for one in record]):
            if len(piece) > 1:
                plot.line(piece, "ev")
            else:
                plot.dot(piece[0])
        if estimates:
            plot.line([*([record[-1].point] if record else []), *(one.point for one in estimates)], "proj")
            for one in estimates:
                plot.dot(one.point, "pt hollow", 4)
        if record:
            plot.dot(record[-1].point)
            beside(
                plot, record[-1].point, [(say(record[-1].point), "b")], ("below-left", "below", "above-left", "above")
            )
        if estimates:
            at = estimates[-1].point
            beside(plot, at, [(say(at), "projt")], ("above-left", "above", "below-left", "below"))
        return plot

    return drawing


def _band(plot: Plot, found: Sequence[Band], css: str) -> None:
    bounds = {one.year: one for one in found}
    for piece in pieces([one.point for one in found], step=2 if css == "band" else 1):
        known = [bounds[x] for x, _ in piece if bounds[x].low is not None and bounds[x].high is not None]
        if len(known) > 1:
            upper = [(one.year, one.high) for one in known if one.high is not None]
            lower = [(one.year, one.low) for one in known if one.low is not None]
            plot.area(upper, lower, css)
