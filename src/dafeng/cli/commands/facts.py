"""`dafeng facts`: the observations, each with its source and status."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.report.records import FactRecord


def facts(
    ctx: typer.Context,
    indicator: Annotated[
        str | None, typer.Argument(metavar="INDICATOR", help="Indicator id; without one the indicators are listed.")
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
        _summary(asked.output, city, day, about if json else None)
        return
    wanted = compose.FactFilter(indicator=indicator, place=place, year=year, known_on=day, chosen=not all_sources)
    records = compose.fact_records(city, compose.facts(city, wanted))
    if json:
        asked.output.json({**about, "items": [record.as_json() for record in records]})
        return
    _print(asked.output, city, records)


def _summary(out: Output, city: City, day: date, about: dict[str, str] | None) -> None:
    years: dict[str, list[int]] = defaultdict(list)
    for fact in city.facts.visible(day):
        years[fact.indicator].append(fact.period.year)
    rows = [
        {
            "id": item.id,
            "label": item.label.model_dump(),
            "unit": item.unit,
            "variable": item.variable,
            "facts": len(years[item.id]),
            "first": min(years[item.id], default=None),
            "last": max(years[item.id], default=None),
        }
        for item in city.indicators.values()
    ]
    if about is not None:
        out.json({**about, "indicators": rows})
        return
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
                row["id"],
                out.label(city.indicators[row["id"]].label),
                row["unit"],
                out.say("computed") if row["variable"] else str(row["facts"]),
                f"{row['first']}–{row['last']}" if row["facts"] else "",
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
