"""The header of a table: which row it is, and which column each of its cells names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dafeng.errors import Fault, nearest
from dafeng.facts.importer.table import Row
from dafeng.facts.words import HEADERS, REQUIRED, column_of

#: Titles and remarks that may stand above the header.
_ABOVE = 20
_ENOUGH = 3


@dataclass(frozen=True)
class Header:
    """The header row: `cells` as written, the position of every column it names, and what it leaves out."""

    row: int
    cells: tuple[str, ...]
    columns: dict[str, int]
    notices: tuple[str, ...]
    faults: tuple[Fault, ...]

    def name(self, column: str) -> str:
        """Give the header of a column as the file writes it; the column's own name where the file has none."""
        return self.cells[self.columns[column]].strip() if column in self.columns else column


def find(rows: Iterator[Row], given: Collection[str]) -> Header | None:
    """Read rows up to the header: the first opening row that names three columns or more, else the first of all.

    `given` are the columns whose text the caller supplies. None for an empty table.
    """
    above: list[tuple[int, Sequence[str]]] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        above.append((number, cells))
        if len({column_of(cell) for cell in cells} - {None}) >= _ENOUGH:
            return _header(number, cells, given, above[:-1])
        if len(above) == _ABOVE:
            break
    return _header(*above[0], given, []) if above else None


def _header(number: int, cells: Sequence[str], given: Collection[str], above: Sequence[Row]) -> Header:
    columns: dict[str, int] = {}
    faults: list[Fault] = []
    ignored: list[str] = []
    for position, cell in enumerate(cells):
        column = column_of(cell)
        if column is None:
            if cell.strip():
                ignored.append(cell.strip()[:60])
        elif column in columns:
            message = f"'{cell.strip()}' and '{cells[columns[column]].strip()}' both name the column '{column}'"
            faults.append(Fault("duplicate-column", f"row {number}", message, "Remove one of the two"))
        else:
            columns[column] = position
    faults.extend(
        Fault("missing-column", f"row {number}", f"the table has no column '{column}'", _remedy(column, ignored))
        for column in REQUIRED
        if column not in columns and column not in given
    )
    notices = [f"columns not read: {', '.join(ignored)}"] if ignored else []
    if above:
        notices.insert(0, f"rows above the header not read: {', '.join(str(row) for row, _ in above)}")
    if "recorded" in columns:
        notices.append("the column 'recorded' is not read: a figure is recorded on the day of its import")
    return Header(number, tuple(cells), columns, tuple(notices), tuple(faults))


def _remedy(column: str, ignored: Sequence[str]) -> str:
    names = (column, *HEADERS[column])
    near = [cell for cell in ignored if nearest(cell.lower(), names)]
    if near:
        return f"Rename '{near[0]}' to '{column}'"
    chinese = next((name for name in names if not name.isascii()), column)
    return f"Add it (as '{column}' or '{chinese}'), or give one {column} for all rows"
