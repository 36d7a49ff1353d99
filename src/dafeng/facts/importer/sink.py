"""Where imported figures go: one batch of rows in the database, within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dafeng.documents import Document
from dafeng.facts.observation import Observation
from dafeng.facts.stored import row_of
from dafeng.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Sink:
    """Takes the rows of one batch. Without `start` it only counts: the sink of a dry run that has no database."""

    def __init__(self, city: str, batch: str, recorded: date) -> None:
        self.city, self.batch, self.recorded = city, batch, recorded
        self.imported = self.known = 0
        self.connection: Connection | None = None
        self._file = self._sha256 = self._who = ""

    def start(self, connection: Connection, file: str, sha256: str, who: str) -> str:
        """Open the batch; give the id of the batch that holds this very file already, or ""."""
        from sqlalchemy import insert, select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import Batch  # noqa: PLC0415

        same = (Batch.city == self.city) & (Batch.sha256 == sha256) & Batch.undone.is_(None)
        earlier = connection.execute(select(Batch.id).where(same)).scalar()
        if earlier is not None:
            return str(earlier)
        self.connection = connection
        self._file, self._sha256, self._who = file[:255], sha256, who[:120]
        connection.execute(
            insert(Batch).values(
                id=self.batch,
                city=self.city,
                file=self._file,
                sha256=sha256,
                at=datetime.now(UTC).replace(tzinfo=None),
                who=self._who,
                rows=0,
                imported=0,
                known=0,
                refused=0,
                undone_by="",
            )
        )
        return ""

    def add(self, observations: Iterable[Observation]) -> None:
        """Insert figures; those the database holds already are counted and remembered as stated here too."""
        rows = [row_of(observation, self.city, self.recorded) for observation in observations]
        if not rows:
            return
        if self.connection is None:
            self.imported += len(rows)
            return
        new = self._insert("observation", rows, "city", "digest")
        self.imported += new
        self.known += len(rows) - new
        if new < len(rows):
            self._mention(rows)

    def finish(self, *, rows: int, refused: int, known: int, documents: Sequence[Document]) -> None:
        """Write the counts of the batch, the documents that came with it, and the row of the audit trail."""
        from sqlalchemy import update  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import Batch  # noqa: PLC0415

        if self.connection is None:
            return
        counts = {"rows": rows, "imported": self.imported, "known": known, "refused": refused}
        self.connection.execute(update(Batch).where(Batch.id == self.batch).values(**counts))
        if documents:
            declared = [{"city": self.city, **json.loads(document.model_dump_json())} for document in documents]
            self._insert("document", declared, "city", "id")
        detail = {
            "city": self.city,
            "file": self._file,
            "sha256": self._sha256,
            **counts,
            "documents": [document.id for document in documents],
        }
        audit.append(self.connection, who=self._who, what="import-facts", subject=self.batch, detail=detail)

    def _insert(self, table: str, rows: Sequence[dict[str, Any]], *unique: str) -> int:
        from sqlalchemy import text  # noqa: PLC0415 - imported where a database is open
        from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415

        from dafeng.store.schema import Base  # noqa: PLC0415

        assert self.connection is not None  # noqa: S101 - callers have started the sink
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        live = text("withdrawn IS NULL") if table == "observation" else None
        statement = dialect.insert(Base.metadata.tables[table])
        quiet = statement.on_conflict_do_nothing(index_elements=list(unique), index_where=live)
        return int(self.connection.execute(quiet, list(rows)).rowcount)

    def _mention(self, rows: Sequence[dict[str, Any]]) -> None:
        from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import ObservationRow  # noqa: PLC0415

        assert self.connection is not None  # noqa: S101 - callers have started the sink
        digests = [row["digest"] for row in rows]
        mine = (ObservationRow.batch == self.batch) & ObservationRow.digest.in_(digests)
        inserted = set(self.connection.execute(select(ObservationRow.digest).where(mine)).scalars())
        mentioned = [{"batch": self.batch, "digest": digest} for digest in digests if digest not in inserted]
        if mentioned:
            self._insert("mention", mentioned, "batch", "digest")
