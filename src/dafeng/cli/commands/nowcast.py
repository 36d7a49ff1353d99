"""`dafeng nowcast`: estimates for the years after the last account, with the error such estimates had before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, PlaceId, Switches, amount, pairs
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.report.records.nowcast import NowcastRecord


def nowcast(
    ctx: typer.Context,
    boundary: BoundaryId = "ceads",
    year: Annotated[
        int | None, typer.Option(help="Year without an account; all after the last account by default.")
    ] = None,
    place: PlaceId = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Estimate the years after the last account from published proxies, with the error of past estimates."""
    from dafeng.accounts.nowcast import nowcast as made
    from dafeng.report.records.nowcast import NowcastRecord

    asked = context.of(ctx)
    record = NowcastRecord.build(made(asked.city(), boundary, place, year, **pairs(switch)))
    if json:
        asked.output.json(record.as_json())
    else:
        _print(asked.output, record)


def _print(out: Output, record: NowcastRecord) -> None:
    columns = ("year", "status", f"{(record.interval or 0) * 100:.0f} % interval", record.unit)
    rows = [[str(record.last.year), out.say("account"), "", amount(record.last.value)]]
    for one in record.estimates:
        span = "—" if one.low is None else f"{amount(one.low)} – {amount(one.high)}"
        rows.append([str(one.year), out.say(one.status), span, amount(one.value)])
    out.table([Column(name, right=name not in columns[:2]) for name in columns], rows)
    if record.hindcast:
        names = ("hindcast of", "years ahead", "cases", "estimate", "last value", "linear trend")
        scores = [
            [out.label(s.label), str(s.horizon), str(s.count), *(_share(e.rms) for e in (s.estimate, s.last, s.trend))]
            for s in record.hindcast
        ]
        out.table([Column(name, right=name != names[0]) for name in names], scores)
    for lacking in record.missing:
        out.line(f"{lacking.year}: {out.say('no figure of')} {', '.join(lacking.indicators)}")
    for note in record.notes:
        out.line(out.label(note))


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f} %"
