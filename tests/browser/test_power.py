"""The pages on the power system in a real browser: a solve with and without scripts, and every page of its answer."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect
from tests.browser.test_every_page import LOOKS, REPEATED

from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.site import Site

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "cities" / "toy"
EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
PAGES = (
    "/power", "/power/week", "/power/week?day=200", "/power/curves", "/power/balance", "/power/flexibility",
    "/power/alternatives", "/power/coupling", "/power/compare", "/power/previews", "/power/solve",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the toy city with a power system of its own, and with nothing solved yet."""
    folder = tmp_path_factory.mktemp("power")
    shutil.copytree(TOY, folder / "toy")
    (folder / "toy" / "power").mkdir()
    shutil.copy(EXAMPLE, folder / "toy" / "power" / "spec.yaml")
    site = Site(str(folder / "toy"), f"sqlite:///{folder}/dafeng.sqlite", today=lambda: date(2025, 6, 1))
    app = create_app(Settings(city=str(folder / "toy")), site=site)
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.bind(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{opened.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    opened.close()


def test_a_solve_is_asked_for_and_its_answer_comes_by_itself(
    context: Callable[..., BrowserContext], place: str
) -> None:
    page = context().new_page()
    page.goto(f"{place}/en/power")
    expect(page.locator("main")).to_contain_text("No answer has been calculated yet")
    page.locator("main a.btn").click()
    page.locator("form.filters button").click()
    expect(page).to_have_url(f"{place}/en/power/jobs/{page.url.rpartition('/')[2]}")
    page.wait_for_url("**/power?a=*", timeout=120_000)
    expect(page.locator(".proof .chip")).to_contain_text("certified")
    assert page.evaluate("window.refused") == []


def test_a_solve_is_followed_and_stopped_without_scripts(context: Callable[..., BrowserContext], place: str) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{place}/zh/power/solve")
    page.locator("select[name=step]").select_option("1")
    page.locator("select[name=more]").select_option("cuts")
    page.locator("form.filters button").click()
    expect(page.locator("progress")).to_be_visible()
    assert page.locator('meta[http-equiv="refresh"]').count() == 1
    page.get_by_role("button", name="停止求解").click()
    expect(page).to_have_url(f"{place}/zh/power/solve")
    expect(page.locator("main")).not_to_contain_text("求解中")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_accessible_and_fits(context: Callable[..., BrowserContext], place: str, language: str) -> None:
    page = context().new_page()
    problems: list[Any] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    axe = Axe()
    for path in PAGES:
        page.goto(f"{place}/{language}{path}")
        if path not in ("/power/alternatives", "/power/coupling"):  # nothing of the kind was asked for yet
            expect(page.locator(".synthetic").first).to_be_visible()
        for width, theme, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            options: dict[str, Any] = {"resultTypes": ["violations"]}
            if rules:
                options["runOnly"] = {"type": "rule", "values": rules}
            found = axe.run(page, context=REPEATED, options=options).response["violations"]
            problems += [(path, width, theme, x["id"], [node["html"] for node in x["nodes"]][:3]) for x in found]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"{path}: {wide} wide at {width}")
        problems += page.evaluate("window.refused")
    assert problems == []


def test_on_paper_navigation_and_forms_are_left_out(context: Callable[..., BrowserContext], place: str) -> None:
    page = context().new_page()
    page.goto(f"{place}/en/power/week")
    page.emulate_media(media="print")
    for what in (".subnav", ".filters", ".daylinks", ".downloads"):
        assert not page.locator(what).first.is_visible(), what
    assert page.locator("#fig-dispatch .chart.w").is_visible() and page.locator(".proof").is_visible()
