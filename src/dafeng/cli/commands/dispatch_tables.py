"""Tables of an answer of the power system, as `dafeng dispatch` prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dafeng.cli.commands.previews import print_alternatives, print_coupling, print_observed, print_preview
from dafeng.cli.output import Column, Output


def print_answer(out: Output, record: dict[str, Any]) -> None:
    """Print an answer: proof, figures by year, capacities, energy, targets, rules missed, and what else was asked."""
    years = [str(year) for year in record["years"]]
    out.line(out.say("{title}: {years}", title=record["title"][out.language], years=", ".join(years)), style="bold")
    out.line(
        out.say(
            "certified: violation {violation:.0e}, gap {gap:.0e}, by {backend}",
            violation=record["certificate"]["violation"],
            gap=record["certificate"]["gap"],
            backend=record["backend"],
        )
    )
    if record["preview"]:
        print_preview(out, record)
    made = [name for name, kind in record["profiles"].items() if kind == "synthetic"]
    if made:
        out.line(out.say("synthetic hourly series: {names}", names=", ".join(made)))
    _figures(out, record, years)
    for heading, group in (("capacity, MW", "capacities"), ("energy, GWh", "energy")):
        rows = []
        for name in record[group][years[0]]:
            values = [record[group][year].get(name, 0.0) for year in years]
            if any(values):
                label = record["labels"].get(name, {}).get(out.language, name)
                rows.append([label, *(f"{value:,.0f}" for value in values)])
        out.table((Column(heading, fold=True), *(Column(year, right=True) for year in years)), rows)
    if record["targets"]:
        _targets(out, record)
    if record["observed"]:
        print_observed(out, record)
    for limit in record["missed"]:
        label = record["labels"].get(limit["name"], {}).get(out.language, limit["name"])
        together = ", ".join(record["labels"].get(name, {}).get(out.language, name) for name in limit["together"])
        out.line(
            out.say(
                "missed: {name} ({year}) by {missed:.4g} {unit}; binding with it: {together}",
                name=label,
                year=limit["period"] or "",
                missed=limit["missed"],
                unit=limit["per"],
                together=together or out.say("nothing"),
            )
        )
    print_coupling(out, record)
    print_alternatives(out, record)
    for point in record.get("abatement", ()):
        prices = ", ".join(f"{year}: {price:,.0f}" for year, price in point["price"].items())
        out.fields([(f"{point['cut']:.0%}", out.say("last tonne, {money}", money=record["currency"]) + f" {prices}")])


def _figures(out: Output, record: dict[str, Any], years: list[str]) -> None:
    money = record["currency"]

    def row(heading: str, value: Callable[[str], float | None], form: str = ",.1f") -> list[str]:
        values = [value(year) for year in years]
        return [heading, *("" if each is None else format(each, form) for each in values)]

    balance, co2, adequacy = record["balance"], record["emissions"], record["adequacy"]
    rows = [
        row(out.say("demand, TWh"), lambda y: balance[y]["demand"] / 1e3),
        row(out.say("peak, GW"), lambda y: adequacy[y]["peak"] / 1e3),
        row(out.say("imports, % of use"), lambda y: 100 * balance[y]["import_share"]),
        row(out.say("renewable, % of use"), lambda y: 100 * balance[y]["renewable_share"]),
        row(out.say("curtailed, %"), lambda y: 100 * balance[y]["curtailment_share"]),
        row(out.say("CO2, Mt"), lambda y: co2[y]["total"] / 1e6),
        row(out.say("of it local, Mt"), lambda y: co2[y]["local"] / 1e6),
        row(out.say("factor, tCO2/MWh"), lambda y: co2[y]["factor"], ".4f"),
        row(out.say("mean price, {money}/MWh", money=money), lambda y: record["prices"][y].get("mean"), ",.0f"),
        row(out.say("full cost, {money}/MWh", money=money), lambda y: record["costs"][y]["average"], ",.0f"),
        row(out.say("margin, %"), lambda y: None if adequacy[y]["margin"] is None else 100 * adequacy[y]["margin"]),
        row(out.say("not served, GWh"), lambda y: adequacy[y]["lost"]),
    ]
    out.table((Column("figure of the year", fold=True), *(Column(year, right=True) for year in years)), rows)


def _targets(out: Output, record: dict[str, Any]) -> None:
    rows = []
    for each in record["targets"]:
        value = "" if each["value"] is None else f"{each['value']:.4g}"
        asked = f"{each['comparator']} {each['asked']:g} {each['unit']}".rstrip()
        verdict = {"holds": out.say("holds"), "misses": out.say("misses"), "absent": out.say("absent")}
        rows.append(
            [each["target"], each["label"][out.language], str(each["year"]), asked, value, verdict[each["verdict"]]]
        )
    out.table(
        (
            Column("target"),
            Column("name", fold=True),
            Column("year"),
            Column("asked", right=True),
            Column("found", right=True),
            Column("verdict"),
        ),
        rows,
    )
    for each in record["targets"]:
        if each["reason"]:
            need = "" if each["need"] is None else out.say(" (need of store: {need:,.0f} GWh)", need=each["need"])
            out.line(f"{each['target']}: {each['reason'][out.language]}{need}")
