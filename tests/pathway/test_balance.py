"""Shanghai as a whole: the sectors sum to the accounts, and energy to its published totals."""

from __future__ import annotations

import pytest
from tests.pathway.reading import line

from dafeng.city import load as load_city
from dafeng.pathway import Pathway, load, project


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


@pytest.mark.parametrize(("year", "megatonnes"), [(2010, 195.5), (2015, 195.3), (2019, 192.9), (2021, 191.6)])
def test_the_sectors_sum_to_the_accounts(shanghai: Pathway, year: int, megatonnes: float) -> None:
    """CEADs to 2019 and the balance of 2021; the coal rate is assumed before 2016."""
    parts = (
        "capture.plants",
        "buildings.co2",
        "steel.co2",
        "road.co2",
        "shipping.all_co2",
        "aviation.all_co2",
        "industry_use.rest_co2",
    )
    summed = sum(line(shanghai.base, id, year) for id in parts) / 1e6
    assert summed == pytest.approx(megatonnes, rel=0.01 if year >= 2019 else 0.025)


def test_energy_goes_on_from_the_last_published_total(shanghai: Pathway) -> None:
    steps = {seam.year: seam for seam in shanghai.seams if seam.variable == "balance.energy"}
    for year in (2015, 2020):
        assert steps[year].formula == pytest.approx(steps[year].observed, rel=2e-3)


def test_coal_of_2021_is_that_of_the_balance(shanghai: Pathway) -> None:
    assert line(shanghai.base, "balance.coal", 2021) / 1e4 == pytest.approx(4826, rel=2e-3)
    assert line(shanghai.base, "balance.coal_share", 2021) == pytest.approx(30.3, abs=1.0)


def test_the_ratios_of_the_plan_are_answered(shanghai: Pathway) -> None:
    found = {each.target: each for each in project(shanghai, "plan").targets}
    assert {"intensity-2025", "co2-intensity-2030", "coal-consumption-2025", "coal-share-2025"} <= set(found)
    assert not found["coal-consumption-2025"].met
    assert 60 < found["co2-intensity-2030"].value < 80


def test_boundaries_of_the_city_say_what_they_count(shanghai: Pathway) -> None:
    found = project(shanghai, "current")
    at = shanghai.years.index(2030)
    whole = found.boundaries["city-accounts"].values[at]
    assert whole == pytest.approx(line(shanghai.state("current"), "balance.local_co2", 2030), rel=1e-9)
