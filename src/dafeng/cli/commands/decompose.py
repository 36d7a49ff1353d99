"""`dafeng decompose`: what changed the total of a boundary between two years."""

from __future__ import annotations

from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, PlaceId, Switches, amount, pairs
from dafeng.cli.options import Json
from dafeng.cli.output import Column


def decompose(
    ctx: typer.Context,
    start: Annotated[int, typer.Option("--from", metavar="YEAR", help="First year.")],
    end: Annotated[int, typer.Option("--to", metavar="YEAR", help="Last year.")],
    boundary: BoundaryId = "ceads",
    place: PlaceId = None,
    switch: Switches = None,
    drivers: Annotated[
        str, typer.Option(metavar="economy|structure", help="Drivers: the economy as a whole, or its structure too.")
    ] = "economy",
    json: Json = False,
) -> None:
    """Decompose the change of a total between two years (LMDI-I)."""
    from dafeng.accounts.trend import change
    from dafeng.report.records.accounts import DecompositionRecord

    asked = context.of(ctx)
    out = asked.output
    city = asked.city()
    found = change(city, boundary, start, end, place, drivers=drivers, **pairs(switch))
    record = DecompositionRecord.build(city.id, boundary, found)
    if json:
        out.json(record.as_json())
        return
    columns = (Column("factor", fold=True), Column("MtCO2e", right=True), Column("ratio", right=True))
    rows = [
        [out.label(one.label), amount(one.effect), "" if one.ratio is None else f"{one.ratio:.4f}"]
        for one in record.effects
    ]
    rows.append([out.say("change"), amount(record.change), ""])
    out.table(columns, rows)
    for note in record.notes:
        out.line(out.label(note))
