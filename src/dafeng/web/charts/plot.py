"""A plain SVG drawing with two linear scales.

Every chart is drawn for each width it is shown at, so that type never shrinks. Colour comes from classes of the style
sheet only: no `style` attribute, no literal colour.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

#: Class of each drawing and its width in units: desktop, half of it, tablet and paper, phone.
SIZES: dict[str, int] = {"x": 1120, "h": 560, "w": 760, "n": 358}
TEXT = 13.0
SMALL = 12.0
Point = tuple[float, float]


class Pad(NamedTuple):
    """Room around the plot for axes and labels."""

    top: float
    right: float
    bottom: float
    left: float


def width_of(text: str, size: float = TEXT) -> float:
    """Estimate how wide a text runs: Chinese characters are square, Latin ones a little over half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.56 for c in text)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Box(NamedTuple):
    """A rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Area shared with another box."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


class Plot:
    """One drawing; `x` and `y` are the data ranges, `pad` the room around them."""

    def __init__(self, width: float, height: float, x: Point, y: Point, pad: Pad) -> None:
        self.width, self.height, self.x, self.y, self.pad = width, height, x, y, pad
        self.parts: list[Markup] = []
        self.taken: list[Box] = []

    @property
    def narrow(self) -> bool:
        """Whether this is the phone's drawing."""
        return self.width <= SIZES["n"]

    def px(self, x: float) -> float:
        """Horizontal place of a data value."""
        first, last = self.x
        inner = self.width - self.pad.left - self.pad.right
        return self.pad.left + (x - first) / (last - first) * inner

    def py(self, y: float) -> float:
        """Vertical place of a data value."""
        low, high = self.y
        inner = self.height - self.pad.top - self.pad.bottom
        return self.height - self.pad.bottom - (y - low) / (high - low) * inner

    def _path(self, points: Iterable[Point]) -> str:
        return " ".join(f"{_n(self.px(a))},{_n(self.py(b))}" for a, b in points)

    def add(self, markup: str, **values: object) -> None:
        """Add an element; values are escaped."""
        self.parts.append(Markup(markup).format(**values))

    def line(self, points: Sequence[Point], css: str) -> None:
        """Draw a line through data points."""
        self.add('<polyline class="{css}" points="{at}"/>', css=css, at=self._path(points))
        places = [(self.px(a), self.py(b)) for a, b in points]
        for (ax, ay), (bx, by) in pairwise(places):
            steps = max(1, round(max(abs(bx - ax), abs(by - ay)) / 6))
            for step in range(steps + 1):
                x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
                self.take(x - 3, y - 3, x + 3, y + 3)

    def faint(self, points: Sequence[Point], css: str) -> None:
        """Draw a line that labels need not keep clear of."""
        self.add('<polyline class="{css}" points="{at}"/>', css=css, at=self._path(points))

    def area(self, upper: Sequence[Point], lower: Sequence[Point], css: str) -> None:
        """Fill between two lines of data points."""
        at = self._path([*upper, *reversed(lower)])
        self.add('<polygon class="{css}" points="{at}"/>', css=css, at=at)

    def rule(self, start: Point, end: Point, css: str) -> None:
        """Draw a straight line between two data points."""
        (ax, ay), (bx, by) = start, end
        self.segment(self.px(ax), self.py(ay), self.px(bx), self.py(by), css)

    def segment(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """Draw a straight line in drawing units."""
        self.add(
            '<line class="{css}" x1="{a}" y1="{b}" x2="{c}" y2="{d}"/>',
            css=css, a=_n(x1), b=_n(y1), c=_n(x2), d=_n(y2),
        )  # fmt: skip

    def dot(self, at: Point, css: str = "pt", radius: float = 4) -> None:
        """Mark a data point with a disc."""
        x, y = self.px(at[0]), self.py(at[1])
        self.add('<circle class="{css}" cx="{x}" cy="{y}" r="{r}"/>', css=css, x=_n(x), y=_n(y), r=_n(radius))
        self.take(x - radius, y - radius, x + radius, y + radius)

    def diamond(self, at: Point, css: str, radius: float = 7) -> None:
        """Mark a data point with a diamond."""
        x, y, r = self.px(at[0]), self.py(at[1]), radius
        path = f"M{_n(x)} {_n(y - r)}L{_n(x + r)} {_n(y)} {_n(x)} {_n(y + r)} {_n(x - r)} {_n(y)}Z"
        self.add('<path class="{css}" d="{path}"/>', css=css, path=path)
        self.take(x - r, y - r, x + r, y + r)

    def bar(self, x: float, y: float, width: float, height: float, css: str, fill: str = "") -> None:
        """Draw a rectangle in drawing units; `fill` names a pattern of the page."""
        paint = Markup(' fill="url(#{})"').format(fill) if fill else ""
        self.add(
            '<rect{css}{paint} x="{x}" y="{y}" width="{w}" height="{h}"/>',
            css=Markup(' class="{}"').format(css) if css else "", paint=paint,
            x=_n(x), y=_n(y), w=_n(max(0.0, width)), h=_n(max(0.0, height)),
        )  # fmt: skip

    def block(self, start: Point, end: Point, css: str, fill: str = "") -> None:
        """Draw a rectangle between two data points."""
        left, right = sorted((self.px(start[0]), self.px(end[0])))
        top, bottom = sorted((self.py(start[1]), self.py(end[1])))
        self.bar(left, top, right - left, bottom - top, css, fill)

    def text(self, x: float, y: float, words: str, css: str = "") -> None:
        """Write at a place in drawing units; the classes `mid` and `end` move the anchor."""
        at = Markup(' class="{}"').format(css) if css else ""
        self.add('<text{at} x="{x}" y="{y}">{words}</text>', at=at, x=_n(x), y=_n(y), words=words)
        names = css.split()
        long = width_of(words, SMALL if "s" in names else TEXT)
        left = x - long if "end" in names else x - long / 2 if "mid" in names else x
        self.take(left, y - 11, left + long, y + 3)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Note that a rectangle is occupied, for `label` to keep clear of."""
        self.taken.append(Box(left, top, right, bottom))

    def value_axis(self, ticks: Sequence[float], words: Sequence[str], unit: str = "") -> None:
        """Draw grid lines with their figures at the left, and the unit above them."""
        for tick, word in zip(ticks, words, strict=True):
            y = self.py(tick)
            self.segment(self.pad.left, y, self.width - self.pad.right, y, "axis" if tick == 0 else "grid")
            self.text(self.pad.left - 8, y + 4, word, "s end")
        if unit:
            self.text(0, self.pad.top - 12, unit, "s")

    def year_axis(self, marks: Sequence[int]) -> None:
        """Draw the years under the plot."""
        floor = self.height - self.pad.bottom
        for mark in marks:
            x = self.px(mark)
            self.segment(x, floor, x, floor + 5, "axis")
            self.text(x, floor + 20, str(mark), "s mid")

    def svg(self, uid: str, size: str, title: str, description: str) -> Markup:
        """Give the finished element, named and described for those who cannot see it."""
        return Markup(
            '<svg class="chart {size}" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{uid}{size}-t" '
            'aria-describedby="{uid}{size}-d"><title id="{uid}{size}-t">{title}</title>'
            '<desc id="{uid}{size}-d">{description}</desc>{body}</svg>'
        ).format(
            size=size, w=_n(self.width), h=_n(self.height), uid=uid, title=title, description=description,
            body=Markup("").join(self.parts),
        )  # fmt: skip
