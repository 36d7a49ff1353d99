"""How requests are answered: kept pages, headers, languages, themes, errors."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from tests.web.conftest import TOY, Client

from dafeng.errors import FaultsFound
from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.cache import Kept, Shelf
from dafeng.web.charts import library
from dafeng.web.site import Site
from dafeng.web.static_files import squeeze

POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"


def test_the_overview_is_light(shanghai_site: Client) -> None:
    styles = shanghai_site.get("/static/dafeng.css")
    for language in ("zh", "en"):
        page = shanghai_site.get(f"/{language}/")
        assert len(page.content) < 60_000
        assert int(page.headers["content-length"]) + int(styles.headers["content-length"]) < 60_000
        assert page.text.count("<script") == 0


def test_a_page_is_drawn_once_and_answered_from_the_shelf(toy_site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = toy_site.get("/zh/units")
    monkeypatch.setattr("dafeng.web.app.render", lambda *_: pytest.fail("drawn twice"))
    again = toy_site.get("/zh/units")
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    unchanged = toy_site.get("/zh/units", headers={"if-none-match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["content-security-policy"] == POLICY
    head = toy_site.request("HEAD", "/zh/units", headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(first.content)


def test_a_page_travels_compressed_where_that_is_accepted(toy_site: Client) -> None:
    plain = toy_site.get("/en/methods", headers={"accept-encoding": "identity"})
    packed = toy_site.get("/en/methods", headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.headers["vary"] == "accept-encoding, cookie"
    assert packed.headers["cache-control"] == "no-cache"


def test_a_new_day_makes_new_pages() -> None:
    days = [date(2025, 6, 1)]
    site = Site(str(TOY), None, today=lambda: days[0])
    with Client(create_app(Settings(city=str(TOY)), site=site)) as client:
        before = client.get("/en/")
        assert "published by 2025-06-01" in before.text
        days[0] = date(2025, 6, 2)
        after = client.get("/en/")
        assert "published by 2025-06-02" in after.text
        assert after.headers["etag"] != before.headers["etag"]


def test_every_answer_keeps_to_itself(toy_site: Client) -> None:
    for path in (
        "/zh/",
        "/en/targets/pv-capacity-2030",
        "/zh/none",
        "/static/dafeng.css",
        "/robots.txt",
        "/favicon.svg",
        "/",
    ):
        headers = toy_site.get(path).headers
        assert headers["content-security-policy"] == POLICY, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        assert headers["x-frame-options"] == "DENY", path
        assert "camera=()" in headers["permissions-policy"], path


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr, en;q=0.3, zh;q=0.7", "zh"),
        ("fr,de", "zh"),
        (";;q=x,en;q=nonsense", "zh"),
    ],
)
def test_the_root_leads_to_the_language_a_reader_accepts(toy_site: Client, accepted: str, language: str) -> None:
    answer = toy_site.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/{language}/")
    assert answer.headers["vary"] == "accept-language"
    assert toy_site.get(f"/{language}").headers["location"] == f"/{language}/"


def test_a_theme_is_kept_in_a_cookie_and_leads_back(toy_site: Client) -> None:
    answer = toy_site.request("POST", "/theme", data={"theme": "dark", "back": "/zh/units?x=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/zh/units?x=1")
    assert answer.headers["set-cookie"] == "theme=dark; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"
    toy_site.client.cookies.clear()
    for theme, mark in (("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("auto", ""), ("<b>", "")):
        page = toy_site.get("/zh/", headers={"cookie": f'theme="{theme}"' if "<" in theme else f"theme={theme}"})
        assert f'<html lang="zh-CN"{mark}>' in page.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x", ""])
def test_a_theme_leads_nowhere_else(toy_site: Client, back: str) -> None:
    answer = toy_site.request("POST", "/theme", data={"theme": "light", "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    toy_site.client.cookies.clear()


def test_an_unknown_theme_is_refused(toy_site: Client) -> None:
    answer = toy_site.request("POST", "/theme", data={"theme": "pink"})
    assert answer.status_code == 422
    assert "theme=pink" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (
            "/zh/targets/pv-capacity-2031",
            404,
            ("没有这个页面", "没有名为“pv-capacity-2031”的内容。", "<code>pv-capacity-2030</code>"),
        ),
        ("/en/targets/pv-capacity-2031", 404, ("There is no such page", "Nothing here is called “pv-capacity-2031”.")),
        ("/en/units/nobody", 404, ("Nothing here is called “nobody”.",)),
        ("/en/actions/none", 404, ("There is no such page",)),
        ("/en/chapters/none", 404, ("There is no such page",)),
        ("/en/goals/none", 404, ("There is no such page",)),
        ("/en/documents/none", 404, ("There is no such page",)),
        ("/en/facts/none", 404, ("There is no such page",)),
        ("/en/nothing/at/all", 404, ("The address may have been shortened or mistyped.",)),
        ("/elsewhere", 404, ("没有这个页面",)),
        ("/static/none.css", 404, ("没有这个页面",)),
        (
            "/en/targets?status=fine",
            422,
            ("That cannot be asked", "“status=fine” cannot be used.", "<code>on_track</code>"),
        ),
        ("/zh/targets?year=x", 422, ("这样的查询无法受理", "“year=x”不可用。")),
        ("/en/?as_of=yesterday", 422, ("“as_of=yesterday” cannot be used.",)),
        ("/en/?as_of=2999-01-01", 422, ("“as_of=2999-01-01” cannot be used.",)),
        ("/en/facts/power.pv_capacity?place=atlantis", 422, ("“place=atlantis” cannot be used.",)),
        ("/en/facts/power.pv_capacity?known_on=1066-10-14", 422, ("cannot be used",)),
        ("/en/documents?kind=novel", 422, ("<code>plan</code>",)),
        ("/en/targets?q=" + "x" * 300, 422, ("cannot be used",)),
        ("/en/?" + "x" * 3000, 422, ("cannot be used",)),
    ],
)
def test_what_cannot_be_found_or_asked_gets_a_page_that_says_so(
    toy_site: Client, path: str, status: int, words: tuple[str, ...]
) -> None:
    answer = toy_site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for word in words:
        assert word in answer.text


def test_a_page_takes_no_other_method(toy_site: Client) -> None:
    answer = toy_site.request("POST", "/en/targets")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "That cannot be done here" in answer.text


def test_a_fault_of_ours_gets_a_page_and_is_not_kept(
    make: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make(TOY, date(2025, 6, 1), raise_errors=False)
    with monkeypatch.context() as broken:
        broken.setattr("dafeng.web.views.headline.compose", lambda page: 1 / 0)
        answer = client.get("/en/")
        assert answer.status_code == 500
        assert "Something went wrong on our side" in answer.text
        assert "ZeroDivisionError" not in answer.text
        assert answer.headers["content-security-policy"] == POLICY
    assert client.get("/en/").status_code == 200


def test_files_are_kept_for_good_under_their_hash(toy_site: Client) -> None:
    page = toy_site.get("/zh/").text
    address = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    assert toy_site.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert toy_site.get("/static/dafeng.css?v=old").headers["cache-control"] == "public, max-age=0, must-revalidate"
    etag = toy_site.get(address).headers["etag"]
    assert toy_site.get(address, headers={"if-none-match": etag}).status_code == 304


def test_the_style_sheet_is_sent_without_its_comments() -> None:
    css = '/* why */\n:root {\n  --a: 1px; }\na:hover > b { margin: calc(1px + 2px) 0; content: ""; }\n'
    assert squeeze(css) == ':root{--a:1px}a:hover>b{margin:calc(1px + 2px) 0;content:""}'


def test_a_shelf_drops_what_was_used_least_when_it_is_full() -> None:
    shelf = Shelf(most=300)
    for name in "abc":
        shelf.put(name, Kept.of(name.encode() * 100, []))
        shelf.get("a")
    assert shelf.get("a") is not None
    assert shelf.get("b") is None
    kept = shelf.get("c")
    assert kept is not None
    assert gzip.decompress(kept.packed) == kept.plain == b"c" * 100


def test_a_pack_that_turns_faulty_leaves_the_last_sound_state(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    database = tmp_path / "facts.sqlite"
    site = Site(str(folder), f"sqlite:///{database}", today=lambda: date(2025, 6, 1))
    sound = site.snapshot()
    (folder / "plan.yaml").write_text("id: [", encoding="utf-8")
    site._revision = lambda: "changed"
    assert site.snapshot().city is sound.city
    assert "its last sound state stays: toy:" in caplog.text
    with pytest.raises(FaultsFound):
        Site(str(folder), None, today=lambda: date(2025, 6, 1)).snapshot()


def test_without_the_libraries_of_the_browser_every_page_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(str(files("dafeng.web")))
    bare = tmp_path / "web"
    shutil.copytree(source / "static", bare / "static", ignore=shutil.ignore_patterns("vendor"))
    monkeypatch.setattr("dafeng.web.static_files.files", lambda _: bare)
    monkeypatch.setattr(library, "available", lambda: False)
    with Client(
        create_app(Settings(city=str(TOY)), site=Site(str(TOY), None, today=lambda: date(2025, 6, 1)))
    ) as client:
        for path in ("/en/", "/en/targets", "/en/actions", "/en/units", "/en/documents"):
            page = client.get(path)
            assert page.status_code == 200
            assert "<script" not in page.text
        assert 'class="cf-' in client.get("/en/actions").text
        assert "Explore this chart" not in client.get("/en/actions").text
