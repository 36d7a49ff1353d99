"""Which account a reader asked for: boundary, year, place and switches, read from the address and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import IMPORTED_REGIME, Account, Accounts, accounts
from dafeng.accounts.boundaries import Boundary
from dafeng.accounts.cells import UNIT
from dafeng.report import wording
from dafeng.report.accounts.names import OPTIONS, Names
from dafeng.web import query
from dafeng.web.i18n import mark
from dafeng.web.page import Page

#: The boundary a page opens with, where it has a total; else the first that has one.
FIRST = "assessed"
#: Pages of the section, in the order of their row.
PAGES = (
    ("accounts", mark("Explorer")),
    ("accounts/reconciliation", mark("Between boundaries")),
    ("accounts/change", mark("What moved it")),
    ("accounts/peak", mark("Has it peaked?")),
    ("accounts/estimate", mark("Quick estimate")),
    ("accounts/indicators", mark("Indicators")),
    ("districts", mark("Districts")),
    ("enterprises", mark("Enterprises")),
    ("factors", mark("Factors")),
)


@dataclass(frozen=True)
class Asked:
    """One boundary and year of one place, the switches that were set, and all years of the boundary."""

    page: Page
    made: Accounts
    year: int
    switches: Mapping[str, str]

    @property
    def boundary(self) -> Boundary:
        """The boundary."""
        return self.made.boundary

    @property
    def place(self) -> str:
        """The place."""
        return self.made.ledger.place

    @property
    def account(self) -> Account:
        """The account of the year."""
        return self.made.account(self.year)

    @property
    def names(self) -> Names:
        """What parts are called."""
        return Names(self.made.ledger, self.page.language)

    @property
    def query(self) -> dict[str, object]:
        """The choice as query values, the place only where it is not the city."""
        place = self.place if self.place != self.page.snapshot.city.id else None
        return {"boundary": self.boundary.id, "year": self.year, "place": place, **self.switches}


def read(page: Page) -> Asked:
    """Read the choice of a page. Raises BadQuery for a value that cannot be used."""
    place = place_of(page)
    switches = switches_of(page)
    id = boundary_of(page, "boundary", place, switches)
    made = accounts(page.snapshot.city, id, place, **switches)
    return Asked(page, made, year_of(page, made), switches)


def place_of(page: Page) -> str:
    """Read the place; the city where none is named."""
    city = page.snapshot.city
    return query.one(page.params, "place", [place.id for place in city.places]) or city.id


def switches_of(page: Page) -> dict[str, str]:
    """Read the switches that are set."""
    found = {}
    for id, switch in declared.load().switches.items():
        option = query.one(page.params, id, list(switch.options))
        if option:
            found[id] = option
    return found


def boundary_of(page: Page, name: str, place: str, switches: Mapping[str, str], first: str = FIRST) -> str:
    """Read a boundary; where none is named `first`, else the first that has a total."""
    ids = [boundary.id for boundary in declared.load().boundaries]
    chosen = query.one(page.params, name, ids)
    if chosen:
        return chosen
    order = [first, *(id for id in ids if id != first)]
    city = page.snapshot.city
    return next((id for id in order if accounts(city, id, place, **switches).totals()), order[0])


def year_of(page: Page, made: Accounts, name: str = "year", default: int | None = None) -> int:
    """Read a year of the ledger; where none is named the last with a total, else the last."""
    years = [str(year) for year in made.ledger.years]
    chosen = query.one(page.params, name, years)
    return int(chosen) if chosen else default or max(made.totals(), default=made.ledger.years[-1])


def form(asked: Asked) -> dict[str, Any]:
    """Give what the form of choices shows: options with their words, the chosen ones marked."""
    page, made = asked.page, asked.made
    held = made.ledger.held
    totals = made.totals()
    return {
        "boundaries": boundaries(page),
        "boundary": asked.boundary,
        "years": [(year, year in totals) for year in reversed(made.ledger.years)],
        "year": asked.year,
        "places": [(place.id, page.label(place.label)) for place in page.snapshot.city.places],
        "place": asked.place,
        "switches": [
            (
                id,
                page.label(switch.label),
                [(option, page.label(OPTIONS[id].get(option))) for option in switch.options],
                made.switches[id],
            )
            for id, switch in held.switches.items()
            if id != "table" or asked.boundary.regime == IMPORTED_REGIME
        ],
        "switched": bool(asked.switches),
    }


def boundaries(page: Page) -> list[tuple[str, str]]:
    """Give every boundary with its name."""
    return [(boundary.id, page.label(boundary.label)) for boundary in declared.load().boundaries]


def section(page: Page, current: str) -> list[tuple[str, str, bool]]:
    """Give the row of pages of the section: address, words, whether it is the current one."""
    _ = page.words.gettext
    return [(page.url(*path.split("/")), _(words), path == current) for path, words in PAGES]


def plain(value: float | None, *, sign: bool = False) -> str:
    """Write an amount in Mt without its unit: one decimal from ten, else two, more only where nothing would be left."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is absent
        return wording.number(None)
    places = 1 if abs(value) >= 10 else 2
    text = wording.number(value, decimals=places) if abs(value) >= 0.005 or not value else wording.number(value)
    return f"+{text}" if sign and value > 0 else text


def mt(page: Page, value: float | None, *, sign: bool = False, unit: str = UNIT) -> str:
    """Write an amount of an account with its unit."""
    if value is None:
        return wording.number(None)
    return plain(value, sign=sign) + wording.NBSP + wording.unit_word(unit, page.language)


def documents(asked: Asked, ids: tuple[str, ...]) -> list[Markup]:
    """Name documents: a link where the city has a page for it, else title and publisher."""
    return [document_link(asked.page, asked.names, id) for id in ids]


def document_link(page: Page, names: Names, id: str) -> Markup:
    """Name one document, with publisher and date."""
    found = names.document(id)
    if found is None:
        return Markup("{}").format(id)
    if id in page.snapshot.city.documents:
        title = Markup('<a href="{}">{}</a>').format(page.url("documents", id), names.title(id))
    elif found.url:
        title = Markup('<a href="{}" rel="noreferrer">{}</a>').format(found.url, names.title(id))
    else:
        title = Markup("{}").format(names.title(id))
    publisher = found.publisher if page.zh or found.publisher.isascii() else ""
    rest = wording.join([part for part in (publisher, found.number, found.date) if part], page.language)
    return title + Markup('<span class="sub">{}</span>').format(rest) if rest else title
