"""What `dafeng dispatch` prints of previews, coupled scenarios and alternatives near the optimum, and what it ships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from dafeng.cli.output import Column

if TYPE_CHECKING:
    from pathlib import Path

    from dafeng.cli.output import Output
    from dafeng.dispatch.run import Found


def ship(path: Path, found: Found) -> None:
    """Write an answer and its packed hours as a pack brings them."""
    from dafeng.dispatch.shipped import write

    if found.answer is None:
        raise typer.BadParameter("a kept answer has no hours at hand; leave --keep out", param_hint="--ship")
    write(path, found.record, found.spec, found.answer)


def print_preview(out: Output, record: dict[str, Any]) -> None:
    """Say that an answer is a preview, of what, and how far it lies from all hours."""
    if record["days"]:
        out.line(out.say("preview of {days} typical days, not the answer of all 8,760 hours", days=record["days"]))
    else:
        out.line(out.say("preview in steps of {step:g} hours, not the answer of all 8,760", step=record["step"]))
    error = record.get("error")
    if error is None:
        out.line(out.say("its error was not measured; --measure solves all hours too"))
        return
    for year, apart in error["capacities"].items():
        co2 = error["co2"][year]
        out.line(
            out.say(
                "measured error {year}: objective {objective:+.2%}, capacities {capacities:.1%}, CO2 {co2}",
                year=year,
                objective=error["objective"] or 0.0,
                capacities=apart,
                co2="" if co2 is None else f"{co2:+.2%}",
            )
        )


def print_alternatives(out: Output, record: dict[str, Any]) -> None:
    """Print the range of each capacity: a row an entry, least and most for each part of cost."""
    spans = record.get("alternatives") or []
    if not spans:
        return
    parts = sorted({span["within"] for span in spans})
    by = {(span["name"], span["within"]): span for span in spans}
    rows = []
    for name in dict.fromkeys(span["name"] for span in spans):
        label = record["labels"].get(name, {}).get(out.language, name)
        found = [by[name, part] for part in parts]
        cells = [f"{span['least'] + 0.0:,.0f}–{span['most']:,.0f}" for span in found]
        rows.append([label, f"{found[0]['optimum'] + 0.0:,.0f}", *cells])
    heads = [out.say("within {part:.0%}", part=part) for part in parts]
    year = out.say("range of capacity in {year}, MW", year=spans[0]["year"])
    out.table(
        (Column(year, fold=True), Column(out.say("least cost"), right=True), *(Column(h, right=True) for h in heads)),
        rows,
    )


def print_coupling(out: Output, record: dict[str, Any]) -> None:
    """Print how pathway and hourly model met: rounds, then each variable before, after and in the hourly model."""
    found = record.get("coupling")
    if not found:
        return
    told = out.say("converged") if found["converged"] else out.say("not converged")
    out.line(
        out.say(
            "coupled with scenario {id} {hash}: {told} after {rounds} rounds, last change {change:.1e}",
            id=record["scenario"],
            hash=found["hash"],
            told=told,
            rounds=found["rounds"],
            change=found["changes"][-1],
        )
    )
    rows = [
        [
            id,
            year,
            each["unit"],
            *("" if value[key] is None else f"{value[key]:,.4g}" for key in ("before", "after", "hourly")),
        ]
        for id, each in found["compared"].items()
        for year, value in each["years"].items()
    ]
    out.table(
        (
            Column("variable of the pathway", fold=True),
            Column("year"),
            Column("unit"),
            Column("alone", right=True),
            Column("coupled", right=True),
            Column("hourly model", right=True),
        ),
        rows,
    )


def print_observed(out: Output, record: dict[str, Any]) -> None:
    """Print facts of past years beside the model's figures."""
    told = {"no": out.say("found out"), "part": out.say("in part"), "yes": out.say("input")}
    rows = [
        [
            each["label"][out.language],
            str(each["year"]),
            f"{each['observed']:.4g} {each['unit']}",
            f"{each['modelled']:.4g}",
            f"{each['error']:+.1%}",
            told[each["told"]],
        ]
        for each in record["observed"]
    ]
    out.table(
        (
            Column("observed figure", fold=True),
            Column("year"),
            Column("observed", right=True),
            Column("modelled", right=True),
            Column("error", right=True),
            Column("told to the model"),
        ),
        rows,
    )
