from __future__ import annotations

from datetime import date

import pytest
from tests.facts.conftest import seen

from dafeng.facts.observation import Period, dims_text, last_day, parse_dims, words


@pytest.mark.parametrize(
    ("text", "year", "is_year"),
    [("2024", 2024, True), ("2024-06", 2024, False), ("2021/2025", 2025, False), (" 2023-11/2024-02 ", 2024, False)],
)
def test_periods_read_as_they_are_written(text: str, year: int, is_year: bool) -> None:
    period = Period.parse(text)
    assert str(period) == text.strip()
    assert (period.year, period.is_year) == (year, is_year)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("24", "'24' is not a period; write 2024, 2024-06 or 2021/2025"),
        ("2024-13", "'2024-13' names a month that does not exist; write 2024-06"),
        ("2024/2023-00", "'2024/2023-00' names a month that does not exist; write 2024-06"),
        ("2025/2021", "the period '2025/2021' ends before it starts"),
    ],
)
def test_periods_that_are_none_say_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        Period.parse(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("vintage", "recorded", "expected"),
    [
        ("2025-03-04", "2026-01-01", date(2025, 3, 4)),
        ("2025-02", "2026-01-01", date(2025, 2, 28)),
        ("2025", "2026-01-01", date(2025, 12, 31)),
        ("2025", "2025-06-15", date(2025, 6, 15)),
        ("", "2026-01-01", date(2026, 1, 1)),
        ("", "", date.min),
        ("2024-02", "", date(2024, 2, 29)),
    ],
)
def test_a_figure_is_known_from_the_end_of_its_vintage_but_no_later_than_recorded(
    vintage: str, recorded: str, expected: date
) -> None:
    found = seen(vintage=vintage, recorded=recorded)
    assert found.known_from == expected
    assert found.known(expected)
    if expected > date.min:
        assert not found.known(date.fromordinal(expected.toordinal() - 1))


def test_a_withdrawn_figure_was_known_until_that_day() -> None:
    found = seen(vintage="2025-01-01", withdrawn=date(2026, 5, 1))
    assert found.known(date(2026, 4, 30))
    assert not found.known(date(2026, 5, 1))
    assert not found.known()


def test_last_day_of_a_partial_date() -> None:
    assert last_day("2023-02") == date(2023, 2, 28)
    assert last_day("") is None
    with pytest.raises(ValueError, match="month"):
        last_day("2023-13")


def test_a_note_in_two_languages_gives_each() -> None:
    assert words("约数 / approximate", "zh") == "约数"
    assert words("约数 / approximate", "en") == "approximate"
    assert words("仅中文", "en") == "仅中文"


def test_dims_are_sorted_and_read_back() -> None:
    dims = parse_dims("fuel=coal; flow=import")
    assert dims == (("flow", "import"), ("fuel", "coal"))
    assert parse_dims(dims_text(dims)) == dims
    for text in ("fuel", "fuel=", "=coal", "fuel=coal;fuel=gas"):
        with pytest.raises(ValueError, match="does not name labels of axes; write flow=import;fuel=coke"):
            parse_dims(text)


def test_the_id_names_indicator_place_period_and_dims() -> None:
    found = seen(indicator="energy.balance", period="2021", dims=(("flow", "import"), ("fuel", "coal")))
    assert found.id == "energy.balance@toyville/2021;flow=import;fuel=coal"
