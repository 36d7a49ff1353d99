"""Indicators of dual control: what was published beside what the figures at hand give, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dafeng.accounts.account import accounts
from dafeng.accounts.indicators import Reading, Value, read
from dafeng.labels import Label
from dafeng.report import wording
from dafeng.web.charts.small import spark
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking

COMPUTED = Label(zh="算得", en="computed")
#: Statuses of a statement that there is no figure yet.
_WAITING = "awaiting_verification"


@dataclass(frozen=True)
class Row:
    """One value in the table of an indicator."""

    period: str
    value: str
    interval: str
    status: str
    waiting: bool
    how: str
    source: Markup
    confidence: str


@dataclass(frozen=True)
class Line:
    """One indicator: its newest published and computed values, how it runs, and every value."""

    id: str
    name: str
    unit: str
    method: str
    official: str
    official_period: str
    waiting: bool
    computed: str
    computed_interval: str
    computed_period: str
    trend: Markup
    rows: tuple[Row, ...]
    absent: tuple[tuple[str, str], ...]
    planned: tuple[tuple[str, str], ...]


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page. Raises BadQuery for a choice that does not exist."""
    city = page.snapshot.city
    place, switches = asking.place_of(page), asking.switches_of(page)
    id = asking.boundary_of(page, "boundary", place, switches)
    made = accounts(city, id, place, **switches)
    asked = asking.Asked(page, made, made.ledger.years[-1], switches)
    found = read(city, first=None, last=None, boundary=id, place=place, **switches)
    lines = [_line(page, asked, reading) for reading in found]
    return {
        "section_pages": asking.section(page, "accounts/indicators"),
        "asked": asked,
        "form": asking.form(asked),
        "place": place if place != city.id else "",
        "lines": lines,
        "published": sum(1 for line in lines if line.official != "—"),
        "computed": sum(1 for line in lines if line.computed != "—"),
        "waiting": [line.name for line in lines if line.waiting],
    }


def _line(page: Page, asked: asking.Asked, reading: Reading) -> Line:
    one = reading.indicator
    official = [value for value in reading.official if value.value is not None]
    computed = [value for value in reading.computed if value.value is not None]
    newest, made = (found[-1] if found else None for found in (official, computed))
    waiting = any(value.status == _WAITING for value in reading.official)
    yearly = {value.year: value for value in [*computed, *official] if len(value.period) == 4}
    points = [(float(year), value.value) for year, value in sorted(yearly.items()) if value.value is not None]
    name = page.label(one.label)
    name = name[:1].upper() + name[1:]
    every = sorted((*reading.official, *reading.computed), key=lambda value: (-value.year, value.status == "computed"))
    return Line(
        one.id,
        name,
        wording.unit_word(one.unit, page.language),
        page.label(one.method),
        _written(page, newest),
        _period(page, newest),
        waiting,
        _written(page, made),
        _interval(page, made),
        _period(page, made),
        spark(points, None, None, name) if len(points) > 2 else Markup(""),
        tuple(_row(page, asked, value) for value in every),
        tuple((absent.period, page.label(absent.why)) for absent in reading.absent),
        tuple((_period(page, value), _written(page, value)) for value in reading.planned if value.value is not None),
    )


def _written(page: Page, value: Value | None) -> str:
    if value is None or value.value is None:
        return "—"
    bound = {"at_least": "≥ ", "at_most": "≤ "}.get(value.bound, "")
    return bound + page.q(value.value, value.unit)


def _interval(page: Page, value: Value | None) -> str:
    if value is None or value.low is None or value.high is None:
        return ""
    low, high = (wording.number(end, digits=4) for end in (value.low, value.high))
    return f"{low}{'—' if page.zh else '–'}{high}"


def _period(page: Page, value: Value | None) -> str:
    return value.period.replace("/", "—" if page.zh else "\u2013") if value is not None else ""


def _row(page: Page, asked: asking.Asked, value: Value) -> Row:
    names = asked.names
    status = COMPUTED if value.status == "computed" else wording.FACT_STATUS[value.status]
    apart = Markup("；") if page.zh else Markup("; ")
    sources = apart.join(_titled(page, names.title(id), id) for id in value.sources)
    how = page.label(value.how) or page.label(value.note)
    trust = page.label(wording.CONFIDENCE[value.confidence]) if value.confidence in wording.CONFIDENCE else ""
    return Row(
        _period(page, value),
        _written(page, value),
        _interval(page, value),
        page.label(status),
        value.status == _WAITING,
        how,
        sources,
        trust,
    )


def _titled(page: Page, title: str, id: str) -> Markup:
    if id in page.snapshot.city.documents:
        return Markup('<a href="{}">{}</a>').format(page.url("documents", id), title)
    return Markup("{}").format(title)
