"""A PyPSA network that was made elsewhere, as a spec: least cost of one year or of several investment periods.

What a spec has no word for is refused, all of it at once: nothing of a network is left out in silence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.worth import present
from dafeng.dispatch.spec import Spec
from dafeng.errors import Refused

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Floats

#: Hours a network must have in each period: a spec's series are those of a year.
HOURS = 8760
#: Year of a network that names none, and years that stand for a life without end.
YEAR, ENDLESS = 2025, 200
#: Value of lost load, money by MWh, where a network has none: an assumption that the spec names as one.
LOST_LOAD = 10_000.0
#: Components a spec has no word for.
UNKNOWN = ("lines", "transformers", "stores", "processes", "shunt_impedances")


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "x"


def spec_of(net: Any, name: str) -> tuple[Spec, dict[str, Floats]]:
    """Read a network's buses, loads, generators, storage units, links, investment periods and CO2 limits.

    Costs of capacity are yearly in PyPSA and stay so, as fixed costs. Its money is taken as EUR. A spec's year is a
    ring: stores end it as they began, and ramps hold from its last hour to its first. Its limits have priced slacks.

    Raises:
        Refused: all that a spec has no word for, at once.
    """
    reader = _Reader(net)
    lacking = reader.lacking
    lacking += [
        f"{len(table)} {kind}" for kind in UNKNOWN if (table := getattr(net, kind, None)) is not None and len(table)
    ]
    if len(net.snapshots) != HOURS * len(reader.years):
        lacking.append(f"{len(net.snapshots):,} snapshots (expected {HOURS:,} a period, one an hour)")
        raise _refused(name, lacking)
    if not np.allclose(net.snapshot_weightings["objective"], 1.0):
        lacking.append("snapshots that stand for more or less than an hour")
    loads = {bus: reader.total(bus) for bus in net.buses.index}
    nodes = sorted(net.buses.index, key=lambda bus: -loads[bus])
    data: dict[str, Any] = {
        "id": _id(name), "title": {"zh": name, "en": name}, "currency": "EUR", "price_year": YEAR,
        "periods": reader.years, "source": "network", **reader.interest(),
        "sources": {
            "network": {"title": f"PyPSA network {name}", "kind": "dataset"},
            "reader": {"title": "Value of lost load set on reading a network", "kind": "assumption"},
        },
        "nodes": [_id(bus) for bus in nodes],
        "demands": {_id(load): reader.load(load) for load in net.loads.index},
        "technologies": {_id(each): reader.generator(each) for each in net.generators.index},
        "storages": {_id(each): reader.storage(each) for each in net.storage_units.index},
        "lines": {_id(each): reader.link(each) for each in net.links.index},
        "budgets": {_id(each): reader.limit(each) for each in net.global_constraints.index},
    }  # fmt: skip
    if lacking:
        raise _refused(name, lacking)
    data["profiles"] = {each: {"note": "series of the network"} for each in reader.series}
    return Spec.model_validate(data), reader.series


def _refused(name: str, lacking: list[str]) -> Refused:
    return Refused(f"network {name}: a spec cannot hold {'; '.join(lacking)}. Take these out of the network.")


class _Reader:
    def __init__(self, net: Any) -> None:
        self.net = net
        self.years = [int(year) for year in net.investment_periods] if net.has_investment_periods else [YEAR]
        self.series: dict[str, Floats] = {}
        self.lacking: list[str] = []

    def interest(self) -> dict[str, Any]:
        """Give the rate of interest and the years of the last period that the weights of the periods stand for."""
        if len(self.years) == 1:
            return {"discount_rate": "0 1/year"}
        table = self.net.investment_period_weightings
        lasts = [int(years) for years in table["years"]]
        if lasts[:-1] != [b - a for a, b in pairwise(self.years)] or lasts[-1] < 1:
            self.lacking.append(
                "investment periods that do not last until the next (investment_period_weightings.years)"
            )
            return {"discount_rate": "0 1/year"}
        wanted = np.asarray(table["objective"], dtype=np.float64)
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(present(self.years, lasts[-1], middle)) > wanted.sum() else (low, middle)
        if not np.allclose(present(self.years, lasts[-1], low), wanted, rtol=1e-4):
            self.lacking.append("weights of periods that no rate of interest gives (investment_period_weightings)")
        return {"discount_rate": f"{low!r} 1/year", "years": lasts[-1]}

    def total(self, bus: str) -> float:
        """Give the load of a bus over all snapshots, MWh."""
        return sum(
            float(self.values("Load", load, "p_set").sum()) for load in self.net.loads.index[self.net.loads.bus == bus]
        )

    def values(self, kind: str, name: str, column: str) -> Floats:
        """Give a value as periods x hours."""
        whole = np.asarray(self.net.get_switchable_as_dense(kind, column)[name], dtype=np.float64)
        return whole.reshape(len(self.years), -1)

    def profile(self, key: str, values: Floats) -> str:
        """Keep a series, and give its name."""
        self.series[key := _id(key)] = values
        return key

    def share(self, kind: str, name: str, column: str, values: Floats) -> str | float:
        """Give a number, or the name of a series that is the same in all periods."""
        if np.ptp(values) == 0:
            return float(values[0, 0])
        if np.ptp(values, axis=0).any():
            self.lacking.append(f"{kind} {name}: {column} that differs between periods")
        return self.profile(f"{name}-{column}", values[0])

    def figure(self, kind: str, name: str, column: str, unit: str, times: Any = 1.0) -> Any:
        """Give a figure that holds for a whole year, by year where it changes."""
        values = self.values(kind, name, column) * times
        if np.ptp(values, axis=1).any():
            self.lacking.append(f"{kind} {name}: {column} that changes within a year")
        return self.by_year(values[:, 0], unit)

    def by_year(self, values: Floats, unit: str) -> Any:
        """Write numbers by period as a figure."""
        if np.ptp(values) == 0:
            return f"{float(values[0])!r} {unit}"
        return {"value": dict(zip(self.years, map(float, values), strict=True)), "unit": unit}

    def within(self, kind: str, name: str, column: str, value: float) -> None:
        """Refuse what is anything but one number."""
        if not np.all(self.values(kind, name, column) == value):
            self.lacking.append(f"{kind} {name}: {column} other than {value:g}")

    def load(self, name: str) -> dict[str, Any]:
        """Read a load: by year one shape, scaled."""
        values = self.values("Load", name, "p_set")
        said = {
            "node": _id(self.net.loads.at[name, "bus"]), "profile": self.profile(f"{name}-p_set", values[0]),
            "lost_load": f"{LOST_LOAD} EUR/MWh [reader]",
        }  # fmt: skip
        if np.ptp(values, axis=0).any():
            energy = values.sum(axis=1)
            if not np.allclose(values * energy[0], values[0] * energy[:, None], rtol=1e-9):
                self.lacking.append(f"Load {name}: a shape that differs between periods")
            said["energy"] = self.by_year(energy, "MWh")
        return said

    def size(self, row: Any, unit: str = "p") -> dict[str, Any]:
        """Read a capacity: what stands in each period, or what may be built in its year."""
        attr = f"{unit}_nom"
        born, life = (float(row["build_year"]), float(row["lifetime"])) if len(self.years) > 1 else (0.0, float("inf"))
        stands = [born <= year < born + life for year in self.years]
        if not row[f"{attr}_extendable"] or not any(stands):
            return {"existing": self.by_year(np.where(stands, float(row[attr]), 0.0), "MW")}
        first = self.years[stands.index(True)]
        ends = born + life - first
        out: dict[str, Any] = {
            "build": True, "vintages": False, "build_from": first,
            "lifetime": f"{ends if np.isfinite(ends) else ENDLESS} year",
            "fixed": f"{float(row['capital_cost'])!r} EUR/MW/year", "capital": "0 EUR/MW",
        }  # fmt: skip
        if row[f"{attr}_min"] > 0:
            out["minimum"] = self.by_year(np.where(stands, float(row[f"{attr}_min"]), 0.0), "MW")
        if np.isfinite(row[f"{attr}_max"]):
            out["maximum"] = f"{float(row[f'{attr}_max'])!r} MW"
        if row[f"{attr}_mod"] > 0:
            out["unit_size"] = f"{float(row[f'{attr}_mod'])!r} MW"
        return out

    def generator(self, name: str) -> dict[str, Any]:
        """Read a generator; one with the sign of a load takes power out of reach of a spec."""
        row = self.net.generators.loc[name]
        if row["committable"]:
            self.lacking.append(f"Generator {name}: commitment of units")
        if row["sign"] != 1:
            self.lacking.append(f"Generator {name}: sign {row['sign']:g}")
        known = row["carrier"] in self.net.carriers.index
        emission = float(self.net.carriers.at[row["carrier"], "co2_emissions"]) if known else 0.0
        # A least output of PyPSA is by capacity, a spec's by what is available.
        high, low = self.values("Generator", name, "p_max_pu"), self.values("Generator", name, "p_min_pu")
        if (low < 0).any():
            self.lacking.append(f"Generator {name}: p_min_pu below 0")
        out = {
            "node": _id(row["bus"]), "variable": self.figure("Generator", name, "marginal_cost", "EUR/MWh"),
            "availability": self.share("Generator", name, "p_max_pu", high), **self.size(row), **self.ramp(name),
        }  # fmt: skip
        if emission:
            burnt = 1 / self.values("Generator", name, "efficiency")
            out["emission"] = self.by_year(emission * burnt[:, 0], "tCO2/MWh")
        if low.any():
            least = np.divide(low, high, out=np.zeros_like(low), where=high > 0)
            out["min_output"] = self.share("Generator", name, "p_min_pu", least)
        return out

    def ramp(self, name: str) -> dict[str, float]:
        """Read a ramp: the same up and down, at all times."""
        up, down = (self.values("Generator", name, f"ramp_limit_{way}") for way in ("up", "down"))
        if np.isnan(up).all() and np.isnan(down).all():
            return {}
        if np.isnan(up).any() or np.ptp(up) > 0 or not np.array_equal(up, down):
            self.lacking.append(f"Generator {name}: a ramp that is not the same up and down in all hours")
        return {"ramp": float(up[0, 0])}

    def storage(self, name: str) -> dict[str, Any]:
        """Read a storage unit."""
        row = self.net.storage_units.loc[name]
        self.within("StorageUnit", name, "inflow", 0.0)
        self.within("StorageUnit", name, "p_max_pu", 1.0)
        self.within("StorageUnit", name, "p_min_pu", -1.0)
        return {
            "node": _id(row["bus"]), "hours": float(row["max_hours"]), "efficiency_in": float(row["efficiency_store"]),
            "efficiency_out": float(row["efficiency_dispatch"]), "loss": float(row["standing_loss"]),
            "variable": self.figure("StorageUnit", name, "marginal_cost", "EUR/MWh"), **self.size(row),
        }  # fmt: skip

    def link(self, name: str) -> dict[str, Any]:
        """Read a link; one that carries power back loses nothing."""
        row = self.net.links.loc[name]
        efficiency = float(row["efficiency"])
        back = bool((self.values("Link", name, "p_min_pu") == -1).all())
        if any(row.get(f"bus{n}") for n in range(2, 5)):
            self.lacking.append(f"Link {name}: more than two buses")
        if not 0 < efficiency <= 1 or (back and efficiency < 1):
            self.lacking.append(f"Link {name}: efficiency {efficiency:g}")
        self.within("Link", name, "p_max_pu", 1.0)
        if not back:
            self.within("Link", name, "p_min_pu", 0.0)
        if not np.isnan(self.values("Link", name, "ramp_limit_up")).all():
            self.lacking.append(f"Link {name}: ramp_limit_up")
        return {
            "origin": _id(row["bus0"]), "target": _id(row["bus1"]), "efficiency": efficiency, "both_ways": back,
            "variable": self.figure("Link", name, "marginal_cost", "EUR/MWh"), **self.size(row),
        }  # fmt: skip

    def limit(self, name: str) -> dict[str, Any]:
        """Read a limit on CO2: of one period, or of all together."""
        row = self.net.global_constraints.loc[name]
        if (row["type"], row["carrier_attribute"], row["sense"]) != ("primary_energy", "co2_emissions", "<="):
            self.lacking.append(f"global constraint {name}")
        limit, period = float(row["constant"]), row["investment_period"]
        out: dict[str, Any] = {"kind": "co2", "at_most": f"{limit!r} tCO2"}
        if len(self.years) > 1 and np.isfinite(period):
            lasts = float(self.net.investment_period_weightings.at[int(period), "years"])
            out |= {"at_most": f"{limit / lasts!r} tCO2", "periods": [int(period)]}
        elif len(self.years) > 1:
            out["together"] = True
        return out
