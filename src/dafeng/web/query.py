"""What may stand after the question mark: checked, and refused with a sentence where it cannot be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from urllib.parse import parse_qs

from dafeng.errors import Refused

Params = Mapping[str, tuple[str, ...]]
LONGEST = 200
_FIELDS = 300


class BadQuery(Refused):
    """A query value that cannot be used: its name, the values that can, or `said`, a reason in the reader's words."""

    code = "query"

    def __init__(self, name: str, value: str, allowed: Collection[str] = (), said: str = "") -> None:
        self.name, self.value, self.allowed, self.said = name, value[:LONGEST], tuple(allowed), said
        super().__init__(f"{name}: '{self.value}' cannot be used")


def read(raw: str, longest: int) -> dict[str, tuple[str, ...]]:
    """Read a raw query. Raises BadQuery where it is longer than `longest` or has very many parts."""
    if len(raw) > longest:
        raise BadQuery("query", raw)
    try:
        found = parse_qs(raw, max_num_fields=_FIELDS)
    except ValueError:
        raise BadQuery("query", raw) from None
    return {name: tuple(values) for name, values in found.items()}


def one(params: Params, name: str, allowed: Collection[str]) -> str:
    """Read a value out of a list; "" where it is absent. Raises BadQuery for any other."""
    value = params.get(name, ("",))[-1]
    if value and value not in allowed:
        raise BadQuery(name, value, allowed)
    return value


def several(params: Params, name: str, allowed: Collection[str]) -> tuple[str, ...]:
    """Read all values of a name, commas between them allowed. Raises BadQuery for one that is not in `allowed`."""
    values = tuple(part for value in params.get(name, ()) for part in value.split(",") if part)
    for value in values:
        if value not in allowed:
            raise BadQuery(name, value, allowed)
    return values


def day(params: Params, name: str, latest: date) -> date | None:
    """Read a date such as 2024-12-31, not after `latest`; None where it is absent. Raises BadQuery."""
    value = params.get(name, ("",))[-1]
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise BadQuery(name, value) from None
    if not date(1990, 1, 1) <= found <= latest:
        raise BadQuery(name, value)
    return found


def text(params: Params, name: str) -> str:
    """Read free text, trimmed. Raises BadQuery where it is longer than a line."""
    value = params.get(name, ("",))[-1].strip()
    if len(value) > LONGEST:
        raise BadQuery(name, value)
    return value
