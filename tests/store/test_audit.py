from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy import text

from dafeng.store import audit
from dafeng.store.database import Database


def write(database: Database, *subjects: str) -> None:
    for subject in subjects:
        with database.writing() as connection:
            audit.append(
                connection, who="李", what="import-facts", subject=subject, detail={"rows": 3, "文件": "a.csv"}
            )


def test_entries_come_newest_first_with_all_that_was_said(opened: Database) -> None:
    write(opened, "one", "two")
    with opened.reading() as connection:
        newest, oldest = audit.entries(connection)
        assert (newest.id, newest.subject, oldest.id, oldest.subject) == (2, "two", 1, "one")
        assert (newest.who, newest.what, newest.detail) == ("李", "import-facts", {"rows": 3, "文件": "a.csv"})
        assert newest.at.endswith("+00:00")
        assert [entry.subject for entry in audit.entries(connection, subject="one")] == ["one"]
        assert audit.broken(connection) is None


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit SET who = '王' WHERE id = 2", 2),
        ("UPDATE audit SET detail = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("UPDATE audit SET hash = '0' WHERE id = 3", 3),
    ],
)
def test_a_row_that_was_altered_is_found(opened: Database, statement: str, first: int) -> None:
    write(opened, "one", "two", "three")
    with opened.writing() as connection:
        connection.execute(text(statement))
    with opened.reading() as connection:
        assert audit.broken(connection) == first


def test_what_is_rolled_back_leaves_no_row(opened: Database) -> None:
    with pytest.raises(ZeroDivisionError), opened.writing() as connection:
        audit.append(connection, who="", what="x", subject="lost", detail={})
        raise ZeroDivisionError
    write(opened, "kept")
    with opened.reading() as connection:
        assert [(entry.id, entry.subject) for entry in audit.entries(connection)] == [(1, "kept")]


def test_two_writers_make_one_chain(opened: Database) -> None:
    threads = [Thread(target=write, args=(opened, *(f"{name}{i}" for i in range(10)))) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened.reading() as connection:
        assert len(audit.entries(connection)) == 20
        assert audit.broken(connection) is None
