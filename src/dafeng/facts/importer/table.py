"""Tables as rows of text: CSV in any usual dialect, and the sheets of XLSX files, read row by row."""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from dafeng.errors import Fault

Row = tuple[int, Sequence[str]]
_DELIMITERS = ",;\t，；"
#: An XLSX file is a compressed archive; one that unpacks to more than this is not read.
_UNPACKED = 2 << 30
#: Lines at the start of a file that show its delimiter; a title may stand above the header.
_OPENING = 10
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class NotATable(Exception):
    """The file cannot be read as a table, or not beyond some row; `fault` says why."""

    def __init__(self, code: str, place: str, message: str, remedy: str) -> None:
        self.fault = Fault(code, place, message, remedy)
        super().__init__(str(self.fault))


@dataclass
class Table:
    """An open table: `rows` yields the number of each row, from 1, with its cells as text; `notices` say how.

    `share` is how much of the file has been read, None where it cannot be told.
    """

    rows: Iterator[Row]
    notices: tuple[str, ...]
    share: Any = None


def is_workbook(path: Path) -> bool:
    """Tell from its first bytes whether a file is an XLSX workbook.

    Raises:
        NotATable: it is a workbook of the old format, or locked by a password.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD:
        message = "the file is a workbook of the old format, or locked by a password"
        raise NotATable("workbook", path.name, message, "Save it as XLSX without a password")
    return start == _ZIP


@contextmanager
def opened_csv(path: Path, encoding: str) -> Iterator[Table]:
    """Open a CSV file whose delimiter its first lines show."""
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw:
        start = raw.read(65536).decode(encoding, errors="ignore")
    hint = start[4] if start.startswith("sep=") and len(start) > len("sep=") else ""
    delimiter = hint if hint and hint in _DELIMITERS else _delimiter(start)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=encoding, newline="") as text:

        def rows() -> Iterator[Row]:
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            number = 0
            try:
                for number, cells in enumerate(reader, 1):
                    if not (number == 1 and hint):
                        yield number, cells
            except csv.Error as error:
                message = f"the table cannot be read from here on: {error}"
                raise NotATable("csv", f"row {number + 1}", message, "Close every quoted cell") from error

        name = {"\t": "tab"}.get(delimiter, delimiter)
        notices = (f"encoding {encoding.removesuffix('-sig').upper()}", f"delimiter {name}")
        yield Table(rows(), notices, lambda: min(1.0, raw.tell() / size))


def _delimiter(start: str) -> str:
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for sign in "\n".join(start.split("\n", _OPENING)[:_OPENING]):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in counts:
            counts[sign] += 1
    return max(counts, key=lambda sign: counts[sign])


@contextmanager
def opened_workbook(path: Path, sheet: str | None) -> Iterator[Table]:
    """Open one sheet of an XLSX workbook; the first where none is named. Formulas come as their text, never evaluated.

    Raises:
        NotATable: the workbook is damaged or too large, or has no such sheet.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and needed for workbooks only

    damaged = NotATable(
        "workbook", path.name, "the workbook cannot be opened", "Open it in a spreadsheet and save it again"
    )
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
                message = "the workbook unpacks to more than 2 GB"
                raise NotATable("workbook", path.name, message, "Split it, or save the sheet as CSV")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except NotATable:
        raise
    except Exception as error:  # the reader raises whatever the parts of a damaged workbook make it stumble over
        raise damaged from error
    try:
        names = book.sheetnames
        if sheet is not None and sheet not in names:
            message = f"the workbook has no sheet '{sheet}' (its sheets are {', '.join(names)})"
            raise NotATable("sheet", path.name, message, "Name one of them")
        name = sheet or names[0]
        read = 0

        def rows() -> Iterator[Row]:
            nonlocal read
            sheet_rows = book[name].iter_rows()
            while True:
                try:
                    cells = [_cell_text(cell) for cell in next(sheet_rows)]
                except StopIteration:
                    return
                except Exception as error:
                    raise damaged from error
                read += 1
                yield read, cells

        total = book[name].max_row
        share = (lambda: min(1.0, read / total)) if total else None
        others = f"; not read: {', '.join(n for n in names if n != name)}" if len(names) > 1 else ""
        yield Table(rows(), (f"sheet {name}{others}",), share)
    finally:
        book.close()


def _cell_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) else f"={getattr(value, 'text', '')}"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        # A cell that shows 36 % holds 0.36.
        shown = "%" in (cell.number_format or "")
        exact = Decimal(repr(value)) * 100 if shown else Decimal(repr(value))
        text = f"{exact.normalize():f}" if exact.is_finite() else str(value)
        return f"{text}%" if shown else text
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
