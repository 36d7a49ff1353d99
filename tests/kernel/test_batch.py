"""Scenarios and draws ride on a leading axis that no formula mentions."""

from __future__ import annotations

import numpy as np
import pytest
from tests.kernel.toy import balance, road
from tests.kernel.toy.numbers import YEARS

from dafeng.errors import NotFound, Refused
from dafeng.kernel import Datum, Model, State
from dafeng.kernel import evaluate as machine

SHARES = np.array([10.0, 25.0, 40.0, 55.0, 70.0])


@pytest.fixture
def drawn(state: State) -> State:
    return state.change("road.electric_share", {2024: SHARES}, why="draws of a survey")


def test_each_draw_is_the_run_it_would_be_alone(state: State, drawn: State) -> None:
    assert drawn.batch == 5
    for n, share in enumerate(SHARES):
        alone = state.change("road.electric_share", {2024: share}, why="one")
        for id in state.model.graph.by_id:
            np.testing.assert_array_equal(drawn.values(id)[n], alone.values(id), err_msg=id)
            np.testing.assert_array_equal(drawn.draw(n).values(id), alone.values(id), err_msg=id)


def test_what_the_draws_do_not_touch_is_held_once(state: State, drawn: State) -> None:
    assert drawn.array("forest.uptake") is state.array("forest.uptake")
    assert drawn.values("forest.uptake").shape == (5, 3, 4)


def test_blocks_of_draws_give_the_same_bits(state: State, drawn: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_BLOCK", 1)
    blocks = state.change("road.electric_share", {2024: SHARES}, why="draws of a survey")
    for id in state.model.graph.by_id:
        np.testing.assert_array_equal(blocks.array(id), drawn.array(id))


def test_data_may_carry_scenarios(model: Model, data: dict[str, Datum], state: State) -> None:
    share = data["road.electric_share"]
    values = np.stack([share.values, share.values * 2])
    data["road.electric_share"] = Datum(values, "%", ("batch", "year"), share.labels, "toy", "parameter")
    two = model.run(data, YEARS, batch=("as it is", "twice"))
    assert two.labels["batch"] == ("as it is", "twice")
    np.testing.assert_array_equal(two.values(balance.city)[0], state.values(balance.city))
    assert (two.values(road.co2)[1] < two.values(road.co2)[0]).all()
    assert two.dims(road.co2) == ("place", "sector", "year")


def test_numbers_of_draws_must_agree(model: Model, data: dict[str, Datum], drawn: State) -> None:
    share = data["road.electric_share"]
    values = np.stack([share.values] * 2)
    data["road.electric_share"] = Datum(values, "%", ("batch", "year"), share.labels, "toy", "parameter")
    with pytest.raises(Refused) as error:
        model.run(data, YEARS, batch=3)
    assert str(error.value) == "batch: the draws differ ('road.electric_share' 2; batch 3). Give each as many."
    with pytest.raises(Refused) as error:
        drawn.change("road.price", {2024: np.ones(3)}, why="draws")
    assert str(error.value) == "change 'road.price': 3 draws, and the state has 5. Give as many."
    with pytest.raises(NotFound):
        drawn.draw(5)


def test_a_later_lever_moves_every_draw(drawn: State) -> None:
    moved = drawn.change("road.price", {2024: 90}, why="plan")
    assert moved.values(road.toll)[:, :, 3] == pytest.approx(drawn.values(road.toll)[:, :, 3] * 1.5)


def test_one_draw_is_explained_alone(drawn: State) -> None:
    tree = drawn.explain(road.co2, 2025, draw=4, place="north", sector="car")
    assert tree.note == "draw 4 of 5; edition 2011"
    share = next(node for node in tree.walk() if node.id == "road.electric_share")
    assert (share.value, share.ref, share.note) == (70.0, "draws of a survey", "changed; was 16")
    assert [child.kind for child in share.children] == ["note"]


def test_coverage_and_differences_know_draws(state: State, drawn: State) -> None:
    assert drawn.coverage(road.co2, 2025).shape == (5, 3, 3)
    difference = next(d for d in state.diff(drawn) if d.id == "road.electric_share")
    assert difference.cells == 10 and difference.largest == pytest.approx(56)
