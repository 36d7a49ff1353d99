"""Pages of factors: the choice and its reasons, refusals with candidates, search, and one factor's sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.markup import Markup

from dafeng.city import load
from dafeng.factors import for_city
from dafeng.factors.asked import _DIFFERS, Reason
from dafeng.labels import LANGUAGES
from dafeng.report.wording.factors import REASON, REFUSED, figure

if TYPE_CHECKING:
    from tests.web.conftest import Client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?what=raw+coal&regime=inventory-2025",
        "?what=电力&regime=assessed&year=2020",
        "?what=seaweed",
        "?q=coal",
        "?q=zzz",
    ],
)
def test_the_page_of_factors_is_sound(shanghai_site: Client, language: str, query: str) -> None:
    answer = shanghai_site.get(f"/{language}/factors{query}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []


def test_the_factor_that_applies_is_given_with_reason_and_source(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/factors?what=electricity&regime=assessed&year=2021").text
    assert "<b>0.5834\u00a0tCO₂/MWh</b>" in page
    assert "the figure of 2021" in page
    assert 'href="/en/factors/grid-provincial.electricity.co2_factor.shanghai.2021"' in page


def test_a_request_that_none_fits_is_refused_with_the_nearest(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/factors?what=电力&regime=assessed&year=2019").text
    assert "已拒绝" in page
    assert "年份不同" in page
    assert "适用的因子" not in page


def test_an_unknown_name_gets_the_nearest(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/factors?what=raw+cole").text
    assert "No fuel or activity is called “raw cole”" in page
    assert "raw_coal" in page or "raw coal" in page


def test_one_factor_shows_what_it_took_the_place_of_and_is_computed_from(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/factors/enterprise-defaults.refinery_gas.ncv").text
    assert "46.05\u00a0GJ/t" in page
    assert "46.055\u00a0GJ/t" in page
    derived = shanghai_site.get("/en/factors/enterprise-defaults.refinery_gas.co2_factor").text
    assert "Computed from" in derived
    assert 'href="/en/factors/enterprise-defaults.refinery_gas.ncv"' in derived
    assert shanghai_site.get("/en/factors/no.such.factor").status_code == 404


def test_checks_stand_on_the_page_of_their_factor(shanghai_site: Client) -> None:
    store = for_city(load("shanghai").folder)
    checked = next(id for check in store.verifications for id in check.factors if check.verdict == "corrected")
    page = shanghai_site.get(f"/zh/factors/{checked}").text
    assert "已更正" in page


def test_every_reason_of_a_refusal_has_words() -> None:
    reasons: set[Reason] = set(_DIFFERS)
    assert set(REASON) == set(REFUSED) == reasons


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_factor_can_be_written(language: str) -> None:
    for factor in for_city(load("shanghai").folder).all.values():
        assert figure(factor, language)  # type: ignore[arg-type]
