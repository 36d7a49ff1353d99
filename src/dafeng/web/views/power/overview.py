"""The power system at a glance: what the certified answer says of each year, and which targets of the plan hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dafeng.report import wording
from dafeng.web.i18n import mark
from dafeng.web.page import Page
from dafeng.web.views.power import figures
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import Held
from dafeng.web.views.power.previews import error
from dafeng.web.views.power.said import Say, tidy

_VERDICTS = {
    "holds": ("met", mark("Holds")),
    "misses": ("off", mark("Misses")),
    "absent": ("none", mark("No figure")),
}
#: How what is missed of a rule is written, by kind: GWh, GW or t go in.
_AMOUNTS: dict[str, Callable[[Say, float], str]] = {
    **dict.fromkeys(("carrier", "renewable", "energy", "curtailment", "gas_storage"), Say.energy),
    **dict.fromkeys(("capacity", "margin", "response"), lambda say, value: say.power(value * 1e3)),
    "co2": Say.co2,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One target in one year."""

    target: str
    css: str
    word: str
    name: str
    year: int
    asked: str
    found: str
    gap: str


def show(page: Page) -> dict[str, Any]:
    """Give the values of the page."""
    asked = read(page)
    values: dict[str, Any] = {"asked": asked, "held": asked.held}
    if asked.held is None:
        return values
    say = Say(page, asked.held.record["currency"])
    strip = targets(asked)
    return {
        **values,
        **certificate(asked, asked.held),
        "sentence": _sentence(asked, asked.held, strip, say),
        "strip": [item for item in strip if item.css != "met"] + [item for item in strip if item.css == "met"],
        "energy": figures.energy(asked, asked.held, say),
        "capacity": figures.capacity(asked, asked.held, say),
        "table": table(asked, asked.held, say),
        "costs": _costs(asked, asked.held, say),
        "missed": missed(asked, asked.held, say),
        "observed": _observed(asked, asked.held),
        "sources": _sources(asked, asked.held),
    }


def certificate(asked: Asked, held: Held) -> dict[str, Any]:
    """Give the words of a certificate and of what is synthetic, for the head of every page."""
    record = held.record
    return {
        "gap": _small(abs(record["certificate"]["gap"])),
        "violation": _small(record["certificate"]["violation"]),
        "columns": wording.number(record["size"]["columns"]),
        "seconds": wording.number(tidy(sum(record["seconds"].values()))),
        "key": record["key"][:12],
        "synthetic": bool(held.synthetic),
        "measured": error(asked, held) if record["preview"] else None,
        "given": [name for name, kind in record["profiles"].items() if kind != "synthetic"],
    }


def _small(value: float) -> str:
    """Write a very small number as a power of ten: 2×10⁻⁸."""
    if value == 0:
        return "0"
    digits, _, power = f"{value:.0e}".partition("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits}×10{raised}"


def _sentence(asked: Asked, held: Held, strip: list[Item], say: Say) -> str:
    _ = asked.page.words.gettext
    year = asked.year
    record = held.record
    adequacy = record["adequacy"][str(year)]
    hours = adequacy["lost_hours"] if adequacy else 0.0
    load = (
        _("In %(year)s every hour is served") if hours < 0.5 else _("In %(year)s %(hours)s hours are not fully served")
    ) % {"year": year, "hours": wording.number(tidy(hours))}
    parts = {css: sum(item.css == css for item in strip) for css in ("met", "off", "none")}
    verdict = _("%(met)s targets of the plan hold in the hourly model, %(off)s do not, %(none)s have no figure") % parts
    clean = _("%(share)s of use is renewable") % {
        "share": say.share(record["balance"][str(year)]["renewable_share"], 0)
    }
    join = "；" if asked.page.zh else "; "
    return f"{load}{join}{clean}{join}{verdict}{'。' if asked.page.zh else '.'}"


def targets(asked: Asked) -> list[Item]:
    """List the targets an answer was held against, in the order of their years; two that ask the same are one."""
    page, held = asked.page, asked.held
    assert held is not None  # noqa: S101 - asked for by the caller
    _ = page.words.gettext
    known = page.snapshot.index.targets
    out = []
    seen = set()
    for each in sorted(held.record["targets"], key=lambda one: one["year"]):
        same = each["indicator"], each["year"], each["comparator"], each["asked"]
        if same in seen:
            continue
        seen.add(same)
        css, word = _VERDICTS[each["verdict"]]
        to = page.to(known[each["target"]][1]) if each["target"] in known else ""

        def write(value: float | None, unit: str = each["unit"], to: str = to, *, sign: bool = False) -> str:
            unit = "百分点" if sign and unit == "%" else unit
            return page.q(None if value is None else tidy(value), unit, sign=sign, to="" if unit == "百分点" else to)

        reason = each["reason"][page.language] if each["reason"] else ""
        out.append(
            Item(
                target=each["target"] if each["target"] in known else "",
                css=css,
                word=_(word),
                name=wording.subscripts(each["label"][page.language]),
                year=each["year"],
                asked=page.amount(known[each["target"]][1]) if each["target"] in known else write(each["asked"]),
                found=write(each["value"]) if each["value"] is not None else reason,
                gap=write(each["gap"], sign=True) if each["gap"] is not None and css == "off" else "",
            )
        )
    return out


def table(asked: Asked, held: Held, say: Say) -> list[tuple[str, list[str]]]:
    """Give the key figures of every year."""
    _ = asked.page.words.gettext
    record = held.record

    def row(name: str, of: Callable[[str], str]) -> tuple[str, list[str]]:
        return name, [of(str(year)) for year in held.years]

    balance, co2, prices = record["balance"], record["emissions"], record["prices"]
    adequacy, costs = record["adequacy"], record["costs"]
    return [
        row(_("Use in the year"), lambda y: say.energy(balance[y]["demand"])),
        row(_("Peak load"), lambda y: say.power(adequacy[y]["peak"])),
        row(_("Imports, share of use"), lambda y: say.share(balance[y]["import_share"])),
        row(_("Renewable, share of use"), lambda y: say.share(balance[y]["renewable_share"])),
        row(
            _("Curtailed, share of what sun, wind and rivers offer"),
            lambda y: say.share(balance[y]["curtailment_share"]),
        ),
        row(_("CO2, with that of imports"), lambda y: say.co2(co2[y]["total"])),
        row(_("of it in the city"), lambda y: say.co2(co2[y]["local"])),
        row(_("CO2 of a kWh, mean"), lambda y: say.factor(co2[y]["factor"])),
        row(
            _("CO2 of a kWh, 5 % to 95 % of hours"),
            lambda y: f"{say.factor(co2[y]['factor_hours'][1])} – {say.factor(co2[y]['factor_hours'][3])}",
        ),
        row(_("Price, mean by load"), lambda y: say.price(prices[y].get("mean"))),
        row(_("Full cost of a MWh"), lambda y: say.price(costs[y]["average"] if costs[y] else None)),
        row(_("Firm capacity over the peak"), lambda y: say.share(adequacy[y]["margin"])),
        row(_("Load not served"), lambda y: say.energy(balance[y]["lost"])),
    ]


def _costs(asked: Asked, held: Held, say: Say) -> dict[str, Any]:
    _ = asked.page.words.gettext
    names = {
        "capital": _("Capital of what is built"),
        "fixed": _("Upkeep and contracts"),
        "fuel": _("Fuel burnt"),
        "variable": _("Running cost and purchases"),
        "co2": _("Price of CO2"),
        "flexibility": _("Moved and given up load"),
        "paid": _("Paid in the year"),
    }
    costs = held.record["costs"]
    rows = [
        (name, [say.money(costs[str(year)][id]) for year in held.years], id == "paid")
        for id, name in names.items()
        if any(costs[str(year)][id] for year in held.years)
    ]
    seasons = {"spring": _("Spring"), "summer": _("Summer"), "autumn": _("Autumn"), "winter": _("Winter")}
    prices = held.record["prices"]
    by_season = [
        (name, [say.price(prices[str(year)].get("seasons", {}).get(id)) for year in held.years])
        for id, name in seasons.items()
    ]
    return {"rows": rows, "seasons": by_season, "price_year": held.record["price_year"]}


def missed(asked: Asked, held: Held, say: Say) -> list[tuple[str, str, str, str]]:
    """List the rules that are missed: name, year, by how much, what binds beside."""
    out = []
    for rule in held.record["missed"]:
        amount = _AMOUNTS[rule["kind"]](say, rule["missed"])
        together = wording.listed([asked.name(name) for name in rule["together"]], asked.page.language)
        out.append((asked.name(rule["name"]), str(rule["period"] or "—"), amount, together or "—"))
    return out


def _observed(asked: Asked, held: Held) -> list[tuple[str, int, str, str, str, str]]:
    _ = asked.page.words.gettext
    told = {"no": _("found by the model"), "part": _("told in part"), "yes": _("an input")}
    page = asked.page
    return [
        (
            each["label"][page.language],
            each["year"],
            page.q(tidy(each["observed"]), each["unit"]),
            page.q(tidy(each["modelled"]), each["unit"]),
            wording.signed(tidy(100 * each["error"])) + "%",
            told[each["told"]],
        )
        for each in held.record["observed"]
    ]


def _sources(asked: Asked, held: Held) -> list[tuple[str, str, str]]:
    """List what the answer rests on: name, kind, id of a document of the pack."""
    _ = asked.page.words.gettext
    kinds = {"assumption": _("assumption"), "synthetic": _("synthetic")}
    documents = asked.page.snapshot.city.documents
    out = []
    for each in sorted(held.record["sources"], key=lambda one: (one["kind"] in kinds, one["title"])):
        kind = kinds.get(each["kind"], "")
        out.append((each["title"], kind, each["id"] if each["id"] in documents else ""))
    return out
