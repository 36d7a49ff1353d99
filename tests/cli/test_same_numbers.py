"""The command line and the API hand out the same records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.api.asgi import Client
from tests.cli.running import DAY, TOY, Ran

from dafeng.api import build
from dafeng.web.site import Site

Run = Callable[..., Ran]
CITIES = [str(TOY), "shanghai"]


@pytest.fixture(scope="module", params=CITIES, ids=["toy", "shanghai"])
def both(request: pytest.FixtureRequest) -> tuple[str, Client]:
    site = Site(request.param, None, today=lambda: date.fromisoformat(DAY))
    return request.param, Client(build(site))


def test_the_assessment(both: tuple[str, Client], dafeng: Run) -> None:
    city, api = both
    assert dafeng("assess", "--as-of", DAY, "--json", city=city).json() == api.get("/assessment").json()


def test_the_plans(both: tuple[str, Client], dafeng: Run) -> None:
    city, api = both
    for plan in api.get("/plans").json()["items"]:
        assert (
            dafeng("plan", "--version", plan["id"], "--json", city=city).json()
            == api.get(f"/plans/{plan['id']}").json()
        )


def test_one_target_and_its_lineage(both: tuple[str, Client], dafeng: Run) -> None:
    city, api = both
    for id in [item["id"] for item in api.get("/targets", limit=5, sort="status").json()["items"]]:
        assert dafeng("target", id, "--as-of", DAY, "--json", city=city).json() == api.get(f"/targets/{id}").json()
        assert (
            dafeng("explain", id, "--as-of", DAY, "--json", city=city).json()
            == api.get(f"/targets/{id}/lineage").json()
        )


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (["--status", "overdue", "--status", "met"], {"status": ["overdue", "met"]}),
        (["--action", "energy", "--sort", "-due"], {"action": "energy", "sort": "-due"}),
        (["--year", "2025", "--kind", "target"], {"year": 2025, "kind": "target"}),
        (["--search", "capacity"], {"q": "capacity"}),
    ],
)
def test_filters(both: tuple[str, Client], dafeng: Run, options: list[str], query: dict[str, Any]) -> None:
    city, api = both
    here = dafeng("assess", "--as-of", DAY, *options, "--json", city=city).json()["targets"]
    assert here == api.get("/targets", limit=1000, **query).json()["items"]


def test_facts(both: tuple[str, Client], dafeng: Run) -> None:
    city, api = both
    indicator = "power.pv_capacity"
    here = dafeng("facts", indicator, "--all-sources", "--known-on", "2024-12-31", "--json", city=city).json()["items"]
    there = api.get("/facts", indicator=indicator, known_on="2024-12-31", limit=1000).json()["items"]
    assert here == there
    chosen = api.get("/facts", indicator=indicator, known_on="2024-12-31", limit=1000, chosen="true").json()["items"]
    assert dafeng("facts", indicator, "--known-on", "2024-12-31", "--json", city=city).json()["items"] == chosen


def test_changes(both: tuple[str, Client], dafeng: Run) -> None:
    city, api = both
    here = dafeng("changes", "--since", "2025-06-30", "--as-of", DAY, "--json", city=city).json()
    assert here == api.get("/changes", since="2025-06-30").json()
