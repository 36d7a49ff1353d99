"""Settings as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.pathway.scenario import Setting
from dafeng.pathway.written import setting_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("900", 900.0),
        ("-1.5e2", -150.0),
        ("900,2026-2032", Setting(to=900, start=2026, end=2032)),
        (" 900 , 2026 - 2032 , s-curve ", Setting(to=900, start=2026, end=2032, shape="s-curve")),
        ("900,2032-2026,step", Setting(to=900, start=2032, end=2026, shape="step")),
    ],
)
def test_a_setting_is_read(text: str, wanted: float | Setting) -> None:
    assert setting_of(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "much", "900,", "900,2026", "900,26-32", "900,2026-2032,", "900,2026-2032,fast", "1,2,3,4"]
)
def test_what_is_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        setting_of(text)


def test_a_word_that_is_no_number_is_left_to_the_lever() -> None:
    found = setting_of("nan")
    assert isinstance(found, float) and math.isnan(found)


@given(st.text(max_size=40))
def test_no_text_does_anything_else(text: str) -> None:
    try:
        found = setting_of(text)
    except ValueError:
        return
    assert isinstance(found, float | Setting)
