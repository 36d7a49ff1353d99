"""Observed years stand on their facts; where the formula takes over, the step is said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.kernel.toy import balance, forest
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.kernel import Array, Datum, Model, Seam, State, fact, param, stock


def test_observed_years_stand_on_facts_and_the_formula_goes_on(state: State) -> None:
    uptake, area = state.values(forest.uptake), state.values(forest.area)
    assert uptake[:, :2] == pytest.approx(np.array([[900, 1000], [1100, 1200], [1300, 1400]]))
    assert uptake[:, 2:] == pytest.approx(area[:, 2:] * 4.5)


def test_the_step_at_each_seam_is_reported(state: State) -> None:
    first = state.seams[0]
    assert first == Seam("forest.uptake", 2023, {"place": "north"}, 1000.0, 1431.0, "tCO2/year")
    assert first.step == 431.0
    assert [(seam.labels["place"], seam.year) for seam in state.seams] == [
        ("north", 2023),
        ("south", 2023),
        ("west", 2023),
    ]


def test_a_gap_between_observed_years_has_a_seam_on_either_side(data: dict[str, Datum]) -> None:
    measured = np.full((3, 4), np.nan)
    measured[0, [0, 2]] = 1.5
    data["forest.measured_uptake"] = datum(measured, "ktCO2/year", "place year", kind="fact")
    state = Model(balance.net).run(data, YEARS)
    assert [(seam.year, seam.observed) for seam in state.seams] == [(2022, 1500), (2024, 1500)]


def test_observations_that_begin_late_have_a_seam_where_they_begin(data: dict[str, Datum]) -> None:
    measured = np.full((3, 4), np.nan)
    measured[0, 3] = 1.5
    data["forest.measured_uptake"] = datum(measured, "ktCO2/year", "place year", kind="fact")
    assert [seam.year for seam in Model(balance.net).run(data, YEARS).seams] == [2025]


def test_a_stock_goes_on_from_what_was_observed(data: dict[str, Datum]) -> None:
    @stock("ha", dims="place year", start=fact("forest.surveyed_area"), ref="a#1", id="x.area", observed=fact("x.seen"))
    def area(before: Array, step: Array, planted: Array = param("forest.planted")) -> Array:
        return before + step * planted

    seen = np.full((3, 4), np.nan)
    seen[0, 2] = 400
    seen[1, 0] = 250  # no formula precedes the first year, so nothing can differ there
    data["x.seen"] = datum(seen, "ha", "place year", kind="fact")
    state = Model(area).run(data, YEARS)
    assert state.values(area)[0].tolist() == [300, 320, 400, 430]
    assert state.seams == (Seam("x.area", 2024, {"place": "north"}, 400.0, 345.0, "ha"),)
    assert state.explain(area, 2024, place="north").note == "observed"


def test_a_seam_to_nothing_has_no_step(data: dict[str, Datum]) -> None:
    data["forest.uptake_rate"] = datum(np.nan, "tCO2/ha/year")
    state = Model(forest.uptake).run(data, YEARS)
    assert all(math.isnan(seam.formula) and math.isnan(seam.step) for seam in state.seams)
    assert np.isnan(state.at(forest.uptake, 2025)).all()
