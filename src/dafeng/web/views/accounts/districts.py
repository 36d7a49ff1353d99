"""Districts: what figures exist, which are absent, how they compare, and how they add up to the city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.accounts import boundaries as declared
from dafeng.accounts import peak as peaks
from dafeng.accounts.account import accounts
from dafeng.accounts.cells import UNIT
from dafeng.accounts.district import (
    DistrictRollUp,
    Line,
    city_totals,
    compare,
    district_series,
    imported_share,
    of_places,
    roll_up,
)
from dafeng.accounts.enterprise.account import unit_account
from dafeng.accounts.enterprise.desk import Desk
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.enterprise.table import Table
from dafeng.errors import NotFound
from dafeng.plan.place import Place
from dafeng.report import wording
from dafeng.report.accounts.names import Names
from dafeng.report.wording.enterprise import SCOPE
from dafeng.web import charts, query
from dafeng.web.charts.waterfall import Fall
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts.asked import mt, plain
from dafeng.web.views.accounts.desks import megatonnes, opened
from dafeng.web.views.accounts.peaks import STATES
from dafeng.web.views.accounts.walk import waterfall_figure
from dafeng.web.views.pathway.places import summary
from dafeng.web.views.units import place_facts

#: What is made of entered activity.
CO2 = "MtCO2"
#: Factors of districts, where no others are asked for.
REGIME = "inventory-2025"
#: What a district is asked about, whether it was published or not.
_LOOKED_FOR = ("energy.", "emissions.")


@dataclass(frozen=True)
class Choice:
    """How districts are accounted: year, factors, and what they are held against.

    `share` is that of imports in the use of electricity, `how` how it was published; "" where it was asked for.
    """

    year: int | None
    regime: str
    electricity: str
    share: float | None
    how: str
    boundary: str


@dataclass(frozen=True)
class Row:
    """One district in the list."""

    place: Place
    name: str
    energy: int
    latest: Mapping[str, Markup]
    line: Line | None


def districts_of(page: Page) -> list[Place]:
    """The districts of the city."""
    return [place for place in page.snapshot.city.places if place.kind == "district"]


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of districts. Raises BadQuery for a choice that cannot be used."""
    city = page.snapshot.city
    with opened(page) as desk:
        table = desk.table(of_places=True)
        choice = _choice(page, desk, table)
        rows = _rows(desk, table, choice)
    lines = {line.place: line for line in compare(rows)} if rows is not None else {}
    found, columns = _published(page, lines)
    rolled = _rolled(page, rows, choice) if rows is not None and lines else None
    return {
        "section_pages": asking.section(page, "districts"),
        "rows": found,
        "columns": columns,
        "areas": [
            (place, page.label(place.label), len(place_facts(page, place.id)))
            for place in city.places
            if place.kind == "area"
        ],
        "choice": choice,
        "years": list(reversed(table.years)),
        "regimes": [(id, page.label(one.label)) for id, one in desk.names.factors.library.regimes.items()],
        "boundaries": asking.boundaries(page),
        "share": f"{choice.share * 100:.1f}" if choice.share is not None else "",
        "share_from": choice.how,
        "lines": lines,
        "energy": sum(1 for row in found if row.energy),
        "synthetic": any(line.synthetic for line in lines.values()),
        "mega": lambda value: plain(megatonnes(value)),
        "span": lambda low, high: _span(page, low, high),
        "share_of": wording.percent,
        "roll": rolled,
        "roll_chart": _roll_chart(page, rolled, _unit(choice.boundary)) if rolled else None,
        "roll_unit": wording.unit_word(_unit(choice.boundary), page.language),
        "roll_rows": _roll_rows(page, rolled) if rolled else [],
        "missing": [page.label(city.place(id).label) for id in rolled.missing] if rolled else [],
    }


def _choice(page: Page, desk: Desk, table: Table) -> Choice:
    regimes = list(desk.names.factors.library.regimes)
    year = query.one(page.params, "year", [str(one) for one in table.years])
    share = query.text(page.params, "imported")
    try:
        imported = float(share) / 100 if share else None
    except ValueError:
        raise query.BadQuery("imported", share) from None
    if imported is not None and not 0 <= imported <= 1:
        raise query.BadQuery("imported", share)
    held = [boundary.id for boundary in declared.load().boundaries]
    chosen = int(year) if year else table.years[-1] if table.years else None
    published = imported_share(page.snapshot.city, chosen) if imported is None and chosen is not None else None
    return Choice(
        chosen,
        query.one(page.params, "regime", regimes) or (REGIME if REGIME in regimes else regimes[0]),
        query.one(page.params, "electricity", regimes),
        published.share if published else imported,
        ("；" if page.zh else "; ").join(_document(page, id) for id in published.sources) if published else "",
        query.one(page.params, "boundary", held) or asking.FIRST,
    )


def _document(page: Page, id: str) -> str:
    found = page.snapshot.city.documents.get(id)
    if found is None:
        return id
    return found.title if page.zh or not found.title_en else found.title_en


def _rows(desk: Desk, table: Table, choice: Choice) -> Rows | None:
    if choice.year is None:
        return None
    held = desk.names
    return of_places(table, choice.year, held.factors, held.methods, choice.regime, desk.region, choice.electricity)


def _published(page: Page, lines: Mapping[str, Line]) -> tuple[list[Row], list[str]]:
    """Give a row for each district, and the quantities published for at least half of them."""
    places = districts_of(page)
    facts = {place.id: place_facts(page, place.id) for place in places}
    count: dict[str, int] = {}
    for found in facts.values():
        for name, _words, _year in found:
            count[name] = count.get(name, 0) + 1
    columns = [name for name, number in count.items() if number * 2 >= len(places)]
    rows = [
        Row(
            place,
            page.label(place.label),
            _energy(page, place.id),
            {name: words + Markup(' <span class="in">{}</span>').format(year) for name, words, year in facts[place.id]},
            lines.get(place.id),
        )
        for place in places
    ]
    return rows, columns


def _energy(page: Page, place: str) -> int:
    """Count the quantities of energy and emissions that were published for a place."""
    city = page.snapshot.city
    return len(
        {
            o.indicator
            for o in city.facts
            if o.place == place and o.value is not None and o.indicator.startswith(_LOOKED_FOR)
        }
    )


def _rolled(page: Page, rows: Rows, choice: Choice) -> DistrictRollUp:
    wanted = [place.id for place in districts_of(page)]
    return roll_up(rows, wanted, city_totals(page.snapshot.city, choice.boundary, rows.year, choice.share))


def _unit(boundary: str) -> str:
    """Give the unit of a sum held against a boundary: CO2, or CO2e where that counts other gases too."""
    return CO2 if set(declared.load().boundary(boundary).gases) == {"co2"} else UNIT


def _roll_chart(page: Page, one: DistrictRollUp, unit: str) -> charts.Figure:
    _ = page.words.gettext

    def step(words: str, tonnes: float, *, whole: bool = False) -> Fall:
        value = tonnes / 1e6
        return Fall(words, value, plain(value, sign=not whole), whole=whole)

    falls = [
        step(_("Fuel burnt, scope 1"), one.scope1, whole=True),
        step(_("Electricity used, scope 2"), one.electricity),
        step(_("Heat used, scope 2"), one.heat),
        step(_("Gross sum"), one.gross, whole=True),
    ]
    title = _("Added up, the districts come to %(gross)s") % {"gross": plain(one.gross / 1e6)}
    if one.net is not None and one.double_electricity is not None:
        falls += [
            step(_("Electricity made in the city, counted twice"), -one.double_electricity),
            step(_("Heat, counted twice"), -one.double_heat),
            step(_("Net sum"), one.net, whole=True),
        ]
        title = _("Counted once, the districts come to %(net)s of %(gross)s") % {
            "net": plain(one.net / 1e6),
            "gross": plain(one.gross / 1e6),
        }
        if one.remainder is not None and one.city is not None:
            falls += [step(_("Not allocated to a district"), one.remainder), step(_("City"), one.city, whole=True)]
    made_up = _("Demonstration data") if one.synthetic else ""
    return waterfall_figure(page, "roll", title, falls, made_up, unit)


def _roll_rows(page: Page, one: DistrictRollUp) -> list[tuple[str, str, str, str, bool]]:
    """Give name, amount, interval, remark, and whether the amount comes from what was entered."""
    _ = page.words.gettext
    unknown = _("needs the share of imports")
    double = unknown if one.double_electricity is None else ""
    net = unknown if one.net is None else ""
    city = _("no total of this year") if one.city is None else ""
    found = [
        (_("Gross sum"), one.gross, one.gross_low, one.gross_high, "", True),
        (_("Electricity made in the city, counted twice"), one.double_electricity, None, None, double, True),
        (_("Heat, counted twice"), one.double_heat, None, None, _("assumed to be made in the city"), True),
        (_("Net sum"), one.net, one.net_low, one.net_high, net, True),
        (_("City, by the boundary chosen"), one.city, one.city_low, one.city_high, city, False),
        (_("Not allocated to a district"), one.remainder, one.remainder_low, one.remainder_high, "", True),
    ]
    return [
        (words, plain(megatonnes(value)), _span(page, low, high), remark, own)
        for words, value, low, high, remark, own in found
    ]


def _span(page: Page, low: float | None, high: float | None) -> str:
    """Write the ends of an interval in Mt; "" where there is none."""
    if low is None or high is None:
        return ""
    return f"{plain(megatonnes(low))}{'—' if page.zh else '–'}{plain(megatonnes(high))}"


def show(page: Page, id: str) -> dict[str, Any]:
    """Give the values of one district's, or area's, workspace. Raises NotFound."""
    city = page.snapshot.city
    known = {place.id: place for place in city.places if place.kind != "city"}
    if id not in known:
        raise NotFound("district", id, known)
    with opened(page) as desk:
        table = desk.table(of_places=True)
        choice = _choice(page, desk, table)
        rows = _rows(desk, table, choice)
        series = district_series(desk, id, choice.regime, choice.electricity) if choice.year is not None else {}
        made = unit_account(rows, "place", id, desk.names.methods) if rows is not None else None
    entered = int(table["place"].where(id).sum())
    names = Names(accounts(city, asking.FIRST, id).ledger, page.language)
    facts = place_facts(page, id)
    line = next((one for one in compare(rows) if one.place == id), None) if rows is not None else None
    responsible = next((unit for unit in page.snapshot.index.organisations.values() if unit.place == id), None)
    return {
        "section_pages": asking.section(page, "districts"),
        "pathway": summary(page, id),
        "place": known[id],
        "name": page.label(known[id].label),
        "facts": facts,
        "absent": _absent(page, id),
        "boundaries": _boundaries(page, id, names),
        "entered": entered,
        "peak": _peak(page, series),
        "choice": choice,
        "account": made if made is not None and made.total is not None else None,
        "total": mt(page, megatonnes(made.total.value), unit=CO2)
        if made is not None and made.total is not None
        else "",
        "interval": _span(page, made.total.low, made.total.high) if made is not None and made.total else "",
        "parts": _parts(page, made, names) if made is not None else [],
        "coverage": wording.percent(made.coverage) if made is not None and entered else "",
        "share": wording.percent(line.share, decimals=1) if line else "",
        "synthetic": "synthetic" in made.statuses if made is not None else False,
        "refused": [page.label(why) for why in made.refused] if made is not None and entered else [],
        "unit": responsible,
    }


def _peak(page: Page, series: Mapping[int, float]) -> tuple[str, str] | None:
    """Give the verdict of the peak test on what was entered, and its years; None without a whole year."""
    if not series:
        return None
    found = peaks.find(list(series), list(series.values()), today=page.assessment.as_of.year)
    return page.label(STATES[found.state]), wording.year_span(min(series), max(series), page.language)


def _absent(page: Page, id: str) -> list[str]:
    """Name the quantities of energy and emissions that the city has and this place does not."""
    city = page.snapshot.city
    has = {o.indicator for o in city.facts if o.place == id}
    wanted = {o.indicator for o in city.facts if o.place == city.id and not o.dims}
    return [
        page.label(one.label)
        for one in city.indicators.values()
        if one.id.startswith(_LOOKED_FOR) and one.id in wanted and one.id not in has and one.kind in {"flow", "stock"}
    ]


def _boundaries(page: Page, id: str, names: Names) -> list[tuple[str, str, str]]:
    """Say for each boundary whether this place has a total by published figures, and what is missing first."""
    found = []
    for boundary in declared.load().boundaries:
        made = accounts(page.snapshot.city, boundary.id, id)
        totals = made.totals()
        if totals:
            last = max(totals)
            found.append((page.label(boundary.label), mt(page, totals[last]), str(last)))
        else:
            held = made.ledger.held
            lacking = [names.of("item", item) for item in made.items if held.item(item).essential]
            found.append((page.label(boundary.label), "", ("、" if page.zh else ", ").join(lacking)))
    return found


def _parts(page: Page, made: Any, names: Names) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    _ = page.words.gettext

    def ranked(amounts: Mapping[str, float], name: Any) -> list[tuple[str, str]]:
        return [
            (name(id), plain(megatonnes(value))) for id, value in sorted(amounts.items(), key=lambda pair: -pair[1])
        ]

    return [
        (_("By scope"), ranked(made.by_scope, lambda id: page.label(SCOPE[id]))),
        (_("By sector"), ranked(made.by_sector, lambda id: names.of("sector", id))),
        (_("By fuel or energy"), ranked(made.by_what, lambda id: names.of("fuel", id))),
    ]
