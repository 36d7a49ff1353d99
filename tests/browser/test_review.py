"""A review by keyboard and without scripts, on the server and in the file the command line writes."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import TODAY

from dafeng.city import load
from dafeng.compiler import compile_text
from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.review.file import page as review_file
from dafeng.web.site import Site

TOY = Path(__file__).parents[1] / "cities" / "toy"
TOKEN = "a long and random token"
TEXT = """\
示例市碳达峰实施方案

一、主要目标

到2030年，非化石能源占比力争达到25%。预计2020年人口为300万人。

二、重点任务

（一）能源绿色低碳转型行动

1．大力发展新能源。到2030年，光伏装机容量不低于90万千瓦。（责任单位：市计划委、市气象局）
"""
Contexts = Callable[..., BrowserContext]


@pytest.fixture
def reviews(tmp_path: Path) -> Iterator[str]:
    """Run a server on which reviews are switched on."""
    url = f"sqlite:///{tmp_path}/dafeng.sqlite"
    settings = Settings(city=str(TOY), database=url, review_token=TOKEN)
    app = create_app(settings, site=Site(str(TOY), url, today=lambda: TODAY))
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


def start(page: Page, server: str) -> None:
    """Sign in and upload the document."""
    page.goto(f"{server}/en/review")
    page.get_by_label("Your name, kept with each decision").fill("Wang")
    page.get_by_label("Token", exact=True).fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#file").set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".rv-card")).to_have_count(3)


def faults(page: Page) -> list[Any]:
    """List what axe finds at two widths and in two themes, what does not fit, and what the policy refused."""
    out: list[Any] = []
    for width, theme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        out += [(width, theme, item["id"], [node["html"] for node in item["nodes"]][:3]) for item in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        out += [f"{wide} wide at {width}"] if wide > width else []
    return out + list(page.evaluate("window.refused"))


def test_a_review_is_done_by_keyboard(context: Contexts, reviews: str) -> None:
    page = context().new_page()
    start(page, reviews)
    expect(page.locator("[data-review][data-ready]")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-count]")).to_have_text("1")
    page.keyboard.press("r")
    expect(page.locator("[data-count]")).to_have_text("2")
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.keyboard.press("e")
    last = page.locator(".rv-card.on")
    value = last.locator("[name=value]")
    if value.count():
        value.fill("95")
    last.get_by_role("button", name="Accept with these changes").click()
    expect(page.locator("[data-count]")).to_have_text("3")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the plan").click()
    assert download.value.suggested_filename == "plan.yaml"


def test_a_number_left_out_is_made_a_target_by_keyboard(context: Contexts, reviews: str) -> None:
    page = context().new_page()
    start(page, reviews)
    expect(page.locator("[data-review][data-ready]")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".rv-card")).to_have_count(4)
    card = page.locator(".rv-card.on")
    expect(card.locator("[name=indicator]")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("e")
    card.locator("[name=indicator]").fill("常住人口")
    card.locator("[name=year]").fill("2030")
    card.get_by_role("button", name="Accept with these changes").press("Enter")
    expect(page.locator("[data-count]")).to_have_text("1")
    expect(page.locator('.rv-card[id^="i-excluded"] [data-title]')).to_have_text("常住人口")


def test_a_review_is_done_without_scripts(context: Contexts, reviews: str) -> None:
    page = context(java_script_enabled=False).new_page()
    start(page, reviews)
    for done in range(3):
        page.locator(".rv-card").nth(done).get_by_role("button", name="Accept", exact=True).click()
        expect(page.locator("[data-count]")).to_have_text(str(done + 1))
    link = page.get_by_role("link", name="Download the plan")
    expect(link).to_be_visible()
    answer = page.request.get(urljoin(page.url, str(link.get_attribute("href"))))
    assert answer.ok
    assert answer.headers["content-disposition"].startswith("attachment")
    text = answer.text()
    assert text.startswith("# Reviewed item by item: 3 accepted, 0 changed, 0 rejected.\n")


def test_the_pages_of_a_review_are_accessible(context: Contexts, reviews: str) -> None:
    page = context().new_page()
    page.goto(f"{reviews}/zh/review")
    assert faults(page) == []
    start(page, reviews)
    page.locator(".rv-form summary").first.click()
    assert faults(page) == []
    page.goto(page.url.replace("/en/", "/zh/"))
    assert faults(page) == []
    page.get_by_role("link", name="对照全市方案").click()
    page.locator("details.cmp-more summary").first.click()
    assert faults(page) == []
    page.goto(f"{reviews}/zh/review")
    assert faults(page) == []


def test_the_pages_say_so_where_reviews_are_switched_off(context: Contexts, server: str) -> None:
    page = context().new_page()
    page.goto(f"{server}/zh/review")
    assert faults(page) == []
    page.goto(f"{server}/en/compare")
    assert faults(page) == []


def test_the_file_is_reviewed_without_a_server(context: Contexts, tmp_path: Path) -> None:
    city = load(str(TOY))
    indicators = tuple(city.indicators.values())
    compiled = compile_text(TEXT, organisations=city.organisations, indicators=indicators)
    file = tmp_path / "report.html"
    file.write_text(
        review_file(compiled, "plan.txt", "zh", {id: item.label for id, item in city.indicators.items()}),
        encoding="utf-8",
    )
    page = context().new_page()
    page.goto(file.as_uri())
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("j")
    for done in range(3):
        page.keyboard.press("a")
        expect(page.locator("[data-count]")).to_have_text(str(done + 1))
    page.keyboard.press("x")
    page.locator("[data-make]").first.press("Enter")
    expect(page.locator("[data-all]")).to_have_text("4")
    made = page.locator(".rv-card.on")
    made.locator("[name=indicator]").fill("常住人口")
    made.get_by_role("button", name="按修改采纳").press("Enter")
    expect(page.locator("[data-count]")).to_have_text("4")
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    with page.expect_download() as download:
        page.locator("[data-save]").click()
    data = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [one["verdict"] for one in data["decisions"]] == ["accept"] * 3 + ["edit"]
    assert data["decisions"][-1]["changes"]["indicator"] == "常住人口"
    assert data["document"] == "plan.txt"
