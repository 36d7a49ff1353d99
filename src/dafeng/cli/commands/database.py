"""`dafeng database`: where the database of what people enter stands, and bringing it to its present shape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json
from dafeng.errors import NotFound

if TYPE_CHECKING:
    from dafeng.cli.output import Output
    from dafeng.store.upkeep import Status

database = typer.Typer(
    help="Look at the database, or bring an older one to its present shape.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
#: What is said of a database in each state.
STATES = {
    "absent": "no database yet: the first import or upload makes it",
    "current": "up to date (step {step})",
    "older": "made by an older dafeng (step {step}, this one needs {expected})",
    "newer": "made by a newer dafeng (step {step}, this one knows {expected}); update dafeng",
}


@database.command("status")
def database_status(ctx: typer.Context, json: Json = False) -> None:
    """Tell where the database is and at which step. Exit code 1 where it is of another version of dafeng."""
    from dafeng.store import upkeep

    asked = context.of(ctx)
    found = upkeep.status(asked.settings().database)
    if json:
        asked.output.json(found.as_dict())
    else:
        _tell(asked.output, found)
        if found.state == "older":
            asked.output.line(asked.output.say("'dafeng database migrate' takes these steps."))
    if found.state in ("older", "newer"):
        raise typer.Exit(ExitCode.FAULTS)


@database.command("migrate")
def database_migrate(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell which steps would be taken.")] = False,
    backup: Annotated[
        Path | None,
        typer.Option(
            "--backup", metavar="FILE", help="Where the copy of an SQLite database goes; beside it by default."
        ),
    ] = None,
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Make no copy first.")] = False,
    json: Json = False,
) -> None:
    """Bring an older database to its present shape, all steps or none; an SQLite database is copied first."""
    from dafeng.store import upkeep

    if backup is not None and no_backup:
        raise typer.BadParameter("give --backup or --no-backup, not both", param_hint="--backup")
    asked = context.of(ctx)
    out, url = asked.output, asked.settings().database
    before = upkeep.status(url)
    copy = None if no_backup else backup or upkeep.copy_of(url)
    work = before.state == "older" and not dry_run
    if before.state == "absent":
        raise NotFound("database", before.where)
    if not dry_run:
        upkeep.migrate(url, copy)
    made = str(copy) if work and copy is not None else None
    if json:
        after = before if dry_run else upkeep.status(url)
        out.json({"before": before.as_dict(), "after": after.as_dict(), "copy": made, "dry_run": dry_run})
        return
    _tell(out, before)
    if made:
        out.line(out.say("copy: {path}", path=made))
    elif work and before.kind == "postgresql":
        out.line(out.say("no copy of a PostgreSQL database is made here; pg_dump makes one"))
    if work:
        out.line(out.say("now up to date (step {step})", step=before.missing[-1].id), "bold")
    elif before.state == "older":
        out.line(out.say("nothing was changed"))


def _tell(out: Output, found: Status) -> None:
    from dafeng.store.database import REVISION

    out.line(found.where, "bold")
    out.line(out.say(STATES[found.state], step=found.step, expected=REVISION))
    for step in found.missing:
        out.line(f"  {step.id}  {out.say(step.does)}")
