"""Electronics and other new industries of a city: how they grow, their electricity, and the process gases they lose."""

from __future__ import annotations

from dafeng.kernel import Array, least, param, stock, variable


@stock("", dims="place year", start=param("electronics.activity_at_start"), ref="state-peaking-plan-2021#三（三）1")
def activity(before: Array, step: float, growth: Array = param("electronics.growth")) -> Array:
    """Output of new industries as a part of that of the base year: that of the year before x (1 + growth)."""
    return before * (1 + growth * step)


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（三）1")
def electricity(
    activity: Array = activity,
    at_base: Array = param("electronics.electricity_at_base"),
    gain: Array = param("electronics.electricity_index"),
    motors: Array = param("industry_use.motor_part"),
    saved: Array = param("industry_use.motor_saving"),
) -> Array:
    """Electricity of new industries: output x that of the base year x its fall by unit, less what motors save."""
    return activity * at_base * gain * (1 - motors * saved)


@variable("tCO2e", dims="place year", ref="ipcc-2006-industry#第 6 章 式 6.2")
def gases(
    activity: Array = activity,
    at_base: Array = param("electronics.gases_at_base"),
    cut: Array = param("electronics.gases_abated"),
) -> Array:
    """Process gases lost, as CO2e: output x those of the base year, less what is destroyed beyond them."""
    return activity * at_base * (1 - least(cut, 0 * cut + 1))


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(power: Array = electricity) -> Array:
    """Energy of new industries: electricity at its equivalent value; their fuel is that of other manufacturing."""
    return power
