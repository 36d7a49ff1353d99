"""Rail of a city, with ports, airports and storage: the electricity of the balance's row of transport and storage."""

from __future__ import annotations

from dafeng.domains import fleet, freight, road
from dafeng.kernel import Array, fact, param, shift, stock, total, variable


@variable(
    "km", dims="place year", observed=fact("transport.urban_rail_length"), ref="state-peaking-plan-2021#三（五）2"
)
def length(aim: Array = param("rail.length_aim")) -> Array:
    """Length of urban and suburban rail in operation."""
    return aim


@variable("pkm", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def moved_from_cars(
    survivors: Array = fleet.survivors,
    base: Array = param("road.distance_base"),
    central: Array = param("road.central_part"),
    trips: Array = road.car_trips,
    people: Array = param("rail.people_per_car"),
    by_rail: Array = param("rail.part_by_rail"),
) -> Array:
    """Travel that rail takes on: distance not driven by car x people in it x the part of them that goes by rail."""
    driven = total(total(survivors, over="cohort") * base * central, over="vehicle")
    return driven * (1 - trips) * people * by_rail


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def moved(
    travel: Array = moved_from_cars,
    by_travel: Array = param("rail.use_per_travel"),
    freight: Array = freight.moved_to_rail,
    by_freight: Array = param("rail.use_per_freight"),
) -> Array:
    """Electricity of the travel and freight that rail takes on from roads."""
    return travel * by_travel + freight * by_freight


@variable("", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def length_change(length: Array = length, elasticity: Array = param("rail.length_elasticity")) -> Array:
    """What more line means for electricity: (length over that of the year before) to the power of an elasticity."""
    return (length / shift(length)) ** elasticity


@stock(
    "TWh",
    dims="place year",
    start=fact("transport.row_electricity"),
    observed=fact("transport.row_electricity"),
    ref="gbt-2589-2020#4",
)
def row(before: Array, step: float, change: Array = length_change) -> Array:
    """Electricity of the row transport, storage and post: that of the year before x what more line means."""
    return before * change


@variable("TWh", dims="place year", ref="gbt-2589-2020#4")
def electricity(row: Array = row, moved: Array = moved) -> Array:
    """Electricity of rail, ports, airports and storage, with what rail takes on from roads."""
    return row + moved


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def energy(electricity: Array = electricity) -> Array:
    """Final energy of the row: electricity at its equivalent value."""
    return electricity
