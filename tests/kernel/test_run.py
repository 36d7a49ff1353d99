"""What a run gives: values by hand, units at the rim, years, editions, dated formulas, stocks."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import YEARS, datum

from dafeng.axes import frame
from dafeng.errors import FaultsFound, ModelError, NotFound, Refused, UnitError
from dafeng.kernel import Array, Datum, Model, State, fact, param, stock, variable, variables_of


def test_values_are_those_worked_by_hand(state: State) -> None:
    # north, car, 2022: 10 vehicles x 12,000 km x 0.9 not electric x 2.6 MJ/km = 0.2808 TJ, 0.9 petrol, 0.1 diesel
    energy = 10 * 12_000 * 0.9 * 2.6e-6
    assert state.at(road.energy, 2022, place="north", sector="car", fuel="petrol") == pytest.approx(energy * 0.9)
    carbon = energy * (0.9 * 18.9 + 0.1 * 20.2) * 0.98 * 44 / 12
    assert state.at(road.co2, 2022, place="north", sector="car") == pytest.approx(carbon, rel=1e-14)


def test_values_come_in_the_declared_unit_and_in_any_other_of_the_dimension(state: State) -> None:
    kilotonnes = state.at(balance.net, 2025, place="west")
    assert state.at(balance.net, 2025, place="west", unit="万吨二氧化碳/年") == pytest.approx(kilotonnes / 10)
    assert state.unit(balance.net) == "ktCO2/year"
    with pytest.raises(UnitError) as error:
        state.values(balance.net, unit="TJ/year")
    assert str(error.value) == (
        "cannot convert 'ktCO2/year' (tCO2/year) to 'TJ/year' (TJ/year). "
        "State the quantity in a unit of the same dimension."
    )


def test_an_input_is_read_back_in_its_own_unit(state: State) -> None:
    assert state.values("road.electric_share").tolist() == pytest.approx([10, 12, 14, 16])
    assert state.dims("road.fuel_mix") == ("sector", "fuel")


def test_at_gives_an_array_of_what_is_left_open(state: State) -> None:
    assert state.at(road.co2, 2025).shape == (3, 3)
    assert state.at(road.co2, sector="bus").shape == (3, 4)


def test_unknown_quantities_years_and_labels_name_the_nearest(state: State) -> None:
    with pytest.raises(NotFound) as error:
        state.values("forest.aria")
    assert str(error.value) == (
        "no quantity 'forest.aria'. Did you mean 'forest.area' or 'forest.uptake_rate' or 'forest.uptake'?"
    )
    with pytest.raises(NotFound) as error:
        state.at(road.co2, 2031)
    assert str(error.value).startswith("no year '2031'. Did you mean '202")


def test_a_shift_looks_a_year_back_and_is_absent_in_the_first(state: State) -> None:
    co2, growth = state.values(road.co2), state.values(road.growth)
    assert np.isnan(growth[..., 0]).all()
    assert growth[..., 1:] == pytest.approx(co2[..., 1:] / co2[..., :-1] - 1)


def test_a_shift_knows_years_and_not_positions(data: dict[str, Datum]) -> None:
    state = Model(road.growth).run(data, (2022, 2024, 2025))
    assert np.isnan(state.at(road.growth, 2024)).all(), "2023 is not calculated"
    assert not np.isnan(state.at(road.growth, 2025)).any()


def test_shares_sum_to_one(state: State) -> None:
    assert state.values(road.part).sum(axis=1) == pytest.approx(np.ones((3, 4)))


def test_a_dated_formula_holds_from_its_year(state: State) -> None:
    toll, co2 = state.values(road.toll), state.values(road.co2).sum(axis=1)
    assert toll[:, :2].tolist() == [[0, 0]] * 3
    assert toll[:, 2:] == pytest.approx(60 * co2[:, 2:])


def test_an_edition_recalculates_the_whole_series_and_the_old_one_still_runs(data: dict[str, Datum]) -> None:
    default = Model(road.co2).run(data, YEARS).values(road.co2)
    old = Model(road.co2, edition="2011").run(data, YEARS).values(road.co2)
    new = Model(road.co2, edition="2025").run(data, YEARS).values(road.co2)
    assert (default == old).all()
    assert new * 0.98 == pytest.approx(old)


def test_inputs_of_an_edition_not_in_force_are_not_asked_for(data: dict[str, Datum]) -> None:
    del data["fuel.oxidised_share"]
    Model(road.co2, edition="2025").check(data)


def test_a_replacement_takes_its_place_everywhere_and_says_so(data: dict[str, Datum]) -> None:
    @variable("tCO2/year", dims="place sector year", ref="local-guideline#2", id="local.co2")
    def local(energy: Array = road.energy, content: Array = param("local.content")) -> Array:
        from dafeng.kernel import total

        return total(energy * content, over="fuel")

    data["local.content"] = datum(70, "tCO2/TJ", source="local-survey#1")
    model = Model(balance.net, replace={road.co2: local})
    state = model.run(data, YEARS)
    assert state.values(road.co2) == pytest.approx(state.values(road.energy).sum(axis=2) * 70)
    tree = state.explain(balance.net, 2025, place="north")
    assert [node.note for node in tree.walk() if node.id == "local.co2"] == ["total over sector; replaces road.co2"]
    assert all(node.id != "road.co2" for node in tree.walk())


def test_a_stock_steps_from_its_start(state: State) -> None:
    assert state.values(forest.area)[0].tolist() == [300, 318, 341, 369]


def test_a_stock_steps_over_the_years_between(data: dict[str, Datum]) -> None:
    state = Model(forest.area).run(data, (2022, 2025))
    assert state.values(forest.area)[0].tolist() == [300, 300 + 3 * (30 - 2)]


def test_a_stock_begins_where_its_start_is_present(data: dict[str, Datum]) -> None:
    survey = np.full((3, 4), np.nan)
    survey[0, 1], survey[1, 0], survey[1, 2] = 5, 2, 9
    data["forest.surveyed_area"] = datum(survey, "km2", "place year", kind="fact")
    area = Model(forest.area).run(data, YEARS).values(forest.area)
    assert np.isnan(area[0, 0]) and area[0, 1:].tolist() == [500, 523, 551]
    assert area[1].tolist() == pytest.approx([200, 219, 243, 272]), "a later survey does not restart it"
    assert np.isnan(area[2]).all()


def test_a_stock_that_lost_its_flow_is_not_begun_again(data: dict[str, Datum]) -> None:
    survey = np.full((3, 4), np.nan)
    survey[:, [0, 3]] = 5
    data["forest.surveyed_area"] = datum(survey, "km2", "place year", kind="fact")
    data["forest.planted"] = datum([20, np.nan, 25, 30], "ha/year", "year")
    area = Model(forest.area).run(data, YEARS).values(forest.area)
    assert area[0, 0] == 500 and np.isnan(area[0, 1:]).all()


def test_a_dated_formula_in_a_stock(data: dict[str, Datum]) -> None:
    @stock("ha", dims="place year", start=fact("forest.surveyed_area"), ref="a#1", id="other.area")
    def area(before: Array, step: Array, planted: Array = param("forest.planted")) -> Array:
        return before + step * planted

    @area.since(2024, ref="b#1")
    def area_2024(before: Array, step: Array) -> Array:
        return before * 1

    values = Model(area).run(data, YEARS).values(area)
    assert values[0].tolist() == [300, 320, 320, 320]


def test_a_division_by_zero_leaves_no_number_and_is_counted(data: dict[str, Datum]) -> None:
    @variable("CNY/vehicle", dims="place sector year", ref="a#1", id="toll.per_vehicle")
    def per_vehicle(price: Array = param("road.fee"), fleet: Array = fact("road.fleet")) -> Array:
        return price / fleet

    data["road.fee"] = datum(5, "CNY")
    values = data["road.fleet"].values.copy()
    values[0, 0, 0] = 0
    data["road.fleet"] = datum(values, "vehicle", "place sector year", kind="fact")
    state = Model(per_vehicle).run(data, YEARS)
    assert np.isnan(state.at(per_vehicle, 2022, place="north", sector="car"))
    assert np.isfinite(state.values(per_vehicle)).sum() == 35
    assert state.undefined == {"toll.per_vehicle": 1}


def test_absence_travels_and_does_not_become_zero(data: dict[str, Datum]) -> None:
    values = data["road.fleet"].values.copy()
    values[0, 0, 3] = np.nan
    data["road.fleet"] = datum(values, "vehicle", "place sector year", kind="fact")
    state = Model(balance.city).run(data, YEARS)
    assert np.isnan(state.at(balance.net, 2025, place="north"))
    assert np.isfinite(state.at(balance.net, 2025, place="south"))
    assert np.isnan(state.at(balance.city, 2025)) and np.isfinite(state.at(balance.city, 2024))


def test_years_outside_the_facts_are_absent(data: dict[str, Datum]) -> None:
    state = Model(road.distance).run(data, (2021, 2022, 2026))
    assert np.isnan(state.values(road.distance)[..., [0, 2]]).all()
    assert not np.isnan(state.values(road.distance)[..., 1]).any()


@pytest.mark.parametrize("years", [(), (2023, 2022), (2022, 2022)])
def test_years_must_rise(data: dict[str, Datum], years: tuple[int, ...]) -> None:
    with pytest.raises(Refused) as error:
        Model(road.co2).run(data, years)
    assert str(error.value) == f"run: the years are {list(years)}. Give rising years, at least one."


def test_values_cannot_be_written_to(state: State) -> None:
    with pytest.raises(ValueError, match="read-only"):
        state.array(road.co2)[...] = 0


def test_a_formula_is_a_function_that_needs_no_model() -> None:
    with frame("fuel"):
        assert road.co2(energy=np.ones(2), content=3.0, oxidised=0.5).tolist() == [3.0]
        assert road.co2_2025(energy=np.ones(2), content=3.0).tolist() == [6.0]
    assert road.distance(fleet=2, yearly=3) == 6
    assert road.co2.__doc__ == "Carbon dioxide at the tailpipe: energy times carbon content times oxidised share."


def test_a_formula_that_needs_axes_says_so_when_called_without() -> None:
    with pytest.raises(ModelError) as error:
        road.co2(energy=np.ones(2), content=3.0, oxidised=0.5)
    assert str(error.value) == (
        "road.co2: axes: no order of axes is in force. Call the formula inside `with frame('place fuel year'):`."
    )


def test_outputs_alone_are_kept_when_asked_and_the_rest_comes_back_the_same(
    model: Model, data: dict[str, Datum]
) -> None:
    lean, full = model.run(data, YEARS, keep="outputs"), model.run(data, YEARS)
    assert "road.energy" not in lean.arrays and "road.energy" in full.arrays
    for id in model.graph.by_id:
        np.testing.assert_array_equal(lean.array(id), full.array(id))


def test_an_array_nobody_reads_any_more_is_let_go(data: dict[str, Datum]) -> None:
    seen: list[weakref.ref[Array]] = []
    alive: list[bool] = []

    @variable("vehicle", dims="place sector year", ref="a#1", id="x.first")
    def first(fleet: Array = fact("road.fleet")) -> Array:
        return fleet * 1

    @variable("vehicle", dims="place sector year", ref="a#2", id="x.second")
    def second(first: Array = first) -> Array:
        if isinstance(first, np.ndarray):
            seen.append(weakref.ref(first))
        return first * 1

    @variable("vehicle", dims="place sector year", ref="a#3", id="x.third")
    def third(second: Array = second) -> Array:
        alive.extend(ref() is not None for ref in seen)
        return second * 1

    Model(third).run(data, YEARS, keep="outputs")
    assert alive == [False]


def test_a_state_is_data_for_another_model(state: State) -> None:
    @variable("tCO2/year", dims="year", ref="a#1", id="region.all")
    def everything(city: Array = fact("city.balance"), other: Array = param("other.balance")) -> Array:
        return city + other

    data = {"city.balance": state.datum(balance.city), "other.balance": datum(5, "ktCO2/year", "year")}
    result = Model(everything).run(data, YEARS)
    assert result.values(everything) == pytest.approx(state.values(balance.city) + 5000)


def test_the_variables_of_a_module_in_the_order_of_its_text() -> None:
    assert [v.id for v in variables_of(road)] == [
        "road.distance",
        "road.energy",
        "road.co2",
        "road.growth",
        "road.part",
        "road.toll",
    ]
    assert [v.id for v in variables_of(balance)] == ["balance.net", "balance.city"]


def test_a_check_is_remembered_for_the_same_data_only(data: dict[str, Datum]) -> None:
    model = Model(road.co2)
    first = model.checked(data, YEARS)
    assert model.checked(dict(data), YEARS) is first
    assert model.checked(data, YEARS[:2]) is not first
    data["road.electric_share"] = datum(10, "km", "year")
    with pytest.raises(FaultsFound):
        model.check(data, YEARS)


def test_a_model_of_nothing_runs() -> None:
    state = Model().run({}, YEARS)
    assert state.frame.axes.names == ("batch", "year") and state.seams == () and state.diff(state) == ()


def test_outputs_may_come_as_a_list_and_editions_as_a_tuple(data: dict[str, Datum]) -> None:
    state = Model(variables_of(road), forest.area, edition=("2025",)).run(data, YEARS)
    assert set(state.model.graph.by_id) == {*(v.id for v in variables_of(road)), "forest.area"}
    assert state.explain(road.co2, 2025, place="west", sector="car").note == "edition 2025"
