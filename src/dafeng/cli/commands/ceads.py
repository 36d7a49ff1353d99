"""`dafeng import ceads`: a user's own copy of the CEADs inventory, as facts of 47 branches."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.importing import import_facts
from dafeng.cli.options import Json


def import_ceads(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV file with the columns year, sector, fuel and value_mt.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file.")] = False,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who does this; your login name by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Take in your own copy of the CEADs inventory: branches by fuels."""
    from dafeng.accounts.ceads import facts_of

    table = facts_of(file, context.of(ctx).city())
    with TemporaryDirectory() as folder:
        path = Path(folder) / file.with_suffix(".csv").name
        path.write_text(table, encoding="utf-8")
        import_facts(ctx, path, dry_run, False, None, None, who, json)
