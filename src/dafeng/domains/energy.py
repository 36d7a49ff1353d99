"""Energy: the fuel burnt by sector, the CO2 of it, and what the balance books that is not burnt here.

Fuels sold by mass and gases sold by volume stand on two axes, `fuel` and `gaseous`: tonnes and cubic metres do not add.
"""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, total, variable


@variable(
    "t",
    dims="place sector fuel year",
    ref="provincial-guideline-2025#能源活动 化石燃料燃烧",
    observed=fact("energy.burnt_by_mass"),
)
def fuel_by_mass(balance: Array = fact("energy.balance_by_mass"), sector: Array = param("energy.flow_sector")) -> Array:
    """Fuel burnt, by mass: final use and inputs of power and heat, less feedstock, by the sector of the balance row."""
    return total(balance * sector, over="flow")


@variable(
    "m3",
    dims="place sector gaseous year",
    ref="provincial-guideline-2025#能源活动 化石燃料燃烧",
    observed=fact("energy.burnt_by_volume"),
)
def fuel_by_volume(
    balance: Array = fact("energy.balance_by_volume"), sector: Array = param("energy.flow_sector")
) -> Array:
    """Gas burnt, by volume: final use and inputs of power and heat, less feedstock, by sector of the balance row."""
    return total(balance * sector, over="flow")


@variable("tCO2", dims="place sector fuel year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2_by_mass(burnt: Array = fuel_by_mass, factor: Array = param("fuel.co2_by_mass")) -> Array:
    """CO2 of fuels sold by mass: quantity burnt x CO2 factor."""
    return burnt * factor


@variable("tCO2", dims="place sector gaseous year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def co2_by_volume(burnt: Array = fuel_by_volume, factor: Array = param("fuel.co2_by_volume")) -> Array:
    """CO2 of gases sold by volume: quantity burnt x CO2 factor."""
    return burnt * factor


@variable("t", dims="place sector fuel year", ref="ipcc-2006-energy#第 1 章 1.2.2")
def feedstock_by_mass(
    balance: Array = fact("energy.balance_by_mass"), sector: Array = param("energy.flow_feedstock")
) -> Array:
    """Fuel that industry takes as raw material, by mass: the row of non-energy use."""
    return total(balance * sector, over="flow")


@variable("m3", dims="place sector gaseous year", ref="ipcc-2006-energy#第 1 章 1.2.2")
def feedstock_by_volume(
    balance: Array = fact("energy.balance_by_volume"), sector: Array = param("energy.flow_feedstock")
) -> Array:
    """Gas that industry takes as raw material, by volume: the row of non-energy use."""
    return total(balance * sector, over="flow")


@variable("tCO2", dims="place sector fuel year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def feedstock_co2_by_mass(quantity: Array = feedstock_by_mass, factor: Array = param("fuel.co2_by_mass")) -> Array:
    """CO2 that feedstock would give if it were burnt: quantity x CO2 factor."""
    return quantity * factor


@variable("tCO2", dims="place sector gaseous year", ref="ipcc-2006-energy#第 2 章 式 2.1")
def feedstock_co2_by_volume(
    quantity: Array = feedstock_by_volume, factor: Array = param("fuel.co2_by_volume")
) -> Array:
    """CO2 that feedstock gas would give if it were burnt: quantity x CO2 factor."""
    return quantity * factor


@variable("TJ", dims="place sector fuel year", ref="ipcc-2006-energy#第 1 章 1.4.1")
def heat_by_mass(burnt: Array = fuel_by_mass, ncv: Array = param("fuel.ncv_by_mass")) -> Array:
    """Energy of fuels sold by mass: quantity burnt x net calorific value."""
    return burnt * ncv


@variable("tCO2", dims="place sector fuel year", ref="ipcc-2006-energy#第 2 章 式 2.2")
def co2_by_steps(
    burnt: Array = fuel_by_mass,
    ncv: Array = param("fuel.ncv_by_mass"),
    content: Array = param("fuel.carbon_content"),
    oxidised: Array = param("fuel.oxidation"),
) -> Array:
    """CO2 by steps: quantity burnt x net calorific value x carbon content x oxidised share."""
    return burnt * ncv * content * oxidised


@variable("tce", dims="place year", ref="gbt-2589-2020#4")
def controlled_consumption(
    consumption: Array = fact("energy.consumption"),
    feedstock: Array = fact("energy.feedstock_consumption"),
    renewable: Array = fact("energy.renewable_added"),
) -> Array:
    """Energy that dual control counts: total consumption less feedstock and less renewable energy added."""
    return consumption - feedstock - renewable


@variable("", dims="place year", ref="provincial-guideline-2025#能源活动")
def coal_share(coal: Array = fact("energy.coal_standard"), consumption: Array = fact("energy.consumption")) -> Array:
    """Share of coal: coal consumption in standard coal over total consumption."""
    return coal / consumption
