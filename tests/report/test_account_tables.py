"""Accounts as tables: parts with intervals, the long table, the inventory workbook, the GPC table."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from dafeng.accounts.account import Account, account, accounts
from dafeng.accounts.items import ITEMS
from dafeng.city import City, load
from dafeng.kernel import Model
from dafeng.report.accounts.evidence import figures, grade
from dafeng.report.accounts.names import OPTIONS, Names
from dafeng.report.accounts.parts import BY, crossed, parts, yearly
from dafeng.report.accounts.quantities import QUANTITIES
from dafeng.report.accounts.rows import COLUMNS, every_year, long
from dafeng.report.gpc import gpc, table, workbook
from dafeng.report.inventory import inventory

DAY = date(2026, 11, 25)
YEARS = (2013, 2019, 2021)


@pytest.fixture(scope="module")
def city() -> City:
    return load("shanghai")


def book(body: bytes) -> Any:
    return load_workbook(io.BytesIO(body))


@pytest.mark.parametrize("boundary", ["assessed", "inventory-2025", "gpc-basic-plus", "ceads"])
@pytest.mark.parametrize("by", BY)
def test_parts_add_up_and_lie_in_their_intervals(city: City, boundary: str, by: str) -> None:
    made = account(city, boundary, 2021)
    assert made.total is not None
    found = parts(made, by)
    assert sum(part.interval.value for part in found) == pytest.approx(made.total.value, abs=1e-9)
    assert sum(part.share for part in found) == pytest.approx(1, abs=1e-9)
    for part in found:
        assert part.interval.low <= part.interval.value <= part.interval.high
    half = (made.total.high - made.total.low) / 2
    assert half <= sum((part.interval.high - part.interval.low) / 2 for part in found) + 1e-9


def test_one_gas_alone_has_the_interval_of_the_total(city: City) -> None:
    made = account(city, "ceads", 2019)
    (only,) = parts(made, "gas")
    assert made.total is not None
    assert (only.interval.low, only.interval.high) == pytest.approx((made.total.low, made.total.high))
    assert yearly(made.accounts)[2019].high == pytest.approx(made.total.high)


def test_the_cross_table_has_both_margins(city: City) -> None:
    made = account(city, "assessed", 2019)
    cells = crossed(made)
    for by, place in (("fuel", 0), ("sector", 1)):
        sums: dict[str, float] = {}
        for pair, value in cells.items():
            sums[pair[place]] = sums.get(pair[place], 0.0) + value
        assert sums == pytest.approx(dict(getattr(made, f"by_{by}")))


def test_the_long_table_sums_to_the_total_and_names_what_is_absent(city: City) -> None:
    made = account(city, "inventory-2025", 2021)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in long(made)]
    assert made.total is not None
    assert sum(row["value"] for row in rows if row["value"] is not None) == pytest.approx(made.total.value)
    absent = {row["item"]: row for row in rows if row["value"] is None}
    assert absent["cement_process"]["notation"] == "NO"
    assert {one.item: one.key for one in made.absent} == {id: row["notation"] for id, row in absent.items()}
    assert all(row["why_zh"] and row["why_en"] for row in absent.values())
    assert 0 not in [row["value"] for row in rows]
    years = {row[3] for row in every_year(accounts(city, "ceads"))}
    assert {1997, 2019, 2021} <= years


@pytest.mark.parametrize("language", ["zh", "en"])
def test_reasons_are_told_in_the_language_of_the_reader(city: City, language: Any) -> None:
    made = account(city, "inventory-2025", 2021)
    names = Names(made.accounts.ledger, language)
    for absent in made.absent:
        text = names.why(absent)
        assert text
        assert "no figure of " not in text if language == "zh" else "没有" not in text
        assert not any(id in text for id in QUANTITIES)


def test_every_input_of_an_account_has_a_name(city: City) -> None:
    asked = {id for lines in ITEMS.values() for line in lines for id in Model(line.variable).inputs()}
    assert asked - set(QUANTITIES) - set(city.indicators) == set()
    assert set(QUANTITIES) - asked == set()


def test_every_switch_has_words(city: City) -> None:
    held = accounts(city, "ceads").ledger.held
    assert {id: set(switch.options) for id, switch in held.switches.items()} == {
        id: set(options) for id, options in OPTIONS.items()
    }


def test_figures_behind_an_account_name_document_and_role(city: City) -> None:
    made = account(city, "assessed", 2021)
    found = list(figures(made))
    assert {one.role for one in found} == {"activity", "factor"}
    assert all(one.source.document for one in found)
    assert {one.source.document for one in found} >= set(made.sources)
    power = next(one for one in found if one.id == "electricity.co2_factor")
    assert (power.unit, round(power.value, 4)) == ("tCO2/MWh", 0.5834)
    assert grade([], "activity") == ""
    assert grade(found, "activity") in {"medium", "low"}


def sheet_rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


@pytest.mark.parametrize(("boundary", "year"), [("assessed", 2021), ("inventory-2025", 2021), ("ceads", 2013)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_inventory_workbook_holds_the_account(city: City, boundary: str, year: int, language: Any) -> None:
    made = account(city, boundary, year)
    found = book(inventory(made, language, DAY))
    assert made.total is not None
    assert len(found.sheetnames) == 7
    summary, fuels, gases, items, activity, factors, documents = found.worksheets
    for sheet in found.worksheets:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    whole = sheet_rows(fuels)[-1]
    width = 1 + len(made.by_fuel)
    assert whole[width] == pytest.approx(made.total.value)
    assert sum(whole[1:width]) == pytest.approx(made.total.value)
    assert sum(row[width] for row in sheet_rows(fuels)[:-1]) == pytest.approx(made.total.value)
    assert sum(row[-1] or 0 for row in sheet_rows(gases)) == pytest.approx(made.total.value)
    assert any(made.total.low == pytest.approx(row[1]) for row in sheet_rows(summary) if isinstance(row[1], float))
    keys = {row[0]: row[5] for row in sheet_rows(items)}
    names = Names(made.accounts.ledger, language)
    assert {names.of("item", one.item): one.key for one in made.absent}.items() <= keys.items()
    assert all(row[6] for row in [*sheet_rows(activity), *sheet_rows(factors)])
    assert len(sheet_rows(documents)) == len(made.sources)


def test_a_year_without_a_total_leaves_cells_empty(city: City) -> None:
    made = account(city, "assessed", 2016)
    assert made.total is None
    rows = {row[0]: row[1] for row in sheet_rows(book(inventory(made, "en", DAY)).worksheets[0])}
    assert (rows["Total"], rows["Low end, 95 % interval"]) == (None, None)


def test_equal_data_give_equal_bytes(city: City) -> None:
    made: Account = account(city, "ceads", 2019)
    assert inventory(made, "zh", DAY) == inventory(made, "zh", DAY)
    assert workbook(city, 2019, "zh", day=DAY) == workbook(city, 2019, "zh", day=DAY)


@pytest.mark.parametrize("year", YEARS)
def test_the_gpc_table_sums_to_the_accounts(city: City, year: int) -> None:
    found = gpc(city, year, "zh")
    for value, boundary in ((found.basic, "gpc-basic"), (found.basic_plus, "gpc-basic-plus")):
        total = account(city, boundary, year).total
        assert total is not None
        assert value == pytest.approx(total.value * 1e6)


def test_every_row_of_the_gpc_table_has_figures_or_a_key(city: City) -> None:
    found = gpc(city, 2021, "en")
    for row in found.rows:
        if row.declared.scope:
            assert bool(row.gases) != bool(row.key), row
            assert row.gases or row.why
    by_ref = {row.declared.ref: row for row in found.rows}
    assert by_ref["I.1.2"].key == "IE"
    assert by_ref["I.1.2"].why == "in I-II.2"
    assert by_ref["VI.1"].key == "NE"
    assert (by_ref["I.4.4"].total or 0) / 1e6 == pytest.approx(82.04, abs=0.01)
    assert by_ref["I.1.1"].activity == "medium"


def test_rows_held_elsewhere_name_a_row(city: City) -> None:
    refs = {row.ref for row in table().rows}
    assert {row.elsewhere for row in table().rows if row.elsewhere} <= refs
    items = {of.item for row in table().rows for of in row.of}
    held = accounts(city, "gpc-basic-plus").ledger.held
    assert set(held.boundary("gpc-basic-plus").items) <= items
    assert items <= {item.id for item in held.items}


def test_a_gpc_year_without_a_total_says_so(city: City) -> None:
    found = gpc(city, 2016, "en")
    assert (found.basic, found.basic_plus) == (None, None)
    sheet = book(workbook(city, 2016, "en", day=DAY)).worksheets[0]
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert last[2] == "BASIC+"
    assert last[4 + 7] is None
    assert "no total" in last[-1]
