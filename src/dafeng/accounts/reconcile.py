"""From one boundary's total to another's, step by step: net and absolute, adding up exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from dafeng.accounts.account import FUEL_ITEMS, Accounts, accounts
from dafeng.accounts.cells import SCALE, Key
from dafeng.city import City
from dafeng.errors import Refused
from dafeng.labels import Label

FACTORS = Label(zh="排放因子不同", en="another set of factors")
WARMING = Label(zh="全球变暖潜势不同", en="other warming potentials")
SECTORS = Label(zh="不计的部门", en="sectors that are not counted")


@dataclass(frozen=True)
class Step:
    """One reason two totals differ, in Mt CO2e: `net` is their difference, `absolute` the sum of that of the cells.

    `parts` gives the net by fuel (factors), by item (warming potentials) or by sector (everything else).
    """

    id: str
    label: Label
    net: float
    absolute: float
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Walk:
    """The way from one total to another: start, steps, end; start + the net of all steps = end."""

    year: int
    start: Accounts
    end: Accounts
    from_value: float
    to_value: float
    steps: tuple[Step, ...]

    @property
    def net(self) -> float:
        """The difference of the two totals."""
        return self.to_value - self.from_value

    @property
    def absolute(self) -> float:
        """The sum of the absolute differences of all cells."""
        return fsum(step.absolute for step in self.steps)

    @property
    def residual(self) -> float:
        """The difference less the sum of the steps: rounding only."""
        return self.net - fsum(step.net for step in self.steps)


def reconcile(
    city: City,
    start: str,
    end: str,
    year: int,
    place: str | None = None,
    *,
    start_switches: Mapping[str, str] | None = None,
    end_switches: Mapping[str, str] | None = None,
) -> Walk:
    """Walk from the total of one boundary to that of another.

    Raises:
        NotFound: no such boundary or place.
        Refused: one of the two has no total in the year, or a switch is unknown.
    """
    first = accounts(city, start, place, **(start_switches or {}))
    second = accounts(city, end, place, **(end_switches or {}))
    for one in (first, second):
        if not one.complete[one.at(year)]:
            whys = [absent.why for absent in one.absent(year) if absent.item in one.items]
            lacks = "; ".join(why.en for why in whys)
            raise Refused(
                f"reconcile: boundary '{one.boundary.id}' has no total in {year} ({lacks}). "
                "Choose another year or switch.",
                zh=f"对账：口径“{one.boundary.label.zh}”{year} 年没有总量（{'；'.join(why.zh for why in whys)}）。"
                "请另选年份或开关。",
            )
    a, b = _values(first, year), _values(second, year)
    nets: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for key in dict.fromkeys((*a, *b)):
        step = _step(key, key in a, key in b, first, second)
        part = {"factors": key.fuel, "warming": key.item}.get(step, key.sector)
        nets[step][part].append(b.get(key, 0.0) - a.get(key, 0.0))
    steps = tuple(_made(id, parts, first) for id, parts in nets.items() if any(map(any, parts.values())))
    ordered = sorted(steps, key=lambda step: -step.absolute)
    return Walk(year, first, second, fsum(a.values()), fsum(b.values()), tuple(ordered))


def _values(one: Accounts, year: int) -> dict[Key, float]:
    at = one.at(year)
    column = np.nan_to_num(one.cells.values[:, at]) * SCALE
    sums: dict[Key, float] = defaultdict(float)
    for key, value in zip(one.cells.keys, column.tolist(), strict=True):
        if value:
            sums[key] += value
    return dict(sums)


def _step(key: Key, before: bool, after: bool, first: Accounts, second: Accounts) -> str:
    if before and after:
        return "warming" if key.gas != "co2" and first.switches["gwp"] != second.switches["gwp"] else "factors"
    other = second if before else first
    if key.item in FUEL_ITEMS and key.item in other.items and not other.boundary.counts_sector(key.sector):
        return "sectors"
    if key.item in other.items and key.gas in other.boundary.gases:
        return "factors"
    return key.item


def _made(id: str, parts: Mapping[str, list[float]], first: Accounts) -> Step:
    every = [value for values in parts.values() for value in values]
    label = {"factors": FACTORS, "warming": WARMING, "sectors": SECTORS}.get(id) or first.ledger.held.item(id).label
    ranked = {part: fsum(values) for part, values in parts.items()}
    ranked = dict(sorted(ranked.items(), key=lambda pair: -abs(pair[1])))
    return Step(id, label, fsum(every), fsum(map(abs, every)), ranked)
