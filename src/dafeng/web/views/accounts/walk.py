"""From the total of one boundary to that of another, and what moved a total between two years."""

from __future__ import annotations

from typing import Any

from dafeng.accounts.account import Accounts, accounts
from dafeng.accounts.cells import UNIT
from dafeng.accounts.reconcile import Walk, reconcile
from dafeng.accounts.trend import DRIVERS, FACTORS, Change, change
from dafeng.errors import Refused
from dafeng.report import wording
from dafeng.report.accounts.names import Names
from dafeng.web import charts, query
from dafeng.web.charts.waterfall import Fall, waterfall
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts.asked import mt, plain
from dafeng.web.views.accounts.figures import short

#: The boundary that walks and decompositions begin with.
START = "ceads"


def between(page: Page) -> dict[str, Any]:
    """Give the values of the walk between two boundaries. Raises BadQuery for a choice that does not exist."""
    city = page.snapshot.city
    place, switches = asking.place_of(page), asking.switches_of(page)
    start = asking.boundary_of(page, "from", place, {}, START)
    end = asking.boundary_of(page, "to", place, switches)
    first, second = accounts(city, start, place), accounts(city, end, place, **switches)
    both = sorted(set(first.totals()) & set(second.totals()))
    year = asking.year_of(page, second, default=both[-1] if both else None)
    made = asking.Asked(page, second, year, switches)
    walk = reconcile(city, start, end, year, place, end_switches=switches) if year in both else None
    return {
        "section_pages": asking.section(page, "accounts/reconciliation"),
        "boundaries": asking.boundaries(page),
        "start": first.boundary,
        "end": second.boundary,
        "years": [(one, one in both) for one in reversed(second.ledger.years)],
        "year": year,
        "form": asking.form(made),
        "place": place if place != city.id else "",
        "walk": walk,
        "chart": _walk_figure(page, walk) if walk else None,
        "steps": _steps(page, walk) if walk else [],
        "net": mt(page, walk.net, sign=True) if walk else "",
        "absolute": mt(page, walk.absolute) if walk else "",
        "short": lambda boundary: short(page, boundary),
        "lacking": _lacking(page, (first, second), year),
    }


def _lacking(page: Page, both: tuple[Accounts, Accounts], year: int) -> list[tuple[str, str]]:
    found = []
    for one in both:
        if not one.complete[one.at(year)]:
            names = Names(one.ledger, page.language)
            whys = [names.why(absent) for absent in one.absent(year) if absent.item in one.items]
            found.append((page.label(one.boundary.label), whys[0] if whys else ""))
    return found


def _walk_figure(page: Page, walk: Walk) -> charts.Figure:
    _ = page.words.gettext
    falls = [
        Fall(short(page, walk.start.boundary), walk.from_value, plain(walk.from_value), whole=True),
        *(Fall(_capital(page.label(step.label)), step.net, plain(step.net, sign=True)) for step in walk.steps),
        Fall(short(page, walk.end.boundary), walk.to_value, plain(walk.to_value), whole=True),
    ]
    largest = max(walk.steps, key=lambda step: abs(step.net), default=None)
    title = (
        _("Most of the difference: %(step)s, %(value)s")
        % {"step": wording.inside(page.label(largest.label), page.language), "value": plain(largest.net, sign=True)}
        if largest
        else _("The two totals are the same")
    )
    return waterfall_figure(page, "walk", title, falls)


def waterfall_figure(
    page: Page, uid: str, title: str, falls: list[Fall], source: str = "", unit: str = UNIT
) -> charts.Figure:
    """Make a figure of a waterfall."""
    return charts.Figure(
        uid=uid,
        title=title,
        subtitle=wording.unit_word(unit, page.language),
        drawings=charts.draw(
            uid,
            title,
            wording.join([f"{fall.name} {fall.words}" for fall in falls], page.language),
            lambda width: waterfall(width, falls),
        ),
        source=source,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(page: Page, walk: Walk) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Give each step: name, net, absolute, and its largest parts."""
    names = Names(walk.start.ledger, page.language)
    return [
        (
            _capital(page.label(step.label)),
            plain(step.net, sign=True),
            plain(step.absolute),
            [
                (names.of("fuel" if step.id == "factors" else "sector", id), plain(value, sign=True))
                for id, value in list(step.parts.items())[:6]
                if abs(value) >= 0.005
            ],
        )
        for step in walk.steps
    ]


def moved(page: Page) -> dict[str, Any]:
    """Give the values of a decomposition. Raises BadQuery for a choice that does not exist."""
    city = page.snapshot.city
    place, switches = asking.place_of(page), asking.switches_of(page)
    id = asking.boundary_of(page, "boundary", place, switches, START)
    made = accounts(city, id, place, **switches)
    known = sorted(made.totals())
    top = max(known, key=lambda year: made.totals()[year], default=None)
    start = asking.year_of(
        page, made, "from", top if top is not None and known[-1] != top else min(known, default=None)
    )
    end = asking.year_of(page, made, "to")
    drivers = query.one(page.params, "drivers", DRIVERS) or DRIVERS[0]
    words = (page.words.gettext("Population and GDP"), page.words.gettext("Structure of the economy too"))
    found, refused = None, ""
    if start in known and end in known and start < end:
        try:
            found = change(city, id, start, end, place, drivers=drivers, **switches)
        except Refused as error:
            refused = error.text(page.language)
    return {
        "section_pages": asking.section(page, "accounts/change"),
        "asked": asking.Asked(page, made, end, switches),
        "form": asking.form(asking.Asked(page, made, end, switches)),
        "years": [(year, year in known) for year in reversed(made.ledger.years)],
        "start": start,
        "end": end,
        "drivers": drivers,
        "drivers_known": list(zip(DRIVERS, words, strict=True)),
        "change": found,
        "refused": refused,
        "place": place if place != city.id else "",
        "total": mt(page, found.change, sign=True) if found else "",
        "percent": wording.signed((found.to_value / found.from_value - 1) * 100, digits=3) + "%" if found else "",
        "chart": _change_figure(page, found) if found else None,
        "effects": _effects(page, made, found) if found else [],
        "residual": f"{abs(found.residual):.0e}" if found else "",
        "notes": [page.label(note) for note in found.notes] if found else [],
    }


def _change_figure(page: Page, found: Change) -> charts.Figure:
    _ = page.words.gettext
    effects = [(name, value) for name, value in found.effects.items() if abs(value) >= 0.005]
    falls = [
        Fall(str(found.start), found.from_value, plain(found.from_value), whole=True),
        *(Fall(_capital(page.label(FACTORS[name])), value, plain(value, sign=True)) for name, value in effects),
        Fall(str(found.end), found.to_value, plain(found.to_value), whole=True),
    ]
    up = max(effects, key=lambda pair: pair[1], default=None)
    down = min(effects, key=lambda pair: pair[1], default=None)
    if up and down and up[1] > 0 > down[1]:
        title = _("%(up)s %(more)s, %(down)s %(less)s") % {
            "up": page.label(FACTORS[up[0]]),
            "more": plain(up[1], sign=True),
            "down": wording.inside(page.label(FACTORS[down[0]]), page.language),
            "less": plain(down[1], sign=True),
        }
    else:
        title = _("From %(a)s to %(b)s") % {"a": plain(found.from_value), "b": plain(found.to_value)}
    source = _("Method: LMDI-I, additive; the effects add up to the change.")
    return waterfall_figure(page, "effects", _capital(title), falls, source)


def _effects(page: Page, made: Accounts, found: Change) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Give each effect: name, amount, ratio, the sectors where it was largest."""
    names = Names(made.ledger, page.language)
    rows = []
    for name, value in found.effects.items():
        sectors = sorted(found.by_sector.get(name, {}).items(), key=lambda pair: -abs(pair[1]))[:4]
        ratio = found.ratios.get(name)
        rows.append(
            (
                _capital(page.label(FACTORS[name])),
                plain(value, sign=True),
                wording.number(ratio, decimals=4) if ratio is not None else "—",
                [(names.of("sector", id), plain(part, sign=True)) for id, part in sectors if abs(part) >= 0.005],
            )
        )
    return rows
