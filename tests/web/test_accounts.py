"""Pages of the accounts: figures, choices in the address, downloads; and the drawings they are made of."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.web.markup import Markup

from dafeng.accounts.account import account
from dafeng.accounts.nowcast import nowcast
from dafeng.accounts.reconcile import reconcile
from dafeng.accounts.trend import change
from dafeng.city import load
from dafeng.web.charts.flows import Block, flows
from dafeng.web.charts.plot import Box
from dafeng.web.charts.treemap import Group, Leaf, squarified, treemap
from dafeng.web.charts.waterfall import Fall, waterfall
from dafeng.web.charts.whiskers import Whisker, whiskers

if TYPE_CHECKING:
    from tests.web.conftest import Client

POSITIVE = st.floats(0.01, 1000)
PAGES = (
    "accounts",
    "accounts?boundary=ceads&year=2013",
    "accounts?boundary=assessed&year=2016",
    "accounts?place=huangpu",
    "accounts?boundary=assessed&imports=local",
    "accounts/reconciliation?from=ceads&to=assessed&year=2019",
    "accounts/reconciliation?year=2016",
    "accounts/change?boundary=ceads&from=2013&to=2019",
    "accounts/change?boundary=ceads&from=2013&to=2019&drivers=structure",
    "accounts/change?from=2019&to=2013",
    "accounts/peak?boundary=inventory-2025",
    "accounts/peak?boundary=gpc-basic&place=huangpu",
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_accounts_is_sound(shanghai_site: Client, language: str, path: str) -> None:
    answer = shanghai_site.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []


@pytest.mark.parametrize("path", ["accounts", "accounts/reconciliation", "accounts/change", "accounts/peak"])
def test_a_city_without_fuel_figures_has_the_pages_too(toy_site: Client, path: str) -> None:
    answer = toy_site.get(f"/en/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []
    assert "no total" in answer.text


def test_the_explorer_says_total_interval_coverage_and_documents(shanghai_site: Client) -> None:
    found = account(load("shanghai"), "assessed", 2021)
    assert found.total is not None
    page = shanghai_site.get("/en/accounts?boundary=assessed&year=2021").text
    assert f"<b>{found.total.value:.1f}\u00a0Mt CO₂e</b>" in page
    assert f"{found.total.low:.1f}–{found.total.high:.1f}" in page
    assert "<dt>Coverage</dt><dd>100%" in page
    assert page.count("<details>") >= 4
    for id in found.sources:
        assert id in page or "sub" in page


def test_what_is_absent_stands_with_its_key_and_reason(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/accounts?boundary=inventory-2025&year=2021").text
    section = page[page.index('id="absent"') :]
    assert '<span class="nk">NE</span>' in section
    assert "没有数据：" in section
    assert "no figure of" not in section


def test_the_factors_an_account_used_open_their_pages(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/accounts?boundary=assessed&year=2021").text
    section = page[page.index("Factors used") :].partition("</section>")[0]
    links = re.findall(r'href="(/en/factors/[^"]+)"', section)
    assert any("electricity.co2_factor" in link for link in links)
    assert len(links) > 10
    assert shanghai_site.get(links[0]).status_code == 200


def test_the_address_holds_the_choice(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/accounts?boundary=assessed&year=2019&imports=regional").text
    for chosen in ('value="assessed" selected', 'value="2019" selected', 'value="regional" selected'):
        assert chosen in page
    link = re.search(r'href="(/en/accounts\.csv[^"]*)"', page)
    assert link is not None
    assert {"boundary=assessed", "imports=regional"} <= set(link[1].partition("?")[2].split("&amp;"))


@pytest.mark.parametrize(
    "query", ["boundary=no-such", "year=1066", "place=atlantis", "imports=lunar", "boundary=assessed&gwp=ar9"]
)
def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(shanghai_site: Client, query: str) -> None:
    for page in ("accounts", "accounts.csv", "accounts.xlsx"):
        assert shanghai_site.get(f"/en/{page}?{query}").status_code == 422


def test_downloads_hold_what_the_page_shows(shanghai_site: Client) -> None:
    text = shanghai_site.get("/zh/accounts.csv?boundary=ceads").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    total = sum(float(row["value"]) for row in rows if row["year"] == "2019" and row["value"])
    assert total == pytest.approx(192.9, abs=0.1)
    answer = shanghai_site.get("/zh/accounts.xlsx?boundary=ceads&year=2019")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert "inventory-shanghai-ceads-2019.xlsx" in answer.headers["content-disposition"]
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "汇总"
    assert load_workbook(io.BytesIO(shanghai_site.get("/en/gpc.xlsx?year=2021").content)).sheetnames[0] == "GPC"


def test_the_walk_and_the_change_say_what_the_library_says(shanghai_site: Client) -> None:
    city = load("shanghai")
    found = reconcile(city, "ceads", "assessed", 2019)
    walk = shanghai_site.get("/en/accounts/reconciliation?from=ceads&to=assessed&year=2019").text
    assert f"+{found.net:.1f}\u00a0Mt CO₂e" in walk
    assert f"{found.absolute:.1f}\u00a0Mt CO₂e" in walk
    moved = change(city, "ceads", 2013, 2019)
    structure = shanghai_site.get("/zh/accounts/change?boundary=ceads&from=2013&to=2019&drivers=structure").text
    assert "产业结构" in structure and "−21.5" in structure
    page = shanghai_site.get("/zh/accounts/change?boundary=ceads&from=2013&to=2019").text
    assert f"−{-moved.change:.1f}" in page
    assert len(re.findall(r'<tr><th scope="row">', page)) >= len(moved.effects)
    peak = shanghai_site.get("/zh/accounts/peak?boundary=ceads").text
    assert "<b>平台期</b>" in peak
    assert "<b>未达峰</b>" in peak


@given(st.lists(POSITIVE, min_size=1, max_size=30))
def test_rectangles_of_a_tree_map_fill_the_box_in_proportion(values: list[float]) -> None:
    order = sorted(values, reverse=True)
    boxes = squarified(order, Box(0, 0, 760, 320))
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in boxes]
    whole = sum(order)
    for value, area in zip(order, areas, strict=True):
        assert area / (760 * 320) == pytest.approx(value / whole, rel=1e-6)
    for n, one in enumerate(boxes):
        assert one.left >= -1e-6
        assert one.top >= -1e-6
        assert one.right <= 760 + 1e-6
        assert one.bottom <= 320 + 1e-6
        assert all(one.overlap(other) < 1e-3 for other in boxes[n + 1 :])


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), POSITIVE, min_size=1))
@pytest.mark.parametrize("width", [1120, 760, 358])
def test_bands_are_as_wide_as_what_they_carry(width: int, amounts: dict[tuple[str, str], float]) -> None:
    left = [Block(id, id, "1", "ink-2") for id in dict.fromkeys(a for a, _ in amounts)]
    right = [Block(id, id, "1", "s-power") for id in dict.fromkeys(b for _, b in amounts)]
    svg = flows(width, left, right, amounts).svg("u", "w", "t", "d")
    found = re.findall(r'class="cf-s-power flow" d="M[\d.]+ ([\d.]+)C[^V]*V[\d.]+C[^"]* ([\d.]+)Z"', svg)
    assert len(found) == len(amounts)
    thick = [float(b) - float(a) for a, b in found]
    assert sum(thick) == pytest.approx(sum(thick), abs=1)
    ratio = sum(thick) / sum(amounts.values())
    order = [amounts[a.id, b.id] for a in left for b in right if (a.id, b.id) in amounts]
    for one, value in zip(thick, order, strict=True):
        assert one == pytest.approx(value * ratio, abs=0.2)
    assert max(float(b) for _, b in found) <= flows(width, left, right, amounts).height


@given(st.floats(1, 300), st.lists(st.floats(-50, 50).filter(lambda v: abs(v) > 0.01), min_size=1, max_size=8))
def test_a_waterfall_stays_in_its_drawing(start: float, steps: list[float]) -> None:
    falls = [Fall("a", start, "1", whole=True), *(Fall("step", step, "+1") for step in steps)]
    falls.append(Fall("b", start + sum(steps), "2", whole=True))
    for width in (1120.0, 358.0):
        plot = waterfall(width, falls)
        svg = plot.svg("u", "w", "t", "d")
        for x, wide in re.findall(r'<rect class="cf[^"]*" x="([\d.-]+)" y="[\d.]+" width="([\d.]+)"', svg):
            assert -0.1 <= float(x)
            assert float(x) + float(wide) <= width + 0.1
        assert "style" not in svg


def test_whiskers_and_tree_maps_keep_small_and_long_names_within_the_drawing() -> None:
    rows = [
        Whisker("一个很长很长很长很长很长很长很长的部门名称" * 3, "q4", 1.0, -0.5, 2.5, "1.0"),
        Whisker("b", "q4", 0.0, 0.0, 0.0, "0"),
    ]
    for width in (560.0, 358.0):
        assert "…" in whiskers(width, rows).svg("u", "h", "t", "d") or width < 500
    groups = [
        Group("大", "9", "s-power", [Leaf("x", 9.0, "9")]),
        Group("tiny", "0", "s-steel", [Leaf("y", 0.001, "0")]),
    ]
    svg = treemap(358, groups).svg("u", "n", "t", "d")
    assert "大" in svg
    assert "tiny" not in svg


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "accounts/estimate",
        "accounts/estimate?boundary=ceads",
        "accounts/estimate?place=huangpu",
        "accounts/indicators",
        "accounts/indicators?boundary=ceads",
        "accounts/indicators?place=huangpu",
    ],
)
def test_a_page_of_estimates_or_indicators_is_sound(shanghai_site: Client, language: str, path: str) -> None:
    answer = shanghai_site.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert Markup.of(answer.text).faults == []


def test_an_estimate_is_marked_and_its_past_errors_stand_beside_it(shanghai_site: Client) -> None:
    found = nowcast(load("shanghai"), "ceads")
    page = shanghai_site.get("/en/accounts/estimate?boundary=ceads").text
    assert f"{found.estimates[-1].value:.1f}" in page
    assert page.count('<span class="ph">estimate</span>') == len(found.estimates)
    first = next(score for score in found.scores if score.item == "total" and score.horizon == 1)
    assert f"<b>{first.estimate.rms:.1%}</b>" in page
    assert "no account" in page


def test_published_indicators_stand_beside_computed_ones(shanghai_site: Client) -> None:
    page = shanghai_site.get("/en/accounts/indicators?boundary=ceads").text
    row = page[page.index('href="#energy-intensity-five-years"') :].partition("</tr>")[0]
    assert "−22.48%" in row
    change = page[page.index('href="#energy-intensity-change"') :].partition("</tr>")[0]
    assert "−6.64%" in change
    assert "To be verified" in change


def test_no_two_boundaries_share_a_short_name(shanghai_site: Client) -> None:
    for language in ("zh", "en"):
        page = shanghai_site.get(f"/{language}/accounts").text
        table = page[page.index("<details>", page.index('id="fig-years"')) :].partition("</thead>")[0]
        names = re.findall(r"<th[^>]*>([^<]+)</th>", table)
        assert len(names) == len(set(names)) > 6
