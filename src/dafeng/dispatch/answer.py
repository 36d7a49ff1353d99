"""What a solved power system says, in the units of reports: MW, GWh, tonnes of CO2, money of the spec."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.budgets import UNITS

if TYPE_CHECKING:
    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.build.capacity import Capacity
    from dafeng.dispatch.certificate import Certificate
    from dafeng.dispatch.stage import Floats, Point

#: A slack below this share of its limit is rounding.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Limit:
    """A yearly rule after the solve: by how much it is missed, and the cost of the last unit it takes away.

    Both are by tCO2, by GWh (energy, fuel, shares) or by GW (capacity, margin).
    """

    name: str
    period: int | None
    sense: str
    limit: float
    unit: str
    missed: float
    price: float


@dataclass(frozen=True, slots=True)
class Period:
    """One year: capacities MW, energy GWh, CO2 t, prices by node in money by MWh."""

    year: int
    capacity: dict[str, float]
    energy: dict[str, float]
    emissions: float
    lost: dict[str, float]
    prices: dict[str, float]
    hourly_prices: dict[str, Floats] = field(repr=False)
    hourly: dict[str, Floats] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A certified answer; `fallback` says why another back end than the asked one gave it."""

    status: str
    backend: str
    fallback: str
    certificate: Certificate
    objective: float
    currency: str
    periods: tuple[Period, ...]
    limits: tuple[Limit, ...]
    seconds: dict[str, float]
    size: tuple[int, int]

    def as_dict(self) -> dict[str, Any]:
        """Give everything but the hours, for JSON."""
        out = asdict(self)
        for period in out["periods"]:
            del period["hourly"], period["hourly_prices"]
        out["size"] = {"columns": self.size[0], "rows": self.size[1]}
        return out


def periods(system: System, point: Point) -> tuple[Period, ...]:
    """Read a point: a column's value is its part above the fixed lower bound, and that bound."""
    stage, hour, spec = system.stage, system.hour, system.spec
    border = point.border + stage.pinned
    out = []
    for q, block in enumerate(stage.blocks):
        values = point.x[q] * block.live + block.offset
        energy = stage.weight @ values
        hourly = {name: values[:, j] * 1e3 for name, j in _shown(system).items()}
        emissions = sum(
            system.worth.emission(name, block.year) * float(energy[hour.columns[name]["out"]])
            for name in spec.technologies
        )
        paid = point.y[q] / (stage.weight * hour.draft.pay[q])[:, None]
        nodes = {node: paid[:, stage.row_names.index(node)] for node in spec.nodes if node in stage.row_names}
        load = {node: hour.loads[node][q] * stage.weight for node in nodes}
        out.append(
            Period(
                block.year,
                {name: _capacity(held, border, q) * 1e3 for name, held in hour.capacities.items()},
                {name: float(energy[j]) for name, j in _shown(system).items()},
                emissions,
                {
                    node: float(energy[hour.columns[f"lost:{node}"]["lost"]])
                    for node in spec.nodes
                    if f"lost:{node}" in hour.columns
                },
                {
                    node: float(price @ load[node] / load[node].sum())
                    for node, price in nodes.items()
                    if load[node].sum() > 0
                },
                nodes,
                hourly,
            )
        )
    return tuple(out)


def _shown(system: System) -> dict[str, int]:
    """Give the column by which each entry is reported."""
    out = {}
    for name in (*system.spec.investments(), *system.spec.flexible):
        roles = system.hour.columns[name]
        out[name] = next(roles[role] for role in ("out", "send", "give", "less") if role in roles)
    return out


def _capacity(held: Capacity, border: Floats, q: int) -> float:
    kept = float(border[held.kept[q]]) if q in held.kept else held.fixed[q]
    return kept + sum(float(border[k]) for p, k in held.vintages.items() if q in held.alive[p])


def limits(system: System, point: Point) -> tuple[Limit, ...]:
    """Tell of every yearly rule what is missed and what it costs.

    The price is money of one year; of a rule over all periods, present value.
    """
    out = []
    for rule in system.rules:
        missed = float(point.border[rule.slack]) * rule.unit_of_slack
        missed = 0.0 if missed <= ROUNDING * max(abs(rule.limit), 1e-3) else missed
        year = None if rule.period is None else system.spec.periods[rule.period]
        price = float(np.maximum(point.prices[rule.row], 0.0)) * 1e3 / rule.pay
        out.append(Limit(rule.budget, year, rule.sense, rule.limit, UNITS[rule.kind], missed, price))
    return tuple(out)
