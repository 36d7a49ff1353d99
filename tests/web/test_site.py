"""The whole site: every page in both languages, every link, every id a link names, and clean markup."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from tests.web.markup import Markup

from dafeng.web.i18n import catalog

if TYPE_CHECKING:
    from tests.web.conftest import Client

_FIGURES = re.compile(r"[0-9]")


def crawl(client: Client, start: str, follow: re.Pattern[str]) -> tuple[dict[str, Markup], list[str]]:
    """Read every page reachable from `start` whose path matches `follow`; list what is not sound."""
    pages: dict[str, Markup] = {}
    faults: list[str] = []
    wanted: list[tuple[str, str, str]] = []
    waiting = deque([start])
    seen = {start}
    checked: set[str] = set()
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        if response.status_code != 200:
            faults.append(f"{address}: {response.status_code}")
            continue
        if not response.headers["content-type"].startswith("text/html"):
            continue
        page = pages[address] = Markup.of(response.text)
        faults += [f"{address}: {fault}" for fault in page.faults]
        for link in page.links:
            target, fragment = urldefrag(urljoin(f"http://dafeng{address}", link))
            parts = urlsplit(target)
            if parts.netloc != "dafeng":
                continue
            local = parts.path + (f"?{parts.query}" if parts.query else "")
            if fragment:
                wanted.append((address, local, unquote(fragment)))
            if local in seen or local == "/theme":
                continue
            if follow.match(local):
                seen.add(local)
                waiting.append(local)
            elif not parts.path.startswith(("/zh/", "/en/")) and local not in checked:
                checked.add(local)
                if client.get(local).status_code >= 400:
                    faults.append(f"{address}: {local} does not resolve")
    for address, local, fragment in wanted:
        if local in pages and fragment not in pages[local].ids:
            faults.append(f"{address}: {local} has no place #{fragment}")
    return pages, faults


@pytest.fixture(scope="module")
def toy_pages(toy_site: Client) -> tuple[dict[str, Markup], list[str]]:
    return crawl(toy_site, "/zh/", re.compile(r"/(zh|en)/"))


def test_the_toy_site_is_clean_and_every_link_resolves(toy_pages: tuple[dict[str, Markup], list[str]]) -> None:
    pages, faults = toy_pages
    assert faults == []
    assert len(pages) > 80
    assert {page.lang for address, page in pages.items() if address.startswith("/zh/")} == {"zh-CN"}
    assert {page.lang for address, page in pages.items() if address.startswith("/en/")} == {"en"}


def test_no_interface_word_stands_in_the_other_language(toy_pages: tuple[dict[str, Markup], list[str]]) -> None:
    pages, _ = toy_pages
    pairs = [(m.id, m.string) for m in catalog() if isinstance(m.id, str) and m.id and "%" not in m.id]
    english = {id for id, text in pairs if id != text} - {"dafeng"}
    chinese = {text for id, text in pairs if id != text}
    for address, page in pages.items():
        foreign = (english if address.startswith("/zh/") else chinese) & set(page.texts)
        assert not foreign, f"{address}: {foreign}"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shipped_site_is_clean_and_every_link_resolves(shanghai_site: Client, language: str) -> None:
    plain = re.compile(rf"/{language}/[a-z]*(/[^/?]*)?(\?place=[a-z]+)?$")
    pages, faults = crawl(shanghai_site, f"/{language}/", plain)
    assert faults == []
    assert sum("/targets/" in address for address in pages) >= 69
    assert sum("/units/" in address for address in pages) >= 60


def test_every_page_carries_the_same_address_in_the_other_language(shanghai_site: Client) -> None:
    page = shanghai_site.get("/zh/targets?status=met&sort=due").text
    assert '<a class="lang" href="/en/targets?status=met&amp;sort=due" lang="en" hreflang="en">English</a>' in page
    assert '<link rel="alternate" hreflang="en" href="/en/targets?status=met&amp;sort=due">' in page
    assert '<link rel="alternate" hreflang="zh-CN" href="/zh/targets?status=met&amp;sort=due">' in page
