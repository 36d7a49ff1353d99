"""Values of indicators computed from figures at hand, each with the figures it was made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

from dafeng import units
from dafeng.accounts import output
from dafeng.accounts.account import Accounts, accounts
from dafeng.accounts.indicators.value import Absent, Input, Value, computed, input_of
from dafeng.accounts.output import Output
from dafeng.city import City
from dafeng.domains import economy
from dafeng.facts.observation import Observation
from dafeng.labels import Label

#: The year that the carbon intensity of the plan is read against.
BASE = 2005
#: A five-year plan ends in a year divisible by this.
PLAN = 5
ENERGY, PEOPLE, POWER, CHANGE = (
    "energy.consumption",
    "economy.population",
    "power.electricity_use",
    "energy.intensity_change",
)
#: Name of GDP at constant prices among inputs; the base year follows.
GDP = "economy.gdp at prices of "
Computed = tuple[tuple[Value, ...], tuple[Absent, ...]]
#: A quotient as a formula of the domains: numerator, denominator.
Quotient = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Desk:
    """What computations read: a city, a place, a boundary and its switches."""

    city: City
    place: str
    boundary: str
    switches: Mapping[str, str]

    @cached_property
    def accounts(self) -> Accounts:
        """All years of the boundary."""
        return accounts(self.city, self.boundary, self.place, **self.switches)

    @cached_property
    def output(self) -> Output | None:
        """GDP at constant prices."""
        return output.constant(self.city, self.place)

    def yearly(self, id: str) -> Mapping[int, Observation]:
        """Give the published figures of an indicator by year; nothing where the pack does not know it."""
        if id not in self.city.indicators:
            return {}
        found = self.city.facts.series(id, self.place).yearly
        return {year: one for year, one in found.items() if one.value is not None}

    def of(self, id: str, unit: str) -> dict[int, Input]:
        """Give the published figures of an indicator as inputs in a unit."""
        return {year: input_of(one, unit) for year, one in self.yearly(id).items()}

    def gdp(self) -> dict[int, Input]:
        """Give GDP at constant prices as inputs in 100 million CNY."""
        made = self.output
        if made is None:
            return {}
        name = f"{GDP}{made.base}"
        return {
            year: Input(name, year, value, output.UNIT, made.sources_of(year)) for year, value in made.values.items()
        }

    def totals(self) -> dict[int, Input]:
        """Give the CO2 of the boundary as inputs in Mt, with intervals, in years with a total; other gases stay out."""
        found, made = self.accounts, dict[int, Input]()
        more = "" if set(found.boundary.gases) == {"co2"} else ", CO2 only"
        for year in found.totals():
            total = found.of_gas("co2", year)
            name = f"account {self.boundary}{more}"
            made[year] = Input(name, year, total.value, "MtCO2", found.sources(year), low=total.low, high=total.high)
        return made

    def no_change(self, id: str) -> set[int]:
        """Give the years whose figure stands on another basis than that of the year before."""
        found = self.city.facts.series(id, self.place)
        return {stated.year for stated in found.indicator.breaks} | set(found.breaks)


def _quotients(
    desk: Desk, above: Mapping[int, Input], below: Mapping[int, Input], unit: str, formula: Quotient | None = None
) -> Computed:
    divide: Quotient = formula or (lambda a, b: a / b)
    values = []
    for year in sorted(set(above) & set(below)):
        a, b = above[year], below[year]
        scale = units.factor(f"{a.unit}/{b.unit}", unit)
        how = Label(zh=f"{_text(a)} ÷ {_text(b)}", en=f"{_text(a)} ÷ {_text(b)}")
        made = computed(year, float(divide(a.value, b.value)) * scale, unit, how, (a, b), basis=_basis(desk, a, b))
        if a.low is not None and a.high is not None:
            low, high = (float(divide(end, b.value)) * scale for end in (a.low, a.high))
            made = replace(made, low=low, high=high)
        values.append(made)
    if values:
        return tuple(values), ()
    lacking = [id for id, given in (("numerator", above), ("denominator", below)) if not given]
    zh, en = "分子或分母没有数据", f"no year has both: {' and '.join(lacking) or 'the two'} missing"
    return (), (Absent("", Label(zh=zh, en=en)),)


def _basis(desk: Desk, *inputs: Input) -> str:
    made = desk.output
    constant = any(one.id.startswith(GDP) for one in inputs)
    return f"{made.base}-prices" if made is not None and constant else ""


def _text(one: Input) -> str:
    return f"{one.id} {one.year}: {one.value:,.6g} {one.unit}"


def _changes(levels: Computed, base: Callable[[int], int], broken: set[int], what: Label) -> Computed:
    by_year = {value.year: value for value in levels[0]}
    values = []
    for year, now in by_year.items():
        before = by_year.get(base(year))
        between = {known for known in broken if base(year) < known <= year}
        if before is None or year == base(year) or between or now.value is None or before.value is None:
            continue
        change = (now.value / before.value - 1) * units.factor("", "%")
        zh = f"{now.value:.5g} ÷ {before.value:.5g} − 1（{what.zh}，{year} 与 {before.year}）"
        en = f"{now.value:.5g} ÷ {before.value:.5g} − 1 ({what.en}, {year} and {before.year})"
        inputs = (*now.inputs, *before.inputs)
        values.append(computed(year, change, "%", Label(zh=zh, en=en), inputs, period=_span(base(year), year)))
    return tuple(values), levels[1]


def _span(base: int, year: int) -> str:
    return str(year) if year - base == 1 else f"{base + 1}/{year}"


def energy_intensity(desk: Desk) -> Computed:
    """Energy consumption over GDP at constant prices."""
    return _quotients(
        desk, desk.of(ENERGY, "万吨标准煤"), desk.gdp(), "吨标准煤/万元", economy.energy_intensity.__wrapped__
    )


def energy_intensity_change(desk: Desk) -> Computed:
    """Change of the computed intensity on the year before; none across a break of the series."""
    what = Label(zh="单位生产总值能耗", en="energy per GDP")
    broken = desk.no_change(ENERGY) if ENERGY in desk.city.indicators else set()
    return _changes(energy_intensity(desk), lambda year: year - 1, broken, what)


def energy_intensity_plans(desk: Desk) -> Computed:
    """Published yearly changes compounded over each five-year plan that has all of them."""
    published = desk.yearly(CHANGE)
    values, absent = [], []
    known = [*published, *(one.year for one in _stated(desk, CHANGE))]
    for end in range(min(known, default=1) // PLAN * PLAN + PLAN, max(known, default=0) + PLAN, PLAN):
        years = range(end - PLAN + 1, end + 1)
        period = f"{years[0]}/{end}"
        missing = [year for year in years if year not in published]
        if missing:
            text = ", ".join(map(str, missing))
            zh, en = f"{text} 年没有公布的变化率", f"no published change of {text}"
            absent.append(Absent(period, Label(zh=zh, en=en)))
            continue
        inputs = tuple(input_of(published[year], "%") for year in years)
        steps = [1 + one.value * units.factor("%", "") for one in inputs]
        how = " × ".join(f"(1 {one.value:+.2f} %)" for one in inputs) + " − 1"
        change = (prod(steps) - 1) * units.factor("", "%")
        values.append(computed(end, change, "%", Label(zh=how, en=how), inputs, period=period))
    return tuple(values), tuple(absent)


def _stated(desk: Desk, id: str) -> list[Value]:
    if id not in desk.city.indicators:
        return []
    absent = desk.city.facts.absent(id, desk.place)
    return [Value(int(one.period.end[:4]), str(one.period), None, "", one.status, ()) for one in absent]


def co2_intensity(desk: Desk) -> Computed:
    """CO2 of the boundary over GDP at constant prices."""
    return _quotients(desk, desk.totals(), desk.gdp(), "tCO2/万元", economy.co2_intensity.__wrapped__)


def co2_intensity_change(desk: Desk) -> Computed:
    """Change of CO2 per GDP on the year before."""
    return _changes(co2_intensity(desk), lambda year: year - 1, set(), Label(zh="单位生产总值排放", en="CO2 per GDP"))


def co2_intensity_since_base(desk: Desk) -> Computed:
    """Change of CO2 per GDP on 2005; none where the boundary has no total of 2005."""
    levels = co2_intensity(desk)
    found = _changes(levels, lambda year: BASE, set(), Label(zh="单位生产总值排放", en="CO2 per GDP"))
    if BASE not in {value.year for value in levels[0]}:
        zh, en = f"口径 {desk.boundary} 没有 {BASE} 年的总量", f"boundary {desk.boundary} has no total of {BASE}"
        return (), (*found[1], Absent("", Label(zh=zh, en=en)))
    return tuple(value for value in found[0] if value.year > BASE), found[1]


def renewable_share(desk: Desk) -> Computed:
    """Renewable electricity used over the use of electricity."""
    return _quotients(desk, desk.of("power.renewable_use", "亿千瓦时"), desk.of(POWER, "亿千瓦时"), "%")


def energy_per_person(desk: Desk) -> Computed:
    """Energy consumption over residents."""
    return _quotients(desk, desk.of(ENERGY, "万吨标准煤"), desk.of(PEOPLE, "万人"), "吨标准煤/人")


def power_per_person(desk: Desk) -> Computed:
    """Use of electricity over residents."""
    return _quotients(desk, desk.of(POWER, "亿千瓦时"), desk.of(PEOPLE, "万人"), "千瓦时/人")


def power_per_gdp(desk: Desk) -> Computed:
    """Use of electricity over GDP at constant prices."""
    return _quotients(desk, desk.of(POWER, "亿千瓦时"), desk.gdp(), "千瓦时/万元")


def co2_per_person(desk: Desk) -> Computed:
    """CO2 of the boundary over residents."""
    return _quotients(desk, desk.totals(), desk.of(PEOPLE, "万人"), "tCO2/人", economy.co2_per_person.__wrapped__)


def gdp_per_person(desk: Desk) -> Computed:
    """GDP at constant prices over residents."""
    return _quotients(desk, desk.gdp(), desk.of(PEOPLE, "万人"), "元/人")
