"""The week explorer: the hours of some days as the answer runs them, with price and stores beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from dafeng.report import wording
from dafeng.web import charts, query
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.hours import Days, Frame, contents, line, room, stacked
from dafeng.web.charts.plot import width_of
from dafeng.web.charts.stack import Layer
from dafeng.web.charts.ticks import value_axis
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.families import FAMILIES, SOURCES, sources
from dafeng.web.views.power.kept import Floats, Held, Hours
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy

WEEKS, DAYS = 53, 365
#: A year of 365 days that lends its months; weekdays of a made-up year mean nothing and are not shown.
_PLAIN = date(2023, 1, 1)
#: Below this, MW, a layer is rounding of the solver.
_NOTHING = 1.0
#: Below this, GWh, load not served is rounding.
_LOST = 0.01


@dataclass(frozen=True, slots=True)
class Span:
    """The days shown, counted from 0."""

    first: int
    many: int

    def of(self, values: Floats, step: float) -> Floats:
        """Cut the steps of the days out of a year."""
        start = int(self.first * 24 / step)
        return values[start : start + int(self.many * 24 / step)]


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    hours = held.hours(asked.year)
    day = query.one(page.params, "day", [str(n) for n in range(1, DAYS + 1)])
    week = query.one(page.params, "week", [str(n) for n in range(1, WEEKS + 1)])
    peak = held.record["peak_day"][str(asked.year)]["day"]
    if hours is None:
        # Only the day of the peak is part of the record.
        span, hours = Span(peak - 1, 1), _of_record(asked, held)
        values["only_peak"] = True
    elif day:
        span = Span(int(day) - 1, 1)
    else:
        at = int(week) if week else (peak - 1) // 7 + 1
        span = Span(min((at - 1) * 7, DAYS - 7), 7)
    whole = held.hours(asked.year)
    return {
        **values,
        **certificate(asked, held),
        "span": span,
        "when": said(page, span),
        "week": span.first // 7 + 1 if span.many > 1 else 0,
        "weeks": [(n, said(page, Span(min((n - 1) * 7, DAYS - 7), 7))) for n in range(1, WEEKS + 1)],
        "links": _links(asked, whole, peak),
        "facts": _facts(asked, hours, span if whole is not None else Span(0, 1), say),
        "charts": _charts(asked, hours, span if whole is not None else Span(0, 1), span, say),
    }


def _of_record(asked: Asked, held: Held) -> Hours:
    day = held.record["peak_day"][str(asked.year)]
    size = len(day["load"])
    found = {"hour": np.arange(size) * 24.0 / size, "load_MW": np.array(day["load"])}
    if day["price"] is not None:
        found["price"] = np.array(day["price"])
    found |= {f"{name}_MW": np.array(values) for name, values in day["output"].items()}
    return Hours(24 / size, found)


def said(page: Page, span: Span) -> str:
    """Write the days of a span."""
    first, last = (_PLAIN + timedelta(days=span.first + extra) for extra in (0, span.many - 1))
    if page.zh:
        text = f"{first.month} 月 {first.day} 日"
        return text if span.many == 1 else f"{text}—{last.month} 月 {last.day} 日"
    text = f"{first.day} {first:%b}"
    return text if span.many == 1 else f"{text} – {last.day} {last:%b}"


def residual(asked: Asked, hours: Hours) -> Floats:
    """Give load less what sun and wind bring to the city."""
    found = sources(asked.spec, hours.of)
    return np.asarray(hours.of("load") - sum((found[id] for id in ("wind", "pv") if id in found), np.zeros(1)))


def _links(asked: Asked, hours: Hours | None, peak: int) -> list[tuple[str, str]]:
    """Give links to days that tell the most: the peak, the lowest residual load, the dearest day."""
    _ = asked.page.words.gettext
    if hours is None:
        return []
    each = max(int(24 / hours.step), 1)
    low = int(residual(asked, hours)[: DAYS * each].argmin()) // each
    dear = int(hours.columns["price"][: DAYS * each].reshape(DAYS, each).mean(axis=1).argmax())
    return [
        (asked.url("week", year=asked.year, day=at + 1), f"{word}{_(': ')}{said(asked.page, Span(at, 1))}")
        for at, word in (
            (peak - 1, _("Day of the peak")),
            (low, _("Day of the lowest residual load")),
            (dear, _("Dearest day")),
        )
    ]


def _facts(asked: Asked, hours: Hours, span: Span, say: Say) -> list[tuple[str, str]]:
    _ = asked.page.words.gettext
    load = span.of(hours.of("load"), hours.step)
    found = {id: span.of(v, hours.step) for id, v in sources(asked.spec, hours.of).items()}
    free = sum(found[id].sum() for id in ("wind", "pv") if id in found)
    clean = sum(
        tech.renewable * span.of(hours.of(name), hours.step).sum() for name, tech in asked.spec.technologies.items()
    )
    moved = sum(span.of(hours.of(name), hours.step).sum() for name in (*asked.spec.flexible, *asked.spec.responses))
    lost = span.of(hours.of("lost"), hours.step).sum() * hours.step / 1e3
    last = (_("Load moved or given up"), say.energy(float(moved) * hours.step / 1e3))
    if lost > _LOST:
        last = (_("Load not served"), say.energy(float(lost)))
    return [
        (_("Highest load"), say.power(float(load.max()))),
        (_("Sun and wind over load"), say.share(float(free / load.sum()))),
        (_("Renewable generation over load"), say.share(float(clean / load.sum()))),
        last,
    ]


def _charts(asked: Asked, hours: Hours, span: Span, shown: Span, say: Say) -> list[Figure]:
    page, spec = asked.page, asked.spec
    _ = page.words.gettext

    def cut(name: str, unit: str = "MW") -> Floats:
        return span.of(hours.of(name, unit), hours.step)

    found = sources(spec, cut)
    up = {id: found[id] for id in SOURCES if id in found}
    up["storage"] = sum((cut(name) for name in spec.storages), np.zeros(1))
    up["dr"] = sum((cut(name) for name in (*spec.responses, *spec.flexible)), np.zeros(1))
    down = {
        "storage": sum((cut(f"{name}.in") for name in spec.storages), np.zeros(1)),
        "dr": sum((cut(f"{n}.more") for n in spec.flexible), np.zeros(1))
        + sum((cut(f"{n}.back") for n in spec.responses), np.zeros(1)),
    }
    load = cut("load")
    scale = say.mw(1.0)
    layers = [
        Layer(asked.family(id), f"cf-{FAMILIES[id][0]}", (np.broadcast_to(values, load.shape) * scale).tolist())
        for id, values in up.items()
        if np.abs(values).max() > _NOTHING
    ]
    words = {"storage": _("Into stores"), "dr": _("Load moved here")}
    layers += [
        Layer(words[id], f"cf-{FAMILIES[id][0]}", (-np.broadcast_to(values, load.shape) * scale).tolist())
        for id, values in down.items()
        if np.abs(values).max() > _NOTHING
    ]
    days = Days(
        [said(page, Span(shown.first + n, 1)) for n in range(shown.many)],
        [_short(shown.first + n) for n in range(shown.many)],
        hours.step,
        max(int(load.argmax()) // max(int(24 / hours.step), 1) - 1, 0),
    )
    stores = [name for name in spec.storages if cut(f"{name}.content", "MWh").max() > _NOTHING]
    names = [*(layer.name for layer in layers), *(asked.name(name) for name in stores), _("price")]
    high = value_axis([0.0, float(load.max()) * scale * 1.1], zero=True)
    price = cut_price(hours, span)
    left = max(
        room([_tick(value) for value in high]),
        room([_tick(v) for v in value_axis([0.0, float(price.max())], zero=True, most=4)]),
    )
    frame = Frame(days, left, 46 + max(width_of(name) for name in names))
    return [
        _dispatch(asked, frame, layers, (load * scale).tolist(), say),
        _price(asked, frame, price, say),
        *([_stores(asked, frame, hours, span, stores, say)] if stores else []),
    ]


def _tick(value: float) -> str:
    return wording.number(tidy(value))


def cut_price(hours: Hours, span: Span) -> Floats:
    """Give the price of the steps of the days."""
    return span.of(hours.columns.get("price", np.zeros(hours.columns["hour"].size)), hours.step)


def _short(day: int) -> str:
    at = _PLAIN + timedelta(days=day)
    return f"{at.month}-{at.day:02d}"


def _rows(frame: Frame, layers: list[Layer]) -> list[list[str]]:
    """Give one row for every six hours."""
    days = frame.days
    every = max(int(6 / days.step), 1)
    out = []
    for i in range(0, len(layers[0].values), every):
        when = f"{days.names[i // days.each]} {int(i % days.each * days.step):02d}:00"
        out.append([when, *(wording.number(tidy(float(np.mean(layer.values[i : i + every])))) for layer in layers)])
    return out


def _dispatch(asked: Asked, frame: Frame, layers: list[Layer], load: list[float], say: Say) -> Figure:
    _ = asked.page.words.gettext
    top = int(np.argmax(load))
    at_top = {layer.name: layer.values[top] for layer in layers if layer.values[top] > 0}
    first, *rest = sorted(at_top, key=at_top.__getitem__, reverse=True)[:3]
    lead = [first, *(wording.inside(name, asked.page.language) for name in rest)]
    title = _("%(sources)s |carry the highest load") % {"sources": wording.listed(lead, asked.page.language)}
    subtitle = wording.join(
        [say.power_unit, _("supply by the hour; below zero: drawn; line: load")], asked.page.language
    )
    return Figure(
        uid="dispatch",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "dispatch", title.replace("|", ""), subtitle,
            stacked(
                frame, layers, load, unit=say.power_unit, tick=_tick,
                peak=lambda value: _("highest load %(value)s") % {"value": _tick(value)},
            ),
        ),
        columns=[Column(_("Six hours from"), False), *(Column(layer.name) for layer in layers), Column(_("Load"))],
        rows=_rows(frame, [*layers, Layer("", "", load)]),
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in layers],
    )  # fmt: skip


def _price(asked: Asked, frame: Frame, price: Floats, say: Say) -> Figure:
    _ = asked.page.words.gettext
    low, high = float(price.min()), float(price.max())
    title = _("Price between %(low)s and %(high)s") % {"low": _tick(low), "high": _tick(high)}
    return Figure(
        uid="price",
        title=title,
        subtitle=wording.join([say.price_unit, _("cost of one more MWh in the hour")], asked.page.language),
        drawings=charts.draw(
            "price", title, title,
            line(frame, price.tolist(), unit=say.price_unit, tick=_tick, name=_("price")),
        ),
        columns=[Column(_("Six hours from"), False), Column(say.price_unit)],
        rows=_rows(frame, [Layer("", "", price.tolist())]),
    )  # fmt: skip


def _stores(asked: Asked, frame: Frame, hours: Hours, span: Span, names: list[str], say: Say) -> Figure:
    _ = asked.page.words.gettext
    scale = say.mw(1.0)
    layers = [
        Layer(
            asked.name(name), "cf-f-storage", (span.of(hours.of(f"{name}.content", "MWh"), hours.step) * scale).tolist()
        )
        for name in names
    ]
    title = _("Energy in stores, up to %(value)s") % {
        "value": f"{_tick(max(max(layer.values) for layer in layers))}{wording.NBSP}{say.store_unit}"
    }
    return Figure(
        uid="stores",
        title=title,
        subtitle=say.store_unit,
        drawings=charts.draw("stores", title, title, contents(frame, layers, unit=say.store_unit, tick=_tick)),
        columns=[Column(_("Six hours from"), False), *(Column(layer.name) for layer in layers)],
        rows=_rows(frame, layers),
    )
