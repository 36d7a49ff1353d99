"""`dafeng district` and `dafeng demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.enterprise import FactorYear, Year, opened
from dafeng.cli.options import Json
from dafeng.cli.output import Column

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.desk import Desk
    from dafeng.accounts.enterprise.rows import Rows

district = typer.Typer(
    help="Districts and key areas: account, compare, roll up.", no_args_is_help=True, rich_markup_mode=None
)
demo = typer.Typer(
    help="Write synthetic data for demonstration; nothing is loaded.", no_args_is_help=True, rich_markup_mode=None
)
Regime = Annotated[str, typer.Option(metavar="ID", help="Factor regime of fuels, heat and electricity.")]
Electricity = Annotated[str, typer.Option(metavar="ID", help="Factor regime of electricity, where it is another.")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write into.")]
Seed = Annotated[int, typer.Option(help="Seed of the draws.")]


def _rows(desk: Desk, year: int, regime: str, electricity: str, factor_year: int | None) -> Rows:
    from dafeng.accounts.district import of_places
    from dafeng.factors.select import known

    for one in filter(None, (regime, electricity)):
        known("regime", one, desk.names.factors.library.regimes)
    table = desk.table(of_places=True)
    held = desk.names
    return of_places(table, year, held.factors, held.methods, regime, desk.region, electricity, factor_year)


@district.command()
def compare(
    ctx: typer.Context,
    year: Year,
    regime: Regime = "inventory-2025",
    electricity: Electricity = "",
    factor_year: FactorYear = None,
    json: Json = False,
) -> None:
    """Account the districts in a year and list them, the largest first."""
    from dafeng.accounts.district import compare as compared
    from dafeng.report.records.districts import DistrictList

    asked = context.of(ctx)
    out = asked.output
    with opened(asked) as desk:
        lines = compared(_rows(desk, year, regime, electricity, factor_year))
    if json:
        out.json(DistrictList.build(desk.city, year, lines).as_json())
        return
    names = ("total", "95 % interval", "scope 1", "electricity", "heat", "coverage")
    rows = [
        [
            line.place,
            _text(line.total),
            span(line.low, line.high),
            *(_text(x) for x in (line.scope1, line.electricity, line.heat)),
            f"{line.coverage:.0%}",
        ]
        for line in lines
    ]
    out.table((Column("place"), *(Column(name, right=True) for name in names)), rows)
    if any(line.synthetic for line in lines):
        out.line(out.say("Synthetic data, for demonstration only."))


@district.command("roll-up")
def roll_up(
    ctx: typer.Context,
    year: Year,
    regime: Regime = "inventory-2025",
    electricity: Electricity = "",
    factor_year: FactorYear = None,
    imported: Annotated[
        float | None,
        typer.Option(
            "--imported-share",
            help="Share of the electricity used that comes from outside, 0 to 1; the published one by default.",
        ),
    ] = None,
    boundary: Annotated[
        str, typer.Option(metavar="ID", help="Boundary of the city account it is held against.")
    ] = "assessed",
    json: Json = False,
) -> None:
    """Add the districts up to the city; what stands twice is shown and removed."""
    from dafeng.accounts.district import city_totals, imported_share
    from dafeng.accounts.district import roll_up as rolled
    from dafeng.report.records.districts import RollUpRecord

    asked = context.of(ctx)
    out = asked.output
    with opened(asked) as desk:
        rows = _rows(desk, year, regime, electricity, factor_year)
        published = imported_share(desk.city, year) if imported is None else None
        share = published.share if published is not None else imported
        whole = city_totals(desk.city, boundary, year, share)
        districts = [place.id for place in desk.city.places if place.kind == "district"]
        record = RollUpRecord.build(desk.city, rolled(rows, districts, whole), published, imported)
    if json:
        out.json(record.as_json())
        return
    lines = (
        ("scope 1", record.scope1, None, None),
        ("electricity", record.electricity, None, None),
        ("heat", record.heat, None, None),
        ("added up", record.gross, record.gross_low, record.gross_high),
        ("electricity counted twice", record.double_electricity, None, None),
        ("heat counted twice", record.double_heat, None, None),
        ("counted once", record.net, record.net_low, record.net_high),
        ("account of the city", record.city, record.city_low, record.city_high),
        ("not allocated to districts", record.remainder, record.remainder_low, record.remainder_high),
    )
    columns = (Column("item"), Column("tCO2", right=True), Column("95 % interval", right=True))
    out.table(columns, [[out.say(name), _text(value), span(low, high)] for name, value, low, high in lines])
    if record.imported is not None:
        how = out.label(record.imported.how) or out.say("given")
        share = (record.imported.share or 0) * 100
        out.line(f"{out.say('imported share of electricity')}: {share:.1f} % ({how})")
    else:
        out.line(out.say("No share of imports was published for the year; give one to take out what stands twice."))
    if record.missing:
        out.line(f"{out.say('districts without figures')}: {', '.join(record.missing)}")
    if record.synthetic:
        out.line(out.say("Synthetic data, for demonstration only."))


@district.command()
def decompose(
    ctx: typer.Context,
    start: Annotated[int, typer.Option("--from", metavar="YEAR", help="First year.")],
    end: Annotated[int, typer.Option("--to", metavar="YEAR", help="Last year.")],
    regime: Regime = "inventory-2025",
    electricity: Electricity = "",
    factor_year: FactorYear = None,
    json: Json = False,
) -> None:
    """Decompose the change of the sum over districts, by factor and district (LMDI-I)."""
    from dafeng.accounts.district.change import change
    from dafeng.report.records.districts import DistrictChangeRecord

    asked = context.of(ctx)
    out = asked.output
    with opened(asked) as desk:
        first, last = (_rows(desk, year, regime, electricity, factor_year) for year in (start, end))
        places = {place.id: place.label for place in desk.city.places if place.kind == "district"}
        found = change(first, last, places, desk.names.factors, desk.region)
        record = DistrictChangeRecord.build(desk.city, found)
    if json:
        out.json(record.as_json())
        return
    if not record.effects:
        out.line(out.say("No district has a figure for each of its rows in both years."))
        return
    rows = [[out.label(one.label), _text(one.effect)] for one in record.effects]
    rows.append([out.say("change"), _text(record.change)])
    out.table((Column("factor", fold=True), Column("tCO2", right=True)), rows)
    names = [one.label for one in record.effects]
    by_place = [
        [out.label(label), *(_text(one.by_place[id]) for one in record.effects)]
        for id, label in places.items()
        if id not in record.left_out
    ]
    out.table((Column("place"), *(Column(out.label(name), right=True) for name in names)), by_place)
    if record.left_out:
        out.line(f"{out.say('districts without figures')}: {', '.join(record.left_out)}")
    if record.synthetic:
        out.line(out.say("Synthetic data, for demonstration only."))


@demo.command()
def enterprises(
    ctx: typer.Context,
    folder: Folder,
    year: Year = 2023,
    count: Annotated[int, typer.Option(help="Number of enterprises.")] = 50,
    seed: Seed = 1,
) -> None:
    """Write made-up enterprises and their activity."""
    from dafeng.accounts.enterprise.demo import write_enterprises

    asked = context.of(ctx)
    places = [place.id for place in asked.city().places if place.kind == "district"]
    for path in write_enterprises(folder, places, year, count, seed):
        asked.output.line(f"{path}: {asked.output.say('written')}")


@demo.command()
def districts(ctx: typer.Context, folder: Folder, year: Year = 2023, seed: Seed = 1) -> None:
    """Write made-up activity of every district."""
    from dafeng.accounts.enterprise.demo import write_districts

    asked = context.of(ctx)
    city = asked.city()
    places = [place.id for place in city.places if place.kind == "district"]
    axis = city.axes.get("sector")
    sectors = [name for name in axis.labels if name not in ("all", "total")] if axis else ["industry"]
    asked.output.line(f"{write_districts(folder, places, sectors[:8], year, seed)}: {asked.output.say('written')}")


def span(low: float | None, high: float | None) -> str:
    """Write an interval in whole tonnes; "" where there is none."""
    return "" if low is None or high is None else f"{low:,.0f} – {high:,.0f}"


def _text(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}"
