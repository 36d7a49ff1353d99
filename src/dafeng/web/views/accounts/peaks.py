"""Whether a total has peaked: the verdict, the figures behind it, the C40 rule beside it, sector by sector."""

from __future__ import annotations

import math
from typing import Any

from dafeng.accounts.account import accounts
from dafeng.accounts.peak import Finding, Rule
from dafeng.accounts.trend import peak, peaks
from dafeng.errors import Refused
from dafeng.labels import Label
from dafeng.report import wording
from dafeng.report.accounts.names import Names
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts import figures
from dafeng.web.views.accounts.asked import mt, plain
from dafeng.web.views.accounts.walk import START

STATES: dict[str, Label] = {
    "rising": Label(zh="上升", en="Rising"),
    "plateau": Label(zh="平台期", en="Plateau"),
    "probably_peaked": Label(zh="可能已达峰", en="Probably peaked"),
    "peaked": Label(zh="已达峰", en="Peaked"),
    "rebound": Label(zh="反弹", en="Rebound"),
    "too_short": Label(zh="序列过短", en="Series too short"),
}
MEANING: dict[str, Label] = {
    "rising": Label(zh="近年仍在上升。", en="It still rises."),
    "plateau": Label(
        zh="没有再创新高，但下降还不够大、不够久，不能判定已达峰。",
        en="No new high, but the decline is too small or too short to call it a peak.",
    ),
    "probably_peaked": Label(
        zh="下降明显，但尚未满足判定的全部条件。", en="A clear decline, not yet all that the verdict asks for."
    ),
    "peaked": Label(
        zh="下降满足判定的全部条件，剔除冲击年份后仍成立。",
        en="The decline meets all conditions, without the shock years too.",
    ),
    "rebound": Label(
        zh="曾满足达峰判定，后又超过当时的高点。",
        en="It had peaked by the same rule and has risen above that peak since.",
    ),
    "too_short": Label(zh="年份太少，不作判定。", en="Too few years to judge."),
}
C40: dict[str, Label] = {
    "peaked": Label(zh="已达峰", en="peaked"),
    "not_peaked": Label(zh="未达峰", en="not peaked"),
    "too_short": Label(zh="序列过短", en="series too short"),
    "stale": Label(zh="数据过旧", en="data too old"),
}


def show(page: Page) -> dict[str, Any]:
    """Give the values of the peak test. Raises BadQuery for a choice that does not exist."""
    city = page.snapshot.city
    place, switches = asking.place_of(page), asking.switches_of(page)
    id = asking.boundary_of(page, "boundary", place, switches, START)
    made = accounts(city, id, place, **switches)
    totals = made.totals()
    asked = asking.Asked(page, made, max(totals, default=made.ledger.years[-1]), switches)
    found, refused = None, ""
    try:
        found = peak(city, id, place, page.assessment.as_of.year, **switches) if totals else None
    except Refused as error:
        refused = error.text(page.language)
    names = Names(made.ledger, page.language)
    shocks = [(shock.year, page.label(shock.why)) for shock in made.ledger.held.shocks]
    return {
        "section_pages": asking.section(page, "accounts/peak"),
        "asked": asked,
        "form": asking.form(asked),
        "place": place if place != city.id else "",
        "finding": found,
        "refused": refused,
        "state": page.label(STATES[found.state]) if found else "",
        "meaning": page.label(MEANING[found.state]) if found else "",
        "c40": page.label(C40[found.c40]) if found else "",
        "evidence": _evidence(page, found) if found else [],
        "shocks": shocks,
        "excluded": [str(year) for year in found.excluded] if found else [],
        "chart": figures.years(asked),
        "sectors": [
            (
                names.of("sector", sector),
                page.label(STATES[one.state]),
                one.peak_year,
                plain(one.peak),
                wording.percent(one.drop, decimals=1),
            )
            for sector, one in sorted(
                peaks(city, id, "sector", place, page.assessment.as_of.year, **switches).items(),
                key=lambda pair: -pair[1].peak,
            )
        ]
        if found
        else [],
    }


def _evidence(page: Page, one: Finding) -> list[tuple[str, str, str]]:
    """Give each figure of the verdict, what it is, and what the rule asks of it."""
    _ = page.words.gettext
    rule = Rule()
    yes, no = _("yes"), _("no")
    drop = _("at least %(drop)s, and more than %(times)s times the scatter") % {
        "drop": wording.percent(rule.drop, decimals=1),
        "times": wording.number(rule.scatter),
    }
    found = [
        (_("Highest year"), f"{one.peak_year} · {mt(page, one.peak)}", ""),
        (
            _("Years since the highest three-year mean"),
            str(one.years_since),
            _("at least %(years)s") % {"years": rule.years},
        ),
        (_("Below the highest three-year mean"), wording.percent(one.drop, decimals=1), drop),
        (_("Scatter around the trend since"), wording.percent(one.scatter, decimals=1), ""),
        (
            _("Mann-Kendall p of a decline"),
            _p(one.p_decline),
            _("below %(alpha)s") % {"alpha": wording.number(rule.alpha)},
        ),
        (
            _("Sen slope a year"),
            mt(page, one.sen_slope, sign=True) if not math.isnan(one.sen_slope) else "—",
            _("below zero"),
        ),
        (_("Held a year earlier too"), yes if one.two_years else no, yes),
        (_("Holds without the shock years"), yes if one.robust else no, yes),
    ]
    return found


def _p(value: float) -> str:
    return wording.number(value, decimals=3) if not math.isnan(value) else "—"
