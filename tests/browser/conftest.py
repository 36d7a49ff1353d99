"""Chromium on a real server; without Chromium a skip, or a failure where DAFENG_REQUIRE_BROWSER=1 asks for it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.site import Site

TODAY = date(2026, 11, 25)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
#: Collects what the content security policy refused, in every page from its first line.
WATCH = (
    "window.refused = []; addEventListener('securitypolicyviolation', "
    "(e) => window.refused.push(e.violatedDirective + ' ' + e.blockedURI));"
)

Opener = Callable[..., Page]


def found() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if found() is None and os.environ.get("DAFENG_REQUIRE_BROWSER") != "1":
            item.add_marker(pytest.mark.skip(reason=f"no Chromium on the path ({', '.join(NAMES)})"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    app = create_app(Settings(city="shanghai"), site=Site("shanghai", None, today=lambda: TODAY))
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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = found()
    assert path, f"DAFENG_REQUIRE_BROWSER=1, but there is no Chromium on the path ({', '.join(NAMES)})"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    made: list[BrowserContext] = []

    def make(**given: object) -> BrowserContext:
        made.append(chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **given}))  # type: ignore[arg-type]
        made[-1].add_init_script(WATCH)
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def visit(context: Callable[..., BrowserContext], server: str) -> Opener:
    """Open an address in a fresh context; options of the context may be given."""

    def opened(path: str, **given: object) -> Page:
        page = context(**given).new_page()
        page.goto(server + path)
        return page

    return opened
