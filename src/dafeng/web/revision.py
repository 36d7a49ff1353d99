"""Whether the database has changed, asked for every request and therefore looked at once a second at most."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from dafeng.errors import DafengError
from dafeng.store import audit, database

_LOOK_EVERY = 1.0
_log = logging.getLogger(__name__)
Look = Callable[[], Hashable]


class Revision:
    """Gives a value that differs whenever what the database holds does; `look` is how that is found out."""

    def __init__(self, look: Look, clock: Callable[[], float] = time.monotonic) -> None:
        self._look, self._clock = look, clock
        self._seen_at: float | None = None
        self._mark: Hashable = None

    def __call__(self) -> Hashable:
        """Give the mark of the present state, at most a second old."""
        now = self._clock()
        if self._seen_at is None or now - self._seen_at >= _LOOK_EVERY:
            self._seen_at = now
            self._mark = self._look()
        return self._mark


def revision_of(url: str | None) -> Revision:
    """Choose how to look at a database: the files of SQLite, or the newest row of the audit trail of a server."""
    if url is None:
        return Revision(lambda: None)
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Revision(Trail(url))
    if parsed.database in {None, "", ":memory:"}:
        return Revision(lambda: None)
    files = [Path(f"{parsed.database}{tail}") for tail in ("", "-wal")]
    return Revision(lambda: tuple(_stamp(file) for file in files))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


class Trail:
    """Looks at the newest row of the audit trail, to which every import and every undo adds one.

    The connection stays open. While the server does not answer, the last mark stands and pages show what was last read.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._open: database.Database | None = None
        self._last: int | None = None

    def __call__(self) -> int | None:
        """Give the number of the newest row; None where there is no database yet."""
        try:
            self._last = self._newest()
        except (DafengError, SQLAlchemyError) as error:
            _log.warning("the database cannot be asked for its state: %s", error)
        return self._last

    def _newest(self) -> int | None:
        if self._open is None:
            if not database.exists(self._url):
                return None
            self._open = database.open(self._url)
        with self._open.reading() as connection:
            newest = audit.entries(connection, most=1)
        return newest[0].id if newest else None
