"""What moved the sum over districts between two years: each factor, in all and in each district."""

from __future__ import annotations

from typing import Any

from dafeng.accounts.district import of_places
from dafeng.accounts.district.change import FACTORS, DistrictChange, change
from dafeng.errors import Refused
from dafeng.web import charts, query
from dafeng.web.charts.waterfall import Fall
from dafeng.web.page import Page
from dafeng.web.views.accounts import asked as asking
from dafeng.web.views.accounts.asked import mt, plain
from dafeng.web.views.accounts.desks import megatonnes, opened
from dafeng.web.views.accounts.districts import CO2, REGIME, districts_of
from dafeng.web.views.accounts.walk import waterfall_figure


def show(page: Page) -> dict[str, Any]:
    """Give the values of the decomposition over districts. Raises BadQuery for a choice that does not exist."""
    places = {place.id: page.label(place.label) for place in districts_of(page)}
    found, refused = None, ""
    with opened(page) as desk:
        table, held = desk.table(of_places=True), desk.names
        regimes = held.factors.library.regimes
        regime = query.one(page.params, "regime", list(regimes)) or REGIME
        years = [str(year) for year in table.years]
        start = query.one(page.params, "from", years) or (years[0] if years else "")
        end = query.one(page.params, "to", years) or (years[-1] if years else "")
        if start and end and start < end:
            first, last = (
                of_places(table, int(year), held.factors, held.methods, regime, desk.region) for year in (start, end)
            )
            try:
                found = change(first, last, places, held.factors, desk.region)
            except Refused as error:
                refused = error.text(page.language)
    made = found if found is not None and found.effects else None
    return {
        "section_pages": asking.section(page, "districts"),
        "years": [(year, True) for year in reversed(years)],
        "start": start,
        "end": end,
        "regimes": [(id, page.label(one.label)) for id, one in regimes.items()],
        "regime": regime,
        "refused": refused,
        "made": made,
        "compared": found is not None,
        "total": mt(page, megatonnes(made.change), sign=True, unit=CO2) if made else "",
        "chart": _figure(page, made) if made else None,
        "factors": [_name(page, name) for name in made.effects] if made else [],
        "rows": [
            (name, [_effect(made.by_place[factor][id]) for factor in made.effects])
            for id, name in places.items()
            if id not in made.left_out
        ]
        if made
        else [],
        "left_out": [places[id] for id in found.left_out] if found else [],
        "synthetic": found is not None and found.synthetic,
    }


def _name(page: Page, factor: str) -> str:
    text = page.label(FACTORS[factor])
    return text[:1].upper() + text[1:]


def _effect(tonnes: float) -> str:
    """Write an effect in Mt; less than a tonne is rounding."""
    return plain(round(tonnes) / 1e6, sign=True) if round(tonnes) else "0"


def _figure(page: Page, found: DistrictChange) -> charts.Figure:
    _ = page.words.gettext
    falls = [
        Fall(str(found.start), found.from_value / 1e6, plain(found.from_value / 1e6), whole=True),
        *(
            Fall(_name(page, name), value / 1e6, plain(value / 1e6, sign=True))
            for name, value in found.effects.items()
            if round(value)
        ),
        Fall(str(found.end), found.to_value / 1e6, plain(found.to_value / 1e6), whole=True),
    ]
    title = _("From %(a)s to %(b)s") % {"a": plain(found.from_value / 1e6), "b": plain(found.to_value / 1e6)}
    source = (
        _("Demonstration data") if found.synthetic else _("Method: LMDI-I, additive; the effects add up to the change.")
    )
    return waterfall_figure(page, "moved", title, falls, source, CO2)
