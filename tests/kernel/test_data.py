"""Data: tables become arrays, absent stays absent, sources stay with their cells."""

from __future__ import annotations

import numpy as np
import pytest
from tests.kernel.toy import road
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.errors import NotFound
from dafeng.kernel import Datum, Model, Source

A, B = Source("a", "p1"), Source("b", "p2", "preliminary", "low", "2024-05", "as printed")


def test_a_table_becomes_an_array_in_the_order_its_labels_appear() -> None:
    cells = {("south", 2024): (2.0, A), ("north", 2022): (1.0, B), ("north", 2024): (None, B)}
    made = Datum.from_cells(cells, "t", ("place", "year"))
    assert made.labels == {"place": ("south", "north"), "year": (2022, 2024)}
    np.testing.assert_array_equal(made.values, [[np.nan, 2.0], [1.0, np.nan]])
    assert made.source_at((1, 0)) is B and made.source_at((1, 1)) is B and made.source_at((0, 0)) is None


def test_labels_may_be_given_and_must_cover_the_table() -> None:
    cells = {("south", 2024): (2.0, A)}
    made = Datum.from_cells(cells, "t", ("place", "year"), labels={"place": ("north", "south")})
    assert made.values.shape == (2, 1)
    with pytest.raises(NotFound) as error:
        Datum.from_cells(cells, "t", ("place", "year"), labels={"place": ("north", "sout")})
    assert str(error.value) == "no label 'south'. Did you mean 'sout' or 'north'?"


def test_other_labels_leave_out_and_leave_absent() -> None:
    cells = {("a",): (1.0, A), ("b",): (2.0, B)}
    made = Datum.from_cells(cells, "t", ("place",)).reindexed("place", ("c", "b"))
    np.testing.assert_array_equal(made.values, [np.nan, 2.0])
    assert [made.source_at((n,)) for n in (0, 1)] == [None, B]


def test_a_source_is_read_and_written_in_its_short_form() -> None:
    assert Source.parse("yearbook-2024#table 3-1") == Source("yearbook-2024", "table 3-1")
    assert str(Source("yearbook-2024", "table 3-1")) == "yearbook-2024#table 3-1" and str(Source("a")) == "a"
    assert Datum.of(5, "t", "a#1").source_at(()) == Source("a", "1")
    mapped = Datum(np.ones(1), "t", ("place",), {"place": ("a",)}, {("a",): A})
    assert mapped.source_at((0,)) is A


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("absent", [np.nan, 10, np.nan, 20, np.nan]),
        ("hold", [np.nan, 10, 10, 20, 20]),
        ("linear", [np.nan, 10, 15, 20, 20]),
    ],
)
def test_years_between_are_read_as_the_datum_says(data: dict[str, Datum], between: str, expected: list[float]) -> None:
    given = Datum(np.array([10.0, 20.0]), "%", ("year",), {"year": (2022, 2024)}, "s", "parameter", between)
    data["road.electric_share"] = given
    state = Model(road.energy).run(data, (2021, 2022, 2023, 2024, 2025))
    assert state.values("road.electric_share") == pytest.approx(expected, nan_ok=True)


def test_a_cell_without_a_figure_at_a_date_goes_on_with_its_own_last(data: dict[str, Datum]) -> None:
    values = np.array([[10.0, np.nan, 30.0], [np.nan, 5.0, np.nan]])
    labels = {"place": ("a", "b"), "year": (2022, 2024, 2025)}
    for between, expected in {
        "hold": [[10, 10, 10, 30], [np.nan, np.nan, 5, 5]],
        "linear": [[10, 10 + 20 / 3, 10 + 40 / 3, 30], [np.nan, np.nan, 5, 5]],
    }.items():
        from dafeng.kernel.inputs import in_years

        given = Datum(values, "", ("place", "year"), labels, "s", "parameter", between)
        np.testing.assert_allclose(in_years(values, labels["year"], YEARS, given), expected)


def test_a_mapping_of_sources_is_checked_cell_by_cell(data: dict[str, Datum]) -> None:
    from dafeng.errors import FaultsFound

    given = data["road.electric_share"]
    data["road.electric_share"] = datum(given.values, "%", "year", source={(2022,): A})
    with pytest.raises(FaultsFound) as error:
        Model(road.energy).check(data)
    assert str(error.value) == (
        "model: 1 fault(s)\n"
        "  [no-source] road.electric_share: 3 of its numbers have no source. Name the document each comes from."
    )
