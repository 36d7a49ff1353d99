"""Numbers of the toy city, invented."""

from __future__ import annotations

import numpy as np

from dafeng.kernel import Datum, Source

PLACES = ("north", "south", "west")
SECTORS = ("car", "bus", "truck")
FUELS = ("petrol", "diesel")
YEARS = (2022, 2023, 2024, 2025)
LABELS = {"place": PLACES, "sector": SECTORS, "fuel": FUELS, "year": YEARS}


def datum(
    values: object, unit: str, dims: str = "", *, kind: str = "parameter", source: object = "toy-survey#1", **more
) -> Datum:
    names = tuple(dims.split())
    labels = {axis: LABELS[axis] for axis in names}
    array = np.broadcast_to(np.asarray(values, dtype=float), [len(labels[axis]) for axis in names]).copy()
    return Datum(array, unit, names, labels, source, kind, **more)


def fleet() -> Datum:
    values = np.arange(1, 37, dtype=float).reshape(3, 3, 4) * 10
    sources = np.empty(values.shape, dtype=object)
    for cell in np.ndindex(values.shape):
        year = YEARS[cell[2]]
        status = "preliminary" if year == YEARS[-1] else "actual"
        sources[cell] = Source(f"toy-yearbook-{year + 1}", f"table {cell[1] + 1}", status, "high", f"{year + 1}-06")
    return datum(values, "vehicle", "place sector year", kind="fact", source=sources)


def toy_data() -> dict[str, Datum]:
    measured = np.full((3, 4), np.nan)
    measured[:, :2] = [[0.9, 1.0], [1.1, 1.2], [1.3, 1.4]]
    return {
        "road.fleet": fleet(),
        "road.yearly_distance": datum([12_000, 40_000, 60_000], "km/year", "sector", source="toy-survey#p2"),
        "road.electric_share": datum([10, 12, 14, 16], "%", "year", source="toy-yearbook-2025#t4"),
        "road.fuel_intensity": datum([2.6, 11, 12.5], "MJ/km/vehicle", "sector", source="toy-survey#p4"),
        "road.fuel_mix": datum([[0.9, 0.1], [0.0, 1.0], [0.1, 0.9]], "", "sector fuel", source="toy-balance#t2"),
        "fuel.carbon_content": datum([18.9, 20.2], "tC/TJ", "fuel", source="toy-guideline#annex-1"),
        "fuel.oxidised_share": datum([98, 98], "%", "fuel", source="toy-guideline#annex-1"),
        "road.price": datum(60, "CNY/tCO2", source="toy-tariff-2024#2"),
        "forest.surveyed_area": datum([3, 2, 1], "km2", "place", kind="fact", source="toy-inventory#t1"),
        "forest.planted": datum([20, 20, 25, 30], "ha/year", "year", source="toy-plan#6.1"),
        "forest.lost": datum([2, 1, 1], "ha/year", "place", source="toy-inventory#t9"),
        "forest.uptake_rate": datum(4.5, "tCO2/ha/year", source="toy-guideline#5.2"),
        "forest.measured_uptake": datum(measured, "ktCO2/year", "place year", kind="fact", source="toy-survey#p9"),
    }
