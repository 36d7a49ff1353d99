"""Estimates follow proxies, are scored on the past, refuse what they cannot know, and stay apart from facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.guide import GUIDE, written

from dafeng.accounts.nowcast import nowcast, settings
from dafeng.accounts.nowcast.hindcast import score
from dafeng.accounts.nowcast.proxies import Proxies
from dafeng.accounts.nowcast.settings import Proxy
from dafeng.city import City
from dafeng.errors import FaultsFound, NotFound, Refused
from dafeng.facts.observation import Observation
from dafeng.facts.series import Facts

RULE = settings.load().rule


def without(city: City, gone: Callable[[Observation], bool]) -> City:
    return replace(city, facts=Facts([one for one in city.facts if not gone(one)], city.indicators))


def scaled(city: City, indicator: str, year: int, by: float) -> City:
    facts = [
        replace(one, value=one.value * by)
        if one.indicator == indicator and one.period.year == year and one.value is not None
        else one
        for one in city.facts
    ]
    return replace(city, facts=Facts(facts, city.indicators))


def test_years_after_the_last_account_are_estimated(shanghai: City) -> None:
    found = nowcast(shanghai, "ceads")
    assert (found.last_year, [one.year for one in found.estimates]) == (2021, [2022, 2023, 2024])
    assert [one.horizon for one in found.estimates] == [1, 2, 3]
    for one in found.estimates:
        assert one.low is not None and one.high is not None
        assert one.low < one.value < one.high
        assert sum(part.value for part in one.parts) == pytest.approx(one.value)
    assert found.missing[0].year == 2025
    assert "power.thermal_generation" in found.missing[0].indicators


def test_what_is_published_is_accounted_and_the_rest_estimated(shanghai: City) -> None:
    parts = {part.id: part for part in nowcast(shanghai, "assessed", year=2022).estimates[0].parts}
    assert parts["imported_electricity"].kind == "accounted"
    assert parts["power"].kind == "estimated"
    assert (parts["power"].base_year, parts["power"].proxies[0].indicators) == (2021, ("power.thermal_generation",))
    assert parts["power"].proxies[0].sources
    later = {part.id: part for part in nowcast(shanghai, "assessed", year=2024).estimates[0].parts}
    assert (later["imports"].kind, later["imports"].base_year) == ("estimated", 2023)


def test_a_part_moves_with_its_proxy_and_no_other_does(shanghai: City) -> None:
    before = {part.id: part.value for part in nowcast(shanghai, "ceads", year=2022).estimates[0].parts}
    more = scaled(shanghai, "industry.crude_steel", 2022, 1.1)
    after = {part.id: part for part in nowcast(more, "ceads", year=2022).estimates[0].parts}
    share = after["industry"].proxies[0].share
    assert 0 < share < 1
    assert after["industry"].value / before["industry"] == pytest.approx(1.1**share)
    assert after["power"].value == before["power"]


def test_proxies_are_read_on_one_basis(shanghai: City) -> None:
    change = Proxies(shanghai, "shanghai").change(Proxy(plus=("power.thermal_generation",)), 2021, 2022)
    assert change is not None
    assert (change.basis, change.end) == ("above-scale", 87.93)
    assert change.start < 97


def test_degree_days_count_where_they_are_given(shanghai: City) -> None:
    population = shanghai.facts.series("economy.population", "shanghai").points[-1]
    days = [
        replace(
            population,
            indicator="climate.heating_degree_days",
            period=replace(population.period, start=y, end=y),
            value=v,
        )
        for y, v in ((str(year), 1000.0 + 37 * (year * year % 11)) for year in range(2000, 2025))
    ]
    further = shanghai.indicators["economy.population"].model_copy(update={"id": "climate.heating_degree_days"})
    declared = {**shanghai.indicators, further.id: further}
    city = replace(shanghai, facts=Facts([*shanghai.facts, *days], declared), indicators=declared)
    people = {part.id: part for part in nowcast(city, "ceads", year=2022).estimates[0].parts}["people"]
    assert [used.indicators for used in people.proxies] == [("economy.population",), ("climate.heating_degree_days",)]
    assert len(nowcast(shanghai, "ceads", year=2022).estimates[0].parts[2].proxies) == 1


def test_a_year_without_proxies_is_refused_and_they_are_named(shanghai: City) -> None:
    lacking = without(shanghai, lambda one: one.indicator == "industry.crude_steel" and one.period.year == 2023)
    with pytest.raises(Refused, match=r"^nowcast: 2023 cannot be estimated: no figure of industry\.crude_steel on"):
        nowcast(lacking, "ceads", year=2023)
    assert [one.year for one in nowcast(lacking, "ceads").estimates] == [2022, 2024]
    none = without(shanghai, lambda one: one.indicator == "transport.port_containers" and one.period.year > 2021)
    with pytest.raises(Refused, match=r"transport\.port_containers"):
        nowcast(none, "ceads", year=2022)


@pytest.mark.parametrize(
    ("year", "reason"),
    [(2019, r"2019 has an account\. Read it"), (1996, r"1996 is outside .* from 1998 to 2025"), (2031, "outside")],
)
def test_a_year_that_cannot_be_asked_for(shanghai: City, year: int, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        nowcast(shanghai, "ceads", year=year)


def test_no_account_to_start_from(shanghai: City) -> None:
    with pytest.raises(Refused, match=r"^nowcast: boundary 'ceads' has no account to start from\."):
        nowcast(shanghai, "ceads", "pudong")
    with pytest.raises(NotFound):
        nowcast(shanghai, "cead")


def test_a_hindcast_knows_nothing_of_later_years(shanghai: City) -> None:
    def case(city: City) -> float:
        scores = nowcast(city, "ceads").scores
        one = next(found for found in scores if (found.item, found.horizon) == ("total", 1))
        return next(found.estimate for found in one.cases if found.year == 2013)

    later = without(shanghai, lambda one: one.indicator == "energy.burnt" and one.period.year > 2013)
    assert case(later) == pytest.approx(case(shanghai), rel=1e-12)


def test_the_shipped_city_does_better_than_the_last_value_over_all_years(shanghai: City) -> None:
    for one in nowcast(shanghai, "ceads").scores:
        assert one.estimate.rms < one.last.rms
        assert one.estimate.rms < one.trend.rms
    first = nowcast(shanghai, "ceads").scores[0]
    assert (first.item, first.horizon, len(first.cases)) == ("total", 1, 13)
    assert first.estimate.rms == pytest.approx(0.021, abs=0.001)
    assert first.last.rms == pytest.approx(0.040, abs=0.001)


def test_nothing_is_stored(shanghai: City) -> None:
    before = len(shanghai.facts)
    nowcast(shanghai, "assessed")
    assert len(shanghai.facts) == before
    assert not shanghai.facts.find(statuses=("estimate",), source="nowcast")
    assert 2022 not in nowcast(shanghai, "ceads").accounts.totals()


def test_an_interval_needs_enough_hindcasts(shanghai: City) -> None:
    series = {year: 100.0 + year % 3 for year in range(2000, 2009)}
    scores = score("total", series, lambda o, y: series[o], RULE)
    assert len(scores[0].cases) == 6
    assert scores[0].half(RULE) == pytest.approx(max(abs(c.estimate / c.actual - 1) for c in scores[0].cases))
    few = score("total", {year: series[year] for year in range(2000, 2007)}, lambda o, y: series[o], RULE)
    assert few[0].half(RULE) is None


@given(st.floats(-0.03, 0.03), st.integers(8, 20))
def test_the_trend_is_exact_on_a_line_where_the_last_value_is_off_by_its_slope(slope: float, years: int) -> None:
    line = {2000 + at: 100 * (1 + slope * at) for at in range(years)}
    for one in score("total", line, lambda o, y: line[o], RULE):
        assert one.trend.rms == pytest.approx(0, abs=1e-9)
        assert one.last.rms >= one.horizon * abs(slope) / (1 + years * abs(slope)) - 1e-12


def test_bad_settings_are_reported(tmp_path: object) -> None:
    path = type(settings.PATH)(str(tmp_path)) / "nowcast.yaml"
    path.write_text(settings.PATH.read_text("utf-8").replace("item: used_electricity", "item: nothing"), "utf-8")
    with pytest.raises(FaultsFound, match="no item is called 'nothing'"):
        settings.load(path)


def test_the_guide_shows_what_is_measured(shanghai: City) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert written(text, shanghai) == text, "run: python -m tests.accounts.guide"
