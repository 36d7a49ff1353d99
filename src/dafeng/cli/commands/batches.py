"""`dafeng import list` and `undo`: imports of every kind, of facts and of activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.importing import Who, _name
from dafeng.cli.options import Json
from dafeng.cli.output import Column
from dafeng.errors import NotFound

if TYPE_CHECKING:
    from dafeng.store.batches import Batch, Imports
    from dafeng.store.database import Database


def _kinds() -> dict[str, Imports]:
    from dafeng.facts.importer.batches import FACTS
    from dafeng.registers.stored import ACTIVITY

    return {"facts": FACTS, "activity": ACTIVITY}


def _listed(database: Database, city: str) -> list[tuple[str, Batch]]:
    """Give every import with its kind, newest first."""
    found = [(kind, batch) for kind, of in _kinds().items() for batch in of.listed(database, city)]
    return sorted(found, key=lambda pair: pair[1].at, reverse=True)


def list_imports(ctx: typer.Context, json: Json = False) -> None:
    """List what was imported, newest first."""
    from dafeng.store import database as databases

    asked = context.of(ctx)
    out = asked.output
    city = asked.city()
    url = asked.settings().database
    found: list[tuple[str, Batch]] = []
    if databases.exists(url):
        with databases.open(url) as opened:
            found = _listed(opened, city.id)
    if json:
        out.json({"city": city.id, "items": [{"kind": kind, **batch.as_dict()} for kind, batch in found]})
        return
    if not found:
        out.line(out.say("Nothing was imported yet."))
        return
    names = ("batch", "kind", "place", "file", "imported on", "by", "new", "known", "undone on")
    columns = [Column(name, right=name in ("new", "known"), fold=name == "file") for name in names]
    rows = [
        [
            batch.id[:12],
            out.say(kind),
            batch.place,
            batch.file,
            f"{batch.at:%Y-%m-%d %H:%M}Z",
            batch.who,
            str(batch.imported),
            str(batch.known),
            f"{batch.undone:%Y-%m-%d}" if batch.undone else "",
        ]
        for kind, batch in found
    ]
    out.table(columns, rows)


def undo_import(
    ctx: typer.Context,
    batch: Annotated[
        str, typer.Argument(metavar="BATCH", help="Batch id, or its start; 'dafeng import list' lists them.")
    ],
    who: Who = None,
    json: Json = False,
) -> None:
    """Undo one import: its facts or activity count no longer; facts still answer for the days before."""
    from dafeng.facts.importer import undo as undo_facts
    from dafeng.registers.stored import undo as undo_activity
    from dafeng.store import database as databases

    asked = context.of(ctx)
    city = asked.city()
    url = asked.settings().database
    if not databases.exists(url):
        raise NotFound("import", batch)
    with databases.open(url) as opened:
        every = _listed(opened, city.id)
        meant = [(kind, one.id) for kind, one in every if batch and one.id.startswith(batch)]
        if len(meant) != 1:
            raise NotFound("import", batch, [id for _, id in meant] or [one.id for _, one in every])
        kind, id = meant[0]
        undo = {"facts": undo_facts, "activity": undo_activity}[kind]
        withdrawn = undo(opened, city.id, id, _name(who))
    if json:
        asked.output.json({"city": city.id, "batch": batch, "kind": kind, "withdrawn": withdrawn})
    else:
        asked.output.line(asked.output.say("{batch}: {count} rows withdrawn", batch=batch, count=withdrawn))
