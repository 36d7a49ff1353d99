"""Databases of older versions: told, refused, and brought up with everything in them kept."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from dafeng.cli.words import OUTPUT
from dafeng.errors import Conflict, NotFound, Refused
from dafeng.store import audit, database, upkeep

#: For each older step, what such a database holds, and the steps it lacks.
OLDER = {"0001": ("0002", "0003"), "0002": ("0003",)}
BATCH = (
    "INSERT INTO batch (id, city, file, sha256, at, who, rows, imported, known, refused, undone_by) "
    "VALUES ('b1', 'toyville', 'facts.csv', 'ff', '2026-01-02 03:04:05', 'Wang', 1, 1, 0, 0, '')"
)
OBSERVATION = text(
    "INSERT INTO observation (batch, city, digest, indicator, place, period, dims, value, unit, source, locator, "
    "vintage, status, confidence, bound, basis, note, recorded) VALUES ('b1', 'toyville', :digest, 'x.y', 'toyville', "
    "'2020', '{}', 1.5, 't', 'doc', '', '2021', 'actual', 'high', '', '', '', '2026-01-02')"
)
PROPOSAL = (
    "INSERT INTO proposal (id, city, name, title, sha256, text, compiled, at, who) "
    "VALUES ('p1', 'toyville', 'plan.txt', '方案', 'aa', '正文', '{}', '2026-01-02 03:04:05', 'Li')",
    "INSERT INTO proposal_item (proposal, id, kind, position, start, \"end\") VALUES ('p1', 'goal-3', 'goal', 0, 3, 9)",
    "INSERT INTO decision (proposal, item, verdict, changes, note, at, who) "
    "VALUES ('p1', 'goal-3', 'accept', '{}', '', '2026-01-02 03:04:05', 'Li')",
)


def make(url: str, step: str) -> None:
    """Make a database as dafeng made it at an older step, with a row in each table that matters."""
    database.open(url, create=True).close()
    engine = database._engine(database._url(url))
    try:
        database.migrate(engine, step)
        with engine.begin() as connection:
            connection.execute(text(BATCH))
            connection.execute(OBSERVATION, {"digest": b"0123456789abcdef"})
            audit.append(connection, who="Wang", what="import-facts", subject="b1", detail={})
            for statement in PROPOSAL if step >= "0002" else ():
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.mark.parametrize("step", OLDER)
def test_an_older_database_is_refused_with_the_command_and_brought_up_whole(url: str, step: str) -> None:
    make(url, step)
    found = upkeep.status(url)
    assert (found.state, found.step, tuple(one.id for one in found.missing)) == ("older", step, OLDER[step])
    for create in (False, True):
        with pytest.raises(Conflict, match=f"step {step}, this one needs {database.REVISION}.*'dafeng database migr"):
            database.open(url, create=create)
    assert upkeep.migrate(url).step == step
    assert upkeep.status(url).state == "current"
    with database.open(url) as opened, opened.writing() as connection:
        tables = set(inspect(connection).get_table_names())
        assert {"proposal", "decision", "record", "activity"} <= tables
        assert connection.execute(text("SELECT who, imported FROM batch")).one() == ("Wang", 1)
        assert connection.execute(text("SELECT value FROM observation")).scalar() == 1.5
        kept = connection.execute(text("SELECT count(*) FROM decision")).scalar()
        assert kept == (1 if step >= "0002" else 0)
        assert audit.broken(connection) is None
        audit.append(connection, who="Li", what="test", subject="after", detail={})
    assert upkeep.migrate(url).state == "current"


def test_a_copy_holds_the_database_as_it_was(sqlite_url: str, tmp_path: Path) -> None:
    make(sqlite_url, "0001")
    copy = upkeep.copy_of(sqlite_url)
    assert copy is not None
    assert re.fullmatch(r"facts-0001-\d{8}T\d{6}Z\.sqlite", copy.name)
    upkeep.migrate(sqlite_url, copy)
    before = upkeep.status(f"sqlite:///{copy}")
    assert (before.step, before.state) == ("0001", "older")
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT count(*) FROM observation").fetchone() == (1,)
    raw.close()


def test_a_copy_is_never_written_over_a_file_and_nothing_is_changed_without_it(sqlite_url: str, tmp_path: Path) -> None:
    make(sqlite_url, "0001")
    there = tmp_path / "there.sqlite"
    there.write_text("mine")
    with pytest.raises(Refused, match=r"there\.sqlite: it is there already"):
        upkeep.migrate(sqlite_url, there)
    with pytest.raises(Refused, match="no copy could be written"):
        upkeep.migrate(sqlite_url, tmp_path / "no" / "folder.sqlite")
    assert there.read_text() == "mine"
    assert upkeep.status(sqlite_url).step == "0001"


def test_nothing_is_made_by_looking_and_nothing_migrated_that_is_not_there(sqlite_url: str, tmp_path: Path) -> None:
    assert upkeep.status(sqlite_url).as_dict() == {
        "where": sqlite_url,
        "kind": "sqlite",
        "state": "absent",
        "step": None,
        "expected": database.REVISION,
        "missing": [],
    }
    with pytest.raises(NotFound):
        upkeep.migrate(sqlite_url)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_an_empty_server_database_is_absent_and_its_copy_is_left_to_pg_dump(postgres_url: str, tmp_path: Path) -> None:
    found = upkeep.status(postgres_url)
    assert (found.kind, found.state) == ("postgresql", "absent")
    assert upkeep.copy_of(postgres_url) is None
    make(postgres_url, "0002")
    with pytest.raises(Refused, match="pg_dump"):
        upkeep.migrate(postgres_url, tmp_path / "copy")
    assert upkeep.status(postgres_url).step == "0002"


def test_a_newer_database_is_left_alone(sqlite_url: str) -> None:
    make(sqlite_url, "0002")
    engine = database._engine(database._url(sqlite_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert upkeep.status(sqlite_url).state == "newer"
    with pytest.raises(Conflict, match="made by a newer dafeng"):
        upkeep.migrate(sqlite_url)


def test_every_step_says_what_it_does_in_both_languages() -> None:
    found = upkeep.steps()
    assert [step.id for step in found] == [f"{n:04}" for n in range(1, len(found) + 1)]
    assert found[-1].id == database.REVISION
    assert {step.does for step in found} <= set(OUTPUT)


@pytest.mark.parametrize("step", OLDER)
def test_two_that_migrate_at_once_take_each_step_once(url: str, step: str) -> None:
    make(url, step)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: upkeep.migrate(url).state, range(4)))
    assert set(found) <= {"older", "current"}
    with database.open(url) as opened, opened.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM observation")).scalar() == 1
