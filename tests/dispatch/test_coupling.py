"""A scenario and the hourly model on the same figures: what is given back stands in the pathway, and rounds end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dafeng.city import City, load
from dafeng.dispatch import coupling
from dafeng.dispatch.coupling import by_sector, couple
from dafeng.dispatch.pack import answers_of, spec_of
from dafeng.dispatch.run import Question
from dafeng.errors import Refused
from dafeng.pathway import load as load_pathway

ASKED = Question(years=(2030,), scenario="plan", days=6)


@pytest.fixture(scope="module")
def city() -> City:
    return load("shanghai")


@pytest.fixture(scope="module")
def record(city: City) -> dict[str, Any]:
    return couple(city, ASKED).record


def test_sectors_with_hours_of_their_own_sum_to_the_use(city: City) -> None:
    asked, state = answers_of(city), load_pathway(city).state("plan")
    spec, series = spec_of(city, (2025, 2035), "plan")
    made, hours = by_sector(spec, series, asked, state)
    for year in (2025, 2035):
        parts = {name: demand.energy.at(year) for name, demand in made.demands.items() if demand.energy}
        assert sum(parts.values()) == pytest.approx(float(np.asarray(state.at("grid.demand", year)).sum()))
        road = float(np.asarray(state.at("road.electricity", year)).sum())
        assert parts["shanghai-road"] == pytest.approx(road)
    # In the first year the parts together have the hours of the published load.
    whole = np.zeros(8760)
    for demand in made.demands.values():
        assert demand.energy is not None
        whole += hours[demand.profile] / hours[demand.profile].sum() * demand.energy.at(2025)
    load_shape = series["load"] / series["load"].sum()
    assert whole / whole.sum() == pytest.approx(load_shape, rel=1e-6)


@pytest.mark.slow
def test_what_is_given_back_stands_in_the_pathway(record: dict[str, Any]) -> None:
    found = record["coupling"]
    assert found["converged"] is True and found["rounds"] <= 5 and found["changes"][-1] <= 1e-3
    compared = {id: each["years"]["2030"] for id, each in found["compared"].items()}
    for id in ("grid.gas", "grid.solar", "grid.wind", "grid.biomass", "grid.imported", "grid.import_co2"):
        assert compared[id]["after"] == pytest.approx(compared[id]["hourly"], rel=1e-3), id
    assert compared["grid.gas"]["before"] != pytest.approx(compared["grid.gas"]["after"], rel=1e-2)
    told = {each["parameter"]: each for each in found["told"]}
    assert told["costs.electricity_price"]["value"] == pytest.approx(record["prices"]["2030"]["mean"])
    assert {each["verdict"] for each in record["targets"]} >= {"holds"}


@pytest.mark.slow
def test_a_coupled_answer_is_kept_by_the_hash_of_its_scenario(city: City, tmp_path: Path) -> None:
    first = couple(city, ASKED, tmp_path)
    again = couple(city, ASKED, tmp_path)
    assert first.answer is not None and again.answer is None
    assert again.record["coupling"]["hash"] == load_pathway(city).scenario("plan").hash
    assert couple(city, replace(ASKED, scenario="current"), tmp_path).answer is not None


@pytest.mark.slow
def test_rounds_go_on_while_use_moves_and_end_after_five(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use = coupling._use
    count = iter(range(100))
    monkeypatch.setattr(
        coupling, "_use", lambda asked, state, year: use(asked, state, year) * (1 + 0.1 / (1 + next(count)))
    )
    found = couple(city, ASKED).record["coupling"]
    assert found["rounds"] == 5 and found["converged"] is False
    assert found["changes"] == sorted(found["changes"], reverse=True)


def test_a_coupling_needs_a_scenario_and_what_comes_back(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="name the scenario"):
        couple(city, Question(years=(2030,)))
    asked = answers_of(city)
    bare = asked.model_copy(update={"scenario": asked.scenario.model_copy(update={"back": {}})})
    monkeypatch.setattr(coupling, "answers_of", lambda city: bare)
    with pytest.raises(Refused, match="does not say what comes back"):
        couple(city, ASKED)
