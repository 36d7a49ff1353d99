"""Industry in Shanghai's pathway: the accounts of its branches, its electricity, and what each measure does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pathway.reading import line

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load, project

BRANCHES = ("capture.works", "manufacturing.co2", "construction.co2")


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


@pytest.mark.parametrize(
    ("year", "megatonnes"), [(2005, 28.65), (2010, 24.85), (2015, 28.2), (2019, 23.8), (2021, 19.95)]
)
def test_the_branches_sum_to_the_accounts(shanghai: Pathway, year: int, megatonnes: float) -> None:
    """CEADs to 2019; 2021 is the row of industry less steel (derived-branches-of-accounts)."""
    assert sum(line(shanghai.base, id, year) for id in BRANCHES) / 1e6 == pytest.approx(megatonnes, rel=2e-3)


@pytest.mark.parametrize(("year", "terawatt_hours"), [(2005, 56.829), (2007, 64.982), (2021, 78.572)])
def test_the_formula_meets_the_electricity_of_industry(shanghai: Pathway, year: int, terawatt_hours: float) -> None:
    """The balances of 2005, 2007 and 2021; the formula is held against them, not the fact."""
    parts = ("steel", "petrochemicals", "electronics", "manufacturing", "capture")
    summed = sum(line(shanghai.base, f"{part}.electricity", year) for part in parts)
    assert summed == pytest.approx(terawatt_hours, rel=5e-3)


def test_the_formula_goes_on_from_the_last_account(shanghai: Pathway) -> None:
    """The step at 2019 is small; the fall to 2021 is that of the balance."""
    steps = {
        seam.variable: seam for seam in shanghai.seams if seam.variable in ("petrochemicals.co2", "manufacturing.co2")
    }
    assert set(steps) == {"petrochemicals.co2", "manufacturing.co2"}
    assert all(abs(seam.step / seam.observed) < 0.02 for seam in steps.values())


@pytest.mark.parametrize(
    ("lever", "value", "sector"),
    [
        ("gas-or-hydrogen-dri", 200, "steel"),
        ("gas-injection", 100, "steel"),
        ("refining-runs", 1500, "petrochemicals"),
        ("refining-at-benchmark", 100, "petrochemicals"),
        ("electric-crackers", 50, "petrochemicals"),
        ("lighter-feed", 60, "petrochemicals"),
        ("other-capture", 500, "petrochemicals"),
        ("boilers-steam", 15, "manufacturing"),
        ("industrial-heat-pumps", 60, "manufacturing"),
        ("other-manufacturing-electricity-share", 90, "manufacturing"),
        ("manufacturing-intensity", 0.03, "manufacturing"),
        ("coal-to-gas-in-manufacturing", 100, "manufacturing"),
        ("clean-fuel-in-manufacturing", 40, "manufacturing"),
        ("cement-output", 100, "manufacturing"),
        ("electric-machines", 90, "construction"),
        ("process-gas-abatement", 95, "electronics"),
        ("motor-systems", 25, "power"),
        ("new-industry-growth", 0, "electronics"),
    ],
)
def test_a_measure_cuts_its_sector(shanghai: Pathway, lever: str, value: float, sector: str) -> None:
    at = shanghai.years.index(2050)
    before = project(shanghai, "current").sectors[sector].values[at]
    assert project(shanghai, "current", {lever: value}).sectors[sector].values[at] < before


@pytest.mark.parametrize("lever", ["industrial-heat-pumps", "electric-crackers", "electric-machines", "other-capture"])
def test_what_becomes_electric_is_charged_as_electricity(shanghai: Pathway, lever: str) -> None:
    top = shanghai.levers[lever].range[1]
    moved = shanghai.state(shanghai.scenario("current", {lever: top}))
    calm = shanghai.state("current")
    assert line(moved, "demand.electricity", 2050) > line(calm, "demand.electricity", 2050)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_mix_of_levers_keeps_branches_sound(shanghai: Pathway, data: st.DataObject) -> None:
    levers = [each for each in shanghai.working if each.action in ("industry", "efficiency", "innovation")]
    chosen = data.draw(st.lists(st.sampled_from(levers), max_size=6, unique_by=lambda each: each.id))
    set_ = {each.id: data.draw(st.floats(*each.range)) for each in chosen}
    state = shanghai.state(shanghai.scenario("plan", set_))
    for id in ("steel.co2", *BRANCHES, "electronics.gases", "manufacturing.fuel", "industry_use.electricity"):
        values = np.asarray(state.array(id))[..., shanghai.years.index(2021) :]
        assert np.isfinite(values).all() and (values >= 0).all(), (id, set_)
    for id in ("manufacturing.mix", "capture.part"):
        values = np.asarray(state.array(id))
        assert ((values >= -1e-9) & (values <= 1 + 1e-9)).all(), (id, set_)


def test_scenarios_stand_in_their_order(shanghai: Pathway) -> None:
    """A bolder scenario never emits more than a meeker one, and neutrality comes close to none in 2060."""
    names = ("neutral-2060", "faster", "plan", "current")
    found = [project(shanghai, name).boundaries["city-with-imports"].values / 1e6 for name in names]
    for year in (2030, 2035, 2045, 2060):
        values = [each[shanghai.years.index(year)] for each in found]
        assert values == sorted(values), year
    assert found[0][shanghai.years.index(2060)] < 0.1 * found[3][shanghai.years.index(2060)]
