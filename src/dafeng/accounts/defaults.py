"""Default parameters of waste, farming, sinks and product use, as the factor store answers them for one regime.

A parameter over kinds (of waste, of livestock) is given whole or not at all: where one kind has no factor, the refusal
of the store says why. What the pack of a city states itself goes before all of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path

import numpy as np

from dafeng import units
from dafeng.accounts import boundaries as declared
from dafeng.accounts import factors as tables
from dafeng.factors import Factors, for_city
from dafeng.kernel import Datum, Source


@dataclass(frozen=True)
class Given:
    """Where the store keeps one parameter: its subject (by label, where there is an axis) and the kind of factor.

    `decay` is set where the store has a decay constant and the formula needs the share that is kept after a year.
    """

    what: str = ""
    parameter: str = ""
    axis: str = ""
    by_label: Mapping[str, str] = field(default_factory=dict)
    decay: bool = False


_KINDS = ("food", "paper", "textiles", "wood", "plastics", "other")
_INERT = ("plastics", "other")
_LANDFILLED = {kind: "landfill_inert" if kind in _INERT else f"landfill_{kind}" for kind in _KINDS}
_WASTE = {kind: f"waste_{kind}" for kind in _KINDS}
_ANIMALS = {kind: kind for kind in ("dairy_cattle", "pigs", "goats", "sheep")}


def _waste(parameter: str, by_label: Mapping[str, str] = _WASTE, decay: bool = False) -> Given:
    return Given(parameter=parameter, axis="waste", by_label=by_label, decay=decay)


def _animals(parameter: str) -> Given:
    return Given(parameter=parameter, axis="livestock", by_label=_ANIMALS)


#: Parameters of the formulas that the factor store answers.
FROM_STORE: Mapping[str, Given] = {
    "heat.co2_factor": Given("heat", "co2_factor"),
    "gas.ch4_warming": Given("ch4", "gwp100"),
    "gas.n2o_warming": Given("n2o", "gwp100"),
    "waste.correction_landfilled": Given("landfill_anaerobic", "mcf"),
    "waste.correction_dumped": Given("landfill_unmanaged_deep", "mcf"),
    "waste.composition": _waste("composition"),
    "waste.degradable_carbon": _waste("doc", _LANDFILLED),
    "waste.decomposed_share": _waste("docf", _LANDFILLED),
    "waste.kept_after_a_year": _waste("decay", _LANDFILLED, decay=True),
    "waste.methane_fraction": Given("landfill", "methane_fraction"),
    "waste.methane_oxidised": Given("landfill", "methane_oxidation"),
    "waste.dry_matter": _waste("dry_matter"),
    "waste.carbon_of_dry": _waste("carbon_of_dry"),
    "waste.fossil_of_carbon": _waste("fossil_share"),
    "waste.burnt_share": Given("municipal_waste_incineration", "burnt_share"),
    "waste.digestion_ch4_factor": Given("anaerobic_digestion", "ch4_factor"),
    "waste.composting_ch4_factor": Given("composting", "ch4_factor"),
    "waste.composting_n2o_factor": Given("composting", "n2o_factor"),
    "waste.methane_capacity": Given("wastewater", "methane_per_bod"),
    "waste.methane_capacity_of_cod": Given("wastewater", "methane_per_cod"),
    "waste.wastewater_correction": Given("wastewater_aerobic", "mcf"),
    "waste.wastewater_n2o_factor": Given("wastewater_aerobic", "n2o_nitrogen"),
    "waste.discharge_correction": Given("wastewater_discharge", "mcf"),
    "waste.discharge_n2o_factor": Given("wastewater_discharge", "n2o_nitrogen"),
    "agriculture.rice_factor": Given("single_rice", "ch4_factor"),
    "agriculture.enteric_factor": _animals("enteric_ch4"),
    "agriculture.manure_factor": _animals("manure_ch4"),
    "agriculture.nitrogen_excreted": _animals("nitrogen_excreted"),
    "agriculture.fertiliser_n2o_factor": Given("managed_soils_synthetic", "n2o_nitrogen"),
    "agriculture.manure_n2o_factor": Given("managed_soils_organic", "n2o_nitrogen"),
    "agriculture.rice_n2o_factor": Given("rice_fields", "n2o_nitrogen"),
    "agriculture.fertiliser_volatilised": Given("synthetic_fertiliser", "nitrogen_volatilised"),
    "agriculture.manure_volatilised": Given("animal_manure", "nitrogen_volatilised"),
    "agriculture.nitrogen_leached": Given("managed_soils_wet", "nitrogen_leached"),
    "agriculture.deposition_n2o_factor": Given("managed_soils_wet", "deposition_n2o"),
    "agriculture.leaching_n2o_factor": Given("managed_soils", "leaching_n2o"),
    "sinks.carbon_fraction": Given("forest_biomass", "carbon_fraction"),
    "sinks.carbon_burial": Given("tidal_marsh", "carbon_burial"),
}


@dataclass(frozen=True)
class Defaults:
    """Parameters by id, and of those that are not there, why."""

    data: Mapping[str, Datum]
    refused: Mapping[str, str]


def defaults(store: Factors, regime: str, region: str | None) -> Defaults:
    """Give the default parameters of a regime, and the constants that hold under every one."""
    data = dict(constants())
    refused: dict[str, str] = {}
    for id, given in FROM_STORE.items():
        found = _read(store, given, regime, region)
        if isinstance(found, str):
            refused[id] = found
        else:
            data[id] = found
    return Defaults(data, refused)


def for_pack(folder: Path, city: str, regime: str) -> Defaults:
    """Give the default parameters of a regime for the city of a pack."""
    store = for_city(folder)
    return defaults(store, regime, city if city in store.library.regions else None)


@cache
def constants() -> Mapping[str, Datum]:
    """Give the constants that data/boundaries.yaml states, as parameters."""
    held = declared.load().constants
    return {
        id: Datum(np.asarray(one.value), one.unit, (), {}, Source(one.document, one.locator), "parameter")
        for id, one in held.items()
    }


def _read(store: Factors, given: Given, regime: str, region: str | None) -> Datum | str:
    if not given.axis:
        return tables.single(store, given.what, given.parameter, regime, region)
    cells = {}
    unit = ""
    for label, what in given.by_label.items():
        found = tables.single(store, what, given.parameter, regime, region)
        if isinstance(found, str):
            return found
        unit = unit or found.unit
        value = float(found.values) * units.factor(found.unit, unit)
        source = found.source_at(())
        assert source is not None  # noqa: S101 - a factor has one
        cells[label,] = (exp(-value) if given.decay else value, source)
    return Datum.from_cells(
        cells,
        "" if given.decay else unit,
        (given.axis,),
        labels={given.axis: tuple(given.by_label)},
        kind="parameter",
    )
