"""Electricity brought in from outside the city, and the CO2 that its generation is charged with."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, total, variable


@variable(
    "MWh",
    dims="place year",
    ref="provincial-guideline-2025#净调入电力",
    observed=fact("power.net_import"),
)
def net_electricity(
    used: Array = fact("power.electricity_use"),
    thermal: Array = fact("power.thermal_generation"),
    wind: Array = fact("power.wind_generation"),
    solar: Array = fact("power.solar_generation"),
) -> Array:
    """Net import of electricity: use in the city less what its own plants generate."""
    return used - thermal - wind - solar


@variable("tCO2", dims="place year", ref="provincial-guideline-2025#净调入电力")
def import_co2(imported: Array = net_electricity, factor: Array = param("electricity.co2_factor")) -> Array:
    """CO2 of imported electricity: net import x electricity factor of the basis that was chosen."""
    return imported * factor


@variable("tCO2", dims="place channel year", ref="provincial-guideline-2025#净调入电力")
def channel_co2(
    imported: Array = fact("power.import_by_channel"), factor: Array = param("power.channel_factor")
) -> Array:
    """CO2 of imported electricity by channel: what each line delivers x the factor of the plants it comes from."""
    return imported * factor


@variable("MWh", dims="place year", ref="gpc-1.1#6.5")
def lost(used: Array = fact("power.electricity_use"), rate: Array = fact("power.grid_loss_rate")) -> Array:
    """Electricity lost in the grid: use x loss rate."""
    return used * rate


@variable("tCO2", dims="place year", ref="gpc-1.1#6.3")
def used_co2(used: Array = fact("power.electricity_use"), factor: Array = param("electricity.co2_factor")) -> Array:
    """CO2 of all electricity used, scope 2: use x electricity factor."""
    return used * factor


@variable("tCO2", dims="place year", ref="gpc-1.1#6.3")
def heat_co2(
    heat: Array = fact("energy.balance_heat"),
    row: Array = param("energy.flow_heat_use"),
    factor: Array = param("heat.co2_factor"),
) -> Array:
    """CO2 of all heat used, scope 2: final use in the balance x heat factor."""
    return total(heat * row, over="flow") * factor


@variable("tCO2", dims="place year", ref="gpc-1.1#6.5")
def lost_co2(quantity: Array = lost, factor: Array = param("electricity.co2_factor")) -> Array:
    """CO2 of electricity lost in the grid, scope 3: losses x electricity factor."""
    return quantity * factor
