"""`dafeng report`: tables of accounts as workbooks and long CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.account import BoundaryId, PlaceId, Switches, pairs
from dafeng.cli.commands.enterprise import UnitId, opened
from dafeng.errors import Refused

if TYPE_CHECKING:
    from dafeng.cli.context import Context

report = typer.Typer(
    help="Write tables of accounts: inventory, GPC, enterprise, long.", no_args_is_help=True, rich_markup_mode=None
)
Target = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="File to write.")]
AccountYear = Annotated[int, typer.Option(help="Year of the account.")]


@report.command()
def inventory(
    ctx: typer.Context,
    year: AccountYear,
    output: Target,
    boundary: BoundaryId = "inventory-2025",
    place: PlaceId = None,
    switch: Switches = None,
) -> None:
    """Write the inventory tables of one boundary and year as XLSX."""
    from dafeng.accounts.account import account
    from dafeng.report.inventory import inventory as written

    asked = context.of(ctx)
    made = account(asked.city(), boundary, year, place, **pairs(switch))
    _write(asked, output, written(made, asked.language))


@report.command()
def gpc(ctx: typer.Context, year: AccountYear, output: Target, place: PlaceId = None) -> None:
    """Write the GPC table, BASIC and BASIC+, with its notation keys as XLSX."""
    from dafeng.report.gpc import workbook

    asked = context.of(ctx)
    _write(asked, output, workbook(asked.city(), year, asked.language, place))


@report.command()
def enterprise(ctx: typer.Context, id: UnitId, year: AccountYear, output: Target) -> None:
    """Write the report of one enterprise as XLSX: activity by month, factors, measurements, state."""
    from datetime import date

    from dafeng.report.enterprise import unit_report
    from dafeng.report.enterprise_book import workbook

    asked = context.of(ctx)
    with opened(asked) as desk:
        body = workbook(unit_report(desk, id, year), desk, asked.language, date.today())
    _write(asked, output, body)


@report.command("long")
def long_table(
    ctx: typer.Context,
    output: Target,
    boundary: BoundaryId = "ceads",
    place: PlaceId = None,
    switch: Switches = None,
) -> None:
    """Write every cell of every year of a boundary as one long CSV table."""
    from dafeng.accounts.account import accounts
    from dafeng.report.accounts.rows import COLUMNS, every_year
    from dafeng.report.table import csv_text

    asked = context.of(ctx)
    made = accounts(asked.city(), boundary, place, **pairs(switch))
    _write(asked, output, csv_text(COLUMNS, every_year(made)).encode())


def _write(asked: Context, path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}. Name a file in a folder that can be written.") from None
    asked.output.line(f"{path}: {asked.output.say('written')}")
