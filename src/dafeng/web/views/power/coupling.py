"""A scenario of the pathway and the hourly model on one another's figures: rounds, what moved, which targets hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dafeng import units
from dafeng.dispatch.coupling import NEAR, ROUNDS
from dafeng.dispatch.pack import answers_of
from dafeng.errors import DafengError
from dafeng.report import wording
from dafeng.web import charts
from dafeng.web.charts.figure import Column, Figure
from dafeng.web.charts.pairs import Said, pairs
from dafeng.web.page import Page
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.overview import Item, certificate, targets
from dafeng.web.views.power.said import Say, tidy


@dataclass(frozen=True, slots=True)
class Beside:
    """A target in both models: the hourly model's item, and value and verdict of the yearly balance."""

    item: Item
    yearly: str
    css: str
    word: str


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page, lambda held: held.coupled)
    held = asked.held
    values: dict[str, Any] = {"asked": asked, "held": held, "scenario": ""}
    if held is None:
        return values
    say = Say(page, held.record["currency"])
    found = held.record["coupling"]
    both = _targets(asked, held)
    return {
        **values,
        **certificate(asked, held),
        "scenario": asked.scenario(held.record["scenario"]),
        "sentence": _sentence(asked, held, both),
        "chart": _chart(asked, held, say),
        "factor": _factor(asked, held, say),
        "rounds": _rounds(asked, held, say),
        "most": ROUNDS,
        "near": wording.percent(NEAR, decimals=1),
        "converged": found["converged"],
        "targets": both,
        "compared": _compared(asked, held, say),
        "told": _told(asked, held, say),
        "hash": found["hash"],
    }


def _name(asked: Asked, id: str) -> str:
    label = asked.page.snapshot.city.labels.get(id)
    return asked.page.label(label) if label else id


def _sentence(asked: Asked, held: Held, both: list[Beside]) -> str:
    _ = asked.page.words.gettext
    found = held.record["coupling"]
    ngettext = asked.page.words.ngettext
    if found["converged"]:
        first = ngettext(
            "After %(num)s round neither model moves the other by more than %(near)s",
            "After %(num)s rounds neither model moves the other by more than %(near)s",
            found["rounds"],
        ) % {"num": found["rounds"], "near": wording.percent(NEAR, decimals=1)}
    else:
        first = _("After %(num)s rounds the two models still move one another by %(change)s") % {
            "num": found["rounds"],
            "change": wording.percent(found["changes"][-1], decimals=1),
        }
    judged = [each for each in both if "none" not in (each.css, each.item.css)]
    apart = sum(each.css != each.item.css for each in judged)
    hold, misses = (sum(each.item.css == css for each in both) for css in ("met", "off"))
    second = _("%(met)s targets of the plan hold in the hourly model and %(off)s do not") % {"met": hold, "off": misses}
    third = (
        ngettext("on %(num)s the yearly balance says otherwise", "on %(num)s the yearly balance says otherwise", apart)
        % {"num": apart}
        if apart
        else _("where both have a figure, the yearly balance agrees")
    )
    text = ("；" if asked.page.zh else "; ").join([first, second, third])
    return f"{text}{'。' if asked.page.zh else '.'}"


def _tick(value: float) -> str:
    return wording.number(tidy(value))


def _chart(asked: Asked, held: Held, say: Say) -> Figure | None:
    """Draw yearly energy by source: in the scenario alone, coupled, and in the hourly model."""
    _ = asked.page.words.gettext
    year = str(asked.year)
    rows = []
    for id, each in held.record["coupling"]["compared"].items():
        if not units.same_dimension(each["unit"], "GWh"):
            continue
        scale = say.gwh(units.factor(each["unit"], "GWh"))
        said = each["years"][year]
        other = said["hourly"]
        rows.append(
            Said(
                _name(asked, id),
                said["before"] * scale,
                said["after"] * scale,
                None if other is None else other * scale,
            )
        )
    if not rows:
        return None
    moved = max(rows, key=lambda row: abs(row.after - row.before))
    title = _("%(name)s moves most in %(year)s: |from %(before)s to %(after)s %(unit)s") % {
        "name": moved.name,
        "year": year,
        "before": _tick(moved.before),
        "after": _tick(moved.after),
        "unit": say.energy_unit,
    }
    subtitle = wording.join(
        [say.energy_unit, _("ring: scenario alone; disc: coupled; diamond: hourly model")], asked.page.language
    )
    return Figure(
        uid="coupled",
        title=title,
        subtitle=subtitle,
        drawings=charts.draw(
            "coupled", title.replace("|", ""), subtitle, pairs(rows, unit=say.energy_unit, tick=_tick)
        ),
        columns=[
            Column(_("Quantity"), False), Column(_("Alone")), Column(_("Coupled")), Column(_("Hourly model")),
        ],
        rows=[
            [row.name, _tick(row.before), _tick(row.after), "—" if row.other is None else _tick(row.other)]
            for row in rows
        ],
    )  # fmt: skip


def _factor(asked: Asked, held: Held, say: Say) -> list[tuple[str, list[str]]]:
    """Give CO2 of a kWh by year: in the yearly balance, coupled, in the hourly model."""
    _ = asked.page.words.gettext
    compare = answers_of(asked.page.snapshot.city).scenario.compare
    compared = held.record["coupling"]["compared"]
    id = next((id for id, given in compare.items() if given.figure == "factor" and id in compared), "")
    years = [str(year) for year in held.years]
    hourly = [say.factor(held.record["emissions"][year]["factor"]) for year in years]
    dash = "—" if asked.page.zh else "\u2013"
    spread = [
        f"{say.factor(hours[1]).partition(wording.NBSP)[0]}{dash}{say.factor(hours[3])}" if hours else "—"
        for hours in (held.record["emissions"][year]["factor_hours"] for year in years)
    ]
    rows = [(_("Hourly model"), hourly), (_("Hourly model, 5 % to 95 % of hours"), spread)]
    if not id:
        return rows
    scale = units.factor(compared[id]["unit"], "tCO2/MWh")

    def row(key: str) -> list[str]:
        return [say.factor(compared[id]["years"][year][key] * scale) for year in years]

    return [(_("Yearly balance alone"), row("before")), (_("Yearly balance, coupled"), row("after")), *rows]


def _rounds(asked: Asked, held: Held, say: Say) -> list[tuple[str, str, str, str, str]]:
    found = held.record["coupling"]
    year = str(asked.year)
    out = []
    for number, change in enumerate(found["changes"]):
        figures = found["figures"][number][year] if number < len(found.get("figures", ())) else None
        out.append(
            (
                str(number + 1),
                wording.percent(change, decimals=2),
                say.energy(figures["demand"]) if figures else "—",
                say.factor(figures["factor"]) if figures else "—",
                say.price(figures["price"]) if figures else "—",
            )
        )
    return out


def _targets(asked: Asked, held: Held) -> list[Beside]:
    """List the targets of the answer with what the yearly balance of the scenario alone says of each."""
    _ = asked.page.words.gettext
    from dafeng.pathway import project  # noqa: PLC0415 - heavy, and not every city has one

    try:
        yearly = {each.target: each for each in project(asked.page.snapshot.city, held.record["scenario"]).targets}
    except DafengError:
        yearly = {}
    out = []
    for item in targets(asked):
        found = yearly.get(item.target)
        if found is None or found.year != item.year:
            out.append(Beside(item, "—", "none", _("No figure")))
            continue
        declared = asked.page.snapshot.index.targets[item.target][1]
        value = asked.page.q(tidy(found.value), found.unit, to=asked.page.to(declared))
        out.append(Beside(item, value, "met" if found.met else "off", _("Holds") if found.met else _("Misses")))
    order = {"off": 0, "met": 1, "none": 2}
    return sorted(out, key=lambda each: (order[each.item.css], each.item.year))


def _compared(asked: Asked, held: Held, say: Say) -> list[tuple[str, str, str, str, str]]:
    """List every variable that is shown beside the hourly model's, year by year."""
    page = asked.page

    def write(value: float | None, unit: str) -> str:
        to = say.energy_unit if units.same_dimension(unit, "GWh") else ""
        return "—" if value is None else page.q(float(f"{value:.4g}"), unit, to=to)

    return [
        (_name(asked, id), year, *(write(said[key], each["unit"]) for key in ("before", "after", "hourly")))
        for id, each in held.record["coupling"]["compared"].items()
        for year, said in each["years"].items()
    ]


def _told(asked: Asked, held: Held, say: Say) -> list[tuple[str, list[str]]]:
    """List what the scenario was told: by parameter and year, as it was and as it is now."""
    page = asked.page
    found: dict[str, dict[int, str]] = {}
    for each in held.record["coupling"]["told"]:
        to = say.energy_unit if units.same_dimension(each["unit"], "GWh") else ""
        before, now = (page.q(float(f"{each[key]:.4g}"), each["unit"], to=to) for key in ("before", "value"))
        unit = now.partition(wording.NBSP)[2]
        before = before.removesuffix(f"{wording.NBSP}{unit}") if unit else before
        found.setdefault(each["parameter"], {})[each["year"]] = f"{before} → {now}"
    return [(_name(asked, id), [years.get(year, "—") for year in held.years]) for id, years in found.items()]
