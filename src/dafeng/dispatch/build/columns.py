"""The hour: what each part of a spec puts into every hour of the stage form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch.build.capacity import Capacity, capacity
from dafeng.dispatch.build.draft import Draft, SumRow
from dafeng.units import factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.dispatch.build.worth import Worth
    from dafeng.dispatch.spec import Flexible, Line, Reserve, Response, Share, Spec, Storage, Technology
    from dafeng.dispatch.stage import Floats


@dataclass(slots=True)
class Hour:
    """Where everything of a spec stands in the stage form: columns by role, capacities by name, loads by node."""

    draft: Draft
    worth: Worth
    series: Mapping[str, Floats]
    capacities: dict[str, Capacity] = field(default_factory=dict)
    energies: dict[str, Capacity] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    loads: dict[str, list[Floats]] = field(default_factory=dict)
    shares: dict[str, Floats] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> Spec:
        """The spec."""
        return self.worth.spec

    def share(self, name: str, value: Share) -> Floats:
        """Give a share as a series."""
        if isinstance(value, str):
            return self.series[value]
        return self.draft.steps(value)

    def peak(self, q: int) -> float:
        """Give the highest load of all nodes together in a period, GW."""
        return float(np.sum([loads[q] for loads in self.loads.values()], axis=0).max())

    def between(self, held: Capacity, low: Floats, high: Floats) -> list[tuple[Floats, Floats]]:
        """Give the fixed bounds of a column whose share of capacity lies between `low` and `high`."""
        return [(low * fixed, high * fixed) for fixed in held.fixed]


def loads(hour: Hour) -> None:
    """Write demands, what is not served, and the balance of every node."""
    draft, worth, spec = hour.draft, hour.worth, hour.spec
    dear: dict[str, list[float]] = {}
    for node in spec.nodes:
        hour.loads[node] = [draft.steps() for _ in draft.periods]
    for demand in spec.demands.values():
        shape = hour.series[demand.profile]
        cost = [worth.money(demand.lost_load, "MWh", year) for year in draft.periods]
        dear[demand.node] = [max(pair) for pair in zip(cost, dear.get(demand.node, cost), strict=True)]
        for q, year in enumerate(draft.periods):
            load = shape * factor(demand.unit, "GW")
            if demand.energy is not None:
                energy = worth.plain(demand.energy, "GWh", year)
                load = shape * (energy / float(draft.clock.weight @ shape))
            hour.loads[demand.node][q] = hour.loads[demand.node][q] + load
    for node, cost in dear.items():
        j = draft.column(f"{node}: lost", [(draft.steps(), load) for load in hour.loads[node]], cost, {node: 1.0})
        hour.columns[f"lost:{node}"] = {"lost": j}
        for q, load in enumerate(hour.loads[node]):
            draft.rows[node][q] = draft.rows[node][q] + load


def generator(hour: Hour, name: str, tech: Technology) -> None:
    """Write a generator: output between its least share and what is available; a ramp as a bounded difference."""
    draft, worth = hour.draft, hour.worth
    rebuilt = any(other.retrofit_of == name for other in hour.spec.technologies.values())
    held = capacity(draft, worth, name, tech, shared=rebuilt)
    hour.capacities[name] = held
    high = hour.share(name, tech.availability)
    low = high * hour.share(name, tech.min_output)
    hour.shares[name] = high
    cost = [worth.running(name, year) for year in draft.periods]
    line = hour.folded.get(name)
    if line is not None:
        channel = hour.spec.lines[line]
        limits = [worth.plain(channel.existing, "GW", year) if channel.existing else 0.0 for year in draft.periods]
        fixed = [(draft.steps(), np.minimum(high * f, limit)) for f, limit in zip(held.fixed, limits, strict=True)]
        if channel.variable is not None:
            cost = [c + worth.money(channel.variable, "MWh", year) for c, year in zip(cost, draft.periods, strict=True)]
        j = draft.column(name, fixed, cost, {channel.target: channel.efficiency})
        hour.columns[name] = {"out": j}
        hour.columns[line] = {"send": j}
        hour.capacities[line] = Capacity(limits, -1, {}, {}, {})
        return
    now, before = {tech.node: 1.0}, {}
    if tech.ramp is not None and tech.ramp * draft.clock.length < 1:
        row = draft.row(f"{name}: ramp")
        now[row], before[row] = 1.0, -1.0
    j = draft.column(name, hour.between(held, low, high), cost, now, before, held.group, low, high)
    hour.columns[name] = {"out": j}
    if before:
        reach = draft.steps(tech.ramp * draft.clock.length)  # type: ignore[operator]
        draft.column(
            f"{name}: ramp", hour.between(held, -reach, reach), [0.0] * len(draft.periods),
            {f"{name}: ramp": -1.0}, None, held.group, -reach, reach,
        )  # fmt: skip


def storage(hour: Hour, name: str, store: Storage) -> None:
    """Write a store: content(t) = kept * content(t-1) + taken in - given out, the year closing on itself."""
    draft, worth = hour.draft, hour.worth
    step, none = draft.clock.length, [0.0] * len(draft.periods)
    held = capacity(draft, worth, name, store)
    hour.capacities[name] = held
    row, zero, one = draft.row(f"{name}: content"), draft.steps(), draft.steps(1.0)
    cost = [worth.money(store.variable, "MWh", year) if store.variable else 0.0 for year in draft.periods]
    give = draft.column(
        f"{name}: out", hour.between(held, zero, one), cost,
        {store.node: 1.0, row: -step / store.efficiency_out}, None, held.group, zero, one,
    )  # fmt: skip
    take = draft.column(
        f"{name}: in", hour.between(held, zero, one), none,
        {store.node: -1.0, row: step * store.efficiency_in}, None, held.group, zero, one,
    )  # fmt: skip
    size, hours = held, draft.steps(store.hours or 0.0)
    if store.hours is None:
        size = _energy(hour, name, store)
        hour.energies[name], hours = size, one
    hours = np.where(draft.clock.breaks(), 0.0, hours)
    content = draft.column(
        f"{name}: content", hour.between(size, zero, hours), none,
        {row: -1.0}, {row: (1 - store.loss) ** step}, size.group, zero, hours,
    )  # fmt: skip
    hour.columns[name] = {"give": give, "take": take, "content": content}


def _energy(hour: Hour, name: str, store: Storage) -> Capacity:
    """Energy capacity bought apart from power, GWh."""
    draft, worth = hour.draft, hour.worth
    life = worth.plain(store.lifetime, "year", draft.periods[0]) if store.lifetime else 25.0
    members: list[dict[int, float]] = [{} for _ in draft.periods]
    vintages, yearly = {}, {}
    for q, year in enumerate(draft.periods if store.vintages else draft.periods[:1]):
        alive = [p for p, other in enumerate(draft.periods) if year <= other < year + life]
        price = worth.money(store.energy_capital, "MWh", year) if store.energy_capital else 0.0
        cost = price * worth.annuity(life)
        most = worth.plain(store.energy_maximum, "GWh", year) if store.energy_maximum else float("inf")
        k = draft.variable(f"{name}.energy@{year}", cost * sum(draft.pay[p] for p in alive), 0.0, most)
        vintages[q], yearly[k] = k, cost
        for p in alive:
            members[p][k] = 1.0
    lives = {p: tuple(q for q, held in enumerate(members) if k in held) for p, k in vintages.items()}
    return Capacity([0.0] * len(draft.periods), draft.group(members), vintages, {}, yearly, lives)


def line(hour: Hour, name: str, channel: Line) -> None:
    """Write a channel."""
    if name in hour.capacities:
        return
    draft, worth = hour.draft, hour.worth
    held = capacity(draft, worth, name, channel)
    hour.capacities[name] = held
    zero, one = draft.steps(), draft.steps(1.0)
    cost = [worth.money(channel.variable, "MWh", year) if channel.variable else 0.0 for year in draft.periods]
    ways = {"send": (channel.origin, channel.target)}
    if channel.both_ways:
        ways["back"] = (channel.target, channel.origin)
    hour.columns[name] = {}
    for role, (start, end) in ways.items():
        hour.columns[name][role] = draft.column(
            f"{name}: {role}", hour.between(held, zero, one), cost,
            {start: -1.0, end: channel.efficiency}, None, held.group, zero, one,
        )  # fmt: skip


def flexible(hour: Hour, name: str, load: Flexible) -> None:
    """Write a load that can be moved: less now, more then, level again at the end of every window."""
    draft, worth = hour.draft, hour.worth
    step, shape = draft.clock.length, hour.series[load.profile]
    row, zero = draft.row(f"{name}: moved"), draft.steps()
    ends = draft.clock.ends(load.window, load.start)
    less, more, level = [], [], []
    for q, year in enumerate(draft.periods):
        base = shape * (worth.plain(load.energy, "GWh", year) / float(draft.clock.weight @ shape))
        if not load.part_of_demand:
            hour.loads[load.node][q] = hour.loads[load.node][q] + base
            draft.rows[load.node][q] = draft.rows[load.node][q] + base
        above = worth.plain(load.above, "GW", year) if load.above else float(base.max())
        reach = np.where(ends, 0.0, load.reach * float(base.mean()))
        less.append((zero, load.share * base))
        more.append((zero, draft.steps(above)))
        level.append((-reach, reach))
    cost = [worth.money(load.cost, "MWh", year) if load.cost else 0.0 for year in draft.periods]
    none = [0.0] * len(draft.periods)
    hour.columns[name] = {
        "less": draft.column(f"{name}: less", less, cost, {load.node: 1.0, row: -step}),
        "more": draft.column(f"{name}: more", more, none, {load.node: -1.0, row: step}),
        "level": draft.column(f"{name}: level", level, none, {row: -1.0}, {row: 1.0}),
    }


def response(hour: Hour, name: str, part: Response) -> None:
    """Write load that is given up: hours a year, and what comes back within the window."""
    draft, worth = hour.draft, hour.worth
    peaks = [max(float(load.max()), 0.0) for load in hour.loads[part.node]]
    least, most = (
        [worth.plain(share, "", year) * peak for year, peak in zip(draft.periods, peaks, strict=True)] if share else []
        for share in (part.minimum_share, part.maximum_share)
    )
    held = capacity(draft, worth, name, part, least, most)
    hour.capacities[name] = held
    zero, one, step = draft.steps(), draft.steps(1.0), draft.clock.length
    none = [0.0] * len(draft.periods)
    cost = [worth.money(part.cost, "MWh", year) for year in draft.periods]
    now = {part.node: 1.0}
    if part.rebound > 0:
        row = draft.row(f"{name}: owed")
        now[row] = step * part.rebound
    hour.columns[name] = {
        "out": draft.column(name, hour.between(held, zero, one), cost, now, None, held.group, zero, one)
    }
    if part.rebound > 0:
        owed = np.where(draft.clock.ends(part.window, 0), 0.0, float(part.window))
        hour.columns[name]["back"] = draft.column(
            f"{name}: back", hour.between(held, zero, one), none,
            {part.node: -1.0, row: -step}, None, held.group, zero, one,
        )  # fmt: skip
        hour.columns[name]["owed"] = draft.column(
            f"{name}: owed", hour.between(held, zero, owed), none, {row: -1.0}, {row: 1.0}, held.group, zero, owed
        )
    if part.hours is not None:
        for q, year in enumerate(draft.periods):
            limit = SumRow(f"{name}: hours ({year})", part.hours * held.fixed[q], {q: {hour.columns[name]["out"]: 1.0}})
            if held.group >= 0:
                limit.groups[q] = {held.group: -part.hours}
            draft.sums.append(limit)


def reserve(hour: Hour, name: str, part: Reserve) -> None:
    """Write a reserve: what stands less what runs covers it, or it is missed at a price.

    One column is the whole capacity that is held against it, as high as the units are together.
    """
    draft, worth, spec = hour.draft, hour.worth, hour.spec
    row = draft.row(f"{name}: reserve")
    members: list[dict[int, float]] = [{} for _ in draft.periods]
    fixed = [0.0] * len(draft.periods)
    for unit in part.units:
        held, share = hour.capacities[unit], 1.0
        if unit in spec.technologies:
            share = float(hour.shares[unit][0])
        for q in range(len(draft.periods)):
            fixed[q] += share * held.fixed[q]
            for k, times in (draft.groups[held.group][q] if held.group >= 0 else {}).items():
                members[q][k] = members[q].get(k, 0.0) + share * times
        for role, j in hour.columns[unit].items():
            if role in {"out", "send", "give", "take", "back"}:
                draft.columns[j].now[row] = draft.columns[j].now.get(row, 0.0) + (1.0 if role == "take" else -1.0)
    if part.variable_share:
        for unit, tech in spec.technologies.items():
            if isinstance(tech.availability, str) and tech.node == part.node and unit not in part.units:
                draft.columns[hour.columns[unit]["out"]].now[row] = -part.variable_share
    zero, one = draft.steps(), draft.steps(1.0)
    group = draft.group(members) if any(members) else -1
    none = [0.0] * len(draft.periods)
    price = [worth.money(part.price, "MWh", year) for year in draft.periods]
    least = [part.load_share * load for load in hour.loads[part.node]]
    top = 2 * max(hour.peak(q) for q in range(len(draft.periods))) + max(fixed)
    hour.columns[name] = {
        "whole": draft.column(
            f"{name}: whole", [(zero, one * f) for f in fixed], none, {row: 1.0}, None, group, zero, one
        ),
        "held": draft.column(f"{name}: held", [(low, low + top) for low in least], none, {row: -1.0}),
        "missed": draft.column(f"{name}: missed", [(zero, one * top) for _ in least], price, {row: 1.0}),
    }


def spill(hour: Hour) -> None:
    """Let every node that has a least output throw power away: the model then always has an answer."""
    draft, spec = hour.draft, hour.spec
    for node in spec.nodes:
        here = [tech for tech in spec.technologies.values() if tech.node == node and tech.min_output != 0.0]
        if not here:
            continue
        top = 2 * sum(float(max(load.max() for load in loads)) for loads in hour.loads.values())
        for name, tech in spec.technologies.items():
            if tech in here:
                top += max(hour.capacities[name].fixed)
        j = draft.column(
            f"{node}: spilled", [(draft.steps(), draft.steps(top)) for _ in draft.periods],
            [0.0] * len(draft.periods), {node: -1.0},
        )  # fmt: skip
        hour.columns[f"spilled:{node}"] = {"spilled": j}
