"""The parts of a power system as components of a PyPSA network.

Loads that are moved, what comes back of load given up, and energy bought apart are stores on buses of their own; what
a reserve asks for is the load of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.interchange.lots import ELECTRICITY, LOST, SPILLED, Components, Lot, Wrap

if TYPE_CHECKING:
    from dafeng.dispatch.spec import Flexible, Line, Reserve, Response, Storage, Technology


class Writer(Components):
    """Writes one network."""

    def write(self) -> None:
        """Write everything."""
        self.time()
        for node in self.spec.nodes:
            self.bus(node)
        for node in self.spec.nodes:
            self._load(node)
        for name, tech in self.spec.technologies.items():
            self._generator(name, tech)
        for name, line in self.spec.lines.items():
            self._line(name, line)
        for name, store in self.spec.storages.items():
            self._storage(name, store)
        for name, load in self.spec.flexible.items():
            self._flexible(name, load)
        for name, part in self.spec.responses.items():
            self._response(name, part)
        for name, held in self.spec.reserves.items():
            self._reserve(name, held)

    def _load(self, node: str) -> None:
        loads = self.hour.loads[node]
        if any(load.any() for load in loads):
            load = self.over([each * 1e3 for each in loads])
            self.net.add("Load", f"load:{node}", bus=node, p_set=load, carrier=self.carrier(ELECTRICITY))
        lost = self.hour.columns.get(f"lost:{node}")
        if lost:
            j = lost["lost"]
            top, share = self.share(self.upper(j))
            cost = self.over(self.hour.draft.columns[j].cost)
            self.made(LOST, f"lost:{node}", bus=node, p_nom=top, p_max_pu=share, marginal_cost=cost)
            self.flow(j, "Generator-p", f"lost:{node}", self.always)
        spilled = self.hour.columns.get(f"spilled:{node}")
        if spilled:
            j = spilled["spilled"]
            top = self.share(self.upper(j))[0]
            self.made(SPILLED, f"spilled:{node}", bus=node, sign=-1, p_nom=top)
            self.flow(j, "Generator-p", f"spilled:{node}", self.always)

    def _generator(self, name: str, tech: Technology) -> None:
        hour, worth, years = self.hour, self.hour.worth, self.years
        high = hour.shares[name]
        fuel = [worth.fuel(name, year) for year in years]
        said: dict[str, Any] = {
            "bus": tech.node, "p_max_pu": self.over([high] * len(years)),
            "p_min_pu": self.over([high * hour.share(name, tech.min_output)] * len(years)),
            "marginal_cost": self.over([worth.running(name, year) for year in years]),
            "efficiency": self.over([1 / burnt if burnt else 1.0 for burnt in fuel]),
        }  # fmt: skip
        reach = tech.ramp * self.clock.length if tech.ramp is not None else 1.0
        if reach < 1:
            said |= {"ramp_limit_up": reach, "ramp_limit_down": reach}
        for lot in self.lots(name, hour.capacities[name], tech):
            part = self.add("Generator", lot, said)
            self.flow(hour.columns[name]["out"], "Generator-p", part, lot.periods)
            if reach < 1:
                self.wraps.append(Wrap(part, reach, lot.periods))

    def _line(self, name: str, line: Line) -> None:
        said = {"efficiency": line.efficiency, "marginal_cost": self._money(line.variable)}
        for lot in self.lots(name, self.hour.capacities[name], line):
            part = self.add("Link", lot, {"bus0": line.origin, "bus1": line.target, **said})
            # One column stands for a generator and its line: the generator's flow is what rows are about.
            if name not in self.hour.folded.values():
                self.flow(self.hour.columns[name]["send"], "Link-p", part, lot.periods)
            if line.both_ways:
                back = self.add("Link", lot, {"bus0": line.target, "bus1": line.origin, **said}, end=": back")
                self.flow(self.hour.columns[name]["back"], "Link-p", back, lot.periods)

    def _money(self, figure: Any) -> Any:
        return self.over([self.hour.worth.money(figure, "MWh", year) if figure else 0.0 for year in self.years])

    def _storage(self, name: str, store: Storage) -> None:
        columns, breaks = self.hour.columns[name], self.clock.breaks()
        cost = self.hour.draft.columns[columns["give"]].cost
        lots = self.lots(name, self.hour.capacities[name], store)
        if store.hours is not None:
            said = {
                "bus": store.node, "max_hours": store.hours, "efficiency_store": store.efficiency_in,
                "efficiency_dispatch": store.efficiency_out, "standing_loss": store.loss,
                "marginal_cost": self.over(cost), f"cyclic_state_of_charge{self.each}": True,
            }  # fmt: skip
            if breaks.any():
                said["state_of_charge_set"] = self.over([np.where(breaks, 0.0, np.nan)] * len(self.years))
            for lot in lots:
                part = self.add("StorageUnit", lot, said)
                self.flow(columns["give"], "StorageUnit-p_dispatch", part, lot.periods)
                self.flow(columns["take"], "StorageUnit-p_store", part, lot.periods)
            return
        bus = self.bus(f"{name}: store")
        out = store.efficiency_out
        for lot in lots:
            price = self.over([each * out for each in cost])
            said = {"bus0": bus, "bus1": store.node, "efficiency": out, "marginal_cost": price}
            give = self.add("Link", lot, said, out)
            take = self.add(
                "Link", lot, {"bus0": store.node, "bus1": bus, "efficiency": store.efficiency_in}, end=": in"
            )
            self.flow(columns["give"], "Link-p", give, lot.periods, out)
            self.flow(columns["take"], "Link-p", take, lot.periods)
        full = self.over([np.where(breaks, 0.0, 1.0)] * len(self.years))
        for lot in self.lots(f"{name}.energy", self.hour.energies[name], store):
            self.store(lot, bus, {"standing_loss": store.loss, "e_max_pu": full})

    def _flexible(self, name: str, load: Flexible) -> None:
        columns = self.hour.columns[name]
        bus = self.bus(f"{name}: moved")
        for role, ends in (("less", (bus, load.node)), ("more", (load.node, bus))):
            top, share = self.share(self.upper(columns[role]))
            cost = self.over(self.hour.draft.columns[columns[role]].cost)
            self.net.add(
                "Link", part := f"{name}: {role}", bus0=ends[0], bus1=ends[1], p_nom=top, p_max_pu=share,
                marginal_cost=cost, carrier=self.carrier(name),
            )  # fmt: skip
            self.flow(columns[role], "Link-p", part, self.always)
        top, share = self.share(self.upper(columns["level"]))
        lot = Lot(name, f"{name}: level", self.always, float("inf"), top / 1e3)
        self.store(lot, bus, {"e_max_pu": share, "e_min_pu": -share})

    def _response(self, name: str, part: Response) -> None:
        columns = self.hour.columns[name]
        cost = self.hour.draft.columns[columns["out"]].cost
        lots = self.lots(name, self.hour.capacities[name], part)
        if not part.rebound:
            for lot in lots:
                made = self.add("Generator", lot, {"bus": part.node, "marginal_cost": self.over(cost)})
                self.flow(columns["out"], "Generator-p", made, lot.periods)
            return
        # What is given up is drawn from a store below zero, of which `rebound` comes back.
        bus = self.bus(f"{name}: owed")
        back = part.rebound
        free = [np.where(self.clock.ends(part.window, 0), 0.0, -1.0)] * len(self.years)
        for lot in lots:
            said = {"bus0": bus, "bus1": part.node, "efficiency": 1 / back}
            made = self.add("Link", lot, {**said, "marginal_cost": self.over([c / back for c in cost])}, 1 / back)
            self.flow(columns["out"], "Link-p", made, lot.periods, 1 / back)
            again = self.add("Link", lot, {"bus0": part.node, "bus1": bus}, end=": back")
            self.flow(columns["back"], "Link-p", again, lot.periods)
            self.store(lot, bus, {"e_min_pu": self.over(free), "e_max_pu": 0.0}, 1 / part.window, ": owed")

    def _reserve(self, name: str, part: Reserve) -> None:
        """Write what is asked for as a load of its own bus; a row of every hour (`rules`) says what may be held."""
        columns = self.hour.columns[name]
        bus = self.bus(f"{name}: reserve")
        least = [part.load_share * load * 1e3 for load in self.hour.loads[part.node]]
        top = self.share(self.upper(columns["missed"]))[0]
        self.net.add("Load", bus, bus=bus, p_set=self.over(least), carrier=self.carrier(ELECTRICITY))
        price = self.over(self.hour.draft.columns[columns["missed"]].cost)
        self.made(bus, f"{name}: missed", bus=bus, p_nom=top, marginal_cost=price)
        self.made(bus, f"{name}: held", bus=bus, p_nom=top, p_min_pu=-1.0)
        self.flow(columns["missed"], "Generator-p", f"{name}: missed", self.always)
        self.flow(columns["held"], "Generator-p", f"{name}: held", self.always)
