"""The names a fact may use: indicators, places, documents, axes and their labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dafeng.facts.indicator import Axis, Indicator
from dafeng.facts.words import plain


@dataclass(frozen=True)
class Vocabulary:
    """What names mean. A part that is None could not be read: then nothing is said of names only it would declare.

    `places` gives the id of every accepted name of a place, ids among them.
    """

    indicators: Mapping[str, Indicator] | None = None
    places: Mapping[str, str] | None = None
    documents: Collection[str] | None = None
    axes: Mapping[str, Axis] | None = field(default_factory=dict)

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """The id of every name of an indicator: ids, labels, and the names it has in other data sets."""
        names: dict[str, str] = {}
        for indicator in (self.indicators or {}).values():
            for name in (indicator.label.zh, indicator.label.en, *indicator.was):
                names.setdefault(plain(name).lower(), indicator.id)
        return {**names, **{id: id for id in self.indicators or {}}}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The id of every name of a place, however it is written."""
        return {plain(name).lower(): id for name, id in (self.places or {}).items()}
