"""Standard charts: drawn by the chart library where it is installed, else by our own bars; the same data either way."""

from __future__ import annotations

from collections.abc import Sequence

from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts import library
from dafeng.web.charts.bars import Part, bars, option
from dafeng.web.page import Page


def stacked_figure(
    page: Page,
    uid: str,
    *,
    title: str,
    subtitle: str,
    names: Sequence[str],
    parts: Sequence[Part],
    across: bool,
) -> charts.Figure:
    """Make a figure of stacked bars, one for each name; `across` lays them on their side."""
    shown = [part for part in parts if any(part.values)]
    chart = option(names, shown, across=across)
    said = "；" if page.zh else "; "
    description = said.join(
        f"{name} "
        + wording.join(
            [f"{part.name} {wording.number(part.values[i])}" for part in shown if part.values[i]], page.language
        )
        for i, name in enumerate(names)
    )
    drawings = charts.Markup("").join(
        library.draw(chart, charts.SIZES[size], bars_height(names, across), uid, size, title, description)
        or bars(charts.SIZES[size], names, shown, across=across).svg(uid, size, title, description)
        for size in ("x", "w", "n")
    )
    return charts.Figure(
        uid=uid,
        title=title,
        subtitle=subtitle,
        drawings=drawings,
        legend=[(part.css, part.name) for part in shown],
        columns=(charts.Column("", number=False), *(charts.Column(part.name) for part in shown)),
        rows=[(name, *(wording.number(part.values[i]) for part in shown)) for i, name in enumerate(names)],
        live=chart if library.available() else None,
    )


def bar_colour(verdict: str) -> str:
    """The colour of a verdict in a bar; what has no evidence stays pale, so that it does not outshout what has."""
    return "line" if verdict == "no_evidence" else wording.VERDICT_CLASS[verdict]


def bars_height(names: Sequence[str], across: bool) -> float:
    """Room the bars need."""
    return 60 + 30 * len(names) if across else 320
