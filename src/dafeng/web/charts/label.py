"""Direct labels: beside a point where there is room, or in a column at the right end, pushed apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dafeng.web.charts.plot import TEXT, Box, Plot, Point, width_of

Side = Literal["above", "below", "right", "left", "above-left", "above-right", "below-left", "below-right"]
_LINE = 17.0
#: Offsets of the text block from the point: horizontal anchor, and whether it stands above, beside or below.
_ANCHOR: dict[Side, tuple[str, int, float]] = {
    "above": ("mid", -1, 0),
    "below": ("mid", 1, 0),
    "right": ("", 0, 12),
    "left": ("end", 0, -12),
    "above-left": ("end", -1, -4),
    "above-right": ("", -1, 4),
    "below-left": ("end", 1, -4),
    "below-right": ("", 1, 4),
}


@dataclass(frozen=True, slots=True)
class End:
    """A label of the right-hand column: the value it points at, its text, class, and the class of its swatch."""

    value: float
    words: str
    css: str = ""
    swatch: str = ""


def beside(plot: Plot, at: Point, lines: Sequence[tuple[str, str]], sides: Sequence[Side], clear: float = 9) -> None:
    """Write lines of (text, class) beside a data point, on the first of `sides` with room, else the least crowded."""
    x, y = plot.px(at[0]), plot.py(at[1])
    long = max(width_of(words, TEXT) for words, _ in lines)
    tall = _LINE * len(lines)

    def box(side: Side, far: float) -> Box:
        anchor, vertical, shift = _ANCHOR[side]
        left = x + shift - (long if anchor == "end" else long / 2 if anchor == "mid" else 0)
        top = y - far - tall if vertical < 0 else y + far if vertical > 0 else y - tall / 2
        return Box(left, top, left + long, top + tall)

    def crowding(place: Box) -> float:
        outside = max(0.0, -place.left) + max(0.0, place.right - plot.width)
        outside += max(0.0, -place.top) + max(0.0, place.bottom - plot.height)
        return outside * 60 + sum(place.overlap(other) for other in plot.taken)

    options = [(side, far) for far in (clear, clear + 12, clear + 26) for side in sides]
    best = min(options, key=lambda option: (round(crowding(box(*option))), options.index(option)))
    place = box(*best)
    anchor, _, shift = _ANCHOR[best[0]]
    for number, (words, css) in enumerate(lines):
        plot.text(x + shift, place.top + _LINE * number + 13, words, f"{css} {anchor} halo".strip())


def column(plot: Plot, ends: Sequence[End], gap: float = 18, leaders: bool = True) -> None:
    """Write labels at the right end of the plot, highest first, pushed apart so that none overlap."""
    x = plot.width - plot.pad.right
    order = sorted(ends, key=lambda end: -end.value)
    wanted = [plot.py(end.value) + 4 for end in order]
    places = spread(wanted, gap, plot.height - 4)
    for end, at, place in zip(order, wanted, places, strict=True):
        if leaders and abs(place - at) > 5:
            plot.add(
                '<path class="lead-l" d="M{a:.0f} {b:.0f}L{c:.0f} {d:.0f}"/>', a=x + 4, b=at - 4, c=x + 11, d=place - 4
            )
        if end.swatch:
            plot.add(
                '<rect class="{css}" x="{x:.0f}" y="{y:.1f}" width="11" height="11" rx="2"/>',
                css=end.swatch, x=x + 14, y=place - 10,
            )  # fmt: skip
        plot.text(x + (31 if end.swatch else 14), place, end.words, end.css)


def spread(wanted: Sequence[float], gap: float, most: float) -> list[float]:
    """Move sorted places apart to at least `gap`, as little as possible, and keep the last above `most`."""
    groups: list[list[float]] = []  # each: sum of (wanted - rank * gap), size
    for value in wanted:
        groups.append([value, 1])
        while len(groups) > 1 and _start(groups[-2]) + gap * groups[-2][1] > _start(groups[-1]):
            total, size = groups.pop()
            before = groups[-1]
            before[0] += total - gap * size * before[1]
            before[1] += size
    places = [_start(group) + gap * rank for group in groups for rank in range(int(group[1]))]
    over = places[-1] - most if places else 0.0
    if over <= 0:
        return places
    for index in range(len(places) - 1, -1, -1):
        limit = most - gap * (len(places) - 1 - index)
        places[index] = min(places[index], limit)
    return places


def _start(group: list[float]) -> float:
    return group[0] / group[1]
