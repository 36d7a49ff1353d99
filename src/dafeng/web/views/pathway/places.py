"""Where each district goes under a scenario: what is allocated and by which key, its own facts, what is not divided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from starlette.responses import RedirectResponse, Response

from dafeng.errors import NotFound, Refused
from dafeng.pathway import load
from dafeng.pathway.local import division
from dafeng.pathway.peaks import Peak
from dafeng.pathway.places import ByPlace, PlaceLine, PlacePart, by_place
from dafeng.pathway.scenario import lever_of
from dafeng.report import wording
from dafeng.report.places import long_rows
from dafeng.web import query
from dafeng.web.csv_file import csv_response
from dafeng.web.page import Page
from dafeng.web.views.pathway import place_figures, place_form
from dafeng.web.views.pathway.asked import Asked, read, tonnes

MT = 1e6


@dataclass(frozen=True)
class Divided:
    """A scenario by place, as the address asks for it."""

    asked: Asked
    found: ByPlace

    @cached_property
    def due(self) -> int:
        """The year of the plan's promise, the second one shown."""
        return min(self.asked.pathway.settings.peak_before, self.found.years[-1])

    def name(self, place: str) -> str:
        """Give the name of a place."""
        return self.asked.page.label(self.asked.page.snapshot.city.place(place).label)

    @cached_property
    def order(self) -> list[int]:
        """Rows by CO2 of the year of shares, most first."""
        now = self.found.at(self.found.now)
        return sorted(range(len(self.found.places)), key=lambda row: -self.found.totals[row, now])


def listing(page: Page) -> dict[str, Any]:
    """Give the values of the list of districts."""
    asked = read(page)
    values = _common(asked)
    divided, refused = _divided(asked)
    if divided is None:
        return {**values, "refused": refused, "found": None}
    found = divided.found
    now, due = found.at(found.now), found.at(divided.due)
    rest = found.rest[now] / found.whole[now]
    _ = page.words.gettext
    return {
        **values,
        "refused": "",
        "found": found,
        "due": divided.due,
        "answer": _(
            "%(districts)s districts have %(sum)s of the city’s %(whole)s in %(year)s; %(share)s is not divided."
        )
        % {
            "districts": len(found.places),
            "sum": tonnes(page, float(found.totals[:, now].sum())),
            "whole": tonnes(page, float(found.whole[now])),
            "year": found.now,
            "share": wording.percent(rest),
        },
        "keys": _keys(asked, found),
        "own": _own(divided),
        "chart": place_figures.ranking(asked, found, [found.places[row] for row in divided.order], divided.name),
        "rows": [_row(divided, row) for row in divided.order],
        "total": [
            (_("Not divided"), _mega(found.rest[now]), _mega(found.rest[due]), _change(found.rest, now, due), "", rest),
            (
                _("The city"), _mega(found.whole[now]), _mega(found.whole[due]), _change(found.whole, now, due),
                str(found.top.year), 1.0,
            ),
        ],
        "lines": [_rest(divided, line) for line in found.lines],
        "set": _settings(divided),
    }  # fmt: skip


def show(page: Page, id: str) -> Response | dict[str, Any]:
    """Give the values of one district's or area's pathway; a form sent from it is answered with its address.

    Raises:
        NotFound: no such place below the city.
    """
    asked = read(page)
    known = {place.id: place for place in page.snapshot.city.places if place.kind != "city"}
    if id not in known:
        raise NotFound("district", id, known)
    values = {**_common(asked), "id": id, "name": page.label(known[id].label), "kind": known[id].kind}
    sent = any(page.params.get(name) for name in (place_form.DELIVERY, place_form.LEVER))
    if sent and asked.pathway.allocation is not None:
        return RedirectResponse(place_form.after(asked, id), 303)
    divided, refused = _divided(asked, id)
    if divided is None:
        return {**values, "refused": refused, "found": None}
    found, _ = divided.found, page.words.gettext
    now, due = found.at(found.now), found.at(divided.due)
    peak = found.peaks[0]
    beside = _divided(replace(asked, base=asked.pin, moved=asked.pin_moved), id)[0] if asked.pinned else None
    allocated = found.allocated(id, found.now)
    within = id in division(asked.pathway)
    rank, count = _rank(asked, id) if within else (0, 0)
    return {
        **values,
        "refused": "",
        "found": found,
        "due": divided.due,
        "answer": _answer(page, peak, found, allocated),
        "keys": _keys(asked, found),
        "own": _own(divided),
        "allocated": allocated,
        "key_figures": [
            ("peak", _("Highest year"), str(peak.year) if peak else "—", tonnes(page, peak.value) if peak else ""),
            ("now", _("CO2 in %(year)s") % {"year": found.now}, tonnes(page, float(found.totals[0, now])), ""),
            (
                "due", _("CO2 in %(year)s") % {"year": divided.due}, tonnes(page, float(found.totals[0, due])),
                _change(found.totals[0], now, due),
            ),
            (
                "share", _("Share of the city"), wording.percent(found.totals[0, now] / found.whole[now], decimals=1),
                _("number %(rank)s of %(count)s") % {"rank": rank, "count": count} if rank else "",
            ),
        ],
        "chart": place_figures.by_line(asked, found, beside.found if beside else None, divided.name(id)),
        "parts": [_part(divided, part, now, due) for line in found.lines for part in line.parts if _has(part)],
        "lacking": [page.label(key.label) for key in found.keys if key.id in found.lacking.get(id, ())],
        "undivided": [page.label(line.line.label) for line in found.lines if not line.values[0].any()],
        "set": _settings(divided),
        "within": within,
        "delivery": place_form.delivery(asked, id),
        "levers": place_form.levers(asked, id) if within else [],
        "others": [
            (place, page.label(known[place].label)) for place in division(asked.pathway) if place != id
        ],
    }  # fmt: skip


def csv(page: Page) -> Response:
    """Give every part of every district, and what is not divided, as a long table."""
    asked = read(page)
    divided, refused = _divided(asked)
    if divided is None:
        raise query.BadQuery("b", refused)
    return csv_response("districts.csv", *long_rows(asked.pathway, divided.found, page.language))


def summary(page: Page, id: str) -> dict[str, str] | None:
    """Say in a sentence where a place goes under the pack's own scenario; None where nothing can be said."""
    if not (page.snapshot.city.folder / "allocation.yaml").is_file():
        return None
    pathway = load(page.snapshot.city)
    try:
        found = by_place(pathway, places=[id])
    except Refused:
        return None
    words = _answer(page, found.peaks[0], found, found.allocated(id, found.now))
    return {"answer": words, "scenario": page.label(found.scenario.label)}


def _common(asked: Asked) -> dict[str, Any]:
    page = asked.page
    return {
        "asked": asked,
        "scenario": page.label(asked.scenario.label),
        "scenarios": [(each.id, page.label(each.label)) for each in asked.pathway.scenarios.values()],
        "boundaries": [(each.id, page.label(each.label)) for each in asked.pathway.settings.boundaries],
        "pinned": page.label(asked.pinned.label) if asked.pinned else "",
        "levers": [],
        "delivery": None,
        "within": False,
    }


def _divided(asked: Asked, *places: str) -> tuple[Divided | None, str]:
    """Divide what is asked; None and the reason where it cannot be."""
    try:
        found = by_place(asked.pathway, asked.scenario, boundary=asked.boundary.id, places=places)
    except Refused as error:
        return None, error.text(asked.page.language)
    return Divided(asked, found), ""


def _answer(page: Page, peak: Peak | None, found: ByPlace, allocated: float) -> str:
    _ = page.words.gettext
    if peak is None:
        return _("Nothing of this place can be told.")
    said = {"year": peak.year, "value": tonnes(page, peak.value), "share": wording.percent(allocated), "now": found.now}
    if allocated > 0.9995:
        return _("Highest in %(year)s with %(value)s, all of it allocated from the city’s figures.") % said
    return _("Highest in %(year)s with %(value)s; %(share)s of %(now)s is allocated from the city’s figures.") % said


def _keys(asked: Asked, found: ByPlace) -> list[tuple[str, int, str, tuple[str, ...]]]:
    label = asked.page.label
    return [(label(key.label), key.year, key.fact, found.shares.sources[key.id]) for key in found.keys]


def _own(divided: Divided) -> list[str]:
    """Name the places that have facts of their own."""
    found = divided.found
    basis = [part.basis for line in found.lines for part in line.parts]
    return [
        divided.name(place)
        for row, place in enumerate(found.places)
        if any(rests[row].kind == "own" for rests in basis)
    ]


def _row(divided: Divided, row: int) -> dict[str, Any]:
    found, place = divided.found, divided.found.places[row]
    now, due = found.at(found.now), found.at(divided.due)
    peak = found.peaks[row]
    return {
        "id": place,
        "name": divided.name(place),
        "now": _mega(found.totals[row, now]),
        "due": _mega(found.totals[row, due]),
        "change": _change(found.totals[row], now, due),
        "peak": str(peak.year) if peak else "",
        "share": wording.percent(found.totals[row, now] / found.whole[now], decimals=1),
        "allocated": wording.percent(found.allocated(place, found.now)),
    }


def _rest(divided: Divided, line: PlaceLine) -> tuple[str, str, str, str]:
    now = divided.found.at(divided.found.now)
    rest = line.rest[now] if abs(line.rest[now]) > 1.0 else 0.0
    label = divided.asked.page.label
    return label(line.line.label), _mega(line.city[now]), _mega(rest), label(line.line.undivided)


def _has(part: PlacePart) -> bool:
    return part.basis[0].kind != "none"


def _part(divided: Divided, part: PlacePart, now: int, due: int) -> dict[str, Any]:
    page, basis = divided.asked.page, part.basis[0]
    _ = page.words.gettext
    key = next((key for key in divided.found.keys if key.id == basis.key), None)
    missing = bool(np.isnan(part.shares[0]).all())
    by = _("allocated by %(key)s, %(year)s") % {"key": page.label(key.label), "year": key.year} if key else ""
    if basis.fact:
        indicator = page.snapshot.city.indicators[basis.fact]
        rests = _("own: %(fact)s, %(years)s") % {
            "fact": page.label(indicator.label),
            "years": wording.listed([str(year) for year in basis.years], page.language),
        }
        by = rests
        if basis.of_line and key:
            by += _("; this part of it by %(key)s") % {"key": page.label(key.label)}
    return {
        "name": page.label(part.part.label),
        "now": "—" if missing else _mega(part.values[0, now]),
        "due": "—" if missing else _mega(part.values[0, due]),
        "share": "—" if missing else wording.percent(part.shares[0, now], decimals=1),
        "own": bool(basis.fact),
        "by": _("no figure of the key") if missing else by,
        "why": page.label(part.part.why) if part.part.why and not basis.fact else "",
    }


def _settings(divided: Divided) -> list[dict[str, str]]:
    """List what is set for places: lever, place, value, and the address without it."""
    asked = divided.asked
    found = []
    for key, (value, _plan) in sorted(asked.scenario.local.items()):
        lever, place = asked.pathway.levers[lever_of(key)], key.partition("@")[2]
        found.append(
            {
                "lever": asked.page.words.gettext("Part of the measures delivered")
                if lever.kind == "delivery"
                else asked.page.label(lever.label),
                "place": divided.name(place) if place else asked.page.words.gettext("all districts"),
                "value": place_form.value(asked, lever, value),
                "key": key if key in asked.moved else "",
            }
        )
    return found


def _rank(asked: Asked, id: str) -> tuple[int, int]:
    divided, _ = _divided(asked)
    if divided is None:
        return 0, 0
    return [divided.found.places[row] for row in divided.order].index(id) + 1, len(divided.found.places)


def _mega(value: float) -> str:
    return wording.number(float(value) / MT, decimals=2)


def _change(values: Any, now: int, due: int) -> str:
    return f"{wording.signed(float((values[due] / values[now] - 1) * 100), digits=2)} %" if values[now] else ""
