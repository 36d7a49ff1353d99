"""The chart of one target, its title, its words and its data table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from dafeng.assess.result import Evidence, TargetResult
from dafeng.plan.schema import Plan
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.promise import Band, Promise, promise
from dafeng.web.page import Page
from dafeng.web.views.headline import source_line

#: Fewer points than this show no trend, so the axis starts at 0 and the distance shows for what it is.
_TREND = 3
#: A chart of fewer years is no chart.
_YEARS = 2


def projected(page: Page, t: TargetResult) -> str:
    """Say where the drift leads in the due year; "" where there is no projection."""
    p, _ = t.projection, page.words.gettext
    if p is None or t.due is None:
        return ""
    to = page.to(t)
    values = {
        "year": t.due,
        "value": page.q(p.value, t.unit, to=to),
        "low": page.q(p.low, t.unit, to=to),
        "high": page.q(p.high, t.unit, to=to),
    }
    text = _("At the pace so far the median for %(year)s is %(value)s, with an 80%% interval from %(low)s to %(high)s.")
    return wording.tidy(text % values)


def figure(page: Page, t: TargetResult) -> charts.Figure | None:
    """Draw the chart of a target; None where nothing that may count was published, or all of it in one year."""
    usable = [e for e in t.series if e.value is not None and e.confidence != "low"]
    main, others = _main(page, t), _others(page, t)
    spread = {*(e.year for e in usable), *(mark.year for mark in (*others, *([main] if main else [])))}
    if not usable or len(spread) < _YEARS:
        return None
    _ = page.words.gettext
    points = [(float(e.year), _at(page, t, e.value)) for e in usable if e.value is not None]
    unit = wording.unit_word(t.unit, page.language, page.to(t))
    drawing = promise(
        points,
        path=[(float(year), _at(page, t, value)) for year, value in t.path],
        path_words=_("required path"),
        band=_band(page, t),
        main=main,
        others=others,
        unit=unit,
        tick=wording.number,
        say=lambda point: _dated(page, int(point[0]), point[1]),
        breaks=t.breaks,
        bounds=len(points) < _TREND,
    )
    title = _title(page, t)
    columns, rows = _table(page, t, usable)
    return charts.Figure(
        uid="target",
        title=title,
        subtitle=wording.join([part for part in (page.label(t.label), unit) if part], page.language),
        drawings=charts.draw("target", title, _describe(page, t), drawing),
        source=_chart_source(page, t, usable),
        columns=columns,
        rows=rows,
    )


def _at(page: Page, t: TargetResult, value: float) -> float:
    """A figure of the target in the reader's unit."""
    return wording.written(value, t.unit, page.language, page.to(t)).value


def _dated(page: Page, year: int, value: float) -> str:
    """Write a figure, already in the reader's unit, with its year."""
    return page.words.gettext("%(year)s: %(value)s") % {"year": year, "value": wording.number(value)}


def _main(page: Page, t: TargetResult) -> Promise | None:
    """The target itself as a mark; None for a standing rule."""
    if t.due is None:
        return None
    value = _at(page, t, t.value)
    words = page.words.gettext("target %(value)s") % {"value": wording.number(value)}
    return Promise(t.due, value, (words, _dated(page, t.due, value)))


def _band(page: Page, t: TargetResult) -> Band | None:
    """The projection with the words for its ends, long and short."""
    if t.projection is None:
        return None
    p, _ = t.projection, page.words.gettext

    def words(message: str, value: float) -> tuple[str, str]:
        number = wording.number(_at(page, t, value))
        return (message % {"value": number}, number)

    return Band(
        [(year, _at(page, t, low), _at(page, t, middle), _at(page, t, high)) for year, low, middle, high in p.path],
        words(_("median %(value)s"), p.value),
        words(_("80%% low %(value)s"), p.low),
        words(_("80%% high %(value)s"), p.high),
    )


def _title(page: Page, t: TargetResult) -> str:
    _ = page.words.gettext
    p = t.projection
    met = t.status == "met"
    if met:
        return _("The latest evidence satisfies the target")
    if t.status == "overdue":
        return _("The due year is over and the evidence falls short")
    if p is not None and t.required is not None:
        inside = p.low <= t.value <= p.high
        ahead = t.shortfall == 0 or t.status == "on_track"
        if ahead and inside:
            return _("On the required path; the interval straddles the target")
        if ahead:
            return _("On the required path")
        if inside:
            return _("Behind the required path; the interval straddles the target")
    if t.status == "on_track":
        return _("On the required path")
    if t.status in {"at_risk", "off_track"}:
        return _("Behind the required path")
    return _("What has been published, and what was promised")


def _describe(page: Page, t: TargetResult) -> str:
    to = page.to(t)
    parts = [page.label(t.reason)]
    if t.projection is not None:
        parts.append(projected(page, t))
    parts.append(page.words.gettext("Target: %(amount)s.") % {"amount": wording.amount(t, page.language, to)})
    return "".join(parts) if page.zh else " ".join(parts)


def _others(page: Page, t: TargetResult) -> list[Promise]:
    """Other targets on the same quantity: milestones of this plan, and what later versions say otherwise."""
    found = []
    for plan, target in page.snapshot.index.targets.values():
        same = target.indicator == t.indicator and target.direction == t.direction and target.unit == t.unit
        again = (target.due, target.value) == (t.due, t.value)
        if same and not again and target.due is not None and target.baseline_year == t.baseline_year:
            value = _at(page, t, target.value)
            words = (plan_name(page, plan), _dated(page, target.due, value))
            found.append(Promise(target.due, value, words, later=plan.id != t.plan))
    return found


def plan_name(page: Page, plan: Plan) -> str:
    """Name a version of the plan briefly, by the year it was issued."""
    return page.words.gettext("%(year)s plan") % {"year": plan.issued[:4]}


def _chart_source(page: Page, t: TargetResult, usable: Sequence[Evidence]) -> str:
    documents = [e.source for e in usable if e.source in page.snapshot.city.documents]
    line = source_line(page, [*documents, page.snapshot.index.targets[t.id][0].document])
    if t.projection is None:
        return line
    note = page.words.gettext(
        "Blue band: 80%% interval of a simple drift over %(num)s figures; it is not a scenario."
    ) % {"num": t.projection.points}
    return line + ("" if page.zh else " ") + note


def _table(
    page: Page, t: TargetResult, usable: Sequence[Evidence]
) -> tuple[list[charts.Column], list[list[str | Markup]]]:
    _, to = page.words.gettext, page.to(t)
    observed = {e.year: e.value for e in usable}
    required = dict(_filled(t.path))
    band = {y: (low, mid, high) for y, low, mid, high in t.projection.path} if t.projection else {}
    columns = [charts.Column(_("Year")), charts.Column(_("Evidence"))]
    if required:
        columns.append(charts.Column(_("Required")))
    if band:
        columns += [charts.Column(_("Median")), charts.Column(_("80%% interval") % {})]

    def cell(value: float | None, exact: bool = False) -> str:
        return page.q(value, t.unit, to=to, exact=exact) if value is not None else "—"

    rows: list[list[str | Markup]] = []
    for year in sorted({*observed, *required, *band}):
        row: list[str | Markup] = [str(year), cell(observed.get(year), exact=True)]
        if required:
            row.append(cell(required.get(year)))
        if band:
            low, mid, high = band.get(year, (None, None, None))
            row += [cell(mid), f"{cell(low)} – {cell(high)}" if mid is not None else "—"]
        rows.append(row)
    return columns, rows


def _filled(path: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Every year of a path given by its corners."""
    out: list[tuple[int, float]] = list(path[:1])
    for (ya, va), (yb, vb) in pairwise(path):
        out += [(y, va + (vb - va) * (y - ya) / (yb - ya)) for y in range(ya + 1, yb + 1)]
    return out
