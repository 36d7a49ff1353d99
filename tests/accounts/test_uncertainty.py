"""Error propagation against hand sums and Monte Carlo; shared factors; key categories."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.accounts.uncertainty import Category, contributions, draw, interval, key_level, key_trend, propagate
from dafeng.errors import Refused


def test_independent_errors_add_in_quadrature() -> None:
    # 100 +- (5 and 10 %) and 50 +- (20 and 0 %): sqrt(5^2 + 10^2 + 10^2)
    total = propagate([Category("a", 50, 2, 0.05, 0.1, "f"), Category("b", 10, 5, 0.2, 0.0, "g")])
    assert total.value == 150
    assert total.high - total.value == pytest.approx(15.0)
    assert total.half == pytest.approx(0.1)


def test_a_shared_factor_does_not_cancel() -> None:
    apart = [Category(str(i), 10, 1, 0.0, 0.1, f"f{i}") for i in range(4)]
    shared = [Category(str(i), 10, 1, 0.0, 0.1, "f") for i in range(4)]
    assert propagate(apart).half == pytest.approx(0.05)
    assert propagate(shared).half == pytest.approx(0.1)
    assert contributions(shared) == pytest.approx({"factor f": 1.0, **{f"activity {i}": 0.0 for i in range(4)}})


@given(
    st.lists(
        st.tuples(st.floats(1, 100), st.floats(0.5, 3), st.floats(0, 0.12), st.floats(0, 0.12), st.integers(0, 2)),
        min_size=1,
        max_size=8,
    )
)
def test_both_approaches_agree_for_narrow_errors(rows: list) -> None:
    halves: dict[int, float] = {}
    categories = [
        Category(str(i), a, f, ua, halves.setdefault(k, uf), f"f{k}") for i, (a, f, ua, uf, k) in enumerate(rows)
    ]
    first = propagate(categories)
    second = interval(draw(categories, 20_000, 7).sum(axis=1), first.value)
    width = first.high - first.low
    assert second.high - second.low == pytest.approx(width, rel=0.05, abs=1e-6 * first.value)


def test_draws_are_seeded_and_never_change_sign() -> None:
    categories = [Category("coal", 10, 2, 0.05, 1.5, "f"), Category("forest", 3, -1, 0.8, 0.6, "g")]
    one, two = draw(categories, 500, 3), draw(categories, 500, 3)
    assert (one == two).all()
    assert (one[:, 0] > 0).all()
    assert (one[:, 1] < 0).all()
    assert np.median(one[:, 0]) == pytest.approx(20, rel=0.1)


def test_key_categories_by_level_and_trend() -> None:
    level = key_level({"power": 60, "steel": 25, "waste": 12, "farm": 2, "forest": -1})
    assert [(k.id, k.key) for k in level] == [
        ("power", True),
        ("steel", True),
        ("waste", True),
        ("farm", False),
        ("forest", False),
    ]
    trend = key_trend({"power": 60, "steel": 40}, {"power": 60, "steel": 20})
    assert trend[0].id == "power"
    assert sum(k.part for k in trend) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: propagate([Category("a", float("nan"), 1, 0, 0, "f")]),
            "uncertainty: category 'a' has no value. Leave absent categories out and state the coverage.",
        ),
        (
            lambda: propagate([Category("a", -1, 1, 0, 0, "f")]),
            "uncertainty: category 'a' has a negative activity or half-width. A sink has a negative factor.",
        ),
        (
            lambda: propagate([Category("a", 1, 1, 0, 0.1, "f"), Category("b", 1, 1, 0, 0.2, "f")]),
            "uncertainty: factor 'f' has two half-widths (0.1 and 0.2). Give a shared factor one.",
        ),
        (lambda: draw([Category("a", 1, 1, 0, 0, "f")], 1, 0), "uncertainty: 1 draw(s) asked for. Ask for at least 2."),
        (
            lambda: key_trend({"a": 1}, {"b": 1}),
            "key categories: a, b stand in one year only. Give both years the same categories, 0 where none.",
        ),
        (
            lambda: key_trend({"a": 0}, {"a": 1}),
            "key categories: the base year is zero. Choose a base year with emissions.",
        ),
    ],
)
def test_what_cannot_be_reckoned_is_refused(make, message: str) -> None:
    with pytest.raises(Refused) as caught:
        make()
    assert str(caught.value) == message
