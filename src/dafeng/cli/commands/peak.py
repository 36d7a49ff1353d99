"""`dafeng peak`: whether the total of a boundary has peaked, with the evidence and the C40 rule beside it."""

from __future__ import annotations

from datetime import date

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, PlaceId, Switches, amount, pairs
from dafeng.cli.options import Json


def peak(
    ctx: typer.Context,
    boundary: BoundaryId = "ceads",
    place: PlaceId = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Judge whether the total of a boundary has peaked."""
    from dafeng.accounts.account import accounts
    from dafeng.accounts.trend import peak as judged
    from dafeng.report.records.accounts import PeakRecord

    asked = context.of(ctx)
    out = asked.output
    city = asked.city()
    chosen = pairs(switch)
    finding = judged(city, boundary, place, date.today().year, **chosen)
    series = dict(accounts(city, boundary, place, **chosen).totals())
    record = PeakRecord.build(city.id, boundary, finding, series)
    if json:
        out.json(record.as_json())
        return
    found = record.evidence
    out.fields(
        [
            ("state", out.say(record.state)),
            ("C40 rule", out.say(record.c40)),
            ("highest", f"{amount(found.peak)} {record.unit} ({found.peak_year})"),
            ("last year", str(found.last_year)),
            ("below the highest mean", "—" if found.drop is None else f"{found.drop * 100:.1f} %"),
            ("p of a decline", "—" if found.p_decline is None else f"{found.p_decline:.3f}"),
        ]
    )
