"""Where power comes from and goes to in a year, and whether there is enough of it at the peak."""

from __future__ import annotations

from typing import Any

import numpy as np

from dafeng.dispatch.pack import answers_of
from dafeng.errors import DafengError
from dafeng.report import wording
from dafeng.web.page import Page
from dafeng.web.views.power import figures
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy

#: Variables of the pathway whose sum is the use of a city: colour, and the user where a variable tells them apart.
_USES = (
    ("s-industry", "demand.industry", None),
    ("s-building", "demand.metered", "services"),
    ("s-power", "demand.metered", "households"),
    ("s-transport", "demand.transport", None),
    ("s-other", "demand.farming_construction", None),
)


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    return {
        **values,
        **certificate(asked, held),
        "sankey": figures.sankey(asked, held, uses(asked, held), say),
        "chart": figures.adequacy(asked, held, say),
        "rows": _rows(asked, held, say),
        "plants": _plants(asked, held, say),
    }


def uses(asked: Asked, held: Held) -> dict[str, tuple[str, float]]:
    """Give name and GWh of each use of the year: sectors of the pathway where it gives the demand, else all in one.

    What stores, moved load and demand response take or give is so small that it stands with the losses of the grid.
    """
    _ = asked.page.words.gettext
    demand = held.record["balance"][str(asked.year)]["demand"]
    names = {
        "s-industry": _("Industry"),
        "s-building": _("Services"),
        "s-power": _("Homes"),
        "s-transport": _("Transport"),
        "s-other": _("Farming and construction"),
    }
    try:
        sectors = _sectors(asked, held)
    except (DafengError, ValueError, KeyError):
        sectors = {}
    if not sectors or sum(sectors.values()) > demand * 1.001:
        return {"ink-3": (_("All uses"), demand)}
    found = {css: (names[css], value) for css, value in sectors.items()}
    rest = demand - sum(sectors.values())
    return {**found, "ink-3": (_("Grid losses"), rest)} if rest > 0 else found


def _sectors(asked: Asked, held: Held) -> dict[str, float]:
    city = asked.page.snapshot.city
    scenario = held.record["scenario"] or answers_of(city).scenario.base
    if not scenario:
        return {}
    from dafeng.pathway import load  # noqa: PLC0415 - heavy, and not every city has one

    state = load(city).state(scenario)
    out = {}
    for css, variable, user in _USES:
        label = {"user": user} if user else {}
        value = float(np.asarray(state.at(variable, asked.year, unit="GWh", **label)).sum())
        if not np.isfinite(value):
            return {}
        out[css] = value
    return out


def _rows(asked: Asked, held: Held, say: Say) -> list[tuple[str, list[str]]]:
    _ = asked.page.words.gettext
    record = held.record
    years = [str(year) for year in held.years]
    adequacy = record["adequacy"]
    return [
        (_("Peak load"), [say.power(adequacy[y]["peak"]) for y in years]),
        (_("Firm capacity over the peak"), [say.share(adequacy[y]["margin"]) for y in years]),
        (
            _("Margin asked"),
            [say.share(figures.wanted(asked, int(y)), 0) for y in years],
        ),
        (_("Hours not fully served"), [wording.number(tidy(adequacy[y]["lost_hours"])) for y in years]),
        (_("Energy not served"), [say.energy(adequacy[y]["lost"]) for y in years]),
        (_("Reserve missed"), [say.energy(adequacy[y]["reserve_missed"]) for y in years]),
        (
            _("Day of the peak, of 365"),
            [str(record["peak_day"][y]["day"]) if record["peak_day"][y] else "—" for y in years],
        ),
    ]


def _plants(asked: Asked, held: Held, say: Say) -> list[tuple[str, str, str, str, str]]:
    """List every entry of the year: name, MW, what the year adds, GWh, full hours."""
    year = str(asked.year)
    record = held.record
    out = []
    for name, size in record["capacities"][year].items():
        energy = record["energy"][year].get(name, 0.0)
        if size < 1 and energy < 1:
            continue
        added = record["built"][year].get(name)
        out.append(
            (
                asked.name(name),
                say.power(size),
                say.power(added, sign=True) if added else "—",
                say.energy(energy),
                wording.number(round(energy * 1e3 / size)) if size >= 1 else "—",
            )
        )
    return out
