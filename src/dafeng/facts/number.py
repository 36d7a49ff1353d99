"""Numbers as people write them into tables."""

from __future__ import annotations

import math
import re

from dafeng.facts.words import plain

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, '\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?")


def number(text: str) -> float:
    """Read "1,234.5", "１２３４", "−3.5" or "36" as a number.

    Raises:
        ValueError: the text is no number, or more than one reading is possible ("1,5").
    """
    if _PLAIN.fullmatch(text):
        return _finite(text)
    normal = plain(text).replace("\u2212", "-").replace("、", ",")
    if _PLAIN.fullmatch(normal):
        return _finite(normal)
    grouped = _GROUPED.fullmatch(normal)
    if grouped:
        return _finite(normal.replace(grouped[1], ""))
    raise ValueError(f"'{text[:60]}' is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"'{text[:60]}' is larger than any number can be")
    return value
