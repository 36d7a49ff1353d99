"""Activity in the database: one batch an import, rows added and withdrawn and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dafeng.errors import Conflict
from dafeng.registers.activity import MEASURED, Activity, Measured
from dafeng.registers.reports import closed
from dafeng.store.batches import Batch, Imports

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from dafeng.store.database import Database

ACTIVITY = Imports(
    "activity_batch", "activity", "activity_mention", "import-activity", "undo-activity", ("city", "place")
)
#: The columns of a row as they are read, in order.
TEXTS = ("place", "enterprise", "facility", "process", "sector", "use", "what")
COLUMNS = (*TEXTS, "first", "last", "quantity", "unit", *MEASURED, "evidence", "source", "status", "note")


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
        return ACTIVITY.start(self.connection, self.batch, file, sha256, who, city=self.city, place=self.place)

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

    def finish(self, read: int) -> None:
        """Write the counts of the batch and the row of the audit trail."""
        counts = {"rows": read, "imported": self.imported, "known": self.known}
        ACTIVITY.finish(self.connection, self.batch, counts)

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


def batches(database: Database, city: str) -> tuple[Batch, ...]:
    """List the imports of activity into a city, newest first."""
    return ACTIVITY.listed(database, city)


def undo(database: Database, city: str, batch: str, who: str = "", today: date | None = None) -> int:
    """Take an import back; give the number of rows withdrawn.

    A row that a later import states too stays, and belongs to that import from now on. The start of a batch id is
    enough where it names one import only.

    Raises:
        NotFound: no import has this id.
        Conflict: it was undone already, or holds activity of a report that is no draft any more.
    """

    def check(connection: Connection, id: str) -> None:
        _check_open(connection, city, id)

    return ACTIVITY.undo(database, city, batch, who, today, check)


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
