"""Capture of CO2 beside steel works: at power plants, heat plants and chemical works."""

from __future__ import annotations

from dafeng.domains import grid, heat, petrochemicals
from dafeng.kernel import Array, least, param, variable


@variable("tCO2", dims="place year", ref="state-peaking-plan-2021#三（七）2")
def reach(
    power: Array = grid.co2,
    heat: Array = heat.co2,
    works: Array = petrochemicals.co2,
    rate: Array = param("steel.capture_rate"),
) -> Array:
    """Most that could be captured: CO2 of power, heat and chemical works x what a capture plant takes of it."""
    return (power + heat + works) * rate


@variable("", dims="place year", ref="state-peaking-plan-2021#三（七）2")
def part(aim: Array = param("capture.aim"), reach: Array = reach, rate: Array = param("steel.capture_rate")) -> Array:
    """Part of the CO2 of these plants that is captured: what is planned, and no more than could be."""
    return least(aim, reach) / reach * rate


@variable("tCO2", dims="place year", ref="state-peaking-plan-2021#三（七）2")
def plants(power: Array = grid.co2, heat: Array = heat.co2, part: Array = part) -> Array:
    """CO2 of power plants and central heat, less what is captured there."""
    return (power + heat) * (1 - part)


@variable("tCO2", dims="place year", ref="state-peaking-plan-2021#三（七）2")
def works(co2: Array = petrochemicals.co2, part: Array = part) -> Array:
    """CO2 of refining and chemicals, less what is captured there."""
    return co2 * (1 - part)


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（七）2")
def electricity(aim: Array = param("capture.aim"), by_capture: Array = param("steel.capture_electricity")) -> Array:
    """Electricity that capture takes: what is planned to be captured x electricity for a tonne."""
    return aim * by_capture
