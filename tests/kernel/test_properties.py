"""What holds whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.toy import balance, forest, road
from tests.kernel.toy.numbers import PLACES, SECTORS, YEARS, datum, toy_data

from dafeng.kernel import Array, Datum, Model, fact, param, stock

MODEL = Model(balance.city, road.growth, road.part, road.toll)
STATE = MODEL.run(toy_data(), YEARS)
LEVERS = ("road.electric_share", "road.price", "forest.planted", "road.yearly_distance", "forest.lost")
amounts = st.floats(1, 90, allow_subnormal=False)
paths = st.dictionaries(st.integers(2020, 2027), amounts, min_size=1, max_size=3)


def same_bits(a: Any, b: Any, ids: Any = None) -> None:
    for id in ids or MODEL.graph.by_id:
        np.testing.assert_array_equal(a.array(id), b.array(id), err_msg=id)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(LEVERS), amounts), min_size=1, max_size=4))
def test_incremental_is_full_recompute_bit_for_bit(levers: list[tuple[str, float]]) -> None:
    state, data = STATE, toy_data()
    for id, value in levers:
        state = state.change(id, value, why="draw")
        data[id] = replace(data[id], values=np.full_like(data[id].values, value))
    same_bits(state, MODEL.run(data, YEARS))


@settings(max_examples=60)
@given(paths)
def test_a_path_is_the_full_run_on_its_values(path: dict[int, float]) -> None:
    state = STATE.change("road.electric_share", path, why="draw")
    data = toy_data()
    data["road.electric_share"] = datum(state.array("road.electric_share").ravel(), "", "year")
    same_bits(state, MODEL.run(data, YEARS))


@settings(max_examples=40)
@given(paths, amounts)
def test_widening_a_path_touches_only_its_years(path: dict[int, float], value: float) -> None:
    later = STATE.change("road.electric_share", path, why="a")
    wider = later.change("road.electric_share", value, why="b", year=2025)
    for id in ("road.co2", "balance.net", "road.toll"):
        np.testing.assert_array_equal(wider.array(id)[..., :3], later.array(id)[..., :3])


@settings(max_examples=40)
@given(st.permutations(PLACES), st.permutations(SECTORS), st.booleans())
def test_the_order_of_labels_and_of_axes_changes_nothing(places: Any, sectors: Any, turn: bool) -> None:
    data: dict[str, Datum] = {}
    for id, given_ in toy_data().items():
        moved = given_
        for axis, labels in (("place", places), ("sector", sectors)):
            if axis in moved.dims:
                moved = moved.reindexed(axis, labels)
        if turn and not isinstance(moved.source, np.ndarray):
            moved = replace(moved, values=moved.values.T, dims=moved.dims[::-1])
        data[id] = moved
    state = MODEL.run(data, YEARS)
    assert state.labels["place"] == tuple(places)
    for place in PLACES:
        for id in ("forest.area", "forest.uptake"):
            np.testing.assert_array_equal(state.at(id, place=place), STATE.at(id, place=place))
        for sector in SECTORS:
            here = {"place": place, "sector": sector}
            np.testing.assert_array_equal(state.at("road.co2", **here), STATE.at("road.co2", **here))
        # A sum in another order may differ in its last bit.
        np.testing.assert_allclose(state.at("balance.net", place=place), STATE.at("balance.net", place=place), 1e-14)
    np.testing.assert_allclose(state.values("balance.city"), STATE.values("balance.city"), rtol=1e-14)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(PLACES), st.text("abcdefg", min_size=1, max_size=4), min_size=3, max_size=3))
def test_other_names_for_labels_change_nothing(names: dict[str, str]) -> None:
    if len(set(names.values())) < len(names):
        return
    data = {
        id: replace(given_, labels={**given_.labels, "place": tuple(names[place] for place in given_.labels["place"])})
        if "place" in given_.dims
        else given_
        for id, given_ in toy_data().items()
    }
    same_bits(MODEL.run(data, YEARS), STATE)


@settings(max_examples=40)
@given(st.integers(-8, 8))
def test_scaling_activity_scales_emissions(power: int) -> None:
    factor = 2.0**power
    data = toy_data()
    data["road.fleet"] = replace(data["road.fleet"], values=data["road.fleet"].values * factor)
    state = MODEL.run(data, YEARS)
    np.testing.assert_array_equal(state.array(road.co2), STATE.array(road.co2) * factor)
    np.testing.assert_array_equal(state.array(road.part), STATE.array(road.part))


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1e6), min_size=36, max_size=36))
def test_the_total_is_the_total_of_the_parts(fleet: list[float]) -> None:
    data = toy_data()
    data["road.fleet"] = replace(data["road.fleet"], values=np.array(fleet).reshape(3, 3, 4))
    state = Model(balance.city).run(data, YEARS)
    np.testing.assert_allclose(
        state.values(balance.city, unit="ktCO2/year"),
        state.values(balance.net).sum(axis=0),
        rtol=1e-12,
        atol=1e-9,
    )


@settings(max_examples=40)
@given(st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 3)), max_size=12))
def test_coverage_is_full_exactly_where_there_is_a_number(gaps: set[tuple[int, int, int]]) -> None:
    data = toy_data()
    values = data["road.fleet"].values.copy()
    for cell in gaps:
        values[cell] = np.nan
    data["road.fleet"] = replace(data["road.fleet"], values=values)
    state = MODEL.run(data, YEARS)
    for id in ("road.energy", "road.co2", "balance.net", "balance.city", "road.growth", "road.part", "road.toll"):
        np.testing.assert_array_equal(state.coverage(id) == 1, ~np.isnan(state.values(id)), err_msg=id)


@settings(max_examples=30)
@given(st.sampled_from(["ha", "亩", "m2", "万平方米", "km2"]), st.sampled_from(["辆", "万辆", "百万辆"]))
def test_the_unit_in_which_data_come_changes_nothing(area: str, vehicles: str) -> None:
    from dafeng.units import factor

    data = toy_data()
    surveyed, fleet = data["forest.surveyed_area"], data["road.fleet"]
    data["forest.surveyed_area"] = replace(surveyed, values=surveyed.values * factor(surveyed.unit, area), unit=area)
    data["road.fleet"] = replace(fleet, values=fleet.values * factor(fleet.unit, vehicles), unit=vehicles)
    state = MODEL.run(data, YEARS)
    np.testing.assert_allclose(state.values(forest.area), STATE.values(forest.area), rtol=1e-13)
    np.testing.assert_allclose(state.values(balance.city), STATE.values(balance.city), rtol=1e-12)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), amounts), min_size=12, max_size=12), st.sets(st.integers(0, 11), max_size=8))
def test_a_stock_is_the_loop_over_its_years(seen: list[float | None], unstarted: set[int]) -> None:
    @stock("ha", dims="place year", start=fact("a.start"), observed=fact("a.seen"), ref="a#1", id="a.stock")
    def grown(before: Array, step: float, more: Array = param("a.more")) -> Array:
        return before + more * step

    observed = np.array([np.nan if x is None else x for x in seen]).reshape(3, 4)
    start = np.arange(12.0).reshape(3, 4)
    start.flat[list(unstarted)] = np.nan
    data = {
        "a.start": datum(start, "ha", "place year", kind="fact"),
        "a.seen": datum(observed, "ha", "place year", kind="fact"),
        "a.more": datum(2, "ha/year"),
    }
    expected = np.full((3, 4), np.nan)
    for place in range(3):
        begun = False
        for at, year in enumerate(YEARS):
            if begun:
                expected[place, at] = expected[place, at - 1] + 2 * (year - YEARS[at - 1])
            else:
                expected[place, at] = start[place, at]
            if not np.isnan(observed[place, at]):
                expected[place, at] = observed[place, at]
            begun = begun or not np.isnan(expected[place, at])
    np.testing.assert_allclose(Model(grown).run(data, YEARS).values(grown), expected, rtol=1e-13)
