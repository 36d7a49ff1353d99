"""The form of one district: what it delivers of the measures, and one lever moved for it alone."""

from __future__ import annotations

from dataclasses import replace

from dafeng.errors import RequestFaults
from dafeng.pathway.lever import Lever
from dafeng.pathway.local import span
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.views.pathway.asked import Asked, number, same, told

#: Fields of the form: what the place delivers, one lever, and its value.
DELIVERY, LEVER, VALUE = "delivery", "lever", "value"


def after(asked: Asked, id: str) -> str:
    """Give the address that a form of the place means."""
    params, moved = asked.page.params, dict(asked.moved)

    def said(name: str) -> str:
        return params.get(name, ("",))[-1].strip()

    wishes = [(lever.id, said(DELIVERY)) for lever in asked.pathway.levers.values() if lever.kind == "delivery"]
    wishes += [(said(LEVER), said(VALUE))] if said(LEVER) else []
    for lever, text in wishes:
        if not text:
            continue
        value = number(asked.page, DELIVERY if lever != said(LEVER) else VALUE, lever, text)
        moved[f"{lever}@{id}"] = value
        # What all districts deliver anyway is no setting of one.
        if lever != said(LEVER) and same(value, asked.scenario.local.get(lever, (1.0,))[0]):
            moved.pop(f"{lever}@{id}")
    try:
        asked.pathway.scenario(asked.base, moved)
    except RequestFaults as error:
        raise query.BadQuery(VALUE, error.faults[0].place, said=told(asked.page, error)) from None
    return replace(asked, moved=moved).url("places", id)


def value(asked: Asked, lever: Lever, value: float) -> str:
    """Write a setting as a reader says it."""
    if lever.kind == "delivery":
        return wording.percent(value)
    return str(asked.page.q(float(f"{value:.4g}"), lever.unit))


def delivery(asked: Asked, id: str) -> dict[str, str] | None:
    """Give the field of what a place delivers: value, range; None where the pack has no such lever."""
    lever = next((each for each in asked.pathway.levers.values() if each.kind == "delivery"), None)
    if lever is None:
        return None
    local = asked.scenario.local
    value = local.get(f"{lever.id}@{id}", local.get(lever.id, (1.0, lever.schedule)))[0]
    return {"value": f"{value:g}", "low": f"{lever.range[0]:g}", "high": f"{lever.range[1]:g}"}


def levers(asked: Asked, id: str) -> list[tuple[str, str]]:
    """List the levers that can be moved for a place, each with its range there."""
    page, found = asked.page, []
    for lever, parts in asked.pathway.reaches.items():
        if any(part.key for part in parts):
            each = asked.pathway.levers[lever]
            low, high = span(asked.pathway, each, id)
            unit = wording.unit_word(each.unit, page.language)
            words = (
                f"{page.label(each.label)}（{low:.4g}—{high:.4g} {unit}）"
                if page.zh
                else (f"{page.label(each.label)} ({low:.4g}–{high:.4g} {unit})".replace(" )", ")"))
            )
            found.append((lever, words))
    return found
