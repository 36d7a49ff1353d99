"""A figure: its finding as title, quantity and unit as subtitle, drawings for each width, source, data table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from dafeng.web.charts.plot import SIZES, Plot


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table; figures stand at the right."""

    words: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """All that a template needs to print a figure.

    `legend` pairs a colour with its meaning; `live` is the same chart as an option of the interactive library.
    """

    uid: str
    title: str
    subtitle: str
    drawings: Markup
    source: str | Markup = ""
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str | Markup]] = ()
    legend: Sequence[tuple[str, str]] = ()
    live: dict[str, Any] | None = field(default=None)


Drawing = Callable[[float], Plot]


def draw(uid: str, title: str, description: str, drawing: Drawing, sizes: Sequence[str] = ("x", "w", "n")) -> Markup:
    """Draw a chart once for each size; the style sheet shows one of them."""
    return Markup("").join(drawing(SIZES[size]).svg(uid, size, title, description) for size in sizes)
