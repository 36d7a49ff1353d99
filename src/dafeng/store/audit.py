"""The audit trail: every change in a row that holds the hash of the row before, so that none is altered unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

_START = "0" * 64
#: PostgreSQL's advisory lock under which rows are appended, so that two writers cannot follow the same row.
_LOCK = 0x6461_6665


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `at` is UTC in ISO form, `what` a word such as "import-facts", `detail` what else is to be known."""

    id: int
    at: str
    who: str
    what: str
    subject: str
    detail: dict[str, Any]
    hash: str


def append(connection: Connection, *, who: str, what: str, subject: str, detail: Mapping[str, Any]) -> Entry:
    """Add a row within the transaction of the change it tells of; both are kept or neither."""
    from sqlalchemy import func, insert, select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import AuditRow  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    newest = connection.execute(select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)).first()
    id, previous = (newest.id + 1, newest.hash) if newest else (1, _START)
    row: dict[str, Any] = {
        "id": id,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": who,
        "what": what,
        "subject": subject,
        "detail": json.dumps(dict(detail), ensure_ascii=False, sort_keys=True),
        "previous": previous,
    }
    row["hash"] = _hash(row)
    connection.execute(insert(AuditRow).values(**row))
    return Entry(id, row["at"], who, what, subject, dict(detail), row["hash"])


def entries(
    connection: Connection, most: int = 100, subject: str = "", without: Collection[str] = ()
) -> tuple[Entry, ...]:
    """List the newest rows, newest first: those of one `subject`, less the kinds of change in `without`."""
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import AuditRow  # noqa: PLC0415

    ask = select(AuditRow.__table__).order_by(AuditRow.id.desc()).limit(most)
    if without:
        ask = ask.where(AuditRow.what.not_in(list(without)))
    if subject:
        ask = ask.where(AuditRow.subject == subject)
    return tuple(
        Entry(row.id, row.at, row.who, row.what, row.subject, json.loads(row.detail), row.hash)
        for row in connection.execute(ask)
    )


def broken(connection: Connection) -> int | None:
    """Give the number of the first row that does not follow from the one before; None where the whole trail holds.

    Rows cut off at the end cannot be seen from the trail itself: keep the newest hash elsewhere to notice them.
    """
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import AuditRow  # noqa: PLC0415

    previous = _START
    for expected, row in enumerate(connection.execute(select(AuditRow.__table__).order_by(AuditRow.id)).mappings(), 1):
        if row["id"] != expected or row["previous"] != previous or row["hash"] != _hash(dict(row)):
            return expected
        previous = row["hash"]
    return None


def _hash(row: Mapping[str, Any]) -> str:
    text = "\x1f".join(str(row[name]) for name in ("id", "at", "who", "what", "subject", "detail", "previous"))
    return hashlib.sha256(text.encode()).hexdigest()
