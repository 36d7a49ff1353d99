"""Waste: landfill by first-order decay, incineration, biological treatment, wastewater.

What is treated, and for how many people, stands on facts here; a pathway puts `disposal` in its place.
"""

from __future__ import annotations

from dafeng.kernel import Array, fact, param, stock, total, variable


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def to_landfill(amount: Array = fact("waste.landfilled")) -> Array:
    """Waste laid in sanitary landfills."""
    return amount


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def to_dumps(amount: Array = fact("waste.dumped")) -> Array:
    """Waste laid elsewhere."""
    return amount


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def to_burning(amount: Array = fact("waste.incinerated")) -> Array:
    """Waste burnt in plants."""
    return amount


@variable("t/year", dims="place year", ref="ipcc-2006-waste#第 2 章")
def wet(amount: Array = fact("waste.wet_waste")) -> Array:
    """Wet waste, sorted and treated biologically."""
    return amount


@variable("t", dims="place year", ref="ipcc-2006-waste#第 2 章")
def to_composting(amount: Array = fact("waste.composted")) -> Array:
    """Waste composted before wet waste was sorted."""
    return amount


@variable("person", dims="place year", ref="ipcc-2019-wastewater#式 6.1")
def people(residents: Array = fact("economy.population")) -> Array:
    """People whose sewage is treated: all residents."""
    return residents


@variable("t", dims="place year", ref="ipcc-2019-wastewater#式 6.1")
def organic_discharge(load: Array = fact("waste.cod_discharged")) -> Array:
    """Organic load that reaches waters, as chemical oxygen demand."""
    return load


@variable("t", dims="place year", ref="ipcc-2019-wastewater#式 6.7")
def nitrogen_discharge(nitrogen: Array = fact("waste.nitrogen_discharged")) -> Array:
    """Nitrogen that reaches waters."""
    return nitrogen


@variable("tCO2", dims="place year", ref="ipcc-2006-waste#第 5 章 式 5.2")
def fossil_carbon(
    burnt: Array = to_burning,
    part: Array = param("waste.composition"),
    dry: Array = param("waste.dry_matter"),
    carbon: Array = param("waste.carbon_of_dry"),
    fossil: Array = param("waste.fossil_of_carbon"),
) -> Array:
    """Fossil carbon in waste burnt, as CO2: waste burnt x its composition x dry matter x carbon x fossil share."""
    return burnt * total(part * dry * carbon * fossil, over="waste")


@variable("t", dims="place waste year", ref="ipcc-2006-waste#第 3 章 式 3.2")
def decomposable(
    landfilled: Array = to_landfill,
    dumped: Array = to_dumps,
    managed: Array = param("waste.correction_landfilled"),
    unmanaged: Array = param("waste.correction_dumped"),
    part: Array = param("waste.composition"),
    carbon: Array = param("waste.degradable_carbon"),
    decomposed: Array = param("waste.decomposed_share"),
) -> Array:
    """Decomposable carbon laid down: waste by kind x degradable carbon x share that decomposes x methane correction."""
    return (landfilled * managed + dumped * unmanaged) * part * carbon * decomposed


@variable("t", dims="place waste year", ref="ipcc-2006-waste#第 3 章 3.6.1")
def stock_at_start(laid: Array = decomposable, earlier: Array = param("waste.decomposable_earlier")) -> Array:
    """Decomposable carbon in the landfill at the end of the first year: what was laid then, what is left of earlier."""
    return laid + earlier


@stock("t", dims="place waste year", start=stock_at_start, ref="ipcc-2006-waste#第 3 章 式 3.4")
def decomposable_stock(
    before: Array,
    step: float,
    kept: Array = param("waste.kept_after_a_year"),
    laid: Array = decomposable,
) -> Array:
    """Decomposable carbon in the landfill at year end: what decay left of the stock, and what was laid down."""
    return before * kept + laid


@variable("t", dims="place waste year", ref="ipcc-2006-waste#第 3 章 式 3.5")
def decayed(
    held: Array = decomposable_stock, laid: Array = decomposable, kept: Array = param("waste.kept_after_a_year")
) -> Array:
    """Carbon that decays in a year: the stock of the year before x (1 - share kept); it is what the stock has lost."""
    return (held - laid) / kept * (1 - kept)


@variable("tCH4", dims="place year", ref="ipcc-2006-waste#第 3 章 式 3.1")
def landfill_ch4(
    carbon: Array = decayed,
    fraction: Array = param("waste.methane_fraction"),
    per_carbon: Array = param("waste.methane_per_carbon"),
    recovered: Array = param("waste.methane_recovered"),
    oxidised: Array = param("waste.methane_oxidised"),
) -> Array:
    """Methane of landfills: decayed carbon x methane fraction as methane, less recovered, less oxidised."""
    return (total(carbon, over="waste") * fraction * per_carbon - recovered) * (1 - oxidised)


@variable("tCO2", dims="place year", ref="ipcc-2006-waste#第 5 章 式 5.2")
def incineration_co2(carbon: Array = fossil_carbon, oxidised: Array = param("waste.burnt_share")) -> Array:
    """Fossil CO2 of incineration: fossil carbon in waste burnt x share oxidised."""
    return carbon * oxidised


@variable("tCH4/year", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.1")
def biological_ch4(
    treated: Array = wet,
    digested: Array = param("waste.digested_share"),
    digestion: Array = param("waste.digestion_ch4_factor"),
    composting: Array = param("waste.composting_ch4_factor"),
) -> Array:
    """Methane of biological treatment: waste digested and waste composted, each x what its process lets escape."""
    return treated * (digested * digestion + (1 - digested) * composting)


@variable("tN2O/year", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.2")
def biological_n2o(
    treated: Array = wet,
    digested: Array = param("waste.digested_share"),
    composting: Array = param("waste.composting_n2o_factor"),
) -> Array:
    """Nitrous oxide of composting: waste composted x factor; that of digestion is negligible."""
    return treated * (1 - digested) * composting


@variable("tCH4", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.1")
def composting_ch4(composted: Array = to_composting, factor: Array = param("waste.composting_ch4_factor")) -> Array:
    """Methane of composting before wet waste was sorted: waste composted x factor."""
    return composted * factor


@variable("tN2O", dims="place year", ref="ipcc-2006-waste#第 4 章 式 4.2")
def composting_n2o(composted: Array = to_composting, factor: Array = param("waste.composting_n2o_factor")) -> Array:
    """Nitrous oxide of composting before wet waste was sorted: waste composted x factor."""
    return composted * factor


@variable("tCH4/year", dims="place year", ref="ipcc-2019-wastewater#式 6.1")
def sewage_ch4(
    people: Array = people,
    load: Array = param("waste.bod_per_person"),
    capacity: Array = param("waste.methane_capacity"),
    correction: Array = param("waste.wastewater_correction"),
) -> Array:
    """Methane of sewage works: people x organic load x methane capacity x correction of the works."""
    return people * load * capacity * correction


@variable("tN2O/year", dims="place year", ref="ipcc-2019-wastewater#式 6.9")
def sewage_n2o(
    people: Array = people,
    nitrogen: Array = param("waste.nitrogen_per_person"),
    factor: Array = param("waste.wastewater_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Nitrous oxide of sewage works: people x nitrogen each x share emitted, nitrogen as nitrous oxide."""
    return people * nitrogen * factor * per_nitrogen


@variable("tCH4", dims="place year", ref="ipcc-2019-wastewater#式 6.1")
def discharge_ch4(
    load: Array = organic_discharge,
    capacity: Array = param("waste.methane_capacity_of_cod"),
    correction: Array = param("waste.discharge_correction"),
) -> Array:
    """Methane of waters that households and industry discharge into: organic load x methane capacity x correction."""
    return load * capacity * correction


@variable("tN2O", dims="place year", ref="ipcc-2019-wastewater#式 6.7")
def discharge_n2o(
    nitrogen: Array = nitrogen_discharge,
    factor: Array = param("waste.discharge_n2o_factor"),
    per_nitrogen: Array = param("gas.n2o_per_nitrogen"),
) -> Array:
    """Nitrous oxide of waters discharged into: nitrogen x share emitted, nitrogen as nitrous oxide."""
    return nitrogen * factor * per_nitrogen
