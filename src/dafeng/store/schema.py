"""The tables of the database. Importing this module imports SQLAlchemy: do it where a database is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

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


def _live(name: str, *columns: str, until: str) -> Index:
    """Give a unique index over the rows that were not taken back."""
    live = text(f"{until} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=live, postgresql_where=live)


class _Batch:
    """One import of one file. `sha256` is that of the file; `undone` is when the import was taken back (UTC)."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    city: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(120))
    rows: Mapped[int] = mapped_column(Integer)
    imported: Mapped[int] = mapped_column(Integer)
    known: Mapped[int] = mapped_column(Integer)
    undone: Mapped[datetime | None] = mapped_column(DateTime)
    undone_by: Mapped[str] = mapped_column(String(120), default="")


class _Mention:
    """A row an import found here already: if the import that brought it is undone, this one still states it."""

    __batches__: ClassVar[str]

    @declared_attr
    def batch(cls) -> Mapped[str]:  # noqa: N805 - SQLAlchemy hands over the class
        """The import that states the row too."""
        return mapped_column(String(32), ForeignKey(f"{cls.__batches__}.id"), primary_key=True)

    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, index=True)


class FactBatch(_Batch, Base):
    """One import of facts; the same file may be imported again after the first import of it was undone."""

    __tablename__ = "batch"
    __table_args__ = (_live("uq_batch_sha256", "city", "sha256", until="undone"),)

    refused: Mapped[int] = mapped_column(Integer)


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
        _live("uq_observation_digest", "digest", until="withdrawn"),
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


class Mention(_Mention, Base):
    """A figure an import found here already."""

    __tablename__ = "mention"
    __batches__ = "batch"


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


class ProposalRow(Base):
    """One document that was uploaded for review: its text and what was read out of it (JSON)."""

    __tablename__ = "proposal"
    __table_args__ = (Index("uq_proposal_sha256", "city", "sha256", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    city: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    compiled: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(120))


class ProposalItemRow(Base):
    """One target, goal or task that a document proposes, or a number left out that a person made a target.

    `start` and `end` are code points into the text.
    """

    __tablename__ = "proposal_item"
    __table_args__ = (CheckConstraint("kind IN ('target', 'goal', 'task')", name="kind"),)

    proposal: Mapped[str] = mapped_column(String(32), ForeignKey("proposal.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(Integer)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)


class DecisionRow(Base):
    """One decision on one item. Rows are added, never changed; the last one on an item counts."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["proposal", "item"],
            ["proposal_item.proposal", "proposal_item.id"],
            name="fk_decision_proposal_proposal_item",
        ),
        CheckConstraint("verdict IN ('accept', 'edit', 'reject')", name="verdict"),
        Index("ix_decision_proposal", "proposal", "item"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    proposal: Mapped[str] = mapped_column(String(32))
    item: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(8))
    changes: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(120))


class RecordRow(Base):
    """One record of a register: its kind, the record it belongs to, its state, and its content as JSON."""

    __tablename__ = "record"

    city: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    parent: Mapped[str] = mapped_column(String(120), index=True)
    owner: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(24))
    data: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(120))


class ActivityBatch(_Batch, Base):
    """One import of activity for one place."""

    __tablename__ = "activity_batch"
    __table_args__ = (_live("uq_activity_batch_sha256", "city", "place", "sha256", until="undone"),)

    place: Mapped[str] = mapped_column(String(64))


class ActivityRow(Base):
    """One quantity of one activity in a span of months, counted from year 0. Rows are added and withdrawn."""

    __tablename__ = "activity"
    __table_args__ = (
        _live("uq_activity_digest", "digest", until="withdrawn"),
        Index("ix_activity_city_place", "city", "place"),
        Index("ix_activity_city_enterprise", "city", "enterprise"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    batch: Mapped[str] = mapped_column(String(32), ForeignKey("activity_batch.id"), index=True)
    city: Mapped[str] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    place: Mapped[str] = mapped_column(String(64))
    enterprise: Mapped[str] = mapped_column(String(120))
    facility: Mapped[str] = mapped_column(String(120))
    process: Mapped[str] = mapped_column(String(120))
    sector: Mapped[str] = mapped_column(String(64))
    use: Mapped[str] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(String(120))
    first: Mapped[int] = mapped_column(Integer)
    last: Mapped[int] = mapped_column(Integer)
    quantity: Mapped[float] = mapped_column(Float(53))
    unit: Mapped[str] = mapped_column(String(64))
    ncv: Mapped[float | None] = mapped_column(Float(53))
    carbon_content: Mapped[float | None] = mapped_column(Float(53))
    oxidation: Mapped[float | None] = mapped_column(Float(53))
    carbon_share: Mapped[float | None] = mapped_column(Float(53))
    factor: Mapped[float | None] = mapped_column(Float(53))
    evidence: Mapped[str] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(24))
    note: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[date | None] = mapped_column(Date)


class ActivityMention(_Mention, Base):
    """An activity an import found here already."""

    __tablename__ = "activity_mention"
    __batches__ = "activity_batch"
