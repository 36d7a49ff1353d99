"""The items accounts are made of: which formulas compute each, of which gas, and where it stands in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dafeng.domains import agriculture, energy, industry, sinks, transport, waste
from dafeng.domains.power import imports
from dafeng.kernel import Array, Variable


@dataclass(frozen=True)
class Line:
    """One formula of an item.

    `sector` and `fuel` are where it stands unless its own axes say so; `quantity` is the activity behind it, whose zero
    makes it zero even without a factor; `sign` is -1 for a removal; `factor` names the error it shares.
    """

    variable: Variable
    gas: str = "co2"
    sector: str = ""
    fuel: str = ""
    quantity: Variable | None = None
    sign: float = 1.0
    factor: str = "other"


def _line(variable: Array, quantity: Array | None = None, **other: object) -> Line:
    return Line(variable, quantity=quantity, **other)  # type: ignore[arg-type]  # to a checker a variable is an array


ITEMS: Mapping[str, tuple[Line, ...]] = {
    "fuel": (
        _line(energy.co2_by_mass, energy.fuel_by_mass),
        _line(energy.co2_by_volume, energy.fuel_by_volume),
    ),
    "feedstock": (
        _line(energy.feedstock_co2_by_mass, energy.feedstock_by_mass),
        _line(energy.feedstock_co2_by_volume, energy.feedstock_by_volume),
    ),
    "refuelled_abroad": (_line(transport.refuelled_abroad_co2, transport.refuelled_abroad),),
    "imported_electricity": (
        _line(imports.import_co2, sector="imported_electricity", fuel="electricity", factor="electricity"),
    ),
    "used_electricity": (_line(imports.used_co2, sector="used_electricity", fuel="electricity", factor="electricity"),),
    "used_heat": (_line(imports.heat_co2, sector="used_heat", fuel="heat", factor="heat"),),
    "lost_electricity": (_line(imports.lost_co2, sector="lost_electricity", fuel="electricity", factor="electricity"),),
    "cement_process": (_line(industry.cement_co2, sector="non_metal_minerals", fuel="process", factor="cement"),),
    "steel_process": (_line(industry.steel_co2, sector="ferrous_smelting", fuel="process"),),
    "electronics": (_line(industry.electronics, gas="pfc", sector="electronics", fuel="process"),),
    "cooling": (_line(industry.cooling, gas="hfc", sector="product_use", fuel="process"),),
    "incineration": (_line(waste.incineration_co2, sector="waste", fuel="waste"),),
    "landfill": (_line(waste.landfill_ch4, gas="ch4", sector="waste", fuel="waste"),),
    "biological": (_line(waste.biological_ch4, gas="ch4", sector="waste", fuel="waste"),),
    "wastewater": (
        _line(waste.wastewater_ch4, gas="ch4", sector="waste", fuel="waste"),
        _line(waste.wastewater_n2o, gas="n2o", sector="waste", fuel="waste"),
    ),
    "rice": (_line(agriculture.rice_ch4, gas="ch4", sector="agriculture", fuel="none"),),
    "livestock": (
        _line(agriculture.enteric_ch4, gas="ch4", sector="agriculture", fuel="none"),
        _line(agriculture.manure_ch4, gas="ch4", sector="agriculture", fuel="none"),
    ),
    "soils": (
        _line(agriculture.soil_n2o, gas="n2o", sector="agriculture", fuel="none"),
        _line(agriculture.indirect_n2o, gas="n2o", sector="agriculture", fuel="none"),
    ),
    "forest": (_line(sinks.net_removal, sector="forest", fuel="none", sign=-1.0),),
}

#: Parameters of the formulas that the factor store answers: the fuel or activity, and the kind of factor.
FROM_STORE: Mapping[str, tuple[str, str]] = {
    "heat.co2_factor": ("heat", "co2_factor"),
    "waste.methane_fraction": ("landfill", "methane_fraction"),
    "waste.methane_oxidised": ("landfill", "methane_oxidation"),
    "waste.carbon_share": ("municipal_waste_incineration", "waste_carbon"),
    "waste.fossil_share": ("municipal_waste_incineration", "fossil_share"),
    "waste.burnt_share": ("municipal_waste_incineration", "burnt_share"),
    "waste.biological_ch4_factor": ("anaerobic_digestion", "ch4_factor"),
    "waste.methane_capacity": ("wastewater", "methane_per_bod"),
    "waste.wastewater_correction": ("wastewater_aerobic", "mcf"),
    "waste.wastewater_n2o_factor": ("wastewater_aerobic", "n2o_nitrogen"),
    "agriculture.rice_factor": ("single_rice", "ch4_factor"),
    "sinks.carbon_fraction": ("forest_biomass", "carbon_fraction"),
    "sinks.root_shoot": ("forest", "root_shoot"),
    "sinks.wood_density": ("forest", "wood_density"),
    "sinks.biomass_expansion": ("forest", "biomass_expansion"),
}
