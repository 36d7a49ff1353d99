"""The quick estimate of the years after the last account, with the error such estimates had in the past beside it."""

from __future__ import annotations

from typing import Any

from dafeng.accounts.account import accounts
from dafeng.accounts.cells import UNIT
from dafeng.accounts.nowcast import Nowcast, nowcast, settings
from dafeng.accounts.nowcast.estimate import TOTAL, Part
from dafeng.errors import Refused
from dafeng.labels import Label
from dafeng.report import wording
from dafeng.report.accounts.parts import yearly
from dafeng.report.records.nowcast import HELD, NOTES
from dafeng.web import charts
from dafeng.web.charts.ahead import Band, ahead
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts.asked import mt, plain
from dafeng.web.views.accounts.figures import span

#: Years before the last account that the chart shows.
_BEFORE = 14
KIND = {
    "accounted": Label(zh="当年核算", en="accounted in the year"),
    "estimated": Label(zh="按代用指标估算", en="follows proxies"),
    "held": Label(zh="保持上次数值", en="stands as before"),
}


def show(page: Page) -> dict[str, Any]:
    """Give the values of the quick estimate. Raises BadQuery for a choice that does not exist."""
    city = page.snapshot.city
    place, switches = asking.place_of(page), asking.switches_of(page)
    id = asking.boundary_of(page, "boundary", place, switches)
    made = accounts(city, id, place, **switches)
    asked = asking.Asked(page, made, max(made.totals(), default=made.ledger.years[-1]), switches)
    found, refused = None, ""
    try:
        found = nowcast(city, id, place, None, **switches)
    except Refused as error:
        refused = error.text(page.language)
    newest = found.estimates[-1] if found and found.estimates else None
    held = found is not None and any(part.kind == "held" for one in found.estimates for part in one.parts)
    return {
        "section_pages": asking.section(page, "accounts/estimate"),
        "asked": asked,
        "form": asking.form(asked),
        "place": place if place != city.id else "",
        "refused": refused,
        "found": found,
        "newest": newest,
        "value": mt(page, newest.value) if newest else "",
        "interval": span(page, newest.low, newest.high)
        if newest and newest.low is not None and newest.high is not None
        else "",
        "chart": _chart(asked, found) if found and found.estimates else None,
        "rows": _rows(page, found) if found else [],
        "parts": [(_part(page, part)) for part in newest.parts] if newest else [],
        "scores": _scores(page, found) if found else [],
        "missing": [(one.year, [_indicator(page, id_) for id_ in one.indicators]) for one in found.missing]
        if found
        else [],
        "notes": [page.label(note) for note in (*NOTES, *((HELD,) if held else ()))],
    }


def _chart(asked: asking.Asked, found: Nowcast) -> charts.Figure:
    page = asked.page
    _ = page.words.gettext
    own = {year: one for year, one in yearly(asked.made).items() if year > found.last_year - _BEFORE}
    record = [Band(float(year), one.value, one.low, one.high) for year, one in own.items()]
    later = [Band(float(one.year), one.value, one.low, one.high) for one in found.estimates]
    last = found.estimates[-1]
    title = _("Estimated at %(value)s in %(year)s; %(last)s accounted in %(then)s") % {
        "value": plain(last.value),
        "year": last.year,
        "last": plain(found.last.value),
        "then": found.last_year,
    }
    unit = wording.unit_word(UNIT, page.language)
    return charts.Figure(
        uid="estimate",
        title=title,
        subtitle=_("%(unit)s; ink: accounts; dashed: estimates, with the %(share)s interval of their past errors")
        % {"unit": unit, "share": wording.percent(settings.load().rule.interval)},
        drawings=charts.draw(
            "estimate",
            title,
            wording.join([f"{one.year:g} {plain(one.value)}" for one in (*record, *later)], page.language),
            ahead(
                record,
                later,
                unit=unit,
                tick=wording.number,
                say=lambda point: _("%(year)s: %(value)s") % {"year": int(point[0]), "value": plain(point[1])},
            ),
        ),
    )


def _rows(page: Page, found: Nowcast) -> list[tuple[int, str, str, int]]:
    return [
        (
            one.year,
            plain(one.value),
            span(page, one.low, one.high) if one.low is not None and one.high is not None else "—",
            one.horizon,
        )
        for one in found.estimates
    ]


def _indicator(page: Page, id: str) -> str:
    declared = page.snapshot.city.indicators.get(id.lstrip("-"))
    return page.label(declared.label) if declared else id


def _part(page: Page, part: Part) -> dict[str, Any]:
    proxies = []
    for used in part.proxies:
        change = wording.signed((used.end / used.start - 1) * 100, digits=3) + "%" if used.start else "—"
        minus = " − "
        names = minus.join(_indicator(page, id) for id in used.indicators)
        proxies.append((names, change, wording.percent(used.share)))
    return {
        "name": page.label(part.label),
        "kind": page.label(KIND[part.kind]),
        "value": plain(part.value),
        "base": f"{plain(part.base)} ({part.base_year})" if part.base is not None else "",
        "proxies": proxies,
    }


def _scores(page: Page, found: Nowcast) -> list[tuple[str, int, int, str, str, str]]:
    names = {item.id: page.label(item.label) for item in found.accounts.ledger.held.items}
    total = page.words.gettext("Total")
    rows = []
    for score in found.scores:
        name = total if score.item == TOTAL else names.get(score.item, score.item)
        own, last, trend = (wording.percent(one.rms, decimals=1) for one in (score.estimate, score.last, score.trend))
        rows.append((name, score.horizon, len(score.cases), own, last, trend))
    return rows
