"""The virtual power plant: flexible resources by hour of the peak day against the target, their cost, their worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.hours import Days, Frame, room
from dafeng.web.charts.plot import width_of
from dafeng.web.charts.portfolio import Money, costs, portfolio
from dafeng.web.charts.stack import Layer
from dafeng.web.charts.ticks import value_axis
from dafeng.web.page import Page
from dafeng.web.views.power import flexible
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.flexible import Resource
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy
from dafeng.web.views.power.week import Span, said

#: Colours of the resources, by kind, in the order they stand.
_COLOURS = {
    "response": ("f-dr",),
    "load": ("s-transport", "s-building", "s-industry", "s-other"),
    "store": ("f-storage", "s-sink"),
}


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    found = flexible.portfolio(asked, held)
    peak = held.record["adequacy"][str(asked.year)]["peak"]
    share = flexible.target(asked)
    response = sum(one.most for one in found if one.kind == "response")
    return {
        **values,
        **certificate(asked, held),
        "when": said(page, Span(held.record["peak_day"][str(asked.year)]["day"] - 1, 1)),
        "facts": _facts(asked, found, peak, share, response, say),
        "able": _able(asked, found, peak, share, say) if found else None,
        "given": _given(asked, found, say) if any(one.given.max() > 1 for one in found) else None,
        "money": _money(asked, found, say) if found else None,
        "rows": [_row(asked, one, peak, say) for one in found],
        "all": found,
    }


def _tick(value: float) -> str:
    return wording.number(tidy(value))


def colours(found: list[Resource]) -> dict[str, str]:
    """Give each resource its colour."""
    seen: dict[str, int] = {}
    out = {}
    for one in found:
        of = _COLOURS[one.kind]
        out[one.id] = of[seen.get(one.kind, 0) % len(of)]
        seen[one.kind] = seen.get(one.kind, 0) + 1
    return out


def _facts(
    asked: Asked, found: list[Resource], peak: float, share: float | None, response: float, say: Say
) -> list[tuple[str, str, str]]:
    _ = asked.page.words.gettext
    top = asked.held.record["peak_day"][str(asked.year)]["load"] if asked.held else []
    at = top.index(max(top)) if top else 0
    able = sum(float(one.able[at]) for one in found)
    asks = say.power(share * peak) if share is not None else "—"
    best = [one for one in found if one.worth is not None and one.kind == "response"]
    worth = say.money(best[0].worth) if best else "—"
    return [
        (
            _("Target: demand response"),
            asks,
            _("%(share)s of the peak") % {"share": say.share(share, 0)} if share else "",
        ),
        (
            _("Demand response of the answer"),
            say.power(response),
            _("%(share)s of the peak") % {"share": say.share(response / peak)},
        ),
        (
            _("All resources at the peak hour"),
            say.power(able),
            _("%(share)s of the peak") % {"share": say.share(able / peak)},
        ),
        (_("One more GW of demand response saves"), worth, _("in the year, before its own cost")),
    ]


def _frame(asked: Asked, found: list[Resource], names: list[str], high: float) -> Frame:
    assert asked.held is not None  # noqa: S101 - asked for by the caller
    step = 24 / len(found[0].able)
    day = asked.held.record["peak_day"][str(asked.year)]["day"]
    name = said(asked.page, Span(day - 1, 1))
    ticks = value_axis([0.0, high * 1.1], zero=True)
    left = room([wording.number(tidy(value)) for value in ticks])
    return Frame(Days([name], [name], step), left, 46 + max(width_of(one) for one in names))


def _able(asked: Asked, found: list[Resource], peak: float, share: float | None, say: Say) -> Figure:
    _ = asked.page.words.gettext
    scale, colour = say.mw(1.0), colours(found)
    layers = [Layer(asked.name(one.id), f"cf-{colour[one.id]}", (one.able * scale).tolist()) for one in found]
    whole = np.sum([one.able for one in found], axis=0)
    if share is None:
        title = _("Between %(low)s and %(high)s could be given, |hour by hour") % {
            "low": say.power(float(whole.min())),
            "high": say.power(float(whole.max())),
        }
    else:
        enough = int((whole >= share * peak).sum()) * 24 // len(whole)
        title = _("Together the resources reach %(share)s of the peak |in %(hours)s of 24 hours") % {
            "share": say.share(share, 0),
            "hours": enough,
        }
    subtitle = wording.join(
        [say.power_unit, _("what could be given at most in an hour, not for how long")], asked.page.language
    )
    names = [layer.name for layer in layers]
    level = share * peak * scale if share is not None else None
    words = _("target %(value)s") % {"value": wording.number(tidy(level))} if level is not None else ""
    frame = _frame(asked, found, names, float(whole.max()) * scale)
    return Figure(
        uid="able",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "able", title.replace("|", ""), subtitle,
            portfolio(frame, layers, level, words, unit=say.power_unit, tick=_tick),
        ),
        columns=[Column(_("Hour"), False), *(Column(name) for name in names), Column(_("All"))],
        rows=_rows(layers, frame.days.step),
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in layers],
    )  # fmt: skip


def _rows(layers: list[Layer], step: float) -> list[list[str]]:
    return [
        [
            f"{int(i * step):02d}:00",
            *(wording.number(tidy(layer.values[i])) for layer in layers),
            wording.number(tidy(sum(layer.values[i] for layer in layers))),
        ]
        for i in range(len(layers[0].values))
    ]


def _given(asked: Asked, found: list[Resource], say: Say) -> Figure:
    _ = asked.page.words.gettext
    scale, colour = say.mw(1.0), colours(found)
    used = [one for one in found if one.given.max() > 1]
    layers = [Layer(asked.name(one.id), f"cf-{colour[one.id]}", (one.given * scale).tolist()) for one in used]
    whole = np.sum([one.given for one in used], axis=0)
    title = _("At least cost up to %(value)s are given on that day") % {"value": say.power(float(whole.max()))}
    names = [layer.name for layer in layers]
    frame = _frame(asked, used, names, float(whole.max()) * scale)
    subtitle = wording.join(
        [say.power_unit, _("load given up or moved away, and power from stores")], asked.page.language
    )
    return Figure(
        uid="given",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "given", title, subtitle,
            portfolio(frame, layers, None, "", unit=say.power_unit, tick=_tick),
        ),
        columns=[Column(_("Hour"), False), *(Column(name) for name in names), Column(_("All"))],
        rows=_rows(layers, frame.days.step),
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in layers],
    )  # fmt: skip


def _money(asked: Asked, found: list[Resource], say: Say) -> Figure | None:
    """Draw what each GW costs in the year, part by part, with what one more would save as a mark."""
    _ = asked.page.words.gettext
    parts = ((_("Capital"), "q5"), (_("Upkeep"), "q3"), (_("For energy given"), "f-dr"))
    scale, unit = (1e8, f"亿{say.money_word}") if asked.page.zh else (1e6, f"million {say.money_word}")
    bars = [
        Money(
            asked.name(one.id),
            [each / one.most * 1e3 / scale for each in (one.capital, one.upkeep, one.running)],
            one.worth / scale if one.worth is not None else None,
        )
        for one in found
    ]
    if not any(sum(bar.parts) > 0 or bar.worth for bar in bars):
        return None
    each = min(found, key=lambda one: one.cost / one.most)
    title = _("%(name)s costs least by GW: |%(money)s a year") % {
        "name": asked.name(each.id),
        "money": say.money(each.cost / each.most * 1e3),
    }
    subtitle = wording.join(
        [unit, _("by GW and year; diamond: what one more GW saves, its own cost not counted")], asked.page.language
    )
    return Figure(
        uid="money",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "money", title.replace("|", ""), subtitle,
            costs(bars, [css for _name, css in parts], unit=unit, tick=_tick),
        ),
        columns=[Column(_("Resource"), False), *(Column(name) for name, _css in parts), Column(_("One more GW saves"))],
        rows=[[bar.name, *map(_tick, bar.parts), _tick(bar.worth) if bar.worth is not None else "—"] for bar in bars],
        legend=[(css, name) for name, css in parts],
    )  # fmt: skip


def _row(asked: Asked, one: Resource, peak: float, say: Say) -> tuple[str, str, str, str, str, str, str]:
    _ = asked.page.words.gettext
    kinds = {"response": _("load given up"), "load": _("load that moves"), "store": _("store")}
    saved = say.money(one.benefit) if one.benefit is not None else "—"
    return (
        asked.name(one.id),
        kinds[one.kind],
        say.power(one.most),
        say.share(one.most / peak),
        say.energy(one.energy),
        say.money(one.cost),
        say.money(one.worth) + _(" by GW") if one.worth is not None else saved,
    )
