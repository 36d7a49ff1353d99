"""The past run through the model: what it would have said, beside what was accounted and two naive forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dafeng.errors import Refused
from dafeng.pathway.hindcast import FORECASTS, Hindcast, Past, of_starts
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.ghosts import Line, ghosts
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import Asked, read

MT = 1e6
NAMES = {
    "known": mark("Model, drivers known"),
    "unknown": mark("Model, nothing known"),
    "last": mark("Last value"),
    "line": mark("Straight line"),
}
SHORT = {
    "known": mark("drivers known"),
    "unknown": mark("nothing known"),
    "last": mark("last value"),
    "line": mark("line"),
}


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    try:
        found = of_starts(asked.pathway)
    except Refused as error:
        return {"asked": asked, "runs": [], "refused": error.text(page.language)}
    return {"asked": asked, "runs": [_run(asked, each) for each in found], "refused": ""}


def _run(asked: Asked, run: Hindcast) -> dict[str, Any]:
    page = asked.page
    _ = page.words.gettext
    labels = {sector.id: page.label(sector.label) for sector in asked.pathway.settings.sectors}
    lines = [*run.sectors, run.total]
    won = sum(each.best in ("known", "unknown") for each in run.sectors)
    compared = sum(each.best is not None for each in run.sectors)
    return {
        "start": run.start,
        "until": run.until,
        "answer": _("Of %(all)s sectors compared the model is nearest in %(won)s; elsewhere a naive forecast is.")
        % {"all": compared, "won": won},
        "known": [
            page.label(page.snapshot.city.indicators[id].label)
            for id in run.known
            if id in page.snapshot.city.indicators
        ],
        "chart": _chart(asked, run),
        "heads": [_(NAMES[name]) for name in FORECASTS],
        "rows": [
            (
                labels.get(each.id, _("All of them")),
                len(each.truth),
                wording.signed(round(each.level / MT, 2)) if each.level is not None else "—",
                [wording.percent(each.error.get(name), decimals=1) for name in FORECASTS],
                FORECASTS.index(each.best) if each.best else -1,
                each.id == "total",
            )
            for each in lines
        ],
        "lacking": [labels[id] for id in run.lacking],
    }


def _chart(asked: Asked, run: Hindcast) -> Figure | None:
    page, total = asked.page, run.total
    _ = page.words.gettext
    start = total.start
    if not total.truth or start is None:
        return None

    def line(name: str, short: str, series: dict[int, float]) -> Line:
        points = [(float(run.start), start / MT), *((float(y), v / MT) for y, v in sorted(series.items()))]
        return Line(name, short, points if len(points) > 1 else [])

    main = line(_("As accounted"), _("accounted"), dict(total.truth))
    others = [line(_(NAMES[name]), _(SHORT[name]), dict(total.forecasts[name])) for name in FORECASTS]
    title = _title(asked, total)
    begun = _("started in %(year)s") % {"year": run.start}

    def cell(series: Mapping[int, float], year: int) -> str:
        return wording.number(series[year] / MT, decimals=1) if year in series else "—"

    return Figure(
        uid=f"past{run.start}",
        title=title,
        subtitle=wording.join([_("CO2 of the sectors compared, million tonnes"), begun], page.language),
        drawings=charts.draw(
            f"past{run.start}", title, title,
            ghosts(main, [], others, unit=_("million t CO2"), tick=wording.number, say=lambda p: wording.number(p[1])),
        ),
        columns=[Column(_("Year"), False), Column(_("As accounted")), *(Column(_(NAMES[name])) for name in FORECASTS)],
        rows=[
            [
                str(year),
                cell(total.truth, year),
                *(cell(total.forecasts[name], year) for name in FORECASTS),
            ]
            for year in total.truth
        ],
    )  # fmt: skip


def _title(asked: Asked, total: Past) -> str:
    _ = asked.page.words.gettext
    if total.best is None:
        return _("The sectors together cannot be compared")
    error = total.error[total.best]
    return _("Nearest for the sectors together: |%(name)s, off by %(error)s") % {
        "name": asked.page.words.gettext(NAMES[total.best]),
        "error": wording.percent(error, decimals=1),
    }
