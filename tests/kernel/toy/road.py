"""Vehicles registered in the toy city."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, share, shift, total, variable


@variable("vehicle*km/year", dims="place sector year", ref="toy-guideline#3.1")
def distance(fleet: Array = fact("road.fleet"), yearly: Array = param("road.yearly_distance")) -> Array:
    """Distance driven: vehicles on the register times mean yearly distance."""
    return fleet * yearly


@variable("TJ/year", dims="place sector fuel year", ref="toy-guideline#3.2")
def energy(
    distance: Array = distance,
    electric: Array = param("road.electric_share"),
    intensity: Array = param("road.fuel_intensity"),
    mix: Array = param("road.fuel_mix"),
) -> Array:
    """Fuel burnt by the part of the fleet that is not electric."""
    return distance * (1 - electric) * intensity * mix


@variable("tCO2/year", dims="place sector year", ref="toy-guideline#3.3", edition="2011")
def co2(
    energy: Array = energy,
    content: Array = param("fuel.carbon_content"),
    oxidised: Array = param("fuel.oxidised_share"),
) -> Array:
    """Carbon dioxide at the tailpipe: energy times carbon content times oxidised share."""
    return total(energy * content * oxidised, over="fuel")


@co2.edition("2025", ref="toy-guideline-2025#3.3")
def co2_2025(energy: Array = energy, content: Array = param("fuel.carbon_content")) -> Array:
    """All carbon is counted as oxidised."""
    return total(energy * content, over="fuel")


@variable("", dims="place sector year", ref="toy-guideline#3.4")
def growth(co2: Array = co2) -> Array:
    """Change on the year before."""
    return co2 / shift(co2) - 1


@variable("", dims="place sector year", ref="toy-guideline#3.5")
def part(co2: Array = co2) -> Array:
    """Part of the sector in its place."""
    return share(co2, over="sector")


@variable("CNY/year", dims="place year", ref="toy-tariff-2023#1")
def toll(co2: Array = co2, price: Array = param("road.price")) -> Array:
    """Before 2024 nobody pays."""
    return total(co2, over="sector") * price * 0


@toll.since(2024, ref="toy-tariff-2024#1")
def toll_2024(co2: Array = co2, price: Array = param("road.price")) -> Array:
    """From 2024 every tonne is charged."""
    return total(co2, over="sector") * price
