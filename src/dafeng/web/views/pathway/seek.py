"""What closes a gap: the least moves of the levers that meet the targets a reader names, within their lead times."""

from __future__ import annotations

from typing import Any

from dafeng.errors import Refused
from dafeng.pathway.answers import answers_of
from dafeng.pathway.effort import Effort, least_effort
from dafeng.pathway.question import PEAK
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.views.pathway.asked import Asked, read, written

MOST = 12


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page; nothing is sought before a target is named."""
    asked = read(page)
    known = {each.target.id: each.target for each in answers_of(asked.pathway)}
    chosen = query.several(page.params, "target", [*known, PEAK])[:MOST]
    years = [str(year) for year in asked.pathway.years]
    text = query.one(page.params, "decided", [*years, "any"]) or str(page.snapshot.today.year)
    decided = None if text == "any" else int(text)
    found: Effort | None = None
    refused = ""
    if chosen:
        try:
            found = least_effort(asked.pathway, chosen, scenario=asked.scenario, decided=decided)
        except Refused as error:
            refused = error.text(page.language)
    by = {each.target: each for each in asked.projection.targets}
    return {
        "asked": asked,
        "targets": [
            (id, page.label(by[id].label), f"{page.amount(target)} · {target.due}", id in chosen, by[id].met)
            for id, target in known.items()
            if id in by
        ],
        "peak": PEAK in chosen,
        "deadline": asked.pathway.settings.peak_before,
        "decided": text,
        "years": [str(year) for year in asked.pathway.years if page.snapshot.today.year - 2 <= year <= 2035],
        "found": found,
        "refused": refused,
        "levers": _levers(asked, found) if found else [],
        "goals": _goals(asked, found) if found else [],
        "apply": _apply(asked, found) if found else "",
        "path": _path(found) if found else [],
        "answer": _answer(asked, found) if found else "",
    }


def _answer(asked: Asked, found: Effort) -> str:
    _ = asked.page.words.gettext
    if not found.levers:
        return _("The scenario meets them as it is.") if found.found else _("No lever moves them in time.")
    count = len(found.levers)
    if found.found:
        said = asked.page.words.ngettext("%(num)s lever closes the gap", "%(num)s levers close the gap", count)
        return said % {"num": count}
    return _("The levers cannot close the gap in time; the nearest they come is shown.")


def _apply(asked: Asked, found: Effort) -> str:
    return asked.url(x=written({**asked.moved, **found.settings}))


def _levers(asked: Asked, found: Effort) -> list[tuple[str, str, str, str, str, str]]:
    page, pathway = asked.page, asked.pathway
    actions = {action.id: action for action in page.snapshot.city.plan().actions}
    _ = page.words.gettext
    rows = []
    for each in found.levers:
        lever = pathway.levers[each.lever]
        action = page.label(actions[lever.action].short) if lever.action in actions else _("Drivers")
        dash = "—" if page.zh else "–"
        span = f"{wording.number(each.low)}{dash}{wording.number(each.high)}"
        rows.append(
            (
                page.label(lever.label),
                action,
                page.q(each.before, each.unit),
                page.q(each.value, each.unit),
                span,
                _("at the end of its reach") if each.bound else "",
            )
        )
    return rows


def _goals(asked: Asked, found: Effort) -> list[tuple[str, str, str, str, str, bool]]:
    page = asked.page
    by = {each.target: each for each in asked.projection.targets}
    rows = []
    for each in found.targets:
        if each.target == PEAK:
            name = page.words.gettext("CO2 of %(year)s below its highest before") % {"year": each.year}
        else:
            name = page.label(by[each.target].label)
        ask, before, value = (page.q(number, each.unit) for number in (each.asked, each.before, each.value))
        rows.append((name, str(each.year), ask, before, value, each.met))
    return rows


def _path(found: Effort) -> list[tuple[str, str]]:
    return [(wording.percent(part), wording.number(effort, decimals=4)) for part, effort, _ in found.path]
