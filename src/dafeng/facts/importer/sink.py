"""Where imported figures go: one batch of rows in the database, within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dafeng.documents import Document
from dafeng.facts.importer.batches import FACTS
from dafeng.facts.observation import Observation
from dafeng.facts.stored import STORED, row_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Sink:
    """Takes the rows of one batch. Without `start` it only counts: the sink of a dry run that has no database."""

    def __init__(self, city: str, batch: str, recorded: date) -> None:
        self.city, self.batch, self.recorded = city, batch, recorded
        self.imported = self.known = 0
        self.connection: Connection | None = None

    def start(self, connection: Connection, file: str, sha256: str, who: str) -> str:
        """Open the batch; give the id of the batch that holds this very file already, or ""."""
        earlier = FACTS.start(connection, self.batch, file, sha256, who, city=self.city)
        self.connection = None if earlier else connection
        return earlier

    def add(self, observations: Sequence[tuple[Observation, bytes]]) -> None:
        """Insert figures, each with its digest; those held already are counted, and remembered as stated here too."""
        if self.connection is None:
            self.imported += len(observations)
            return
        if not observations:
            return
        recorded = self.recorded.isoformat()
        rows = [row_of(observation, digest, self.city, recorded) for observation, digest in observations]
        new = self._insert("observation", STORED, rows, "digest")
        self.imported += new
        self.known += len(rows) - new
        if new < len(rows):
            self._mention([digest for _, digest in observations])

    def finish(self, *, rows: int, refused: int, known: int, documents: Sequence[Document]) -> None:
        """Write the counts of the batch, the documents that came with it, and the row of the audit trail."""
        if self.connection is None:
            return
        if documents:
            columns = ("city", *Document.model_fields)
            declared = [(self.city, *document.model_dump().values()) for document in documents]
            self._insert("document", columns, declared, "city", "id")
        counts = {"rows": rows, "imported": self.imported, "known": known, "refused": refused}
        came = [document.id for document in documents]
        FACTS.finish(self.connection, self.batch, counts, documents=came)

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *unique: str) -> int:
        """Insert rows that are not there yet; give how many were new.

        The statement is compiled once and handed to the driver as it is: the types of these columns need no processing.
        """
        from sqlalchemy import text  # noqa: PLC0415 - imported where a database is open
        from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415

        from dafeng.store.schema import Base  # noqa: PLC0415

        assert self.connection is not None  # noqa: S101 - callers have started the sink
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        live = text("withdrawn IS NULL") if table == "observation" else None
        statement = dialect.insert(Base.metadata.tables[table])
        quiet = statement.on_conflict_do_nothing(index_elements=list(unique), index_where=live)
        compiled = quiet.compile(dialect=self.connection.dialect, column_keys=list(columns))
        if compiled.positional:
            order = [columns.index(name) for name in compiled.positiontup or ()]
            given: Any = rows if order == [*range(len(columns))] else [tuple(row[i] for i in order) for row in rows]
        else:
            given = [dict(zip(columns, row, strict=True)) for row in rows]
        return int(self.connection.exec_driver_sql(str(compiled), given).rowcount)

    def _mention(self, digests: Sequence[bytes]) -> None:
        from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

        from dafeng.store.schema import ObservationRow  # noqa: PLC0415

        assert self.connection is not None  # noqa: S101 - callers have started the sink
        mine = (ObservationRow.batch == self.batch) & ObservationRow.digest.in_(digests)
        inserted = {
            bytes(found) for found in self.connection.execute(select(ObservationRow.digest).where(mine)).scalars()
        }
        mentioned = [(self.batch, digest) for digest in digests if digest not in inserted]
        if mentioned:
            self._insert("mention", ("batch", "digest"), mentioned, "batch", "digest")
