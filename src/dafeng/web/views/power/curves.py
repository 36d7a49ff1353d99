"""Duration curves of load, residual load and price, and what the last tonne of CO2 costs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.duration import Curve, duration, thinned
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.steps import steps
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import Held, Hours
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy
from dafeng.web.views.power.week import residual

#: Parts of the year that the data table tells.
PARTS = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    hours = held.hours(asked.year)
    return {
        **values,
        **certificate(asked, held),
        "load": _load(asked, hours, say) if hours else None,
        "price": _price(asked, held, hours, say),
        "abatement": _abatement(asked, held, say),
    }


def _percent(value: float) -> str:
    return wording.percent(value)


def _tick(value: float) -> str:
    return wording.number(tidy(value))


def _load(asked: Asked, hours: Hours, say: Say) -> Figure:
    _ = asked.page.words.gettext
    scale = say.mw(1.0)
    load = (hours.of("load") * scale).tolist()
    rest = (residual(asked, hours) * scale).tolist()
    curves = [Curve(_("Load"), "ev", thinned(load)), Curve(_("Residual load"), "proj", thinned(rest))]
    hard = sum(value > 0.9 * max(load) for value in load) * hours.step
    title = _("Load is within a tenth of its peak |in %(hours)s hours of %(year)s") % {
        "hours": wording.number(round(hard)),
        "year": asked.year,
    }
    subtitle = wording.join(
        [say.power_unit, _("dashed: load less sun and wind that reach the city")], asked.page.language
    )
    return _figure(asked, "load", title, subtitle, curves, say.power_unit, [load, rest])


def _price(asked: Asked, held: Held, hours: Hours | None, say: Say) -> Figure | None:
    _ = asked.page.words.gettext
    if hours is not None and "price" in hours.columns:
        values = hours.columns["price"].tolist()
        points = thinned(values)
    else:
        told = held.record["prices"][str(asked.year)].get("duration", {})
        points = [(int(part) / 100, value) for part, value in told.items()]
        if not points:
            return None
        values = None
    middle = points[len(points) // 2][1] if values is None else sorted(values)[len(values) // 2]
    title = _("In half of the hours of %(year)s |power costs %(price)s or less") % {
        "year": asked.year,
        "price": say.price(middle),
    }
    subtitle = wording.join(
        [say.price_unit, _("hours in falling order; the top may be cut, the figure says the highest")],
        asked.page.language,
    )
    top = max(3 * middle, 1.0)
    return _figure(
        asked, "price", title, subtitle, [Curve(_("price"), "ev", points)], say.price_unit,
        [values] if values is not None else None, top,
    )  # fmt: skip


def _figure(
    asked: Asked, uid: str, title: str, subtitle: str, curves: list[Curve], unit: str,
    values: list[list[float]] | None, top: float | None = None,
) -> Figure:  # fmt: skip
    _ = asked.page.words.gettext
    if values is not None:
        order = [sorted(each, reverse=True) for each in values]
        rows = [[_percent(part), *(_tick(each[round(part * (len(each) - 1))]) for each in order)] for part in PARTS]
    else:
        rows = [[_percent(part), *(_tick(value) for value in [value])] for part, value in curves[0].points]
    return Figure(
        uid=uid,
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            uid, title.replace("|", ""), subtitle,
            duration(
                curves, unit=unit, across=_("part of the year in which it is exceeded"), tick=_tick, percent=_percent,
                top=top,
            ),
        ),
        columns=[Column(_("Part of the year"), False), *(Column(curve.name) for curve in curves)],
        rows=rows,
    )  # fmt: skip


def _abatement(asked: Asked, held: Held, say: Say) -> Figure | None:
    """Draw the price of the last tonne at each cut of CO2, as the answer was asked for them."""
    points = held.record.get("abatement") or []
    year = str(asked.year)
    if not points:
        return None
    _ = asked.page.words.gettext
    base = held.record["emissions"][year]["total"]
    before = [base, *(point["emissions"][year] for point in points)]
    widths = [max((a - b) / 1e6, 0.0) for a, b in pairwise(before)]
    heights = [point["price"][year] for point in points]
    last = points[-1]
    unit = f"{say.money_word}/{'吨 CO₂' if asked.page.zh else 't CO2'}"
    title = _("To cut CO2 of %(year)s by %(cut)s, |the last tonne costs %(price)s %(unit)s") % {
        "year": year,
        "cut": say.share(last["cut"], 0),
        "price": _tick(heights[-1]),
        "unit": unit,
    }
    return Figure(
        uid="abatement",
        title=title,
        subtitle=_("price of the last tonne at each cut, from a cap on yearly CO2; every year is cut by the same part"),
        drawings=charts.draw(
            "abatement", title.replace("|", ""), title.replace("|", ""),
            steps(widths, heights, unit=unit, across=_("avoided, million tonnes"), tick=_tick),
        ),
        columns=[
            Column(_("Cut"), False),
            Column(_("CO2 left, Mt")),
            Column(unit),
            Column(_("Added cost")),
            Column(_("Not reached, Mt")),
        ],
        rows=[
            [
                say.share(point["cut"], 0),
                _tick(point["emissions"][year] / 1e6),
                _tick(point["price"][year]),
                say.money(point["cost_added"][year], sign=True),
                _tick(point["missed"].get(year, 0.0) / 1e6),
            ]
            for point in points
        ],
    )  # fmt: skip
