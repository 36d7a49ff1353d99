"""Refining and chemicals of a city: crude run, ethylene cracked, other chemicals made; their fuel, power and CO2.

Refining energy is counted by the energy factor of a refinery (kgoe a tonne and factor), as the benchmarks are.
"""

from __future__ import annotations

from dafeng.domains import drivers
from dafeng.kernel import Array, fact, least, param, variable


@variable(
    "t", dims="place year", observed=fact("industry.crude_oil_processed"), ref="state-peaking-plan-2021#三（三）5"
)
def runs(path: Array = param("petrochemicals.runs_path")) -> Array:
    """Crude oil run through refineries: what is planned."""
    return path


@variable("t", dims="place year", ref="state-peaking-plan-2021#三（三）5")
def ethylene(path: Array = param("petrochemicals.ethylene_path")) -> Array:
    """Ethylene made: what is planned."""
    return path


@variable("tce", dims="place year", ref="efficiency-benchmarks-2021#炼油")
def refining_energy(
    runs: Array = runs,
    complexity: Array = param("petrochemicals.energy_factor"),
    baseline: Array = param("petrochemicals.refining_baseline"),
    benchmark: Array = param("petrochemicals.refining_benchmark"),
    reached: Array = param("petrochemicals.at_benchmark"),
) -> Array:
    """Energy of refining: runs x energy factor x energy for a tonne and factor, part of it at the benchmark."""
    return runs * complexity * (baseline - (baseline - benchmark) * reached)


@variable("tce", dims="place year", ref="efficiency-benchmarks-2021#乙烯")
def cracking_energy(
    ethylene: Array = ethylene,
    baseline: Array = param("petrochemicals.cracking_baseline"),
    benchmark: Array = param("petrochemicals.cracking_benchmark"),
    reached: Array = param("petrochemicals.at_benchmark"),
    lighter: Array = param("petrochemicals.lighter_feed"),
    saved: Array = param("petrochemicals.lighter_saving"),
) -> Array:
    """Energy of cracking before any of it is electric: ethylene x energy for a tonne, less what lighter feed saves."""
    return ethylene * (baseline - (baseline - benchmark) * reached) * (1 - lighter * saved)


@variable("tce", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def works_fuel(
    refining: Array = refining_energy,
    cracking: Array = cracking_energy,
    part: Array = param("petrochemicals.fuel_part"),
    electric: Array = param("petrochemicals.electric_cracking"),
) -> Array:
    """Fuel burnt in refineries and crackers: the part of their energy that is burnt there, where it is not electric."""
    return (refining + cracking * (1 - least(electric, 0 * electric + 1))) * part


@variable("tce", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def chemicals_fuel(
    output: Array = drivers.secondary,
    by_output: Array = param("petrochemicals.chemicals_intensity"),
    heat: Array = param("industry_use.heat_part"),
    saved: Array = param("industry_use.boiler_saving"),
) -> Array:
    """Fuel of other chemicals: value added x fuel for each yuan of it, less what better boilers and steam save."""
    return output * by_output * (1 - heat * saved)


@variable("tCO2", dims="place year", observed=fact("emissions.petrochemicals"), ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(
    works: Array = works_fuel,
    works_factor: Array = param("petrochemicals.works_factor"),
    chemicals: Array = chemicals_fuel,
    factor: Array = param("petrochemicals.chemicals_factor"),
) -> Array:
    """CO2 of refining and chemicals before capture: fuel of refineries and crackers, and that of other chemicals."""
    return works * works_factor + chemicals * factor


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（三）5")
def electricity(
    runs: Array = runs,
    by_runs: Array = param("petrochemicals.refining_electricity"),
    ethylene: Array = ethylene,
    electric: Array = param("petrochemicals.electric_cracking"),
    by_cracked: Array = param("petrochemicals.cracker_electricity"),
    output: Array = drivers.secondary,
    by_output: Array = param("petrochemicals.chemicals_electricity"),
    motors: Array = param("industry_use.motor_part"),
    saved: Array = param("industry_use.motor_saving"),
) -> Array:
    """Electricity of refining and chemicals, less what better motors save, and that of electric crackers."""
    driven = (runs * by_runs + output * by_output) * (1 - motors * saved)
    return driven + ethylene * least(electric, 0 * electric + 1) * by_cracked


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def feedstock(runs: Array = runs, by_runs: Array = param("petrochemicals.feedstock_by_runs")) -> Array:
    """Oil and gas kept in products, and what is lost in making them: runs x feedstock for a tonne."""
    return runs * by_runs


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(works: Array = works_fuel, chemicals: Array = chemicals_fuel, power: Array = electricity) -> Array:
    """Energy of refining and chemicals: fuel burnt, and electricity at its equivalent value; feedstock apart."""
    return works + chemicals + power
