"""Which part of an account follows which proxies, read from data/nowcast.yaml. Nothing here knows a city."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from dafeng.accounts import boundaries
from dafeng.accounts.boundaries import Declared
from dafeng.errors import Collector
from dafeng.labels import Label
from dafeng.store import yamlfile

PATH = boundaries.PATH.parent / "nowcast.yaml"


class Proxy(Declared):
    """A sum of indicators less others; `also` are further indicators that count where they are given."""

    plus: tuple[str, ...] = Field(min_length=1)
    less: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class PartSpec(Declared):
    """A part of an item: the sectors it takes, or the rest of them, and the proxies it may follow, in order."""

    id: str
    label: Label
    item: str
    sectors: tuple[str, ...] = ()
    rest: bool = False
    proxies: tuple[Proxy, ...] = Field(min_length=1)


class Rule(Declared):
    """When a share is fitted and an interval given, which share it covers, and the trend that stands beside."""

    changes: int
    hindcasts: int
    interval: float = Field(gt=0, lt=1)
    trend: int
    least: int = Field(ge=2)
    horizon: int


class Settings(Declared):
    """The whole file."""

    parts: tuple[PartSpec, ...]
    rule: Rule

    def of(self, item: str) -> tuple[PartSpec, ...]:
        """Give the parts of an item."""
        return tuple(part for part in self.parts if part.item == item)


@cache
def load(path: Path = PATH) -> Settings:
    """Read the settings.

    Raises:
        FaultsFound: with the line of every fault.
    """
    return yamlfile.whole(Settings, path, _check)


def _check(found: Settings, faults: Collector) -> None:
    items = {item.id for item in boundaries.load().items}
    for part in found.parts:
        if part.item not in items:
            faults.add("unknown-item", part.id, f"no item is called '{part.item}'", "Name one of boundaries.yaml")
