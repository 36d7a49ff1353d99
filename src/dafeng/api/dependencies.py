"""What the addresses of the API share: the city and its assessments, as `dafeng.web.site.Site` keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from dafeng.accounts.enterprise.desk import Desk, desk
from dafeng.assess import assess
from dafeng.assess.result import Assessment
from dafeng.store import database as databases

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.web.site import Site


class Now:
    """The city at the time of one request: every part of the answer speaks of the same state."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._snapshot = site.snapshot()

    @property
    def city(self) -> City:
        """The city."""
        return self._snapshot.city

    @property
    def today(self) -> date:
        """The day the answer is given."""
        return self._snapshot.today

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open what the accounts of districts and enterprises need; without a database there is no activity."""
        url = self._site.database
        found = databases.open(url) if url and databases.exists(url) else None
        try:
            yield desk(self.city, found)
        finally:
            if found is not None:
                found.close()

    def assess(self, as_of: date | None, plan: str | None) -> Assessment:
        """Hold a plan against what was known on a day; today, and the plan that the others amend, by default."""
        if plan is None or self.city.plan(plan).id == self.city.plan().id:
            return self._site.assessment(self._snapshot, as_of)
        return assess(self.city, as_of or self.today, plan)


def _now(request: Request) -> Now:
    return Now(request.app.state.site)


Current = Annotated[Now, Depends(_now)]
