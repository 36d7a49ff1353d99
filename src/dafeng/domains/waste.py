"""Waste: landfill by first-order decay, incineration, biological treatment, wastewater."""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, shift, stock, total, variable


@variable("t", dims="place waste year", ref="ipcc-2006-waste#第 3 章 式 3.2")
def decomposable(
    landfilled: Array = fact("waste.landfilled"),
    carbon: Array = param("waste.degradable_carbon"),
    decomposed: Array = param("waste.decomposed_share"),
    correction: Array = param("waste.methane_correction"),
) -> Array:
    """Decomposable carbon laid down: waste x degradable carbon x share that decomposes x methane correction."""
    return landfilled * carbon * decomposed * correction


@stock("t", dims="place waste year", start=fact("waste.decomposable_at_start"), ref="ipcc-2006-waste#第 3 章 式 3.4")
def decomposable_stock(
    before: Array, step: float, kept: Array = param("waste.kept_after_a_year"), laid: Array = decomposable
) -> Array:
    """Decomposable carbon in the landfill at year end: what decay left of the stock, and what was laid down."""
    return before * kept**step + laid * step


@variable("t", dims="place waste year", ref="ipcc-2006-waste#第 3 章 式 3.5")
def decayed(held: Array = decomposable_stock, kept: Array = param("waste.kept_after_a_year")) -> Array:
    """Carbon that decays in a year: the stock of the year before x (1 - share kept)."""
    return shift(held) * (1 - kept)


@variable("tCH4", dims="place year", ref="ipcc-2006-waste#第 3 章 式 3.1")
def landfill_ch4(
    carbon: Array = decayed,
    fraction: Array = param("waste.methane_fraction"),
    per_carbon: Array = param("waste.methane_per_carbon"),
    recovered: Array = fact("waste.methane_recovered"),
    oxidised: Array = param("waste.methane_oxidised"),
) -> Array:
    """Methane of landfills: decayed carbon x methane fraction as methane, less recovered, less oxidised."""
    return (total(carbon, over="waste") * fraction * per_carbon - recovered) * (1 - oxidised)


@variable("tCO2/year", dims="place year", ref="ipcc-2006-waste#第 5 章 式 5.1")
def incineration_co2(
    burnt: Array = fact("waste.dry_waste"),
    carbon: Array = param("waste.carbon_share"),
    fossil: Array = param("waste.fossil_share"),
    oxidised: Array = param("waste.burnt_share"),
) -> Array:
    """Fossil CO2 of incineration: waste burnt x carbon share x fossil share x share oxidised, carbon as CO2."""
    return burnt * carbon * fossil * oxidised


@variable("tCO2/year", dims="place year", ref="ipcc-2006-waste#第 5 章 式 5.2")
def incineration_co2_by_kind(
    burnt: Array = fact("waste.dry_waste"),
    part: Array = param("waste.composition"),
    dry: Array = param("waste.dry_matter"),
    carbon: Array = param("waste.carbon_of_dry"),
    fossil: Array = param("waste.fossil_of_carbon"),
    oxidised: Array = param("waste.burnt_share"),
) -> Array:
    """Fossil CO2 of incineration by kind: waste x its composition x dry matter x carbon x fossil share x oxidised."""
    return burnt * total(part * dry * carbon * fossil, over="waste") * oxidised


@variable("tCH4/year", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.1")
def biological_ch4(
    treated: Array = fact("waste.wet_waste"), factor: Array = param("waste.biological_ch4_factor")
) -> Array:
    """Methane that composting or digestion lets escape: waste treated x factor of the process."""
    return treated * factor


@variable("tN2O/year", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.2")
def biological_n2o(
    treated: Array = fact("waste.wet_waste"), factor: Array = param("waste.biological_n2o_factor")
) -> Array:
    """Nitrous oxide of composting: waste treated x factor of the process."""
    return treated * factor


@variable("tCH4", dims="place year", ref="ipcc-2019-wastewater#式 6.1")
def wastewater_ch4(
    load: Array = fact("waste.organic_load"),
    sludge: Array = fact("waste.organic_in_sludge"),
    capacity: Array = param("waste.methane_capacity"),
    correction: Array = param("waste.wastewater_correction"),
    recovered: Array = fact("waste.wastewater_methane_recovered"),
) -> Array:
    """Methane of wastewater: organic load less sludge, x methane capacity x correction, less what is recovered."""
    return (load - sludge) * capacity * correction - recovered


@variable("tN2O", dims="place year", ref="ipcc-2019-wastewater#式 6.9")
def wastewater_n2o(
    nitrogen: Array = fact("waste.wastewater_nitrogen"),
    factor: Array = param("waste.wastewater_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Nitrous oxide of wastewater plants: nitrogen treated x share emitted, nitrogen as nitrous oxide."""
    return nitrogen * factor * per_nitrogen
