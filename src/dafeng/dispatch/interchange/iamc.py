"""An answer in the wide table of the IAMC (Model, Scenario, Region, Variable, Unit, years), from its record.

Technologies are told by their fuel or by the shape of what they have at hand; what neither names keeps its own name
below Other. Capacities and energy behind a line are those of the sending node, so each node is a region.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from dafeng import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.dispatch.spec import Spec

#: Names of the IAMC by shape of the reference year, and by a part of the name of a fuel.
SHAPES = {
    "solar": "Solar|PV", "solar-west": "Solar|PV", "wind-onshore": "Wind|Onshore", "wind-west": "Wind|Onshore",
    "wind-offshore": "Wind|Offshore", "hydro": "Hydro",
}  # fmt: skip
FUELS = {
    "coal": "Coal", "gas": "Gas", "oil": "Oil", "biomass": "Biomass", "waste": "Biomass", "nuclear": "Nuclear",
    "uranium": "Nuclear", "hydrogen": "Hydrogen",
}  # fmt: skip
#: GWh in an EJ.
EJ = 1e18 / 3.6e12
#: MW in a GW, and tonnes in a million.
GW, MT = 1e3, 1e6


def source_of(spec: Spec, name: str) -> str:
    """Give the IAMC's name of what a technology makes electricity from."""
    tech = spec.technologies[name]
    for word, fuel in FUELS.items():
        if tech.carrier and word in tech.carrier:
            return fuel
    if isinstance(tech.availability, str) and tech.availability in spec.profiles:
        profile = spec.profiles[tech.availability]
        shape = SHAPES.get(profile.reference)
        if shape:
            return shape
    for word, fuel in FUELS.items():
        if word in name:
            return fuel
    return f"Other|{tech.label.en if tech.label else name}"


def table(spec: Spec, record: Mapping[str, Any], city: str = "") -> tuple[list[str], list[list[Any]]]:
    """Give the heading and the rows of an answer's record. A figure that a year does not have is None.

    Energy is in EJ, capacity in GW, CO2 in Mt, money in that of the spec. The scenario says if it is a preview.
    """
    years = [str(year) for year in record["years"]]
    preview = " (preview)" if record["preview"] else ""
    said = [f"dafeng {__version__}", f"{record['scenario'] or spec.id}{preview}"]
    head = ["Model", "Scenario", "Region", "Variable", "Unit", *years]
    regions = {node: city if city and node == spec.nodes[0] else node for node in spec.nodes}
    sums: dict[tuple[str, str, str], list[float | None]] = {}

    def add(node: str, variable: str, unit: str, values: list[float | None]) -> None:
        key = (regions[node], variable, unit)
        held = sums.get(key, [0.0] * len(years))
        sums[key] = [None if a is None or b is None else a + b for a, b in zip(held, values, strict=True)]

    def of(group: str, name: str, unit: float) -> list[float | None]:
        return [record[group][year][name] / unit for year in years]

    for name, tech in spec.technologies.items():
        source = source_of(spec, name)
        size, energy = of("capacities", name, GW), of("energy", name, EJ)
        for each in dict.fromkeys([source, source.split("|")[0]]):
            add(tech.node, f"Capacity|Electricity|{each}", "GW", size)
            add(tech.node, f"Secondary Energy|Electricity|{each}", "EJ/yr", energy)
        add(tech.node, "Capacity|Electricity", "GW", size)
        add(tech.node, "Secondary Energy|Electricity", "EJ/yr", energy)
        by = [record["emissions"][year]["by"] for year in years]
        if any(name in each for each in by):
            emitted: list[float | None] = [each.get(name, 0.0) / MT for each in by]
            add(tech.node, "Emissions|CO2|Energy|Supply|Electricity", "Mt CO2/yr", emitted)
    for name, store in spec.storages.items():
        add(store.node, "Capacity|Electricity|Storage", "GW", of("capacities", name, GW))
    home, money = spec.nodes[0], f"{spec.currency}_{spec.price_year}"
    add(home, "Final Energy|Electricity", "EJ/yr", of("balance", "demand", EJ))
    add(home, "Trade|Secondary Energy|Electricity|Volume", "EJ/yr", of("balance", "imports", -EJ))
    price = [record["prices"][year].get("mean") for year in years]
    add(home, "Price|Secondary Energy|Electricity", f"{money}/MWh", price)
    paid = [costs["paid"] / 1e9 if (costs := record["costs"][year]) else None for year in years]
    add(home, "Cost|Total Energy System Cost|Electricity", f"billion {money}/yr", paid)
    return head, [[*said, *key, *values] for key, values in sums.items()]


def as_csv(head: list[str], rows: list[list[Any]]) -> str:
    """Write the table; absence is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(
        [["" if cell is None else f"{cell:.9g}" if isinstance(cell, float) else cell for cell in row] for row in rows]
    )
    return out.getvalue()
