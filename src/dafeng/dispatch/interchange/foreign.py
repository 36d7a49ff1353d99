"""A PyPSA network that was made elsewhere, as a spec: one year, least cost, what both have a word for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.spec import Spec
from dafeng.errors import Refused

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Floats

#: Hours a network must have: a spec's series are those of a year.
HOURS = 8760
#: Value of lost load, money by MWh, where a network has none: an assumption that the spec names as one.
LOST_LOAD = 10_000.0


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "x"


def spec_of(net: Any, name: str) -> tuple[Spec, dict[str, Floats]]:
    """Read a network's buses, loads, generators, storage units, links and CO2 limit.

    Costs of capacity are yearly in PyPSA and stay so: one year of life, no interest. Its money is taken as EUR.

    Raises:
        Refused: all that a spec has no word for, at once.
    """
    lacking = [
        f"{len(table)} {kind}"
        for kind in ("lines", "transformers", "stores", "processes")
        if (table := getattr(net, kind, None)) is not None and len(table)
    ]
    if len(net.snapshots) != HOURS:
        lacking.append(f"{len(net.snapshots):,} snapshots (expected {HOURS:,}, one an hour)")
    odd = [g for g in net.global_constraints.index if net.global_constraints.at[g, "type"] != "primary_energy"]
    lacking += [f"global constraint {each}" for each in odd]
    if lacking:
        raise Refused(f"network {name}: a spec cannot hold {'; '.join(lacking)}. Take these out of the network.")
    reader = _Reader(net)
    loads = {bus: float(reader.total(bus)) for bus in net.buses.index}
    nodes = sorted(net.buses.index, key=lambda bus: -loads[bus])
    data: dict[str, Any] = {
        "id": _id(name), "title": {"zh": name, "en": name}, "currency": "EUR", "price_year": 2025,
        "discount_rate": "0 1/year", "periods": [2025], "source": "network",
        "sources": {
            "network": {"title": f"PyPSA network {name}", "kind": "dataset"},
            "reader": {"title": "Value of lost load set on reading a network", "kind": "assumption"},
        },
        "nodes": [_id(bus) for bus in nodes],
        "demands": {
            _id(load): {
                "node": _id(net.loads.at[load, "bus"]),
                "profile": reader.profile("Load", load, "p_set"),
                "lost_load": f"{LOST_LOAD} EUR/MWh [reader]",
            }
            for load in net.loads.index
        },
        "technologies": {_id(each): reader.generator(each) for each in net.generators.index},
        "storages": {_id(each): reader.storage(each) for each in net.storage_units.index},
        "lines": {_id(each): reader.link(each) for each in net.links.index},
    }  # fmt: skip
    if len(net.global_constraints):
        limit = float(net.global_constraints["constant"].min())
        data["budgets"] = {"co2": {"kind": "co2", "at_most": f"{limit} tCO2"}}
    data["profiles"] = {each: {"note": "series of the network"} for each in reader.series}
    return Spec.model_validate(data), reader.series


class _Reader:
    def __init__(self, net: Any) -> None:
        self.net = net
        self.series: dict[str, Floats] = {}

    def total(self, bus: str) -> float:
        return sum(
            float(self.values("Load", load, "p_set").sum()) for load in self.net.loads.index[self.net.loads.bus == bus]
        )

    def values(self, kind: str, name: str, column: str) -> Floats:
        return np.asarray(self.net.get_switchable_as_dense(kind, column)[name], dtype=np.float64)

    def profile(self, kind: str, name: str, column: str) -> str:
        key = _id(f"{name}-{column}")
        self.series[key] = self.values(kind, name, column)
        return key

    def share(self, kind: str, name: str, column: str) -> str | float:
        values = self.values(kind, name, column)
        return float(values[0]) if np.ptp(values) == 0 else self.profile(kind, name, column)

    def size(self, row: Any) -> dict[str, Any]:
        if not row["p_nom_extendable"]:
            return {"existing": f"{float(row['p_nom'])} MW"}
        out: dict[str, Any] = {
            "build": True,
            "lifetime": "1 year",
            "capital": f"{float(row['capital_cost'])} EUR/MW",
        }
        if row["p_nom_min"] > 0:
            out["minimum"] = f"{float(row['p_nom_min'])} MW"
        if np.isfinite(row["p_nom_max"]):
            out["maximum"] = f"{float(row['p_nom_max'])} MW"
        return out

    def generator(self, name: str) -> dict[str, Any]:
        row = self.net.generators.loc[name]
        efficiency = float(row["efficiency"]) or 1.0
        known = row["carrier"] in self.net.carriers.index
        emission = float(self.net.carriers.at[row["carrier"], "co2_emissions"]) / efficiency if known else 0.0
        # A least output of PyPSA is by capacity, a spec's by what is available.
        high, low = self.values("Generator", name, "p_max_pu"), self.values("Generator", name, "p_min_pu")
        out = {
            "node": _id(row["bus"]), "variable": f"{float(row['marginal_cost'])} EUR/MWh",
            "availability": self.share("Generator", name, "p_max_pu"), **self.size(row),
        }  # fmt: skip
        if emission:
            out["emission"] = f"{emission} tCO2/MWh"
        if low.any():
            least = np.divide(low, high, out=np.zeros_like(low), where=high > 0)
            self.series[key := _id(f"{name}-least")] = least
            out["min_output"] = key
        return out

    def storage(self, name: str) -> dict[str, Any]:
        row = self.net.storage_units.loc[name]
        return {
            "node": _id(row["bus"]), "hours": float(row["max_hours"]), "efficiency_in": float(row["efficiency_store"]),
            "efficiency_out": float(row["efficiency_dispatch"]), "loss": float(row["standing_loss"]),
            "variable": f"{float(row['marginal_cost'])} EUR/MWh", **self.size(row),
        }  # fmt: skip

    def link(self, name: str) -> dict[str, Any]:
        row = self.net.links.loc[name]
        return {
            "origin": _id(row["bus0"]), "target": _id(row["bus1"]), "efficiency": float(row["efficiency"]),
            "variable": f"{float(row['marginal_cost'])} EUR/MWh", **self.size(row),
        }  # fmt: skip
