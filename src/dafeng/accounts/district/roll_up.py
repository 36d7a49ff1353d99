"""Districts side by side and added up: what they buy is scope 1 of whoever makes it, and is taken out again.

A district counts the fuel burnt in it (scope 1) and the electricity and heat used in it (scope 2). Added up, power and
heat made inside the city would stand twice: with the plant and with the user. The roll-up shows that part and removes
it; what the city's own account has beyond it is the unallocated remainder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dafeng.accounts.enterprise.account import interval, totals
from dafeng.accounts.enterprise.chosen import Choices
from dafeng.accounts.enterprise.methods import Methods
from dafeng.accounts.enterprise.rows import Rows, account_rows
from dafeng.accounts.enterprise.table import Table
from dafeng.accounts.uncertainty import Interval
from dafeng.errors import Refused
from dafeng.factors import Factors

#: The groups of factors a district reads, all from one regime unless another is named.
GROUPS = ("fuel", "process", "electricity", "heat")


@dataclass(frozen=True, slots=True)
class CityTotals:
    """What the roll-up is held against: the city's own total of a boundary, in tCO2.

    `imported_share` is the share of the electricity used that comes from outside the city (0 to 1); None where it is
    not known. `low` and `high` are the ends of the total's 95 % interval.
    """

    boundary: str
    total: float | None = None
    imported_share: float | None = None
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.imported_share is not None and not 0 <= self.imported_share <= 1:
            raise Refused(
                f"imported share: {self.imported_share:g} is no share. Give a number from 0 to 1.",
                zh=f"调入电量占比：{self.imported_share:g} 不是占比。请给 0 至 1 之间的数。",
            )


@dataclass(frozen=True, slots=True)
class Line:
    """One district, in tCO2: figures that no row gives are None. `share` is that of the sum over the districts."""

    place: str
    total: float
    low: float
    high: float
    scope1: float | None
    electricity: float | None
    heat: float | None
    share: float
    coverage: float
    synthetic: bool


@dataclass(frozen=True, slots=True)
class DistrictRollUp:
    """Districts added up, in tCO2.

    `double_electricity` and `double_heat` are what stands with the plant and with the user both; None where the share
    of imports is not known, and then there is no net sum either. `remainder` is the city's total less the net sum.
    Each sum has the ends of its 95 % interval; what is made twice has the error of the factor it shares, the share of
    imports has none, and the errors of the districts and of the city are taken as independent.
    """

    year: int
    scope1: float
    electricity: float
    heat: float
    gross: float
    gross_low: float
    gross_high: float
    double_electricity: float | None
    double_heat: float
    net: float | None
    net_low: float | None
    net_high: float | None
    boundary: str
    city: float | None
    city_low: float | None
    city_high: float | None
    remainder: float | None
    remainder_low: float | None
    remainder_high: float | None
    missing: tuple[str, ...]
    coverage: float
    synthetic: bool

    def as_dict(self) -> dict[str, Any]:
        """Give the roll-up for JSON."""
        return asdict(self)


def of_places(
    table: Table,
    year: int,
    factors: Factors,
    methods: Methods,
    regime: str,
    region: str | None,
    electricity: str = "",
    factor_year: int | None = None,
    sets: Mapping[str, str] | None = None,
) -> Rows:
    """Account the activity of places in a year by one factor regime; `electricity` names another for power bought.

    Activity of enterprises is left out: it is part of what their district states.
    """
    regimes = {**dict.fromkeys(GROUPS, regime), **({"electricity": electricity} if electricity else {})}
    choices = Choices(region=region, market="none", regimes=regimes, factor_year=factor_year, sets=sets or {})
    own = table.take(table["enterprise"].where(""))
    return account_rows(own, year, factors, methods, choices, {}, {})


def compare(rows: Rows) -> tuple[Line, ...]:
    """Give every district with a figure, the largest first."""
    found = totals(rows, "place")
    whole = sum(one.value for one in found.values())
    table = rows.table
    ok = rows.counted & ~np.isnan(rows.emission)
    heat = _heat(rows)
    lines = []
    for place, total in found.items():
        mine = table["place"].where(place)
        counted = mine & rows.counted
        parts = (rows.scope == 1, (rows.scope == 2) & ~heat, heat)
        scope1, power, warmth = (_sum(rows, mine & ok & part) for part in parts)
        coverage = float((mine & ok).sum() / counted.sum())
        synthetic = bool((mine & table["status"].where("synthetic")).any())
        share = total.value / whole if whole else float("nan")
        lines.append(Line(place, total.value, total.low, total.high, scope1, power, warmth, share, coverage, synthetic))
    return tuple(sorted(lines, key=lambda line: (-line.total, line.place)))


def roll_up(rows: Rows, districts: Iterable[str], city: CityTotals | None = None) -> DistrictRollUp:
    """Add up the districts named: areas that lie across them are left out, those without figures are told.

    All heat used is taken as made inside the city, since pipes of steam do not reach far; of the electricity used, the
    share that is not imported.
    """
    wanted = tuple(districts)
    held = city or CityTotals("")
    lines = {line.place: line for line in compare(rows) if line.place in wanted}
    scope1 = sum(line.scope1 or 0.0 for line in lines.values())
    power = sum(line.electricity or 0.0 for line in lines.values())
    heat = sum(line.heat or 0.0 for line in lines.values())
    double = None if held.imported_share is None else power * (1 - held.imported_share)
    net = None if double is None else scope1 + power - double
    remainder = None if net is None or held.total is None else held.total - net
    inside = np.isin(rows.table["place"].codes, [rows.table["place"].code(place) for place in wanted]) & rows.counted
    ok = inside & ~np.isnan(rows.emission)
    whole = interval(rows, inside.astype(float))
    once = None
    if held.imported_share is not None:
        kept = np.where(rows.scope == 1, 1.0, np.where(_heat(rows), 0.0, held.imported_share))
        once = interval(rows, np.where(inside, kept, 0.0))
    rest = None if remainder is None else _half(held.low, held.high, once)
    return DistrictRollUp(
        year=rows.year,
        scope1=scope1,
        electricity=power,
        heat=heat,
        gross=scope1 + power + heat,
        gross_low=whole.low,
        gross_high=whole.high,
        double_electricity=double,
        double_heat=heat,
        net=net,
        net_low=None if once is None else once.low,
        net_high=None if once is None else once.high,
        boundary=held.boundary,
        city=held.total,
        city_low=held.low,
        city_high=held.high,
        remainder=remainder,
        remainder_low=None if remainder is None or rest is None else remainder - rest,
        remainder_high=None if remainder is None or rest is None else remainder + rest,
        missing=tuple(place for place in wanted if place not in lines),
        coverage=float(ok.sum() / inside.sum()) if inside.any() else float("nan"),
        synthetic=any(line.synthetic for line in lines.values()),
    )


def _heat(rows: Rows) -> NDArray[np.bool_]:
    use = rows.table["use"]
    return use.where("heat") | use.where("exported_heat")


def _half(low: float | None, high: float | None, once: Interval | None) -> float | None:
    """Give the half-width of the city's total less the net sum."""
    if low is None or high is None or once is None:
        return None
    return float(np.hypot((high - low) / 2, (once.high - once.low) / 2))


def _sum(rows: Rows, which: Any) -> float | None:
    return float(rows.emission[which].sum()) if which.any() else None
