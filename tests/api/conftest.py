from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.api.asgi import Client

from dafeng.api import build
from dafeng.web.site import Site

TOY = Path(__file__).parent.parent / "cities" / "toy"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def toy() -> Client:
    """The API of the toy city on a fixed day."""
    return Client(build(Site(str(TOY), None, today=lambda: TODAY)))


@pytest.fixture(scope="session")
def shanghai() -> Client:
    """The API of Shanghai on a fixed day."""
    return Client(build(Site("shanghai", None, today=lambda: TODAY)))
