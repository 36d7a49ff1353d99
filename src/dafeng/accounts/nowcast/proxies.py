"""Proxies: how a published quantity changed between two years, read on one basis only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from dafeng import units
from dafeng.accounts.nowcast.settings import PartSpec, Proxy
from dafeng.city import City
from dafeng.facts.observation import OBSERVED, Observation


@dataclass(frozen=True)
class Used:
    """A proxy in two years: its figures in the unit of the indicator, and the documents they come from.

    `share` is how much of its change (as a logarithm) is passed on.
    """

    indicators: tuple[str, ...]
    basis: str
    start: float
    end: float
    share: float
    sources: tuple[str, ...]


@dataclass(frozen=True)
class _Change:
    start: float
    end: float
    basis: str
    sources: tuple[str, ...]

    @property
    def log(self) -> float:
        return log(self.end / self.start)


class Proxies:
    """The published figures of one place that estimates may follow."""

    def __init__(self, city: City, place: str) -> None:
        self._city, self._place = city, place
        self._read: dict[str, Mapping[str, Mapping[int, Observation]]] = {}

    def change(self, proxy: Proxy, start: int, end: int) -> _Change | None:
        """Give the change of a proxy between two years; None where a figure is missing or no basis has both."""
        plus = [self._pair(id, start, end) for id in proxy.plus]
        less = [self._pair(id, start, end) for id in proxy.less]
        if any(pair is None for pair in (*plus, *less)):
            return None
        pairs = [(sign, pair) for sign, group in ((1, plus), (-1, less)) for pair in group if pair is not None]
        first = sum(sign * before for sign, (before, _, _, _) in pairs)
        last = sum(sign * after for sign, (_, after, _, _) in pairs)
        if first <= 0 or last <= 0:
            return None
        bases = tuple(dict.fromkeys(basis for _, (_, _, basis, _) in pairs if basis))
        sources = {source for _, (_, _, _, found) in pairs for source in found}
        return _Change(first, last, ", ".join(bases), tuple(sorted(sources)))

    def missing(self, part: PartSpec, start: int, end: int) -> tuple[str, ...]:
        """Name the indicators that lack a figure in one of two years, of the proxy that lacks the fewest."""
        lacks = [
            tuple(id for id in (*proxy.plus, *proxy.less) if self._pair(id, start, end) is None)
            for proxy in part.proxies
        ]
        return min(lacks, key=len)

    def follow(
        self, part: PartSpec, series: Mapping[int, float], start: int, end: int, least: int
    ) -> tuple[float, tuple[Used, ...]] | None:
        """Give the ratio by which a part follows its proxies from `start` to `end`, fitted on its years to `start`.

        The shares passed on are those that fit the part's yearly changes best (least squares on logarithms, through
        zero), kept within 0 and 1; with fewer than `least` changes the proxy is followed one to one and nothing else.
        """
        for proxy in part.proxies:
            main = self.change(proxy, start, end)
            if main is None:
                continue
            every = [(proxy, main)]
            for id in proxy.also:
                further = Proxy(plus=(id,))
                change = self.change(further, start, end)
                if change is not None:
                    every.append((further, change))
            shares = self._shares([one for one, _ in every], series, start, least)
            ratio = float(np.exp(sum(share * change.log for share, (_, change) in zip(shares, every, strict=True))))
            used = tuple(
                Used((*one.plus, *(f"-{id}" for id in one.less)), c.basis, c.start, c.end, share, c.sources)
                for share, (one, c) in zip(shares, every, strict=True)
            )
            return ratio, used
        return None

    def _shares(self, proxies: list[Proxy], series: Mapping[int, float], until: int, least: int) -> list[float]:
        moved, drivers = [], []
        for year, value in series.items():
            before = series.get(year - 1)
            if year > until or before is None or before <= 0 or value <= 0:
                continue
            changes = [self.change(proxy, year - 1, year) for proxy in proxies]
            known = [change for change in changes if change is not None]
            if len(known) == len(proxies):
                moved.append(log(value / before))
                drivers.append([change.log for change in known])
        if len(moved) < least * len(proxies):
            return [1.0] + [0.0] * (len(proxies) - 1)
        fitted = np.linalg.lstsq(np.array(drivers), np.array(moved), rcond=None)[0]
        return [float(share) for share in np.clip(fitted, 0.0, 1.0)]

    def _pair(self, id: str, start: int, end: int) -> tuple[float, float, str, tuple[str, ...]] | None:
        for basis, years in self._by_basis(id).items():
            if start in years and end in years:
                first, last = years[start], years[end]
                assert first.value is not None and last.value is not None  # noqa: S101 - only those with values are kept
                scale = units.factor(last.unit, first.unit)
                return first.value, last.value * scale, basis, tuple(dict.fromkeys((first.source, last.source)))
        return None

    def _by_basis(self, id: str) -> Mapping[str, Mapping[int, Observation]]:
        if id not in self._read:
            found: dict[str, dict[int, Observation]] = defaultdict(dict)
            if id in self._city.indicators:
                series = self._city.facts.series(id, self._place, statuses=OBSERVED - {"estimate"})
                for one in (*series.points, *series.others):
                    if one.period.is_year and one.value is not None and one.confidence != "none":
                        found[one.basis].setdefault(one.period.year, one)
            self._read[id] = found
        return self._read[id]
