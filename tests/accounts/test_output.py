"""Output at constant prices: chained from a base year, forward and back, and by base period."""

from __future__ import annotations

import pytest

from dafeng.accounts.output import by_period, constant
from dafeng.city import City

#: Growth of GDP at constant prices in 2014 to 2019, in per cent, as the National Bureau of Statistics gives it.
GROWTH = {2014: 7.1, 2015: 7.0, 2016: 6.9, 2017: 7.0, 2018: 6.8, 2019: 6.0}


def test_the_chain_is_the_published_growth(shanghai: City) -> None:
    found = constant(shanghai, "shanghai")
    assert found is not None
    for year, rate in GROWTH.items():
        assert found.values[year] / found.values[year - 1] == pytest.approx(1 + rate / 100)
    assert (min(found.values), max(found.values), found.base) == (1999, 2025, 2020)
    assert found.values[2020] == 38963.3
    assert found.sources_of(2020) == ("nbs-provincial-annual-2025",)
    assert found.sources_of(2018) == (
        "nbs-provincial-annual-2021",
        "nbs-provincial-annual-2025",
        "shanghai-growth-releases",
    )


def test_a_base_changes_levels_and_no_growth(shanghai: City) -> None:
    one, other = constant(shanghai, "shanghai"), constant(shanghai, "shanghai", base=2005)
    assert one is not None and other is not None
    assert other.values[2005] == 9197.1
    ratios = {round(one.values[year] / other.values[year], 9) for year in one.values}
    assert len(ratios) == 1


def test_each_base_period_begins_at_its_published_level(shanghai: City) -> None:
    found = {one.base: one.values for one in by_period(shanghai, "shanghai")}
    assert list(found) == [2000, 2005, 2010, 2015, 2020]
    assert found[2015] == pytest.approx(
        {2015: 26887, 2016: 28742.2, 2017: 30754.2, 2018: 32845.4, 2019: 34816.2, 2020: 35408.0}, abs=0.1
    )


@pytest.mark.parametrize("of", ["primary", "secondary", "tertiary"])
def test_sectors_of_the_economy_are_chained_too(shanghai: City, of: str) -> None:
    found = constant(shanghai, "shanghai", of)
    assert found is not None
    assert (min(found.values), max(found.values)) == (1999, 2019)


def test_no_growth_and_no_base_give_nothing(shanghai: City) -> None:
    assert constant(shanghai, "pudong") is None
    assert constant(shanghai, "shanghai", base=1980) is None
    assert by_period(shanghai, "pudong") == ()
