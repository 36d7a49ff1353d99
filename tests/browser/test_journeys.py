"""What people do on the pages, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dafeng.web.charts import library

if TYPE_CHECKING:
    from tests.browser.conftest import Opener

needs_libraries = pytest.mark.skipif(
    not library.available(), reason="the browser libraries of package.json are not installed"
)


@needs_libraries
def test_filters_act_at_once_and_can_be_shared(visit: Opener) -> None:
    page = visit("/zh/targets")
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    page.locator("label.tick", has_text="逾期").click()
    expect(page.locator("#results table").first.locator("tbody tr:not(.grp)")).to_have_count(3)
    page.locator("select[name=action]").select_option(label="交通领域绿色低碳")
    expect(page.locator("#count")).to_contain_text("显示数值目标 1 项，共 69 项")
    assert "status=overdue" in page.url
    assert "action=transport" in page.url
    assert loads == []
    page.reload()
    expect(page.locator("#count")).to_contain_text("显示数值目标 1 项，共 69 项")
    assert page.evaluate("window.refused") == []


def test_filters_work_without_scripts(visit: Opener) -> None:
    page = visit("/en/targets", java_script_enabled=False)
    page.get_by_label("Find").fill("wind")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#count")).to_contain_text("Showing 2 of 69 targets")
    page.get_by_role("link", name="Clear the filter").click()
    expect(page.locator("#count")).to_contain_text("Showing 69 of 69 targets")


def test_from_the_overview_to_the_document_behind_a_verdict(visit: Opener) -> None:
    page = visit("/zh/")
    page.locator(".glyphs a[title^='风电装机容量']").first.click()
    expect(page.locator("h1")).to_contain_text("风电装机容量")
    page.locator(".tree .kind.document + a").first.click()
    expect(page).to_have_url(re.compile(r"/zh/documents/"))
    page.get_by_role("link", name="风电装机容量").first.click()
    expect(page.locator("h1")).to_have_text("风电装机容量")


def test_the_language_switch_keeps_the_place(visit: Opener) -> None:
    page = visit("/zh/targets?status=met&sort=due")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/targets\?status=met&sort=due$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url(re.compile(r"/zh/targets\?status=met&sort=due$"))


def test_the_theme_is_kept_and_needs_no_script(visit: Opener) -> None:
    page = visit("/en/methods", java_script_enabled=False)
    page.get_by_role("button", name="Dark").click()
    expect(page).to_have_url(re.compile(r"/en/methods$"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="Facts").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="System").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))


def test_a_phone_shows_its_own_drawing_and_cards(visit: Opener) -> None:
    page = visit("/en/targets/pv-capacity-2030", viewport={"width": 390, "height": 844})
    expect(page.locator("#fig-target .chart.n")).to_be_visible()
    expect(page.locator("#fig-target .chart.x")).to_be_hidden()
    page.goto(page.url.replace("/targets/pv-capacity-2030", "/targets"))
    row = page.locator("#t-pv-capacity-2030")
    assert row.evaluate("(e) => getComputedStyle(e).display") == "grid"
    assert row.locator("td[data-l='Value']").evaluate("(e) => getComputedStyle(e, '::before').content") == '"Value"'


def test_the_keyboard_reaches_the_content_first(visit: Opener) -> None:
    page = visit("/en/targets")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("input[name=status]").first).to_be_focused()


def test_paper_leaves_out_what_only_a_screen_can_use(visit: Opener) -> None:
    page = visit("/zh/targets/pv-capacity-2030")
    page.emulate_media(media="print")
    for hidden in (".nav", ".lang", ".fig > details", ".theme"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#fig-target .chart.w")).to_be_visible()
    expect(page.locator("#fig-target .chart.x")).to_be_hidden()
    page.goto(page.url.replace("/targets/pv-capacity-2030", "/targets"))
    expect(page.locator(".filters")).to_be_hidden()


@needs_libraries
def test_a_standard_chart_can_be_explored_within_the_policy(visit: Opener) -> None:
    page = visit("/en/actions")
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".live[data-ready] canvas")).to_be_visible()
    page.locator(".live canvas").hover(position={"x": 200, "y": 150})
    assert page.evaluate("window.refused") == []


def test_without_scripts_a_standard_chart_offers_no_button(visit: Opener) -> None:
    page = visit("/en/actions", java_script_enabled=False)
    expect(page.locator("#fig-due .chart.x")).to_be_visible()
    expect(page.get_by_role("button", name="Explore this chart")).to_be_hidden()


#: An observer, not a repeated question: the policy forbids the evaluation that waiting for an expression needs.
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""


def test_the_first_page_is_painted_within_a_second(visit: Opener) -> None:
    page = visit("/zh/")
    page.reload()
    painted = page.evaluate(PAINTED)
    assert painted < 1000
    loaded = page.evaluate("performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname)")
    assert set(loaded) <= {"/static/dafeng.css", "/favicon.svg"}
