"""Periods and the names of units."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from dafeng.errors import NotFound
from dafeng.labels import Label
from dafeng.plan import Plans, load
from dafeng.plan.organisation import expand, resolve
from dafeng.plan.periods import PERIODS, label, span

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def toy() -> Plans:
    return load(HERE / "pack")


def test_periods_are_five_years_that_follow_one_another() -> None:
    single = [years for name, years in PERIODS.items() if "+" not in name]
    assert all(last - first == 4 for first, last in single)
    assert [b[0] - a[1] for a, b in pairwise(single)] == [1] * (len(single) - 1)
    assert span("十四五+十五五") == (span("十四五")[0], span("十五五")[1])


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("十四五", "“十四五”（2021—2025 年）", "14th Five-Year Plan (2021–2025)"),
        ("十六五", "“十六五”（2031—2035 年）", "16th Five-Year Plan (2031–2035)"),
        ("十四五+十五五", "“十四五”“十五五”（2021—2030 年）", "14th and 15th Five-Year Plans (2021–2030)"),
    ],
)
def test_periods_are_written_for_readers(period: str, zh: str, en: str) -> None:
    assert label(period) == Label(zh=zh, en=en)


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ValueError) as error:
        span("四五")
    known = "十一五, 十二五, 十三五, 十四五, 十五五, 十四五+十五五, 十六五"
    assert str(error.value) == f"'四五' is no plan period; known are {known}"


@pytest.mark.parametrize("name", ["市能源局", "示例市能源局", "能源局", " 市 能源局\n"])
def test_a_unit_is_found_by_any_spelling_and_whatever_blanks(name: str, toy: Plans) -> None:
    assert resolve(name, toy.organisations) == "energy-office"


def test_an_unknown_unit_is_answered_with_the_nearest(toy: Plans) -> None:
    with pytest.raises(NotFound) as error:
        resolve("市能原局", toy.organisations)
    assert str(error.value) == "no organisation '市能原局'. Did you mean '市能源局' or '示例市能源局'?"


def test_groups_stand_for_their_members_once(toy: Plans) -> None:
    assert expand(["north", "districts", "energy-office"], toy.organisations) == ("north", "energy-office")


def test_an_open_group_stands_for_itself(shanghai: Plans) -> None:
    units = expand(["departments", "districts"], shanghai.organisations)
    assert units[0] == "departments"
    assert len(units) == 17
