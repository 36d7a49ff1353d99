"""Industry of a city as a whole: what its branches sum to, in the place of a line by value added."""

from __future__ import annotations

from dafeng.domains import capture, construction, electronics, manufacturing, petrochemicals, steel
from dafeng.kernel import Array, fact, total, variable


@variable("TWh", dims="place year", observed=fact("power.industry_use"), ref="gbt-2589-2020#4")
def electricity(
    steel: Array = steel.electricity,
    petrochemicals: Array = petrochemicals.electricity,
    electronics: Array = electronics.electricity,
    manufacturing: Array = manufacturing.electricity,
    capture: Array = capture.electricity,
) -> Array:
    """Electricity of industry: that of all branches, and of capture."""
    return steel + petrochemicals + electronics + manufacturing + capture


@variable("tCO2", dims="place year", ref="gpc-1.1#12.1")
def rest_co2(
    works: Array = capture.works, manufacturing: Array = manufacturing.co2, sites: Array = construction.co2
) -> Array:
    """CO2 of all branches but steel: refining and chemicals, other manufacturing, construction and farming."""
    return works + manufacturing + sites


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def rest_energy(
    steel: Array = steel.fuel,
    works: Array = petrochemicals.works_fuel,
    chemicals: Array = petrochemicals.chemicals_fuel,
    feedstock: Array = petrochemicals.feedstock,
    manufacturing: Array = manufacturing.fuel,
    sites: Array = construction.fuel,
) -> Array:
    """Fuel of industry, construction and farming, feedstock included."""
    burnt = steel + works + chemicals + total(manufacturing, over="manufacturing_fuel") + sites
    return burnt + feedstock
