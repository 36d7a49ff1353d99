from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.facts.number import number
from dafeng.facts.write import shortest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5),
        ("-3", -3.0),
        ("+3", 3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1,234,567.8", 1234567.8),
        ("１，２３４．５", 1234.5),
        ("４８０", 480.0),
        ("−3.78", -3.78),
        ("－3.78", -3.78),
        ("12 345", 12345.0),
        ("12'345", 12345.0),
        ("1\u202f234", 1234.0),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,5",
        "1,23,456",
        "1.234,5",
        "12 34",
        "1,234 567",
        "1_000",
        "nan",
        "inf",
        "0x10",
        "--1",
        "1-2",
        "约5",
        "—",
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as raised:
        number(text)
    assert str(raised.value) == f"'{text}' is not a number"


def test_a_number_beyond_all_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^'1e999' is larger than any number can be$"):
        number("1e999")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_as_it_was_written(value: float) -> None:
    assert number(shortest(value)) == value
    assert math.copysign(1, number(shortest(value))) == math.copysign(1, value)
