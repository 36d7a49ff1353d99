"""The factor store: ask for a factor, for CO2e, for standard coal; search; explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dafeng.documents import Document
from dafeng.errors import Collector, Fault, FaultsFound, Refused
from dafeng.factors import benchmark, explain, standard_coal, verification, warming
from dafeng.factors import library as libraries
from dafeng.factors.asked import Asked, Choice
from dafeng.factors.benchmark import Benchmark
from dafeng.factors.factor import Factor
from dafeng.factors.library import Library
from dafeng.factors.select import Selector, known
from dafeng.factors.standard_coal import CoalBasis, CoalRate
from dafeng.factors.subjects import Names, Subject, folded
from dafeng.factors.verification import Verification
from dafeng.lineage import Node

if TYPE_CHECKING:
    from dafeng.factors.bind import Bound

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

    def pick(self, asked: Asked) -> Factor:
        """Choose the factor of a request whose names are resolved, without the reasons that `get` gives.

        Raises:
            NoFactor: no factor fits, or several that disagree do.
        """
        return self._selector.pick(asked)[0]

    def data(
        self,
        regime: str,
        years: Iterable[int],
        fuels: Iterable[str],
        *,
        sectors: Sequence[str] = (),
        region: str | None = None,
        sets: Mapping[str, str] | None = None,
    ) -> Bound:
        """Give what a model reads under a regime: the arrays of the fuels, and the electricity factor over years.

        Fuels have the axis `year` too where a set that is read has factors of single years. What no factor fits is
        absent, and `refused` tells why; see `bind.fuels` and `bind.yearly`.
        """
        from dafeng.factors import bind  # noqa: PLC0415 - NumPy is loaded by those who ask for arrays

        span = tuple(years)
        read = self.library.regimes[known("regime", regime, self.library.regimes)].reads.get("fuel", ())
        dated = any(self.library.sets[id].years != "timeless" for id in (*read, *(sets or {}).values()))
        burnt = bind.fuels(
            self, fuels, regime=regime, sectors=sectors, years=span if dated else (), region=region, sets=sets
        )
        power = bind.yearly(self, "electricity", span, regime=regime, region=region)
        return bind.Bound({**burnt.data, **power.data}, (*burnt.refused, *power.refused))

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

    def gwp(self, gas: str, report: str) -> Choice:
        """Choose the warming potential of a gas from one report: sar, ar4, ar5 or ar6; see `warming.gwp`."""
        return warming.gwp(self, gas, report)

    def co2e(self, amounts: Mapping[str, float], report: str) -> float:
        """Add amounts of gases, in tonnes, as tonnes of CO2e by one report; see `warming.co2e`."""
        return warming.co2e(self, amounts, report)

    def tce(
        self,
        what: str,
        basis: CoalBasis = "equivalent",
        *,
        regime: str = "enterprise",
        rate: CoalRate | None = None,
        ranges: bool = False,
    ) -> Choice:
        """Choose the standard-coal coefficient of an energy by one basis; see `standard_coal.tce`."""
        return standard_coal.tce(self, what, basis, regime=regime, rate=rate, ranges=ranges)

    def explain(self, id: str) -> Node:
        """Give the tree of where a factor comes from; see `explain.explain`."""
        return explain.explain(self, id)

    @cached_property
    def verifications(self) -> tuple[Verification, ...]:
        """Every check of a figure, those included that led to no factor.

        Raises:
            FaultsFound: with every fault of the tables.
        """
        faults = Collector("checks")
        found = list(verification.read(self.folders, faults))
        for place, check in found:
            for id in check.factors:
                if id not in self.all:
                    faults.add("unknown-factor", place, f"no factor is called '{id}'", "Correct the id")
            if check.document and check.document not in self.documents:
                faults.add("unknown-document", place, f"no document is called '{check.document}'", "Declare it")
        faults.done()
        return tuple(check for _, check in found)

    def checks(self, id: str) -> tuple[Verification, ...]:
        """List the checks that speak of a factor."""
        return self._checks.get(id, ())

    @cached_property
    def _checks(self) -> dict[str, tuple[Verification, ...]]:
        found: dict[str, tuple[Verification, ...]] = {}
        for check in self.verifications:
            for id in check.factors:
                found[id] = (*found.get(id, ()), check)
        return found

    @cached_property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        """Every efficiency benchmark.

        Raises:
            FaultsFound: with every fault of the tables.
        """
        faults = Collector("benchmarks")
        found = list(benchmark.read(self.folders, faults))
        for place, one in found:
            for kind, id, ids in (
                ("document", one.document, self.documents),
                ("grade", one.grade, self.library.grades),
                ("measure", one.measure, self.library.measures),
            ):
                if id and id not in ids:
                    faults.add(f"unknown-{kind}", place, f"no {kind} is called '{id}'", "Correct or declare it")
        faults.done()
        return tuple(one for _, one in found)

    def find_benchmarks(self, text: str) -> tuple[Benchmark, ...]:
        """List the benchmarks that hold every word of the text in standard, object, class, grade or measure."""
        words = folded(text).split()
        terms = {**self.library.grades, **self.library.measures}
        found: list[Benchmark] = []
        for one in self.benchmarks:
            labels = (terms[id].label for id in (one.grade, one.measure) if id)
            held = folded(" ".join((*one.names(), *(name for label in labels for name in (label.zh, label.en)))))
            if all(word in held for word in words):
                found.append(one)
        return tuple(found)

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


def check(pack: Path) -> list[Fault]:
    """List every fault of the folder `factors/` of a city pack, its checks and benchmarks included.

    An empty list is a sound folder, or none.
    """
    folders = (NATIONAL, pack / "factors")
    faults = Collector(pack.name)
    held = libraries.read(folders, faults)
    if not faults.faults:
        factors = Factors(held, folders)
        for part in ("verifications", "benchmarks"):
            try:
                getattr(factors, part)
            except FaultsFound as error:
                faults.faults += error.faults
    return faults.faults


def for_city(pack: Path) -> Factors:
    """Load the national factors and those in the folder `factors/` of a city pack, where it has one.

    Raises:
        FaultsFound: with every fault of every file.
    """
    return load(pack / "factors")
