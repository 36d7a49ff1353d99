"""The peak of draws: the quick test of one state agrees with the test of all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.accounts import peak


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**31), st.integers(8, 26), st.floats(-0.05, 0.05), st.floats(0, 0.06))
def test_peaked_alone_is_peaked_among_all_states(seed: int, count: int, slope: float, scatter: float) -> None:
    random = np.random.default_rng(seed)
    years = np.arange(2000, 2000 + count)
    turn = random.integers(0, count, size=(40, 1))
    run = np.abs(np.arange(count)[None, :] - turn) * slope + random.normal(0, scatter, (40, count))
    values = 100 * np.exp(run)
    every = peak.states(years, values) == peak.STATES.index("peaked")
    assert (peak.peaked(years, values) == every).all()


@pytest.mark.parametrize("count", [4, 5, 8])
def test_the_slope_is_the_median_of_the_pairs_in_use(count: int) -> None:
    random = np.random.default_rng(count)
    years = np.arange(2000, 2000 + count)
    values = random.normal(size=(200, count))
    use = random.random((200, count)) < 0.6
    i, j = np.triu_indices(count, 1)
    slopes = (values[:, j] - values[:, i]) / (years[j] - years[i])
    for row, found in enumerate(peak._sen(years, values, use)):
        chosen = slopes[row][use[row, i] & use[row, j]]
        assert found == pytest.approx(np.median(chosen) if len(chosen) else 0.0)
