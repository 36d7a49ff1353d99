"""A city's energy and CO2 as a whole: what the sectors sum to, what of it no sector explains, and the plan's ratios.

Electricity without fuel of the city, from sun, wind and channels, is counted at the coal rate of generation, as the
statistics of energy consumption do. `rest_*` is what industry and other rows use beside the sectors that are modelled.
"""

from __future__ import annotations

from dafeng.domains import aviation, drivers, grid, heat, mobility, shipping, steel
from dafeng.domains.buildings import use
from dafeng.domains.road import co2 as road_co2
from dafeng.kernel import Array, fact, param, total, variable


@variable("tCO2", dims="place year", observed=fact("emissions.rest_of_accounts"), ref="gpc-1.1#12.1")
def rest_co2(output: Array = drivers.secondary, by_output: Array = param("balance.rest_co2_intensity")) -> Array:
    """CO2 of the branches that have no model: value added of the secondary sector x CO2 for each yuan of it."""
    return output * by_output


@variable("tCO2", dims="place year", observed=fact("emissions.ceads_total"), ref="gpc-1.1#12.1")
def local_co2(
    power: Array = heat.co2_with_power,
    buildings: Array = use.co2,
    steel: Array = steel.co2,
    road: Array = road_co2,
    ships: Array = shipping.all_co2,
    aircraft: Array = aviation.all_co2,
    rest: Array = rest_co2,
) -> Array:
    """CO2 in the city, with the fuel that ships and aircraft take on abroad, as the accounts book it."""
    return power + buildings + steel + road + ships + aircraft + rest


@variable("tCO2", dims="place year", ref="gpc-1.1#12.1")
def co2(local: Array = local_co2, imports: Array = grid.import_co2) -> Array:
    """CO2 that the city answers for: that in the city and that of imported electricity."""
    return local + imports


@variable("tCO2/CNY", dims="place year", ref="gpc-1.1#12.1")
def co2_intensity(co2: Array = co2, output: Array = drivers.gdp) -> Array:
    """CO2 for each yuan of GDP at constant prices."""
    return co2 / output


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def clean_electricity(
    sun: Array = grid.solar,
    air: Array = grid.wind,
    refuse: Array = grid.biomass,
    bought: Array = grid.imported,
    extra: Array = grid.imported_more,
    more: Array = grid.bought_more,
    rate: Array = param("balance.power_rate"),
) -> Array:
    """Electricity that burns no fuel of the city, at the coal rate of generation."""
    return (sun + air + refuse + bought + extra + more) * rate


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def rest_energy(output: Array = drivers.secondary, by_output: Array = param("balance.rest_intensity")) -> Array:
    """Fuel of rows that have no model, feedstock included: value added of the secondary sector x fuel for each yuan."""
    return output * by_output


@variable("tce", dims="place year", observed=fact("energy.consumption"), ref="gbt-2589-2020#4")
def energy(
    coal: Array = grid.coal_burnt,
    gas: Array = grid.gas_burnt,
    heat_fuel: Array = heat.fuel,
    buildings: Array = use.fuel,
    transport: Array = mobility.energy,
    charged: Array = mobility.electricity,
    clean: Array = clean_electricity,
    rest: Array = rest_energy,
) -> Array:
    """Energy consumption: fuel of plants, heat, buildings, transport and the rest, and electricity that burns none."""
    plants = coal + gas + total(heat_fuel, over="heat_source")
    return plants + total(buildings, over="user building_fuel") + (transport - charged) + clean + rest


@variable("tce/CNY", dims="place year", ref="nbs-gdp-accounting#单位生产总值能耗")
def energy_intensity(energy: Array = energy, output: Array = drivers.gdp) -> Array:
    """Energy consumption for each yuan of GDP at constant prices."""
    return energy / output


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）2")
def renewable_share(
    renewable: Array = grid.renewable, rate: Array = param("balance.power_rate"), energy: Array = energy
) -> Array:
    """Renewable share of energy consumption, at the coal rate of generation; nuclear power of imports is not in it."""
    return renewable * rate / energy


@variable("t", dims="place year", ref="provincial-guideline-2025#能源活动")
def coal(
    power: Array = grid.coal_burnt,
    mass: Array = param("balance.coal_mass"),
    heat: Array = heat.coal,
    iron: Array = steel.iron,
    by_iron: Array = param("balance.coal_by_iron"),
) -> Array:
    """Raw and cleaned coal used: that of power and heat, and what goes with pig iron, other industry included."""
    return power * mass + heat + iron * by_iron


@variable("%", dims="place year", ref="provincial-guideline-2025#能源活动")
def coal_share(coal: Array = coal, worth: Array = param("balance.coal_worth"), energy: Array = energy) -> Array:
    """Coal share of energy consumption, electricity without fuel at the coal rate of generation."""
    return coal * worth / energy
