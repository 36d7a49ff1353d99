"""Tables as CSV: what a spreadsheet would run is text, what is absent is empty, and all else comes back as it was."""

from __future__ import annotations

import csv
import io
import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.report.table import cell, csv_text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2", "'-2"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\u3000－1", "'\u3000－1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("plain = text", "plain = text"),
        ("", ""),
        (-2.5, -2.5),
        (-3, -3),
        (np.int64(-3), -3),
        (True, True),
        (date(2026, 11, 25), "2026-11-25"),
        (["-a"], "['-a']"),
        (None, ""),
        (math.nan, ""),
        (np.float64("nan"), ""),
        (-math.inf, ""),
    ],
)
def test_numbers_stay_absence_is_empty_and_text_is_not_run(value: Any, written: Any) -> None:
    assert cell(value) == written


def test_what_is_no_text_but_prints_as_a_formula_is_not_run() -> None:
    class Named:
        def __str__(self) -> str:
            return "=1+1"

    assert cell(Named()) == "'=1+1"


def test_a_table_has_a_mark_unless_it_is_for_programs() -> None:
    rows = [["=x", math.nan], ['a,"b"', -1.5]]
    text = '\'=h,n\r\n\'=x,\r\n"a,""b""",-1.5\r\n'
    assert csv_text(("=h", "n"), rows) == "\ufeff" + text
    assert csv_text(("=h", "n"), rows, mark=False) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_back_as_it_was_but_for_the_guard(rows: list[list[str]]) -> None:
    text = csv_text(("a", "b"), rows)
    assert text.startswith("\ufeff")
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert back == [["a", "b"], *[[cell(each) for each in row] for row in rows]]
