"""What changed the account of the shipped city, and whether it has peaked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dafeng.accounts.account import account, accounts
from dafeng.accounts.decomposition import decompose
from dafeng.accounts.district import CityTotals
from dafeng.accounts.indicators import read
from dafeng.accounts.nowcast import nowcast
from dafeng.accounts.peak import find
from dafeng.accounts.reconcile import reconcile
from dafeng.accounts.trend import change, parts_by_year, peak, peaks, sector_peak
from dafeng.city import City
from dafeng.errors import NotFound, Refused
from dafeng.facts.series import Facts


@pytest.mark.parametrize(("start", "end"), [(2013, 2019), (2018, 2019), (1997, 2013), (2019, 2021), (2007, 2021)])
def test_effects_add_up_to_the_change(shanghai: City, start: int, end: int) -> None:
    found = change(shanghai, "ceads", start, end)
    assert abs(found.residual) < 1e-9 * abs(found.change)
    assert sum(found.effects.values()) == pytest.approx(found.change)
    for name, sectors in found.by_sector.items():
        assert sum(sectors.values()) == pytest.approx(found.effects[name])


def test_gdp_drives_the_change_of_2013_to_2019(shanghai: City) -> None:
    found = change(shanghai, "ceads", 2013, 2019)
    assert found.effects["population"] == pytest.approx(2.61, abs=0.01)
    assert found.effects["gdp_per_person"] == pytest.approx(74.4, abs=0.1)
    assert found.effects["energy_per_gdp"] == pytest.approx(-85.9, abs=0.1)
    assert "energy_per_person" not in found.effects


@pytest.mark.parametrize(("start", "end"), [(2013, 2019), (2000, 2013), (2005, 2019)])
def test_the_structure_of_the_economy_adds_up_too(shanghai: City, start: int, end: int) -> None:
    found = change(shanghai, "ceads", start, end, drivers="structure")
    plain = change(shanghai, "ceads", start, end)
    assert abs(found.residual) < 1e-9 * abs(found.change)
    assert sum(found.effects.values()) == pytest.approx(found.change)
    for name in ("population", "fuel_share", "co2_per_energy", "other_items"):
        assert found.effects[name] == pytest.approx(plain.effects[name], abs=1e-9)
    assert set(found.by_sector["household_energy"]) <= {"urban_households", "rural_households"}
    assert not {"urban_households", "rural_households"} & set(found.by_sector["energy_per_output"])


def test_services_took_the_place_of_industry_in_2013_to_2019(shanghai: City) -> None:
    found = change(shanghai, "ceads", 2013, 2019, drivers="structure")
    assert found.effects["output_share"] == pytest.approx(-21.5, abs=0.1)
    assert found.effects["energy_per_output"] == pytest.approx(-62.4, abs=0.1)
    assert found.by_sector["output_share"]["power_heat"] < 0 < found.by_sector["output_share"]["transport_storage_post"]


def test_drivers_that_cannot_be_had_are_refused(shanghai: City) -> None:
    with pytest.raises(Refused, match=r"no value added at constant prices in 2021 .*Choose years from 1999 to 2019\."):
        change(shanghai, "ceads", 2019, 2021, drivers="structure")
    with pytest.raises(Refused, match=r"there are no drivers 'trade'\. Name one of economy, structure\."):
        change(shanghai, "ceads", 2013, 2019, drivers="trade")


def test_without_growth_between_the_years_energy_per_person_stands_in(shanghai: City) -> None:
    short = [one for one in shanghai.facts if one.indicator != "economy.gdp_growth"]
    poor = replace(shanghai, facts=Facts(short, shanghai.indicators))
    found = change(poor, "ceads", 2013, 2019)
    assert "gdp_per_person" not in found.effects
    assert found.notes[0].en == "growth at constant prices is missing between the years: energy per person instead"


def test_one_set_of_factors_has_no_effect_of_its_own(shanghai: City) -> None:
    assert change(shanghai, "ceads", 2013, 2019).effects["co2_per_energy"] == pytest.approx(0, abs=1e-9)


def test_a_balance_that_does_not_split_industry_makes_no_sectors_come_and_go(shanghai: City) -> None:
    found = change(shanghai, "ceads", 2019, 2021)
    assert "industry" in found.by_sector["population"]
    assert "chemicals" not in found.by_sector["population"]


def test_a_year_without_a_total_is_refused(shanghai: City) -> None:
    with pytest.raises(Refused, match=r"^decompose: boundary 'ceads' has no total in 2020\. Choose another year\.$"):
        change(shanghai, "ceads", 2019, 2020)


def test_the_city_stands_on_a_plateau(shanghai: City) -> None:
    found = peak(shanghai, "ceads", today=2026)
    assert (found.state, found.c40, found.peak_year) == ("plateau", "not_peaked", 2013)


def test_a_table_that_does_not_split_industry_leaves_its_sectors_absent(shanghai: City) -> None:
    series = parts_by_year(accounts(shanghai, "ceads"), "sector")
    assert 2021 not in series["ferrous_smelting"]
    assert 2021 in series["industry"]
    split = [sector for sector in series if 2021 not in series[sector]]
    assert series["industry"][2019] == pytest.approx(sum(series[sector][2019] for sector in split))
    assert sum(values.get(2019, 0) for label, values in series.items() if label != "industry") == pytest.approx(
        192.91, abs=0.01
    )


def test_one_sector_is_judged_by_its_own_years(shanghai: City) -> None:
    found = accounts(shanghai, "ceads")
    steel = sector_peak(found, "ferrous_smelting", today=2026)
    assert (steel.last_year, steel.state) == (2019, "peaked")
    assert steel == peaks(shanghai, "ceads", "sector", None, 2026)["ferrous_smelting"]
    with pytest.raises(NotFound, match="no sector 'ferrous'"):
        sector_peak(found, "ferrous")


def test_steel_has_not_peaked_once_its_coal_is_put_back(shanghai: City) -> None:
    found = sector_peak(accounts(shanghai, "ceads"), "ferrous_smelting", reallocated=True, today=2026)
    assert (found.state, found.peak_year) == ("plateau", 2014)


def test_sectors_are_judged_each(shanghai: City) -> None:
    found = peaks(shanghai, "ceads")
    assert found["agriculture"].state == "peaked"
    assert found["transport_storage_post"].state == "plateau"


def test_refusals_speak_to_a_chinese_reader_too(shanghai: City) -> None:
    asked: tuple[Callable[[], object], ...] = (
        lambda: change(shanghai, "ceads", 2013, 2020),
        lambda: change(shanghai, "ceads", 2013, 2021, drivers="structure"),
        lambda: reconcile(shanghai, "ceads", "assessed", 2020),
        lambda: account(shanghai, "ceads", 1900),
        lambda: account(shanghai, "ceads", 2019, imports="none"),
        lambda: find([2000, 1999], [1.0, 2.0]),
        lambda: decompose({"a": np.ones(1)}, {"b": np.ones(1)}),
        lambda: CityTotals("assessed", None, 2.0),
        lambda: nowcast(shanghai, "ceads", None, 2019),
        lambda: read(shanghai, first=2020, last=2010),
    )
    for one in asked:
        with pytest.raises(Refused) as caught:
            one()
        said = caught.value.text("zh")
        assert said != str(caught.value)
        assert re.match(r"[\u4e00-\u9fff]", said), said
        assert said.endswith("。")
