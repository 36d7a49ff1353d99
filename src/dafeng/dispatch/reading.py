"""From a point of the stage form to what each year says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch import worth
from dafeng.dispatch.answer import Adequacy, Period
from dafeng.dispatch.cost import costs

if TYPE_CHECKING:
    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.build.capacity import Capacity
    from dafeng.dispatch.stage import Floats, Point

#: Load not served below this, MW, is rounding.
SERVED = 0.01
#: Roles of columns by which an entry is reported, in order.
ROLES = ("out", "send", "give", "less", "held")
#: What else is told of an hour, by role of the column.
MORE = {"take": "in", "content": "content", "more": "more", "back": "back"}


class Year:
    """One period of a point: the values of its columns, by name."""

    def __init__(self, system: System, point: Point, q: int) -> None:
        self.system, self.point, self.q = system, point, q
        stage = system.stage
        block = stage.blocks[q]
        self.year, self.weight = block.year, stage.weight
        self.border = point.border + stage.pinned
        #: A column's value is its part above the fixed lower bound, and that bound.
        self.values: Floats = point.x[q] * block.live + block.offset
        self.energy: Floats = stage.weight @ self.values

    def column(self, name: str, *roles: str) -> int | None:
        """Give the number of an entry's column."""
        known = self.system.hour.columns.get(name, {})
        return next((known[role] for role in roles or ROLES if role in known), None)

    def total(self, name: str, *roles: str) -> float:
        """Give the yearly sum of an entry's column, GWh."""
        j = self.column(name, *roles)
        return 0.0 if j is None else float(self.energy[j])

    def capacity(self, held: Capacity) -> float:
        """Give a capacity, GW."""
        q = self.q
        kept = float(self.border[held.kept[q]]) if q in held.kept else held.fixed[q]
        return kept + sum(float(self.border[k]) for p, k in held.vintages.items() if q in held.alive[p])


def periods(system: System, point: Point) -> tuple[Period, ...]:
    """Give every year of a point."""
    return tuple(_period(Year(system, point, q)) for q in range(len(system.stage.blocks)))


def _period(year: Year) -> Period:
    system, q = year.system, year.q
    spec, hour, stage = system.spec, system.hour, system.stage
    pay, weight = hour.draft.pay[q], year.weight
    paid = year.point.y[q] / (weight * pay)[:, None]
    nodes = {node: paid[:, stage.row_names.index(node)] for node in spec.nodes if node in stage.row_names}
    load = {node: hour.loads[node][q] for node in nodes}
    demand = float(sum(weight @ series for series in load.values()))
    city = spec.nodes[0]
    shown = [*spec.investments(), *spec.flexible]
    by_tech = {name: system.worth.emission(name, year.year) for name in spec.technologies}
    emissions = {name: factor * year.total(name, "out") for name, factor in by_tech.items() if factor}
    hourly_co2 = sum(
        (by_tech[name] * year.values[:, hour.columns[name]["out"]] for name in emissions), np.zeros(weight.size)
    )
    whole = np.sum(list(load.values()), axis=0)
    return Period(
        year=year.year,
        capacity={name: year.capacity(held) * 1e3 for name, held in hour.capacities.items()},
        energy={name: year.total(name) for name in shown},
        emissions=float(sum(emissions.values())),
        lost={node: year.total(f"lost:{node}", "lost") for node in spec.nodes if f"lost:{node}" in hour.columns},
        prices={
            node: float(price @ (load[node] * weight) / (load[node] @ weight))
            for node, price in nodes.items()
            if load[node].any()
        },
        hourly_prices=nodes,
        hourly={name: year.values[:, j] * 1e3 for name in shown if (j := year.column(name)) is not None},
        demand=demand,
        built={
            name: float(year.border[held.vintages[q]]) * 1e3
            for name, held in hour.capacities.items()
            if q in held.vintages
        },
        emissions_by=emissions,
        local_emissions=float(sum(t for name, t in emissions.items() if spec.technologies[name].node == city)),
        imports=imports(year),
        renewable_share=sum(tech.renewable * year.total(name, "out") for name, tech in spec.technologies.items())
        / max(demand, 1e-12),
        curtailed=_curtailed(year),
        worth=worth.by_entry(year),
        costs=costs(year),
        adequacy=_adequacy(year, whole),
        load=whole * 1e3,
        hourly_factor=np.divide(hourly_co2, whole * 1e3, out=np.zeros_like(whole), where=whole > 0),
        hourly_more=_more(year, shown),
    )


def _more(year: Year, shown: list[str]) -> dict[str, Floats]:
    """Give what else happens in an hour, MW and MWh."""
    columns = year.system.hour.columns
    out = {
        f"{name}.{word}": year.values[:, columns[name][role]] * 1e3
        for name in shown
        for role, word in MORE.items()
        if role in columns.get(name, {})
    }
    lost = [columns[name]["lost"] for name in columns if "lost" in columns[name]]
    return {**out, "lost": np.sum(year.values[:, lost], axis=1) * 1e3} if lost else out


def imports(year: Year) -> float:
    """Give what the city receives over its lines, less what it sends, GWh."""
    spec = year.system.spec
    city, net = spec.nodes[0], 0.0
    for name, line in spec.lines.items():
        if line.target == city:
            net += year.total(name, "send") * line.efficiency - year.total(name, "back")
        elif line.origin == city:
            net += year.total(name, "back") * line.efficiency - year.total(name, "send")
    return net


def _curtailed(year: Year) -> dict[str, float]:
    """Give what sun, wind and rivers offered and nobody took, GWh."""
    hour, out = year.system.hour, {}
    for name, tech in year.system.spec.technologies.items():
        if isinstance(tech.availability, str):
            offered = float(year.weight @ hour.shares[name]) * year.capacity(hour.capacities[name])
            left = offered - year.total(name, "out")
            out[name] = left if left > 1e-6 * max(offered, 1e-9) else 0.0
    return out


def _adequacy(year: Year, load: Floats) -> Adequacy:
    system = year.system
    spec, hour = system.spec, system.hour
    lost = np.zeros(load.size)
    for node in spec.nodes:
        j = year.column(f"lost:{node}", "lost")
        if j is not None:
            lost += year.values[:, j]
    firm = sum(
        entry.firm * year.capacity(hour.capacities[name]) for name, entry in spec.investments().items() if entry.firm
    )
    peak = float(load.max())
    return Adequacy(
        lost=float(year.weight @ np.where(lost * 1e3 > SERVED, lost, 0.0)),
        lost_hours=float(year.weight @ (lost * 1e3 > SERVED)),
        margin=firm / peak - 1 if firm and peak else None,
        reserve_missed=sum(year.total(name, "missed") for name in spec.reserves),
        peak=peak * 1e3,
        peak_hour=int(hour.draft.clock.hour[int(load.argmax())]),
    )
