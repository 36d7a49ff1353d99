"""`dafeng facts`: the observations, each with its source and status."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.city import City
    from dafeng.report.records import FactRecord, IndicatorSummary


def facts(
    ctx: typer.Context,
    indicator: Annotated[
        str | None, typer.Argument(metavar="[INDICATOR]", help="Indicator id; without one the indicators are listed.")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="ID", help="Only facts of this place.")] = None,
    year: Annotated[int | None, typer.Option(help="Only facts whose period ends in this year.")] = None,
    known_on: Annotated[
        str | None, typer.Option("--known-on", metavar="DAY", help="Only what was known on this day; today by default.")
    ] = None,
    all_sources: Annotated[
        bool,
        typer.Option(
            "--all-sources",
            help="Also figures that do not stand for their period: other sources, older publications, plans.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Show facts: one figure for each period, with its source and status."""
    from dafeng.report import compose

    asked = context.of(ctx)
    day = context.day(known_on) or date.today()
    city = asked.city()
    about = {"city": city.id, "known_on": day.isoformat()}
    if indicator is None and place is None and year is None and not all_sources:
        rows = compose.indicator_summaries(city, day)
        if json:
            asked.output.json({**about, "indicators": [row.as_json() for row in rows]})
        else:
            _summary(asked.output, rows)
        return
    wanted = compose.FactFilter(indicator=indicator, place=place, year=year, known_on=day, chosen=not all_sources)
    records = compose.fact_records(city, compose.facts(city, wanted), day)
    if json:
        asked.output.json({**about, "items": [record.as_json() for record in records]})
        return
    _print(asked.output, city, records)


def _summary(out: Output, rows: Sequence[IndicatorSummary]) -> None:
    from dafeng.report.wording import year_span

    columns = (
        Column("indicator"),
        Column("name", fold=True),
        Column("unit"),
        Column("facts", right=True),
        Column("years"),
    )
    out.table(
        columns,
        [
            [
                row.id,
                out.label(row.label),
                row.unit,
                out.say("computed") if row.variable else str(row.facts),
                year_span(row.first, row.last, out.language) if row.first is not None and row.last is not None else "",
            ]
            for row in rows
        ],
    )


def _print(out: Output, city: City, records: list[FactRecord]) -> None:
    from dafeng.report.wording import CONFIDENCE, FACT_STATUS, number

    if not records:
        out.line(out.say("No fact fits."))
        return
    several = len({record.indicator for record in records}) > 1
    places = {place.id: out.label(place.label) for place in city.places}
    if not several:
        only = city.indicators[records[0].indicator]
        out.line(f"{out.label(only.label)}  {only.id}", "bold")
    columns = (
        *((Column("indicator"),) if several else ()),
        Column("area"),
        Column("period"),
        Column("value", right=True),
        Column("unit"),
        Column("status"),
        Column("confidence"),
        Column("source", fold=True),
        Column("stands"),
    )
    out.table(
        columns,
        [
            [
                *([record.indicator] if several else []),
                places.get(record.place, record.place),
                " ".join((record.period, *(f"{axis}={label}" for axis, label in record.dims.items()))),
                number(record.value, exact=True),
                record.unit,
                FACT_STATUS[record.status][out.language],
                CONFIDENCE[record.confidence][out.language],
                f"{record.source} {record.locator}".strip(),
                "●" if record.chosen else "",
            ]
            for record in records
        ],
    )
