"""The pages of a review: reading without a token, signing in, uploading, deciding, taking the result along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text as sql
from starlette.requests import Request
from starlette.responses import Response
from tests.fixtures.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from tests.web.conftest import DAYS, TOY, Client

from dafeng.settings import Settings
from dafeng.store import database as databases
from dafeng.web.app import create_app
from dafeng.web.review.access import COOKIE, MOST_FAILURES, Gate
from dafeng.web.review.upload import MOST_BYTES
from dafeng.web.site import Site

TOKEN = "a long and random token"
TEXT = """\
示例市碳达峰实施方案

一、主要目标

到2030年，非化石能源占比力争达到25%。

二、重点任务

（一）能源绿色低碳转型行动

1．大力发展新能源。到2030年，光伏装机容量不低于90万千瓦。（责任单位：市计划委、市建设局）

示例市人民政府
2021年6月30日
"""
Asked = Callable[..., Client]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not exist yet, or holds nothing."""
    return (
        f"sqlite:///{tmp_path}/dafeng.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )


@pytest.fixture
def ask(url: str) -> Iterator[Asked]:
    made: list[Client] = []

    def client(token: str = TOKEN) -> Client:
        settings = Settings(city=str(TOY), database=url, review_token=token)
        made.append(Client(create_app(settings, site=Site(str(TOY), url, today=lambda: DAYS["toy"]))))
        return made[-1]

    yield client
    for one in made:
        one.app.state.site.close()
        one.close()


def sign_in(client: Client, token: str = TOKEN, who: str = "王审") -> httpx.Response:
    return client.request("POST", "/zh/review/session", data={"who": who, "token": token})


def csrf(client: Client, path: str = "/zh/review") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found.group(1)


def upload(client: Client, text: str | bytes = TEXT, name: str = "plan.txt", **given: Any) -> httpx.Response:
    data = text if isinstance(text, bytes) else text.encode()
    return client.request(
        "POST", "/zh/review", data={"csrf": given.get("csrf") or csrf(client)}, files={"file": (name, data)}
    )


def opened(client: Client) -> tuple[str, list[str]]:
    """Sign in and upload; gives the address of the review and the ids of its items."""
    assert sign_in(client).status_code == 303
    address = upload(client).headers["location"]
    return address, re.findall(r'<li class="rv-card[^>]* data-item="([^"]+)"', client.get(address).text)


def decide(client: Client, address: str, item: str, verdict: str, **fields: str) -> httpx.Response:
    data = {"csrf": csrf(client, address), "verdict": verdict, **fields}
    return client.request("POST", f"{address}/items/{item}", data=data)


def test_without_a_token_the_pages_say_so_and_nothing_can_be_changed(ask: Asked, tmp_path: Path) -> None:
    client = ask(token="")
    zh, en = client.get("/zh/review"), client.get("/en/review")
    assert (zh.status_code, en.status_code) == (200, 200)
    assert "Reviews are switched off on this server" in en.text
    assert "DAFENG_REVIEW_TOKEN" in zh.text
    assert 'method="post" action="/zh/review' not in zh.text
    assert sign_in(client, token="").status_code == 403
    assert upload(client, csrf="0" * 64).status_code == 403
    assert not list(tmp_path.iterdir())


def test_a_wrong_token_or_no_name_opens_nothing(ask: Asked) -> None:
    client = ask()
    for answer in (sign_in(client, "another"), sign_in(client, who=" ")):
        assert answer.status_code == 403
        assert COOKIE not in answer.cookies
        assert 'role="alert"' in answer.text
    assert upload(client, csrf="0" * 64).status_code == 403


def test_many_wrong_tokens_close_the_door_for_a_minute(ask: Asked) -> None:
    client = ask()
    for _ in range(MOST_FAILURES):
        assert sign_in(client, "another").status_code == 403
    assert sign_in(client).status_code == 429


def test_the_session_is_kept_from_scripts_and_other_sites(ask: Asked) -> None:
    cookie = sign_in(ask()).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert TOKEN not in cookie


@pytest.mark.parametrize("value", ["", ".", "e30.0", "x" * 300])
def test_a_forged_session_is_none(ask: Asked, value: str) -> None:
    client = ask()
    client.client.cookies.set(COOKIE, value)
    assert 'id="sign-in"' in client.get("/zh/review").text


def test_a_session_ends_after_its_day_and_with_its_token() -> None:
    now = [1000.0]
    gate, other = Gate(TOKEN, lambda: now[0]), Gate("another", lambda: now[0])
    answer = Response()
    gate.admit(answer, "甲", secure=True)
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert "Secure" in answer.headers["set-cookie"]
    request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    held = gate.session(request)
    assert held is not None
    assert held.who == "甲"
    assert other.session(request) is None
    now[0] += 13 * 3600
    assert gate.session(request) is None


def test_a_form_without_its_mark_or_from_another_site_is_refused(ask: Asked) -> None:
    client = ask()
    sign_in(client)
    assert upload(client, csrf="0" * 64).status_code == 403
    mark = csrf(client)
    answer = client.request(
        "POST",
        "/zh/review",
        data={"csrf": mark},
        files={"file": ("plan.txt", TEXT.encode())},
        headers={"origin": "http://elsewhere"},
    )
    assert answer.status_code == 403


def test_signing_out_ends_the_session(ask: Asked) -> None:
    client = ask()
    sign_in(client)
    client.request("POST", "/zh/review/session", data={"csrf": csrf(client), "out": "1"})
    assert 'id="sign-in"' in client.get("/zh/review").text


def test_a_document_is_read_into_items_that_stand_beside_its_text(ask: Asked) -> None:
    client = ask()
    address, items = opened(client)
    page = client.get(address)
    assert page.headers["cache-control"] == "no-store"
    assert len(items) == 3
    for item in items:
        assert f'id="s-{item}"' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", page.text)
    listed = client.get("/en/review").text
    assert address.removeprefix("/zh") in listed
    assert "0 / 3" in listed


def test_the_same_document_keeps_its_review(ask: Asked) -> None:
    client = ask()
    address, _ = opened(client)
    assert upload(client).headers["location"] == address


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (b"", "empty.txt", 422),
        ("从前有座山，山上有座庙。".encode() * 60, "tale.txt", 422),
        (b"%PDF-1.4 broken", "plan.pdf", 422),
        (b"x" * (MOST_BYTES + 70_000), "large.txt", 413),
    ],
    ids=["empty", "tale", "broken", "large"],
)
def test_what_is_no_plan_is_refused_and_not_kept(ask: Asked, data: bytes, name: str, status: int) -> None:
    client = ask()
    sign_in(client)
    answer = upload(client, data, name)
    assert answer.status_code == status
    assert "<b>0</b>" not in answer.text
    assert "/zh/review/" not in client.get("/zh/review").text.replace("/zh/review/session", "")


def test_the_plan_is_given_only_when_every_item_is_decided(ask: Asked) -> None:
    client = ask()
    address, items = opened(client)
    assert client.get(f"{address}/plan.yaml").status_code == 409
    for item in items[:-1]:
        answer = decide(client, address, item, "accept")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"{address}#i-")
    refused = client.get(f"{address}/plan.yaml")
    assert refused.status_code == 409
    assert "3\u00a0项中有 1\u00a0项尚未决定" in refused.text
    english = client.get(f"{address.replace('/zh/', '/en/')}/plan.yaml")
    assert "1 of 3 items have no decision yet" in english.text
    decide(client, address, items[-1], "reject")
    plan = client.get(f"{address}/plan.yaml")
    assert plan.status_code == 200
    assert plan.headers["content-disposition"] == 'attachment; filename="plan.yaml"'
    assert plan.text.startswith("# 已逐项审阅：采纳 2 项，修改 0 项，不采纳 1 项。\n")
    assert "verdict: reject" in client.get(f"{address}/decisions.yaml").text


def test_an_edit_is_kept_with_who_made_it_and_in_the_audit_trail(ask: Asked, url: str) -> None:
    client = ask()
    address, items = opened(client)
    target = next(item for item in items if item.startswith("target"))
    answer = decide(client, address, target, "edit", value="26.5", note="据原文")
    assert answer.status_code == 303
    page = client.get(address).text
    assert "26.5%" in page
    assert re.search(r'class="rv-by">王审 · [^<]* · 据原文', page)
    with databases.open(url) as database, database.reading() as connection:
        rows = connection.execute(sql("SELECT who, what FROM audit ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("王审", "propose-plan"), ("王审", "decide-item")]


def test_the_last_decision_on_an_item_counts(ask: Asked) -> None:
    client = ask()
    address, items = opened(client)
    decide(client, address, items[0], "accept")
    decide(client, address, items[0], "reject")
    text = client.get(f"{address}/decisions.yaml").text
    assert (text.count("item:"), text.count("verdict: reject")) == (1, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "many"},
        {"value": ""},
        {"indicator": ""},
        {"value": "3", "value_max": "2"},
        {"year": "1066"},
        {"indicator_id": "no.such"},
        {"comparator": "!"},
    ],
    ids=str,
)
def test_an_edit_that_cannot_be_used_is_said_beside_its_item(ask: Asked, fields: dict[str, str]) -> None:
    client = ask()
    address, items = opened(client)
    target = next(item for item in items if item.startswith("target"))
    answer = decide(client, address, target, "edit", **fields)
    assert answer.status_code == 422
    assert 'class="rv-error" role="alert"' in answer.text
    assert "decisions:" not in client.get(f"{address}/decisions.yaml").text


def test_scripts_are_answered_with_data(ask: Asked) -> None:
    client = ask()
    address, items = opened(client)
    data = {"csrf": csrf(client, address), "verdict": "accept"}
    found = client.request(
        "POST", f"{address}/items/{items[0]}", data=data, headers={"accept": "application/json"}
    ).json()
    assert (found["verdict"], found["label"]) == ("accept", "采纳")


def test_what_is_not_there_is_not_found(ask: Asked) -> None:
    client = ask()
    assert client.get("/zh/review/nothing").status_code == 404
    address, _ = opened(client)
    assert decide(client, address, "target-99999", "accept").status_code == 404
    assert decide(client, address, "target-99999", "perhaps").status_code == 404


def test_readers_who_did_not_sign_in_see_no_form(ask: Asked) -> None:
    client = ask()
    address, items = opened(client)
    client.client.cookies.clear()
    page = client.get(address)
    assert page.status_code == 200
    assert "rv-form" not in page.text
    answer = client.request("POST", f"{address}/items/{items[0]}", data={"csrf": "0" * 64, "verdict": "accept"})
    assert answer.status_code == 403


def test_a_number_left_out_is_made_a_target_and_left_out_again(ask: Asked, url: str) -> None:
    client = ask()
    sign_in(client)
    text = TEXT.replace("大力发展新能源。", "大力发展新能源。新建建筑面积超过2万平方米的优先使用。")
    address = upload(client, text).headers["location"]
    page = client.get(address).text
    figure = re.search(r'href="\?figure=(excluded-\d+)#i-', page)
    assert figure
    id = figure.group(1)
    opened_page = client.get(f"{address}?figure={id}").text
    assert f'<li class="rv-card k-target" id="i-{id}"' in opened_page
    assert client.get(f"{address}?figure=excluded-99999").status_code == 200
    wrong = decide(client, address, id, "edit", indicator="", value="2")
    assert (wrong.status_code, 'class="rv-error"' in wrong.text) == (422, True)
    made = decide(client, address, id, "edit", indicator="大型新建建筑面积", value="3", year="2030")
    assert made.headers["location"] == f"{address}#i-{id}"
    for item in re.findall(r'<li class="rv-card[^>]* data-item="((?:target|goal|task)-[^"]+)"', page):
        decide(client, address, item, "accept")
    plan = client.get(f"{address}/plan.yaml").text
    assert "；另将 1 个未列入的数字列为目标。" in plan.splitlines()[0]
    assert "大型新建建筑面积" in plan
    decide(client, address, id, "reject")
    assert "大型新建建筑面积" not in client.get(f"{address}/plan.yaml").text
    assert f"item: {id}" in client.get(f"{address}/decisions.yaml").text


def test_words_of_a_document_are_shown_and_never_run(ask: Asked) -> None:
    client = ask()
    sign_in(client)
    text = TEXT.replace("大力发展新能源。", "大力发展新能源<script>alert(1)</script>。")
    page = client.get(upload(client, text, "<img src=x>.txt").headers["location"]).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


NORTH = TEXT.replace("示例市", "北区").replace("90万千瓦", "400兆瓦").replace("力争达到25%", "力争达到20%")


def test_a_district_plan_under_review_is_held_against_the_citys(ask: Asked) -> None:
    client = ask()
    sign_in(client)
    assert client.get("/zh/compare/districts").status_code == 200
    address = upload(client, NORTH, "north.txt").headers["location"]
    id = address.rpartition("/")[2]
    assert f"/zh/compare/districts?d={id}" in client.get(address).text
    answer = client.get(f"/en/compare/districts?d={id}")
    assert answer.headers["cache-control"] == "no-store"
    page = answer.text
    assert "3 items are not decided yet and are taken as they were read." in page
    assert "together 0.4 GW, 44.4% of the city&#39;s" in page.replace("\u00a0", " ")
    items = re.findall(r'<li class="rv-card[^>]* data-item="([^"]+)"', client.get(address).text)
    for item in items:
        decide(client, address, item, "reject" if item.startswith("target") else "accept")
    after = client.get(f"/zh/compare/districts?d={id}").text
    assert "尚有" not in after
    assert "合计" not in after.partition('id="coverage"')[2]
    assert client.get("/zh/compare/districts?d=nothing").status_code == 422
    assert client.get("/zh/compare/districts?city=nothing").status_code == 422


def test_plans_are_compared_on_a_page(toy_site: Client) -> None:
    page = toy_site.get("/en/compare?a=toy-2021&b=toy-2024")
    assert page.status_code == 200
    assert "What differs" in page.text
    assert toy_site.get("/en/compare?a=toy-2021&b=nothing").status_code == 422
    assert "No target differs." in toy_site.get("/en/compare?a=toy-2021&b=toy-2021").text
