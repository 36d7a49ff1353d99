"""The database of what people enter: opened by URL, on SQLite or PostgreSQL, brought to its present shape by Alembic.

SQLAlchemy and Alembic are imported when a database is opened, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dafeng.errors import Conflict, DafengError, NotFound

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

#: The newest step of `dafeng.store.migrations`; a test holds the two together.
REVISION = "0003"
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 10_000
_CACHE, _BULK_CACHE = "cache_size=-16384", "cache_size=-131072"
#: Execution option of a connection whose transaction will write.
_WRITES = "dafeng_writes"
#: PostgreSQL's advisory lock under which steps are taken, so that two processes do not take one at the same time.
_LOCK = 0x6461_6664


@dataclass(frozen=True)
class Database:
    """An open database. `where` names it without its password."""

    engine: Engine
    where: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, bulk: bool = False) -> Iterator[Connection]:
        """Give a connection in a transaction: all of it is kept, or after an error none of it.

        On SQLite the transaction holds the write lock from its start, so that what it reads stays true; `bulk` lets it
        keep up to 128 MB of pages in memory, without which the index over a million new rows is written many times.
        """
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection:
            large = bulk and connection.dialect.name == "sqlite"
            with connection.begin():
                if large:
                    connection.exec_driver_sql(f"PRAGMA {_BULK_CACHE}")
                yield connection
            if large:
                connection.exec_driver_sql(f"PRAGMA {_CACHE}")
                connection.exec_driver_sql("PRAGMA shrink_memory")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def exists(url: str) -> bool:
    """Tell whether there is a database at `url`, without making one. A server that does not answer counts as none."""
    parsed = _url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        return file.is_file() and file.stat().st_size > 0
    engine = _engine(parsed)
    try:
        with engine.connect() as connection:
            return _revision(connection) is not None
    except _connection_errors():
        return False
    finally:
        engine.dispose()


def open(url: str, create: bool = False) -> Database:
    """Open the database at `url`; with `create`, make it where there is none.

    Raises:
        NotFound: there is none, and `create` is not given.
        Conflict: it is of another version of dafeng; an older one is brought up by `dafeng.store.upkeep` only, which
            keeps a copy.
        DafengError: the URL does not parse, or the server does not answer.
    """
    parsed = _url(url)
    where = parsed.render_as_string(hide_password=True)
    file = file_of(url)
    if file is not None and not exists(url):
        if not create:
            raise NotFound("database", where)
        file.parent.mkdir(parents=True, exist_ok=True)
    with _explained(where):
        engine = _engine(parsed)
        try:
            _shape(engine, where, create=create)
        except BaseException:
            engine.dispose()
            raise
    return Database(engine, where)


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turn an error of the driver into one that names the database and what to check."""
    try:
        yield
    except _connection_errors() as error:
        reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        raise DafengError(f"{where}: the database cannot be opened ({reason}). Check DAFENG_DATABASE.") from error


def _shape(engine: Engine, where: str, *, create: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection)
    if found == REVISION:
        return
    if found is not None and found > REVISION:
        raise newer(where, found)
    if found is not None:
        raise Conflict(
            f"{where}: made by an older dafeng (step {found}, this one needs {REVISION}). "
            "Run 'dafeng database migrate', which copies an SQLite file first.",
            zh=f"{where}：由旧版 dafeng 建立（第 {found} 步，本版需要第 {REVISION} 步）。"
            "请运行“dafeng database migrate”，SQLite 文件会先行备份。",
        )
    if not create:
        raise NotFound("database", where)
    migrate(engine)


def newer(where: str, found: str) -> Conflict:
    """Make the refusal of a database of a newer version."""
    return Conflict(
        f"{where}: made by a newer dafeng (step {found}, this one knows {REVISION}). Update dafeng.",
        zh=f"{where}：由新版 dafeng 建立（第 {found} 步，本版只到第 {REVISION} 步）。请升级 dafeng。",
    )


def file_of(url: str) -> Path | None:
    """Give the file of an SQLite database; None for a server."""
    parsed = _url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def step_of(url: str) -> tuple[str, Literal["sqlite", "postgresql"], str]:
    """Give where a database is, of which kind, and at which step; "" where it holds nothing. Nothing is made.

    Raises:
        DafengError: the URL does not parse, the file is no database, or the server does not answer.
    """
    parsed = _url(url)
    where = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() == "sqlite" and not exists(url):
        return where, "sqlite", ""
    with _explained(where):
        engine = _engine(parsed)
        try:
            with engine.connect() as connection:
                found = _revision(connection) or ""
        finally:
            engine.dispose()
    return where, "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql", found


def upgrade(url: str) -> None:
    """Take the steps that the database at `url` lacks."""
    parsed = _url(url)
    with _explained(parsed.render_as_string(hide_password=True)):
        engine = _engine(parsed)
        try:
            migrate(engine)
        finally:
            engine.dispose()


def migrate(engine: Engine, to: str = "head") -> None:
    """Run the migrations up (or down) to a step, in one transaction in which no other writer migrates."""
    from alembic import command  # noqa: PLC0415 - heavy, and needed once in the life of a database
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import text  # noqa: PLC0415 - see the module docstring

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        down = to == "base" or (to != "head" and to < (_revision(connection) or ""))
        (command.downgrade if down else command.upgrade)(config, to)


def _revision(connection: Connection) -> str | None:
    from sqlalchemy import inspect, text  # noqa: PLC0415 - see the module docstring

    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _url(url: str) -> URL:
    from sqlalchemy import make_url  # noqa: PLC0415 - see the module docstring
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        parsed = make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url))
    except (ArgumentError, ValueError) as error:
        raise DafengError(
            "DAFENG_DATABASE: the address of the database does not parse. "
            "Write sqlite:///folder/file.sqlite or postgresql://user@host/name."
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DafengError(
            f"DAFENG_DATABASE: a database of kind '{parsed.get_backend_name()}' is not known. Use SQLite or PostgreSQL."
        )
    return parsed


def _engine(url: URL) -> Engine:
    from sqlalchemy import create_engine, event  # noqa: PLC0415 - see the module docstring

    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise DafengError(
                "DAFENG_DATABASE: PostgreSQL needs a driver. Run pip install 'dafeng[postgres]'."
            ) from error
    engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # `begin` below begins transactions; the driver of Python would begin them too late, at the first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", _CACHE, f"busy_timeout={_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connection_errors() -> tuple[type[Exception], ...]:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - see the module docstring

    return (DBAPIError, OSError)
