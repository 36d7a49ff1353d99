"""The simulator: move levers, see peak, CO2 and targets at once; every number opens what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import RedirectResponse, Response

from dafeng.pathway import project
from dafeng.pathway.answers import TargetProjection
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.views.pathway import figures
from dafeng.web.views.pathway.asked import DRAWS, FIELD, SEED, UNTIL, Asked, read, tonnes
from dafeng.web.views.pathway.controls import groups

ACTS = ("undo", "reset", "pin", "odds")
#: A gap below this part of a target is none to a reader.
SLIGHT = 1e-3


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: name, value, remark."""

    id: str
    name: str
    value: str
    remark: str


@dataclass(frozen=True, slots=True)
class Item:
    """One target of the strip."""

    id: str
    css: str
    word: str
    name: str
    asked: str
    gap: str
    owner: str
    first: bool


def show(page: Page) -> Response | dict[str, Any]:
    """Give the values of the simulator; a form that was sent without scripts is answered with the address it means."""
    asked = read(page)
    act = query.one(page.params, "do", ACTS)
    if act or any(name.startswith(FIELD) for name in page.params):
        return RedirectResponse(_after(asked, act), 303)
    drawn = bool(query.one(page.params, "odds", ["1"])) and not asked.scenario.local
    return {
        **result(page, asked),
        **(odds(page, asked) if drawn else {"fan": None}),
        "groups": groups(asked),
        "scenarios": [(each.id, page.label(each.label)) for each in asked.pathway.scenarios.values()],
        "boundaries": [(each.id, page.label(each.label)) for each in asked.pathway.settings.boundaries],
        "until_years": UNTIL,
        "working": len(asked.pathway.working),
        "waiting": sum(not each.works for each in asked.pathway.levers.values()),
    }


def _after(asked: Asked, act: str) -> str:
    page = asked.page
    if act == "undo":
        before = query.read(page.params.get("before", ("",))[-1], 8_000)
        return page.url(
            "pathway", **{name: values[-1] for name, values in before.items() if name not in ("do", "before")}
        )
    if act == "reset":
        return replace(asked, moved={}).url()
    if act == "pin":
        return replace(asked, pin=asked.base, pin_moved=asked.moved).url()
    return asked.url(odds="1" if act == "odds" else "")


def result(page: Page, asked: Asked | None = None) -> dict[str, Any]:
    """Give the values of the result alone."""
    asked = asked or read(page)
    strip = _strip(asked)
    return {
        "asked": asked,
        "key_figures": _figures(asked),
        "chart": figures.by_sector(asked),
        "missed": [item for item in strip if item.css == "off"],
        "met_items": [item for item in strip if item.css == "met"],
        "heading": _heading(asked),
        "pinned": page.label(asked.pinned.label) if asked.pinned else "",
        "pin_moved": len(asked.pin_moved),
    }


def odds(page: Page, asked: Asked | None = None) -> dict[str, Any]:
    """Give the values of what the draws say."""
    asked = asked or read(page)
    if asked.scenario.local:
        raise query.BadQuery("p", page.words.gettext("draws are of the whole city"))
    drawn = project(asked.pathway, asked.scenario, draws=DRAWS, seed=SEED)
    peak = drawn.boundaries[asked.boundary.id].peak
    assert peak is not None  # noqa: S101 - every boundary has one
    _ = page.words.gettext
    confirmed = _("confirmed by the peak test in %(share)s") % {"share": wording.percent(peak.p_confirmed)}
    low, high = _interval(peak.years)
    return {
        "asked": asked,
        "fan": figures.odds(asked, drawn),
        "chance": Figure(
            "odds",
            _("Peaks before %(year)s") % {"year": peak.before},
            wording.percent(peak.p_before),
            confirmed if peak.p_confirmed is not None else "",
        ),
        "interval": _("80 %% of draws: %(span)s") % {"span": f"{low}{'—' if page.zh else '–'}{high}"},
        "met": {
            each.target: wording.percent(each.probability) for each in drawn.targets if each.probability is not None
        },
    }


def _interval(years: tuple[tuple[int, float], ...]) -> tuple[int, int]:
    """Give the years between which the middle 80 % of the draws have their highest."""
    below = 0.0
    low = high = years[0][0]
    found_low = False
    for year, part in years:
        below += part
        if not found_low and below >= 0.1:
            low, found_low = year, True
        high = year
        if below >= 0.9:
            break
    return low, high


def _heading(asked: Asked) -> str:
    page = asked.page
    label = page.label(asked.scenario.label)
    if not asked.moved:
        return label
    count = len(asked.moved)
    return page.words.ngettext("%(label)s, %(num)s lever moved", "%(label)s, %(num)s levers moved", count) % {
        "label": label,
        "num": count,
    }


def _figures(asked: Asked) -> list[Figure]:
    page = asked.page
    _ = page.words.gettext
    projection = asked.projection
    line = projection.boundaries[asked.boundary.id]
    peak = line.peak
    assert peak is not None  # noqa: S101 - every boundary has one
    found = [
        Figure("peak", _("Highest year"), str(peak.year), tonnes(page, peak.value)),
        Figure(
            "odds",
            _("Peaks before %(year)s") % {"year": peak.before},
            "—",
            _("not drawn while districts are set")
            if asked.scenario.local
            else _("from %(draws)s draws") % {"draws": DRAWS},
        ),
    ]
    binding = projection.binding
    if binding:
        found.append(Figure("binding", _("Binds first"), page.label(binding.label), _owner(page, binding)))
    else:
        found.append(Figure("binding", _("Binds first"), _("none"), _("every modelled target is met")))
    year = min(asked.pathway.settings.peak_before, asked.run[-1])
    if asked.beside:
        at = projection.years.index(year)
        change = float(line.values[at] - asked.beside.boundaries[asked.boundary.id].values[at])
        found.append(
            Figure(
                "change",
                _("Against the pinned scenario"),
                tonnes(page, change, sign=True),
                _("CO2 in %(year)s") % {"year": year},
            )
        )
    else:
        value = float(line.values[projection.years.index(year)])
        found.append(
            Figure("change", _("CO2 in %(year)s") % {"year": year}, tonnes(page, value), _("nothing else is pinned"))
        )
    return found


def _owner(page: Page, target: TargetProjection) -> str:
    names = [page.snapshot.index.organisations[id] for id in target.units if id in page.snapshot.index.organisations]
    if not names:
        return page.words.gettext("the plan names no unit")
    others = len(names) - 1
    more = page.words.gettext("+%(others)s") % {"others": others, "all": others + 1} if others else ""
    return f"{page.label(names[0].short)} {more}".strip()


def _strip(asked: Asked) -> list[Item]:
    """Give the targets, those missed first, the earliest due first among them."""
    page = asked.page
    _ = page.words.gettext
    binding = asked.projection.binding
    index = page.snapshot.index
    found = []
    for each in sorted(asked.projection.targets, key=lambda t: (t.met, t.year, -t.shortfall)):
        declared = index.targets[each.target][1]
        to = page.to(declared)
        unit = "百分点" if each.unit == "%" else each.unit
        gap = page.q(abs(each.gap), unit, to="" if each.unit == "%" else to)
        words = (_("%(gap)s to spare") if each.met else _("%(gap)s short")) % {"gap": gap}
        if each.met and abs(each.gap) <= SLIGHT * max(abs(each.asked), 1e-9):
            words = _("just met")
        found.append(
            Item(
                id=each.target,
                css="met" if each.met else "off",
                word=_("Met in this scenario") if each.met else _("Missed"),
                name=page.label(each.label),
                asked=f"{page.amount(declared)} · {each.year}",
                gap=words,
                owner=_owner(page, each),
                first=binding is not None and binding.target == each.target,
            )
        )
    return found
