"""Transport: fuel of vehicles by distance, and the fuel that ships and aircraft take on abroad."""

from __future__ import annotations

from dafeng.domains import energy
from dafeng.kernel import Array, fact, param, total, variable


@variable("TJ", dims="place vehicle year", ref="provincial-guideline-2025#交通 道路")
def road_energy(
    vehicles: Array = fact("transport.vehicles"),
    distance: Array = param("transport.distance_per_vehicle"),
    use: Array = param("transport.energy_per_distance"),
) -> Array:
    """Energy of road vehicles: vehicles x yearly distance x energy per distance."""
    return vehicles * distance * use


@variable("tCO2", dims="place year", ref="provincial-guideline-2025#交通 道路")
def road_co2(energy: Array = road_energy, factor: Array = param("transport.co2_per_energy")) -> Array:
    """CO2 of road vehicles: energy x CO2 of the fuel."""
    return total(energy * factor, over="vehicle")


@variable(
    "t",
    dims="place sector fuel year",
    ref="ipcc-2006-energy#第 3 章 3.5、3.6",
    observed=fact("energy.refuelled_by_mass"),
)
def refuelled_abroad(burnt: Array = energy.fuel_by_mass, share: Array = param("transport.abroad_share")) -> Array:
    """Fuel that ships and aircraft of the city take on abroad, which consumption includes.

    A row of the balance; in a year without one, a stated share of the fuel that is booked in the sector.
    """
    return burnt * share


@variable("tCO2", dims="place sector fuel year", ref="ipcc-2006-energy#第 3 章 3.5、3.6")
def refuelled_abroad_co2(fuel: Array = refuelled_abroad, factor: Array = param("fuel.co2_by_mass")) -> Array:
    """CO2 of fuel taken on abroad: quantity x CO2 factor."""
    return fuel * factor


@variable("t", dims="place sector fuel year", ref="ipcc-2006-energy#第 3 章 3.5、3.6")
def refuelled_here(
    balance: Array = fact("energy.balance_by_mass"), sector: Array = param("energy.flow_refuelled_here")
) -> Array:
    """Fuel that foreign ships and aircraft take on here: a row of the balance that consumption leaves out."""
    return total(balance * sector, over="flow")


@variable("tCO2", dims="place sector fuel year", ref="ipcc-2006-energy#第 3 章 3.5、3.6")
def refuelled_here_co2(fuel: Array = refuelled_here, factor: Array = param("fuel.co2_by_mass")) -> Array:
    """CO2 of fuel that foreign ships and aircraft take on here, a memo item: quantity x CO2 factor."""
    return fuel * factor
