"""`dafeng check`: every fault of a city pack, at once."""

from __future__ import annotations

from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json


def check(
    ctx: typer.Context,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="City pack: a path or a name; that of --city by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Check a whole city pack: every file, every reference, every unit. Exit code 1 where it has faults."""
    from dafeng.city import check as faults_of

    asked = context.of(ctx)
    name = path or asked.settings().city
    faults = list(faults_of(name))
    if json:
        asked.output.json({"city": name, "faults": [fault.as_dict() for fault in faults]})
    elif faults:
        asked.output.faults(faults, name)
    else:
        asked.output.line(asked.output.say("{city}: no faults", city=name))
    if faults:
        raise typer.Exit(ExitCode.FAULTS)
