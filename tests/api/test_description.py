"""The description of the API: its version, its examples, and the guide made from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from tests.api.asgi import Client
from tests.api.guide import GUIDE, guide

from dafeng.api.description import examples
from dafeng.api.routes import ROUTERS

ROUTES = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema and "GET" in route.methods
]


@pytest.fixture(scope="module")
def description(toy: Client) -> Any:
    return toy.get("/openapi.json").json()


def test_it_is_openapi_3_1_and_names_its_server(description: Any) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["servers"] == [{"url": "/"}]


def test_where_it_is_mounted_it_says_so() -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from tests.api.conftest import TODAY, TOY

    from dafeng.api import PREFIX, build
    from dafeng.web.site import Site

    outer = Starlette(routes=[Mount(PREFIX, build(Site(str(TOY), None, today=lambda: TODAY)))])
    client = Client(outer, PREFIX)
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api/v1"}]
    assert '</api/v1/targets?limit=2&offset=2>; rel="next"' in client.get("/targets?limit=2").headers["link"]
    assert client.get("/target").json()["candidates"] == ["/api/v1/targets", "/api/v1/targets.csv"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_answer_has_an_example_of_its_own_shape(route: APIRoute) -> None:
    example = examples()[route.path]
    if route.response_model is None:
        assert example.startswith(("\ufeffid,", "\ufeffcity,", "PK", "year,"))
    else:
        assert json.loads(route.response_model.model_validate(example).model_dump_json()) == example


def test_there_is_no_example_without_an_address() -> None:
    assert set(examples()) == {route.path for route in ROUTES}


def test_the_guide_is_made_from_the_description(description: Any) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert text == guide(description), "run: python -m tests.api.guide"
    for path in description["paths"]:
        assert f"`{path}`" in text


def test_the_guide_stands_in_the_documentation() -> None:
    assert GUIDE == Path(__file__).parent.parent.parent / "docs" / "guide" / "api.md"
