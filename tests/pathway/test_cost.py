"""What scenarios cost, and the cheapest way down, on the shipped city."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from typer.testing import CliRunner

from dafeng.city import load as load_city
from dafeng.cli.app import app
from dafeng.errors import NotFound, Refused
from dafeng.pathway import Pathway, load
from dafeng.pathway.abatement import curve
from dafeng.pathway.cost import cost


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def test_parts_sum_to_the_yearly_cost(shanghai: Pathway) -> None:
    found = cost(shanghai, "plan", "current")
    counted = np.asarray(found.years) >= found.since
    whole = (found.annual - found.annual_against)[counted]
    assert np.sum([part[counted] for part in found.parts.values()], axis=0) == pytest.approx(whole, rel=1e-9, abs=1)
    assert np.isnan(found.annual[~counted]).all()


def test_a_scenario_against_itself_costs_nothing(shanghai: Pathway) -> None:
    found = cost(shanghai, "plan", "plan")
    assert not found.investment.any() and not found.co2.any()
    assert found.per_tonne is None


def test_capital_is_paid_back_in_equal_yearly_parts(shanghai: Pathway) -> None:
    more = shanghai.scenario("current", {"pv-capacity": 700})
    found = cost(shanghai, more, "current")
    at = found.years.index
    invested = sum(found.investment[at(year)] for year in range(2025, 2031))
    # 5 % over 37.5 years: 0.0596 a year, for as long as the plants stand.
    assert found.parts["capital"][at(2030)] == pytest.approx(invested * 0.0596, rel=1e-6)
    assert found.parts["capital"][at(2045)] == pytest.approx(found.parts["capital"][at(2030)], rel=1e-9)


def test_the_way_down_grows_dearer_and_is_what_the_model_gives(shanghai: Pathway) -> None:
    found = curve(shanghai, 2030, "current", steps=4)
    avoided = [step.avoided for step in found.steps]
    assert avoided == pytest.approx([found.steps[-1].avoided * part for part in (0.25, 0.5, 0.75, 1)], rel=0.02)
    marginal = [step.marginal for step in found.steps if step.marginal is not None]
    assert all(later >= earlier - 1 for earlier, later in pairwise(marginal))
    last = found.steps[-1]
    state = shanghai.state(shanghai.scenario("current", dict(last.settings)))
    assert float(state.at("costs.annual", 2030).sum()) - found.cost == pytest.approx(last.cost, rel=1e-3)
    assert set(last.settings) <= set(shanghai.settings.costs.levers if shanghai.settings.costs else ())


def test_what_cannot_be_asked_is_refused(shanghai: Pathway, pathway: Pathway) -> None:
    with pytest.raises(Refused, match="the pack states no costs"):
        cost(pathway, "plan", "current")
    with pytest.raises(Refused, match="this question is of the whole city"):
        cost(shanghai, shanghai.scenario("plan", {"heat-pumps@pudong": 60}), "current")
    with pytest.raises(NotFound, match="no year '1990'"):
        curve(shanghai, 1990)
    with pytest.raises(NotFound, match="no boundary 'all'"):
        cost(shanghai, "plan", "current", "all")
    with pytest.raises(Refused, match="100 steps are not between"):
        curve(shanghai, 2030, steps=100)


def test_the_commands_print_what_the_library_gives(shanghai: Pathway) -> None:
    said = json.loads(CliRunner().invoke(app, ["cost", "--scenario", "plan", "--json"]).stdout)
    assert said["per_tonne"] == pytest.approx(cost(shanghai, "plan", "current").per_tonne, rel=1e-9)
    way = json.loads(CliRunner().invoke(app, ["abatement", "--steps", "2", "--json"]).stdout)
    assert len(way["steps"]) == 2 and way["left_out"]
