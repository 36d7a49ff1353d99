"""Activity in the database: one batch an import, rows added and withdrawn and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dafeng.errors import Conflict, NotFound
from dafeng.registers.activity import MEASURED, Activity, Measured
from dafeng.registers.reports import closed
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from dafeng.store.database import Database

#: The columns of a row as they are read, in order.
TEXTS = ("place", "enterprise", "facility", "process", "sector", "use", "what")
COLUMNS = (*TEXTS, "first", "last", "quantity", "unit", *MEASURED, "evidence", "source", "status", "note")


@dataclass(frozen=True, slots=True)
class ActivityBatch:
    """One import of activity: its place, file, when and by whom (UTC), its counts, and when it was undone."""

    id: str
    city: str
    place: str
    file: str
    sha256: str
    at: datetime
    who: str
    rows: int
    imported: int
    known: int
    undone: datetime | None
    undone_by: str

    def as_dict(self) -> dict[str, Any]:
        """Give the batch for JSON."""
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**shown, "at": self.at.isoformat(), "undone": self.undone.isoformat() if self.undone else None}


def rows(
    connection: Connection,
    city: str,
    *,
    places: Iterable[str] | None = None,
    enterprises: Iterable[str] | None = None,
    of_places: bool | None = None,
) -> list[tuple[Any, ...]]:
    """Give the rows that count, each with the values of `COLUMNS`.

    `of_places` keeps rows of places (True) or of enterprises (False).
    """
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ActivityRow  # noqa: PLC0415

    table = ActivityRow.__table__
    ask: Select[Any] = select(*(table.c[name] for name in COLUMNS)).where(
        table.c.city == city, table.c.withdrawn.is_(None)
    )
    if places is not None:
        ask = ask.where(table.c.place.in_(list(places)))
    if enterprises is not None:
        ask = ask.where(table.c.enterprise.in_(list(enterprises)))
    if of_places is not None:
        ask = ask.where(table.c.enterprise == "" if of_places else table.c.enterprise != "")
    return [tuple(row) for row in connection.execute(ask.order_by(table.c.id))]


def activity(row: Sequence[Any]) -> Activity:
    """Make a record of a row."""
    found = dict(zip(COLUMNS, row, strict=True))
    measured = Measured(**{name: found.pop(name) for name in MEASURED})
    return Activity(**found, measured=measured)


class ActivitySink:
    """Takes the rows of one batch within a transaction."""

    def __init__(self, connection: Connection, city: str, place: str, batch: str) -> None:
        self.connection, self.city, self.place, self.batch = connection, city, place, batch
        self.imported = self.known = 0

    def start(self, file: str, sha256: str, who: str) -> str:
        """Open the batch; give the id of the batch that holds this very file already, or ""."""
        from sqlalchemy import insert, select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import ActivityBatch as Table  # noqa: PLC0415

        same = (Table.city == self.city) & (Table.place == self.place) & (Table.sha256 == sha256)
        earlier = self.connection.execute(select(Table.id).where(same, Table.undone.is_(None))).scalar()
        if earlier is not None:
            return str(earlier)
        self.connection.execute(
            insert(Table).values(
                id=self.batch,
                city=self.city,
                place=self.place,
                file=file[:255],
                sha256=sha256,
                at=datetime.now(UTC).replace(tzinfo=None),
                who=who[:120],
                rows=0,
                imported=0,
                known=0,
                undone_by="",
            )
        )
        return ""

    def add(self, found: Sequence[Activity], known: Mapping[bytes, object]) -> None:
        """Insert rows; those whose digest is in `known` are counted, and remembered as stated here too."""
        from sqlalchemy import insert  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import ActivityMention, ActivityRow  # noqa: PLC0415

        new: list[dict[str, Any]] = []
        also: list[dict[str, Any]] = []
        for one in found:
            digest = one.digest(self.city)
            if digest in known:
                also.append({"batch": self.batch, "digest": digest})
            else:
                new.append(self._values(one, digest))
        if new:
            self.connection.execute(insert(ActivityRow), new)
        if also:
            self.connection.execute(insert(ActivityMention), also)
        self.imported, self.known = self.imported + len(new), self.known + len(also)

    def finish(self, read: int, file: str, sha256: str, who: str) -> None:
        """Write the counts of the batch and the row of the audit trail."""
        from sqlalchemy import update  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import ActivityBatch as Table  # noqa: PLC0415

        counts = {"rows": read, "imported": self.imported, "known": self.known}
        self.connection.execute(update(Table).where(Table.id == self.batch).values(**counts))
        detail = {"city": self.city, "place": self.place, "file": file, "sha256": sha256, **counts}
        audit.append(self.connection, who=who[:120], what="import-activity", subject=self.batch, detail=detail)

    def _values(self, one: Activity, digest: bytes) -> dict[str, Any]:
        found = {name: getattr(one, name) for name in COLUMNS if name not in MEASURED}
        measured = {name: getattr(one.measured, name) for name in MEASURED}
        return {"batch": self.batch, "city": self.city, "digest": digest, **found, **measured}


def digests(connection: Connection, city: str) -> dict[bytes, None]:
    """Give the digests of the rows that count."""
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ActivityRow  # noqa: PLC0415

    ask = select(ActivityRow.digest).where(ActivityRow.city == city, ActivityRow.withdrawn.is_(None))
    return {bytes(found): None for found in connection.execute(ask).scalars()}


def batches(database: Database, city: str) -> tuple[ActivityBatch, ...]:
    """List the imports of activity into a city, newest first."""
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ActivityBatch as Table  # noqa: PLC0415

    ask = select(Table.__table__).where(Table.city == city).order_by(Table.at.desc(), Table.id)
    with database.reading() as connection:
        return tuple(ActivityBatch(**row) for row in connection.execute(ask).mappings())


def undo(database: Database, city: str, batch: str, who: str = "", today: date | None = None) -> int:
    """Take an import back; give the number of rows withdrawn.

    A row that a later import states too stays, and belongs to that import from now on. The start of a batch id is
    enough where it names one import only.

    Raises:
        NotFound: no import has this id.
        Conflict: it was undone already, or holds activity of a report that is no draft any more.
    """
    from sqlalchemy import delete, select, update  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ActivityBatch as Table  # noqa: PLC0415
    from dafeng.store.schema import ActivityMention, ActivityRow  # noqa: PLC0415

    found = _find(batches(database, city), batch)
    with database.writing() as connection:
        undone = connection.execute(select(Table.undone).where(Table.id == found.id)).scalar()
        if undone is not None:
            raise Conflict(f"import {found.id}: it was undone on {undone:%Y-%m-%d}. There is nothing left to undo.")
        live = (ActivityRow.batch == found.id) & ActivityRow.withdrawn.is_(None)
        also = (
            select(ActivityMention.batch)
            .join(Table, Table.id == ActivityMention.batch)
            .where(ActivityMention.digest == ActivityRow.digest, Table.city == city, Table.undone.is_(None))
            .order_by(Table.at, Table.id)
            .limit(1)
            .scalar_subquery()
        )
        connection.execute(delete(ActivityMention).where(ActivityMention.batch == found.id))
        kept = connection.execute(update(ActivityRow).where(live, also.is_not(None)).values(batch=also)).rowcount
        _check_open(connection, city, found.id)
        day = today or datetime.now(UTC).date()
        withdrawn = connection.execute(update(ActivityRow).where(live).values(withdrawn=day)).rowcount
        at = datetime.now(UTC).replace(tzinfo=None)
        connection.execute(update(Table).where(Table.id == found.id).values(undone=at, undone_by=who[:120]))
        detail = {"city": city, "file": found.file, "withdrawn": withdrawn, "kept": kept}
        audit.append(connection, who=who[:120], what="undo-activity", subject=found.id, detail=detail)
    return int(withdrawn)


def _find(known: Sequence[ActivityBatch], batch: str) -> ActivityBatch:
    found = [one for one in known if batch and one.id.startswith(batch)]
    if len(found) != 1:
        raise NotFound("import", batch, [one.id for one in (found or known)])
    return found[0]


def _check_open(connection: Connection, city: str, batch: str) -> None:
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ActivityRow  # noqa: PLC0415

    shut = closed(connection, city)
    live = (ActivityRow.batch == batch) & ActivityRow.withdrawn.is_(None)
    ask = select(ActivityRow.enterprise, ActivityRow.first, ActivityRow.last).where(live).distinct()
    for enterprise, first, last in connection.execute(ask):
        for year in range(first // 12, last // 12 + 1):
            if (enterprise, year) in shut:
                raise Conflict(
                    f"import {batch}: it holds activity of {enterprise} for {year}, whose report is "
                    f"{shut[enterprise, year]}. Have the report returned or unlocked first."
                )
