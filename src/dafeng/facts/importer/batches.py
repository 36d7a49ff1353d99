"""Imports of facts that were made: listed, and undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dafeng.store.batches import Batch, Imports

if TYPE_CHECKING:
    from dafeng.store.database import Database

FACTS = Imports("batch", "observation", "mention", "import-facts", "undo-import")


def batches(database: Database, city: str) -> tuple[Batch, ...]:
    """List the imports into a city, newest first."""
    return FACTS.listed(database, city)


def undo(database: Database, city: str, batch: str, who: str = "", today: date | None = None) -> int:
    """Take an import back: its figures are withdrawn from today, and still answer for the days before.

    A figure that a later import states too stays, and belongs to that import from now on. Give the number withdrawn.
    The start of a batch id is enough where it names one import only.

    Raises:
        NotFound: no import has this id.
        Conflict: it was undone already.
    """
    return FACTS.undo(database, city, batch, who, today)
