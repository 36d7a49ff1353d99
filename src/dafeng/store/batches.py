"""Imports as batches: opened within their transaction, listed, and taken back. Facts and activity are kept alike.

Rows are added and withdrawn, never changed. An import that finds a row here already mentions it: if the import that
brought the row is taken back, the row stays and belongs to the one that mentioned it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dafeng.errors import Conflict, NotFound
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from dafeng.store.database import Database


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: its file, when and by whom (UTC), its counts, and when it was undone.

    `place` is "" for an import that is about no single place; `refused` counts rows left out of one that keeps the
    good ones.
    """

    id: str
    city: str
    file: str
    sha256: str
    at: datetime
    who: str
    rows: int
    imported: int
    known: int
    undone: datetime | None
    undone_by: str
    place: str = ""
    refused: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Give the batch for JSON."""
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**shown, "at": self.at.isoformat(), "undone": self.undone.isoformat() if self.undone else None}


@dataclass(frozen=True, slots=True)
class Imports:
    """One kind of import: the names of its three tables, and the words of its rows in the audit trail.

    `same` are the columns that, beside the file itself, tell two imports apart.
    """

    batches: str
    rows: str
    mentions: str
    made: str
    taken_back: str
    same: tuple[str, ...] = ("city",)

    def start(self, connection: Connection, id: str, file: str, sha256: str, who: str, **about: Any) -> str:
        """Open a batch; give the id of the one that holds this very file already, or ""."""
        from sqlalchemy import insert, select  # noqa: PLC0415 - imported where a database is open

        table = _table(self.batches)
        given = {name: about[name] for name in self.same}
        same = [table.c[name] == value for name, value in given.items()]
        ask = select(table.c.id).where(*same, table.c.sha256 == sha256, table.c.undone.is_(None))
        earlier = connection.execute(ask).scalar()
        if earlier is not None:
            return str(earlier)
        counts = {name: 0 for name in ("rows", "imported", "known", "refused") if name in table.c}
        at = datetime.now(UTC).replace(tzinfo=None)
        values = {"id": id, "file": file[:255], "sha256": sha256, "at": at, "who": who[:120], "undone_by": ""}
        connection.execute(insert(table).values(**values, **given, **counts))
        return ""

    def finish(self, connection: Connection, id: str, counts: Mapping[str, int], **detail: Any) -> None:
        """Write the counts of a batch, and the row of the audit trail with `detail` in it."""
        from sqlalchemy import select, update  # noqa: PLC0415 - imported where a database is open

        table = _table(self.batches)
        connection.execute(update(table).where(table.c.id == id).values(**counts))
        ask = select(*(table.c[name] for name in (*self.same, "file", "sha256", "who"))).where(table.c.id == id)
        known = dict(connection.execute(ask).mappings().one())
        who = str(known.pop("who"))
        audit.append(connection, who=who, what=self.made, subject=id, detail={**known, **counts, **detail})

    def listed(self, database: Database, city: str) -> tuple[Batch, ...]:
        """List the imports into a city, newest first."""
        with database.reading() as connection:
            return self._all(connection, city)

    def undo(
        self,
        database: Database,
        city: str,
        batch: str,
        who: str = "",
        today: date | None = None,
        check: Callable[[Connection, str], None] | None = None,
    ) -> int:
        """Take an import back: its rows are withdrawn from today. Give the number withdrawn.

        A row that a later import states too stays, and belongs to that import from now on. The start of a batch id is
        enough where it names one import only. `check` is asked with the rows left to withdraw, and may raise.

        Raises:
            NotFound: no import has this id.
            Conflict: it was undone already.
        """
        from sqlalchemy import delete, select, update  # noqa: PLC0415 - imported where a database is open

        batches, rows, mentions = (_table(name) for name in (self.batches, self.rows, self.mentions))
        with database.writing() as connection:
            found = _named(self._all(connection, city), batch)
            if found.undone is not None:
                raise Conflict(
                    f"import {found.id}: it was undone on {found.undone:%Y-%m-%d}. There is nothing left to undo.",
                    zh=f"导入批次 {found.id}：已于 {found.undone:%Y-%m-%d} 撤销，没有可撤销的内容。",
                )
            live = (rows.c.batch == found.id) & rows.c.withdrawn.is_(None)
            also = (
                select(mentions.c.batch)
                .join(batches, batches.c.id == mentions.c.batch)
                .where(mentions.c.digest == rows.c.digest, batches.c.city == city, batches.c.undone.is_(None))
                .order_by(batches.c.at, batches.c.id)
                .limit(1)
                .scalar_subquery()
            )
            connection.execute(delete(mentions).where(mentions.c.batch == found.id))
            kept = connection.execute(update(rows).where(live, also.is_not(None)).values(batch=also)).rowcount
            if check is not None:
                check(connection, found.id)
            day = today or datetime.now(UTC).date()
            withdrawn = int(connection.execute(update(rows).where(live).values(withdrawn=day)).rowcount)
            at = datetime.now(UTC).replace(tzinfo=None)
            connection.execute(update(batches).where(batches.c.id == found.id).values(undone=at, undone_by=who[:120]))
            detail = {"city": city, "file": found.file, "withdrawn": withdrawn, "kept": kept}
            audit.append(connection, who=who[:120], what=self.taken_back, subject=found.id, detail=detail)
        return withdrawn

    def _all(self, connection: Connection, city: str) -> tuple[Batch, ...]:
        from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

        table = _table(self.batches)
        ask = select(table).where(table.c.city == city).order_by(table.c.at.desc(), table.c.id)
        return tuple(Batch(**row) for row in connection.execute(ask).mappings())


def _named(known: Iterable[Batch], batch: str) -> Batch:
    every = tuple(known)
    found = [one for one in every if batch and one.id.startswith(batch)]
    if len(found) != 1:
        raise NotFound("import", batch, [one.id for one in (found or every)])
    return found[0]


def _table(name: str) -> Table:
    from dafeng.store.schema import Base  # noqa: PLC0415 - imported where a database is open

    return Base.metadata.tables[name]
