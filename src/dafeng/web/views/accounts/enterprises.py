"""Enterprises: sums that tell of no single unit, and the page of one unit where it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from starlette.responses import Response

from dafeng.accounts.account import accounts
from dafeng.accounts.enterprise.desk import Desk
from dafeng.errors import NotFound
from dafeng.registers import Enterprise
from dafeng.report import wording
from dafeng.report.accounts.names import Names
from dafeng.report.disclosure import DOMINANT, LEAST, Sum, public
from dafeng.report.enterprise import Line, UnitReport, unit_report, years
from dafeng.report.enterprise_book import workbook
from dafeng.report.wording import enterprise as words
from dafeng.web import charts, query
from dafeng.web.charts.bars import Part, bars
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts.asked import plain
from dafeng.web.views.accounts.desks import megatonnes, opened
from dafeng.web.views.accounts.figures import span
from dafeng.web.workbook_file import workbook_response

_LISTED = 60
#: Colours of uses in the chart of months.
_USE_CSS = {
    "electricity": "f-import",
    "green_electricity": "f-wind",
    "heat": "s-power",
    "fuel": "f-coal",
    "process": "s-petro",
}


def may_show(page: Page, unit: Enterprise) -> bool:
    """Tell whether the page of a unit may be shown: made-up ones always, others where the operator says so."""
    return unit.status == "synthetic" or page.site.units_shown


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list. Raises BadQuery for a year without activity."""
    with opened(page) as desk:
        table = desk.table(of_places=False)
        year = query.one(page.params, "year", [str(one) for one in table.years])
        chosen = int(year) if year else table.years[-1] if table.years else None
        found = public(desk.rows(table, chosen)) if chosen is not None else None
        known = list(desk.names.enterprises.values())
    names = Names(accounts(page.snapshot.city, asking.FIRST).ledger, page.language)
    shown = [unit for unit in known if may_show(page, unit)]
    _ = page.words.gettext
    return {
        "section_pages": asking.section(page, "enterprises"),
        "found": found,
        "year": chosen,
        "years": list(reversed(table.years)),
        "registered": len(known),
        "scope1": plain(megatonnes(found.scope1)) if found else "",
        "scope1_span": _span(page, found.scope1_low, found.scope1_high) if found else "",
        "scope2": plain(megatonnes(found.scope2)) if found else "",
        "scope2_span": _span(page, found.scope2_low, found.scope2_high) if found else "",
        "coverage": wording.percent(found.coverage) if found else "",
        "sums": [
            (
                _("By sector"),
                _sums(
                    page, found.sums["sector"], lambda id: names.of("sector", id) if id != "none" else _("not stated")
                ),
            ),
            (
                _("By place"),
                _sums(
                    page,
                    found.sums["place"],
                    lambda id: page.label(page.snapshot.city.place(id).label) if id != "none" else _("not stated"),
                ),
            ),
            (_("By market"), _sums(page, found.sums["market"], lambda id: page.label(words.MARKET[id]))),
        ]
        if found
        else [],
        "least": LEAST,
        "dominant": wording.percent(DOMINANT),
        "shown": [(unit, page.label(unit.label), _place(page, unit)) for unit in shown[:_LISTED]],
        "more": len(shown[_LISTED:]),
        "all_shown": page.site.units_shown,
    }


def _sums(page: Page, found: tuple[Sum, ...], name: Any) -> list[tuple[str, int, str, str]]:
    """Give name, units, sum and interval of each; the last two are "" where it is withheld."""
    return [
        (
            name(one.id),
            one.units,
            plain(megatonnes(one.value)) if one.value is not None else "",
            _span(page, one.low, one.high),
        )
        for one in found
    ]


def _span(page: Page, low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else span(page, low / 1e6, high / 1e6)


def _place(page: Page, unit: Enterprise) -> str:
    return page.label(page.snapshot.city.place(unit.place).label)


def _open(page: Page, desk: Desk, id: str) -> UnitReport:
    unit = desk.names.enterprises.get(id)
    if unit is None or not may_show(page, unit):
        raise NotFound("enterprise", id, [one.id for one in desk.names.enterprises.values() if may_show(page, one)])
    held = years(desk, id)
    year = query.one(page.params, "year", [str(one) for one in held])
    return unit_report(desk, id, int(year) if year else held[-1] if held else page.snapshot.today.year - 1)


def xlsx(page: Page, id: str) -> Response:
    """Give the report of one enterprise as a workbook. Raises NotFound."""
    with opened(page) as desk:
        found = _open(page, desk, id)
        body = workbook(found, desk, page.language, page.snapshot.today)
    return workbook_response(f"enterprise-{id}-{found.year}.xlsx", body)


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one enterprise's page. Raises NotFound where there is none, or it may not be shown."""
    with opened(page) as desk:
        found = _open(page, desk, id)
        held = years(desk, id)
    methods = desk.names.methods
    names = Names(accounts(page.snapshot.city, asking.FIRST).ledger, page.language)
    subjects = desk.names.factors.library.subjects
    total = found.account.total

    def what(name: str) -> str:
        return page.label(subjects[name].label) if name in subjects else name

    def use(name: str) -> str:
        return page.label(methods.use(name).label)

    return {
        "section_pages": asking.section(page, "enterprises"),
        "report": found,
        "name": page.label(found.unit.label),
        "place": _place(page, found.unit),
        "sector": names.of("sector", found.unit.sector) if found.unit.sector else "",
        "years": list(reversed(held)),
        "total": page.q(total.value, "tCO2") if total else "",
        "interval": f"{wording.number(total.low)}{'—' if page.zh else '–'}{wording.number(total.high)}"
        if total
        else "",
        "state": page.label(words.STATE[found.state]),
        "moves": [(page.label(words.MOVE[word]), who) for word, who in found.moved.items() if word in words.MOVE],
        "scopes": [
            (page.label(words.SCOPE[id_]), wording.number(value)) for id_, value in found.account.by_scope.items()
        ],
        "markets": [(page.label(words.MARKET[one.market]), one.since, one.until) for one in found.unit.markets],
        "if_counted": [
            (page.label(words.MARKET[market]), page.q(value.value, "tCO2") if value else "—")
            for market, value in found.if_counted_by.items()
        ],
        "coverage": wording.percent(found.account.coverage),
        "facilities": [
            (
                page.label(one.label),
                one.id,
                page.label(methods.method(one.method).label),
                wording.number(found.account.by_facility.get(one.id)),
                f"PUE {one.pue:g}" if one.pue else page.q(one.area, "m2") if one.area else "",
            )
            for one in found.facilities
        ],
        "chart": _months(page, found, use),
        "lines": [_line(page, line, use, what) for line in found.lines],
        "estimates": [
            (
                one.facility,
                use(one.kind),
                wording.number(one.estimated),
                wording.number(one.accounted),
                wording.signed(one.difference),
            )
            for one in found.account.estimates
        ],
        "flags": [page.label(words.FLAG.get(flag)) or flag for flag in found.account.flags],
        "xlsx": page.url("enterprises", f"{id}.xlsx", year=found.year),
    }


def _line(page: Page, line: Line, use: Any, what: Any) -> dict[str, Any]:
    known = not isnan(line.default)
    return {
        "facility": line.facility,
        "use": use(line.use),
        "what": what(line.what),
        "quantity": page.q(line.quantity, line.unit),
        "emission": wording.number(line.emission) if line.counted else "",
        "default": wording.number(line.default) if known else "—",
        "factor": line.factor if known and line.factor in _ids(page) else "",
        "measured": [
            (page.label(words.MEASURED[name]), wording.number(value)) for name, value in line.measured.items()
        ],
        "evidence": line.evidence,
        "flags": [page.label(words.FLAG.get(flag)) or flag for flag in line.flags],
        "refused": page.label(line.refused),
        "months": [wording.number(value) for value in line.quantities],
    }


def _ids(page: Page) -> Mapping[str, object]:
    from dafeng.factors import for_city  # noqa: PLC0415 - asked once a line, kept by the store

    return for_city(page.snapshot.city.folder).all


def _months(page: Page, found: UnitReport, use: Any) -> charts.Figure | None:
    _ = page.words.gettext
    by_use = {name: values for name, values in found.by_month.items() if any(value > 0 for value in values)}
    if not by_use:
        return None
    whole = [sum(values[month] for values in by_use.values()) for month in range(12)]
    scale, unit = (1e-4, _("10,000 t CO₂")) if max(whole) >= 1e4 else (1.0, _("t CO₂"))
    digits = 2 if max(whole) * scale < 10 else 0
    parts = [
        Part(use(name), _USE_CSS.get(name, "q3"), [round(max(0.0, value) * scale, digits) for value in values])
        for name, values in by_use.items()
    ]
    names = [str(month) for month in range(1, 13)]
    top = max(range(12), key=lambda month: whole[month])
    title = _("Most in month %(month)s: %(value)s") % {"month": top + 1, "value": page.q(whole[top], "tCO2")}
    return charts.Figure(
        uid="months",
        title=title,
        subtitle=_("by month and use, %(unit)s") % {"unit": unit},
        drawings=charts.draw(
            "months",
            title,
            wording.join(
                [f"{n} {wording.number(value)}" for n, value in zip(names, whole, strict=True)], page.language
            ),
            lambda width: bars(width, names, parts, across=False, words=width > 500),
        ),
        legend=[(part.css, part.name) for part in parts],
        source=_("Demonstration data") if found.synthetic else "",
    )
