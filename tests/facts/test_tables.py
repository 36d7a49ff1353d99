from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dafeng.errors import Fault
from dafeng.facts import importer
from dafeng.facts.importer import Options, Report
from dafeng.facts.vocabulary import Vocabulary

Table = Callable[..., Path]
HEADER = "indicator,place,period,value,unit,source,vintage,status,confidence\n"
ROWS = (
    "power.pv_capacity,toyville,2023,289,万千瓦,yearbook,2024-06,actual,high\n"
    "power.pv_capacity,toyville,2024,411.44,万千瓦,yearbook,2025-06,actual,high\n"
    "sinks.forest_cover,toyville,2024,19.5%,%,bulletin,2025,preliminary,medium\n"
)


def check(path: Path, vocabulary: Vocabulary) -> Report:
    return importer.run(path, None, "toyville", vocabulary, (), Options(dry_run=True))


def test_every_fault_is_reported_at_once_with_row_column_and_remedy(vocabulary: Vocabulary, table: Table) -> None:
    path = table(
        "示例市主要指标,,,,,,\n"
        "指标,地区,年份,数值,单位,来源,状态\n"
        "光伏装机容量,示例市,2024年,４１１.５,万千瓦,yearbook,实际\n"
        "光伏,示例市,2023,289,万千瓦,yearbook,实际\n"
        "光伏装机容量,示例市,2022,约 195,万吨,yearbok,实际\n"
        "光伏装机容量,示例市,2024,412,万千瓦,yearbook,实际\n"
        "光伏装机容量,示例市,2021,=B3*2,万千瓦,yearbook,@SUM(A1)\n"
        "光伏装机容量,示例市,2020,1\n",
        encoding="gb18030",
    )
    report = check(path, vocabulary)
    assert report.notices == ("encoding GB18030", "delimiter ,", "rows above the header not read: 1")
    assert [(fault.code, str(fault)) for fault in report.faults] == [
        ("unknown-indicator", "row 4, column 指标: no indicator is called '光伏'. Declare it in indicators.yaml"),
        (
            "not-a-number",
            "row 5, column 数值: '约 195' is not a number. "
            "Write digits with a point for decimals; leave the cell empty where there is no figure",
        ),
        ("unknown-document", "row 5, column 来源: no document is called 'yearbok'. Did you mean 'yearbook'?"),
        (
            "duplicate-row",
            "row 6: power.pv_capacity@toyville/2024 from 'yearbook' is given twice (first in row 3). "
            "Keep one of the two, or give the vintage of the later publication",
        ),
        (
            "formula",
            "row 7, column 数值: the cell holds a formula or starts like one ('=B3*2'). "
            "Replace the formula by its result; formulas are never evaluated",
        ),
        (
            "formula",
            "row 7, column 状态: the cell holds a formula or starts like one ('@SUM(A1)'). "
            "Replace the formula by its result; formulas are never evaluated",
        ),
        ("row-length", "row 8: the row has 4 cells and the header 7. Quote cells that hold the delimiter"),
    ]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (
            "indicator,place,year,figures,unit,source\n",
            [
                Fault("missing-column", "row 1", "the table has no column 'value'", "Rename 'figures' to 'value'"),
                Fault(
                    "missing-column",
                    "row 1",
                    "the table has no column 'status'",
                    "Add it (as 'status' or '状态'), or give one status for all rows",
                ),
            ],
        ),
        (
            "indicator,place,year,value,unit,source,status,数值\n",
            [
                Fault(
                    "duplicate-column",
                    "row 1",
                    "'数值' and 'value' both name the column 'value'",
                    "Remove one of the two",
                )
            ],
        ),
        (HEADER, [Fault("empty", "facts.csv", "the table has a header and no row", "Write a row for each figure")]),
        ("\n\n", [Fault("empty", "facts.csv", "the table is empty", "Write a header and a row for each figure")]),
        ("", [Fault("empty", "facts.csv", "the table is empty", "Write a header and a row for each figure")]),
        (
            HEADER + 'power.pv_capacity,"toyville,2024\n',
            [
                Fault(
                    "csv",
                    "row 2",
                    "the table cannot be read from here on: unexpected end of data",
                    "Close every quoted cell",
                )
            ],
        ),
    ],
)
def test_a_table_that_cannot_be_taken_says_why(
    vocabulary: Vocabulary, table: Table, content: str, faults: list[Fault]
) -> None:
    report = check(table(content), vocabulary)
    assert (report.state, list(report.faults)) == ("refused", faults)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，", "；"])
def test_the_delimiter_is_found(vocabulary: Vocabulary, table: Table, delimiter: str) -> None:
    report = check(table((HEADER + ROWS).replace(",", delimiter)), vocabulary)
    assert (report.state, report.imported) == ("checked", 3)
    assert report.notices[1] == f"delimiter {'tab' if delimiter == chr(9) else delimiter}"


def test_a_line_that_names_the_delimiter_is_heeded(vocabulary: Vocabulary, table: Table) -> None:
    report = check(table("sep=;\n" + (HEADER + ROWS).replace(",", ";")), vocabulary)
    assert (report.state, report.imported, report.notices[1]) == ("checked", 3, "delimiter ;")


def test_columns_that_are_not_facts_are_named_and_left_out(vocabulary: Vocabulary, table: Table) -> None:
    text = "indicator,place,period,value,unit,source,status,recorded,填报人\n"
    row = "power.pv_capacity,toyville,2024,1,万千瓦,press,actual,2020-01-01,=李\n"
    report = check(table(text + row), vocabulary)
    assert report.state == "checked"
    assert report.notices[2:] == (
        "columns not read: 填报人",
        "the column 'recorded' is not read: a figure is recorded on the day of its import",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (HEADER + text).encode()))
def test_whatever_a_file_holds_it_is_reported_on(vocabulary: Vocabulary, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes(content)
    report = check(path, vocabulary)
    assert report.state == "refused"
    assert report.faults


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=8) | st.sampled_from(ROWS.split(",")), min_size=9, max_size=9))
def test_whatever_a_row_holds_it_is_taken_or_refused(vocabulary: Vocabulary, tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "facts.csv"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        file.write(HEADER)
        csv.writer(file).writerow(cells)
    report = check(path, vocabulary)
    assert (report.state == "checked") == (not report.faults)
