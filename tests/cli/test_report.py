"""`dafeng report` writes what the accounts give, in the language asked for, and refuses what it cannot write."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.running import TOY, Ran

from dafeng.accounts.account import account
from dafeng.city import load
from dafeng.report.accounts.rows import COLUMNS

Run = Callable[..., Ran]


@pytest.mark.parametrize(("lang", "first"), [("zh", "汇总"), ("en", "Summary")])
def test_an_inventory_is_written_in_the_language_asked_for(dafeng: Run, tmp_path: Path, lang: str, first: str) -> None:
    file = tmp_path / "inventory.xlsx"
    args = ("report", "inventory", "--boundary", "assessed", "--year", "2021", "--lang", lang, "-o", str(file))
    assert dafeng(*args, city="shanghai").code == 0
    sheet = load_workbook(file).worksheets[0]
    assert sheet.title == first
    total = account(load("shanghai"), "assessed", 2021).total
    assert total is not None
    assert any(cell.value == pytest.approx(total.value) for row in sheet.iter_rows() for cell in row)


def test_switches_are_kept(dafeng: Run, tmp_path: Path) -> None:
    file = tmp_path / "inventory.xlsx"
    args = ("--boundary", "assessed", "--year", "2021", "--switch", "imports=local", "-o", str(file), "--lang", "en")
    assert dafeng("report", "inventory", *args, city="shanghai").code == 0
    cells = {cell.value for row in load_workbook(file).worksheets[0].iter_rows() for cell in row}
    assert "imports=local" in cells


def test_a_gpc_table_and_a_long_table_are_written(dafeng: Run, tmp_path: Path) -> None:
    book, table = tmp_path / "gpc.xlsx", tmp_path / "long.csv"
    assert dafeng("report", "gpc", "--year", "2021", "-o", str(book), city="shanghai").code == 0
    assert load_workbook(book).sheetnames[0] == "GPC"
    assert dafeng("report", "long", "--boundary", "ceads", "-o", str(table), city="shanghai").code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert {"1997", "2019"} <= {row["year"] for row in rows}


def test_a_city_without_figures_gets_a_table_of_what_is_absent(dafeng: Run, tmp_path: Path) -> None:
    file = tmp_path / "gpc.xlsx"
    year = str(account(load(TOY), "ceads", 2023).year)
    assert dafeng("report", "gpc", "--year", year, "-o", str(file)).code == 0
    sheet = load_workbook(file).worksheets[0]
    keys = {row[12].value for row in sheet.iter_rows(min_row=5)}
    assert {"NE", "IE"} <= keys


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("inventory", "--boundary", "assesed", "--year", "2021", "-o", "x.xlsx"), "no boundary 'assesed'"),
        (("inventory", "--year", "1066", "-o", "x.xlsx"), "1066"),
        (("gpc", "--year", "2021", "--place", "atlantis", "-o", "x.xlsx"), "atlantis"),
        (("enterprise", "nobody", "--year", "2021", "-o", "x.xlsx"), "nobody"),
        (("gpc", "--year", "2021", "-o", "/no/such/folder/x.xlsx"), "Name a file in a folder that can be written"),
    ],
)
def test_what_cannot_be_written_is_refused(dafeng: Run, args: tuple[str, ...], said: str) -> None:
    found = dafeng("report", *args, city="shanghai")
    assert found.code != 0
    assert said in found.err
    assert not Path("x.xlsx").exists()
