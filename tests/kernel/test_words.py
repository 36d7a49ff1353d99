"""The words of formulas on bare arrays."""

from __future__ import annotations

import numpy as np
import pytest
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.axes import frame
from dafeng.errors import ModelError
from dafeng.kernel import Array, Datum, Model, fact, greatest, least, param, share, shift, total, variable, where

NAN = np.nan
X = np.array([[1.0, 3.0, NAN], [2.0, 0.0, 4.0]])


def same(got: Array, expected: list[object]) -> None:
    np.testing.assert_array_equal(got, np.array(expected, dtype=float))


def test_totals_keep_their_axis_and_their_absence() -> None:
    with frame("fuel year", (1, 2, 3)):
        same(total(X, over="fuel"), [[3, 3, NAN]])
        same(total(X, over="year"), [[NAN], [6]])
        same(total(X, over="fuel year"), [[NAN]])
        same(total(np.stack([X, X]), over="fuel"), [[[3, 3, NAN]]] * 2)


def test_shares_of_nothing_are_absent() -> None:
    with frame("fuel year", (1, 2, 3)), np.errstate(invalid="ignore"):
        same(share(X, over="fuel"), [[1 / 3, 1, NAN], [2 / 3, 0, NAN]])
        same(share(X * 0, over="fuel"), [[NAN] * 3] * 2)


def test_where_takes_the_first_above_zero_and_nothing_where_the_test_is_absent() -> None:
    same(where(X, 1, 2), [[1, 1, NAN], [1, 2, 1]])
    same(where(-X, X, -X), [[-1, -3, NAN], [-2, 0, -4]])


def test_extremes_are_absent_where_one_is() -> None:
    same(least(X, 2, np.array([9.0, 1.0, 9.0])), [[1, 1, NAN], [2, 0, 2]])
    same(greatest(X, 2), [[2, 3, NAN], [2, 2, 4]])


def test_a_shift_is_by_years() -> None:
    with frame("fuel year", (2020, 2021, 2023)):
        same(shift(X), [[NAN, 1, NAN], [NAN, 2, NAN]])
        same(shift(X, 2), [[NAN, NAN, 3], [NAN, NAN, 0]])
        same(X, [[1, 3, NAN], [2, 0, 4]])


def test_a_shift_needs_years_and_looks_back() -> None:
    with frame("fuel year", (2020, 2021)), pytest.raises(ModelError) as error:
        shift(X)
    assert str(error.value) == "shift(): the value has no year axis of 2 years. Shift a value by year."
    with pytest.raises(ModelError) as error:
        shift(X, 0)
    assert str(error.value) == ("shift(by=0): a formula looks back, by 1 year or more. Turn the formula round.")


def test_zero_is_zero_in_any_unit(data: dict[str, Datum]) -> None:
    @variable("vehicle", dims="place sector year", ref="a#1", id="x.rest")
    def rest(fleet: Array = fact("road.fleet"), kept: Array = param("x.kept")) -> Array:
        return greatest(0, fleet - kept) + 0 + where(kept, 0, fleet)

    data["x.kept"] = datum(100, "vehicle", "year")
    values = Model(rest).run(data, YEARS).values(rest)
    assert values.min() == 0 and values.max() == 260
