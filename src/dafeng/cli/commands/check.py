"""`dafeng check`: every fault of a city pack, at once."""

from __future__ import annotations

from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json
from dafeng.errors import Fault


def check(
    ctx: typer.Context,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="City pack: a path or a name; that of --city by default.")
    ] = None,
    json: Json = False,
) -> None:
    """Check a whole city pack: every file, every reference, every unit. Exit code 1 where it has faults."""
    asked = context.of(ctx)
    name = path or asked.settings().city
    faults = _faults(name)
    if json:
        asked.output.json({"city": name, "faults": [fault.as_dict() for fault in faults]})
    elif faults:
        asked.output.faults(faults, name)
    else:
        asked.output.line(asked.output.say("{city}: no faults", city=name))
    if faults:
        raise typer.Exit(ExitCode.FAULTS)


def _faults(name: str) -> list[Fault]:
    """List the faults of the pack and its factors; where there are none, those of pathway and power system."""
    from dafeng import city, factors, pathway
    from dafeng.dispatch import pack as power

    faults = [*city.check(name), *factors.check(city.find_pack(name))]
    return faults or [*pathway.check(city.load(name)), *power.check(city.load(name))]
