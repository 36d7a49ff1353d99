"""Waste, farming and forests of the shipped city: as accounted where facts stand, sound wherever a lever may go."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from dafeng.accounts.ledger import of
from dafeng.city import load as load_city
from dafeng.kernel import State
from dafeng.pathway import Pathway, load, project

ACTIONS = ("circular", "sinks")
#: Formulas that the accounts and the pathway share, and the years in which facts stand behind all they read.
SHARED = {
    "waste.landfill_ch4": range(2005, 2026),
    "waste.incineration_co2": (*range(2005, 2021), 2023, 2024, 2025),
    "waste.composting_ch4": range(2005, 2020),
    "waste.biological_ch4": (2020, 2025),
    "waste.sewage_ch4": range(2005, 2025),
    "waste.discharge_ch4": (*range(2005, 2018), 2020),
    "waste.discharge_n2o": (2016, 2017),
    "agriculture.rice_ch4": range(2005, 2024),
    "agriculture.enteric_ch4": range(2005, 2020),
    "agriculture.fertiliser_n2o": range(2005, 2024),
    "agriculture.manure_n2o": range(2005, 2020),
    "sinks.net_removal": range(2006, 2015),
}
#: Quantities no lever may drive below zero.
AMOUNTS = (
    "disposal.collected",
    "disposal.dry",
    "disposal.wet",
    "disposal.to_landfill",
    "disposal.to_burning",
    "disposal.fossil_carbon",
    "waste.decomposable_stock",
    "waste.decayed",
    "disposal.gases",
    "farming.gases",
    "forests.planted",
    "forests.wood",
    "forests.cover",
)


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def _series(state: State, id: str, years: tuple[int, ...]) -> np.ndarray:
    values = np.asarray(state.values(id)).reshape(-1, len(state.years))
    return values[:, [state.years.index(year) for year in years]].sum(axis=0)


@pytest.mark.parametrize("id", SHARED)
def test_where_facts_stand_it_is_what_the_accounts_give(shanghai: Pathway, id: str) -> None:
    years = tuple(SHARED[id])
    run = of(shanghai.city).run("inventory-2025", "")
    assert run.state is not None
    accounted = _series(run.state, id, years)
    assert np.isfinite(accounted).all()
    np.testing.assert_allclose(_series(shanghai.base, id, years), accounted, rtol=2e-6)


def test_what_earlier_waste_left_is_the_stock_of_the_accounts(shanghai: Pathway) -> None:
    run = of(shanghai.city).run("inventory-2025", "")
    assert run.state is not None
    here, there = (
        np.asarray(state.values("waste.decomposable_stock"))[..., state.years.index(2005)]
        for state in (shanghai.base, run.state)
    )
    np.testing.assert_allclose(here, there, rtol=2e-6)


def test_every_lever_at_both_ends_leaves_stocks_finite_and_none_below_zero(shanghai: Pathway) -> None:
    ends = [(each.id, end) for each in shanghai.working if each.action in ACTIONS for end in each.range]
    assert len(ends) >= 10
    people = [("population", end) for end in shanghai.levers["population"].range]
    pairs = [pair for pair in combinations([*ends, *people], 2) if pair[0][0] != pair[1][0]]
    every = dict(Random(1).sample(ends, len(ends)))
    for given in [*[dict([end]) for end in ends], *[dict(pair) for pair in pairs], every]:
        state = project(shanghai, "current", given).state
        for id in AMOUNTS:
            values = np.asarray(state.values(id))
            assert np.isfinite(values).all() and (values >= 0).all(), (given, id)
        assert (np.asarray(state.values("forests.cover")) <= 100).all(), given


def test_waste_goes_somewhere(shanghai: Pathway) -> None:
    for given in ({}, {"wet-waste-treated": 14000.0}, {"landfilled-share": 20.0}, {"waste-per-person": 0.8}):
        state = project(shanghai, "current", given).state
        years = tuple(range(2026, 2061))
        parts = sum(_series(state, f"disposal.{id}", years) for id in ("to_landfill", "to_burning"))
        wet = _series(state, "disposal.wet", years)
        np.testing.assert_allclose(parts + wet, _series(state, "disposal.collected", years), rtol=1e-12)


def test_each_lever_does_what_it_says(shanghai: Pathway) -> None:
    at = shanghai.years.index(2040)

    def sector(id: str, **given: float) -> float:
        levers = {name.replace("_", "-"): value for name, value in given.items()}
        return float(project(shanghai, "current", levers).sectors[id].values[at])

    burnt, gases, forests = (sector(id) for id in ("waste-burnt", "waste-gases", "forests"))
    assert sector("waste-burnt", waste_per_person=0.8) < burnt
    assert sector("waste-burnt", wet_waste_treated=14000) < burnt
    assert sector("waste-gases", wet_waste_treated=14000) > gases
    assert sector("waste-burnt", landfilled_share=20) == pytest.approx(0.8 * burnt)
    assert sector("waste-gases", landfilled_share=20) > gases
    assert 0.4 * burnt < sector("waste-burnt", plastic_in_residual_waste=60) < 0.6 * burnt
    assert sector("forests", afforestation=2050) < forests


def test_planting_ends_where_no_land_is_left(shanghai: Pathway) -> None:
    state = project(shanghai, "current", {"afforestation": 6000.0}).state
    planted = _series(state, "forests.planted", shanghai.years)
    room = float(np.asarray(state.values("sinks.planting_room")).max())
    assert planted.max() == room
    assert _series(state, "forests.cover", (2060,))[0] == pytest.approx(25, abs=0.1)


def test_the_plan_brings_cover_to_its_target_and_not_beyond_it_by_2030(shanghai: Pathway) -> None:
    found = {each.target: each for each in project(shanghai, "plan").targets}
    assert found["forest-cover-2030"].value == pytest.approx(21, abs=0.01)


def test_net_and_gross_differ_by_the_forests(shanghai: Pathway) -> None:
    found = project(shanghai, "plan")
    gross, net = (found.boundaries[f"inventory-{kind}"].values for kind in ("gross", "net"))
    np.testing.assert_allclose(net - gross, found.sectors["forests"].values, rtol=1e-6, atol=1)
