"""The peak test: states of plain series, error rates within their bounds, shock years, the C40 rule."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.peak import simulate
from hypothesis import given
from hypothesis import strategies as st

from dafeng.accounts.peak import STATES, Rule, find, mann_kendall, states
from dafeng.errors import Refused

YEARS = list(range(2000, 2026))


def grow(rate: float, n: int, start: float = 100.0) -> list[float]:
    return [start * (1 + rate) ** i for i in range(n)]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        (grow(0.02, 26), "rising"),
        (grow(0.02, 12) + grow(-0.02, 14, 124.0), "peaked"),
        (grow(0.02, 22) + grow(-0.02, 4, 149.0), "probably_peaked"),
        (grow(0.02, 13) + [126.8 + (-1) ** i * 0.8 for i in range(13)], "plateau"),
        (grow(0.02, 8) + grow(-0.02, 11, 114.0) + grow(0.06, 7, 95.0), "rebound"),
    ],
)
def test_plain_series_get_the_state_a_reader_would_give(values: list[float], state: str) -> None:
    assert find(YEARS, values).state == state


def test_a_peak_that_rests_on_a_shock_year_is_not_called_one() -> None:
    values = grow(0.02, 12) + [124.0] * 12 + [110.0, 109.0]
    found = find(YEARS, values, shocks=(2024, 2025))
    assert found.state != "peaked"
    assert found.excluded == (2024, 2025)


def test_the_c40_rule_stands_beside_it() -> None:
    values = grow(0.02, 12) + grow(-0.02, 14, 124.0)
    assert find(YEARS, values).c40 == "peaked"
    assert find(YEARS, values, today=2032).c40 == "stale"
    assert find(YEARS, grow(0.02, 26)).c40 == "not_peaked"


def test_too_short_a_series_is_not_judged() -> None:
    assert find([2018, 2019], [5.0, 4.0]).state == "too_short"
    assert find([], []).state == "too_short"


def test_missing_years_are_left_out() -> None:
    values = [float("nan") if y in (2003, 2004) else v for y, v in zip(YEARS, grow(0.02, 26), strict=True)]
    assert find(YEARS, values).state == "rising"


@pytest.mark.parametrize(
    ("years", "values", "message"),
    [
        ([2000], [1.0, 2.0], "peak: 1 years and 2 values. Give one value a year."),
        (
            [2001, 2000],
            [1.0, 2.0],
            "peak: years must rise and values be positive. Sort the series; judge net sinks apart.",
        ),
        (
            [2000, 2001],
            [1.0, -2.0],
            "peak: years must rise and values be positive. Sort the series; judge net sinks apart.",
        ),
    ],
)
def test_bad_series_are_refused(years: list[int], values: list[float], message: str) -> None:
    with pytest.raises(Refused) as caught:
        find(years, values)
    assert str(caught.value) == message


def test_error_rates_stay_within_what_is_published() -> None:
    rates = simulate(runs=600, seed=20261125, rule=Rule())
    assert rates["plateau"][10]["ever"] < 0.03
    assert rates["-2%"][8]["peaked"] >= 0.90
    assert rates["+2%"][10]["ever"] == 0.0


@given(st.floats(0.1, 1e6), st.integers(0, 2**31))
def test_the_unit_of_the_series_changes_nothing(scale: float, seed: int) -> None:
    values = 100 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.03, 26)))
    assert find(YEARS, values).state == find(YEARS, values * scale).state


def test_a_batch_gives_what_single_series_give() -> None:
    values = 100 * np.exp(np.cumsum(np.random.default_rng(5).normal(-0.003, 0.02, (60, 26)), axis=1))
    batch = states(np.array(YEARS), values, shocks=(2020,))
    single = [find(YEARS, row, shocks=(2020,)).state for row in values]
    assert [STATES[code] for code in batch] == single


def test_mann_kendall_by_hand() -> None:
    # four falling values: S = -6, variance 4*3*13/18, z = -5/sqrt(8.667)
    assert mann_kendall(np.array([[4.0, 3.0, 2.0, 1.0]]))[0] == pytest.approx(0.0447, abs=1e-4)
    assert mann_kendall(np.array([[3.0, 2.0, 1.0]]))[0] == 1.0
