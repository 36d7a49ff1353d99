"""The state of a database, and bringing an older one to its present shape with a copy of it kept."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from dafeng.errors import NotFound, Refused
from dafeng.store import database

_STEP = re.compile(r"^(\d{4})_\w+\.py$")
_FIRST_LINE = re.compile(r'^"""(.+?)"""')


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the shape of a database: its number, and in a sentence what it adds."""

    id: str
    does: str


@dataclass(frozen=True, slots=True)
class Status:
    """A database: where it is, of which kind, at which step ("" where it holds nothing), and the steps it lacks."""

    where: str
    kind: Literal["sqlite", "postgresql"]
    step: str
    missing: tuple[Step, ...]

    @property
    def state(self) -> Literal["absent", "current", "older", "newer"]:
        """Say how it stands to this version of dafeng."""
        if not self.step:
            return "absent"
        if self.step > database.REVISION:
            return "newer"
        return "older" if self.missing else "current"

    def as_dict(self) -> dict[str, Any]:
        """Give the status for JSON."""
        missing = [{"step": step.id, "does": step.does} for step in self.missing]
        return {
            "where": self.where,
            "kind": self.kind,
            "state": self.state,
            "step": self.step or None,
            "expected": database.REVISION,
            "missing": missing,
        }


def steps() -> tuple[Step, ...]:
    """List the steps in order; their numbers and first lines are those of the files in `migrations`."""
    folder = files("dafeng.store") / "migrations" / "versions"
    named = sorted((found[1], item) for item in folder.iterdir() if (found := _STEP.match(item.name)))
    said = ((id, _FIRST_LINE.match(item.read_text(encoding="utf-8"))) for id, item in named)
    return tuple(Step(id, line[1] if line else "") for id, line in said)


def status(url: str) -> Status:
    """Look at the database at `url` and change nothing; one that is not there has no step.

    Raises:
        DafengError: the URL does not parse, the file is no database, or the server does not answer.
    """
    where, kind, found = database.step_of(url)
    missing = tuple(step for step in steps() if found and found < step.id <= database.REVISION)
    return Status(where, kind, found, missing)


def migrate(url: str, copy: Path | None = None) -> Status:
    """Bring the database at `url` to its present shape; gives what it was before.

    `copy` is where a copy of an SQLite database is written first; the copy holds what is still in its log too. All
    steps are one transaction, on PostgreSQL as well: after an error none of them was taken.

    Raises:
        NotFound: there is no database.
        Conflict: it is of a newer dafeng.
        Refused: the copy is there already or cannot be written; then nothing was changed.
    """
    before = status(url)
    if before.state == "absent":
        raise NotFound("database", before.where)
    if before.state == "newer":
        raise database.newer(before.where, before.step)
    if before.state == "older":
        if copy is not None:
            _copy(url, copy)
        database.upgrade(url)
    return before


def copy_of(url: str, now: datetime | None = None) -> Path | None:
    """Give the name a copy of an SQLite database has by default: its own with step and time; None for PostgreSQL."""
    file = database.file_of(url)
    if file is None:
        return None
    at = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return file.with_name(f"{file.stem}-{status(url).step or 'empty'}-{at}{file.suffix}")


def _copy(url: str, to: Path) -> None:
    file = database.file_of(url)
    if file is None:
        raise Refused(
            "a copy of a PostgreSQL database is not made here. Use pg_dump, then leave out --backup.",
            zh="此处不备份 PostgreSQL 数据库。请先用 pg_dump 备份，再去掉 --backup。",
        )
    if to.exists():
        raise Refused(
            f"{to.name}: it is there already, and no copy is written over it. Choose another name.",
            zh=f"{to.name}：文件已存在，备份不会覆盖它。请另取名称。",
        )
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
    except (sqlite3.Error, OSError) as error:
        to.unlink(missing_ok=True)
        raise Refused(
            f"{to.name}: no copy could be written ({error}). Nothing was changed.",
            zh=f"{to.name}：无法写出备份（{error}）。未作任何改动。",
        ) from None
