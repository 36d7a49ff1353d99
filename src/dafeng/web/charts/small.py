"""Small drawings: a sparkline for a table row, and the tile map of a city's districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dafeng.web.charts.plot import Pad, Plot, Point
from dafeng.web.charts.record import pieces, usual_step

_WIDE, _HIGH, _EDGE = 96.0, 28.0, 3.0
_TILE, _ROW = 71, 72


def spark(
    points: Sequence[Point], goal: float | None, until: int | None, words: str, breaks: Sequence[int] = ()
) -> Markup:
    """Draw a series beside its target (dashed). `until` is the due year: the line ends where the evidence does."""
    values = [value for _, value in points] + ([goal] if goal is not None else [])
    low, high = min(values), max(values)
    flat = (high - low) or 1.0
    first, last = points[0][0], max(points[-1][0], until or points[-1][0])

    def x(year: float) -> float:
        return _EDGE + (year - first) / ((last - first) or 1) * (_WIDE - 2 * _EDGE)

    def y(value: float) -> float:
        return _HIGH - _EDGE - (value - low) / flat * (_HIGH - 2 * _EDGE)

    lines = Markup("").join(
        Markup('<polyline class="ev" points="{}"/>').format(" ".join(f"{x(a):.0f},{y(b):.0f}" for a, b in piece))
        for piece in pieces(points, breaks, usual_step(points))
        if len(piece) > 1
    )
    rule = "" if goal is None else Markup('<line class="goal-l" x2="96" y1="{0}" y2="{0}"/>').format(f"{y(goal):.0f}")
    end = Markup('<circle class="pt" cx="{}" cy="{}" r="2.6"/>').format(
        f"{x(points[-1][0]):.0f}", f"{y(points[-1][1]):.0f}"
    )
    return Markup('<svg class="spark" viewBox="0 0 96 28" role="img" aria-label="{}">{}{}{}</svg>').format(
        words, rule, lines, end
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """A district's square: its place in the grid, its name, the words under it, its step of the ramp (1 to 5)."""

    column: int
    row: int
    name: str
    words: str
    step: int


def tiles(districts: Sequence[Tile], *, small: bool) -> Plot:
    """Draw the tile map; `small` narrows the names where they are long."""
    columns, rows = max(t.column for t in districts) + 1, max(t.row for t in districts) + 1
    plot = Plot(columns * _TILE + 4, rows * _ROW + 4, (0, columns), (0, rows), Pad(2, 2, 2, 2))
    for tile in districts:
        x, y = 2 + tile.column * _TILE, 2 + tile.row * _ROW
        plot.add(
            '<rect class="tile q{q}" x="{x}" y="{y}" width="70" height="71" rx="2"/>'
            '<text class="on-q{q} mid{tn}" x="{cx}" y="{y1}">{name}</text>'
            '<text class="on-q{q} n mid" x="{cx}" y="{y2}">{words}</text>',
            q=tile.step, x=x, y=y, cx=x + 35, y1=y + 32, y2=y + 51, tn=" tn" if small else "",
            name=tile.name, words=tile.words,
        )  # fmt: skip
    return plot
