"""The factors of one regime as arrays over sector and fuel; where its sets have none, what the boundaries let stand in.

A cell that neither fits stays absent, and the refusal of the factor store says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dafeng import units
from dafeng.accounts.activity import Activity
from dafeng.accounts.boundaries import Boundaries, StandIn
from dafeng.axes import YEAR
from dafeng.errors import NotFound
from dafeng.factors import Factors, NoFactor
from dafeng.factors.bind import source as source_of
from dafeng.kernel import Datum, Source

#: The axis of the fuels, the unit of their factor, and the id of the array.
KINDS = (("fuel", "tCO2/t", "fuel.co2_by_mass"), ("gaseous", "tCO2/万立方米", "fuel.co2_by_volume"))
Cell = tuple[float | None, Source]


@dataclass(frozen=True)
class Table:
    """Arrays by id; the fuels a factor stands in for, with the reason; the fuels that have none, with the refusal."""

    data: Mapping[str, Datum]
    stood_in: Mapping[str, StandIn]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class Yearly:
    """The electricity factor by year; `other` gives, by year, the year whose factor stands in."""

    datum: Datum | None
    other: Mapping[int, int]
    refused: str


class Reader:
    """Reads the factors of a regime for the fuels and sectors of one activity ledger."""

    def __init__(self, store: Factors, held: Boundaries, regime: str, region: str | None) -> None:
        self._store, self._held, self._regime, self._region = store, held, regime, region
        self._stood_in: dict[str, StandIn] = {}
        self._refused: dict[str, str] = {}

    def fuels(self, activity: Activity) -> Table:
        """Give the CO2 factors over sector and fuel."""
        data: dict[str, Datum] = {}
        for axis, unit, id in KINDS:
            names = activity.fuels if axis == "fuel" else activity.gaseous
            cells = {}
            for fuel in names:
                for sector, cell in self._of(fuel, activity.sectors, unit).items():
                    cells[sector, fuel] = cell
            labels = {"sector": activity.sectors, axis: names}
            data[id] = Datum.from_cells(cells, unit, ("sector", axis), labels=labels, kind="parameter")
        return Table(data, dict(self._stood_in), dict(self._refused))

    def _of(self, fuel: str, sectors: Sequence[str], unit: str, ruled: bool = True) -> dict[str, Cell]:
        rule = self._rule(fuel) if ruled else None
        if rule is not None and rule.instead:
            self._stood_in[fuel] = rule
            return self._by_rule(rule, sectors, unit)
        found: dict[str, Cell] = {}
        alone = self._pick(fuel, None, unit)
        for sector in sectors:
            cell = alone or self._pick(fuel, self._known(sector), unit)
            if cell is not None:
                found[sector] = cell
        if len(found) < len(sectors) and rule is not None:
            self._stood_in[fuel] = rule
            found = self._by_rule(rule, sectors, unit) | found
        if not found:
            self._refused.setdefault(fuel, self._why(fuel))
        return found

    def _rule(self, fuel: str) -> StandIn | None:
        rules = (rule for rule in self._held.stand_ins if rule.fuel == fuel and self._regime in rule.regimes)
        return next(rules, None)

    def _by_rule(self, rule: StandIn, sectors: Sequence[str], unit: str) -> dict[str, Cell]:
        if rule.of is None:
            source = Source(rule.document, "", "derived", "low", "", rule.why.en)
            scale = units.factor(rule.unit, unit)
            return {sector: (rule.values[sector] * scale, source) for sector in sectors if sector in rule.values}
        if rule.of.set:
            cell = self._pick(rule.of.fuel or rule.fuel, None, unit, set=rule.of.set)
            return dict.fromkeys(sectors, cell) if cell else {}
        based = self._of(rule.of.fuel, sectors, unit, ruled=rule.of.fuel != rule.fuel)
        source = Source(rule.document, "", "derived", "medium", "", rule.why.en)
        return {s: (None if value is None else value * rule.times, source) for s, (value, _) in based.items()}

    def _pick(self, fuel: str, sector: str | None, unit: str, set: str | None = None) -> Cell | None:
        try:
            asked = self._store.asked(
                fuel,
                "co2_factor",
                regime=None if set else self._regime,
                region=self._region,
                sector=sector,
                set=set,
            )
            factor = self._store.pick(asked)
        except (NoFactor, NotFound):
            return None
        if factor.value is None or not units.same_dimension(factor.unit, unit):
            return None
        return factor.value * units.factor(factor.unit, unit), source_of(factor)

    def _why(self, fuel: str) -> str:
        try:
            self._store.get(fuel, "co2_factor", regime=self._regime, region=self._region)
        except NoFactor as error:
            return error.brief
        except NotFound as error:
            return str(error)
        return ""

    def _known(self, sector: str) -> str | None:
        names = self._store.names
        return names.sector(sector).id if names.knows_sector(sector) else None


def electricity(store: Factors, regime: str, region: str | None, years: Iterable[int], within: int) -> Yearly:
    """Give the electricity factor of a regime by year; a year without one takes that of the nearest year `within`."""
    published: dict[int, Cell] = {}
    refused = ""
    for year in years:
        try:
            factor = store.pick(store.asked("electricity", regime=regime, region=region, year=year))
        except NoFactor as error:
            refused = error.brief
            continue
        if factor.value is not None:
            published[year] = (factor.value * units.factor(factor.unit, "tCO2/MWh"), source_of(factor))
    if not published:
        return Yearly(None, {}, refused)
    cells, other = {(year,): cell for year, cell in published.items()}, {}
    for year in years:
        nearest = min(published, key=lambda known: (abs(known - year), -known))
        if year not in published and abs(nearest - year) <= within:
            value, source = published[nearest]
            cells[year,] = (value, source)
            other[year] = nearest
    datum = Datum.from_cells(cells, "tCO2/MWh", (YEAR,), labels={YEAR: tuple(years)}, kind="parameter")
    return Yearly(datum, other, refused)


def single(store: Factors, what: str, parameter: str, regime: str, region: str | None) -> Datum | str:
    """Give one factor of a regime as a parameter, or why there is none."""
    try:
        factor = store.pick(store.asked(what, parameter, regime=regime, region=region))
    except NoFactor as error:
        return error.brief
    except NotFound as error:
        return str(error)
    if factor.value is None:
        return f"{parameter} of {what}: a range and no single value."
    return Datum(np.asarray(factor.value), factor.unit, (), {}, source_of(factor), "parameter")


def warming(store: Factors, gas: str, report: str) -> float | None:
    """Give the warming potential of a gas by one report; None where the report has none."""
    if gas == "co2":
        return 1.0
    try:
        return store.gwp(gas, report).factor.value
    except (NoFactor, NotFound):
        return None
