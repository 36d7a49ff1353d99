"""Imports that were made: listed, and undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dafeng.errors import Conflict, NotFound
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dafeng.store.database import Database


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """One import: its file, when and by whom (UTC), its counts, and when it was undone."""

    id: str
    city: str
    file: str
    sha256: str
    at: datetime
    who: str
    rows: int
    imported: int
    known: int
    refused: int
    undone: datetime | None
    undone_by: str

    def as_dict(self) -> dict[str, Any]:
        """Give the record for JSON."""
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**shown, "at": self.at.isoformat(), "undone": self.undone.isoformat() if self.undone else None}


def batches(database: Database, city: str) -> tuple[BatchRecord, ...]:
    """List the imports into a city, newest first."""
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import Batch  # noqa: PLC0415

    ask = select(Batch.__table__).where(Batch.city == city).order_by(Batch.at.desc(), Batch.id)
    with database.reading() as connection:
        return tuple(BatchRecord(**row) for row in connection.execute(ask).mappings())


def undo(database: Database, city: str, batch: str, who: str = "", today: date | None = None) -> int:
    """Take an import back: its figures are withdrawn from today, and still answer for the days before.

    A figure that a later import states too stays, and belongs to that import from now on. Give the number withdrawn.
    The start of a batch id is enough where it names one import only.

    Raises:
        NotFound: no import has this id.
        Conflict: it was undone already.
    """
    from sqlalchemy import delete, select, update  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import Batch, Mention, ObservationRow  # noqa: PLC0415

    with database.writing() as connection:
        found = _find(connection, city, batch)
        if found.undone is not None:
            raise Conflict(
                f"import {found.id}: it was undone on {found.undone:%Y-%m-%d}. There is nothing left to undo."
            )
        live = (ObservationRow.batch == found.id) & ObservationRow.withdrawn.is_(None)
        also = (
            select(Mention.batch)
            .join(Batch, Batch.id == Mention.batch)
            .where(Mention.digest == ObservationRow.digest, Batch.city == city, Batch.undone.is_(None))
            .order_by(Batch.at, Batch.id)
            .limit(1)
            .scalar_subquery()
        )
        connection.execute(delete(Mention).where(Mention.batch == found.id))
        kept = connection.execute(update(ObservationRow).where(live, also.is_not(None)).values(batch=also)).rowcount
        day = today or datetime.now(UTC).date()
        withdrawn = connection.execute(update(ObservationRow).where(live).values(withdrawn=day)).rowcount
        at = datetime.now(UTC).replace(tzinfo=None)
        connection.execute(update(Batch).where(Batch.id == found.id).values(undone=at, undone_by=who[:120]))
        detail = {"city": city, "file": found.file, "withdrawn": withdrawn, "kept": kept}
        audit.append(connection, who=who[:120], what="undo-import", subject=found.id, detail=detail)
    return int(withdrawn)


def _find(connection: Connection, city: str, batch: str) -> BatchRecord:
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import Batch  # noqa: PLC0415

    mine = select(Batch.__table__).where(Batch.city == city)
    rows = [BatchRecord(**row) for row in connection.execute(mine).mappings()]
    found = [row for row in rows if batch and row.id.startswith(batch)]
    if len(found) != 1:
        raise NotFound("import", batch, [row.id for row in (found or rows)])
    return found[0]
