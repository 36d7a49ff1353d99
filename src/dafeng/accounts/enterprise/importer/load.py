"""Taking a table of activity into the database: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from dafeng.accounts.enterprise.importer import words
from dafeng.accounts.enterprise.importer.names import Names
from dafeng.accounts.enterprise.importer.rows import RowReader
from dafeng.accounts.enterprise.importer.twice import Twice
from dafeng.errors import DafengError
from dafeng.facts.importer.encoding import scan
from dafeng.facts.importer.report import FaultLog, Report, State
from dafeng.facts.importer.table import NotATable, Table, is_workbook, opened_csv, opened_workbook
from dafeng.registers import stored
from dafeng.registers.activity import Activity

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dafeng.store.database import Database

#: Names of the sheet of a template that holds activity.
SHEETS = ("activity", "活动数据")


class _Back(Exception):
    """Leaves the transaction so that nothing of it is kept."""


@dataclass(frozen=True)
class Options:
    """How a table is to be taken.

    `defaults` gives the text of columns that the table does not have ({"source": "ledger 2024"}). `sheet` names the
    sheet of a workbook; by default that of a template, else the first.
    """

    who: str = ""
    dry_run: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None


def run(
    path: Path, database: Database | None, city: str, names: Names, place: str, options: Options | None = None
) -> Report:
    """Import the activity of one CSV or XLSX file for a place.

    The same file again changes nothing; a row that is known already is counted and not taken twice. Without a database
    only a dry run is possible.

    Raises:
        DafengError: the file is not there, or there is no database and the run is not dry.
    """
    how = options or Options()
    if database is None and not how.dry_run:
        raise DafengError(f"{path.name}: there is no database to import into. Open one, or ask for a dry run.")
    if not path.is_file():
        raise DafengError(f"{path.name}: there is no such file. Check the path.")
    return _Import(path, database, city, names, place, how).run()


@contextmanager
def opened(path: Path, sheet: str | None, sheets: Sequence[str]) -> Iterator[tuple[Table, str]]:
    """Open a CSV or XLSX file; give its table and its hash.

    Raises:
        NotATable: it cannot be read as a table.
    """
    workbook = is_workbook(path)
    scanned = scan(path)
    if scanned.fault and not workbook:
        fault = scanned.fault
        raise NotATable(fault.code, fault.place, fault.message, fault.remedy)
    if not workbook:
        found: AbstractContextManager[Table] = opened_csv(path, scanned.encoding)
    else:
        found = opened_workbook(path, sheet or _sheet(path, sheets))
    with found as table:
        yield table, scanned.sha256


def _sheet(path: Path, sheets: Sequence[str]) -> str | None:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and needed for workbooks only

    try:
        book = load_workbook(path, read_only=True)
    except Exception:  # noqa: BLE001, RUF100 - a damaged workbook is told of by the one who reads it
        return None
    try:
        return next((name for name in book.sheetnames if name in sheets), None)
    finally:
        book.close()


class _Import:
    """One run over one file."""

    def __init__(
        self, path: Path, database: Database | None, city: str, names: Names, place: str, how: Options
    ) -> None:
        self.path, self.database, self.city, self.names, self.place, self.how = path, database, city, names, place, how
        self.log = FaultLog()
        self.batch = uuid4().hex
        self.rows = self.refused = self.imported = self.known = 0
        self.sha256 = ""
        self.notices: tuple[str, ...] = ()

    def run(self) -> Report:
        try:
            with opened(self.path, self.how.sheet, SHEETS) as (table, self.sha256):
                self.notices = table.notices
                return self._report(self._take(table))
        except NotATable as error:
            self.log.add(error.fault.code, error.fault.place, error.fault.message, error.fault.remedy)
            return self._report("refused")

    def _take(self, table: Table) -> State:
        if self.database is None:
            return self._read(table, None)
        state: State = "cancelled"
        try:
            with self.database.writing(bulk=True) as connection:
                state = self._read(table, connection)
                if state != "imported":
                    raise _Back
        except _Back:
            pass
        return state

    def _read(self, table: Table, connection: Connection | None) -> State:
        sink = None if connection is None else stored.ActivitySink(connection, self.city, self.place, self.batch)
        if sink is not None:
            earlier = sink.start(self.path.name, self.sha256, self.how.who)
            if earlier:
                self.batch = earlier
                return "already-imported"
        known = {} if connection is None else stored.digests(connection, self.city)
        twice = Twice()
        if connection is not None:
            twice.held(stored.activity(row) for row in stored.rows(connection, self.city))
        found = self._activities(table, twice, known)
        if self.log.counts:
            return "refused"
        if sink is None:
            self.imported = len(found)
            return "checked"
        sink.add(found, known)
        self.imported, self.known = sink.imported, sink.known
        if self.how.dry_run:
            return "checked"
        if not sink.imported:
            return "nothing-new"
        sink.finish(self.rows)
        return "imported"

    def _activities(self, table: Table, twice: Twice, known: Mapping[bytes, object]) -> list[Activity]:
        header = words.find(table.rows, words.ACTIVITY, words.NEEDED)
        if header is None:
            message = "no row names the columns of a table of activity"
            self.log.add("no-header", self.path.name, message, f"Write a header: {', '.join(words.ACTIVITY)}")
            return []
        self.notices += header.notices
        for fault in header.faults:
            self.log.add(fault.code, fault.place, fault.message, fault.remedy)
        if header.faults:
            return []
        reader = RowReader(header.columns, self.names, self.place, self.how.defaults)
        found: list[Activity] = []
        width = len(header.cells)
        for number, cells in table.rows:
            if not any(cells):
                continue
            self.rows += 1
            if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
                self.refused += 1
                message = f"the row has {len(cells)} cells and the header {width}"
                self.log.add("row-length", f"row {number}", message, "Quote cells that hold the delimiter")
                continue
            one = reader.read(cells)
            problems = [] if isinstance(one, Activity) else one
            if isinstance(one, Activity):
                if known and one.digest(self.city) in known:
                    found.append(one)
                    continue
                problems = twice.check(one, number)
                found.append(one)
            if problems:
                self.refused += 1
                for problem in problems:
                    place = f"row {number}, column {header.name(problem.column)}"
                    self.log.add(problem.code, place, problem.message, problem.remedy)
        if not self.rows:
            message = "the table has a header and no row"
            self.log.add("empty", self.path.name, message, "Write a row for each activity")
        return found

    def _report(self, state: State) -> Report:
        return Report(
            file=self.path.name,
            sha256=self.sha256,
            state=state,
            dry_run=self.how.dry_run,
            batch=self.batch if state in ("imported", "already-imported") else "",
            rows=self.rows,
            imported=self.imported if state in ("imported", "checked") else 0,
            known=self.known,
            refused=self.refused,
            faults=tuple(self.log.kept),
            counts=dict(self.log.counts),
            notices=self.notices,
        )
