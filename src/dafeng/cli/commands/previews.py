"""What `dafeng dispatch` prints of previews and of alternatives near the optimum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dafeng.cli.output import Column

if TYPE_CHECKING:
    from dafeng.cli.output import Output


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
