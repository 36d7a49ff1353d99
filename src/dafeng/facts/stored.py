"""Imported facts in the database: written by the importer, read beside those of the pack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from dafeng.documents import Document
from dafeng.facts.observation import Bound, Confidence, Observation, Period, Status, dims_text, parse_dims

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from dafeng.store.database import Database

#: The columns in which an import writes an observation.
STORED = (
    "batch",
    "city",
    "digest",
    "indicator",
    "place",
    "period",
    "dims",
    "value",
    "unit",
    "source",
    "locator",
    "vintage",
    "status",
    "confidence",
    "bound",
    "basis",
    "note",
    "recorded",
)
_AT_ONCE = 20_000
_DOCUMENT_FIELDS = tuple(Document.model_fields)
_period = lru_cache(maxsize=10_000)(Period.parse)
_dims = lru_cache(maxsize=10_000)(parse_dims)


def observations(database: Database, city: str) -> tuple[Observation, ...]:
    """Read every imported observation of a city, withdrawn ones among them, in the order of import."""
    with database.reading() as connection:
        return tuple(_read(connection, city))


def version(database: Database, city: str) -> str:
    """Give a text that changes with every import into a city and every undoing, without reading the figures."""
    from sqlalchemy import func, select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import FactBatch  # noqa: PLC0415

    ask = select(func.count(), func.max(FactBatch.at), func.count(FactBatch.undone), func.max(FactBatch.undone))
    with database.reading() as connection:
        return "/".join(str(cell) for cell in connection.execute(ask.where(FactBatch.city == city)).one())


def documents(database: Database, city: str) -> dict[str, Document]:
    """Read the documents that came with imports, by id."""
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import DocumentRow  # noqa: PLC0415

    with database.reading() as connection:
        rows = connection.execute(
            select(DocumentRow.__table__).where(DocumentRow.city == city).order_by(DocumentRow.id)
        )
        return {row.id: Document(**{name: getattr(row, name) for name in _DOCUMENT_FIELDS}) for row in rows}


def digest(observation: Observation, city: str) -> bytes:
    """Give the hash of what a figure says of a city; who entered it and when does not count."""
    value = "" if observation.value is None else repr(observation.value)
    text = "\x1f".join(
        (
            city,
            observation.indicator,
            observation.place,
            str(observation.period),
            dims_text(observation.dims),
            value,
            observation.unit,
            observation.source,
            observation.locator,
            observation.vintage,
            observation.status,
            observation.confidence,
            observation.bound,
            observation.basis,
            observation.note,
        )
    )
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def row_of(observation: Observation, digest: bytes, city: str, recorded: str) -> tuple[Any, ...]:
    """Give the cells of an observation as the database keeps them, in the order of `STORED`."""
    return (
        observation.batch,
        city,
        digest,
        observation.indicator,
        observation.place,
        str(observation.period),
        dims_text(observation.dims),
        observation.value,
        observation.unit,
        observation.source,
        observation.locator,
        observation.vintage,
        observation.status,
        observation.confidence,
        observation.bound,
        observation.basis,
        observation.note,
        recorded,
    )


def _read(connection: Connection, city: str) -> Iterator[Observation]:
    from sqlalchemy import select  # noqa: PLC0415 - imported where a database is open

    from dafeng.store.schema import ObservationRow  # noqa: PLC0415

    ask = select(ObservationRow.__table__).where(ObservationRow.city == city).order_by(ObservationRow.id)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(ask):
        yield _observation(row)


def _observation(row: Row[Any]) -> Observation:
    return Observation(
        indicator=row.indicator,
        place=row.place,
        period=_period(row.period),
        value=row.value,
        unit=row.unit,
        source=row.source,
        vintage=row.vintage,
        status=cast(Status, row.status),
        confidence=cast(Confidence, row.confidence),
        dims=_dims(row.dims),
        locator=row.locator,
        basis=row.basis,
        bound=cast(Bound, row.bound),
        note=row.note,
        recorded=row.recorded,
        batch=row.batch,
        withdrawn=row.withdrawn,
    )
