from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dafeng.errors import Fault
from dafeng.facts import importer
from dafeng.facts.importer import Options, Report
from dafeng.facts.importer.table import opened_workbook
from dafeng.facts.vocabulary import Vocabulary

Table = Callable[..., Path]
HEADER = ["指标", "地区", "年份", "数值", "单位", "来源", "状态", "备注"]
ROW = ["光伏装机容量", "示例市", 2024, 411.44, "万千瓦", "yearbook", "实际", None]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: Sequence[Any], percent: str = "", further: str = "") -> Path:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = "数据"
        for row in rows:
            sheet.append(list(row))
        if percent:
            sheet[percent].number_format = "0.0%"
        if further:
            workbook.create_sheet(further)
        path = tmp_path / "facts.xlsx"
        workbook.save(path)
        return path

    return write


def check(path: Path, vocabulary: Vocabulary, sheet: str | None = None) -> Report:
    return importer.run(path, None, "toyville", vocabulary, (), Options(dry_run=True, sheet=sheet))


def cells(path: Path) -> list[list[str]]:
    with opened_workbook(path, None) as table:
        return [list(row) for _, row in table.rows]


def test_a_sheet_is_read_like_a_table(book: Callable[..., Path], vocabulary: Vocabulary) -> None:
    report = check(book(HEADER, ROW, further="说明"), vocabulary)
    assert (report.state, report.rows, report.imported) == ("checked", 1, 1)
    assert report.notices == ("sheet 数据; not read: 说明",)


def test_cells_come_as_people_see_them(book: Callable[..., Path]) -> None:
    path = book(
        [2024.0, 0.1, 1e21, True, datetime(2025, 3, 1), date(2025, 3, 2), datetime(2025, 3, 1, 8, 30), None, "x"]
    )
    assert cells(path) == [
        ["2024", "0.1", "1000000000000000000000", "TRUE", "2025-03-01", "2025-03-02", "2025-03-01T08:30:00", "", "x"]
    ]


def test_a_cell_that_shows_a_percentage_is_one(book: Callable[..., Path], vocabulary: Vocabulary) -> None:
    forest = ["森林覆盖率", "示例市", 2024, 0.195, "%", "yearbook", "实际", None]
    path = book(HEADER, forest, percent="D2")
    assert cells(path)[1][3] == "19.5%"
    assert check(path, vocabulary).state == "checked"
    pv = ["光伏装机容量", "示例市", 2024, 0.195, "万千瓦", "yearbook", "实际", None]
    assert check(book(HEADER, pv, percent="D2"), vocabulary).faults == (
        Fault(
            "percent",
            "row 2, column 数值",
            "the value is a percentage and the unit is '万千瓦'",
            "Write % as the unit",
        ),
    )


def test_formulas_are_refused_and_never_evaluated(book: Callable[..., Path], vocabulary: Vocabulary) -> None:
    row = ["光伏装机容量", "示例市", 2024, "=1+1", "万千瓦", "yearbook", "实际", '=HYPERLINK("http://x")']
    report = check(book(HEADER, row), vocabulary)
    assert [(fault.code, fault.place) for fault in report.faults] == [
        ("formula", "row 2, column 数值"),
        ("formula", "row 2, column 备注"),
    ]


def test_a_sheet_may_be_named(book: Callable[..., Path], vocabulary: Vocabulary) -> None:
    path = book(HEADER, ROW, further="空表")
    assert check(path, vocabulary, "数据").state == "checked"
    assert check(path, vocabulary, "空表").counts == {"empty": 1}
    assert check(path, vocabulary, "数椐").faults == (
        Fault(
            "sheet", "facts.xlsx", "the workbook has no sheet '数椐' (its sheets are 数据, 空表)", "Name one of them"
        ),
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 damaged", b"PK\x03\x04"])
def test_a_damaged_workbook_is_refused(table: Table, vocabulary: Vocabulary, content: bytes) -> None:
    report = check(table(content, "facts.xlsx"), vocabulary)
    assert report.faults == (
        Fault("workbook", "facts.xlsx", "the workbook cannot be opened", "Open it in a spreadsheet and save it again"),
    )


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "facts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    assert check(path, vocabulary).counts == {"workbook": 1}


def test_a_workbook_whose_sheet_is_damaged_is_refused(
    book: Callable[..., Path], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    good, bad = book(HEADER, ROW), tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as read, zipfile.ZipFile(bad, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            write.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)
    assert check(bad, vocabulary).counts == {"workbook": 1}


def test_a_workbook_that_unpacks_without_end_is_refused(
    book: Callable[..., Path], vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dafeng.facts.importer.table._UNPACKED", 100)
    assert check(book(HEADER, ROW), vocabulary).faults == (
        Fault(
            "workbook",
            "facts.xlsx",
            "the workbook unpacks to more than 2 GB",
            "Split it, or save the sheet as CSV",
        ),
    )


def test_an_old_or_locked_workbook_is_refused(table: Table, vocabulary: Vocabulary) -> None:
    report = check(table(b"\xd0\xcf\x11\xe0rest", "facts.xls"), vocabulary)
    assert report.faults == (
        Fault(
            "workbook",
            "facts.xls",
            "the file is a workbook of the old format, or locked by a password",
            "Save it as XLSX without a password",
        ),
    )
