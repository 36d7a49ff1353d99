"""What a solved power system says, in the units of reports: MW, GWh, tonnes of CO2, money of the spec."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.budgets import UNITS

if TYPE_CHECKING:
    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.certificate import Certificate
    from dafeng.dispatch.stage import Floats, Point

#: A slack below this share of its limit is rounding.
ROUNDING = 1e-6
#: A rule binds where its price is above this share of the price at which it is missed.
BINDS = 1e-4


#: Unit by which a rule of a kind is missed and priced, where it is not GWh.
PER = {"co2": "tCO2", "capacity": "GW", "margin": "GW", "response": "GW"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A yearly rule after the solve: by how much it is missed, and the cost of the last unit it takes away.

    `limit` is in `unit`; `missed` is in `per`, and the price by it: tCO2, GWh (energy, fuel, shares) or GW (capacity,
    margin, response). A rule on which no decision bears has no price: None. `together` names the other rules that bind
    in the year of a rule that is missed.
    """

    name: str
    period: int | None
    sense: str
    limit: float
    unit: str
    missed: float
    price: float | None
    per: str
    kind: str = ""
    binds: bool = False
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Whether the load is served: energy not served GWh and its hours, firm capacity over the peak, reserve missed."""

    lost: float
    lost_hours: float
    margin: float | None
    reserve_missed: float
    peak: float
    peak_hour: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a year costs: money by part; `rules` is what missed rules and lost load are charged and nobody pays."""

    capital: float
    fixed: float
    fuel: float
    variable: float
    co2: float
    flexibility: float
    rules: float

    @property
    def paid(self) -> float:
        """All but the charge for missed rules."""
        return self.capital + self.fixed + self.fuel + self.variable + self.co2 + self.flexibility


@dataclass(frozen=True, slots=True)
class Period:
    """One year: capacities MW, energy GWh, CO2 t, prices by node in money by MWh.

    `built` is what the period itself adds; `worth` is what one more kW of an entry would save in the year, money.
    `hourly` holds output by entry, MW; `hourly_prices` by node; `load` the load of all nodes, MW; `hourly_factor` the
    CO2 of a MWh of load, t. `hourly_more` holds what else happens in an hour: "NAME.in" drawn by a store, MW,
    "NAME.content" held in it, MWh, "NAME.more" load moved here, "NAME.back" load that comes back or a line brings back,
    "lost" load not served, MW.
    """

    year: int
    capacity: dict[str, float]
    energy: dict[str, float]
    emissions: float
    lost: dict[str, float]
    prices: dict[str, float]
    hourly_prices: dict[str, Floats] = field(repr=False)
    hourly: dict[str, Floats] = field(repr=False)
    demand: float = 0.0
    built: dict[str, float] = field(default_factory=dict)
    emissions_by: dict[str, float] = field(default_factory=dict)
    local_emissions: float = 0.0
    imports: float = 0.0
    renewable_share: float = 0.0
    curtailed: dict[str, float] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)
    costs: Costs | None = None
    adequacy: Adequacy | None = None
    load: Floats = field(repr=False, default_factory=lambda: np.zeros(0))
    hourly_factor: Floats = field(repr=False, default_factory=lambda: np.zeros(0))
    hourly_more: dict[str, Floats] = field(repr=False, default_factory=dict)

    @property
    def factor(self) -> float:
        """CO2 of a MWh of demand, t."""
        return self.emissions / (self.demand * 1e3) if self.demand else 0.0


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
    step: float = 1.0
    """Hours in a step; more than one is a preview."""
    hour: Floats = field(repr=False, default_factory=lambda: np.zeros(0))
    """Hour of the year at which each step starts."""
    weight: Floats = field(repr=False, default_factory=lambda: np.zeros(0))
    """Hours that each step stands for."""
    days: int = 0
    """Typical days that stand for the year, a preview; 0 where every hour is modelled."""

    @property
    def missed(self) -> tuple[Limit, ...]:
        """The rules that are missed."""
        return tuple(limit for limit in self.limits if limit.missed > 0)

    def as_dict(self) -> dict[str, Any]:
        """Give everything but the hours, for JSON."""
        out = asdict(self)
        for period in out["periods"]:
            for name in ("hourly", "hourly_prices", "load", "hourly_factor", "hourly_more"):
                del period[name]
        del out["hour"], out["weight"]
        out["size"] = {"columns": self.size[0], "rows": self.size[1]}
        return out


def limits(system: System, point: Point) -> tuple[Limit, ...]:
    """Tell of every yearly rule what is missed and what it costs.

    The price is money of one year; of a rule over all periods, present value.
    """
    out = []
    for rule in system.rules:
        missed = float(point.border[rule.slack]) * rule.unit_of_slack
        missed = 0.0 if missed <= ROUNDING * max(abs(rule.limit), 1e-3) else missed
        year = None if rule.period is None else system.spec.periods[rule.period]
        price = float(np.maximum(point.prices[rule.row], 0.0)) * 1e3 / rule.pay if rule.moves else None
        binds = price is not None and price > BINDS * rule.dear
        unit, per = UNITS[rule.kind], PER.get(rule.kind, "GWh")
        out.append(Limit(rule.budget, year, rule.sense, rule.limit, unit, missed, price, per, rule.kind, binds))
    return tuple(_with_company(limit, out) for limit in out)


def _with_company(limit: Limit, all_limits: list[Limit]) -> Limit:
    if not limit.missed:
        return limit
    names = (other.name for other in all_limits if other.binds and other.period in (limit.period, None))
    together = tuple(dict.fromkeys(name for name in names if name != limit.name))
    return replace(limit, together=together)
