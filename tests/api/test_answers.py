"""What every answer has in common: tags, caches, media types, security headers, pages of lists."""

from __future__ import annotations

import csv
import io

import pytest
from tests.api.asgi import Client

from dafeng.api.answers import accepts

LISTS = ["/plans", "/actions", "/tasks", "/targets", "/goals", "/organisations", "/documents", "/indicators", "/facts"]
SINGLE = [
    "/city",
    "/methods",
    "/assessment",
    "/plans/toy-2021",
    "/targets/pv-capacity-2030",
    "/targets/heat-pumps-2027",
    "/targets/pv-capacity-2030/lineage",
    "/targets.csv",
    "/goals/coal",
    "/organisations/planning",
    "/documents/toy-yearbook-2025",
    "/indicators/power.pv_capacity",
    "/changes?since=2025-01-01",
    "/openapi.json",
]


@pytest.mark.parametrize("path", [*LISTS, *SINGLE])
def test_every_answer_is_tagged_and_an_unchanged_one_is_not_sent_again(toy: Client, path: str) -> None:
    first = toy.get(path)
    assert first.status == 200
    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    again = toy.get(path, {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-length" not in again.headers
    assert toy.get(path, {"If-None-Match": '"another", W/"one"'}).status == 200


@pytest.mark.parametrize("path", [*LISTS, *SINGLE, "/health", "/nothing", "/targets/nothing"])
def test_head_is_get_without_the_body(toy: Client, path: str) -> None:
    full = toy.get(path)
    plain, _, query = path.partition("?")
    head = toy.ask("HEAD", plain.encode(), query.encode())
    assert (head.status, head.body) == (full.status, b"")
    assert head.headers == full.headers


def test_health_may_not_be_kept(toy: Client) -> None:
    answer = toy.get("/health")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["status"] == "ok"


def test_large_answers_are_compressed_where_the_client_can_read_it(toy: Client) -> None:
    plain = toy.get("/assessment")
    packed = toy.get("/assessment", {"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert len(packed.body) < len(plain.body) / 3


@pytest.mark.parametrize("path", ["/city", "/nothing", "/targets.csv", "/health"])
def test_every_answer_carries_the_security_headers(toy: Client, path: str) -> None:
    headers = toy.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        ("", True),
        ("*/*", True),
        ("application/*", True),
        ("application/json", True),
        ("APPLICATION/JSON; charset=utf-8", True),
        ("text/html, application/xhtml+xml, */*;q=0.8", True),
        ("text/html", False),
        ("text/*;q=1, image/png", False),
        ("application/json;q=0", False),
        ("*/*, application/json;q=0", False),
        ("*/*;q=0, application/json", True),
        ("application/json;q=oops", True),
        ("garbage", True),
        (";;;,,,/", True),
    ],
)
def test_the_media_type_is_agreed_as_the_standard_says(toy: Client, header: str, fits: bool) -> None:
    assert accepts(header, "application/json") is fits
    assert toy.get("/city", {"Accept": header}).status == (200 if fits else 406)


def test_a_table_is_csv_and_nothing_else(toy: Client) -> None:
    assert toy.get("/targets.csv", {"Accept": "text/csv"}).headers["content-type"].startswith("text/csv; charset=utf-8")
    assert toy.get("/targets.csv", {"Accept": "application/json"}).status == 406


def test_the_table_holds_every_target_once_and_is_named_after_city_and_day(toy: Client) -> None:
    answer = toy.get("/targets.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="toyville-targets-2026-11-25.csv"'
    assert answer.text.startswith("\ufeffid,label_zh,label_en,")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [item["id"] for item in toy.get("/targets").json()["items"]]
    assert {row["as_of"] for row in rows} == {"2026-11-25"}
    assert next(row for row in rows if row["id"] == "storage-hours")["latest_value"] == ""


@pytest.mark.parametrize("path", LISTS)
def test_pages_hold_every_item_once_and_lead_to_each_other(toy: Client, path: str) -> None:
    whole = toy.get(path, limit=1000).json()
    assert len(whole["items"]) == whole["total"]
    found: list[object] = []
    at = f"{path}?limit=3"
    for _ in range(1000):
        answer = toy.get(at)
        links = {
            part.split('rel="')[1].rstrip('"'): part.split(">")[0].lstrip(" <")
            for part in answer.headers["link"].split(",")
        }
        found += answer.json()["items"]
        assert ("prev" in links) == (answer.json()["offset"] > 0)
        if "next" not in links:
            assert links["last"] == f"{path}?limit=3&offset={answer.json()['offset']}"
            break
        at = links["next"]
    assert found == whole["items"]


def test_a_page_beyond_the_end_is_empty_and_leads_back(toy: Client) -> None:
    answer = toy.get("/targets", limit=4, offset=400)
    assert answer.json()["items"] == []
    assert '</targets?limit=4&offset=8>; rel="prev"' in answer.headers["link"]


def test_filters_stay_in_the_links(toy: Client) -> None:
    link = toy.get("/targets", status=["overdue", "met"], limit=2).headers["link"]
    assert '</targets?status=overdue&status=met&limit=2&offset=2>; rel="next"' in link


def test_another_site_may_read_only_if_it_is_listed() -> None:
    from tests.api.conftest import TODAY, TOY

    from dafeng.api import build
    from dafeng.web.site import Site

    client = Client(build(Site(str(TOY), None, today=lambda: TODAY), ["https://example.org"]))
    asked = {"Origin": "https://example.org"}
    assert client.get("/city", asked).headers["access-control-allow-origin"] == "https://example.org"
    assert "access-control-allow-origin" not in client.get("/city", {"Origin": "https://example.com"}).headers
