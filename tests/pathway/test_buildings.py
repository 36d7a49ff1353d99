"""Buildings of Shanghai: they meet the balance of 2021 and the accounts, and their levers do what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.pathway.reading import line

from dafeng.axes import frame
from dafeng.city import load as load_city
from dafeng.domains.buildings import floor as buildings
from dafeng.pathway import Pathway, load, project


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def moved(pathway: Pathway, variable: str, year: int, **levers: float) -> float:
    """Give by how much levers of "current" change a variable of a year."""
    given = {name.replace("_", "-"): value for name, value in levers.items()}
    changed = project(pathway, "current", given).state
    return line(changed, variable, year) - line(pathway.state("current"), variable, year)


def test_the_formula_meets_the_balance_of_2021(shanghai: Pathway) -> None:
    """Electricity and fuel of 2021 follow from floor area and use; no fact stands in their place here."""
    steps = {(seam.variable, *seam.labels.values()): seam for seam in shanghai.seams if seam.year == 2021}
    for user in ("households", "services"):
        seam = steps["demand.metered", "shanghai", user]
        assert seam.formula == pytest.approx(seam.observed, rel=5e-3), user
        fuels = [each for key, each in steps.items() if key[0] == "buildings.fuel" and user in key]
        assert len(fuels) == 5
        assert sum(each.formula for each in fuels) == pytest.approx(sum(each.observed for each in fuels), rel=5e-3)


@pytest.mark.parametrize(("year", "megatonnes"), [(2010, 6.89), (2015, 7.69), (2019, 6.62), (2021, 6.81)])
def test_co2_is_that_of_the_accounts_without_petrol_and_diesel(shanghai: Pathway, year: int, megatonnes: float) -> None:
    """CEADs to 2019 and the balance of 2021: households, trade and other services, less petrol and diesel."""
    assert line(shanghai.base, "buildings.co2", year) / 1e6 == pytest.approx(megatonnes, rel=0.01)


def test_floor_area_stands_in_some_standard_and_never_shrinks_by_rounding(shanghai: Pathway) -> None:
    for name in shanghai.scenarios:
        state = shanghai.state(name)
        floor = np.asarray(state.values("buildings.floor"))
        assert np.isfinite(floor).all() and (floor >= 0).all(), name
        wanted = np.asarray(state.values("buildings.wanted_area"))
        area = np.asarray(state.values("buildings.area"))
        assert (area >= wanted * (1 - 1e-12)).all(), name


def test_fewer_buildings_are_wanted_than_stand(shanghai: Pathway) -> None:
    """A falling total is reached only as fast as buildings are torn down."""
    state = project(shanghai, "current", {"floor-area": 11}).state
    area = np.asarray(state.values("buildings.area"))[0].sum(axis=0)
    assert area.min() > 0 and line(state, "buildings.area", 2035) > 11e8
    assert line(state, "buildings.area", 2060) < line(state, "buildings.area", 2035)


def test_retrofits_count_from_2021_and_wear_off(shanghai: Pathway) -> None:
    base, plan = shanghai.state("current"), shanghai.state("plan")
    assert line(base, "buildings.retrofitted", 2022) == pytest.approx(1327e4)
    assert line(plan, "buildings.retrofitted", 2030) >= 8000e4 > line(base, "buildings.retrofitted", 2030)
    assert line(plan, "buildings.deeply_retrofitted", 2030) == pytest.approx(
        0.075 * line(plan, "buildings.retrofitted", 2030)
    )
    done = np.asarray(plan.values("buildings.retrofits"))[..., -1]
    counted = list(plan.labels["tally"]).index("counted")
    assert done[..., counted].sum() > 2 * done[..., 1 - counted].sum() > 0


@pytest.mark.parametrize(
    ("lever", "value", "electricity", "fuel"),
    [
        ("efficient_cooling", 30, -1, 0),
        ("heat_pumps", 80, 1, -1),
        ("electric_cooking", 80, 1, -1),
        ("substitution", 30, -1, -1),
        ("retrofit_area", 2000, -1, -1),
        ("energy_limits_on_public_buildings", 25, -1, -1),
        ("households_save", 15, -1, -1),
        ("ultra_low_energy_share_of_new_housing", 100, -1, -1),
        ("floor_area", 16, 1, 1),
        ("gdp_growth", 1, 1, 1),
    ],
)
def test_a_lever_moves_electricity_and_fuel_in_its_direction(
    shanghai: Pathway, lever: str, value: float, electricity: int, fuel: int
) -> None:
    assert np.sign(round(moved(shanghai, "buildings.electricity", 2040, **{lever: value}), 6)) == electricity
    assert np.sign(round(moved(shanghai, "buildings.fuel", 2040, **{lever: value}), 3)) == fuel


def test_heat_pumps_take_less_energy_than_the_fuel_they_replace(shanghai: Pathway) -> None:
    electricity = moved(shanghai, "buildings.electricity", 2040, heat_pumps=80) * 3600
    assert 0 < electricity < -0.4 * moved(shanghai, "buildings.fuel", 2040, heat_pumps=80)


def test_better_rooms_for_machines_save_what_their_ratio_says(shanghai: Pathway) -> None:
    one = project(shanghai, "current", {"pue-of-new-data-centres": 1.4, "pue-of-existing-data-centres": 1.6}).state
    other = project(shanghai, "current", {"pue-of-new-data-centres": 1.05, "pue-of-existing-data-centres": 1.2}).state
    before, after = (line(each, "data_centre.electricity", 2035) for each in (one, other))
    assert after / before == pytest.approx(0.75)


def test_what_the_plan_promises_is_answered(shanghai: Pathway) -> None:
    asked = {
        "retrofit-area-2030": True,
        "new-residential-ultra-low-share-2030": True,
        "ultra-low-energy-area-2025": True,
        "renewable-substitution-2030": False,
    }
    found = {each.target: each for each in project(shanghai, "plan").targets}
    assert {id: found[id].met for id in asked} == asked


@given(
    before=arrays(float, (5, 1), elements=st.floats(0, 1e9)),
    torn=arrays(float, (5, 1), elements=st.floats(0, 1)),
    wanted=st.floats(0, 1e10),
    ultra=st.floats(0, 1),
)
def test_floor_reaches_what_is_wanted_and_loses_only_what_is_torn_down(
    before: np.ndarray,  # type: ignore[type-arg]
    torn: np.ndarray,  # type: ignore[type-arg]
    wanted: float,
    ultra: float,
) -> None:
    code, is_ultra = (np.eye(5)[at][:, None] for at in (3, 4))
    with frame("standard year", (2030,)):
        new = buildings.standard_of_new(code=code, ultra_share=np.float64(ultra), ultra=is_ultra)
        after = np.asarray(
            buildings.floor(before=before, step=np.float64(1), wanted=np.float64(wanted), torn=torn, new=new)
        )
    kept = before * (1 - torn)
    assert (after >= kept * (1 - 1e-12)).all()
    assert after.sum() == pytest.approx(max(wanted, kept.sum()), rel=1e-9, abs=1e-3)
