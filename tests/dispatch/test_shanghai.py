"""Shanghai's power system: figures have sources, known traps are avoided, a past year comes out as observed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dafeng.city import City, load
from dafeng.dispatch.pack import answers_of, check, spec_of, value_of
from dafeng.dispatch.records import sources_of
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.spec import Spec
from dafeng.pathway import load as load_pathway
from dafeng.units import factor

YEARS = (2022, 2023, 2024, 2025, 2030, 2035)


@pytest.fixture(scope="module")
def city() -> City:
    return load("shanghai")


@pytest.fixture(scope="module")
def spec(city: City) -> Spec:
    return spec_of(city, YEARS)[0]


@pytest.fixture(scope="module")
def past(city: City) -> dict[str, Any]:
    return ask(city, Question(years=(2022,), step=3)).record


def observed(city: City, indicator: str, year: str, unit: str) -> float:
    """The figure that stands, in a unit."""
    fact = city.facts.series(indicator, city.places[0].id).yearly[int(year)]
    assert fact.value is not None
    return fact.value * factor(fact.unit, unit)


def test_every_source_that_is_named_is_known(spec: Spec) -> None:
    assert sources_of(spec) <= set(spec.sources)
    assert spec.sources["power-assumptions"].kind == "assumption"


def test_capacities_are_those_of_the_facts(city: City, spec: Spec) -> None:
    def stands(*names: str, year: int) -> float:
        entries = [spec.technologies[name].existing for name in names]
        return sum(entry.at(year) for entry in entries if entry is not None)

    coal = [name for name in spec.technologies if name.startswith("coal-") and name != "coal-usc-flex"]
    assert stands(*coal, year=2023) == pytest.approx(observed(city, "power.coal_capacity", "2023", "MW"))
    gas = stands("gas-chp", "gas-cc", year=2023)
    assert gas == pytest.approx(observed(city, "power.gas_capacity", "2023", "MW"), rel=1e-3)
    for year in ("2022", "2023", "2024"):
        assert stands("pv", year=int(year)) == pytest.approx(observed(city, "power.pv_capacity", year, "MW"))
    assert stands("wind", year=2023) == pytest.approx(observed(city, "power.wind_capacity", "2023", "MW"))
    assert stands("waste", year=2022) == pytest.approx(observed(city, "power.biomass_capacity", "2022", "MW"))


def test_demand_is_that_of_the_facts_and_then_follows_the_pathway(city: City, spec: Spec) -> None:
    energy = spec.demands["shanghai"].energy
    assert energy is not None
    for year in ("2022", "2023", "2024"):
        assert energy.at(int(year)) == pytest.approx(observed(city, "power.electricity_use", year, "TWh"))
    state = load_pathway(city).state("current")
    for late in (2025, 2030, 2035):
        assert energy.at(late) == pytest.approx(value_of(state, "grid.demand", late, "TWh"))
    assert 200 < energy.at(2025) < energy.at(2030) < 300


def test_known_traps_are_not_in_it(spec: Spec) -> None:
    pv, wind = spec.technologies["pv"].existing, spec.technologies["wind"].existing
    assert pv is not None and pv.at(2025) < 5000, "17.1 GW of PV in 2025 is wrong"
    assert wind is not None and wind.at(2025) < 1500, "3.7 GW at sea in 2025 is wrong"
    energy = spec.demands["shanghai"].energy
    assert energy is not None and energy.at(2030) > energy.at(2025), "a path that falls after 2025 mixes two sources"
    coal = [t.existing for name, t in spec.technologies.items() if name.startswith("coal-") and t.existing]
    assert sum(each.at(2023) for each in coal) < 16000, "24.5 GW is all thermal plant, not coal"
    sea = spec.technologies["wind-sea"].maximum
    assert sea is not None and max(sea.numbers) <= 29000, "192 GW is a share of the whole sea"


def test_the_peak_is_that_of_2024(city: City) -> None:
    spec, series = spec_of(city, (2024,))
    load_shape, energy = series["load"], spec.demands["shanghai"].energy
    assert energy is not None
    peak = load_shape.max() / load_shape.sum() * energy.at(2024) * 1e6
    assert peak == pytest.approx(observed(city, "power.peak_load", "2024", "MW"), rel=2e-3)


#: Largest error against the observed figure of 2022, by indicator; the guide shows the table.
FOUND = {
    "power.coal_generation": 0.03,
    "power.gas_generation": 0.07,
    "power.net_import": 0.01,
    "power.thermal_generation": 0.05,
    "power.import_share": 0.01,
    "power.wind_generation": 0.01,
}


def test_2022_comes_out_as_observed(past: dict[str, Any]) -> None:
    beside = {each["indicator"]: each for each in past["observed"]}
    assert set(FOUND) <= set(beside)
    for indicator, error in FOUND.items():
        assert abs(beside[indicator]["error"]) <= error, beside[indicator]
    for each in beside.values():
        assert each["error"] == pytest.approx(each["modelled"] / each["observed"] - 1)
        if each["told"] == "yes":
            assert abs(each["error"]) < 0.05, each


def test_the_past_year_is_served_and_certified(past: dict[str, Any]) -> None:
    assert past["certificate"]["gap"] < 1e-6 and past["certificate"]["violation"] < 1e-6
    assert past["adequacy"]["2022"]["lost"] == 0
    assert past["missed"] == []
    assert past["profiles"]["load"] == "synthetic"


def test_a_scenario_brings_demand_and_capacities(city: City) -> None:
    spec, _ = spec_of(city, (2025, 2030), "plan")
    pv, lines = spec.technologies["pv"], spec.lines
    assert pv.existing is not None and pv.existing.at(2030) == pytest.approx(7000) and not pv.build
    wind = spec.technologies["wind"].existing, spec.technologies["wind-sea"].existing
    assert sum(each.at(2030) for each in wind if each is not None) == pytest.approx(5000)
    least = lines["northwest"].energy_minimum
    assert least is not None and least.at(2030) == pytest.approx(40 / 0.94) and lines["northwest"].build_from == 2030
    current, _ = spec_of(city, (2030,), "current")
    assert "northwest" not in current.lines
    assert "scenario-plan" in spec.sources


def test_targets_of_the_plan_that_the_model_answers(city: City) -> None:
    indicators = {target.indicator for plan in city.plans for target in plan.targets}
    assert set(answers_of(city).targets) <= indicators
    assert len(answers_of(city).targets) == 9


def test_the_pack_is_sound(city: City) -> None:
    assert check(city) == []


def test_profiles_are_the_reference_year_brought_to_published_hours(city: City, spec: Spec) -> None:
    _, series = spec_of(city, (2025,))
    for name, profile in spec.profiles.items():
        assert profile.reference, name
        if profile.full_load_hours:
            assert series[name].sum() == pytest.approx(profile.full_load_hours), name
            assert np.all((series[name] >= 0) & (series[name] <= 1))
