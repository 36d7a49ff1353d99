"""What a factor is of: a fuel, electricity, heat, a waste, a gas; found by any of its names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dafeng.errors import NotFound
from dafeng.factors.schema import Group, Sector
from dafeng.labels import Label

#: Names offered where one is not known.
MOST = 3
#: How alike a name must be to be offered; one slip is half of a name of two characters, as many Chinese ones are.
LIKE, SHORT = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Subject:
    """One fuel, energy or activity; `default` is the parameter that is meant where none is named."""

    id: str
    group: Group
    zh: str
    en: str
    aliases: tuple[str, ...]
    default: str

    @property
    def label(self) -> Label:
        """The name in both languages."""
        return Label(zh=self.zh, en=self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the id first."""
        return (self.id, self.zh, self.en, *self.aliases)


def folded(name: str) -> str:
    """Give the form in which names are compared: no case, single spaces, dashes and underscores as spaces."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


class Names:
    """Every name of every subject and sector."""

    def __init__(self, subjects: Mapping[str, Subject], sectors: Mapping[str, Sector]) -> None:
        self.subjects, self.sectors = subjects, sectors
        self._subjects = {folded(name): subject.id for subject in subjects.values() for name in subject.names}
        self._sectors = {
            folded(name): sector.id
            for sector in sectors.values()
            for name in (sector.id, sector.label.zh, sector.label.en, *sector.names)
        }

    def subject(self, name: str) -> Subject:
        """Find a fuel or activity by id, Chinese or English name, or alias.

        Raises:
            NotFound: with the names that look most like it.
        """
        id = self._subjects.get(folded(name))
        if id is None:
            raise _unknown("fuel or activity", name, self._subjects, self.subjects)
        return self.subjects[id]

    def sector(self, name: str) -> Sector:
        """Find a sector by id or by the name it has in a data source.

        Raises:
            NotFound: with the names that look most like it.
        """
        id = self._sectors.get(folded(name))
        if id is None:
            raise _unknown("sector", name, self._sectors, self.sectors)
        return self.sectors[id]

    def knows_sector(self, name: str) -> bool:
        """Tell whether a sector is known by this name."""
        return folded(name) in self._sectors


def _unknown(kind: str, name: str, known: Mapping[str, str], ids: Iterable[str]) -> NotFound:
    """Offer ids: of names that hold the one given or are held by it, then of names spelt nearly so."""
    asked = folded(name)
    inside = [known[text] for text in sorted(known, key=len) if asked and (asked in text or text in asked)]
    cutoff = SHORT if len(asked) <= len("汽油") else LIKE
    alike = [known[text] for text in difflib.get_close_matches(asked, known, MOST, cutoff)]
    error = NotFound(kind, name)
    error.candidates = tuple(dict.fromkeys([*alike, *inside]))[:MOST]
    if error.candidates:
        error.args = (f"{error} Did you mean {' or '.join(repr(id) for id in error.candidates)}?",)
    return error
