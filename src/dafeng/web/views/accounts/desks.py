"""Opens what the accounts of districts and enterprises need: the database, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan

from dafeng.accounts.enterprise.desk import Desk, desk
from dafeng.store import database as databases
from dafeng.web.page import Page


@contextmanager
def opened(page: Page) -> Iterator[Desk]:
    """Open the desk of the city; without a database there are no units and no activity."""
    url = page.site.database
    found = databases.open(url) if url and databases.exists(url) else None
    try:
        yield desk(page.snapshot.city, found)
    finally:
        if found is not None:
            found.close()


def megatonnes(tonnes: float | None) -> float | None:
    """Give Mt of t."""
    return None if tonnes is None or isnan(tonnes) else tonnes / 1e6
