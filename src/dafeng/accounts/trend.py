"""What changed an account between two years, and whether its series has peaked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum

import numpy as np

from dafeng import units
from dafeng.accounts import output as outputs
from dafeng.accounts import peak as test
from dafeng.accounts import structure
from dafeng.accounts.account import Accounts, accounts
from dafeng.accounts.cells import SCALE, Floats
from dafeng.accounts.decomposition import Decomposition, decompose, log_mean
from dafeng.accounts.heat_value import STAND_IN, heat_value
from dafeng.accounts.peak import Finding
from dafeng.city import City
from dafeng.errors import NotFound, Refused
from dafeng.labels import Label

FACTORS: Mapping[str, Label] = {
    "population": Label(zh="人口", en="population"),
    "gdp_per_person": Label(zh="人均生产总值", en="GDP per person"),
    "energy_per_gdp": Label(zh="单位生产总值能耗", en="energy per GDP"),
    "energy_per_person": Label(zh="人均能耗", en="energy per person"),
    "energy": Label(zh="能耗", en="energy"),
    "output_share": Label(zh="产业结构", en="structure of the economy"),
    "energy_per_output": Label(zh="单位增加值能耗", en="energy per value added"),
    "household_energy": Label(zh="居民人均用能", en="households' energy per person"),
    "sector_share": Label(zh="部门结构", en="shares of sectors"),
    "fuel_share": Label(zh="能源品种结构", en="shares of fuels"),
    "co2_per_energy": Label(zh="单位能耗排放", en="CO2 per energy"),
    "other_items": Label(zh="其他项目", en="items other than fuel"),
}


#: Which drivers a change may be decomposed by.
DRIVERS = ("economy", "structure")


@dataclass(frozen=True)
class Change:
    """The change of an account between two years by what made it, in Mt CO2e; the effects add up to the change."""

    start: int
    end: int
    from_value: float
    to_value: float
    effects: Mapping[str, float]
    ratios: Mapping[str, float]
    by_sector: Mapping[str, Mapping[str, float]]
    residual: float
    notes: tuple[Label, ...]

    @property
    def change(self) -> float:
        """End less start."""
        return self.to_value - self.from_value


def change(
    city: City,
    boundary: str,
    start: int,
    end: int,
    place: str | None = None,
    *,
    drivers: str = "economy",
    **switches: str,
) -> Change:
    """Decompose the change of a boundary's total by LMDI-I: drivers, sectors, fuels, factors.

    `drivers` "economy": with GDP at constant prices for both years population, GDP per person and energy per GDP;
    without it population and energy per person, without population energy. "structure": the structure of the economy
    too, by value added of its three sectors, households apart (see `structure`).

    Raises:
        NotFound: no such boundary or place.
        Refused: a year has no total, or no value added where it is asked for; or no such drivers.
    """
    if drivers not in DRIVERS:
        raise Refused(
            f"decompose: there are no drivers '{drivers}'. Name one of {', '.join(DRIVERS)}.",
            zh=f"分解：没有驱动因素“{drivers}”。请从 {'、'.join(DRIVERS)} 中选一个。",
        )
    found = accounts(city, boundary, place, **switches)
    for year in (start, end):
        if not found.complete[found.at(year)]:
            raise Refused(
                f"decompose: boundary '{boundary}' has no total in {year}. Choose another year.",
                zh=f"分解：口径“{found.boundary.label.zh}”{year} 年没有总量。请另选年份。",
            )
    notes: list[Label] = []
    both = _drivers(found, start, end, notes)
    heat, cells, sectors = _merged(found, *_burnt(found, notes), (start, end))
    if drivers == "structure":
        states = _structured(found, heat, cells, sectors, (start, end), both)
    else:
        states = [_state(heat, cells, found.at(year), driver) for year, driver in zip((start, end), both, strict=True)]
    neither = np.isnan(states[0]["co2_per_energy"]) & np.isnan(states[1]["co2_per_energy"])
    for state in states:
        state["co2_per_energy"] = np.where(neither, 0.0, state["co2_per_energy"])
    made: Decomposition = decompose(states[0], states[1])
    totals = found.totals()
    other = totals[end] - totals[start] - made.change
    by_sector = {
        name: {sector: float(part) for sector, part in zip(sectors, values, strict=True) if abs(part) > 0}
        for name, values in made.over(0).items()
    }
    if drivers == "structure":
        by_sector = _households_apart(by_sector)
    effects = {name: fsum(parts.values()) for name, parts in by_sector.items()} | {"other_items": other}
    weight = float(log_mean(made.end.sum(), made.start.sum()))
    ratios = {name: exp(effect / weight) for name, effect in effects.items() if name in by_sector and weight > 0}
    residual = totals[end] - totals[start] - sum(effects.values())
    return Change(start, end, totals[start], totals[end], effects, ratios, by_sector, residual, tuple(notes))


def peak(city: City, boundary: str, place: str | None = None, today: int | None = None, **switches: str) -> Finding:
    """Judge whether a boundary's total has peaked, on the years that have one.

    Raises:
        NotFound: no such boundary or place.
        Refused: a total is not positive.
    """
    found = accounts(city, boundary, place, **switches)
    return _judged(found, found.totals(), today)


def sector_peak(found: Accounts, sector: str, *, reallocated: bool = False, today: int | None = None) -> Finding:
    """Judge whether one sector of a boundary has peaked, on the years that have it.

    With `reallocated` cells that the source books in another sector stand where they belong.

    Raises:
        NotFound: no such sector.
        Refused: a figure is not positive.
    """
    return _judged(found, series_of(found, "sector", sector, reallocated), today)


def _judged(found: Accounts, series: Mapping[int, float], today: int | None) -> Finding:
    shocks = [shock.year for shock in found.ledger.held.shocks]
    return test.find(list(series), list(series.values()), shocks=shocks, today=today)


def peaks(
    city: City,
    boundary: str,
    by: str = "sector",
    place: str | None = None,
    today: int | None = None,
    /,
    **switches: str,
) -> Mapping[str, Finding]:
    """Judge every sector, fuel or gas of a boundary; one with a figure that is not positive is left out."""
    found = accounts(city, boundary, place, **switches)
    return {
        label: _judged(found, series, today)
        for label, series in parts_by_year(found, by).items()
        if series and min(series.values()) > 0
    }


def series_of(found: Accounts, by: str, label: str, reallocated: bool = False) -> Mapping[int, float]:
    """Give one sector, fuel or gas of a boundary in Mt CO2e by year, for the years that have an account.

    Raises:
        NotFound: the boundary counts no such part.
    """
    every = parts_by_year(found, by, reallocated)
    if label not in every:
        raise NotFound(by, label, every)
    return every[label]


def parts_by_year(found: Accounts, by: str, reallocated: bool = False) -> Mapping[str, Mapping[int, float]]:
    """Give every sector, fuel or gas of a boundary in Mt CO2e by year, for the years that have an account.

    Where a table does not split a sector, its members are absent in that year, and the whole is the sum of them in the
    years that do: a change of tables is no change of a sector. With `reallocated` misbooked cells that the pack
    names stand in the sector they belong to.
    """
    labels, sums, _ = found.cells.grouped(by)
    years = [(year, at) for at, year in enumerate(found.ledger.years) if found.complete[at]]
    series = {label: {year: float(sums[i, at]) * SCALE for year, at in years} for i, label in enumerate(labels)}
    if reallocated and by == "sector":
        for year, _ in years:
            for label, value in found.reallocated(year).items():
                series.setdefault(label, {})[year] = value
    for whole, members in found.ledger.held.flows.unsplit.items() if by == "sector" else ():
        together = [member for member in members if member in series]
        if whole not in series:
            continue
        unsplit = {year for year, value in series[whole].items() if value}
        series[whole] = {
            year: value + sum(series[one][year] for one in together) for year, value in series[whole].items()
        }
        for one in together:
            series[one] = {year: value for year, value in series[one].items() if year not in unsplit}
    return series


def _drivers(
    found: Accounts, start: int, end: int, notes: list[Label]
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    city, place = found.ledger.city, found.ledger.place
    people = city.facts.series("economy.population", place) if "economy.population" in city.indicators else None
    chained = outputs.constant(city, place)
    output = chained.values if chained is not None else {}
    both: list[dict[str, float]] = []
    for year in (start, end):
        one = people.yearly.get(year) if people is not None else None
        if one is None or one.value is None:
            zh, en = "缺人口数据，只分解能耗", f"no population of {year}: energy as a whole is the driver"
            notes.append(Label(zh=zh, en=en))
            return {}, {}
        both.append({"population": one.value * units.factor(one.unit, "person")})
    if start in output and end in output:
        for year, driver in zip((start, end), both, strict=True):
            driver["gdp"] = output[year]
    else:
        zh = "两年之间缺可比价增长率，改用人均能耗"
        notes.append(
            Label(zh=zh, en="growth at constant prices is missing between the years: energy per person instead")
        )
    return both[0], both[1]


def _burnt(found: Accounts, notes: list[Label]) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Give the energy (TJ) and CO2 (Mt) of fuel by sector, fuel and year."""
    keys = [(at, key) for at, key in enumerate(found.cells.keys) if key.item == "fuel"]
    sectors = tuple(dict.fromkeys(key.sector for _, key in keys))
    fuels = tuple(dict.fromkeys(key.fuel for _, key in keys))
    shape = (len(sectors), len(fuels), len(found.ledger.years))
    heat, cells = np.zeros(shape), np.zeros(shape)
    state = found.run.state
    given = found.ledger.activity
    assert state is not None  # noqa: S101 - a boundary with a total was run
    quantities = {
        "t": np.asarray(state.values("energy.fuel_by_mass", unit="t"))[0] if given.fuels else None,
        "m3": np.asarray(state.values("energy.fuel_by_volume", unit="m3"))[0] if given.gaseous else None,
    }
    for at, key in keys:
        s, f = sectors.index(key.sector), fuels.index(key.fuel)
        cells[s, f] = np.nan_to_num(found.cells.values[at]) * SCALE
        unit, names = ("t", given.fuels) if key.fuel in given.fuels else ("m3", given.gaseous)
        quantity = quantities[unit]
        assert quantity is not None  # noqa: S101 - the fuel is among its names
        column = quantity[given.sectors.index(key.sector), names.index(key.fuel)]
        heat[s, f] = np.nan_to_num(column) * heat_value(found.ledger.store, found.ledger.region, key.fuel, unit)
    if any(fuel in STAND_IN for fuel in fuels):
        zh, en = "部分品种热值以相近品种代替", "the calorific value of a near kind stands in for some fuels"
        notes.append(Label(zh=zh, en=en))
    return heat, cells, sectors


def _merged(
    found: Accounts, heat: Floats, cells: Floats, sectors: tuple[str, ...], years: tuple[int, int]
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Put sectors together that one of the years does not split, so that a change of tables is no change of sectors."""
    at = [found.at(year) for year in years]
    into = dict(zip(sectors, sectors, strict=True))
    for whole, members in found.ledger.held.flows.unsplit.items():
        if whole in sectors and heat[sectors.index(whole)][:, at].any():
            into |= dict.fromkeys((member for member in members if member in sectors), whole)
    names = tuple(dict.fromkeys(into.values()))
    member = np.array([[into[sector] == name for sector in sectors] for name in names], dtype=float)
    return np.tensordot(member, heat, 1), np.tensordot(member, cells, 1), names


def _structured(
    found: Accounts,
    heat: Floats,
    cells: Floats,
    sectors: tuple[str, ...],
    years: tuple[int, int],
    drivers: tuple[Mapping[str, float], Mapping[str, float]],
) -> list[dict[str, Floats]]:
    added = structure.value_added(found.ledger.city, found.ledger.place, years)
    if not all("population" in driver for driver in drivers):
        raise Refused(
            "decompose: no population of one of the years. Add it to the facts, or choose other drivers.",
            zh="分解：其中一年没有人口数。请在事实中补充，或改选驱动因素。",
        )
    return [
        structure.factors(heat[..., found.at(year)], cells[..., found.at(year)], sectors, driver["population"], value)
        for year, driver, value in zip(years, drivers, added, strict=True)
    ]


def _households_apart(by_sector: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Give what households use a name of its own: they have no value added."""
    found: dict[str, dict[str, float]] = {}
    for name, parts in by_sector.items():
        if name != "energy_per_output":
            found[name] = dict(parts)
            continue
        home = {one for one in parts if structure.part_of(one) == structure.HOUSEHOLDS}
        found[name] = {one: value for one, value in parts.items() if one not in home}
        found["household_energy"] = {one: value for one, value in parts.items() if one in home}
    return found


def _state(heat: Floats, cells: Floats, at: int, driver: Mapping[str, float]) -> dict[str, Floats]:
    now, co2 = heat[..., at], cells[..., at]
    whole, of_sector = now.sum(), now.sum(axis=1, keepdims=True)
    people = driver.get("population", np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors: dict[str, Floats] = {"population": np.asarray([[people]])} if driver else {}
        if not driver:
            factors["energy"] = np.asarray([[whole]])
        elif "gdp" in driver:
            factors["gdp_per_person"] = np.asarray([[driver["gdp"] / people]])
            factors["energy_per_gdp"] = np.asarray([[whole / driver["gdp"]]])
        else:
            factors["energy_per_person"] = np.asarray([[whole / people]])
        factors["sector_share"] = of_sector / whole
        factors["fuel_share"] = np.where(of_sector > 0, now / of_sector, 0.0)
        factors["co2_per_energy"] = np.where(now > 0, co2 / now, np.nan)
    return factors
