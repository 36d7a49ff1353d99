"""Two answers side by side, in the years both model."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dafeng.errors import NotFound
from dafeng.report import wording
from dafeng.web import charts, query
from dafeng.web.charts.columns import columns
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.stack import Layer
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.power import figures
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.families import capacities, family_of
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.overview import certificate
from dafeng.web.views.power.said import Say, tidy

#: A part of the cost below this, in the unit of the axis, is not drawn.
_PETTY = 5e-4


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page: the answer `a` and the answer `b`."""
    asked = read(page)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held, "other": None, "years": [], "others": []}
    if held is None:
        return values
    values |= certificate(asked, held)
    others = [one for one in asked.all if one.id != held.id]
    wanted = query.text(page.params, "b")
    other = next((one for one in others if one.id == wanted), None) if wanted else next(iter(others), None)
    if wanted and other is None:
        raise NotFound("answer", wanted[:64], [one.id for one in others])
    values["others"] = [(one.id, asked.title(one)) for one in others]
    if other is None:
        return values
    say = Say(page, held.record["currency"])
    years = [year for year in held.years if year in other.years]
    return {
        **values,
        "other": other,
        "years": years,
        "same_money": held.record["currency"] == other.record["currency"],
        "rows": [(str(year), _rows(asked, held, other, year, say)) for year in years],
        "energy": _figure(asked, held, other, years, say, "energy") if years else None,
        "capacity": _figure(asked, held, other, years, say, "capacity") if years else None,
        "co2": _figure(asked, held, other, years, say, "co2") if years else None,
        "cost": _cost(asked, held, other, years, say) if years else None,
        "verdicts": _verdicts(asked, held, other),
    }


def _cases(asked: Asked, held: Held, other: Held, years: list[int], kind: str) -> dict[str, dict[str, float]]:
    """Give what is stacked, by year and answer, by family."""
    found: dict[str, dict[str, float]] = {}
    for year in years:
        for word, one in (("A", held), ("B", other)):
            if kind == "energy":
                case = figures.by_year(asked, one, year)
            elif kind == "capacity":
                case = capacities(asked.spec, one.record["capacities"][str(year)])
            else:
                case = {}
                for name, tonnes in one.record["emissions"][str(year)]["by"].items():
                    # What a line brings counts at its origin; an entry that is gone from the spec has no family.
                    family = family_of(asked.spec, name) if name in asked.spec.technologies else "import"
                    case[family] = case.get(family, 0.0) + tonnes
            found[f"{year} {word}"] = case
    return found


def _figure(asked: Asked, held: Held, other: Held, years: list[int], say: Say, kind: str) -> Figure:
    _ = asked.page.words.gettext
    found = _cases(asked, held, other, years, kind)
    scale, unit = {
        "energy": (say.gwh(1.0), say.energy_unit),
        "capacity": (say.mw(1.0), say.power_unit),
        "co2": (say.tonnes(1.0), say.co2_unit),
    }[kind]
    layers = figures.layers(asked, found, scale)
    last = years[-1]
    moved = {layer.name: layer.values[-1] - layer.values[-2] for layer in layers}
    most = max(moved, key=lambda name: abs(moved[name]))
    if abs(moved[most]) < 1e-3 * max(sum(layer.values[-1] for layer in layers), 1e-9):
        title = _("In %(year)s both are the same") % {"year": last}
    else:
        title = _("In %(year)s B differs most in %(family)s: |%(amount)s") % {
            "year": last,
            "family": wording.inside(most, asked.page.language),
            "amount": f"{wording.signed(tidy(moved[most]))}{wording.NBSP}{unit}",
        }
    word = {"energy": _("energy by source"), "capacity": _("capacity"), "co2": _("CO2 by source, with imports")}[kind]
    return _drawn(asked, kind, title, word, found, layers, unit)


def _drawn(
    asked: Asked, kind: str, title: str, word: str, found: Collection[str], layers: list[Layer], unit: str
) -> Figure:
    _ = asked.page.words.gettext
    return Figure(
        uid=kind,
        title=title,
        subtitle=wording.join([unit, word], asked.page.language),
        drawings=charts.draw(
            kind, title.replace("|", ""), word,
            columns(list(found), layers, unit=unit, tick=lambda v: wording.number(tidy(v)), sums=len(found) < 7),
            ("h", "w", "n"),
        ),
        columns=[Column(_("Source"), False), *(Column(name) for name in found)],
        rows=[[layer.name, *(wording.number(tidy(value)) for value in layer.values)] for layer in layers],
        legend=[(layer.css.removeprefix("cf-"), layer.name) for layer in layers],
    )  # fmt: skip


#: Parts of the cost of a year, with their colours; the charge for missed rules is paid by nobody.
_PARTS = (
    ("capital", "q5", mark("Capital of what is built")),
    ("fixed", "q3", mark("Upkeep and contracts")),
    ("fuel", "s-industry", mark("Fuel burnt")),
    ("variable", "f-import", mark("Running cost and purchases")),
    ("co2", "s-other", mark("Price of CO2")),
    ("flexibility", "f-dr", mark("Moved and given up load")),
)


def _cost(asked: Asked, held: Held, other: Held, years: list[int], say: Say) -> Figure | None:
    """Draw what each year costs by part; None where the money differs or a year has no cost."""
    _ = asked.page.words.gettext
    found = {
        f"{year} {word}": one.record["costs"][str(year)] for year in years for word, one in (("A", held), ("B", other))
    }
    if held.record["currency"] != other.record["currency"] or not all(found.values()):
        return None
    scale, unit = (1e-8, f"亿{say.money_word}") if asked.page.zh else (1e-9, f"billion {say.money_word}")
    layers = [
        Layer(_(name), f"cf-{css}", [case[id] * scale for case in found.values()])
        for id, css, name in _PARTS
        if any(case[id] * scale > _PETTY for case in found.values())
    ]
    last, y = years[-1], str(years[-1])
    less = other.record["costs"][y]["paid"] - held.record["costs"][y]["paid"]
    fill = {"year": last, "money": say.money(abs(less))}
    if abs(less) < 1e-4 * held.record["costs"][y]["paid"]:
        title = _("In %(year)s both cost the same") % fill
    else:
        title = (
            _("In %(year)s B costs |%(money)s more") if less > 0 else _("In %(year)s B costs |%(money)s less")
        ) % fill
    return _drawn(asked, "cost", title, _("paid in the year, by part"), found, layers, unit)


def _rows(asked: Asked, held: Held, other: Held, year: int, say: Say) -> list[tuple[str, str, str, str]]:
    _ = asked.page.words.gettext
    y = str(year)
    a, b = held.record, other.record

    def points(one: float, two: float) -> tuple[str, str, str]:
        diff = f"{wording.signed(tidy(100 * (two - one)))}{wording.NBSP}{'个百分点' if asked.page.zh else 'pts'}"
        return say.share(one), say.share(two), diff

    def three(write: Any, one: float, two: float) -> tuple[str, str, str]:
        return write(one), write(two), write(two - one, sign=True)

    out = [
        (_("Use in the year"), *three(say.energy, a["balance"][y]["demand"], b["balance"][y]["demand"])),
        (_("Peak load"), *three(say.power, a["adequacy"][y]["peak"], b["adequacy"][y]["peak"])),
        (_("Imports, share of use"), *points(a["balance"][y]["import_share"], b["balance"][y]["import_share"])),
        (_("Renewable, share of use"), *points(a["balance"][y]["renewable_share"], b["balance"][y]["renewable_share"])),
        (_("CO2, with that of imports"), *three(say.co2, a["emissions"][y]["total"], b["emissions"][y]["total"])),
        (_("of it in the city"), *three(say.co2, a["emissions"][y]["local"], b["emissions"][y]["local"])),
    ]
    if a["currency"] == b["currency"]:
        if "mean" in a["prices"][y] and "mean" in b["prices"][y]:
            out.append((_("Price, mean by load"), *three(say.price, a["prices"][y]["mean"], b["prices"][y]["mean"])))
        if a["costs"][y] and b["costs"][y]:
            out.append((_("Paid in the year"), *three(say.money, a["costs"][y]["paid"], b["costs"][y]["paid"])))
    return out


def _verdicts(asked: Asked, held: Held, other: Held) -> list[tuple[str, int, str, str]]:
    """List the targets on which the two differ."""
    _ = asked.page.words.gettext
    words = {"holds": _("Holds"), "misses": _("Misses"), "absent": _("No figure")}
    at = {(each["target"], each["year"]): each["verdict"] for each in other.record["targets"]}
    return [
        (
            wording.subscripts(each["label"][asked.page.language]),
            each["year"],
            words[each["verdict"]],
            words[at[each["target"], each["year"]]],
        )
        for each in held.record["targets"]
        if at.get((each["target"], each["year"]), each["verdict"]) != each["verdict"]
    ]
