"""LMDI: published example, zeros by their limits, no remainder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.accounts.decomposition import chain, decompose, kaya, log_mean
from dafeng.errors import Refused


def test_the_logarithmic_mean_lies_between_geometric_and_arithmetic() -> None:
    a, b = np.array([1.0, 2.0, 5.0]), np.array([3.0, 2.0, 0.0])
    mean = log_mean(a, b)
    assert mean[0] == pytest.approx(2 / np.log(3))
    assert mean[1] == 2.0
    assert mean[2] == 0.0


def test_two_factors_by_hand() -> None:
    # one category: 10 x 2 = 20 -> 12 x 1.5 = 18; L = -2 / ln(0.9)
    result = decompose(
        {"activity": np.array([10.0]), "intensity": np.array([2.0])},
        {"activity": np.array([12.0]), "intensity": np.array([1.5])},
    )
    mean = -2 / np.log(0.9)
    assert result.additive["activity"] == pytest.approx(mean * np.log(1.2))
    assert result.additive["intensity"] == pytest.approx(mean * np.log(0.75))
    assert result.multiplicative["activity"] == pytest.approx(1.2)
    assert result.multiplicative["intensity"] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ({"a": [0.0], "b": [3.0]}, {"a": [2.0], "b": [3.0]}, {"a": 6.0, "b": 0.0}),  # one factor appears: all of it
        ({"a": [2.0], "b": [3.0]}, {"a": [0.0], "b": [5.0]}, {"a": -6.0, "b": 0.0}),  # one factor vanishes
        ({"a": [0.0], "b": [0.0]}, {"a": [2.0], "b": [3.0]}, {"a": 3.0, "b": 3.0}),  # two appear together: shared
        ({"a": [0.0], "b": [3.0]}, {"a": [0.0], "b": [9.0]}, {"a": 0.0, "b": 0.0}),  # nothing before, nothing after
        ({"a": [0.0], "b": [np.nan]}, {"a": [2.0], "b": [3.0]}, {"a": 6.0, "b": 0.0}),  # an intensity of nothing
    ],
)
def test_zeros_follow_the_analytical_limits(start: dict, end: dict, expected: dict) -> None:
    result = decompose({k: np.array(v) for k, v in start.items()}, {k: np.array(v) for k, v in end.items()})
    assert result.additive == pytest.approx(expected)
    assert result.residual == pytest.approx(0.0)


positive = st.floats(0.01, 1000, allow_nan=False)


@given(st.lists(st.tuples(*[positive] * 6), min_size=1, max_size=12), st.integers(0, 2**12))
def test_effects_sum_to_the_change_and_ratios_multiply_to_the_ratio(rows: list, holes: int) -> None:
    data = np.array(rows).T
    start = {"a": data[0], "b": data[1], "c": data[2].copy()}
    end = {"a": data[3], "b": data[4], "c": data[5].copy()}
    for i in range(1, len(rows)):
        if holes >> i & 1:
            (start if i % 2 else end)["c"][i] = 0.0
    result = decompose(start, end)
    scale = max(abs(result.change), float(result.start.sum()), float(result.end.sum()))
    assert abs(result.residual) <= 1e-9 * scale
    ratio = result.end.sum() / result.start.sum()
    assert np.prod(list(result.multiplicative.values())) == pytest.approx(ratio, rel=1e-9)


@given(st.lists(st.tuples(*[positive] * 4), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_categories_changes_nothing(rows: list, random) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    data = np.array(rows).T
    plain = decompose({"a": data[0], "b": data[1]}, {"a": data[2], "b": data[3]})
    mixed = decompose({"a": data[0][order], "b": data[1][order]}, {"a": data[2][order], "b": data[3][order]})
    assert mixed.additive == pytest.approx(plain.additive, rel=1e-9, abs=1e-9)


def test_levels_and_regions_are_axes() -> None:
    rng = np.random.default_rng(1)
    shapes = {"gdp": (3, 1, 1), "structure": (3, 4, 1), "intensity": (3, 4, 1), "mix": (3, 4, 5), "factor": (1, 1, 5)}
    start = {k: rng.random(s) + 0.1 for k, s in shapes.items()}
    end = {k: v * (0.5 + rng.random(v.shape)) for k, v in start.items()}
    result = decompose(start, end)
    regions = result.over(0)
    assert regions["gdp"].shape == (3,)
    for name, effect in result.additive.items():
        assert regions[name].sum() == pytest.approx(effect)
    assert sum(e.sum() for e in regions.values()) == pytest.approx(result.change)


def test_a_chain_adds_its_steps() -> None:
    states = [{"a": np.array([1.0, 2.0]) * k, "b": np.array([3.0, 1.0]) / (1 + k)} for k in (1.0, 1.5, 0.7)]
    result = chain(states)
    assert result.residual == pytest.approx(0.0, abs=1e-12)
    with pytest.raises(Refused, match=r"chain: 1 state\(s\) given\. Give at least two\."):
        chain(states[:1])


def test_kaya_multiplies_back_to_co2() -> None:
    factors = kaya(np.array([24.8]), np.array([47000.0]), np.array([60.0, 0.0, 40.0]), np.array([150.0, 0.0, 60.0]))
    product = np.prod(np.broadcast_arrays(*factors.values()), axis=0)
    assert product[[0, 2]] == pytest.approx([150.0, 60.0])


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (
            {"a": [1.0]},
            {"b": [1.0]},
            "decompose: the two states have factors ['a'] and ['b']. Give both the same ones.",
        ),
        (
            {"a": [-1.0]},
            {"a": [1.0]},
            "decompose: factor 'a' is negative. LMDI needs factors of at least 0; decompose sinks apart.",
        ),
        (
            {"a": [np.nan]},
            {"a": [np.nan]},
            "decompose: factor 'a' is absent in both states. Leave such categories out.",
        ),
        (
            {"a": [1.0], "b": [np.nan]},
            {"a": [1.0], "b": [2.0]},
            "decompose: factor 'b' is absent in a category that is not zero. "
            "Give its value, or set another factor of the category to 0.",
        ),
    ],
)
def test_bad_factors_are_refused_with_the_remedy(start: dict, end: dict, message: str) -> None:
    with pytest.raises(Refused) as caught:
        decompose({k: np.array(v) for k, v in start.items()}, {k: np.array(v) for k, v in end.items()})
    assert str(caught.value) == message
