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
    makes it zero even without a factor; `sign` is -1 for a removal; `factor` names the error it shares; `species` is
    the gas whose warming potential is taken, where `gas` is a family.
    """

    variable: Variable
    gas: str = "co2"
    species: str = ""
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
    "refuelled_here": (_line(transport.refuelled_here_co2, transport.refuelled_here),),
    "imported_electricity": (
        _line(imports.import_co2, sector="imported_electricity", fuel="electricity", factor="electricity"),
    ),
    "used_electricity": (_line(imports.used_co2, sector="used_electricity", fuel="electricity", factor="electricity"),),
    "used_heat": (_line(imports.heat_co2, sector="used_heat", fuel="heat", factor="heat"),),
    "lost_electricity": (_line(imports.lost_co2, sector="lost_electricity", fuel="electricity", factor="electricity"),),
    "cement_process": (_line(industry.cement_co2, sector="non_metal_minerals", fuel="process", factor="cement"),),
    "steel_process": (_line(industry.steel_co2, sector="ferrous_smelting", fuel="process"),),
    "electronics": (_line(industry.electronics, gas="pfc", sector="electronics", fuel="process"),),
    "cooling": (
        _line(
            industry.car_cooling, gas="hfc", species="hfc-134a", sector="product_use", fuel="none", factor="car_cooling"
        ),
    ),
    "incineration": (_line(waste.incineration_co2, sector="waste", fuel="waste", factor="incineration"),),
    "landfill": (_line(waste.landfill_ch4, gas="ch4", sector="waste", fuel="waste", factor="landfill"),),
    "biological": (
        _line(waste.biological_ch4, gas="ch4", sector="waste", fuel="waste", factor="biological_ch4"),
        _line(waste.biological_n2o, gas="n2o", sector="waste", fuel="waste", factor="biological_n2o"),
        _line(waste.composting_ch4, gas="ch4", sector="waste", fuel="waste", factor="biological_ch4"),
        _line(waste.composting_n2o, gas="n2o", sector="waste", fuel="waste", factor="biological_n2o"),
    ),
    "wastewater": (
        _line(waste.sewage_ch4, gas="ch4", sector="waste", fuel="none", factor="sewage_ch4"),
        _line(waste.sewage_n2o, gas="n2o", sector="waste", fuel="none", factor="sewage_n2o"),
        _line(waste.discharge_ch4, gas="ch4", sector="waste", fuel="none", factor="discharge_ch4"),
        _line(waste.discharge_n2o, gas="n2o", sector="waste", fuel="none", factor="discharge_n2o"),
    ),
    "rice": (_line(agriculture.rice_ch4, gas="ch4", sector="agriculture", fuel="none", factor="rice"),),
    "livestock": (
        _line(agriculture.enteric_ch4, gas="ch4", sector="agriculture", fuel="none", factor="livestock"),
        _line(agriculture.manure_ch4, gas="ch4", sector="agriculture", fuel="none", factor="livestock"),
    ),
    "soils": (
        _line(agriculture.fertiliser_n2o, gas="n2o", sector="agriculture", fuel="none", factor="soils"),
        _line(agriculture.manure_n2o, gas="n2o", sector="agriculture", fuel="none", factor="soils"),
        _line(agriculture.fertiliser_indirect_n2o, gas="n2o", sector="agriculture", fuel="none", factor="soils"),
        _line(agriculture.manure_indirect_n2o, gas="n2o", sector="agriculture", fuel="none", factor="soils"),
    ),
    "forest": (_line(sinks.net_removal, sector="forest", fuel="none", sign=-1.0, factor="forest"),),
    "forest_growth": (_line(sinks.gross_removal, sector="forest", fuel="none", sign=-1.0, factor="forest"),),
    "urban_green": (_line(sinks.urban_green_removal, sector="urban_green", fuel="none", sign=-1.0),),
    "wetlands": (_line(sinks.wetland_burial, sector="wetlands", fuel="none", sign=-1.0),),
}
