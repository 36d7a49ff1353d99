"""Accounts of enterprises: totals with intervals, by scope, use and facility, coverage, second estimates, roll-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dafeng.accounts.enterprise.methods import Methods
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.enterprise.table import Floats, Ints
from dafeng.accounts.uncertainty import Interval
from dafeng.labels import Label

#: Why a row has no figure although a factor fits it.
_MISSING = Label(
    zh="缺因子的某一环节，或数据中心的 PUE。请实测并附证据。",
    en="a step of the factor, or the PUE of a data centre, is missing. Measure it, with evidence.",
)


@dataclass(frozen=True)
class Estimate:
    """A second estimate of one facility: measured in the stack or seen from above, beside what is accounted."""

    facility: str
    kind: str
    estimated: float
    accounted: float

    @property
    def difference(self) -> float:
        """Estimated less accounted, in tCO2."""
        return self.estimated - self.accounted


@dataclass(frozen=True)
class UnitAccount:
    """The account of one enterprise, or of one place, in tCO2. `total` is None where no row has a figure.

    `coverage` is the share of counted rows that a factor fits; `refused` says why the others have none.
    """

    id: str
    year: int
    total: Interval | None
    by_scope: Mapping[str, float]
    by_use: Mapping[str, float]
    by_facility: Mapping[str, float]
    by_what: Mapping[str, float]
    by_sector: Mapping[str, float]
    by_market: Mapping[str, float]
    coverage: float
    refused: tuple[Label, ...]
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    statuses: tuple[str, ...]
    estimates: tuple[Estimate, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the account for JSON."""
        total = self.total
        return {
            "id": self.id,
            "year": self.year,
            "total": None if total is None else {"value": total.value, "low": total.low, "high": total.high},
            "unit": "tCO2",
            "by_scope": dict(self.by_scope),
            "by_use": dict(self.by_use),
            "by_facility": dict(self.by_facility),
            "by_what": dict(self.by_what),
            "by_sector": dict(self.by_sector),
            "by_market": dict(self.by_market),
            "coverage": self.coverage,
            "refused": [why.en for why in self.refused],
            "flags": list(self.flags),
            "sources": list(self.sources),
            "statuses": list(self.statuses),
            "estimates": [
                {
                    "facility": one.facility,
                    "kind": one.kind,
                    "estimated": one.estimated,
                    "accounted": one.accounted,
                    "difference": one.difference,
                }
                for one in self.estimates
            ],
        }


def totals(rows: Rows, by: str) -> dict[str, Interval]:
    """Give the total of every enterprise, or place, with its 95 % interval; units without any figure are left out.

    Error propagation: rows of one factor share its error, quantities have errors of their own
    (IPCC 2006 Guidelines, volume 1, chapter 3, approach 1).
    """
    column = rows.table[by]
    ok = rows.counted & ~np.isnan(rows.emission)
    codes, emission = column.codes[ok], rows.emission[ok]
    value = np.bincount(codes, emission, len(column.names))
    some = np.bincount(codes, minlength=len(column.names))
    variance = np.bincount(codes, (emission * rows.activity_half[ok]) ** 2, len(column.names))
    width = int(rows.factors.max()) + 1 if len(rows.factors) else 1
    pairs, at = np.unique(codes * width + rows.factors[ok], return_inverse=True)
    shared = np.bincount(at, emission * rows.factor_half[ok], len(pairs))
    variance += np.bincount(pairs // width, shared**2, len(column.names))
    half = np.sqrt(variance)
    return {
        name: Interval(float(value[i]), float(value[i] - half[i]), float(value[i] + half[i]))
        for i, name in enumerate(column.names)
        if some[i]
    }


def interval(rows: Rows, weight: Floats) -> Interval:
    """Give the sum of all rows, each times its weight, with its 95 % interval; rows without a figure count nothing.

    Rows of one factor share its error, as in `totals`.
    """
    ok = rows.counted & ~np.isnan(rows.emission)
    emission = rows.emission[ok] * weight[ok]
    shared = np.bincount(rows.factors[ok], emission * rows.factor_half[ok])
    half = float(np.sqrt(((emission * rows.activity_half[ok]) ** 2).sum() + (shared**2).sum()))
    value = float(emission.sum())
    return Interval(value, value - half, value + half)


def unit_account(rows: Rows, by: str, id: str, methods: Methods) -> UnitAccount:
    """Give the account of one enterprise (`by` "enterprise") or of one place (`by` "place")."""
    mine = rows.table[by].where(id)
    counted = mine & rows.counted
    ok = counted & ~np.isnan(rows.emission)
    kinds = [rows.chosen[kind] for kind in np.unique(rows.kind[counted])]
    missing = [rows.chosen[kind] for kind in np.unique(rows.kind[counted & ~ok])]
    used = np.unique(rows.kind[ok])

    def sums(codes: Ints, names: tuple[str, ...]) -> dict[str, float]:
        return _sums(codes[ok], rows.emission[ok], names)

    def of(name: str) -> dict[str, float]:
        return sums(rows.table[name].codes, rows.table[name].names)

    status = rows.table["status"]
    return UnitAccount(
        id=id,
        year=rows.year,
        total=totals(rows, by).get(id),
        by_scope=sums(rows.scope, ("none", "scope1", "scope2")),
        by_use=of("use"),
        by_facility=of("facility"),
        by_what=of("what"),
        by_sector=of("sector"),
        by_market=sums(rows.markets.codes, rows.markets.names),
        coverage=float(ok.sum() / counted.sum()) if counted.any() else float("nan"),
        refused=tuple(dict.fromkeys(one.refused or _MISSING for one in missing)),
        flags=tuple(dict.fromkeys(flag for one in kinds for flag in one.flags)),
        sources=tuple(dict.fromkeys(rows.chosen[kind].id for kind in used)),
        statuses=tuple(dict.fromkeys(status.names[code] for code in np.unique(status.codes[mine]))),
        estimates=_estimates(rows, mine, ok, methods),
    )


def _sums(codes: Ints, emission: Floats, names: tuple[str, ...]) -> dict[str, float]:
    found = np.bincount(codes, emission, len(names))
    present = np.bincount(codes, minlength=len(names))
    return {name: float(found[i]) for i, name in enumerate(names) if present[i] and name}


def _estimates(rows: Rows, mine: Any, ok: Any, methods: Methods) -> tuple[Estimate, ...]:
    """Compare second estimates with what is accounted in scope 1 for the same facility and the same months."""
    found: list[Estimate] = []
    facility = rows.table["facility"]
    for use in methods.uses:
        of_use = mine & rows.table["use"].where(use.id)
        if not use.estimate or not of_use.any():
            continue
        for code in np.unique(facility.codes[of_use]):
            seen = of_use & (facility.codes == code)
            months = {m for row in np.flatnonzero(seen) for m in range(rows.table.first[row], rows.table.last[row] + 1)}
            own = ok & (facility.codes == code) & (rows.scope == 1)
            inside = own & np.isin(rows.table.first, list(months)) & np.isin(rows.table.last, list(months))
            estimated, accounted = float(rows.emission[seen].sum()), float(rows.emission[inside].sum())
            found.append(Estimate(facility.names[int(code)], use.id, estimated, accounted))
    return tuple(found)


@dataclass(frozen=True)
class RollUp:
    """All enterprises together: scope 1 adds up; scope 2 stands beside it, for it is scope 1 of whoever made it.

    In tCO2; `low` and `high` are the ends of the 95 % intervals.
    """

    year: int
    scope1: float
    scope1_low: float
    scope1_high: float
    scope2: float
    scope2_low: float
    scope2_high: float
    units: int
    synthetic: bool
    coverage: float
    by_sector: Mapping[str, float]
    by_place: Mapping[str, float]
    by_market: Mapping[str, float]


def roll_up(rows: Rows) -> RollUp:
    """Add the enterprises of a year, each month of a unit counted by the one market it is in."""
    table = rows.table
    counted = rows.counted & (table["enterprise"].codes != table["enterprise"].code(""))
    ok = counted & ~np.isnan(rows.emission)
    direct = ok & (rows.scope == 1)

    def of(name: str) -> dict[str, float]:
        return _sums(table[name].codes[direct], rows.emission[direct], table[name].names)

    scope1, scope2 = (interval(rows, mask.astype(float)) for mask in (direct, ok & (rows.scope == 2)))
    return RollUp(
        rows.year,
        scope1.value,
        scope1.low,
        scope1.high,
        scope2.value,
        scope2.low,
        scope2.high,
        len(np.unique(table["enterprise"].codes[counted])),
        bool((table["status"].where("synthetic") & counted).any()),
        float(ok.sum() / counted.sum()) if counted.any() else float("nan"),
        of("sector"),
        of("place"),
        _sums(rows.markets.codes[direct], rows.emission[direct], rows.markets.names),
    )
