"""The account explorer: one boundary and year, its total, its parts, what it lacks, and what it rests on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from starlette.responses import Response

from dafeng.accounts.cells import UNIT
from dafeng.report import wording
from dafeng.report.accounts import evidence
from dafeng.report.accounts.names import NOTATION
from dafeng.report.accounts.rows import COLUMNS, every_year
from dafeng.report.gpc import workbook
from dafeng.report.inventory import inventory
from dafeng.web.csv_file import csv_response
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts import figures
from dafeng.web.views.accounts.asked import Asked, mt, plain
from dafeng.web.workbook_file import workbook_response


def show(page: Page) -> dict[str, Any]:
    """Give the values of the explorer. Raises BadQuery for a choice that does not exist."""
    asked = asking.read(page)
    account, names = asked.account, asked.names
    parts = [figure for by in ("sector", "fuel", "gas", "item") if (figure := figures.of_parts(asked, by))]
    return {
        "section_pages": asking.section(page, "accounts"),
        "form": asking.form(asked),
        "asked": asked,
        "account": account,
        "place_name": names.place(asked.place),
        "unit": wording.unit_word(UNIT, page.language),
        "total": mt(page, account.total.value) if account.total else "",
        "interval": figures.span(page, account.total.low, account.total.high) if account.total else "",
        "lacking": [
            names.why(one)
            for one in account.absent
            if one.item in account.accounts.items and _essential(asked, one.item)
        ],
        "key_figures": _key_figures(asked),
        "years": figures.years(asked),
        "parts": parts,
        "flows": figures.fuel_to_use(asked),
        "tree": figures.tree(asked),
        "absent": [
            (names.of("item", one.item), one.key, NOTATION[one.key][page.language], names.why(one))
            for one in account.absent
        ],
        "notes": [names.told(note) for note in account.notes],
        "held": _held(asked),
        "memo": [(names.of("item", id), mt(page, value)) for id, value in account.memo.items()],
        "documents": asking.documents(asked, account.sources),
        "factors": _factors(asked),
        "csv": page.url("accounts.csv", **asked.query),
        "xlsx": page.url("accounts.xlsx", **asked.query),
        "gpc": page.url("gpc.xlsx", year=asked.year, place=asked.query["place"]),
        "fuel_only": account.coverage < 1 and account.total is not None,
    }


def _essential(asked: Asked, item: str) -> bool:
    return asked.made.ledger.held.item(item).essential


def _key_figures(asked: Asked) -> list[tuple[str, str, str]]:
    """Give the grid of key figures: name, figure, remark."""
    page, account = asked.page, asked.account
    _ = page.words.gettext
    found: list[tuple[str, str, str]] = []
    if account.total is not None:
        half = wording.percent(account.total.half, decimals=1)
        found.append((_("Half-width of the interval"), f"±{half}", _("shared factors count as one error")))
    items = len(account.accounts.items)
    there = sum(1 for id in account.accounts.items if id in account.by_item)
    found.append(
        (
            _("Coverage"),
            wording.percent(account.coverage),
            _("%(there)s of %(items)s items have figures; items count alike, whatever their size")
            % {"there": there, "items": items},
        )
    )
    totals = account.accounts.totals()
    before = [pair for pair in pairwise(sorted(totals)) if pair[1] == asked.year]
    if before:
        year = before[0][0]
        found.append(
            (
                _("Change since %(year)s") % {"year": year},
                mt(page, totals[asked.year] - totals[year], sign=True),
                wording.signed((totals[asked.year] / totals[year] - 1) * 100, digits=3) + "%",
            )
        )
    found.append((_("Years with a total"), _spans(page, sorted(totals)) or "—", ""))
    found.append((_("Documents"), str(len(account.sources)), _("named below")))
    return found


def _spans(page: Page, years: list[int]) -> str:
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ("、" if page.zh else ", ").join(wording.year_span(run[0], run[-1], page.language) for run in runs)


def _factors(asked: Asked) -> list[dict[str, Any]]:
    """List the factors the account rests on, each once for the sectors that share it."""
    page, names = asked.page, asked.names
    store = asked.made.ledger.store
    every = len(asked.made.ledger.activity.sectors)
    groups: dict[tuple[str, str, float, str, str], list[str]] = {}
    for one in evidence.figures(asked.account):
        if one.role == "factor" and (one.fuel or one.source.note in store.all):
            key = (one.id, one.fuel, one.value, one.unit, one.source.note)
            groups.setdefault(key, [])
            if one.sector not in groups[key]:
                groups[key].append(one.sector)
    found = []
    for (id, fuel, value, unit, note), sectors in groups.items():
        factor = store.all.get(note)
        subject = store.library.subjects[factor.what] if factor else None
        named = names.of("fuel", fuel) if fuel else page.label(subject.label) if subject else id
        shared = [names.of("sector", sector) for sector in sectors if sector]
        found.append(
            {
                "name": named[:1].upper() + named[1:],
                "sectors": "" if not shared or len(shared) == every else ("、" if page.zh else ", ").join(shared),
                "value": page.q(value, unit),
                "factor": note if factor else "",
                "set": page.label(store.library.sets[factor.set].label) if factor else page.note(note),
                "confidence": factor.confidence if factor else "",
            }
        )
    return found


def _held(asked: Asked) -> list[dict[str, Any]]:
    page, names = asked.page, asked.names
    indicators = page.snapshot.city.indicators
    return [
        {
            "name": page.label(indicators[held.indicator].label),
            "href": page.url("facts", held.indicator),
            "status": held.status,
            "value": plain(held.value),
            "gap": plain(held.gap, sign=True),
            "source": asking.document_link(page, names, held.source),
            "parts": [
                (names.of("fuel", id) if id != "rounding" else page.words.gettext("rounding"), plain(value, sign=True))
                for id, value in sorted(held.parts.items(), key=lambda pair: -abs(pair[1]))
                if abs(value) >= 0.005
            ],
        }
        for held in asked.account.held
    ]


def csv(page: Page) -> Response:
    """Give every cell of every year of the boundary as a long table."""
    asked = asking.read(page)
    return csv_response(f"accounts-{asked.boundary.id}.csv", COLUMNS, every_year(asked.made))


def xlsx(page: Page) -> Response:
    """Give the inventory tables of the account as a workbook."""
    asked = asking.read(page)
    name = f"inventory-{asked.place}-{asked.boundary.id}-{asked.year}.xlsx"
    return workbook_response(name, inventory(asked.account, page.language, page.snapshot.today))


def gpc_table(page: Page) -> Response:
    """Give the GPC table of the year and place as a workbook."""
    asked = asking.read(page)
    body = workbook(page.snapshot.city, asked.year, page.language, asked.place, page.snapshot.today)
    return workbook_response(f"gpc-{asked.place}-{asked.year}.xlsx", body)
