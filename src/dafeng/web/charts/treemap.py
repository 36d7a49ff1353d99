"""Parts of a whole as rectangles, groups together, by the squarified layout.

Bruls, M., Huizing, K. and van Wijk, J. (2000), "Squarified treemaps", Data Visualization 2000, 33-42.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dafeng.web.charts.plot import SMALL, TEXT, Box, Pad, Plot, width_of


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part of a group."""

    name: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of parts: its name, the words of its amount, the colour (a custom property)."""

    name: str
    words: str
    css: str
    leaves: Sequence[Leaf]

    @property
    def value(self) -> float:
        """What its parts add up to."""
        return sum(leaf.value for leaf in self.leaves)


def treemap(width: float, groups: Sequence[Group]) -> Plot:
    """Draw the groups, largest first; a name stands in every rectangle that has room for it."""
    narrow = width < 500
    plot = Plot(width, 460 if narrow else width * 0.42, (0, 1), (0, 1), Pad(0, 0, 0, 0))
    order = sorted((group for group in groups if group.value > 0), key=lambda group: -group.value)
    boxes = squarified([group.value for group in order], Box(0, 0, width, plot.height))
    for group, box in zip(order, boxes, strict=True):
        head = 22.0 if _fits(group.name, box, 44) else 0.0
        inner = Box(box.left + 1, box.top + 1 + head, box.right - 1, box.bottom - 1)
        plot.bar(box.left + 1, box.top + 1, box.right - box.left - 2, box.bottom - box.top - 2, f"cf-{group.css}")
        if head:
            words = f"{group.name} {group.words}"
            full = words if width_of(words) < box.right - box.left - 14 else group.name
            plot.text(box.left + 8, box.top + 17, full, f"b on-{group.css}")
        leaves = sorted((leaf for leaf in group.leaves if leaf.value > 0), key=lambda leaf: -leaf.value)
        if len(leaves) < 2 or inner.bottom - inner.top < 12:
            continue
        for leaf, cell in zip(leaves, squarified([leaf.value for leaf in leaves], inner), strict=True):
            plot.bar(cell.left, cell.top, cell.right - cell.left, cell.bottom - cell.top, f"cf-{group.css} leaf")
            if _fits(leaf.name, cell, 20, SMALL):
                plot.text(cell.left + 7, cell.top + 16, leaf.name, f"s on-{group.css}")
                if cell.bottom - cell.top > 38:
                    plot.text(cell.left + 7, cell.top + 32, leaf.words, f"s on-{group.css}")
    return plot


def squarified(values: Sequence[float], box: Box) -> list[Box]:
    """Lay out rectangles with areas in proportion to falling positive values, each as near a square as may be."""
    whole = sum(values)
    if not whole:
        return []
    scale = (box.right - box.left) * (box.bottom - box.top) / whole
    areas = [value * scale for value in values]
    found: list[Box] = []
    left, top, right, bottom = box
    while areas:
        short = min(right - left, bottom - top)
        row = [areas[0]]
        for area in areas[1:]:
            if _worst([*row, area], short) > _worst(row, short):
                break
            row.append(area)
        thick = sum(row) / short if short else 0.0
        at = top if right - left >= bottom - top else left
        for area in row:
            long = area / thick if thick else 0.0
            if right - left >= bottom - top:
                found.append(Box(left, at, left + thick, at + long))
            else:
                found.append(Box(at, top, at + long, top + thick))
            at += long
        if right - left >= bottom - top:
            left += thick
        else:
            top += thick
        areas = areas[len(row) :]
    return found


def _worst(row: Sequence[float], short: float) -> float:
    total = sum(row)
    if not total or not short:
        return float("inf")
    return max(short**2 * max(row) / total**2, total**2 / (short**2 * min(row)))


def _fits(name: str, box: Box, tall: float, size: float = TEXT) -> bool:
    return box.bottom - box.top >= tall and width_of(name, size) <= box.right - box.left - 14
