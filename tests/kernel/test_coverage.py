"""Beside a total that is absent stands how much of it is present."""

from __future__ import annotations

import numpy as np
import pytest
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.kernel import Array, Datum, Model, fact, greatest, least, param, share, shift, total, variable, where


@pytest.fixture
def gappy(data: dict[str, Datum]) -> dict[str, Datum]:
    values = data["road.fleet"].values.copy()
    values[0, 0, 3] = values[1, 1, 3] = np.nan
    data["road.fleet"] = datum(values, "vehicle", "place sector year", kind="fact")
    return data


def test_a_total_counts_the_mean_of_its_parts(gappy: dict[str, Datum]) -> None:
    state = Model(balance.city).run(gappy, YEARS)
    assert np.isnan(state.at(balance.city, 2025))
    assert state.coverage(road.co2, 2025).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 1]]
    assert state.coverage(balance.net, 2025) == pytest.approx([2 / 3, 2 / 3, 1])
    assert state.coverage(balance.city, 2025) == pytest.approx(7 / 9)
    assert state.coverage(balance.city, 2024) == 1
    assert state.coverage("road.fleet", 2025, place="north", sector="car") == 0


def test_an_observed_year_is_present_whatever_the_formula_lacks(data: dict[str, Datum]) -> None:
    data["forest.surveyed_area"] = datum([np.nan, 2, 1], "km2", "place", kind="fact")
    state = Model(forest.uptake).run(data, YEARS)
    assert state.coverage(forest.uptake, place="north").tolist() == [1, 1, 0, 0]
    assert state.coverage(forest.area, place="north").tolist() == [0, 0, 0, 0]


def test_a_stock_that_begins_late_is_absent_before(data: dict[str, Datum]) -> None:
    survey = np.full((3, 4), np.nan)
    survey[:, 1] = 5
    data["forest.surveyed_area"] = datum(survey, "km2", "place year", kind="fact")
    assert Model(forest.area).run(data, YEARS).coverage(forest.area)[0].tolist() == [0, 1, 1, 1]


def test_every_word_of_the_vocabulary_is_covered(gappy: dict[str, Datum]) -> None:
    @variable("", dims="place sector year", ref="a#1", id="x.words")
    def words(fleet: Array = fact("road.fleet"), mask: Array = param("x.mask")) -> Array:
        chosen = where(mask, share(fleet, over="sector"), 1)
        return 1 - +(least(greatest(-chosen, 0), 1) ** 1) + shift(fleet) / fleet * 0

    gappy["x.mask"] = datum([1, 0, 1], "", "sector")
    state = Model(words).run(gappy, YEARS)
    assert state.coverage(words, 2025, place="north").tolist() == [0, 1, pytest.approx(2 / 3)]
    assert state.coverage(words, 2024, place="north").tolist() == [1, 1, 1]
    assert state.coverage(words, 2022).sum() == 0, "there is no year before the first"


def test_an_absent_total_says_its_coverage_in_its_lineage(gappy: dict[str, Datum]) -> None:
    tree = Model(balance.city).run(gappy, YEARS).explain(balance.city, 2025)
    assert tree.value is not None and np.isnan(tree.value)
    assert tree.note == "absent: 78% of what it is made of is present"
    assert tree.as_dict()["value"] is None


def test_the_mean_over_an_axis_the_value_does_not_vary_on(data: dict[str, Datum]) -> None:
    @variable("vehicle", dims="year", ref="a#1", id="x.all")
    def everything(fleet: Array = fact("road.fleet")) -> Array:
        return total(fleet, over="place sector")

    assert Model(everything).run(data, YEARS).coverage(everything).tolist() == [1, 1, 1, 1]
