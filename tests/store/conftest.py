"""A database of each kind, made anew for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fixtures.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from dafeng.store import database
from dafeng.store.database import Database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/facts.sqlite"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a database that does not exist yet, or holds nothing."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def opened(url: str) -> Iterator[Database]:
    with database.open(url, create=True) as found:
        yield found
