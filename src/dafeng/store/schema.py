"""The tables of the database. Importing this module imports SQLAlchemy: do it where a database is open."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: Constraints have names, so that a migration can change them on SQLite too.
CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=CONVENTION)


class Batch(Base):
    """One import of one file. `sha256` is that of the file; `undone` is when the import was taken back (UTC)."""

    __tablename__ = "batch"
    __table_args__ = (
        # The same file may be imported again after the first import of it was undone.
        Index(
            "uq_batch_sha256",
            "city",
            "sha256",
            unique=True,
            sqlite_where=text("undone IS NULL"),
            postgresql_where=text("undone IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    city: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(120))
    rows: Mapped[int] = mapped_column(Integer)
    imported: Mapped[int] = mapped_column(Integer)
    known: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    undone: Mapped[datetime | None] = mapped_column(DateTime)
    undone_by: Mapped[str] = mapped_column(String(120), default="")


class DocumentRow(Base):
    """A document that came with an import, beside those of the city pack."""

    __tablename__ = "document"

    city: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text, default="")
    publisher: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String(10), default="")
    number: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="other")
    url: Mapped[str] = mapped_column(Text, default="")
    via: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ObservationRow(Base):
    """One imported figure. Rows are added and withdrawn, never changed; `digest` is that of city and content."""

    __tablename__ = "observation"
    __table_args__ = (
        Index(
            "uq_observation_digest",
            "digest",
            unique=True,
            sqlite_where=text("withdrawn IS NULL"),
            postgresql_where=text("withdrawn IS NULL"),
        ),
        CheckConstraint("bound IN ('', 'at_least', 'at_most')", name="bound"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    batch: Mapped[str] = mapped_column(String(32), ForeignKey("batch.id"), index=True)
    city: Mapped[str] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    indicator: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(15))
    dims: Mapped[str] = mapped_column(Text)
    value: Mapped[float | None] = mapped_column(Float(53))
    unit: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(120))
    locator: Mapped[str] = mapped_column(Text)
    vintage: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(24))
    confidence: Mapped[str] = mapped_column(String(8))
    bound: Mapped[str] = mapped_column(String(8))
    basis: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text)
    recorded: Mapped[date] = mapped_column(Date)
    withdrawn: Mapped[date | None] = mapped_column(Date)


class Mention(Base):
    """A figure an import found here already: if the import that brought it is undone, this one still states it."""

    __tablename__ = "mention"

    batch: Mapped[str] = mapped_column(String(32), ForeignKey("batch.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, index=True)


class AuditRow(Base):
    """One change: who did what and when. `hash` covers the row and the `hash` of the row before it."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(255))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
