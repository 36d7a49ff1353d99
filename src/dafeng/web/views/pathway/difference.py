"""Two scenarios held against each other: whose doing the difference is, and every quantity in which they differ."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array
from dafeng.pathway.attribution import Attribution, attribute
from dafeng.report import wording
from dafeng.web import charts, query
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.waterfall import Fall, waterfall
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import Asked, read, tonnes

#: Runs that may be spent on dividing one action among its levers.
MOST = 1 << 11
#: Pairs of orders that are sampled where a reader asks for every lever.
ORDERS = 2
#: Quantities listed.
LISTED = 40
#: Part of the largest value of a quantity below which a difference is that of rounding.
NOISE = 1e-9
MT = 1e6


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    text = query.text(page.params, "year") or str(asked.pathway.settings.peak_before)
    year = int(text) if text.isdecimal() else 0
    if year not in asked.pathway.years:
        raise query.BadQuery("year", text, [str(each) for each in asked.pathway.years])
    values: dict[str, Any] = {
        "asked": asked,
        "year": year,
        "scenario": page.label(asked.scenario.label),
        "pinned": page.label(asked.pinned.label) if asked.pinned else "",
        "moved": len(asked.moved),
        "pin_moved": len(asked.pin_moved),
        "chart": None,
        "parts": [],
        "differences": [],
        "refused": "",
        "divide": "",
    }
    if asked.pinned is None:
        return values
    try:
        orders = ORDERS if query.one(page.params, "levers", ["1"]) else 0
        found = attribute(asked.pathway, asked.scenario, asked.pinned, year, asked.boundary.id, MOST, orders)
    except Refused as error:
        return {**values, "refused": error.text(page.language)}
    values["chart"] = _chart(asked, found)
    values["parts"] = _parts(asked, found)
    if any(part.levers is None for part in found.parts):
        values["divide"] = asked.url("difference", year=year, levers="1")
    values["differences"] = _differences(asked)
    return values


def _name(asked: Asked, group: str) -> str:
    actions = {action.id: action for action in asked.page.snapshot.city.plan().actions}
    return asked.page.label(actions[group].short) if group in actions else asked.page.words.gettext("Drivers")


def _mt(asked: Asked, value: float) -> str:
    return tonnes(asked.page, value, sign=True)


def _chart(asked: Asked, found: Attribution) -> Figure:
    page = asked.page
    _ = page.words.gettext
    falls = [
        Fall(
            page.label(asked.pinned.label) if asked.pinned else "",
            found.value_against / MT,
            tonnes(page, found.value_against),
            True,
        )
    ]
    falls += [Fall(_name(asked, part.group), part.value / MT, _mt(asked, part.value)) for part in found.parts]
    falls.append(Fall(page.label(asked.scenario.label), found.value / MT, tonnes(page, found.value), True))
    most = max(found.parts, key=lambda part: abs(part.value), default=None)
    title = _("No lever that differs moves CO2 in %(year)s") % {"year": found.year}
    if most is not None and most.value:
        title = _("%(action)s makes most of the difference in %(year)s: |%(value)s") % {
            "action": _name(asked, most.group),
            "year": found.year,
            "value": _mt(asked, most.value),
        }
    return Figure(
        uid="difference",
        title=title,
        subtitle=wording.join([_("CO2, million tonnes"), page.label(asked.boundary.label)], page.language),
        drawings=charts.draw("difference", title, title, lambda width: waterfall(width, falls)),
        source=_("Exact Shapley values of the actions from %(runs)s runs of the model; they sum to the difference.")
        % {"runs": f"{found.runs:,}"},
        columns=[Column(_("Action"), False), Column(_("Million t CO2"))],
        rows=[[fall.name, wording.number(fall.value, decimals=3)] for fall in falls],
    )


def _parts(asked: Asked, found: Attribution) -> list[tuple[str, str, list[tuple[str, str]] | None]]:
    """Give each action with its levers, the largest first; None where its levers are too many to divide."""
    out = []
    for part in sorted(found.parts, key=lambda each: -abs(each.value)):
        levers = None
        if part.levers is not None:
            order = sorted(part.levers.items(), key=lambda each: -abs(each[1]))
            levers = [(asked.page.label(asked.pathway.levers[id].label), _mt(asked, value)) for id, value in order]
        out.append((_name(asked, part.group), _mt(asked, part.value), levers))
    return out


def _differences(asked: Asked) -> list[tuple[str, str, str, str]]:
    """Give the quantities that differ: name, where most, by how much; the largest relative differences first."""
    page = asked.page
    assert asked.beside is not None  # noqa: S101 - asked for by the caller
    city = page.snapshot.city
    found = []

    def name(id: str) -> str:
        indicator = city.indicators.get(id)
        return page.label(indicator.label if indicator else city.labels.get(id)) or id

    before, after = asked.beside.state, asked.projection.state
    sizes = []
    for each in before.diff(after):
        scale = max(_largest(state.values(each.id)) for state in (before, after))
        # Where one of the two has no value at all the difference is no number, and comes first.
        size = math.inf if math.isnan(each.largest) else abs(each.largest) / scale
        if size > NOISE:
            sizes.append((size, each))
    for _, each in sorted(sizes, key=lambda pair: -pair[0])[:LISTED]:
        cells = [
            page.label(city.axes[axis].labels.get(str(cell))) or str(cell) if axis in city.axes else str(cell)
            for axis, cell in each.at.items()
            if axis not in {"place", "batch"}
        ]
        labels = " ".join(cells)
        year = each.at.get("year", "")
        href = asked.url("explain", of=each.id, year=year) if str(year).isdecimal() else ""
        found.append((name(each.id), labels, wording.gap(each.largest, each.unit, page.language), href))
    return found


def _largest(values: Array) -> float:
    size = np.abs(values)
    return float(np.nanmax(size, initial=0.0))
