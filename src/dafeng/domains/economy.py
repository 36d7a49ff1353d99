"""Economy: output at constant prices, and the intensities that are read against it."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, shift, stock, variable


@stock("CNY", dims="place year", start=fact("economy.gdp_at_base"), ref="nbs-gdp-accounting#不变价")
def constant_gdp(before: Array, step: float, growth: Array = fact("economy.gdp_growth")) -> Array:
    """GDP at the prices of the base year: that of the year before x (1 + growth at constant prices)."""
    return before * (1 + growth) ** step


@variable("tce/CNY", dims="place year", ref="nbs-gdp-accounting#单位生产总值能耗")
def energy_intensity(energy: Array = fact("energy.consumption"), output: Array = constant_gdp) -> Array:
    """Energy intensity: energy consumption over GDP at constant prices."""
    return energy / output


@variable("", dims="place year", ref="nbs-gdp-accounting#单位生产总值能耗")
def energy_intensity_change(intensity: Array = energy_intensity) -> Array:
    """Change of energy intensity on the year before."""
    return intensity / shift(intensity) - 1


@variable("", dims="place year", ref="nbs-gdp-accounting#单位生产总值能耗")
def chained_change(energy: Array = param("economy.energy_growth"), output: Array = fact("economy.gdp_growth")) -> Array:
    """Change of intensity from two growth rates: (1 + growth of energy) over (1 + growth of output), less 1."""
    return (1 + energy) / (1 + output) - 1


@variable("tCO2/person", dims="place year", ref="gpc-1.1#12.1")
def co2_per_person(co2: Array = fact("emissions.co2"), people: Array = fact("economy.population")) -> Array:
    """CO2 per person: CO2 over resident population."""
    return co2 / people


@variable("tCO2/CNY", dims="place year", ref="gpc-1.1#12.1")
def co2_intensity(co2: Array = fact("emissions.co2"), output: Array = constant_gdp) -> Array:
    """CO2 intensity: CO2 over GDP at constant prices."""
    return co2 / output
