"""Facts written as the table that a pack and the importer read."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from dafeng.facts.observation import Observation, dims_text
from dafeng.facts.words import COLUMNS


def write(observations: Iterable[Observation], stream: TextIO) -> int:
    """Write a header and a row for each observation, in the order given; give the number of rows.

    A stream on a file must be opened with `newline=""`. What is read back is the same, but for the batch and the day of
    withdrawal, which are the business of one database.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = [cells(observation) for observation in observations]
    writer.writerows(rows)
    return len(rows)


def cells(observation: Observation) -> tuple[str, ...]:
    """Give the cells of one row, in the order of `COLUMNS`."""
    return (
        observation.indicator,
        observation.place,
        str(observation.period),
        dims_text(observation.dims),
        "" if observation.value is None else shortest(observation.value),
        observation.unit,
        observation.source,
        observation.locator,
        observation.vintage,
        observation.status,
        observation.confidence,
        observation.bound,
        observation.basis,
        observation.note,
        observation.recorded.isoformat() if observation.recorded else "",
    )


def shortest(value: float) -> str:
    """Write a number with the fewest digits that read back as the same number; whole numbers without a point."""
    text = repr(value)
    return text.removesuffix(".0")
