"""Transport of a city as a whole: its electricity and energy, and CO2 by turnover of what runs for hire."""

from __future__ import annotations

from dafeng.domains import aviation, freight, rail, road, shipping
from dafeng.kernel import Array, param, variable


@variable("TWh", dims="place year", ref="gbt-2589-2020#4")
def electricity(
    road: Array = road.electricity, rail: Array = rail.electricity, ships: Array = shipping.electricity
) -> Array:
    """Electricity of transport: road vehicles, the row of rail, ports and airports, and ships."""
    return road + rail + ships


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(
    road: Array = road.energy,
    rail: Array = rail.energy,
    ships: Array = shipping.energy,
    aircraft: Array = aviation.energy,
) -> Array:
    """Final energy of transport, with fuel taken on abroad."""
    return road + rail + ships + aircraft


@variable("tCO2/tkm", dims="place year", ref="state-peaking-plan-2021#三（五）1")
def carbon_per_turnover(
    trucks: Array = road.commercial_co2,
    ships: Array = shipping.all_co2,
    aircraft: Array = aviation.all_co2,
    freight: Array = freight.turnover,
    passengers: Array = aviation.passengers,
    mass: Array = param("aviation.passenger_mass"),
    distance: Array = param("aviation.distance"),
) -> Array:
    """CO2 of trucks, buses, ships and aircraft over freight turnover and converted air travel."""
    return (trucks + ships + aircraft) / (freight + passengers * mass * distance)
