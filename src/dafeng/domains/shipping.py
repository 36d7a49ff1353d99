"""Ships of a city: freight work by kind, ships by year of building, fuel oil, diesel and clean fuels, and shore power.

Ships live thirty years and longer: new ships alone are better, and the fleet follows slowly.
"""

from __future__ import annotations

from dafeng.domains import fleet, freight
from dafeng.kernel import Array, fact, greatest, param, shift, stock, total, variable, where


@variable("tkm", dims="place ship year", ref="state-peaking-plan-2021#三（五）2")
def work(
    turnover: Array = freight.turnover,
    share: Array = param("shipping.work_share"),
    moved: Array = freight.moved_to_water,
    river: Array = param("shipping.is_inland"),
) -> Array:
    """Freight work of ships: their share of turnover; river ships take on containers from the road."""
    return greatest(0, turnover * share + moved * river)


@variable("", dims="place ship cohort year", ref="vehicle-survival-2011#Weibull 生存曲线")
def standing(
    age: Array = fleet.age, life: Array = param("shipping.median_life"), shape: Array = param("shipping.survival_shape")
) -> Array:
    """Part of the ships of a year of building that still sails."""
    return fleet.survival(age, life, shape)


@variable("tkm", dims="place ship cohort year", ref="vehicle-survival-2011#方法")
def built_at_start(work: Array = work, standing: Array = standing, initial: Array = param("fleet.before")) -> Array:
    """Ships built before the first year, in the work they can do."""
    left = total(standing * initial, over="cohort")
    return initial * work / (left + where(left, 0, 1))


@variable("", dims="place ship cohort year", ref="vehicle-survival-2011#方法")
def joining(fresh: Array = fleet.fresh, standing: Array = standing) -> Array:
    """Ships to be built for each that is to sail at the end of its first year, by year of building."""
    return fresh / total(fresh * standing, over="cohort")


@stock("tkm", dims="place ship cohort year", start=built_at_start, ref="vehicle-survival-2011#方法")
def built(
    before: Array, step: float, work: Array = work, standing: Array = standing, joining: Array = joining
) -> Array:
    """Ships built, in the work they can do: so many as the work needs beyond those that still sail."""
    return before + joining * greatest(0, work - total(before * standing, over="cohort"))


@variable("", dims="place ship cohort year", ref="vehicle-survival-2011#方法")
def part(built: Array = built, standing: Array = standing) -> Array:
    """Part of the fleet that was built in a year."""
    sailing = built * standing
    return sailing / total(sailing, over="cohort")


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def new_ship_gain(aim: Array = param("shipping.new_ship_aim")) -> Array:
    """Gain in design efficiency of new ships over those of 2020."""
    return aim


@variable("", dims="place cohort", ref="state-peaking-plan-2021#三（五）1")
def cohort_gain(gain: Array = new_ship_gain, fresh: Array = fleet.fresh) -> Array:
    """Gain in design efficiency of the ships of a year of building."""
    return total(gain * fresh, over="year")


@variable("", dims="place cohort", ref="state-peaking-plan-2021#三（五）1")
def cohort_clean(clean: Array = param("shipping.clean_new"), fresh: Array = fleet.fresh) -> Array:
    """Share of ships on clean fuels among those of a year of building."""
    return total(clean * fresh, over="year")


@variable("", dims="place ship year", ref="state-peaking-plan-2021#三（五）1")
def clean(part: Array = part, clean: Array = cohort_clean) -> Array:
    """Share of ships on clean fuels, by the work they do."""
    return total(part * clean, over="cohort")


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def clean_share(clean: Array = clean, number: Array = param("shipping.number_share")) -> Array:
    """Share of ships on clean fuels, by number: that of each kind x its share of all ships."""
    return total(clean * number, over="ship")


@variable("TJ", dims="place ship year", ref="provincial-guideline-2025#交通 水运")
def oil_work(
    work: Array = work,
    use: Array = param("shipping.energy_use"),
    part: Array = part,
    gain: Array = cohort_gain,
    clean: Array = cohort_clean,
) -> Array:
    """Energy of ships on oil: work x energy by work, less the gain of their year of building."""
    return work * use * total(part * (1 - gain) * (1 - clean), over="cohort")


@variable("TJ", dims="place ship year", ref="provincial-guideline-2025#交通 水运")
def clean_work(
    work: Array = work,
    use: Array = param("shipping.energy_use"),
    part: Array = part,
    gain: Array = cohort_gain,
    clean: Array = cohort_clean,
) -> Array:
    """Energy of ships on clean fuels: work x energy by work, less the gain of their year of building."""
    return work * use * total(part * (1 - gain) * clean, over="cohort")


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（五）3")
def shore_power_use(aim: Array = param("shipping.shore_power_aim")) -> Array:
    """Share of the time at container berths in which ships take power from the shore."""
    return aim


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（五）3")
def at_berth(containers: Array = freight.containers, use: Array = param("shipping.berth_use")) -> Array:
    """Power that container ships need at berth: containers x use."""
    return containers * use


@variable("TJ", dims="place ship year", ref="state-peaking-plan-2021#三（五）3")
def berth_oil(
    power: Array = at_berth,
    shore: Array = shore_power_use,
    by_power: Array = param("shipping.engine_use"),
    sea: Array = param("shipping.is_sea"),
) -> Array:
    """Oil that sea ships burn at berth: power not taken from the shore x fuel by power."""
    return power * (1 - shore) * by_power * sea


@variable("", dims="place ship year", ref="provincial-guideline-2025#交通 水运")
def oil_change(sailing: Array = oil_work, berth: Array = berth_oil) -> Array:
    """Oil that ships need against that of the year before, by kind."""
    need = sailing + berth
    return need / shift(need)


@stock(
    "t",
    dims="place ship year",
    start=fact("transport.ship_oil"),
    observed=fact("transport.ship_oil"),
    ref="provincial-guideline-2025#交通 水运",
)
def oil(before: Array, step: float, change: Array = oil_change) -> Array:
    """Oil burnt by ships, fuel oil at sea and diesel on rivers: that of the year before x change of their need."""
    return before * change


@variable("TJ", dims="place ship year", ref="provincial-guideline-2025#交通 水运")
def clean_energy(
    oil: Array = oil,
    heat: Array = param("shipping.oil_ncv"),
    sailing: Array = oil_work,
    berth: Array = berth_oil,
    clean: Array = clean_work,
) -> Array:
    """Energy of clean fuels: need of ships on them, at the ratio of oil burnt to the need of ships on oil."""
    return clean * (oil * heat) / (sailing + berth)


@variable("TJ", dims="place clean_fuel year", ref="state-peaking-plan-2021#三（五）1")
def clean_fuel(energy: Array = clean_energy, mix: Array = param("shipping.clean_mix")) -> Array:
    """Energy of each clean fuel: that of ships on clean fuels x its share."""
    return total(energy, over="ship") * mix


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def methanol(
    fuel: Array = clean_fuel,
    is_methanol: Array = param("shipping.is_methanol"),
    heat: Array = param("shipping.methanol_ncv"),
) -> Array:
    """Green methanol that ships burn."""
    return total(fuel * is_methanol, over="clean_fuel") / heat


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.5")
def all_co2(
    oil: Array = oil,
    factor: Array = param("shipping.oil_factor"),
    fuel: Array = clean_fuel,
    clean_factor: Array = param("shipping.clean_factor"),
) -> Array:
    """CO2 of ships, with fuel taken on abroad: oil and clean fuels, each x its factor."""
    return total(oil * factor, over="ship") + total(fuel * clean_factor, over="clean_fuel")


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.5")
def abroad_co2(all_co2: Array = all_co2, abroad: Array = param("shipping.abroad_share")) -> Array:
    """CO2 of fuel that the city's ships take on abroad, which the balance books as consumption."""
    return all_co2 * abroad


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 3 章 3.5")
def co2(all_co2: Array = all_co2, abroad: Array = abroad_co2) -> Array:
    """CO2 of ships, without fuel taken on abroad."""
    return all_co2 - abroad


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（五）3")
def electricity(
    power: Array = at_berth,
    shore: Array = shore_power_use,
    reference: Array = param("shipping.shore_power_reference"),
    fuel: Array = clean_fuel,
    is_battery: Array = param("shipping.is_battery"),
) -> Array:
    """Electricity of ships: shore power beyond the part the row of ports holds, and what battery ships charge."""
    return power * greatest(0, shore - reference) + total(fuel * is_battery, over="clean_fuel")


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(
    oil: Array = oil,
    heat: Array = param("shipping.oil_ncv"),
    fuel: Array = clean_fuel,
    is_battery: Array = param("shipping.is_battery"),
    electricity: Array = electricity,
) -> Array:
    """Final energy of ships, with fuel taken on abroad: oil and clean fuels by their heat, and electricity."""
    return total(oil * heat, over="ship") + total(fuel * (1 - is_battery), over="clean_fuel") + electricity
