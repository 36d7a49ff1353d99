"""Workbooks for people to fill in: one sheet of activity, one of units, with the words a cell may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dafeng.accounts.enterprise.importer.load import SHEETS as ACTIVITY_SHEETS
from dafeng.accounts.enterprise.importer.names import Names
from dafeng.accounts.enterprise.importer.unit_table import KINDS
from dafeng.accounts.enterprise.importer.unit_table import SHEETS as UNIT_SHEETS
from dafeng.accounts.enterprise.importer.words import ACTIVITY, NEEDED, UNITS, UNITS_NEEDED
from dafeng.labels import Language

#: Rows that the lists of allowed words reach.
_ROWS = 10_000


def write(path: Path, names: Names, language: Language) -> Path:
    """Write an empty workbook whose sheets the importer reads; give its path."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy, and needed for workbooks only

    zh = language == "zh"
    book = xlsxwriter.Workbook(str(path))
    try:
        lists: dict[str, list[str]] = {
            "use": [use.label[language] for use in names.methods.uses],
            "what": [
                one.label[language]
                for one in names.factors.library.subjects.values()
                if one.id in names.measures or one.group in ("electricity", "heat")
            ],
            "facility": list(names.facilities),
            "process": list(names.processes),
            "place": sorted(set(names.places.values())),
            "sector": sorted(set((names.sectors or {}).values())),
        }
        known = {
            "kind": [name for name in KINDS if (not name.isascii()) == zh],
            "method": [method.id for method in names.methods.methods],
            "place": lists["place"],
            "sector": lists["sector"],
        }
        words = book.add_worksheet("词表" if zh else "words")
        _sheet(book, ACTIVITY_SHEETS[zh], ACTIVITY, NEEDED, lists, words, 0, zh)
        _sheet(book, UNIT_SHEETS[zh], UNITS, UNITS_NEEDED, known, words, len(lists), zh)
    finally:
        book.close()
    return path


def _sheet(
    book: Any,
    name: str,
    columns: dict[str, tuple[str, ...]],
    needed: tuple[str, ...],
    lists: dict[str, list[str]],
    words: Any,
    start: int,
    zh: bool,
) -> None:
    sheet = book.add_worksheet(name)
    plain, bold = book.add_format({"bg_color": "#eeeeee"}), book.add_format({"bg_color": "#eeeeee", "bold": True})
    sheet.freeze_panes(1, 0)
    for at, (column, known) in enumerate(columns.items()):
        sheet.write_string(0, at, known[0] if zh else column, bold if column in needed else plain)
        sheet.set_column(at, at, 16)
    for offset, (column, allowed) in enumerate(lists.items()):
        if not allowed:
            continue
        words.write_column(0, start + offset, allowed)
        letter = _letter(start + offset)
        source = f"='{words.get_name()}'!${letter}$1:${letter}${len(allowed)}"
        at = list(columns).index(column)
        sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": source})
    if "quantity" in columns:
        at = list(columns).index("quantity")
        sheet.data_validation(1, at, _ROWS, at, {"validate": "decimal", "criteria": ">=", "value": 0})


def _letter(at: int) -> str:
    return chr(ord("A") + at)
