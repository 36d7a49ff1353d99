"""Whether the database has changed, asked for every request and therefore looked at once a second at most."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from dafeng.errors import DafengError
from dafeng.review import store as reviews
from dafeng.store import audit, database

_LOOK_EVERY = 1.0
_log = logging.getLogger(__name__)
Look = Callable[[], Hashable]


class Revision:
    """Gives a value that differs whenever what the database holds does; `look` is how that is found out.

    `close` lets go of what looking keeps open.
    """

    def __init__(
        self, look: Look, clock: Callable[[], float] = time.monotonic, close: Callable[[], None] = lambda: None
    ) -> None:
        self._look, self._clock, self.close = look, clock, close
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
    """Choose how to look at a database: its audit trail, asked on SQLite only after a file has changed."""
    if url is None:
        return Revision(lambda: None)
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        trail = Trail(url)
        return Revision(trail, close=trail.close)
    if parsed.database in {None, "", ":memory:"}:
        return Revision(lambda: None)
    return Revision(Files([Path(f"{parsed.database}{tail}") for tail in ("", "-wal")], Trail(url)))


class Files:
    """Asks the audit trail again when one of the files of a database has another time or size."""

    def __init__(self, files: Sequence[Path], trail: Look) -> None:
        self._files, self._trail = files, trail
        self._stamps: tuple[tuple[int, int], ...] | None = None
        self._mark: Hashable = None

    def __call__(self) -> Hashable:
        """Give the mark of the present state."""
        stamps = tuple(_stamp(file) for file in self._files)
        if stamps != self._stamps:
            self._stamps, self._mark = stamps, self._trail()
        return self._mark


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


class Trail:
    """Looks at the newest row of the audit trail that changes what is shown of the city.

    Uploading a document and deciding on its items do not: a reviewer makes hundreds of decisions in a row. The mark
    holds the hash of the row, so that a database put in place of another is seen. On a server the connection stays
    open; while it does not answer, the last mark stands and pages show what was last read.
    """

    def __init__(self, url: str) -> None:
        self._url, self._file = url, database.file_of(url)
        self._open: database.Database | None = None
        self._last: Hashable = None

    def __call__(self) -> Hashable:
        """Give number and hash of the newest row; None where there is no database yet."""
        try:
            self._last = self._newest()
        except (DafengError, SQLAlchemyError) as error:
            _log.warning("the database cannot be asked for its state: %s", error)
        return self._last

    def close(self) -> None:
        """Close the connection; the next look opens one again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _newest(self) -> Hashable:
        if self._open is None:
            if not database.exists(self._url):
                return None
            self._open = database.open(self._url)
        try:
            with self._open.reading() as connection:
                newest = audit.entries(connection, most=1, without=reviews.WORDS)
        finally:
            if self._file is not None:
                self.close()
        return (newest[0].id, newest[0].hash) if newest else None
