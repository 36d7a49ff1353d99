"""Other manufacturing of a city: energy by value added, its split into electricity and fuels, and the CO2 of it.

Other manufacturing is what is neither steel, refining and chemicals nor the electricity of new industries: machinery,
metals, minerals with the process of cement, light industry, and the works of gas and water.
"""

from __future__ import annotations

from dafeng.domains import drivers, steel
from dafeng.kernel import Array, fact, least, param, total, variable


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy_wanted(output: Array = drivers.secondary, by_output: Array = param("manufacturing.intensity")) -> Array:
    """Energy that manufacturing wants before the measures: value added x energy for each yuan of it."""
    return output * by_output


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def fuel_wanted(
    wanted: Array = energy_wanted,
    electric: Array = param("manufacturing.electricity_share"),
    heat: Array = param("industry_use.heat_part"),
    saved: Array = param("industry_use.boiler_saving"),
) -> Array:
    """Fuel wanted: the part of energy that is not electricity, less what better boilers and steam save."""
    return wanted * (1 - electric) * (1 - heat * saved)


@variable("tce", dims="place year", ref="state-peaking-plan-2021#三（二）3")
def pumped_heat(
    fuel: Array = fuel_wanted,
    low: Array = param("manufacturing.low_heat"),
    pumps: Array = param("manufacturing.heat_pumps"),
) -> Array:
    """Fuel that heat pumps take the place of: fuel x the part of it that makes low heat x the part moved."""
    return fuel * low * least(pumps, 0 * pumps + 1)


@variable("", dims="place manufacturing_fuel year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def mix(
    today: Array = param("manufacturing.fuel_mix"),
    is_coal: Array = param("manufacturing.is_coal"),
    is_gas: Array = param("manufacturing.is_gas"),
    moved: Array = param("manufacturing.coal_moved"),
) -> Array:
    """Mix of fuels: that of the path, with the part of coal that gas takes the place of, and no more than all of it."""
    part = least(moved, 0 * moved + 1)
    return today * (1 - is_coal * part) + is_gas * total(today * is_coal, over="manufacturing_fuel") * part


@variable("tce", dims="place manufacturing_fuel year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def fuel(
    wanted: Array = fuel_wanted,
    pumped: Array = pumped_heat,
    mix: Array = mix,
    clean: Array = param("manufacturing.clean_fuel"),
) -> Array:
    """Fuel with CO2 by kind: fuel wanted, less what heat pumps and fuels without CO2 take over, x mix."""
    return (wanted - pumped) * (1 - least(clean, 0 * clean + 1)) * mix


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（二）3")
def electricity(
    wanted: Array = energy_wanted,
    electric: Array = param("manufacturing.electricity_share"),
    motors: Array = param("industry_use.motor_part"),
    saved: Array = param("industry_use.motor_saving"),
    pumped: Array = pumped_heat,
    boiler: Array = param("manufacturing.boiler"),
    pump: Array = param("manufacturing.heat_pump_cop"),
) -> Array:
    """Electricity: its part of energy, less what better motors save, and that of heat pumps."""
    return wanted * electric * (1 - motors * saved) + pumped * boiler / pump


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 2 章 式 2.1")
def cement_co2(
    output: Array = param("manufacturing.cement_path"), factor: Array = param("manufacturing.cement_factor")
) -> Array:
    """Process CO2 of cement: output x CO2 of calcining for a tonne of cement."""
    return output * factor


@variable("tCO2", dims="place year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def furnace_gas_co2(iron: Array = steel.iron, by_iron: Array = param("manufacturing.furnace_gas_by_iron")) -> Array:
    """CO2 of gas of furnaces and coke ovens burnt outside steel works: pig iron x CO2 of it for a tonne."""
    return iron * by_iron


@variable("tCO2", dims="place year", observed=fact("emissions.manufacturing"), ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2(
    fuel: Array = fuel,
    factor: Array = param("manufacturing.fuel_factor"),
    cement: Array = cement_co2,
    gas: Array = furnace_gas_co2,
) -> Array:
    """CO2 of other manufacturing: fuel x factor by kind, the process of cement, and gas of furnaces."""
    return total(fuel * factor, over="manufacturing_fuel") + cement + gas


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(fuel: Array = fuel, power: Array = electricity) -> Array:
    """Energy of other manufacturing: fuel, and electricity at its equivalent value."""
    return total(fuel, over="manufacturing_fuel") + power


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（三）1")
def electrified(power: Array = electricity, energy: Array = energy) -> Array:
    """Electricity as a part of the energy of other manufacturing."""
    return power / energy
