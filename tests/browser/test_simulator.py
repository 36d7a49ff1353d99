"""The simulator in a real browser: by keyboard, without reloading, and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Opener


def test_a_lever_moved_by_keyboard_changes_the_result_without_reloading(visit: Opener) -> None:
    page = visit("/zh/pathway")
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    before = page.locator("#fig-co2 table").inner_text() if page.locator("#fig-co2 table").is_visible() else ""
    slider = page.locator("#wind-capacity")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#result h2")).to_contain_text("改动 1 项措施")
    expect(page).to_have_url(re.compile(r"x=wind-capacity"))
    expect(page.locator("label[for=wind-capacity] .chg")).to_be_visible()
    expect(page.locator("#result")).to_have_attribute("data-odds", re.compile("wind-capacity"), timeout=60_000)
    expect(page.locator("#key-odds dd")).to_contain_text("%")
    expect(page.locator("#fan figure")).to_be_visible()
    page.get_by_role("button", name="还原").click()
    expect(page.locator("#result h2")).not_to_contain_text("改动")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#result h2")).to_contain_text("改动 1 项措施")
    assert loads == []
    assert page.evaluate("window.refused") == []
    assert before == "" or page.locator("#fig-co2 table").inner_text() != before


def test_a_scenario_is_pinned_shared_and_compared(visit: Opener) -> None:
    page = visit("/en/pathway?s=current")
    page.locator("#pv-capacity").focus()
    page.keyboard.press("End")
    expect(page.locator("#result h2")).to_contain_text("1 lever moved")
    page.get_by_role("button", name="Pin to compare").click()
    expect(page.locator("#result")).to_contain_text("nothing else is pinned")
    address = page.locator("#result a.copy").get_attribute("href") or ""
    assert "hash=" in address and "pinx=pv-capacity" in address
    other = visit(address)
    expect(other.locator("#result h2")).to_contain_text("1 lever moved")
    expect(other.locator(".note")).to_have_count(0)


def test_the_form_does_the_same_without_scripts(visit: Opener) -> None:
    page = visit("/en/pathway", java_script_enabled=False)
    page.locator("#wind-capacity").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Calculate").click()
    expect(page).to_have_url(re.compile(r"/en/pathway\?x=wind-capacity%3A"))
    expect(page.locator("#result h2")).to_contain_text("1 lever moved")
    page.get_by_role("button", name="With probability").click()
    expect(page.locator("#key-odds dd")).to_contain_text("%")
    page.get_by_role("button", name="Undo").click()
    expect(page).not_to_have_url(re.compile("odds=1"))
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#result h2")).not_to_contain_text("moved")


def test_a_phone_sees_the_result_before_the_levers(visit: Opener) -> None:
    page = visit("/zh/pathway", viewport={"width": 390, "height": 844})
    result, lever = page.locator("#result").bounding_box(), page.locator("#pv-capacity").bounding_box()
    assert result is not None and lever is not None
    assert result["y"] < lever["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_number_leads_to_what_it_is_made_of(visit: Opener) -> None:
    page = visit("/en/pathway")
    page.locator("#fig-co2 summary").click()
    page.locator("#fig-co2 table a.num").first.click()
    expect(page.locator(".tree .kind.formula").first).to_be_visible()
    expect(page.locator(".tree .kind.document").first).to_be_visible()
