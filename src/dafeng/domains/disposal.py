"""What becomes of a city's waste and sewage: people x waste each, split into wet waste, landfill and burning.

Observed years stand on facts; the formulas of `waste` read these quantities where a pathway puts them in place.
"""

from __future__ import annotations

from dafeng.domains import drivers, waste
from dafeng.kernel import Array, fact, greatest, param, total, variable


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def collected(
    people: Array = drivers.population,
    each: Array = param("waste.per_person"),
    period: Array = param("inventory.year"),
) -> Array:
    """Waste collected for treatment: people x waste each; recyclables that are sold are no part of it."""
    return people * each * period


@variable("t/year", dims="place year", observed=fact("waste.wet_waste"), ref="ipcc-2006-waste#第 4 章")
def wet(treated: Array = param("waste.wet_treated")) -> Array:
    """Wet waste sorted and treated."""
    return treated


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def dry(collected: Array = collected, wet: Array = wet, period: Array = param("inventory.year")) -> Array:
    """Waste left when wet waste is sorted out."""
    return greatest(0, collected - wet * period)


@variable("t", dims="place year", observed=fact("waste.landfilled"), ref="ipcc-2006-waste#第 2 章")
def to_landfill(dry: Array = dry, share: Array = param("waste.landfilled_share")) -> Array:
    """Waste laid in sanitary landfills: its share of what is left."""
    return dry * share


@variable("t", dims="place year", observed=fact("waste.dumped"), ref="ipcc-2006-waste#第 2 章")
def to_dumps(dry: Array = dry) -> Array:
    """Waste laid elsewhere: none once all waste is treated."""
    return 0 * dry


@variable("t", dims="place year", observed=fact("waste.incinerated"), ref="ipcc-2006-waste#第 2 章")
def to_burning(dry: Array = dry, share: Array = param("waste.landfilled_share")) -> Array:
    """Waste burnt in plants: what is left and not laid in landfills."""
    return dry * (1 - share)


@variable("t", dims="place year", observed=fact("waste.composted"), ref="ipcc-2006-waste#第 4 章")
def to_composting(dry: Array = dry) -> Array:
    """Waste composted before wet waste was sorted: none since."""
    return 0 * dry


@variable("tCO2", dims="place year", ref="ipcc-2006-waste#第 5 章 式 5.2")
def fossil_carbon(
    burnt: Array = to_burning,
    part: Array = param("waste.composition"),
    avoided: Array = param("waste.avoided"),
    dry: Array = param("waste.dry_matter"),
    carbon: Array = param("waste.carbon_of_dry"),
    fossil: Array = param("waste.fossil_of_carbon"),
) -> Array:
    """Fossil carbon in waste burnt, as CO2: by its composition, less what is avoided of each kind."""
    return burnt * total(part * (1 - avoided) * dry * carbon * fossil, over="waste")


@variable("t", dims="place year", observed=fact("waste.cod_discharged"), ref="ipcc-2019-wastewater#式 6.1")
def organic_discharge(
    people: Array = drivers.population,
    each: Array = param("waste.cod_per_person"),
    period: Array = param("inventory.year"),
) -> Array:
    """Organic load that reaches waters: people x load each."""
    return people * each * period


@variable("t", dims="place year", observed=fact("waste.nitrogen_discharged"), ref="ipcc-2019-wastewater#式 6.7")
def nitrogen_discharge(
    people: Array = drivers.population,
    each: Array = param("waste.nitrogen_discharged_per_person"),
    period: Array = param("inventory.year"),
) -> Array:
    """Nitrogen that reaches waters: people x load each."""
    return people * each * period


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#废弃物 全球变暖潜势")
def landfill(gas: Array = waste.landfill_ch4, warming: Array = param("gas.ch4_warming")) -> Array:
    """Methane of landfills as CO2e."""
    return gas * warming


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#废弃物 全球变暖潜势")
def biological(
    methane: Array = waste.biological_ch4,
    oxide: Array = waste.biological_n2o,
    earlier_methane: Array = waste.composting_ch4,
    earlier_oxide: Array = waste.composting_n2o,
    period: Array = param("inventory.year"),
    warming: Array = param("gas.ch4_warming"),
    oxide_warming: Array = param("gas.n2o_warming"),
) -> Array:
    """Methane and nitrous oxide of biological treatment as CO2e."""
    return (methane * period + earlier_methane) * warming + (oxide * period + earlier_oxide) * oxide_warming


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#废弃物 全球变暖潜势")
def sewage(
    methane: Array = waste.sewage_ch4,
    oxide: Array = waste.sewage_n2o,
    discharged_methane: Array = waste.discharge_ch4,
    discharged_oxide: Array = waste.discharge_n2o,
    period: Array = param("inventory.year"),
    warming: Array = param("gas.ch4_warming"),
    oxide_warming: Array = param("gas.n2o_warming"),
) -> Array:
    """Methane and nitrous oxide of sewage works, and of waters discharged into, as CO2e."""
    return (methane * period + discharged_methane) * warming + (oxide * period + discharged_oxide) * oxide_warming


@variable("tCO2e", dims="place year", ref="provincial-guideline-2025#废弃物 全球变暖潜势")
def gases(landfill: Array = landfill, biological: Array = biological, sewage: Array = sewage) -> Array:
    """Methane and nitrous oxide of waste and sewage as CO2e."""
    return landfill + biological + sewage
