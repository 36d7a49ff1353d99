"""Electricity of Shanghai: the sectors sum to the total, plants and channels fill it in their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pathway.reading import line

from dafeng.city import load as load_city
from dafeng.domains import grid
from dafeng.pathway import Pathway, load, project


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def test_the_last_observed_total_is_what_the_sectors_sum_to(shanghai: Pathway) -> None:
    seams = {seam.year: seam for seam in shanghai.seams if seam.variable == "demand.electricity"}
    last = seams[max(seams)]
    assert (last.year, last.observed) == (2024, 198.42)
    assert last.formula == pytest.approx(last.observed, rel=5e-3)


def test_a_year_balances_to_the_kilowatt_hour(shanghai: Pathway) -> None:
    """What is used and lost is what plants and channels give, in every year to come and in every scenario."""
    for name in shanghai.scenarios:
        state = shanghai.state(name)
        at = [state.years.index(year) for year in range(2025, 2061)]

        def of(*ids: str, state: object = state, at: list[int] = at) -> np.ndarray:  # type: ignore[type-arg]
            lines = [np.asarray(state.values(id)) for id in ids]  # type: ignore[attr-defined]
            return sum(np.broadcast_to(each, (1, 56))[0, at] for each in lines)

        given = of("grid.solar", "grid.wind", "grid.biomass", "grid.recovered", "grid.gas", "grid.gas_more")
        given = given + of("grid.coal", "grid.imported", "grid.imported_more", "grid.bought_more")
        need = of("demand.electricity", "grid.stored_loss")
        surplus = given - need
        assert (surplus > -1e-9).all(), name
        assert ((surplus < 1e-9) | (of("grid.coal") < 1e-9)).all(), name


def test_coal_then_channels_then_gas_and_only_then_is_something_missing(shanghai: Pathway) -> None:
    state = project(shanghai, "current", {"coal-hours-limit": 3000}).state
    for year in range(2030, 2061):
        values = {id: line(state, f"grid.{id}", year) for id in ("coal", "coal_limit", "imported_more", "gas_more")}
        assert values["coal"] == pytest.approx(values["coal_limit"])
        room = line(state, "grid.import_limit", year) - line(state, "grid.imported", year)
        if values["gas_more"] > 1e-9:
            assert values["imported_more"] == pytest.approx(max(room, 0), abs=1e-9)
        if line(state, "grid.bought_more", year) > 1e-9:
            assert values["gas_more"] + line(state, "grid.gas", year) == pytest.approx(8.15 * 3.5)


@pytest.mark.parametrize(("year", "megatonnes"), [(2010, 75.9), (2015, 63.5), (2019, 62.8), (2021, 73.6)])
def test_power_and_heat_emit_what_the_accounts_say(shanghai: Pathway, year: int, megatonnes: float) -> None:
    """CEADs to 2019, the balance of 2021. The rates of years before 2019 are assumed: within a twentieth there."""
    within = 0.01 if year >= 2019 else 0.06
    assert line(shanghai.base, "heat.co2_with_power", year) / 1e6 == pytest.approx(megatonnes, rel=within)


def test_renewable_share_falls_where_dams_stay_and_use_grows(shanghai: Pathway) -> None:
    base = shanghai.state("current")
    assert line(base, "grid.renewable_share", 2022) == pytest.approx(29.8)
    assert line(base, "grid.renewable_share", 2030) < 29 < line(shanghai.state("plan"), "grid.renewable_share", 2030)


def test_roofs_are_a_part_of_solar_and_not_added(shanghai: Pathway) -> None:
    few = project(shanghai, "current", {"pv-capacity": 700, "roof-cover": 40}).state
    many = project(shanghai, "current", {"pv-capacity": 700, "roof-cover": 90}).state
    assert line(few, "grid.solar_capacity", 2030) == pytest.approx(7)
    assert line(many, "grid.solar_capacity", 2030) == pytest.approx(0.9 * 12)


def test_certificates_move_the_market_share_and_no_emission(shanghai: Pathway) -> None:
    before, after = (project(shanghai, "plan", {"green-power-and-certificates": value}).state for value in (0, 40))
    assert line(after, "grid.import_co2", 2035) == line(before, "grid.import_co2", 2035)
    assert line(after, "grid.market_renewable_share", 2035) > line(before, "grid.market_renewable_share", 2035) + 10


def test_less_iron_gives_less_furnace_gas_and_more_coal(shanghai: Pathway) -> None:
    before, after = (project(shanghai, "current", {"crude-steel": value}).state for value in (1600, 800))
    lost = line(before, "grid.recovered", 2040) - line(after, "grid.recovered", 2040)
    assert lost > 0.5
    assert line(after, "grid.recovered_co2", 2040) < line(before, "grid.recovered_co2", 2040)


def test_two_baselines_differ_by_the_economy_alone(shanghai: Pathway) -> None:
    fast, slow = shanghai.state("current"), shanghai.state("current-slow")
    assert line(fast, "drivers.gdp", 2030) > 1.05 * line(slow, "drivers.gdp", 2030)
    assert line(fast, "demand.electricity", 2030) > line(slow, "demand.electricity", 2030) + 5
    assert set(shanghai.scenario("current-slow").settings) == {"gdp-growth"}
    assert not shanghai.scenario("current").settings


ENERGY = st.floats(0, 1e6, allow_nan=False)


@given(
    rest=ENERGY, coal=ENERGY, channels=ENERGY, rule=st.floats(0, 1), new=ENERGY, capacity=ENERGY, usual=st.floats(0, 1)
)
def test_the_order_fills_what_is_left_and_no_limit_is_passed(
    rest: float, coal: float, channels: float, rule: float, new: float, capacity: float, usual: float
) -> None:
    bought = rule * channels + new
    gas = usual * capacity
    burnt = grid.coal(rest=np.float64(rest), limit=np.float64(coal))
    beyond = grid.beyond_coal(rest=np.float64(rest), limit=np.float64(coal))
    more = grid.imported_more(beyond=beyond, limit=np.float64(channels), bought=np.float64(bought), new=np.float64(new))
    turbine = grid.gas_more(
        beyond=beyond, bought=more, capacity=np.float64(capacity), hours=np.float64(1), usual=np.float64(gas)
    )
    missing = grid.bought_more(beyond=beyond, bought=more, turbine=turbine)
    slack = 1e-9 * (1 + rest + channels + new + capacity)
    assert abs(burnt + more + turbine + missing - rest) <= slack
    assert min(burnt, more, turbine, missing) >= -slack
    assert burnt <= coal + slack and bought - new + more <= channels + slack and gas + turbine <= capacity + slack
    if missing > slack:
        assert gas + turbine >= capacity - slack and bought - new + more >= channels - slack
