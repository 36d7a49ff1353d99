"""How much of final energy is electricity, from the energy balance of a year, both by calorific value."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from dafeng import units
from dafeng.accounts.heat_value import heat_value
from dafeng.accounts.indicators.compute import Computed, Desk
from dafeng.accounts.indicators.value import Absent, Input, Value, computed
from dafeng.axes import YEAR
from dafeng.errors import Refused
from dafeng.labels import Label

BALANCE, COMPLETE = "energy.balance", "energy.balance_complete"
FINAL, FEEDSTOCK = "final_total", "final_industry_nonenergy"
#: Oil of kinds that the balance does not tell apart is converted as crude oil.
UNKNOWN_AS = "crude_oil"
WITH, WITHOUT = "with-feedstock", "without-feedstock"


def electrification(desk: Desk) -> Computed:
    """Electricity in final use over final energy, for the years whose balance is complete.

    Given with the fuel that industry takes as raw material, as the balance books final use, and without it where the
    balance has a row for it.
    """
    values: list[Value] = []
    absent: list[Absent] = []
    complete = _complete(desk)
    by_year: dict[int, dict[tuple[str, str], tuple[float, str, str]]] = defaultdict(dict)
    if BALANCE in desk.city.indicators:
        for place, dims in desk.city.facts.coordinates(BALANCE):
            labels = dict(dims)
            if place == desk.place and labels.get("flow") in (FINAL, FEEDSTOCK):
                for year, one in desk.city.facts.series(BALANCE, place, dims).yearly.items():
                    if one.value is not None:
                        by_year[year][labels["flow"], labels["fuel"]] = (one.value, one.unit, one.source)
    for year, cells in sorted(by_year.items()):
        if year not in complete:
            zh, en = "能源平衡表不完整", "the energy balance is not complete"
            absent.append(Absent(str(year), Label(zh=zh, en=en)))
            continue
        rows = [WITH, *([WITHOUT] if any(flow == FEEDSTOCK for flow, _ in cells) else [])]
        try:
            values += [_share(desk, year, cells, basis) for basis in rows]
        except Refused as error:
            absent.append(Absent(str(year), Label(zh=str(error), en=str(error))))
    if not by_year:
        absent.append(Absent("", Label(zh="没有能源平衡表", en="no energy balance")))
    return tuple(values), tuple(absent)


def _complete(desk: Desk) -> set[int]:
    given = desk.accounts.ledger.activity.data.get(COMPLETE)
    if given is None:
        return set()
    dated = dict(zip(given.labels[YEAR], np.asarray(given.values).tolist(), strict=True))
    return {year for year in range(min(dated), max(dated) + 1) if dated[max(y for y in dated if y <= year)] > 0}


def _share(desk: Desk, year: int, cells: dict[tuple[str, str], tuple[float, str, str]], basis: str) -> Value:
    flows = desk.accounts.ledger.held.flows
    heats: dict[str, float] = {}
    sources: set[str] = set()
    for (flow, fuel), (value, unit, source) in cells.items():
        if fuel in flows.sums or (flow == FEEDSTOCK and basis == WITH):
            continue
        sign = 1 if flow == FINAL else -1
        heats[fuel] = heats.get(fuel, 0.0) + sign * _heat(desk, fuel, value, unit)
        sources.add(source)
    power, whole = heats["electricity"], sum(heats.values())
    unknown = [fuel for fuel in heats if fuel in flows.unknown]
    zh = f"{power / 1e3:,.0f} PJ ÷ {whole / 1e3:,.0f} PJ"
    en = zh
    if unknown:
        zh += "；品种不明的油品按原油热值折算"
        en += "; oil of unknown kinds is converted as crude oil"
    given = tuple(sorted(sources))
    inputs = (
        Input("final energy: electricity", year, power, "TJ", given),
        Input("final energy", year, whole, "TJ", given),
    )
    return computed(year, power / whole * units.factor("", "%"), "%", Label(zh=zh, en=en), inputs, basis=basis)


def _heat(desk: Desk, fuel: str, value: float, unit: str) -> float:
    if units.same_dimension(unit, "TJ"):
        return value * units.factor(unit, "TJ")
    base = "t" if units.same_dimension(unit, "t") else "m3"
    ledger = desk.accounts.ledger
    name = UNKNOWN_AS if fuel in ledger.held.flows.unknown else fuel
    return value * units.factor(unit, base) * heat_value(ledger.store, ledger.region, name, base)
