"""Stacked bars: the same data as a drawing of our own and as an option of the chart library.

The numbers stand in the bars; what each colour means is a legend beside the drawing, since a bar has many parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dafeng.web.charts.plot import Pad, Plot, width_of
from dafeng.web.charts.ticks import nice

_ROW, _THICK = 30.0, 18.0
#: Colours too light to carry paper-coloured numbers.
_PALE = frozenset({"line", "q1", "q2", "q3"})
#: A layer below this share of the longest bar is too thin for a number.
_THIN = 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """One layer of the stack: its name, the colour (a custom property of the style sheet), a value for each bar."""

    name: str
    css: str
    values: Sequence[float]

    @property
    def ink(self) -> str:
        """The colour of a number written in the bar."""
        return "ink" if self.css in _PALE else "paper"


def _totals(parts: Sequence[Part], number: int) -> list[float]:
    return [sum(part.values[i] for part in parts) for i in range(number)]


def _left(names: Sequence[str], width: float) -> float:
    return min(width * 0.46, max(width_of(name) for name in names) + 16)


def bars(width: float, names: Sequence[str], parts: Sequence[Part], *, across: bool, words: bool = True) -> Plot:
    """Draw the bars; `across` lays them on their side with the names at the left, `words` writes numbers in them."""
    ticks = nice(0, max(_totals(parts, len(names))) or 1, 5 if width < 500 else 6)
    if across:
        return _across(width, names, parts, ticks)
    plot = Plot(width, 320, (0, len(names)), (0, ticks[-1]), Pad(16, 8, 30, 34))
    plot.value_axis(ticks, [f"{tick:g}" for tick in ticks])
    for i, name in enumerate(names):
        base = 0.0
        thick = min(72.0, (plot.px(1) - plot.px(0)) * 0.64)
        for part in parts:
            value = part.values[i]
            if value:
                top = plot.py(base + value)
                plot.bar(plot.px(i + 0.5) - thick / 2, top, thick, plot.py(base) - top, f"cf-{part.css} area")
                if words and plot.py(base) - top > 15:
                    plot.text(plot.px(i + 0.5), (top + plot.py(base)) / 2 + 4, f"{value:g}", f"mid cf-{part.ink}")
                base += value
        plot.text(plot.px(i + 0.5), plot.height - 10, name, "s mid")
    return plot


def _across(width: float, names: Sequence[str], parts: Sequence[Part], ticks: Sequence[float]) -> Plot:
    plot = Plot(width, 60 + _ROW * len(names), (0, ticks[-1]), (0, 1), Pad(10, 16, 30, _left(names, width)))
    floor = plot.height - plot.pad.bottom
    for tick in ticks:
        plot.segment(plot.px(tick), plot.pad.top, plot.px(tick), floor, "axis" if tick == 0 else "grid")
        plot.text(plot.px(tick), floor + 20, f"{tick:g}", "s mid")
    for i, name in enumerate(names):
        base, top = 0.0, plot.pad.top + _ROW * i + (_ROW - _THICK) / 2 + 4
        plot.text(plot.pad.left - 8, top + 14, name, "end")
        for part in parts:
            value = part.values[i]
            if value:
                left, right = plot.px(base), plot.px(base + value)
                plot.bar(left, top, right - left, _THICK, f"cf-{part.css} area")
                if right - left > 16:
                    plot.text((left + right) / 2, top + 14, f"{value:g}", f"mid cf-{part.ink}")
                base += value
    return plot


def option(names: Sequence[str], parts: Sequence[Part], *, across: bool) -> dict[str, Any]:
    """Give the chart library's option; colours are names of custom properties, as var(--met)."""
    thin = _THIN * max(_totals(parts, len(names)), default=0.0)
    text = {"color": "var(--ink-2)", "fontSize": 13}
    categories = {
        "type": "category",
        "data": list(names),
        "inverse": across,
        "axisLabel": text,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "var(--line-strong)"}},
    }
    values = {
        "type": "value",
        "minInterval": 1,
        "axisLabel": {**text, "color": "var(--ink-3)", "fontSize": 12},
        "axisLine": {"show": False},
        "splitLine": {"lineStyle": {"color": "var(--c-grid)"}},
    }
    return {
        "animation": False,
        "grid": {"left": 8, "right": 16, "top": 14, "bottom": 8, "containLabel": True},
        "xAxis": values if across else categories,
        "yAxis": categories if across else values,
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": part.name,
                "barWidth": _THICK if across else "56%",
                "itemStyle": {"color": f"var(--{part.css})", "borderColor": "var(--paper)", "borderWidth": 0.6},
                "label": {"show": True, "color": f"var(--{part.ink})", "fontSize": 12, "textBorderWidth": 0},
                "data": [_datum(value, thin) for value in part.values],
            }
            for part in parts
        ],
    }


def _datum(value: float, thin: float) -> Any:
    """One value of the option: nothing for 0, no number where the layer is too thin for it."""
    if not value:
        return None
    return value if value >= thin else {"value": value, "label": {"show": False}}
