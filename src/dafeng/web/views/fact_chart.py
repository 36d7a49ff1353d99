"""Charts of facts: one series with its breaks, or the largest of several side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dafeng.facts.observation import Observation
from dafeng.facts.series import Dims, Series
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.record import plain
from dafeng.web.page import Page
from dafeng.web.views.headline import source_line

_LEAST = 2
_MOST = 6


def _yearly(series: Series) -> list[Observation]:
    return [o for o in series.points if o.value is not None and (o.period.is_year or len(o.period.start) == 4)]


def one_series(page: Page, series: Series) -> charts.Figure | None:
    """Draw one series; None where it has fewer than two yearly figures."""
    indicator = series.indicator
    yearly = _yearly(series)
    if len(yearly) < _LEAST:
        return None
    unit = series.unit
    to = page.display_for(indicator.id, unit)

    def at(o: Observation) -> tuple[float, float]:
        return float(o.period.year), page.value_in(o, unit, to)

    points = [at(o) for o in yearly]
    name = page.label(indicator.label)
    _ = page.words.gettext
    axis = wording.unit_word(unit, page.language, to)
    (first, a), (last, b) = ((int(year), wording.number(value)) for year, value in (points[0], points[-1]))
    title = _("%(a)s in %(ya)s, %(b)s in %(yb)s") % {"a": a, "ya": first, "b": b, "yb": last}
    description = wording.join([name, wording.year_span(first, last, page.language)], page.language)
    return charts.Figure(
        uid="series",
        title=title,
        subtitle=wording.join([part for part in (name, axis, page.label(indicator.boundary)) if part], page.language),
        drawings=charts.draw(
            "series", title, description,
            plain(
                [("", "ev", points)], unit=axis, tick=wording.number, breaks=series.breaks,
                zero=indicator.kind in {"flow", "stock"},
                say=lambda p: _("%(year)s: %(value)s") % {"year": int(p[0]), "value": wording.number(p[1])},
            ),
        ),
        source=source_line(page, [o.source for o in yearly]),
    )  # fmt: skip


def several_series(page: Page, found: Sequence[Series], name_of: Callable[[Page, Dims], str]) -> charts.Figure | None:
    """Draw the series whose newest figures are largest; None where fewer than two of one unit can be drawn."""
    drawable = [series for series in found if len(_yearly(series)) >= _LEAST]
    if len(drawable) < _LEAST or len({series.unit for series in drawable}) > 1:
        return None
    indicator, unit = drawable[0].indicator, drawable[0].unit
    to = page.display_for(indicator.id, unit)
    axis = wording.unit_word(unit, page.language, to)
    _ = page.words.gettext

    def newest(series: Series) -> float:
        return abs(page.value_in(_yearly(series)[-1], unit, to))

    largest = sorted(drawable, key=newest, reverse=True)[:_MOST]
    lines = [
        (name_of(page, s.dims), "ev", [(float(o.period.year), page.value_in(o, unit, to)) for o in _yearly(s)])
        for s in largest
    ]
    first = name_of(page, largest[0].dims)
    title = _("%(name)s is the largest, with %(value)s in %(year)s") % {
        "name": first,
        "value": wording.number(newest(largest[0])),
        "year": _yearly(largest[0])[-1].period.year,
    }
    return charts.Figure(
        uid="several",
        title=title,
        subtitle=wording.join([part for part in (page.label(indicator.label), axis) if part], page.language),
        drawings=charts.draw(
            "several",
            title,
            wording.join([f"{name} {wording.number(points[-1][1])}" for name, _css, points in lines], page.language),
            plain(lines, unit=axis, tick=wording.number, say=str, zero=True, breaks=largest[0].breaks),
        ),
        source=source_line(page, [o.source for s in largest for o in _yearly(s)]),
    )
