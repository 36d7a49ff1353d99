"""A yearly estimate of a boundary's total for years that have no account yet. It is kept nowhere: it is no fact.

Items that can be accounted in the year are; the others follow proxies from the last year they have a figure, or stand
still where no proxy is declared for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import Literal

import numpy as np

from dafeng.accounts.account import Accounts, accounts
from dafeng.accounts.cells import SCALE
from dafeng.accounts.nowcast import settings
from dafeng.accounts.nowcast.hindcast import Score, score
from dafeng.accounts.nowcast.proxies import Proxies, Used
from dafeng.accounts.nowcast.settings import PartSpec, Settings
from dafeng.accounts.uncertainty import Interval
from dafeng.city import City
from dafeng.errors import Refused
from dafeng.labels import Label

#: The name under which the whole is scored.
TOTAL = "total"


@dataclass(frozen=True)
class Part:
    """One part of an estimate, in Mt CO2e.

    `kind` tells how it came about: accounted in the year, estimated from `base` in `base_year` by proxies, or held.
    """

    id: str
    label: Label
    item: str
    kind: Literal["accounted", "estimated", "held"]
    value: float
    base_year: int | None = None
    base: float | None = None
    proxies: tuple[Used, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """The estimate of one year: `low` and `high` by the errors of its hindcasts, None where there are too few."""

    year: int
    horizon: int
    value: float
    low: float | None
    high: float | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Missing:
    """A year that cannot be estimated, and the indicators that lack a figure for it."""

    year: int
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Nowcast:
    """Estimates for the years after the last account, how such estimates did before, and what is missing for more."""

    accounts: Accounts
    last: Interval
    last_year: int
    estimates: tuple[Estimate, ...]
    scores: tuple[Score, ...]
    missing: tuple[Missing, ...]


class _Maker:
    def __init__(self, found: Accounts, held: Settings) -> None:
        self.found, self.held = found, held
        self.proxies = Proxies(found.ledger.city, found.ledger.place)
        self.totals = found.totals()
        self.items: dict[str, dict[int, float]] = {}
        self.parts: dict[str, tuple[PartSpec, ...]] = {}
        self.series: dict[str, dict[int, float]] = {}
        labels, _, present = found.cells.grouped("item")
        for item, there in zip(labels, present, strict=True):
            years = [(year, at) for at, year in enumerate(found.ledger.years) if there[at]]
            mine = [at for at, key in enumerate(found.cells.keys) if key.item == item]
            self.items[item] = self._sums(mine, years)
            self.parts[item] = held.of(item)
            named = {sector for part in self.parts[item] for sector in part.sectors}
            for part in self.parts[item]:
                chosen = [at for at in mine if self._takes(part, found.cells.keys[at].sector, named)]
                self.series[part.id] = self._sums(chosen, years)
        self.scores: dict[str, tuple[Score, ...]] = {}

    def _takes(self, part: PartSpec, sector: str, named: set[str]) -> bool:
        return sector in part.sectors or (not part.sectors and (not part.rest or sector not in named))

    def _sums(self, cells: list[int], years: list[tuple[int, int]]) -> dict[int, float]:
        values = np.nan_to_num(self.found.cells.values[cells]).sum(axis=0) * SCALE
        return {year: float(values[at]) for year, at in years}

    def lacks(self, year: int) -> tuple[str, ...]:
        """Name the indicators without which a year cannot be estimated."""
        lacking: dict[str, None] = {}
        for item, parts in self.parts.items():
            base = self.base(item, year)
            if year in self.items[item] or base is None:
                continue
            for part in parts:
                if self.series[part.id][base] and self.follow(part, base, year) is None:
                    lacking |= dict.fromkeys(self.proxies.missing(part, base, year))
        return tuple(lacking)

    def base(self, item: str, year: int) -> int | None:
        """Give the last year before another in which an item has a figure."""
        return max((known for known in self.items[item] if known < year), default=None)

    def follow(self, part: PartSpec, base: int, year: int) -> tuple[float, tuple[Used, ...]] | None:
        """Give the ratio by which a part follows its proxies, and the proxies."""
        return self.proxies.follow(part, self.series[part.id], base, year, self.held.rule.changes)

    def guess(self, item: str, base: int, year: int) -> float | None:
        """Say what an item would have been estimated at from an earlier year; None where proxies are missing."""
        value = 0.0
        for part in self.parts[item]:
            start = self.series[part.id][base]
            ratio = self.follow(part, base, year) if start else (1.0, ())
            if ratio is None:
                return None
            value += start * ratio[0]
        return value

    def guess_total(self, base: int, year: int) -> float | None:
        """Say what the total would have been estimated at: items with proxies estimated, the others as accounted."""
        value = 0.0
        for item, years in self.items.items():
            one = self.guess(item, base, year) if self.parts[item] and base in years else years.get(year, 0.0)
            if one is None:
                return None
            value += one
        return value

    def score(self, item: str) -> tuple[Score, ...]:
        """Score the estimates of an item, or of the total."""
        if item not in self.scores:
            if item == TOTAL:
                self.scores[item] = score(item, self.totals, self.guess_total, self.held.rule)
            else:
                years = self.items[item]
                self.scores[item] = score(item, years, lambda o, y: self.guess(item, o, y), self.held.rule)
        return self.scores[item]

    def estimate(self, year: int, last: int) -> Estimate:
        """Estimate a year for which no proxy is missing."""
        parts: list[Part] = []
        halves: list[float | None] = []
        for item, years in self.items.items():
            label = self.found.ledger.held.item(item).label
            base = self.base(item, year)
            if year in years:
                parts.append(Part(item, label, item, "accounted", years[year]))
            elif base is not None and self.parts[item]:
                made = [self._part(part, base, year) for part in self.parts[item] if self.series[part.id][base]]
                parts += made
                halves.append(self._half(item, year - base, sum(part.value for part in made)))
            elif last in years:
                parts.append(Part(item, label, item, "held", years[last], last, years[last]))
        value = sum(part.value for part in parts)
        known = [half for half in halves if half is not None]
        half = hypot(*known) if len(known) == len(halves) else None
        low, high = (None, None) if half is None else (value - half, value + half)
        return Estimate(year, year - last, value, low, high, tuple(parts))

    def _part(self, part: PartSpec, base: int, year: int) -> Part:
        start = self.series[part.id][base]
        followed = self.follow(part, base, year)
        assert followed is not None  # noqa: S101 - years that lack proxies are refused before
        return Part(part.id, part.label, part.item, "estimated", start * followed[0], base, start, followed[1])

    def _half(self, item: str, horizon: int, value: float) -> float | None:
        found = next((one for one in self.score(item) if one.horizon == horizon), None)
        share = None if found is None else found.half(self.held.rule)
        return None if share is None else share * abs(value)


def nowcast(city: City, boundary: str, place: str | None = None, year: int | None = None, **switches: str) -> Nowcast:
    """Estimate a boundary's total in the years after its last account, or in one `year` without an account.

    Raises:
        NotFound: no such boundary or place.
        Refused: there is no account to start from, the year has an account, or proxies are missing for it; the reason
            names them.
    """
    found = accounts(city, boundary, place, **switches)
    maker = _Maker(found, settings.load())
    if not maker.totals:
        raise Refused(
            f"nowcast: boundary '{boundary}' has no account to start from. Add activity, or choose another.",
            zh=f"快速估算：口径“{found.boundary.label.zh}”没有可作起点的核算。请补充活动数据，或另选口径。",
        )
    if year is not None:
        _check(year, maker.totals, found)
    last = max(known for known in maker.totals if year is None or known < year)
    wanted = range(last + 1, found.ledger.years[-1] + 1) if year is None else [year]
    lacking = {one: maker.lacks(one) for one in wanted}
    if year is not None and lacking[year]:
        raise Refused(
            f"nowcast: {year} cannot be estimated: no figure of {', '.join(lacking[year])} on the basis of the last "
            "account. Add it to the facts, or ask for an earlier year.",
            zh=f"快速估算：{year} 年不能估算，缺与上次核算同口径的 {'、'.join(lacking[year])}。"
            "请在事实中补充，或选更早的年份。",
        )
    estimates = tuple(maker.estimate(one, last) for one in wanted if not lacking[one])
    scored = [item for item, parts in maker.parts.items() if parts]
    scores = tuple(one for item in (TOTAL, *scored) for one in maker.score(item))
    total = found.account(last).total
    assert total is not None  # noqa: S101 - `last` has a total
    missing = tuple(Missing(one, indicators) for one, indicators in lacking.items() if indicators)
    return Nowcast(found, total, last, estimates, scores, missing)


def _check(year: int, totals: Mapping[int, float], found: Accounts) -> None:
    if year in totals:
        raise Refused(
            f"nowcast: {year} has an account. Read it; estimates are for years without one.",
            zh=f"快速估算：{year} 年已有核算，请直接读取；估算只用于没有核算的年份。",
        )
    if not min(totals) < year <= found.ledger.years[-1]:
        raise Refused(
            f"nowcast: {year} is outside what can be estimated. "
            f"Ask for a year from {min(totals) + 1} to {found.ledger.years[-1]}.",
            zh=f"快速估算：{year} 年超出可估算的范围。请选 {min(totals) + 1} 至 {found.ledger.years[-1]} 年。",
        )
