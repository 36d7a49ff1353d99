"""Workbooks that open well: one look, frozen headers, widths, number formats, pages to print."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from dafeng.labels import Language

Kind = Literal["text", "number", "share", "whole", "exact"]
Value = str | float | int | None
#: Formats of numbers; "exact" shows a figure as its source gives it.
_FORMATS: dict[Kind, str] = {
    "text": "General",
    "number": "#,##0.00;-#,##0.00;0.00",
    "share": "0.0%",
    "whole": "#,##0",
    "exact": "General",
}
_FONT: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Arial"}
_BRAND, _WASH, _LINE = "#0d5c54", "#f3f6f5", "#d3dbd8"
#: Rows above a table: its title, a remark, an empty one.
_TOP = 3


#: Height of one line of text, in points; not every program fits a row to wrapped text by itself.
_LINE_HEIGHT = 13
#: A narrower column does not wrap.
_WRAPS = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how its cells are shown, its width in characters."""

    words: str
    kind: Kind = "text"
    width: float = 16


class Book:
    """A workbook in the making; `day` is the date it carries, so that equal data give equal bytes."""

    def __init__(self, language: Language, title: str, day: date) -> None:
        import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy, and needed for workbooks only

        self.language, self._title = language, title
        self._out = io.BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._book.set_properties(
            {"title": title, "author": "dafeng", "created": datetime(day.year, day.month, day.day)}
        )
        self._formats: dict[tuple[object, ...], Any] = {}

    def table(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        remark: str = "",
        bold: Iterable[int] = (),
        frozen: int = 1,
    ) -> None:
        """Add a sheet with one table; `bold` are the positions of rows that total others, `frozen` columns stay."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=14, font_color=_BRAND))
        if remark:
            sheet.write_string(1, 0, remark, self._format(font_color="#45524e", font_size=9))
        for at, column in enumerate(columns):
            number = column.kind != "text"
            head = self._format(
                bold=True,
                bottom=2,
                bg_color=_WASH,
                text_wrap=True,
                valign="vcenter",
                align="right" if number else "left",
                indent=0 if number or not at else 1,
            )
            sheet.write_string(_TOP, at, column.words, head)
            sheet.set_column(at, at, column.width)
        sheet.set_row(_TOP, 32)
        strong = frozenset(bold)
        count = 0
        for count, row in enumerate(rows, 1):
            lines = max(_lines(value, column.width) for column, value in zip(columns, row, strict=True))
            sheet.set_row(_TOP + count, _LINE_HEIGHT * lines + 2)
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, _TOP + count, at, column, value, count - 1 in strong)
        sheet.freeze_panes(_TOP + 1, frozen)
        if count:
            sheet.autofilter(_TOP, 0, _TOP + count, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_TOP)
        sheet.set_footer(f"&L{self._title.replace('&', '&&')}&R&P / &N")

    def close(self) -> bytes:
        """Finish the workbook and give its bytes."""
        self._book.close()
        return self._out.getvalue()

    def _cell(self, sheet: Any, row: int, at: int, column: Column, value: Value, strong: bool) -> None:
        absent = value is None or (isinstance(value, float) and not math.isfinite(value))
        text = column.kind == "text" or isinstance(value, str)
        cell = self._format(
            num_format=_FORMATS[column.kind],
            bottom=1,
            bottom_color=_LINE,
            valign="top",
            bold=strong,
            text_wrap=text and column.width >= _WRAPS,
            align="left" if text else "right",
            indent=1 if text and at else 0,
        )
        if absent:
            sheet.write_blank(row, at, None, cell)
        elif isinstance(value, str):
            sheet.write_string(row, at, value, cell)
        else:
            sheet.write_number(row, at, value, cell)

    def _format(self, **given: object) -> Any:
        key = tuple(sorted(given.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": _FONT[self.language], "font_size": 10, **given})
        return self._formats[key]


def _lines(value: Value, width: float) -> int:
    """Count the lines a text takes in a column: a Chinese character is as wide as two others."""
    if not isinstance(value, str) or width < _WRAPS:
        return 1
    long = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in value)
    return max(1, math.ceil(long / (width * 1.05 - 1)))
