"""Alternatives near the optimum: how little and how much of each capacity costs hardly more."""

from __future__ import annotations

from typing import Any

from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.ranges import BARS, Reach, reaches
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy

#: A capacity below this part of the peak is none, and an end within this part of the optimum is the optimum.
STILL, NEARLY = 1e-3, 0.01


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page, lambda held: bool(held.record.get("alternatives")))
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    spans = held.record["alternatives"]
    year = spans[0]["year"]
    parts = sorted({span["within"] for span in spans})
    by = {(span["name"], span["within"]): span for span in spans}
    names = list(dict.fromkeys(span["name"] for span in spans))
    peak = held.record["adequacy"][str(year)]["peak"]
    groups = _groups(asked, names, parts[-1], by, peak)
    return {
        **values,
        **certificate(asked, held),
        "ranged": year,
        "parts": [wording.percent(part) for part in parts],
        "chart": _chart(asked, names, parts, by, year, say),
        "sentence": _sentence(asked, groups, len(names), parts[-1]),
        "groups": groups,
        "rows": [_row(asked, name, parts, by, say) for name in names],
    }


def _tick(value: float) -> str:
    return wording.number(tidy(value))


def _clean(value: float) -> float:
    """Take off what the proof leaves open below zero."""
    return max(value, 0.0)


def _order(names: list[str], widest: float, by: dict[Any, Any]) -> list[str]:
    return sorted(names, key=lambda name: by[name, widest]["least"] - by[name, widest]["most"])


def _chart(asked: Asked, names: list[str], parts: list[float], by: dict[Any, Any], year: int, say: Say) -> Figure:
    _ = asked.page.words.gettext
    widest = parts[-1]
    order = _order(names, widest, by)
    rows = []
    for name in order:
        spans = [(by[name, part]["least"], by[name, part]["most"]) for part in reversed(parts)]
        low, high = (_tick(say.mw(_clean(end))) for end in spans[0])
        dash = "—" if asked.page.zh else "\u2013"
        rows.append(
            Reach(
                asked.name(name),
                [(say.mw(_clean(low)), say.mw(_clean(high))) for low, high in spans],
                say.mw(_clean(by[name, widest]["optimum"])),
                low if low == high else f"{low}{dash}{high}",
            )
        )
    first = by[order[0], widest]
    title = _("For %(share)s more cost, %(name)s may be |anything from %(low)s to %(high)s") % {
        "share": wording.percent(widest),
        "name": wording.inside(asked.name(order[0]), asked.page.language),
        "low": say.power(_clean(first["least"])),
        "high": say.power(_clean(first["most"])),
    }
    subtitle = wording.join(
        [f"{say.power_unit}, {year}", _("bars: least to most capacity; diamond: least cost")], asked.page.language
    )
    heads = [f"{wording.percent(part)} {word}" for part in parts for word in (_("least"), _("most"))]
    return Figure(
        uid="ranges",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "ranges", title.replace("|", ""), subtitle, reaches(rows, unit=say.power_unit, tick=_tick)
        ),
        columns=[Column(_("Entry"), False), Column(_("Least cost")), *(Column(head) for head in heads)],
        rows=[
            [
                asked.name(name),
                _tick(say.mw(_clean(by[name, widest]["optimum"]))),
                *(_tick(say.mw(_clean(by[name, part][end]))) for part in parts for end in ("least", "most")),
            ]
            for name in order
        ],
        legend=[
            (css, _("within %(share)s of least cost") % {"share": wording.percent(part)})
            for (css, _thick), part in zip(BARS[len(BARS) - len(parts) :], reversed(parts), strict=False)
        ],
    )


def _groups(
    asked: Asked, names: list[str], part: float, by: dict[Any, Any], peak: float
) -> list[tuple[str, list[str]]]:
    """Tell what may be left out within a part of the cost, what may not be less, and what may be added."""
    _ = asked.page.words.gettext
    out, firm, more = [], [], []
    for name in names:
        span = by[name, part]
        if span["optimum"] > STILL * peak:
            if span["least"] <= STILL * peak:
                out.append(asked.name(name))
            elif span["least"] >= (1 - NEARLY) * span["optimum"]:
                firm.append(asked.name(name))
        elif span["most"] > STILL * peak:
            more.append(asked.name(name))
    groups = [
        (_("Can be left out"), out),
        (_("Cannot be less than at least cost"), firm),
        (_("Can be added, though least cost has none"), more),
    ]
    return [(words, found) for words, found in groups if found]


def _sentence(asked: Asked, groups: list[tuple[str, list[str]]], count: int, part: float) -> str:
    """Say how many capacities may be left out, stay, or be added."""
    _ = asked.page.words.gettext
    found = {words: len(names) for words, names in groups}
    return _(
        "Within %(share)s of least cost, %(out)s of %(all)s capacities can be left out, %(firm)s cannot be less, and "
        "%(more)s that least cost does not have can be added."
    ) % {
        "share": wording.percent(part),
        "all": count,
        "out": found.get(_("Can be left out"), 0),
        "firm": found.get(_("Cannot be less than at least cost"), 0),
        "more": found.get(_("Can be added, though least cost has none"), 0),
    }


def _row(asked: Asked, name: str, parts: list[float], by: dict[Any, Any], say: Say) -> tuple[str, str, list[str]]:
    dash = "—" if asked.page.zh else "\u2013"
    cells = []
    for part in parts:
        low, high = (_tick(say.mw(_clean(by[name, part][end]))) for end in ("least", "most"))
        cells.append(f"{low}{dash}{high}" if low != high else low)
    return asked.name(name), _tick(say.mw(_clean(by[name, parts[-1]]["optimum"]))), cells
