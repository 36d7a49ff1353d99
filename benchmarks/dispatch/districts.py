"""The benchmark city with its load in 16 districts: each with roofs of its own and a two-way line to the hub.

Shares and sizes are drawn by seed: synthetic, to measure how cost grows with rows an hour.
"""

from __future__ import annotations

from typing import Any

import numpy as np

DISTRICTS = 16
SEED = 16


def divided(data: dict[str, Any]) -> dict[str, Any]:
    """Give the data of city.yaml with its load and roofs in districts."""
    draw = np.random.default_rng(SEED)
    shares = draw.dirichlet(np.full(DISTRICTS, 4.0))
    hub, load = data["nodes"][0], data["demands"].pop("city")
    roof = data["technologies"].pop("pv_roof")
    energy = load["energy"]["value"]
    for i, share in enumerate(shares):
        name = f"district-{i + 1}"
        data["nodes"].append(name)
        part = {year: float(value * share) for year, value in energy.items()}
        data["demands"][name] = {**load, "node": name, "energy": {"value": part, "unit": "TWh"}}
        data["technologies"][f"roof-{i + 1}"] = {
            **roof, "node": name, "minimum": f"{4000 * share:.3f} MW", "maximum": f"{14000 * share:.3f} MW",
        }  # fmt: skip
        peak = 42_000 * share
        data["lines"][f"feeder-{i + 1}"] = {
            "origin": hub, "target": name, "existing": f"{1.2 * peak:.1f} MW", "efficiency": 0.985, "both_ways": True,
            "variable": "0.1 EUR/MWh",
        }  # fmt: skip
    # Demand response is a share of the load of its node: it stands in the largest district.
    data["responses"]["dr"]["node"] = f"district-{int(shares.argmax()) + 1}"
    return data
