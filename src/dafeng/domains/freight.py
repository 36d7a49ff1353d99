"""Freight of a city: turnover, containers of the port, and what of them goes on by water, by rail and by road."""

from __future__ import annotations

from dafeng.domains import drivers
from dafeng.kernel import Array, fact, greatest, param, shift, stock, variable


@variable("", dims="place year", ref="nbs-gdp-accounting#不变价")
def output_change(output: Array = drivers.gdp) -> Array:
    """Output of the city against that of the year before."""
    return output / shift(output)


@stock(
    "tkm",
    dims="place year",
    start=fact("transport.freight_turnover"),
    observed=fact("transport.freight_turnover"),
    ref="state-peaking-plan-2021#三（五）2",
)
def turnover(
    before: Array,
    step: float,
    change: Array = output_change,
    elasticity: Array = param("freight.turnover_elasticity"),
) -> Array:
    """Freight turnover: that of the year before x (1 + change of output x elasticity)."""
    return before * (1 + (change - 1) * elasticity)


@variable("TEU", dims="place year", observed=fact("transport.port_containers"), ref="state-peaking-plan-2021#三（五）2")
def containers(path: Array = param("freight.containers_path")) -> Array:
    """Containers that the port handles in a year."""
    return path


@variable("%", dims="place year", observed=fact("transport.water_water_share"), ref="state-peaking-plan-2021#三（五）2")
def water_share(aim: Array = param("freight.water_share_aim")) -> Array:
    """Share of the port's containers that come and go by water."""
    return aim


@variable(
    "TEU", dims="place year", observed=fact("transport.sea_rail_containers"), ref="state-peaking-plan-2021#三（五）2"
)
def sea_rail(aim: Array = param("freight.sea_rail_aim")) -> Array:
    """Containers between ship and train."""
    return aim


@variable("TEU", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def by_road(port: Array = containers, water: Array = water_share, rail: Array = sea_rail) -> Array:
    """Containers that go by road: those not moved on by water, less those by rail; not less than none."""
    return greatest(0, port * (1 - water) - rail)


@variable("tkm", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def moved_to_water(
    port: Array = containers,
    water: Array = water_share,
    reference: Array = param("freight.water_share_reference"),
    haul: Array = param("freight.container_haul"),
    load: Array = param("freight.container_load"),
) -> Array:
    """Freight that river ships take on beyond the reference share of containers moved on by water; below 0 gives up."""
    return port * (water - reference) * load * haul


@variable("tkm", dims="place year", ref="state-peaking-plan-2021#三（五）2")
def moved_to_rail(
    rail: Array = sea_rail,
    reference: Array = param("freight.sea_rail_reference"),
    haul: Array = param("freight.container_haul"),
    load: Array = param("freight.container_load"),
) -> Array:
    """Freight that trains take on beyond the reference number of containers."""
    return greatest(0, rail - reference) * load * haul
