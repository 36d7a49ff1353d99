"""Power systems as PyPSA networks (netCDF), written from a spec and read into one; needs the extra `pypsa`.

A network that was written here carries its spec and series, so that reading gives the same ones. Of any other network
the buses, loads, generators, storage units, links and the CO2 limit are read.
"""

from __future__ import annotations

import base64
import importlib
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.assemble import build, whole_year
from dafeng.dispatch.interchange import foreign, rules
from dafeng.dispatch.spec import Spec
from dafeng.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.stage import Floats

#: Place of the spec in the metadata of a network.
META = "dafeng"


def library() -> Any:
    """Give PyPSA; Refused where it is not installed."""
    try:
        return importlib.import_module("pypsa")
    except ImportError as error:
        raise Refused("PyPSA is not installed. Install it with pip install 'dafeng[pypsa]'.") from error


def cannot(spec: Spec) -> list[str]:
    """List what of a spec a network cannot hold."""
    found = []
    if len(spec.periods) > 1:
        found.append(f"{len(spec.periods)} periods (write one year at a time)")
    found += [f"technologies.{name}.ramp" for name, tech in spec.technologies.items() if tech.ramp is not None]
    found += [f"storages.{name}: energy bought apart" for name, store in spec.storages.items() if store.hours is None]
    found += [
        f"lines.{name}: both ways and built" for name, line in spec.lines.items() if line.both_ways and line.build
    ]
    found += [f"flexible.{name}" for name in spec.flexible]
    found += [f"responses.{name}.rebound" for name, part in spec.responses.items() if part.rebound]
    found += [f"reserves.{name}" for name in spec.reserves]
    found += [f"{name}.unit_size" for name, entry in spec.investments().items() if entry.unit_size is not None]
    return found


def network(spec: Spec, series: Mapping[str, Floats], clock: Clock | None = None) -> Any:
    """Give the network of a spec of one period, in MW and the spec's money.

    Raises:
        Refused: PyPSA is missing, or the spec holds what a network cannot; all of it is named.
    """
    pypsa = library()
    lacking = cannot(spec)
    if lacking:
        raise Refused(f"{spec.id}: a PyPSA network cannot hold {'; '.join(lacking)}. Take these out, or choose IAMC.")
    clock = clock or whole_year()
    writer = _Writer(pypsa.Network(name=spec.id), build(spec, series, clock), clock)
    writer.write()
    writer.net.meta = {
        META: {
            "spec": spec.model_dump_json(),
            "series": {name: _packed(values) for name, values in series.items()},
            "rows": rules.rows(writer.system, writer.flows, writer.sizes),
            "constant": writer.system.hour.draft.constant * 1e3,
        }
    }
    return writer.net


def write(spec: Spec, series: Mapping[str, Floats], path: Path, clock: Clock | None = None) -> None:
    """Write the network of a spec to a netCDF file; what is refused leaves no file."""
    made = network(spec, series, clock)
    made.export_to_netcdf(str(path))


def read(path: Path) -> tuple[Spec, dict[str, Floats]]:
    """Read a netCDF file of PyPSA as a spec with its series, not yet checked.

    Raises:
        NotFound: no such file.
        Refused: PyPSA is missing, or the network holds what a spec cannot.
    """
    if not path.is_file():
        raise NotFound("network", str(path), [str(other) for other in sorted(path.parent.glob("*.nc"))])
    net = library().Network(str(path))
    known = net.meta.get(META)
    if known:
        series = {name: _unpacked(text) for name, text in known["series"].items()}
        return Spec.model_validate(json.loads(known["spec"])), series
    return foreign.spec_of(net, path.stem)


def solve(net: Any, **options: Any) -> float:
    """Solve a network that was written here by PyPSA and HiGHS, rules included; give the cost in the spec's money.

    Raises:
        Refused: the network was not written here, or PyPSA finds no optimum.
    """
    known = net.meta.get(META)
    if not known:
        raise Refused("network: it carries no rules of dafeng. Solve it with PyPSA itself.")
    status, condition = net.optimize(
        solver_name="highs",
        solver_options=options,
        extra_functionality=lambda n, snapshots: rules.obey(n, snapshots, known["rows"]),
        include_objective_constant=False,
    )
    if status != "ok":
        raise Refused(
            f"network: PyPSA says {status}, {condition}. Solve it with 'dafeng dispatch' to see what is missed."
        )
    return float(net.model.objective.value) + float(known["constant"])


def _packed(values: Floats) -> str:
    return base64.b64encode(zlib.compress(np.ascontiguousarray(values, dtype="<f8").tobytes(), 6)).decode()


def _unpacked(text: str) -> Floats:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<f8").astype(np.float64)


class _Writer:
    """Writes one network, and notes which component a column or a border variable became."""

    def __init__(self, net: Any, system: System, clock: Clock) -> None:
        self.net, self.system, self.hour, self.spec = net, system, system.hour, system.spec
        self.clock, self.year = clock, system.spec.periods[0]
        self.flows: dict[int, list[tuple[str, str]]] = {}
        self.sizes: dict[int, tuple[str, str]] = {}

    def write(self) -> None:
        """Write everything."""
        pandas = importlib.import_module("pandas")
        start = pandas.Timestamp("2025-01-01")  # any year of 365 days: a spec has no calendar
        self.net.set_snapshots(pandas.DatetimeIndex(start + pandas.to_timedelta(self.clock.hour, unit="h")))
        for column in ("objective", "generators"):
            self.net.snapshot_weightings[column] = self.clock.weight
        self.net.snapshot_weightings["stores"] = self.clock.length
        self.net.add("Bus", list(self.spec.nodes))
        carriers = {tech.carrier for tech in self.spec.technologies.values() if tech.carrier}
        for name in sorted(carriers):
            self.net.add("Carrier", name)
        for node in self.spec.nodes:
            self._load(node)
        self._generators()
        worth = self.hour.worth
        for name, line in self.spec.lines.items():
            cost = worth.money(line.variable, "MWh", self.year) if line.variable else 0.0
            said: dict[str, Any] = {"efficiency": line.efficiency, "marginal_cost": cost}
            ends = {"bus0": line.origin, "bus1": line.target}
            self._parts("Link", name, "send", {**said, **ends})
            if line.both_ways:
                self._parts("Link", name, "back", {**said, "bus0": line.target, "bus1": line.origin}, ": back")
        for name, store in self.spec.storages.items():
            cost = worth.money(store.variable, "MWh", self.year) if store.variable else 0.0
            self._parts(
                "StorageUnit", name, "give",
                {
                    "bus": store.node, "max_hours": store.hours, "efficiency_store": store.efficiency_in,
                    "efficiency_dispatch": store.efficiency_out, "standing_loss": store.loss,
                    "cyclic_state_of_charge": True, "marginal_cost": cost,
                },
            )  # fmt: skip

    def _load(self, node: str) -> None:
        load = self.hour.loads[node][0] * 1e3
        if not load.any():
            return
        self.net.add("Load", f"load:{node}", bus=node, p_set=load)
        j = self.hour.columns[f"lost:{node}"]["lost"]
        top = float(load.max())
        cost = self.system.hour.draft.columns[j].cost[0]
        self.net.add("Generator", f"lost:{node}", bus=node, p_nom=top, p_max_pu=load / top, marginal_cost=cost)
        self.flows[j] = [("Generator", f"lost:{node}")]

    def _generators(self) -> None:
        worth = self.hour.worth
        for name, tech in self.spec.technologies.items():
            high = self.hour.shares[name]
            low = high * self.hour.share(name, tech.min_output)
            said = {"bus": tech.node, "carrier": tech.carrier, "marginal_cost": worth.running(name, self.year)}
            self._parts("Generator", name, "out", {**said, "p_max_pu": high, "p_min_pu": low})
        for name, part in self.spec.responses.items():
            said = {"bus": part.node, "marginal_cost": worth.money(part.cost, "MWh", self.year)}
            self._parts("Generator", name, "out", said)
        for node in self.spec.nodes:
            spilled = self.hour.columns.get(f"spilled:{node}")
            if spilled:
                j = spilled["spilled"]
                top = float(self.hour.draft.columns[j].fixed[0][1].max()) * 1e3
                self.net.add("Generator", f"spilled:{node}", bus=node, sign=-1, p_nom=top)
                self.flows[j] = [("Generator", f"spilled:{node}")]

    def _parts(self, kind: str, name: str, role: str, said: dict[str, Any], end: str = "") -> None:
        """Write an entry: what stands, and beside it each variable of capacity, all with the same bounds and costs."""
        held, border, pinned = self.hour.capacities[name], self.system.stage.border, self.system.stage.pinned
        group = held.group
        live = set(self.hour.draft.groups[group][0]) if group >= 0 else set()
        variables = [k for k in (held.kept.get(0), held.vintages.get(0)) if k is not None]
        stands = held.fixed[0] + sum(float(pinned[k]) for k in variables if k not in live)
        made = []
        if stands > 0 or not live:
            self.net.add(kind, f"{name}{end}", p_nom=stands * 1e3, **said)
            made.append((kind, f"{name}{end}"))
        for k in variables:
            if k in live:
                own = border.names[k] + end
                self.net.add(
                    kind, own, p_nom_extendable=True, p_nom_min=float(border.lower[k]) * 1e3,
                    p_nom_max=float(border.upper[k]) * 1e3, capital_cost=float(border.cost[k]), **said,
                )  # fmt: skip
                self.sizes[k] = (kind, own)
                made.append((kind, own))
        folded = self.hour.folded.get(name) is not None or name in self.hour.folded.values()
        # One column stands for a generator and its line: the generator's flow is what rows are about.
        if not folded or kind == "Generator":
            self.flows[self.hour.columns[name][role]] = made
