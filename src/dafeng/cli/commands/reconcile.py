"""`dafeng reconcile`: from the total of one boundary to that of another, step by step."""

from __future__ import annotations

from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import PlaceId, Switches, amount, pairs
from dafeng.cli.options import Json
from dafeng.cli.output import Column


def reconcile(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="ID", help="Boundary to start from.")],
    end: Annotated[str, typer.Option("--to", metavar="ID", help="Boundary to arrive at.")],
    year: Annotated[int, typer.Option(help="Year of the two accounts.")],
    place: PlaceId = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Walk from the total of one boundary to that of another, net and absolute."""
    from dafeng.accounts.reconcile import reconcile as walked
    from dafeng.report.records.accounts import WalkRecord

    asked = context.of(ctx)
    out = asked.output
    walk = walked(asked.city(), start, end, year, place, end_switches=pairs(switch))
    record = WalkRecord.build(walk)
    if json:
        data = record.as_json()
        out.json({**data, "from": data["start"], "to": data["end"]})
        return
    names = ("net", "absolute", "95 % interval")
    spans = [f"{amount(one.low)} – {amount(one.high)}" for one in (record.start, record.end)]
    rows = [[start, amount(record.start.value), "", spans[0]]]
    rows += [[out.label(step.label), amount(step.net), amount(step.absolute), ""] for step in record.steps]
    rows.append([end, amount(record.end.value), "", spans[1]])
    out.table((Column("step", fold=True), *(Column(name, right=True) for name in names)), rows)
