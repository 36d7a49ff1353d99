"""The city behind the pages: loaded once, loaded again when its database changes, assessed once for each date."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dafeng.assess import assess, outlook
from dafeng.assess.changes import compared
from dafeng.assess.result import Assessment, Change
from dafeng.city import City, load
from dafeng.errors import DafengError
from dafeng.web.index import Index
from dafeng.web.revision import revision_of

if TYPE_CHECKING:
    from dafeng.dispatch.jobs import Jobs

_log = logging.getLogger(__name__)
_DATES_KEPT = 32
_YEARS_OF_CHANGES = 2


@dataclass(frozen=True)
class Snapshot:
    """The city in one state, and what the pages look up in it."""

    city: City
    today: date

    @cached_property
    def has_pathway(self) -> bool:
        """Whether the pack says where the city is going."""
        return (self.city.folder / "pathway.yaml").is_file()

    @cached_property
    def has_power(self) -> bool:
        """Whether the pack has a power system."""
        return (self.city.folder / "power" / "spec.yaml").is_file()

    @cached_property
    def index(self) -> Index:
        """Who takes part in what, and what cites which document."""
        return Index(self.city)


class Site:
    """Holds the city. `state` names the state of all that pages are made of; `today` may be set by a test.

    `units_shown` lets pages show single enterprises that are not made up.
    """

    def __init__(
        self, city: str, database: str | None, today: Callable[[], date] = date.today, *, units_shown: bool = False
    ) -> None:
        self._name, self.database, self._today = city, database, today
        self.units_shown = units_shown
        #: Solves of the power system by folder; pages and API share them.
        self.jobs: dict[str, Jobs] = {}
        self._revision = revision_of(database)
        self._loaded: tuple[Hashable, City] | None = None
        self._assessed: OrderedDict[tuple[Hashable, date], Assessment] = OrderedDict()
        self._snapshot: Snapshot | None = None
        self._lock = threading.RLock()

    def close(self) -> None:
        """Let go of the database, and stop what is being solved."""
        for held in self.jobs.values():
            held.close()
        self._revision.close()

    def warm(self) -> None:
        """Make what the first reader would wait for: assessment, and outlook of the scenario."""
        try:
            snapshot = self.snapshot()
            self.assessment(snapshot)
            outlook(snapshot.city)
        except DafengError as error:
            _log.warning("nothing is prepared before the first page: %s", error)

    def state(self) -> Hashable:
        """Name the state of pack, database and day."""
        return (self._revision(), self._today())

    def snapshot(self) -> Snapshot:
        """Give the city as it is now."""
        with self._lock:
            mark, today = self._revision(), self._today()
            if self._loaded is None or self._loaded[0] != mark:
                self._loaded = (mark, self._load())
                self._assessed.clear()
                self._snapshot = None
            if self._snapshot is None or self._snapshot.today != today:
                self._snapshot = Snapshot(self._loaded[1], today)
            return self._snapshot

    def _load(self) -> City:
        """Load the city; where its files have become faulty since the last time, the state last loaded stays."""
        try:
            return load(self._name, self.database)
        except DafengError as error:
            if self._loaded is None:
                raise
            _log.warning("the city could not be loaded again; its last sound state stays: %s", error)
            return self._loaded[1]

    def assessment(self, snapshot: Snapshot, as_of: date | None = None) -> Assessment:
        """Assess the plan at a date, by default today; the latest dates asked for are kept."""
        key = (id(snapshot.city), as_of or snapshot.today)
        with self._lock:
            found = self._assessed.get(key)
            if found is None:
                found = assess(snapshot.city, as_of or snapshot.today)
                self._assessed[key] = found
                while len(self._assessed) > _DATES_KEPT:
                    self._assessed.popitem(last=False)
            self._assessed.move_to_end(key)
            return found

    def changes(self, snapshot: Snapshot, after: Assessment) -> tuple[Change, ...]:
        """List what became known in the two years up to an assessment, newest first."""
        day = after.as_of
        since = day.replace(year=day.year - _YEARS_OF_CHANGES, day=min(day.day, 28))
        return compared(self.assessment(snapshot, since), after, snapshot.city)
