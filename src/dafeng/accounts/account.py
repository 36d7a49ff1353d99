"""One account: what a boundary counts in a year, with its interval, its parts, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dafeng.accounts import ceads
from dafeng.accounts.boundaries import Boundary, Notation
from dafeng.accounts.cells import SCALE, Cells, Floats
from dafeng.accounts.ledger import Ledger, Run, of
from dafeng.accounts.published import Held, compare
from dafeng.accounts.uncertainty import Interval
from dafeng.city import City
from dafeng.errors import Refused
from dafeng.labels import Label

#: The parameter that says which cells of a table belong to steel, and the sector they are moved to.
STEEL, STEEL_SECTOR = "energy.belongs_to_steel", "ferrous_smelting"


@dataclass(frozen=True)
class Absent:
    """An item, or a part of one, that is not in a total: notation key and reason."""

    item: str
    key: Notation
    why: Label


@dataclass(frozen=True, eq=False)
class Account:
    """What a boundary counts in a year, in Mt CO2e. `total` is None where an essential item is absent.

    `coverage` is the mean share of the counted items that is present, `memo` what is reported beside the total.
    """

    place: str
    boundary: Boundary
    year: int
    switches: Mapping[str, str]
    total: Interval | None
    by_sector: Mapping[str, float]
    by_fuel: Mapping[str, float]
    by_gas: Mapping[str, float]
    by_item: Mapping[str, float]
    memo: Mapping[str, float]
    coverage: float
    accounts: Accounts

    @cached_property
    def reallocated(self) -> Mapping[str, float]:
        """The sectors with misbooked cells moved to where they belong."""
        return self.accounts.reallocated(self.year)

    @cached_property
    def absent(self) -> tuple[Absent, ...]:
        """What is not in the total, each with its notation key and reason."""
        return self.accounts.absent(self.year)

    @cached_property
    def notes(self) -> tuple[Label, ...]:
        """What stands in for something in the total."""
        return self.accounts.notes(self.year)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Ids of the documents that the figures rest on."""
        return self.accounts.sources(self.year)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The account against published totals of the same boundary."""
        return compare(self)


class Accounts:
    """All years of one boundary, under one setting of the switches."""

    def __init__(self, ledger: Ledger, boundary: Boundary, switches: Mapping[str, str]) -> None:
        self.ledger, self.boundary, self.switches = ledger, boundary, switches
        basis, report = switches["imports"], switches["gwp"]
        self.run: Run = ledger.run(boundary.regime, basis)
        every = ledger.cells(boundary.regime, basis, report)
        if switches["table"] == "imported" and boundary.regime == IMPORTED_REGIME:
            every = ceads.cells(ledger.city, ledger.place, ledger.years, ledger.held.uncertainty)
        self.items = counted(boundary, switches)
        chosen, sign = [], []
        for at, key in enumerate(every.keys):
            if key.item not in self.items or key.gas not in boundary.gases:
                continue
            if key.item in FUEL_ITEMS and not boundary.counts_sector(key.sector):
                continue
            chosen.append(at)
            sign.append(self.items[key.item])
        self.cells: Cells = every.where(chosen, np.array(sign, dtype=float))
        # What is taken off the total is told beside it; what is added to it is seen in it.
        memos = [
            at for at, key in enumerate(every.keys) if key.item in boundary.memo and self.items.get(key.item, 0) <= 0
        ]
        self._memo = every.where(memos, np.ones(len(memos))).grouped("item")
        self._parts = {by: self.cells.grouped(by) for by in ("sector", "fuel", "gas", "item")}
        self._half = self.cells.half() * SCALE
        self._totals = np.nansum(self.cells.values, axis=0) * SCALE
        essential = [id for id in self.items if ledger.held.item(id).essential]
        labels, _, present = self._parts["item"]
        there = dict(zip(labels, present, strict=True))
        none = np.zeros(len(ledger.years), dtype=bool)
        self.complete = np.logical_and.reduce([there.get(id, none) for id in essential]) if essential else ~none
        none_of = np.zeros(len(ledger.years))
        self._coverage = np.mean([self.cells.coverage.get(id, none_of) for id in self.items], axis=0)
        self._position = {year: at for at, year in enumerate(ledger.years)}

    def totals(self) -> Mapping[int, float]:
        """Give the total of every year in which no essential item is absent."""
        return {year: float(self._totals[at]) for year, at in self._position.items() if self.complete[at]}

    def at(self, year: int) -> int:
        """Give the position of a year.

        Raises:
            Refused: the ledger does not span it.
        """
        if year not in self._position:
            first, last = self.ledger.years[0], self.ledger.years[-1]
            raise Refused(
                f"account: the year {year} is not in the ledger. Ask for a year from {first} to {last}.",
                zh=f"核算：台账中没有 {year} 年。请选 {first} 至 {last} 年。",
            )
        return self._position[year]

    def of_gas(self, gas: str, year: int) -> Interval:
        """Give what one gas makes of the total of a year, with its 95 % interval, in Mt CO2e."""
        at = self.at(year)
        chosen = [i for i, key in enumerate(self.cells.keys) if key.gas == gas]
        mine = self.cells.where(chosen, np.ones(len(chosen)))
        value, half = float(np.nansum(mine.values[:, at])) * SCALE, float(mine.half()[at]) * SCALE
        return Interval(value, value - half, value + half)

    def account(self, year: int) -> Account:
        """Give the account of one year."""
        at = self.at(year)
        parts = {by: _part(found, at) for by, found in self._parts.items()}
        total = None
        if self.complete[at]:
            value, half = float(self._totals[at]), float(self._half[at])
            total = Interval(value, value - half, value + half)
        return Account(
            place=self.ledger.place,
            boundary=self.boundary,
            year=year,
            switches=self.switches,
            total=total,
            by_sector=parts["sector"],
            by_fuel=parts["fuel"],
            by_gas=parts["gas"],
            by_item=parts["item"],
            memo=_part(self._memo, at),
            coverage=float(self._coverage[at]),
            accounts=self,
        )

    def sources(self, year: int) -> tuple[str, ...]:
        """List the documents that the account of a year rests on."""
        return tuple(sorted(frozenset().union(*(self.ledger.documents(self.run, item, year) for item in self.items))))

    def absent(self, year: int) -> tuple[Absent, ...]:
        """List what the account of a year does not count, and why."""
        at = self.at(year)
        found = [Absent(item, reason.key, reason.why) for item, reason in self.boundary.notation.items()]
        for item in self.items:
            covered = self.cells.coverage.get(item)
            share = 0.0 if covered is None else float(covered[at])
            if share == 0:
                reasons = self.run.missing.get(item, ())
                why = "; ".join(reasons) or f"no figure of {year}"
                found.append(Absent(item, "NE", Label(zh="；".join(reasons) or f"{year} 年没有数据", en=why)))
            elif share < 1 and item in WHOLE:
                lacks = [f"no figure of {id}" for id in self.ledger.lacking(self.run, item, year)]
                if lacks:
                    found.append(
                        Absent(item, "NE", Label(zh="；".join(("部分", *lacks)), en="; ".join(("in part", *lacks))))
                    )
        for fuel in sorted(self.run.table.refused):
            if any(fuel in names for names in (self.ledger.activity.fuels, self.ledger.activity.gaseous)):
                text = self.run.table.refused[fuel]
                found.append(Absent("fuel", "NE", Label(zh=text, en=text)))
        for (fuel, known), quantity in self.ledger.activity.unknown.items():
            if known == year and "fuel" in self.items:
                amount = f"{quantity / 1e4:.1f}"
                zh = f"{fuel}：品种不明，{amount} 万吨未计"
                en = f"{fuel}: kinds unknown, {amount} x 10^4 t are not counted"
                found.append(Absent("fuel", "NE", Label(zh=zh, en=en)))
        return tuple(found)

    def notes(self, year: int) -> tuple[Label, ...]:
        """List what stands in for something in the account of a year."""
        at = self.at(year)
        present = {
            key.fuel for i, key in enumerate(self.cells.keys) if abs(np.nan_to_num(self.cells.values[i, at])) > 0
        }
        notes = [
            Label(zh=f"{fuel}：{rule.why.zh}", en=f"{fuel}: {rule.why.en}")
            for fuel, rule in self.run.table.stood_in.items()
            if fuel in present
        ]
        if "electricity" in present and year in self.run.power.other:
            other = self.run.power.other[year]
            zh = f"{year} 年没有公布的电力因子，以 {other} 年的代替"
            notes.append(Label(zh=zh, en=f"no electricity factor of {year} was published; that of {other} stands in"))
        if "refuelled_abroad" in self.items and year not in self.ledger.activity.refuelled:
            if float(self.cells.coverage["refuelled_abroad"][at]) > 0:
                zh, en = (
                    "按境外加油占用油的比例推算",
                    "is a share of the fuel booked; no balance of the year is at hand",
                )
            else:
                zh, en = "没有数据，未从合计中扣除", "is not known, and the total contains it"
            if self.complete[at]:
                notes.append(Label(zh=f"{year} 年境外加油{zh}", en=f"fuel taken on abroad in {year} {en}"))
        return tuple(notes)

    def reallocated(self, year: int) -> dict[str, float]:
        """Give the sectors of a year with misbooked cells moved; empty where the pack names none."""
        at = self.at(year)
        by_sector = _part(self._parts["sector"], at)
        datum = self.ledger.activity.data.get(STEEL)
        if datum is None or not by_sector:
            return {}
        years = [known for known in datum.labels["year"] if known <= year]
        if not years:
            return dict(by_sector)
        shares = np.asarray(datum.values)[..., datum.labels["year"].index(years[-1])]
        moved = dict(by_sector)
        column = np.nan_to_num(self.cells.values[:, at]) * SCALE
        sectors, fuels = datum.labels["sector"], datum.labels["fuel"]
        for key, value in zip(self.cells.keys, column.tolist(), strict=True):
            if value and key.sector in sectors and key.fuel in fuels:
                amount = value * float(np.nan_to_num(shares[sectors.index(key.sector), fuels.index(key.fuel)]))
                if amount:
                    moved[key.sector] = moved.get(key.sector, 0.0) - amount
                    moved[STEEL_SECTOR] = moved.get(STEEL_SECTOR, 0.0) + amount
        return moved


#: The regime whose cells a user can import.
IMPORTED_REGIME = "ceads"
#: Items whose cells stand in the sectors that burn the fuel.
FUEL_ITEMS = frozenset({"fuel", "feedstock", "refuelled_abroad"})
#: Items of several formulas, of which some may be without figures in a year.
WHOLE = frozenset({"wastewater", "livestock", "soils"})


def counted(boundary: Boundary, switches: Mapping[str, str]) -> dict[str, float]:
    """Give the items a boundary counts under its switches, each with its sign."""
    items = dict.fromkeys(boundary.items, 1.0)
    if switches["process"] == "cement":
        items.setdefault("cement_process", 1.0)
    else:
        items.pop("cement_process", None)
    if switches["non_energy"] == "counted":
        items["feedstock"] = 1.0
    if switches["bunkers"] == "less_abroad":
        items["refuelled_abroad"] = -1.0
    return items


def accounts(city: City, boundary: str, place: str | None = None, **switches: str) -> Accounts:
    """Give all years of a boundary. `switches` change what it counts; see data/boundaries.yaml.

    Raises:
        NotFound: no such boundary or place.
        Refused: no such switch, or no such option of it.
    """
    ledger = of(city, place)
    found = ledger.held.boundary(boundary)
    chosen = ledger.held.chosen(found, switches)
    key = (found.id, tuple(sorted(chosen.items())))
    if key not in ledger.made:
        ledger.made[key] = Accounts(ledger, found, chosen)
    made = ledger.made[key]
    assert isinstance(made, Accounts)  # noqa: S101 - made three lines above
    return made


def account(city: City, boundary: str, year: int, place: str | None = None, **switches: str) -> Account:
    """Give the account of one boundary and year.

    Raises:
        NotFound: no such boundary or place.
        Refused: no such switch or option, or a year the ledger does not span.
    """
    return accounts(city, boundary, place, **switches).account(year)


def _part(found: tuple[tuple[str, ...], Floats, NDArray[np.bool_]], at: int) -> dict[str, float]:
    labels, sums, present = found
    kept = (sums[:, at] * SCALE).tolist()
    return {label: value for label, value, there in zip(labels, kept, present[:, at], strict=True) if there and value}
