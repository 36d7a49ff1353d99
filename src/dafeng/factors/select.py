"""Choosing one factor: sets in the order of the regime, years by the rule of the set, regions, sectors by nesting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NoReturn, Protocol

from dafeng.errors import NotFound
from dafeng.factors.asked import Asked, Choice, NoFactor, Passed, Reason
from dafeng.factors.derive import product
from dafeng.factors.factor import CHAIN, Factor
from dafeng.factors.library import Library
from dafeng.labels import Label

#: The steps and their product are taken from one set or not at all.
COMBUSTION = (*CHAIN, "co2_factor")
#: Parameters read from the sets of standard coal, whatever they are of.
STANDARD_COAL = ("tce", "reference_heat", "energy_content")
#: What keeps a set from owning a fuel; that a year or a sector must still be named does not.
UNUSABLE: frozenset[Reason] = frozenset({"not-found", "unconfirmed", "year", "region"})
#: Candidates a refusal offers.
MOST = 5
#: Ids of a kind that can be listed whole.
FEW = 20
#: Worse than any number of years or of steps between regions.
FAR = 10_000
Key = tuple[str, str, str]


class _Nested(Protocol):
    @property
    def within(self) -> str | None: ...


class Selector:
    """All factors of a library, indexed; those derived from others are computed at full precision."""

    def __init__(self, library: Library) -> None:
        self.library = library
        superseded = {factor.supersedes for factor in library.factors if factor.supersedes}
        self.superseded = frozenset(superseded)
        self.by_id = {factor.id: factor for factor in _computed(library, self.superseded)}
        self._by_key: dict[Key, list[Factor]] = defaultdict(list)
        self._by_what: dict[str, list[Factor]] = defaultdict(list)
        for factor in self.by_id.values():
            if factor.id not in superseded:
                self._by_key[factor.set, factor.what, factor.parameter].append(factor)
                self._by_what[factor.what].append(factor)

    def of(self, what: str) -> Sequence[Factor]:
        """List the factors of one fuel or activity that nothing supersedes."""
        return self._by_what.get(what, ())

    def sets(self, asked: Asked) -> tuple[str, ...]:
        """List the sets a request reads, in order."""
        if asked.set:
            return (asked.set,)
        subject = self.library.subjects[asked.what]
        group = "standard_coal" if asked.parameter in STANDARD_COAL else subject.group
        regime = self.library.regimes[asked.regime]
        return (regime.gwp,) if group == "gas" else regime.reads.get(group, ())

    def choose(self, asked: Asked) -> Choice:
        """Give the factor that fits a request and why, or refuse.

        Raises:
            NoFactor: with the nearest candidates.
        """
        factor, passed = self.pick(asked)
        return Choice(factor, self._why(factor, asked), asked, self._others(factor, asked), passed)

    def pick(self, asked: Asked) -> tuple[Factor, tuple[Passed, ...]]:
        """Give the factor that fits a request, and those that were passed over before it.

        Raises:
            NoFactor: with the nearest candidates.
        """
        sets = self._owners(asked, self.sets(asked))
        if not sets:
            self._refuse(asked, sets, [])
        passed: list[Passed] = []
        for set in sets:
            pool = self._by_key.get((set, asked.what, asked.parameter), [])
            judged = [Passed(factor, self.against(factor, asked)) for factor in pool]
            fitting = [one.factor for one in judged if not one.reasons]
            if fitting:
                factor = self._best(fitting, asked)
                self._check_agreement(factor, asked)
                return factor, tuple(passed)
            passed += judged
        self._refuse(asked, sets, passed)

    def against(self, factor: Factor, asked: Asked) -> tuple[Reason, ...]:
        """List what speaks against a factor, but for the set it is in."""
        reasons: list[Reason] = []
        if not factor.found:
            reasons.append("not-found")
        elif not factor.confirmed and not asked.unconfirmed:
            reasons.append("unconfirmed")
        if not factor.years.timeless and asked.year is None:
            reasons.append("needs-year")
        elif asked.year is not None and asked.year not in factor.years:
            reasons.append("year")
        if factor.region and self._region_steps(factor, asked) >= FAR:
            reasons.append("region" if asked.region else "needs-region")
        if factor.sector and self._sector_steps(factor, asked) >= FAR:
            reasons.append("sector" if asked.sector else "needs-sector")
        if factor.ranged and not asked.ranges:
            reasons.append("range")
        return tuple(reasons)

    def _owners(self, asked: Asked, sets: tuple[str, ...]) -> tuple[str, ...]:
        """Narrow a fuel to the first set in force that has any usable step of it, so that no two sets are mixed."""
        fuel = self.library.subjects[asked.what].group == "fuel"
        if not fuel or asked.parameter not in COMBUSTION or asked.set:
            return sets
        for set in sets:
            steps = (step for name in COMBUSTION for step in self._by_key.get((set, asked.what, name), ()))
            if any(UNUSABLE.isdisjoint(self.against(step, asked)) for step in steps):
                return (set,)
        return sets

    def _region_steps(self, factor: Factor, asked: Asked) -> int:
        if not factor.region:
            return FAR - 1
        if not asked.region:
            return 0 if self.library.regions[factor.region].within is None else FAR
        return _steps(asked.region, factor.region, self.library.regions)

    def _sector_steps(self, factor: Factor, asked: Asked) -> int:
        if not factor.sector:
            return FAR - 1
        return _steps(asked.sector, factor.sector, self.library.sectors) if asked.sector else FAR

    def _best(self, fitting: list[Factor], asked: Asked) -> Factor:
        if len(fitting) == 1:
            return fitting[0]
        rank = {f.id: (self._sector_steps(f, asked), self._region_steps(f, asked)) for f in fitting}
        first = min(rank.values())
        best = sorted((factor for factor in fitting if rank[factor.id] == first), key=lambda factor: factor.id)
        if len({(factor.value, factor.low, factor.high, factor.unit) for factor in best}) > 1:
            self._refuse_conflict(asked, tuple(best), "the set gives several values")
        return best[0]

    def _check_agreement(self, factor: Factor, asked: Asked) -> None:
        if asked.set:
            return
        for conflict in self.library.conflicts:
            if conflict.what == factor.what and factor.parameter in conflict.parameters and factor.set in conflict.sets:
                pools = (self._by_key.get((id, factor.what, factor.parameter), ()) for id in conflict.sets)
                self._refuse_conflict(asked, tuple(one for pool in pools for one in pool), conflict.note.en)

    def _refuse_conflict(self, asked: Asked, factors: tuple[Factor, ...], text: str) -> NoReturn:
        candidates = tuple(Passed(factor, ("conflict",)) for factor in factors)
        raise NoFactor(asked, "conflict", text, lambda: candidates, "Name the set that applies")

    def _others(self, chosen: Factor, asked: Asked) -> tuple[Factor, ...]:
        return tuple(
            factor
            for factor in self.of(asked.what)
            if factor.parameter == asked.parameter
            and factor.id != chosen.id
            and factor.confirmed
            and not set(self.against(factor, asked)) - {"range"}
        )

    def _why(self, factor: Factor, asked: Asked) -> Label:
        sets, part = self.sets(asked), self.library.sets[factor.set]
        if asked.set:
            zh, en = f"按指定取“{part.label.zh}”", f"the set {part.id} was named"
        else:
            regime = self.library.regimes[asked.regime]
            at = sets.index(factor.set) + 1
            zh = f"按“{regime.label.zh}”第 {at} 顺位取“{part.label.zh}”"
            en = f"set {part.id}, number {at} of {len(sets)} that the regime {regime.id} reads"
        if factor.years.single:
            zh, en = f"{zh}，{factor.years} 年值", f"{en}; the figure of {factor.years}"
        elif not factor.years.timeless:
            zh, en = f"{zh}，{asked.year} 年有效", f"{en}; in force in {asked.year}"
        if factor.region:
            region = self.library.regions[factor.region].label
            zh, en = f"{zh}，{region.zh}", f"{en}; {region.en}"
        if factor.derived_from:
            zh, en = f"{zh}，由热值、含碳量和氧化率相乘", f"{en}; heating value x carbon content x oxidised share"
        if not factor.confirmed:
            zh, en = f"{zh}；未核实，按要求采用", f"{en}; unconfirmed, taken because it was asked for"
        return Label(zh=zh, en=en)

    def _refuse(self, asked: Asked, sets: tuple[str, ...], passed: list[Passed]) -> NoReturn:
        candidates = partial(self._nearest, asked, sets)
        if not sets:
            group = self.library.subjects[asked.what].group
            text = f"the regime {asked.regime} reads no set for {group.replace('_', ' ')}"
            raise NoFactor(asked, "no-set", text, candidates, "Ask another regime, or name a set")
        where = f"the set {sets[0]} has" if len(sets) == 1 else f"the sets {', '.join(sets)} have"
        reason: Reason = _closest(passed) if passed else "no-parameter"
        text, remedy = _REFUSALS[reason]
        raise NoFactor(asked, reason, f"{where} {text.format(asked=asked)}", candidates, remedy)

    def _nearest(self, asked: Asked, sets: tuple[str, ...]) -> tuple[Passed, ...]:
        judged: list[tuple[tuple[object, ...], Passed]] = []
        named = self.sets(asked)
        for factor in self.of(asked.what):
            if not factor.found:
                continue
            same = factor.parameter == asked.parameter
            read = factor.set in sets
            reasons: tuple[Reason, ...] = self.against(factor, asked)
            if not read:
                reasons = ("owner" if factor.set in named else "no-set", *reasons)
            if not same:
                reasons = ("no-parameter", *reasons)
            years = 0 if asked.year is None else factor.years.distance(asked.year)
            place = min(self._region_steps(factor, asked), FAR)
            order = (not same, len(reasons), not read, place, years, factor.id)
            judged.append((order, Passed(factor, reasons)))
        if any(not order[0] for order, _ in judged):
            judged = [one for one in judged if not one[0][0]]
        return tuple(one for _, one in sorted(judged, key=lambda pair: pair[0])[:MOST])


_REFUSALS: dict[Reason, tuple[str, str]] = {
    "no-parameter": ("no {asked.parameter} of {asked.what}", "Ask for another parameter, or name another set"),
    "not-found": ("none: it was looked for and not found", "Give a figure with its source, or ask another regime"),
    "unconfirmed": ("only unconfirmed figures", "Ask for unconfirmed ones outright, or give a figure with its source"),
    "year": ("none of {asked.year}", "Ask for a year that was published; no other year stands in"),
    "needs-year": ("figures of single years", "Give a year"),
    "region": ("none for {asked.region}", "Ask for a region that was published"),
    "needs-region": ("figures of single regions", "Give a region"),
    "sector": ("none for the sector {asked.sector}", "Ask for a sector that was published"),
    "needs-sector": ("figures of single sectors", "Give a sector"),
    "range": ("a range and no single value", "Give a measured value, or ask for ranges outright"),
    "conflict": ("", ""),
    "no-set": ("", ""),
    "owner": ("", ""),
}
#: The reason told where several factors were passed over: the last of these that one of them has alone.
_WEIGHT: tuple[Reason, ...] = (
    "region",
    "sector",
    "year",
    "not-found",
    "unconfirmed",
    "needs-year",
    "needs-region",
    "needs-sector",
    "range",
)


def _closest(passed: Iterable[Passed]) -> Reason:
    """Give the reason of the factor that came closest: the one with fewest reasons against it."""
    nearest = min(passed, key=lambda one: (len(one.reasons), -max(_WEIGHT.index(r) for r in one.reasons)))
    return max(nearest.reasons, key=_WEIGHT.index)


def _steps(inner: str, outer: str, known: Mapping[str, _Nested]) -> int:
    """Count the steps from a region or sector up to one that holds it; FAR where none does."""
    at: str | None = inner
    for steps in range(len(known) + 1):
        if at == outer:
            return steps
        if at is None:
            return FAR
        at = known[at].within
    return FAR


def _computed(library: Library, superseded: frozenset[str]) -> Iterable[Factor]:
    """Give every factor; CO2 factors that follow from their steps are computed, those no table prints are added."""
    steps: dict[tuple[str, str], dict[str, Factor]] = defaultdict(dict)
    for factor in library.factors:
        if factor.parameter in CHAIN and not factor.sector and not factor.variant and factor.id not in superseded:
            steps[factor.set, factor.what][factor.parameter] = factor
    have = {(factor.set, factor.what) for factor in library.factors if factor.parameter == "co2_factor"}
    by_id = {factor.id: factor for factor in library.factors}
    for factor in library.factors:
        ratio = library.sets[factor.set].carbon_ratio
        computed = product([by_id[id] for id in factor.derived_from], ratio) if factor.derived_from else None
        if computed is not None and computed.value is not None:
            yield factor.with_value(computed.value, computed.unit)
        else:
            yield factor
    for (set, what), chain in steps.items():
        computed = product(list(chain.values()), library.sets[set].carbon_ratio)
        if computed is not None and (set, what) not in have:
            yield computed


def known(kind: str, id: str, ids: Iterable[str]) -> str:
    """Check an id.

    Raises:
        NotFound: with the nearest ids, or, where none is near, with all of the few there are.
    """
    listed = list(ids)
    if id in listed:
        return id
    error = NotFound(kind, id, listed)
    if not error.candidates and len(listed) <= FEW:
        error.candidates = tuple(listed)
        error.args = (f"{error} Name one of {', '.join(listed)}.",)
    raise error
