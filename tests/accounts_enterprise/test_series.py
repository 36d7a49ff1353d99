"""Districts year by year, and the share of electricity that comes from outside the city."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.accounts_enterprise.conftest import row

from dafeng.accounts.district import district_series, imported_share, imported_shares
from dafeng.accounts.enterprise.desk import Desk, desk
from dafeng.accounts.enterprise.table import Table, of_activities
from dafeng.city import City
from dafeng.facts.series import Facts

GAS = 389.31e-3 * 15.3 * 0.99 * 44 / 12


class Held(Desk):
    """A desk whose rows are given."""

    def table(self, enterprises: object = None, of_places: bool | None = None) -> Table:
        """Give the rows."""
        return of_activities(ROWS)  # type: ignore[arg-type]


def gas(year: int, quantity: float, first: int = 1, last: int = 12) -> object:
    one = row("", "fuel", "natural_gas", quantity, "万立方米", place="pudong", sector="industry")
    return replace(one, first=year * 12 + first - 1, last=year * 12 + last - 1)  # type: ignore[type-var]


ROWS = [gas(2019, 90.0), gas(2020, 100.0), gas(2021, 50.0, 1, 6), gas(2022, 120.0)]


@pytest.fixture(scope="module")
def held(shanghai: City) -> Desk:
    made = desk(shanghai, None)
    return Held(made.city, None, made.names)


def test_whole_years_make_a_series_and_half_a_year_does_not(held: Desk) -> None:
    found = district_series(held, "pudong", "inventory-2025")
    assert list(found) == [2019, 2020, 2022]
    assert found[2020] == pytest.approx(100 * GAS / 1e6, rel=1e-6)
    assert district_series(held, "xuhui", "inventory-2025") == {}


def test_the_imported_share_is_net_import_over_use(shanghai: City) -> None:
    found = imported_share(shanghai, 2021)
    assert found is not None
    assert found.share == pytest.approx(74.29 / 175.0)
    assert found.sources == ("energy-yearbook-2022", "cec-monthly-statistics-2024")
    assert found.how.en == "power.net_import 74.29 TWh ÷ power.electricity_use 175.00 TWh, 2021"


def test_years_without_a_published_import_have_no_share(shanghai: City) -> None:
    assert imported_share(shanghai, 2024) is None
    assert imported_share(shanghai, 2021, "pudong") is None
    years = [one.year for one in imported_shares(shanghai)]
    assert years[0] == 2015
    assert {2018, 2019, 2020, 2021, 2022, 2023} <= set(years)
    assert all(0.3 < one.share < 0.55 for one in imported_shares(shanghai))


def test_a_city_that_sends_more_than_it_takes_imports_nothing(shanghai: City) -> None:
    facts = [
        replace(one, value=-5.0) if one.indicator == "power.net_import" and one.value is not None else one
        for one in shanghai.facts
    ]
    found = imported_share(replace(shanghai, facts=Facts(facts, shanghai.indicators)), 2021)
    assert found is not None
    assert found.share == 0
