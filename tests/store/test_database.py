from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from dafeng.errors import Conflict, DafengError, NotFound
from dafeng.store import database
from dafeng.store.database import Database
from dafeng.store.schema import Base

ROW = {"city": "toyville", "id": "yearbook", "title": "年鉴"}
ADD = text(
    "INSERT INTO document (city, id, title, title_en, publisher, date, number, kind, url, via, licence, note) "
    "VALUES (:city, :id, :title, '', '', '', '', 'other', '', '', '', '')"
)
COUNT = text("SELECT count(*) FROM document")


def test_reading_never_makes_a_database(sqlite_url: str, tmp_path: Path) -> None:
    assert not database.exists(sqlite_url)
    with pytest.raises(NotFound) as raised:
        database.open(sqlite_url)
    assert str(raised.value) == f"no database '{sqlite_url}'."
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_database(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "facts.sqlite").touch()
    assert not database.exists(sqlite_url)
    with pytest.raises(NotFound):
        database.open(sqlite_url)
    database.open(sqlite_url, create=True).close()
    assert database.exists(sqlite_url)


def test_a_new_database_has_the_tables_that_the_code_describes(opened: Database, url: str) -> None:
    assert database.exists(url)
    with opened.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == database.REVISION


def test_migrations_go_down_and_up_again(opened: Database) -> None:
    database.migrate(opened.engine, "base")
    with opened.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    database.migrate(opened.engine)
    with opened.reading() as connection:
        assert {"audit", "batch", "observation"} <= set(inspect(connection).get_table_names())


def test_opening_again_keeps_what_is_there(opened: Database, url: str) -> None:
    with opened.writing() as connection:
        connection.execute(ADD, ROW)
    with database.open(url) as again, again.reading() as connection:
        assert connection.execute(COUNT).scalar() == 1


def test_after_an_error_nothing_of_a_transaction_is_kept(opened: Database) -> None:
    with pytest.raises(ZeroDivisionError), opened.writing() as connection:
        connection.execute(ADD, ROW)
        raise ZeroDivisionError
    with opened.reading() as connection:
        assert connection.execute(COUNT).scalar() == 0


def test_sqlite_reads_go_on_while_another_connection_writes(sqlite_url: str) -> None:
    with (
        database.open(sqlite_url, create=True) as one,
        database.open(sqlite_url) as other,
        one.writing() as writer,
        other.reading() as reader,
    ):
        writer.execute(ADD, ROW)
        assert reader.execute(COUNT).scalar() == 0
        assert reader.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert reader.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("9999", "{url}: made by a newer dafeng (step 9999, this one knows 0003). Update dafeng."),
        (
            "0000",
            "{url}: made by an older dafeng (step 0000, this one needs 0003). "
            "Run 'dafeng database migrate', which copies an SQLite file first.",
        ),
    ],
)
def test_a_database_of_another_version_is_refused(sqlite_url: str, tmp_path: Path, step: str, message: str) -> None:
    database.open(sqlite_url, create=True).close()
    with sqlite3.connect(tmp_path / "data" / "facts.sqlite") as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (step,))
    raw.close()
    with pytest.raises(Conflict) as raised:
        database.open(sqlite_url)
    assert str(raised.value) == message.format(url=sqlite_url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "nonsense",
            "DAFENG_DATABASE: the address of the database does not parse. "
            "Write sqlite:///folder/file.sqlite or postgresql://user@host/name.",
        ),
        (
            "mysql://host/name",
            "DAFENG_DATABASE: a database of kind 'mysql' is not known. Use SQLite or PostgreSQL.",
        ),
    ],
)
def test_an_address_that_names_no_database_is_explained(url: str, message: str) -> None:
    with pytest.raises(DafengError) as raised:
        database.open(url)
    assert str(raised.value) == message


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    url = "postgresql://someone:secret@127.0.0.1:1/nothing"
    assert not database.exists(url)
    with pytest.raises(DafengError) as raised:
        database.open(url, create=True)
    assert "secret" not in str(raised.value)
    assert str(raised.value).startswith("postgresql+psycopg://someone:***@127.0.0.1:1/nothing: the database cannot be")


def test_a_file_that_is_no_database_is_explained(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "facts.sqlite").write_text("this is no database, and long enough to be read as one" * 50)
    with pytest.raises(DafengError) as raised:
        database.open(sqlite_url)
    assert str(raised.value) == (
        f"{sqlite_url}: the database cannot be opened (file is not a database). Check DAFENG_DATABASE."
    )


def test_sqlalchemy_is_not_imported_before_a_database_is_opened() -> None:
    code = (
        "import sys; import dafeng.store.database, dafeng.store.audit, dafeng.facts.stored, dafeng.facts.importer;"
        "print([name for name in ('sqlalchemy', 'alembic', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
