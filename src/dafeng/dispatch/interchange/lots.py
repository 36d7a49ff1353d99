"""Components of a PyPSA network from the lots of a capacity, and which component each column and size became.

Every variable of capacity is a component of its own beside what stands; all of one entry have the same bounds and
costs, so that their sum can do what the entry can. With several periods each stands from its `build_year` for its
`lifetime`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch.build.capacity import life_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.dispatch.build.assemble import System
    from dafeng.dispatch.build.capacity import Capacity
    from dafeng.dispatch.build.draft import Clock
    from dafeng.dispatch.spec import Investment
    from dafeng.dispatch.stage import Floats

#: Any year of 365 days: a spec has no calendar.
START = "2025-01-01"
#: Carriers of what is no entry of a spec; no name of an entry has a capital or a space.
ELECTRICITY, LOST, SPILLED = "Electricity", "Lost load", "Spilled"


@dataclass(frozen=True, slots=True)
class Flow:
    """A part of a column: `share` of a variable of PyPSA (MW), in the periods in which its component stands."""

    variable: str
    name: str
    share: float
    periods: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """A border variable as a capacity of PyPSA: the variable is `share` of it."""

    variable: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Wrap:
    """A ramp between the last step of each period and its first: part of capacity."""

    name: str
    reach: float
    periods: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of a capacity: what stands (`size`, GW, in consecutive periods), or a border variable."""

    entry: str
    name: str
    periods: tuple[int, ...]
    life: float
    size: float = 0.0
    variable: int = -1
    cost: float = 0.0
    """Yearly cost, money by MW."""


class Components:
    """A network that is being written; `flows` and `sizes` are by number of column and of border variable."""

    def __init__(self, net: Any, system: System, clock: Clock) -> None:
        self.net, self.system, self.hour, self.spec = net, system, system.hour, system.spec
        self.clock, self.years = clock, system.spec.periods
        self.several = len(self.years) > 1
        #: What PyPSA calls a year that is a ring where it has several.
        self.each = "_per_period" if self.several else ""
        self.flows: dict[int, list[Flow]] = {}
        self.sizes: dict[int, list[Size]] = {}
        self.wraps: list[Wrap] = []
        self.always = tuple(range(len(self.years)))
        self.pandas = importlib.import_module("pandas")

    def time(self) -> None:
        """Write snapshots with their weights, and the investment periods where there are several."""
        stamps = self.pandas.Timestamp(START) + self.pandas.to_timedelta(self.clock.hour, unit="h")
        index = self.pandas.DatetimeIndex(stamps)
        if self.several:
            years = list(self.years)
            self.net.set_snapshots(self.pandas.MultiIndex.from_product([years, index], names=["period", "timestep"]))
            self.net.investment_periods = years
            self.net.investment_period_weightings["objective"] = self.hour.draft.pay
            self.net.investment_period_weightings["years"] = [float(n) for n in self.hour.worth.years()]
        else:
            self.net.set_snapshots(index)
        weight = np.tile(self.clock.weight, len(self.years))
        for column in ("objective", "generators"):
            self.net.snapshot_weightings[column] = weight
        self.net.snapshot_weightings["stores"] = self.clock.length

    def bus(self, name: str) -> str:
        """Add a bus; give its name."""
        self.net.add("Bus", name, carrier=self.carrier(ELECTRICITY))
        return name

    def carrier(self, name: str) -> str:
        """Give the carrier of an entry, one for each: rules count by carrier in PyPSA."""
        if name not in self.net.carriers.index:
            entry = self.spec.investments().get(name) or self.spec.flexible.get(name)
            self.net.add("Carrier", name, nice_name=entry.label.en if entry and entry.label else name)
        return name

    def over(self, values: Sequence[float | Floats]) -> Any:
        """Give what holds by period as one number, or as a series over all snapshots (periods one after the other)."""
        steps = self.clock.weight.size
        rows = [np.broadcast_to(np.asarray(each, dtype=np.float64), steps) for each in values]
        whole = np.concatenate(rows)
        return float(whole[0]) if np.ptp(whole) == 0 else self.pandas.Series(whole, index=self.net.snapshots)

    def share(self, values: Sequence[float | Floats]) -> tuple[float, Any]:
        """Give the highest value, MW, and the series as parts of it."""
        top = max(float(np.max(np.abs(each))) for each in values) * 1e3
        return top, self.over([np.asarray(each) * 1e3 / top for each in values]) if top else 0.0

    def upper(self, j: int) -> list[Floats]:
        """Give the fixed upper bounds of a column by period, GW."""
        return [fixed[1] for fixed in self.hour.draft.columns[j].fixed]

    def lots(self, name: str, held: Capacity, entry: Investment) -> list[Lot]:
        """Give the parts of a capacity: runs of periods in which the same stands, then each variable."""
        draft, pinned = self.hour.draft, self.system.stage.pinned
        live = {k for members in draft.groups[held.group] for k in members} if held.group >= 0 else set()
        border = self.system.stage.border.names
        found, stands = [], list(held.fixed)
        for p, k in held.kept.items():
            if k in live:
                found.append(Lot(name, border[k], (p,), self._lasts((p,)), variable=k, cost=held.yearly[k]))
            else:
                stands[p] += float(pinned[k])
        for p, k in held.vintages.items():
            if k in live:
                life = life_of(self.hour.worth, entry)
                found.append(Lot(name, border[k], held.alive[p], life, variable=k, cost=held.yearly[k]))
            else:
                for q in held.alive[p]:
                    stands[q] += float(pinned[k])
        runs: list[list[int]] = []
        for q in self.always:
            if runs and stands[q] == stands[q - 1]:
                runs[-1].append(q)
            else:
                runs.append([q])
        fixed = []
        for run in runs:
            size, own = stands[run[0]], name if len(runs) == 1 else f"{name}@stands-{self.years[run[0]]}"
            if size > 0 or (len(runs) == 1 and not found):
                fixed.append(Lot(name, own, tuple(run), self._lasts(run), size))
        return fixed + found

    def _lasts(self, run: Sequence[int]) -> float:
        """Give the years of a run of periods; what stands in all of them does not end."""
        if len(run) == len(self.years):
            return float("inf")
        return float(sum(self.hour.worth.years()[q] for q in run))

    def add(self, kind: str, lot: Lot, said: dict[str, Any], share: float = 1.0, end: str = "", unit: str = "p") -> str:
        """Add a component of `lot / share`. The first of a border variable is paid for, the others follow it."""
        name, attr = f"{lot.name}{end}", f"{unit}_nom"
        sized: dict[str, Any] = {}
        if self.several:
            sized |= {"build_year": self.years[lot.periods[0]], "lifetime": lot.life}
        if lot.variable < 0:
            sized[attr] = lot.size * 1e3 / share
        else:
            k, border = lot.variable, self.system.stage.border
            sized[f"{attr}_extendable"] = True
            if k not in self.sizes:
                sized |= {
                    f"{attr}_min": float(border.lower[k]) * 1e3 / share,
                    f"{attr}_max": float(border.upper[k]) * 1e3 / share,
                    f"{attr}_mod": float(border.whole[k]) * 1e3 / share,
                    "capital_cost": lot.cost * share,
                }
            self.sizes.setdefault(k, []).append(Size(f"{kind}-{attr}", name, share))
        self.net.add(kind, name, carrier=self.carrier(lot.entry), **said, **sized)
        return name

    def made(self, carrier: str, name: str, **said: Any) -> None:
        """Add a generator of given size that stands for something else."""
        self.net.add("Generator", name, carrier=self.carrier(carrier), **said)

    def flow(self, j: int, variable: str, name: str, periods: tuple[int, ...], share: float = 1.0) -> None:
        """Note that a component is a part of a column."""
        self.flows.setdefault(j, []).append(Flow(variable, name, share, periods))

    def store(self, lot: Lot, bus: str, said: dict[str, Any], share: float = 1.0, end: str = "") -> None:
        """Add a store whose every period ends as it began."""
        self.add("Store", lot, {"bus": bus, f"e_cyclic{self.each}": True, **said}, share, end, "e")
