"""The factor store: ask for a factor, for CO2e, for standard coal; search; explain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from dafeng.documents import Document
from dafeng.errors import Collector, Refused
from dafeng.factors import library as libraries
from dafeng.factors.asked import Asked, Choice
from dafeng.factors.factor import Factor
from dafeng.factors.library import Library
from dafeng.factors.select import Selector, known
from dafeng.factors.subjects import Names, Subject, folded

NATIONAL = Path(__file__).resolve().parent.parent / "data" / "factors"


class Factors:
    """Every factor of the folders it was loaded from. A request that no factor fits is refused, never guessed."""

    def __init__(self, library: Library, folders: tuple[Path, ...]) -> None:
        self.library, self.folders = library, folders
        self._selector = Selector(library)
        self.names = Names(library.subjects, library.sectors)

    @property
    def all(self) -> Mapping[str, Factor]:
        """Every factor by id: those that others supersede and those that were not found included."""
        return self._selector.by_id

    @property
    def superseded(self) -> frozenset[str]:
        """Ids of the factors that others take the place of."""
        return self._selector.superseded

    @property
    def documents(self) -> Mapping[str, Document]:
        """The publications that the factors point to."""
        return self.library.documents

    def get(
        self,
        what: str,
        parameter: str | None = None,
        *,
        regime: str | None = None,
        year: int | None = None,
        region: str | None = None,
        sector: str | None = None,
        set: str | None = None,
        unconfirmed: bool = False,
        ranges: bool = False,
    ) -> Choice:
        """Choose the factor of a fuel or activity, by any of its names, for a regime and a year.

        `parameter` is by default what is usual for the fuel or activity (the CO2 factor, or the warming potential). A
        `set` that is named is read alone. A figure that is unconfirmed, or a range, is given only where asked for.

        Raises:
            NotFound: a name is not known; the nearest are offered.
            NoFactor: no factor fits, or several that disagree do; the nearest are offered.
            Refused: neither a regime nor a set is named.
        """
        return self._selector.choose(
            self.asked(
                what,
                parameter,
                regime=regime,
                year=year,
                region=region,
                sector=sector,
                set=set,
                unconfirmed=unconfirmed,
                ranges=ranges,
            )
        )

    def asked(
        self,
        what: str,
        parameter: str | None = None,
        *,
        regime: str | None = None,
        year: int | None = None,
        region: str | None = None,
        sector: str | None = None,
        set: str | None = None,
        unconfirmed: bool = False,
        ranges: bool = False,
    ) -> Asked:
        """Resolve the names of a request; see `get`.

        Raises:
            NotFound: a name is not known.
            Refused: neither a regime nor a set is named.
        """
        subject = self.names.subject(what)
        held = self.library
        if regime is None and set is None:
            names = ", ".join(held.regimes)
            raise Refused(f"{subject.id}: neither a regime nor a set is named. Name one of the regimes {names}.")
        return Asked(
            what=subject.id,
            parameter=known("parameter", parameter, held.parameters) if parameter else subject.default,
            regime=known("regime", regime, held.regimes) if regime else "",
            set=known("set", set, held.sets) if set else "",
            year=year,
            region=known("region", region, held.regions) if region else "",
            sector=self.names.sector(sector).id if sector else "",
            unconfirmed=unconfirmed,
            ranges=ranges,
        )

    def factor(self, id: str) -> Factor:
        """Find a factor by id.

        Raises:
            NotFound: with the nearest ids.
        """
        return self.all[known("factor", id, self.all)]

    def subject(self, name: str) -> Subject:
        """Find a fuel or activity by any of its names.

        Raises:
            NotFound: with the nearest names.
        """
        return self.names.subject(name)

    def search(self, text: str) -> tuple[Factor, ...]:
        """List the factors that hold every word of the text in their id, names, parameter, set or document."""
        words = folded(text).split()
        return tuple(self.all[id] for id, held in self._texts.items() if all(word in held for word in words))

    @cached_property
    def _texts(self) -> dict[str, str]:
        held = self.library
        found: dict[str, str] = {}
        for id, factor in self.all.items():
            parameter, part = held.parameters[factor.parameter], held.sets[factor.set]
            document = held.documents.get(factor.document)
            region = held.regions.get(factor.region)
            words = [
                id,
                *held.subjects[factor.what].names,
                parameter.label.zh,
                parameter.label.en,
                part.label.zh,
                part.label.en,
                *((region.label.zh, region.label.en) if region else ()),
                *((document.id, document.title, document.title_en, document.number) if document else ()),
            ]
            found[id] = folded(" ".join(words))
        return found


def load(*folders: Path) -> Factors:
    """Load the national factors and those of further folders, which may take the place of regimes.

    Raises:
        FaultsFound: with every fault of every file.
    """
    used = (NATIONAL, *(folder.resolve() for folder in folders if folder.is_dir()))
    stamp = tuple((path, path.stat().st_mtime_ns) for folder in used for path in sorted(folder.iterdir()))
    return _load(used, stamp)


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], stamp: object) -> Factors:
    faults = Collector("factors")
    read = libraries.read(folders, faults)
    faults.done()
    return Factors(read, folders)


def for_city(pack: Path) -> Factors:
    """Load the national factors and those in the folder `factors/` of a city pack, where it has one.

    Raises:
        FaultsFound: with every fault of every file.
    """
    return load(pack / "factors")
