"""The drawings of an answer's years: energy by source and capacity by kind, what counts at the peak, flows, curves."""

from __future__ import annotations

from collections.abc import Mapping

from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.columns import Line, columns
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.flows import Block, flows
from dafeng.web.charts.stack import Layer
from dafeng.web.views.power.asked import Asked
from dafeng.web.views.power.families import FAMILIES, capacities, firm, sources
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.said import Say, tidy

#: What is less than this part of the whole is not drawn.
SLIGHT = 1e-4


def by_year(asked: Asked, held: Held, year: int) -> dict[str, float]:
    """Give GWh by family that reach the city in a year; stores and moved load are not sources."""
    energy = held.record["energy"][str(year)]
    return {family: float(value) for family, value in sources(asked.spec, lambda name: energy.get(name, 0.0)).items()}


def layers(asked: Asked, found: Mapping[str, Mapping[str, float]], scale: float) -> list[Layer]:
    """Give a layer for each family that one of the cases has."""
    whole = max((sum(case.values()) for case in found.values()), default=0.0)
    return [
        Layer(asked.family(id), f"cf-{css}", [case.get(id, 0.0) * scale for case in found.values()])
        for id, (css, _) in FAMILIES.items()
        if any(case.get(id, 0.0) > SLIGHT * whole for case in found.values())
    ]


def energy(asked: Asked, held: Held, say: Say) -> Figure:
    """Draw energy by source, year by year."""
    _ = asked.page.words.gettext
    found = {str(year): by_year(asked, held, year) for year in held.years}
    last = str(held.years[-1])
    lead = max(found[last], key=found[last].__getitem__)
    title = _("%(family)s |brings most in %(year)s: %(amount)s") % {
        "family": asked.family(lead),
        "year": last,
        "amount": say.energy(found[last][lead]),
    }
    return _columns(
        asked, "energy", title, _("energy that reaches the city; imports counted by what their origin generates"),
        found, say.gwh(1.0), say.energy_unit,
    )  # fmt: skip


def capacity(asked: Asked, held: Held, say: Say) -> Figure:
    """Draw capacities, year by year."""
    _ = asked.page.words.gettext
    found = {str(year): capacities(asked.spec, held.record["capacities"][str(year)]) for year in held.years}
    first, last = (sum(found[str(year)].values()) for year in (held.years[0], held.years[-1]))
    years = wording.year_span(held.years[0], held.years[-1], asked.page.language)
    if len(held.years) == 1:
        title = _("%(amount)s stand in %(year)s") % {"amount": say.power(last), "year": years}
    else:
        title = _("Capacity changes by %(amount)s, |%(years)s") % {
            "amount": say.power(last - first, sign=True),
            "years": years,
        }
    return _columns(
        asked, "capacity", title, _("power plants in the city, channels into it, stores, demand response"),
        found, say.mw(1.0), say.power_unit,
    )  # fmt: skip


def adequacy(asked: Asked, held: Held, say: Say) -> Figure | None:
    """Draw what counts at the peak against the peak and the margin that is asked; None where nothing is firm."""
    _ = asked.page.words.gettext
    found, lines = {}, []
    short = []
    for at, year in enumerate(held.years):
        found[str(year)] = firm(asked.spec, held.record["capacities"][str(year)])
        held_at = held.record["adequacy"][str(year)]
        lines.append(
            Line(
                at,
                say.mw(held_at["peak"]),
                _("peak %(value)s") % {"value": wording.number(tidy(say.mw(held_at["peak"])))},
            )
        )
        margin = wanted(asked, year)
        if margin is not None:
            level = held_at["peak"] * (1 + margin)
            lines.append(Line(at, say.mw(level), _("with a margin of %(share)s") % {"share": say.share(margin, 0)}))
            if held_at["margin"] is not None and held_at["margin"] < margin - 1e-4:
                short.append(str(year))
    if not any(sum(case.values()) > 0 for case in found.values()):
        return None
    title = (
        _("Firm capacity covers the peak |and the margin in every year")
        if not short
        else _("The margin is missed in %(years)s") % {"years": wording.listed(short, asked.page.language)}
    )
    return _columns(
        asked, "adequacy", title, _("capacity that counts at the peak; lines: peak load, and with the margin asked"),
        found, say.mw(1.0), say.power_unit, lines,
    )  # fmt: skip


def wanted(asked: Asked, year: int) -> float | None:
    """Give the margin that a rule of the system asks in a year."""
    for budget in asked.spec.budgets.values():
        if budget.kind == "margin" and budget.at_least is not None and budget.holds(year):
            return budget.at_least.at(year)
    return None


def _columns(
    asked: Asked, uid: str, title: str, subtitle: str, found: Mapping[str, Mapping[str, float]], scale: float,
    unit: str, lines: list[Line] | None = None,
) -> Figure:  # fmt: skip
    shown = layers(asked, found, scale)
    _ = asked.page.words.gettext
    rows = [[layer.name, *(wording.number(tidy(value)) for value in layer.values)] for layer in shown]
    sums = [sum(layer.values[i] for layer in shown) for i in range(len(found))]
    return Figure(
        uid=uid,
        title=title,
        subtitle=wording.join([unit, subtitle], asked.page.language),
        drawings=charts.draw(
            uid, title.replace("|", ""), subtitle,
            columns(list(found), shown, unit=unit, tick=lambda v: wording.number(tidy(v)), lines=lines or ()),
            ("x", "w", "n") if lines else ("h", "w", "n"),
        ),
        columns=[Column(_("Source"), False), *(Column(name) for name in found)],
        rows=[*rows, [_("All"), *(wording.number(tidy(value)) for value in sums)]],
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in shown],
    )  # fmt: skip


def sankey(asked: Asked, held: Held, uses: Mapping[str, tuple[str, float]], say: Say) -> Figure:
    """Draw from sources to uses in the year; `uses` gives name and GWh by colour."""
    _ = asked.page.words.gettext
    brought = {id: value for id, value in by_year(asked, held, asked.year).items() if value > 0}
    whole, used = sum(brought.values()), sum(value for _, value in uses.values())
    left = [
        Block(id, asked.family(id), say.energy(value), FAMILIES[id][0])
        for id, (_css, _name) in FAMILIES.items()
        if (value := brought.get(id, 0.0)) > SLIGHT * whole
    ]
    right = [Block(css, name, say.energy(value), css) for css, (name, value) in uses.items() if value > SLIGHT * used]
    amounts = {
        (a.id, b.id): brought[a.id] * uses[b.id][1] / used for a in left for b in right
    }  # every use draws on the one grid: the mix is the same
    first = max(right, key=lambda block: uses[block.id][1])
    title = _("%(use)s takes most: |%(share)s of what the city receives in %(year)s") % {
        "use": first.name,
        "share": say.share(uses[first.id][1] / used, 0),
        "year": asked.year,
    }
    return Figure(
        uid="flows",
        title=title,
        subtitle=wording.join([say.energy_unit, _("all uses draw on one grid and share its mix")], asked.page.language),
        drawings=charts.draw(
            "flows", title.replace("|", ""), title.replace("|", ""), lambda width: flows(width, left, right, amounts)
        ),
        columns=[Column(_("Source"), False), *(Column(block.name) for block in right)],
        rows=[[a.name, *(wording.number(tidy(say.gwh(amounts[a.id, b.id]))) for b in right)] for a in left],
    )
