"""Tables as CSV for spreadsheets: Chinese is readable, absence is an empty cell, and no text runs as a formula."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from numbers import Number

#: Signs by which spreadsheets take text for a formula; those of full width stand for the others in East Asian ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
#: What they skip before such a sign.
_SKIPPED = " \u3000\ufeff"
#: The byte order mark, by which they know that a file is UTF-8.
_MARK = "\ufeff"


def cell(value: object) -> object:
    """Give what is written for a value: nothing for absence, numbers as they are, all else as text that runs nowhere.

    Absent are None, NaN and what is infinite. Text that would run as a formula gets an apostrophe before it.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else ""
    if value is None:
        return ""
    if not isinstance(value, str) and isinstance(value, Number):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(FORMULA_STARTS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = True) -> str:
    """Write a table as CSV (RFC 4180), with the byte order mark unless programs are to read it rather than people."""
    out = io.StringIO()
    out.write(_MARK if mark else "")
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()
