"""A change recomputes what depends on it, shares the rest, and says why."""

from __future__ import annotations

import numpy as np
import pytest
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import LABELS, YEARS, datum

from dafeng.errors import FaultsFound, NotFound, Refused
from dafeng.kernel import Datum, Model, State, fact, param

PLAN = "toy-plan#5.2"


def test_only_what_depends_on_it_is_recomputed_and_all_else_is_shared(state: State) -> None:
    new = state.change("forest.planted", {2024: 50}, why=PLAN)
    assert new.recomputed == {"forest.planted", "forest.area", "forest.uptake", "balance.net", "balance.city"}
    assert new.array(road.co2) is state.array(road.co2)
    assert state.values("forest.planted").tolist() == [20, 20, 25, 30], "the first state is as it was"
    assert new.values("forest.planted").tolist() == [20, 20, 50, 50]


def test_a_path_is_straight_between_its_years_and_level_after(state: State) -> None:
    new = state.change("road.electric_share", {2023: 20, 2025: 40}, why=PLAN)
    assert new.values("road.electric_share") == pytest.approx([10, 20, 30, 40])
    new = state.change("road.electric_share", {2020: 20, 2022: 40}, why=PLAN)
    assert new.values("road.electric_share") == pytest.approx([40, 40, 40, 40])


def test_labels_confine_a_change_to_cells(state: State) -> None:
    new = state.change("road.fuel_mix", 0.5, why=PLAN, sector=("car", "truck"))
    assert new.values("road.fuel_mix").tolist() == [[0.5, 0.5], [0, 1], [0.5, 0.5]]
    new = state.change("road.fleet", 7, why=PLAN, place="south", year=2025, sector="bus")
    assert np.argwhere(new.values("road.fleet") != state.values("road.fleet")).tolist() == [[1, 1, 3]]


def test_an_input_without_years_may_get_a_path_where_its_readers_have_years(state: State) -> None:
    new = state.change("road.price", {2025: 100}, why=PLAN)
    assert new.values("road.price").tolist() == [60, 60, 60, 100]
    assert new.at(road.toll, 2025) == pytest.approx(state.at(road.toll, 2025) / 60 * 100)


def test_and_may_not_where_a_reader_has_none(data: dict[str, Datum]) -> None:
    from dafeng.kernel import Array, variable

    @variable("CNY/tCO2", ref="a#1", id="x.price")
    def price(given: Array = param("road.price")) -> Array:
        return given

    with pytest.raises(FaultsFound) as error:
        Model(price).run(data, YEARS).change("road.price", {2025: 100}, why=PLAN)
    assert str(error.value) == (
        "change 'road.price' by year: 1 fault(s)\n"
        "  [axis-mismatch] x.price: formula has the axes year, declared none. "
        "Total over year (it comes with given), or declare it."
    )


def test_several_inputs_change_at_once(state: State) -> None:
    both = state.changed({"road.electric_share": {2024: 30}, "forest.planted": {2024: 50}}, why=PLAN)
    one = state.change("road.electric_share", {2024: 30}, why=PLAN).change("forest.planted", {2024: 50}, why=PLAN)
    np.testing.assert_array_equal(both.array(balance.city), one.array(balance.city))


def test_an_array_and_a_datum_are_taken_by_the_inputs_axes(state: State) -> None:
    mix = np.array([[1.0, 0.0]] * 3)
    new = state.change("road.fuel_mix", mix, why=PLAN)
    assert new.values("road.fuel_mix").tolist() == mix.tolist()
    turned = Datum(
        np.array([[0.0, 100.0, 50.0], [100.0, 0.0, np.nan]]),
        "%",
        ("fuel", "sector"),
        {"fuel": ("diesel", "petrol"), "sector": ("bus", "truck", "car")},
        "toy-plan",
    )
    new = state.change("road.fuel_mix", turned, why=PLAN)
    assert new.values("road.fuel_mix").tolist() == [[0.9, 0.5], [1, 0], [0, 1]], "where it is silent, what stood stands"


def test_param_and_fact_name_an_input_too(state: State) -> None:
    new = state.change(param("road.price"), 80, why=PLAN)
    assert new.values(param("road.price")) == 80
    assert state.at(fact("road.fleet"), 2022, place="north", sector="car") == 10


def test_a_change_of_a_state_that_kept_outputs_only_is_the_same(model: Model, data: dict[str, Datum]) -> None:
    full = model.run(data, YEARS).change("road.electric_share", {2024: 30}, why=PLAN)
    lean = model.run(data, YEARS, keep="outputs").change("road.electric_share", {2024: 30}, why=PLAN)
    for id in model.graph.by_id:
        np.testing.assert_array_equal(lean.array(id), full.array(id))


@pytest.mark.parametrize(
    ("quantity", "path", "labels", "message"),
    [
        (
            "road.co2",
            5,
            {},
            "it is calculated. Change what it reads: road.energy, fuel.carbon_content, fuel.oxidised_share.",
        ),
        ("road.price", {}, {}, "the path has no year. Give {year: value}."),
        (
            "road.fuel_mix",
            np.ones(3),
            {},
            "the array has the shape (3,), expected (3, 2) for sector fuel. "
            "Shape it by the input's axes in the model's labels.",
        ),
        ("road.price", 5, {"place": "north"}, "it has no axis 'place'. Its axes are none."),
        ("road.price", datum(5, "km"), {}, "the datum is in km, the input in CNY/tCO2. Convert it."),
        (
            "road.fuel_mix",
            datum(1, "", "sector place"),
            {},
            "axes or labels differ on place. Use those of the model.",
        ),
        (
            "road.price",
            {2024: np.ones(2), 2025: np.ones(3)},
            {},
            "the values of the path have different numbers of draws. Give one or 3 each.",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    state: State, quantity: str, path: object, labels: dict[str, str], message: str
) -> None:
    with pytest.raises(Refused) as error:
        state.change(quantity, path, why=PLAN, **labels)
    assert str(error.value) == f"change '{quantity}': {message}"


def test_a_change_needs_a_reason(state: State) -> None:
    with pytest.raises(Refused) as error:
        state.change("road.price", 5, why=" ")
    assert str(error.value) == (
        "change: no reason is given. Say why: a clause of a plan, a scenario, a person and a date."
    )


def test_an_unknown_label_names_the_nearest(state: State) -> None:
    with pytest.raises(NotFound) as error:
        state.change("road.fleet", 5, why=PLAN, place="nort")
    assert str(error.value) == "no place 'nort'. Did you mean 'north'?"


def test_a_difference_names_the_cell_where_it_is_largest(state: State) -> None:
    new = state.change("forest.planted", {2025: 50}, why=PLAN)
    found = {difference.id: difference for difference in state.diff(new)}
    assert list(found) == ["forest.planted", "forest.area", "forest.uptake", "balance.net", "balance.city"]
    planted = found["forest.planted"]
    assert (planted.unit, planted.cells, planted.largest, planted.at) == ("ha/year", 1, 20.0, {"year": 2025})
    assert found["forest.area"].largest == pytest.approx(20)
    assert found["forest.area"].at == {"place": "north", "year": 2025}
    assert state.diff(state) == ()


def test_labels_of_the_toy_are_those_of_the_state(state: State) -> None:
    assert {axis: state.labels[axis] for axis in LABELS} == LABELS
    assert state.years == YEARS and state.batch == 1 and state.values(forest.area).shape == (3, 4)
