"""`dafeng indicators`: indicators of dual control, published and computed values beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, PlaceId, Switches, pairs
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.report.records.indicators import ControlList, ControlRecord, ValueRecord

#: From here on a value is written without decimals.
WHOLE = 1000


def indicators(
    ctx: typer.Context,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Indicator; all by default, repeat for several.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
    start: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="First year.")] = None,
    end: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Last year.")] = None,
    boundary: BoundaryId = "assessed",
    place: PlaceId = None,
    switch: Switches = None,
    json: Json = False,
) -> None:
    """Read the indicators of dual control: published values, computed ones beside them, and what is absent."""
    from dafeng.accounts.indicators import read
    from dafeng.report.records.indicators import ControlList

    if year is not None and (start is not None or end is not None):
        raise typer.BadParameter("give a year, or the first and last of several", param_hint="--year")
    asked = context.of(ctx)
    city = asked.city()
    first, last = (year, year) if year is not None else (start, end)
    found = read(city, indicator or (), first=first, last=last, boundary=boundary, place=place, **pairs(switch))
    record = ControlList.build_all(city, place, found)
    if json:
        asked.output.json(record.as_json())
    elif indicator:
        for one in record.items:
            _one(asked.output, one)
    else:
        _all(asked.output, record)


def _all(out: Output, record: ControlList) -> None:
    columns = (
        Column("indicator"),
        Column("name", fold=True),
        Column("unit"),
        Column("official", right=True),
        Column("computed", right=True),
    )
    rows = [
        [one.id, out.label(one.label), one.unit, _last(out, one.official), _last(out, one.computed)]
        for one in record.items
    ]
    out.table(columns, rows)


def _last(out: Output, values: list[ValueRecord]) -> str:
    known = [one for one in values if one.value is not None]
    waiting = [one for one in values if one.value is None and (not known or one.year > known[-1].year)]
    parts = [f"{_text(known[-1])} ({known[-1].period})"] if known else []
    parts += [f"{out.say(one.status)} ({one.period})" for one in waiting[-1:]]
    return "; ".join(parts) or "—"


def _one(out: Output, record: ControlRecord) -> None:
    out.line(f"{out.label(record.label)} · {record.unit}" + (f" · {record.boundary}" if record.boundary else ""))
    out.line(out.label(record.method))
    columns = (
        Column("period"),
        Column("value", right=True),
        Column("95 % interval", right=True),
        Column("status"),
        Column("basis"),
        Column("source", fold=True),
        Column("confidence"),
        Column("how", fold=True),
    )
    rows = []
    for one in sorted([*record.official, *record.computed, *record.planned], key=lambda v: (v.year, v.period)):
        how = out.label(one.how) if one.how else out.label(one.note) if one.note else ""
        status = out.say(one.status)
        given = (one.basis, ", ".join(one.sources), out.say(one.confidence), how)
        rows.append([one.period, _text(one), _span(one), status, *given])
    out.table(columns, rows)
    for absent in record.absent:
        out.line(f"{absent.period + ': ' if absent.period else ''}{out.label(absent.why)}")


def _text(value: ValueRecord) -> str:
    if value.value is None:
        return "—"
    sign = {"at_most": "≤ ", "at_least": "≥ "}.get(value.bound, "")
    return f"{sign}{_digits(value.value)}"


def _span(value: ValueRecord) -> str:
    return "" if value.low is None or value.high is None else f"{_digits(value.low)} – {_digits(value.high)}"


def _digits(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{value:.4g}"
