"""`dafeng enterprise`, and the import of activity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dafeng.cli import context
from dafeng.cli.commands.importing import Who, _name, tell
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json, choice
from dafeng.cli.output import Column
from dafeng.errors import NotFound

if TYPE_CHECKING:
    from dafeng.accounts.enterprise.desk import Desk

enterprise = typer.Typer(
    help="Enterprises and facilities: register, account, report, verify, lock.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX file.")]
UnitId = Annotated[str, typer.Argument(metavar="ID", help="Id of an enterprise.")]
Year = Annotated[int, typer.Option(help="Year.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept in the audit trail.")]
FactorYear = Annotated[
    int | None, typer.Option(help="Take the factors of this year; by default of the year of the account.")
]
MARKETS = ("none", "local", "national")


@contextmanager
def opened(asked: context.Context, create: bool = False) -> Iterator[Desk]:
    """Open what the accounts of a city need; the database only where there is one, or one is to be made."""
    from dafeng.accounts.enterprise.desk import desk
    from dafeng.store import database as databases

    url = asked.settings().database
    found = databases.open(url, create=create) if create or databases.exists(url) else None
    try:
        yield desk(asked.city(), found)
    finally:
        if found is not None:
            found.close()


def import_activity(
    ctx: typer.Context,
    file: File,
    place: Annotated[
        str, typer.Option(metavar="ID", help="Place the activity is of: a district, an area, or the city.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file.")] = False,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Sheet of a workbook; the first by default.")
    ] = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Import activity of enterprises or of a place: all of it, or after a fault nothing."""
    from dafeng.accounts.enterprise.importer import Options, run

    asked = context.of(ctx)
    if not file.is_file():
        raise NotFound("file", str(file))
    id = asked.city().place(place).id
    with opened(asked, create=not dry_run) as desk:
        report = run(file, desk.database, desk.city.id, desk.names, id, Options(_name(who), dry_run, sheet=sheet))
    if json:
        asked.output.json({"city": desk.city.id, "place": id, **report.as_dict()})
    else:
        tell(asked.output, report)
    if not report.ok:
        raise typer.Exit(ExitCode.FAULTS)


@enterprise.command()
def register(ctx: typer.Context, file: File, who: Who = None, json: Json = False) -> None:
    """Register the enterprises, facilities and processes of a file."""
    from dafeng.accounts.enterprise.importer import read_units
    from dafeng.registers import Register

    asked = context.of(ctx)
    if not file.is_file():
        raise NotFound("file", str(file))
    with opened(asked, create=True) as desk:
        assert desk.database is not None  # noqa: S101 - it was made
        units = read_units(file, desk.names.places, desk.names.facilities)
        count = Register(desk.database, desk.city.id).put(units, _name(who))
    if json:
        asked.output.json({"city": desk.city.id, "changed": count})
    else:
        asked.output.line(asked.output.say("{count} units entered or changed", count=count))


@enterprise.command("list")
def list_enterprises(ctx: typer.Context, json: Json = False) -> None:
    """List the enterprises."""
    asked = context.of(ctx)
    out = asked.output
    with opened(asked) as desk:
        found = list(desk.names.enterprises.values())
    if json:
        out.json({"city": desk.city.id, "items": [one.model_dump(mode="json") for one in found]})
    elif not found:
        out.line(out.say("No enterprise is registered yet."))
    else:
        columns = (Column("enterprise"), Column("name", fold=True), Column("place"), Column("sector"), Column("status"))
        out.table(columns, [[one.id, out.label(one.label), one.place, one.sector, one.status] for one in found])


@enterprise.command()
def show(ctx: typer.Context, id: UnitId, year: Year, json: Json = False) -> None:
    """Show one enterprise: facilities, markets, its report of a year."""
    from dafeng.registers import Reports

    asked = context.of(ctx)
    out = asked.output
    with opened(asked) as desk:
        _known(desk, id)
        assert desk.database is not None  # noqa: S101 - a known enterprise is in it
        unit = desk.names.enterprises[id]
        report = Reports(desk.database, desk.city.id).get(id, year)
    facilities = [one for one in desk.names.facilities.values() if one.enterprise == id]
    if json:
        record = {"facilities": [one.model_dump(mode="json") for one in facilities], "year": year}
        moved = {"state": report.state, "moved": dict(report.moved), "reason": report.reason}
        out.json({**unit.model_dump(mode="json"), **record, "report": moved})
        return
    out.line(f"{out.label(unit.label)}  {id}", "bold")
    out.line(out.say("{enterprise} {year}: {state}", enterprise=id, year=year, state=out.say(report.state)))
    for one in facilities:
        out.line(f"  {one.id}  {out.label(one.label)}  {one.method}")


@enterprise.command()
def account(
    ctx: typer.Context,
    year: Year,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id of an enterprise; all of them together by default.")
    ] = None,
    market: Annotated[
        str,
        typer.Option(help="Count by this market: none, local or national; by default the one the unit is in."),
    ] = "",
    factor_year: FactorYear = None,
    json: Json = False,
) -> None:
    """Account one enterprise, or all of them together, in a year."""
    from dataclasses import asdict

    from dafeng.cli.commands.unit_tables import show

    asked = context.of(ctx)
    out = asked.output
    if market:
        choice("--market", market, MARKETS)
    with opened(asked) as desk:
        if id is None:
            found: dict[str, Any] = asdict(desk.all_of_them(year, factor_year))
        else:
            _known(desk, id)
            found = desk.account(id, year, market, factor_year).as_dict()
            markets = {one.market for one in desk.names.enterprises[id].markets}
            if not market and markets:
                found["if_counted_by"] = {
                    name: desk.account(id, year, name, factor_year).as_dict()["total"] for name in sorted(markets)
                }
        named = {
            "use": {use.id: use.label for use in desk.names.methods.uses},
            "what": {one.id: one.label for one in desk.names.factors.library.subjects.values()},
            "facility": {one.id: one.label for one in desk.names.facilities.values()},
            "place": {one.id: one.label for one in desk.city.places},
            "sector": dict(desk.city.axes["sector"].labels) if "sector" in desk.city.axes else {},
        }
    if json:
        out.json(_finite(found))
        return
    show(out, found, named)
    if found.get("synthetic") or "synthetic" in found.get("statuses", ()):
        out.line(out.say("Synthetic data, for demonstration only."))


def _move(ctx: typer.Context, word: str, id: str, year: int, reason: str, who: str | None, json: bool) -> None:
    from dafeng.registers import Reports

    asked = context.of(ctx)
    with opened(asked) as desk:
        _known(desk, id)
        assert desk.database is not None  # noqa: S101 - a known enterprise is in it
        figures = _finite(desk.account(id, year).as_dict())
        report = Reports(desk.database, desk.city.id).move(id, year, word, _name(who), figures, reason)
    if json:
        asked.output.json({"enterprise": id, "year": year, "state": report.state, "figures": dict(report.figures)})
    else:
        state = asked.output.say(report.state)
        asked.output.line(asked.output.say("{enterprise} {year}: {state}", enterprise=id, year=year, state=state))


@enterprise.command()
def report(ctx: typer.Context, id: UnitId, year: Year, who: Who = None, json: Json = False) -> None:
    """Hand in the report of an enterprise on a year."""
    _move(ctx, "report", id, year, "", who, json)


@enterprise.command()
def verify(ctx: typer.Context, id: UnitId, year: Year, who: Who = None, json: Json = False) -> None:
    """Verify a report that was handed in."""
    _move(ctx, "verify", id, year, "", who, json)


@enterprise.command()
def lock(ctx: typer.Context, id: UnitId, year: Year, who: Who = None, json: Json = False) -> None:
    """Lock a verified report."""
    _move(ctx, "lock", id, year, "", who, json)


@enterprise.command("return")
def give_back(
    ctx: typer.Context, id: UnitId, year: Year, reason: Why = "", who: Who = None, json: Json = False
) -> None:
    """Give a report back, to be changed and handed in anew."""
    _move(ctx, "return", id, year, reason, who, json)


@enterprise.command()
def unlock(ctx: typer.Context, id: UnitId, year: Year, reason: Why = "", who: Who = None, json: Json = False) -> None:
    """Open a locked report again."""
    _move(ctx, "unlock", id, year, reason, who, json)


@enterprise.command()
def grant(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who is given the role.")],
    role: Annotated[str, typer.Argument(metavar="ROLE", help="Role: reporter, verifier or authority.")],
    subject: Annotated[
        str, typer.Option("--enterprise", metavar="ID", help="Enterprise the role is for; all by default.")
    ] = "*",
    who: Who = None,
    json: Json = False,
) -> None:
    """Let a person report, verify, or act for the authority."""
    from dafeng.registers import Register
    from dafeng.registers.lifecycle import ROLES

    asked = context.of(ctx)
    chosen = ROLES[ROLES.index(choice("ROLE", role, ROLES))]
    with opened(asked, create=True) as desk:
        assert desk.database is not None  # noqa: S101 - it was made
        Register(desk.database, desk.city.id).grant(person, chosen, subject, _name(who))
    if json:
        asked.output.json({"person": person, "role": role, "enterprise": subject})
    else:
        asked.output.line(asked.output.say("granted"))


@enterprise.command()
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write.")],
) -> None:
    """Write an empty workbook for units and activity."""
    from dafeng.accounts.enterprise.template import write

    asked = context.of(ctx)
    with opened(asked) as desk:
        write(file, desk.names, asked.language)
    asked.output.line(f"{file}: {asked.output.say('written')}")


def _known(desk: Desk, id: str) -> None:
    if id not in desk.names.enterprises:
        raise NotFound("enterprise", id, desk.names.enterprises)


def _finite(found: dict[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, float) and isnan(value) else value for name, value in found.items()}
