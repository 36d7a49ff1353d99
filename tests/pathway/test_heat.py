"""Central heat of Shanghai: fuels observed, coal that leaves, and what takes its place."""

from __future__ import annotations

import pytest
from tests.pathway.reading import line

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load, project


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


@pytest.mark.parametrize(("year", "coal", "gas"), [(2018, 215.72, 5.67), (2021, 199.67, 7.85), (2022, 189.7, 7.1)])
def test_observed_years_burn_what_the_yearbook_says(shanghai: Pathway, year: int, coal: float, gas: float) -> None:
    assert line(shanghai.base, "heat.coal", year) == pytest.approx(coal * 1e4)
    assert line(shanghai.base, "heat.gas", year) == pytest.approx(gas * 1e8)


def test_the_formula_goes_on_without_a_step(shanghai: Pathway) -> None:
    steps = [seam for seam in shanghai.seams if seam.variable in ("heat.coal", "heat.gas") and seam.year == 2022]
    assert len(steps) == 2
    for seam in steps:
        assert seam.formula == pytest.approx(seam.observed, rel=0.02), seam.variable


def test_heat_without_coal_burns_gas_and_takes_electricity(shanghai: Pathway) -> None:
    state = project(shanghai, "current", {"coal-out-of-heat-supply": 100}).state
    base = shanghai.state("current")
    assert abs(line(state, "heat.coal", 2040)) < 1e-6 < line(base, "heat.coal", 2040)
    assert line(state, "heat.by_source", 2040) == pytest.approx(line(base, "heat.supplied", 2040))
    assert line(state, "heat.co2", 2040) < line(base, "heat.co2", 2040)
    assert line(state, "demand.electricity", 2040) > line(base, "demand.electricity", 2040)


def test_recovered_heat_lets_plants_supply_less(shanghai: Pathway) -> None:
    state = project(shanghai, "current", {"park-cascades": 60}).state
    assert line(state, "heat.supplied", 2040) == pytest.approx(0.4 * line(shanghai.base, "heat.supplied", 2040))
