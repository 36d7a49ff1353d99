"""What flows from where to where: two columns of blocks, joined by bands as wide as what they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dafeng.web.charts.label import spread
from dafeng.web.charts.plot import TEXT, Pad, Plot, width_of

_LINE, _BLOCK, _APART = 19.0, 12.0, 5.0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a column: id, name, the words of its amount, the colour (a custom property)."""

    id: str
    name: str
    words: str
    css: str


def flows(
    width: float, left: Sequence[Block], right: Sequence[Block], amounts: Mapping[tuple[str, str], float]
) -> Plot:
    """Draw positive amounts by (left, right), in the order of the blocks; bands take the colour of the right block."""
    narrow = width < 500
    most = max(len(left), len(right))
    height = max(300.0, most * (_LINE + 3)) + (40 if not narrow else 30)
    plot = Plot(width, height, (0, 1), (0, 1), Pad(14, 0, 14, 0))
    room = height - 28
    whole = sum(amounts.values())
    scale = (room - _APART * (most - 1)) / whole
    text = max(width_of(f"{block.name} {block.words}") for block in left) + 10
    near = 0.0 if narrow else min(width * 0.3, text)
    far = (
        width - _BLOCK
        if narrow
        else width - _BLOCK - min(width * 0.34, max(width_of(f"{block.name} {block.words}") for block in right) + 10)
    )
    sums = (
        {block.id: sum(value for (a, _), value in amounts.items() if a == block.id) for block in left},
        {block.id: sum(value for (_, b), value in amounts.items() if b == block.id) for block in right},
    )
    tops = [
        _tops([sums[side][block.id] * scale for block in column], room) for side, column in enumerate((left, right))
    ]
    starts = [
        dict(zip([block.id for block in column], tops[side], strict=True)) for side, column in enumerate((left, right))
    ]
    at = [dict(one) for one in starts]
    for source in left:
        for target in right:
            value = amounts.get((source.id, target.id), 0.0)
            if value <= 0:
                continue
            thick = value * scale
            a, b = at[0][source.id], at[1][target.id]
            at[0][source.id] += thick
            at[1][target.id] += thick
            _band(plot, near + _BLOCK, a, far, b, thick, target.css)
    for side, column in enumerate((left, right)):
        x = far if side else near
        for block in column:
            plot.bar(x, starts[side][block.id], _BLOCK, max(1.0, sums[side][block.id] * scale), f"cf-{block.css}")
        middles = [starts[side][block.id] + sums[side][block.id] * scale / 2 + 4 for block in column]
        for block, y in zip(column, spread(middles, _LINE if not narrow else 17, height - 4), strict=True):
            _name(plot, block, side, x, y, narrow)
    return plot


def _tops(sizes: Sequence[float], room: float) -> list[float]:
    apart = (room - sum(sizes)) / (len(sizes) - 1) if len(sizes) > 1 else 0.0
    found, y = [], 14.0 if len(sizes) > 1 else 14.0 + (room - sum(sizes)) / 2
    for size in sizes:
        found.append(y)
        y += size + apart
    return found


def _band(plot: Plot, x1: float, y1: float, x2: float, y2: float, thick: float, css: str) -> None:
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{y2 + thick:.1f}C{middle:.1f} {y2 + thick:.1f} {middle:.1f} {y1 + thick:.1f} {x1:.1f} {y1 + thick:.1f}Z"
    )
    plot.add('<path class="cf-{css} flow" d="{path}"/>', css=css, path=path)


def _name(plot: Plot, block: Block, side: int, x: float, y: float, narrow: bool) -> None:
    inside = narrow
    if side == 0:
        place, css = (x + _BLOCK + 5, "") if inside else (x - 7, "end")
    else:
        place, css = (x - 5, "end") if inside else (x + _BLOCK + 7, "")
    words = f"{_short(block.name, 11 * TEXT if narrow else 400)} {block.words}"
    plot.text(place, y, words, f"{css} halo".strip())


def _short(name: str, room: float) -> str:
    if width_of(name) <= room:
        return name
    while name and width_of(name + "…") > room:
        name = name[:-1]
    return name.rstrip("、，, ") + "…"
