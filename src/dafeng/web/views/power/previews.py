"""Previews beside the answers of all hours: how much shorter, how much quicker, and how far off each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dafeng.report import wording
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read, said_of
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.said import Say, tidy


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    groups: dict[tuple[Any, ...], list[Held]] = {}
    for one in asked.all:
        groups.setdefault((tuple(one.years), one.record["scenario"], one.coupled), []).append(one)
    return {
        **values,
        "groups": [_group(asked, kept) for kept in groups.values()],
        "unmeasured": any(one.record["preview"] and not one.error(asked.all) for one in asked.all),
    }


def _group(asked: Asked, kept: list[Held]) -> dict[str, Any]:
    """Give one question and its answers, all hours first, then by how many unknowns they have."""
    page, first = asked.page, kept[0]
    _ = page.words.gettext
    years = wording.listed([str(year) for year in first.years], page.language)
    parts = [
        years,
        asked.scenario(first.record["scenario"]) if first.record["scenario"] else _("the pack’s own figures"),
    ]
    parts += [_("coupled with the pathway")] if first.coupled else []
    order = sorted(kept, key=lambda one: (one.record["preview"], -one.record["size"]["columns"]))
    return {"title": wording.join(parts, page.language), "rows": [_row(asked, one) for one in order]}


def _row(asked: Asked, one: Held) -> dict[str, Any]:
    page = asked.page
    _ = page.words.gettext
    kind = said_of(page, {name: one.record[name] for name in ("days", "step", "preview") if name in one.record})
    say = Say(page, one.record["currency"])
    return {
        "id": one.id,
        "kind": kind[0] if kind else _("all hours"),
        "preview": one.record["preview"],
        "fresh": one.fresh,
        "unknowns": wording.number(one.record["size"]["columns"]),
        "seconds": wording.number(tidy(sum(one.record["seconds"].values()))),
        "cost": say.money(one.record["objective"]),
        "error": error(asked, one) if one.record["preview"] else None,
    }


def error(asked: Asked, one: Held) -> dict[str, str] | None:
    """Give the measured error of a preview in words; None where it was not measured."""
    found = one.error(asked.all)
    return None if found is None else worded(asked, one, found)


def worded(asked: Asked, one: Held, found: Mapping[str, Any]) -> dict[str, str]:
    """Write a measured error: cost, capacities and CO2 of the year that is furthest off, and the entry behind it."""
    _ = asked.page.words.gettext
    say = Say(asked.page, one.record["currency"])
    year = max(found["capacities"], key=found["capacities"].__getitem__)
    co2 = [value for value in found["co2"].values() if value is not None]
    off = found["furthest"][year]
    return {
        "cost": _signed(found["objective"]),
        "capacities": wording.percent(found["capacities"][year], decimals=1),
        "co2": _signed(max(co2, key=abs) if co2 else None),
        "furthest": _("%(name)s in %(year)s: %(here)s, with all hours %(there)s") % {
            "name": asked.name(off["name"]),
            "year": year,
            "here": say.power(off["preview"]),
            "there": say.power(off["whole"]),
        },
    }  # fmt: skip


def _signed(share: float | None) -> str:
    return "—" if share is None else f"{wording.signed(float(f'{100 * share:.2g}'))}%"
