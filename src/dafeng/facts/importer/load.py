"""Taking a table of facts into the database: all of it, or nothing, or on demand what is good of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np

from dafeng.documents import Document
from dafeng.errors import DafengError
from dafeng.facts.importer import header as headers
from dafeng.facts.importer.encoding import scan
from dafeng.facts.importer.report import FaultLog, Progress, Report, State
from dafeng.facts.importer.sink import Sink
from dafeng.facts.importer.table import NotATable, Table, is_workbook, opened_csv, opened_workbook
from dafeng.facts.observation import Observation
from dafeng.facts.row import RowReader
from dafeng.facts.stored import digest, documents
from dafeng.facts.vocabulary import Vocabulary

if TYPE_CHECKING:
    from dafeng.store.database import Database

_CHUNK = 5_000


class _Back(Exception):
    """Leaves the transaction so that nothing of it is kept."""


@dataclass(frozen=True)
class Options:
    """How a table is to be taken.

    `defaults` gives the text of columns that the table does not have ({"source": "yearbook-2025"}). `documents` are
    publications to declare along with the figures. `keep_good` takes the rows without fault and leaves the others.
    `sheet` names the sheet of a workbook. `progress` is called every few thousand rows, and `cancelled` is asked then.
    """

    who: str = ""
    dry_run: bool = False
    keep_good: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    documents: Sequence[Document] = ()
    sheet: str | None = None
    today: date | None = None
    progress: Callable[[Progress], None] | None = None
    cancelled: Callable[[], bool] | None = None


def run(
    path: Path,
    database: Database | None,
    city: str,
    vocabulary: Vocabulary,
    pack: Iterable[Observation] = (),
    options: Options | None = None,
) -> Report:
    """Import the facts of one CSV or XLSX file.

    The same file again changes nothing; a row that is known already, from the pack or another import, is counted and
    not taken twice. Without a database only a dry run is possible: rows are held against the pack alone.

    Raises:
        DafengError: the file is not there, or there is no database and the run is not dry.
    """
    how = options or Options()
    if database is None and not how.dry_run:
        raise DafengError(f"{path.name}: there is no database to import into. Open one, or ask for a dry run.")
    if not path.is_file():
        raise DafengError(f"{path.name}: there is no such file. Check the path.")
    return _Import(path, database, city, vocabulary, pack, how).run()


class _Import:
    """One run over one file."""

    def __init__(
        self,
        path: Path,
        database: Database | None,
        city: str,
        vocabulary: Vocabulary,
        pack: Iterable[Observation],
        how: Options,
    ) -> None:
        self.path, self.database, self.city, self.how = path, database, city, how
        came = documents(database, city) if database is not None else {}
        declared = {*(vocabulary.documents or ()), *came, *(document.id for document in how.documents)}
        self.vocabulary = replace(vocabulary, documents=None if vocabulary.documents is None else declared)
        self.in_pack = {digest(observation, city) for observation in pack}
        self.log = FaultLog()
        self.seen: set[int] = set()
        self.keys, self.at_rows = array("q"), array("q")
        self.rows = self.known = self.refused = 0
        self.batch = uuid4().hex
        self.today = how.today or datetime.now(UTC).date()
        self.sha256 = ""
        self.notices: tuple[str, ...] = ()

    def run(self) -> Report:
        try:
            with self._table() as table:
                if table is None:
                    return self._report("refused")
                self.notices = table.notices
                return self._take(table)
        except NotATable as error:
            self.log.add(error.fault.code, error.fault.place, error.fault.message, error.fault.remedy)
            return self._report("refused")

    @contextmanager
    def _table(self) -> Iterator[Table | None]:
        workbook = is_workbook(self.path)
        scanned = scan(self.path)
        self.sha256 = scanned.sha256
        if scanned.fault and not workbook:
            self.log.add(scanned.fault.code, scanned.fault.place, scanned.fault.message, scanned.fault.remedy)
            yield None
            return
        opened: AbstractContextManager[Table] = (
            opened_workbook(self.path, self.how.sheet) if workbook else opened_csv(self.path, scanned.encoding)
        )
        with opened as table:
            yield table

    def _take(self, table: Table) -> Report:
        state: State = "cancelled"
        imported = 0
        sink = Sink(self.city, self.batch, self.today)
        writing = nullcontext(None) if self.database is None else self.database.writing(bulk=True)
        try:
            with writing as connection:
                if connection is not None:
                    earlier = sink.start(connection, self.path.name, self.sha256, self.how.who)
                    if earlier:
                        self.batch = earlier
                        return self._report("already-imported")
                state = self._read(table, sink)
                imported = sink.imported
                self.known += sink.known
                if state != "imported":
                    raise _Back
                sink.finish(rows=self.rows, refused=self.refused, known=self.known, documents=self.how.documents)
        except _Back:
            pass
        return self._report(state, imported)

    def _read(self, table: Table, sink: Sink) -> State:
        header = headers.find(table.rows, self.how.defaults)
        if header is None:
            self.log.add("empty", self.path.name, "the table is empty", "Write a header and a row for each figure")
            return "refused"
        self.notices += header.notices
        if header.faults:
            for fault in header.faults:
                self.log.add(fault.code, fault.place, fault.message, fault.remedy)
            return "refused"
        reader = RowReader(
            header.columns, self.vocabulary, defaults=self.how.defaults, recorded=self.today, batch=self.batch
        )
        chunk: list[tuple[Observation, bytes]] = []
        for count, (number, cells) in enumerate(table.rows, 1):
            new = self._new(reader, header, number, cells)
            if new is not None:
                chunk.append(new)
            if count % _CHUNK == 0:
                if self._stopped(table):
                    return "cancelled"
                self._pass_on(chunk, sink)
        self._pass_on(chunk, sink)
        self._stopped(table)
        return self._verdict(sink)

    def _new(
        self, reader: RowReader, header: headers.Header, number: int, cells: Sequence[str]
    ) -> tuple[Observation, bytes] | None:
        """Read one row; give its figure, with its digest, if there is no fault in it and the pack does not hold it."""
        width = len(header.cells)
        if not (cells and cells[0]) and not any(cell.strip() for cell in cells):
            return None
        self.rows += 1
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            self.refused += 1
            message = f"the row has {len(cells)} cells and the header {width}"
            self.log.add("row-length", f"row {number}", message, "Quote cells that hold the delimiter")
            return None
        found = reader.read(cells)
        if not isinstance(found, Observation):
            self.refused += 1
            for problem in found:
                place = f"row {number}, column {header.name(problem.column)}"
                self.log.add(problem.code, place, problem.message, problem.remedy)
            return None
        if found.value is not None and self._again(found, number):
            self.refused += 1
            return None
        hashed = digest(found, self.city)
        if hashed in self.in_pack:
            self.known += 1
            return None
        return found, hashed

    def _again(self, observation: Observation, number: int) -> bool:
        """Note a figure that an earlier row of the file gives; 64 bits of hash tell figures apart."""
        key = hash(observation.key)
        if key in self.seen:
            first = self.at_rows[int(np.flatnonzero(np.frombuffer(self.keys, dtype=np.int64) == key)[0])]
            message = f"{observation.id} from '{observation.source}' is given twice (first in row {first})"
            remedy = "Keep one of the two, or give the vintage of the later publication"
            self.log.add("duplicate-row", f"row {number}", message, remedy)
            return True
        self.seen.add(key)
        self.keys.append(key)
        self.at_rows.append(number)
        return False

    def _pass_on(self, chunk: list[tuple[Observation, bytes]], sink: Sink) -> None:
        if self.how.keep_good or not self.log.counts:
            sink.add(chunk)
        chunk.clear()

    def _stopped(self, table: Table) -> bool:
        if self.how.progress:
            self.how.progress(Progress(self.rows, table.share() if table.share else None))
        return bool(self.how.cancelled and self.how.cancelled())

    def _verdict(self, sink: Sink) -> State:
        if self.rows == 0:
            self.log.add("empty", self.path.name, "the table has a header and no row", "Write a row for each figure")
        if self.log.counts and not self.how.keep_good:
            return "refused"
        if self.how.dry_run:
            return "checked"
        if sink.imported == 0:
            return "refused" if self.log.counts else "nothing-new"
        return "imported"

    def _report(self, state: State, imported: int = 0) -> Report:
        return Report(
            file=self.path.name,
            sha256=self.sha256,
            state=state,
            dry_run=self.how.dry_run,
            batch=self.batch if state in ("imported", "already-imported") else "",
            rows=self.rows,
            imported=imported if state in ("imported", "checked") else 0,
            known=self.known,
            refused=self.refused,
            faults=tuple(self.log.kept),
            counts=dict(self.log.counts),
            notices=self.notices,
        )
