"""Applications on the shipped city and on the toy, asked without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dafeng.settings import Settings
from dafeng.web.app import create_app
from dafeng.web.site import Site

TOY = Path(__file__).parents[1] / "cities" / "toy"
DAYS = {"shanghai": date(2026, 11, 25), "toy": date(2025, 6, 1)}


class Client:
    """A browser without eyes: asks one application, follows nothing unless told to."""

    def __init__(self, app: FastAPI, *, raise_errors: bool = True) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()
        transport = httpx.ASGITransport(app, raise_app_exceptions=raise_errors)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://dafeng")

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        return self.loop.run_until_complete(self.client.request(method, path, **given))

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.loop.run_until_complete(self.client.aclose())
        self.loop.close()


def application(city: str | Path, today: date, database: str | None = None) -> FastAPI:
    return create_app(Settings(city=str(city)), site=Site(str(city), database, today=lambda: today))


@pytest.fixture(scope="session")
def make() -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def client(city: str | Path, today: date, *, raise_errors: bool = True, database: str | None = None) -> Client:
        made.append(Client(application(city, today, database), raise_errors=raise_errors))
        return made[-1]

    yield client
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def shanghai_site(make: Callable[..., Client]) -> Client:
    return make("shanghai", DAYS["shanghai"])


@pytest.fixture(scope="session")
def toy_site(make: Callable[..., Client]) -> Client:
    return make(TOY, DAYS["toy"])
