"""Industry: CO2 and other gases that come from processes and not from burning fuel."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, total, variable


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 2 章 式 2.1")
def cement_co2(
    output: Array = fact("industry.cement_calcined"), factor: Array = param("industry.cement_factor")
) -> Array:
    """Process CO2 of cement: output x CO2 of calcining per tonne of cement."""
    return output * factor


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 2 章 式 2.2")
def clinker_co2(
    clinker: Array = fact("industry.clinker"),
    factor: Array = param("industry.clinker_factor"),
    dust: Array = param("industry.kiln_dust_factor"),
) -> Array:
    """Process CO2 of clinker made in the city: clinker x calcining factor x correction for kiln dust."""
    return clinker * factor * dust


@variable("tCO2", dims="place year", ref="ipcc-2006-industry#第 4 章 式 4.9")
def steel_co2(
    taken: Array = fact("industry.steel_inputs"),
    given: Array = fact("industry.steel_outputs"),
    content: Array = param("industry.steel_carbon"),
) -> Array:
    """Process CO2 of steel: carbon in flux, electrodes and bought iron less the carbon left in steel, as CO2."""
    return total((taken - given) * content, over="material")


@variable("tCO2e", dims="place process_gas year", ref="ipcc-2006-industry#第 6 章 式 6.2")
def electronics(
    bought: Array = fact("industry.process_gas"),
    heel: Array = param("industry.gas_left_in_container"),
    used: Array = param("industry.gas_use_rate"),
    abated: Array = param("industry.gas_abated"),
    warming: Array = param("gas.gwp100_by_process_gas"),
) -> Array:
    """Process gases of electronics: gas bought, less the heel, less what reacts and what is destroyed, as CO2e."""
    return bought * (1 - heel) * (1 - used) * (1 - abated) * warming


@variable("t/year", dims="place year", ref="ipcc-2006-industry#第 7 章 式 7.13")
def car_cooling(
    cars: Array = fact("transport.private_cars"),
    charge: Array = param("industry.car_cooling_charge"),
    leak: Array = param("industry.car_cooling_leak"),
) -> Array:
    """Cooling gas that car air conditioners leak: cars x charge x share that leaks in a year, in tonnes of the gas."""
    return cars * charge * leak
