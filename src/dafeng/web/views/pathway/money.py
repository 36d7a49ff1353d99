"""What a scenario costs against the pinned one, and the cheapest way down in a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array
from dafeng.pathway.abatement import Curve, curve
from dafeng.pathway.cost import Cost, cost, sources_of
from dafeng.report import wording
from dafeng.web import charts, query
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.steps import steps
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import Asked, read, tonnes

MT = 1e6
POINTS = 6


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    costs = asked.pathway.settings.costs
    text = query.text(page.params, "year") or str(asked.pathway.settings.peak_before)
    year = int(text) if text.isdecimal() else 0
    if year not in asked.pathway.years:
        raise query.BadQuery("year", text, [str(each) for each in asked.pathway.years])
    values: dict[str, Any] = {"asked": asked, "year": year, "costs": costs, "held": None, "way": None, "refused": ""}
    if costs is None:
        return values
    values["lacking"] = page.label(costs.lacking)
    values["sectors"] = [
        {
            "id": each.id,
            "label": page.label(each.label),
            "parts": [page.label(costs.labels[id]) if id in costs.labels else id for id in each.parts],
            "missing": page.label(each.missing),
            "sources": list(dict.fromkeys(id for part in each.parts for id in sources_of(asked.pathway, part))),
        }
        for each in costs.sectors
    ]
    values["years"] = [each for each in asked.pathway.years if each >= costs.since and each <= 2045]
    try:
        if asked.pinned is not None:
            values["held"] = _held(asked, cost(asked.pathway, asked.scenario, asked.pinned, asked.boundary.id))
        values["way"] = _way(asked, curve(asked.pathway, year, asked.scenario, asked.boundary.id, POINTS))
    except Refused as error:
        values["refused"] = error.text(page.language)
    return values


def money(page: Page, value: float, *, sign: bool = True) -> str:
    """Write yuan as a reader says it: 亿元, billion CNY."""
    number = amount(page, value) if sign else wording.number(value / _scale(page))
    return f"{number}{wording.NBSP}{'亿元' if page.zh else 'billion CNY'}"


def amount(page: Page, value: float) -> str:
    """Write yuan in a table whose head says the unit; what is less than a hundredth of it is none."""
    return wording.signed(round(value / _scale(page), 2) + 0.0)


def _scale(page: Page) -> float:
    return 1e8 if page.zh else 1e9


def _held(asked: Asked, found: Cost) -> dict[str, Any]:
    page = asked.page
    costs = asked.pathway.settings.costs
    assert costs is not None  # noqa: S101 - asked for by the caller
    shown = [year for year in found.years if year >= found.since and year % 5 == 0 and year <= asked.until]
    at = [found.years.index(year) for year in shown]
    _ = page.words.gettext

    def row(label: str, values: Array, whole: bool = False) -> tuple[str, list[str], bool]:
        return label, [amount(page, float(values[i])) for i in at], whole

    def parts(ids: Iterable[str]) -> list[tuple[str, list[str], bool]]:
        named = ((page.label(costs.labels[id]) if id in costs.labels else id, found.parts[id]) for id in ids)
        return [row(label, values) for label, values in named if np.abs(values).max() > 0]

    sums = [(each, np.sum([found.parts[id] for id in each.parts], axis=0)) for each in costs.sectors]
    rows = [row(page.label(each.label), values) for each, values in sums] if sums else parts(found.parts)
    more = found.annual - found.annual_against
    rows.append(row(_("Yearly cost"), more, whole=True))
    rows.append(row(_("Investment of the year"), found.investment))
    rows.append((_("CO2"), [tonnes(page, float(found.co2[i]), sign=True) for i in at], False))
    return {
        "years": shown,
        "rows": rows,
        "parts": {each.id: parts(each.parts) for each in costs.sectors},
        "per_tonne": wording.number(round(found.per_tonne)) if found.per_tonne is not None else "",
        "discount": wording.percent(found.discount),
    }


def _way(asked: Asked, found: Curve) -> dict[str, Any]:
    page = asked.page
    _ = page.words.gettext
    priced = [step for step in found.steps if step.marginal is not None]
    chart = None
    if priced:
        before = [0.0, *(step.avoided for step in found.steps)]
        widths = [(step.avoided - before[at]) / MT for at, step in enumerate(found.steps) if step.marginal is not None]
        heights = [step.marginal for step in priced if step.marginal is not None]
        most = priced[-1].avoided / MT
        title = _("%(most)s million tonnes less in %(year)s |cost up to %(price)s CNY for the last tonne") % {
            "most": wording.number(most, decimals=1),
            "year": found.year,
            "price": wording.number(round(heights[-1])),
        }
        chart = Figure(
            uid="way",
            title=title,
            subtitle=_("cost of the next tonne, CNY of %(year)s, levers acting together") % {"year": found.price_year},
            drawings=charts.draw(
                "way", title, title,
                steps(widths, heights, unit=_("CNY/t CO2"), across=_("avoided, million tonnes"), tick=wording.number),
            ),
            columns=[Column(_("Avoided, Mt"), False), Column(_("Next tonne, CNY")), Column(_("Yearly cost"))],
            rows=[
                [wording.number(s.avoided / MT, decimals=1), wording.number(s.marginal), money(page, s.cost)]
                for s in found.steps
            ],
        )  # fmt: skip
    levers = asked.pathway.levers
    return {
        "chart": chart,
        "steps": [
            (
                tonnes(page, step.avoided),
                [
                    (page.label(levers[id].label), page.q(float(f"{v:.4g}"), levers[id].unit))
                    for id, v in step.settings.items()
                ],
            )
            for step in found.steps
        ],
        "alone": [
            (
                page.label(levers[each.lever].label),
                page.q(float(f"{each.setting:.4g}"), levers[each.lever].unit),
                wording.number(each.avoided / MT, decimals=2),
                money(page, each.cost),
                wording.number(round(each.per_tonne)),
            )
            for each in found.alone
        ],
        "idle": [page.label(levers[id].label) for id in found.idle],
        "left": _reasons(asked, found),
    }


def _reasons(asked: Asked, found: Curve) -> list[tuple[str, list[str]]]:
    page, levers = asked.page, asked.pathway.levers
    costs = asked.pathway.settings.costs
    assert costs is not None  # noqa: S101 - asked for by the caller
    groups: dict[str, list[str]] = {}
    for id in found.left_out:
        groups.setdefault(page.label(costs.reason(id)), []).append(page.label(levers[id].label))
    return list(groups.items())
