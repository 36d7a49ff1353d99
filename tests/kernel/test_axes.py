"""The order of axes is computed from what is declared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafeng.axes import Axes, current, frame, ordered
from dafeng.errors import ModelError

names = st.sampled_from(["place", "sector", "fuel", "gas", "crop", "year", "batch"])


def test_a_new_axis_comes_after_its_left_neighbour() -> None:
    assert ordered(["place sector year".split(), "place fuel sector".split(), ["gas"]]).names == (
        *("batch", "gas", "place", "fuel", "sector", "year"),
    )


@given(st.lists(st.lists(names, max_size=4, unique=True), max_size=6))
def test_batch_is_first_year_is_last_and_each_axis_is_there_once(declared: list[list[str]]) -> None:
    found = ordered(declared).names
    assert found[0] == "batch" and found[-1] == "year"
    assert sorted(found) == sorted({"batch", "year", *(name for axes in declared for name in axes)})


def test_positions_are_counted_from_the_end() -> None:
    axes = Axes(("place", "fuel", "year"))
    assert [axes.index(name) for name in axes.names] == [-3, -2, -1]
    assert "fuel" in axes and "gas" not in axes
    with pytest.raises(ModelError) as error:
        axes.index("gas")
    assert str(error.value) == "axis 'gas': no such axis. The axes at hand are place fuel year."


def test_a_frame_ends_with_its_block() -> None:
    with frame("place year", (2022, 2023)) as outer:
        with frame("fuel"):
            assert current().axes.names == ("fuel",)
        assert current() is outer and outer.years == (2022, 2023)
    with pytest.raises(ModelError):
        current()
