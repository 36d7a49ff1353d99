"""The accounts as their readers use them: choosing without scripts, taking tables along, made-up units marked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import TODAY

from dafeng.accounts.enterprise.demo import write_districts, write_enterprises
from dafeng.accounts.enterprise.desk import desk
from dafeng.accounts.enterprise.importer import Options, read_units, run
from dafeng.city import load
from dafeng.registers import Register
from dafeng.settings import Settings
from dafeng.store import database
from dafeng.web.app import create_app
from dafeng.web.site import Site


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with made-up units and districts."""
    folder: Path = tmp_path_factory.mktemp("made-up")
    url = f"sqlite:///{folder}/d.sqlite"
    city = load("shanghai")
    places = [place.id for place in city.places if place.kind == "district"]
    units, activity = write_enterprises(folder, places, 2022, count=10)
    sectors = ["industry", "other_services"]
    districts = write_districts(folder, places, sectors, 2021)
    later = write_districts(folder / "later", places, sectors, 2022, seed=2)
    with database.open(url, create=True) as opened:
        names = desk(city, opened).names
        Register(opened, city.id).put(read_units(units, names.places, names.facilities), "operator")
        for file in (activity, districts, later):
            assert run(file, opened, city.id, desk(city, opened).names, city.id, Options("operator")).ok
    app = create_app(Settings(city="shanghai"), site=Site("shanghai", url, today=lambda: TODAY))
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    listening.close()


def test_an_account_is_chosen_without_scripts_and_the_address_keeps_it(visit: Callable[..., Page]) -> None:
    page = visit("/en/accounts", java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.get_by_label("Boundary").select_option("ceads")
    page.get_by_label("Year").select_option("2013")
    page.get_by_text("Switches: what is counted").click()
    page.get_by_label("cement process").select_option("none")
    page.locator("form.filters").get_by_role("button", name="Show").click()
    assert {"boundary=ceads", "year=2013", "process=none"} <= set(page.url.partition("?")[2].split("&"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How much did Shanghai emit in 2013?")
    expect(page.locator(".answer b")).to_contain_text("205")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_label("年份")).to_have_value("2013")


def test_tables_are_taken_along(visit: Callable[..., Page]) -> None:
    page = visit("/zh/accounts?boundary=assessed&year=2021")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="清单表（XLSX）").click()
    assert waiting.value.suggested_filename == "inventory-shanghai-assessed-2021.xlsx"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="各年长表（CSV）").click()
    assert waiting.value.suggested_filename == "accounts-assessed.csv"


def test_one_drawing_of_each_chart_is_shown(visit: Callable[..., Page]) -> None:
    for width in (1280, 820, 390):
        page = visit("/en/accounts?boundary=ceads&year=2013", viewport={"width": width, "height": 900})
        for figure in page.locator("figure.fig").all():
            shown = [svg for svg in figure.locator("svg.chart").all() if svg.is_visible()]
            assert len(shown) == 1, (width, figure.get_attribute("id"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path", ["/districts", "/districts/change", "/districts/huangpu", "/enterprises", "/enterprises/demo-0001"]
)
def test_made_up_units_are_accessible_and_fit(
    context: Callable[..., BrowserContext], made_up: str, path: str, language: str
) -> None:
    for width in (1280, 390):
        page = context(viewport={"width": width, "height": 900}).new_page()
        page.goto(f"{made_up}/{language}{path}")
        assert page.locator(".synthetic").count() > 0
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(item["id"], [node["html"] for node in item["nodes"]][:3]) for item in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("window.refused") == []
