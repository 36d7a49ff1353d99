"""The cheapest way down in one year: which settings of the levers together cost least for less and less CO2.

Levers act through one model, so that what one has done counts when the next is priced. Round by round cost and CO2 are
taken as linear in the levers; the program is solved by Clarabel, and the model runs what it gives. A lever moves only
the way that lowers CO2: the curve undoes nothing that the scenario does.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from dafeng.errors import NotFound, Refused
from dafeng.kernel import Array
from dafeng.pathway.bounds import standing
from dafeng.pathway.cost import settings_of
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import sector, total
from dafeng.pathway.quadratic import Program, least
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.varied import Varied, one_by_one

#: Asks for CO2 and cost of rows of settings, is sent them, and ends with settings and their merit.
Search: TypeAlias = Generator[Array, Array, tuple[Array, float]]
#: Rounds of one point of the curve, width of a difference as a part of the range, price of CO2 that is left too high.
ROUNDS, WIDTH, PRICE = 16, 1e-3, 1e2
#: What keeps levers that change nothing where they are.
STAY = 1e-5
#: Gain, and part of the ranges that a round may move, below which a point is as good as found.
ENOUGH, NARROW = 1e-6, 5e-3
#: Part of the CO2 of the year below which a lever counts as having no effect on it.
NOTHING = 1e-7


@dataclass(frozen=True)
class Step:
    """One point of the curve: CO2 of the year, yearly cost more than without, cost of the next tonne, settings."""

    co2: float
    avoided: float
    cost: float
    marginal: float | None
    settings: Mapping[str, float]


@dataclass(frozen=True)
class Alone:
    """One lever by itself, moved as far as its range goes: CO2 avoided in the year, yearly cost, cost of a tonne."""

    lever: str
    setting: float
    avoided: float
    cost: float
    per_tonne: float


@dataclass(frozen=True)
class Curve:
    """The cheapest way down in one year, and what each lever costs by itself, the cheapest first.

    `left_out` are levers without a cost, `idle` those that have one and lower no CO2; both stay where they are.
    """

    scenario: str
    boundary: str
    year: int
    price_year: int
    currency: str
    co2: float
    cost: float
    steps: tuple[Step, ...]
    alone: tuple[Alone, ...]
    idle: tuple[str, ...]
    left_out: tuple[str, ...]


def curve(pathway: Pathway, year: int, scenario: str | Scenario = "", boundary: str = "", steps: int = 8) -> Curve:
    """Give the cheapest way down from a scenario in one year, in so many steps to the least CO2 that levers reach.

    Raises:
        NotFound: no such scenario, boundary or year.
        Refused: the pack states no costs, or no solver is installed.
    """
    file = settings_of(pathway)
    if year not in pathway.years:
        raise NotFound("year", str(year), map(str, pathway.years))
    if not 1 <= steps <= 40:
        raise Refused(f"curve: {steps} steps are not between 1 and 40. Ask for fewer.")
    base = pathway.scenario(scenario)
    chosen = pathway.boundary(boundary)
    counted = pathway.counted(chosen)
    priced = [pathway.levers[id] for id in file.levers if id in pathway.levers and pathway.levers[id].works]
    all_of_them = _Trials(pathway, base, priced, counted, file.annual, pathway.years.index(year))
    start, ends, alone = _ways(all_of_them)
    moving = [at for at in range(len(priced)) if ends[at] != all_of_them.here[at]]
    trials = all_of_them.only(moving, ends)
    points = _steps(trials, start, steps, {each.lever: each.avoided for each in alone}) if moving else ()
    return Curve(
        scenario=base.id,
        boundary=chosen.id,
        year=year,
        price_year=file.price_year,
        currency=file.currency,
        co2=float(start[0]),
        cost=float(start[1]),
        steps=points,
        alone=alone,
        idle=tuple(lever.id for at, lever in enumerate(priced) if at not in moving),
        left_out=tuple(x.id for x in pathway.working if x.id not in file.levers),
    )


class _Trials:
    """Settings of some levers that are tried, row by row: CO2 and yearly cost of one year for each, (rows, 2)."""

    def __init__(
        self, pathway: Pathway, base: Scenario, levers: Sequence[Lever], co2: Sequence[str], annual: str, at: int
    ) -> None:
        self.pathway, self.base, self.levers, self.co2, self.annual, self.at = pathway, base, levers, co2, annual, at
        self.varied = Varied(pathway, base, levers)
        self.here = self.varied.here
        self.low = np.array([x.range[0] for x in levers])
        self.high = np.array([x.range[1] for x in levers])
        for index, lever in enumerate(levers):
            # What the scenario does is not undone: a lever that it sets goes on from there, away from where it stood.
            if lever.id in base.settings:
                away = self.here[index] - standing(pathway, lever, lever.schedule.end)
                self.low[index] = self.here[index] if away > 0 else self.low[index]
                self.high[index] = self.here[index] if away < 0 else self.high[index]

    def only(self, which: Sequence[int], ends: Array) -> _Trials:
        """Let some of the levers alone move, each between where it is and its end."""
        few = _Trials(self.pathway, self.base, [self.levers[at] for at in which], self.co2, self.annual, self.at)
        few.low, few.high = np.minimum(few.here, ends[which]), np.maximum(few.here, ends[which])
        return few

    def run(self, settings: Array) -> Array:
        """Give CO2 and cost of rows of settings, (rows, levers)."""
        state = self.varied.run(settings, "abatement", [*self.co2, self.annual])
        both = (total(state, self.co2)[:, self.at], sector(state, self.annual)[:, self.at])
        return np.stack([np.broadcast_to(each, (len(settings),)) for each in both], axis=1)


def _ways(trials: _Trials) -> tuple[Array, Array, tuple[Alone, ...]]:
    """Give CO2 and cost where the scenario stands, the end that lowers CO2 for each lever, and each lever alone.

    What a lever does may hang on the others (a heat pump on how power is made): its end is judged where the others are
    at theirs, and where it has no effect there, alone. One that lowers CO2 in neither keeps its setting.
    """
    here, count = trials.here, len(trials.levers)

    def tried(at: Array) -> tuple[Array, Array, Array]:
        each = [at.copy() for _ in range(3 * count)]
        for lever in range(count):
            for end, bound in enumerate((here, trials.low, trials.high)):
                each[3 * lever + end][lever] = bound[lever]
        found = trials.run(np.array(each)).reshape(count, 3, 2)
        best = found[:, :, 0].argmin(axis=1)
        effect = found[:, 0, 0] - found[np.arange(count), best, 0]
        best = np.where(effect > NOTHING * abs(found[0, 0, 0]), best, 0)
        return found, best, np.choose(best, np.array([here, trials.low, trials.high]))

    found, first, alone_ends = tried(here)
    _, last, late_ends = tried(alone_ends)
    ends = np.where(last > 0, late_ends, np.where(alone_ends == late_ends, here, alone_ends))
    start = found[0, 0]
    alone = []
    for at, lever in enumerate(trials.levers):
        if first[at] and ends[at] == alone_ends[at]:
            avoided, more = start[0] - found[at, first[at], 0], found[at, first[at], 1] - start[1]
            alone.append(Alone(lever.id, float(ends[at]), float(avoided), float(more), float(more / avoided)))
    return start, ends, tuple(sorted(alone, key=lambda each: each.per_tonne))


def _steps(trials: _Trials, start: Array, steps: int, alone: Mapping[str, float]) -> tuple[Step, ...]:
    """Give the points of the curve."""
    ids = [lever.id for lever in trials.levers]
    ends = np.where(trials.here == trials.low, trials.high, trials.low)

    def filled(wanted: float) -> Array:
        settings = trials.here.copy()
        for id, avoided in alone.items():
            part = min(1.0, max(wanted, 0.0) / avoided)
            at = ids.index(id)
            settings[at] += part * (ends[at] - settings[at])
            wanted -= avoided
        return settings

    lowest, _ = min(_found(trials, [_search(trials, each, start, -np.inf) for each in (trials.here, ends)]), key=_merit)
    floor = float(trials.run(lowest[None, :])[0][0])
    aims = [start[0] + (floor - start[0]) * number / steps for number in range(1, steps + 1)]
    # Each point is sought twice: from the dear end down, and from the levers filled up in the order of their price.
    others = _found(trials, [_search(trials, filled(start[0] - aim), start, aim) for aim in aims])
    best: list[Array] = []
    at = lowest
    for aim, other in zip(reversed(aims), reversed(others), strict=True):
        at, _ = min(*_found(trials, [_search(trials, at, start, aim)]), other, key=_merit)
        best.append(at)
    points = []
    last = start
    for at in reversed(best):
        value = trials.run(at[None, :])[0]
        avoided, more = last[0] - value[0], value[1] - last[1]
        marginal = float(more / avoided) if avoided > 1 else None
        moved = {
            x.id: float(v)
            for x, v, was in zip(trials.levers, at, trials.here, strict=True)
            if abs(v - was) > WIDTH * (x.range[1] - x.range[0])
        }
        points.append(Step(float(value[0]), float(start[0] - value[0]), float(value[1] - start[1]), marginal, moved))
        last = value
    return tuple(points)


def _merit(found: tuple[Array, float]) -> float:
    return found[1]


def _found(trials: _Trials, searches: Sequence[Search]) -> list[tuple[Array, float]]:
    """Give what searches end with, the rows that they ask for run together."""
    asked = {number: next(search) for number, search in enumerate(searches)}
    ends: dict[int, tuple[Array, float]] = {}
    while asked:
        found = np.split(
            trials.run(np.concatenate([*asked.values()])), np.cumsum([len(x) for x in asked.values()])[:-1]
        )
        for number, rows in zip(list(asked), found, strict=True):
            try:
                asked[number] = searches[number].send(rows)
            except StopIteration as end:
                ends[number] = end.value
                del asked[number]
    return [ends[number] for number in range(len(searches))]


def _search(trials: _Trials, start: Array, reference: Array, aim: float) -> Search:
    """Seek settings of least cost with CO2 no higher than `aim`, and their merit, the less the better.

    An aim below every reach gives the least CO2.
    """
    width, home = trials.high - trials.low, trials.here
    here, trust = start.copy(), 0.5
    value = (yield here[None, :])[0]
    unit = np.array([max(abs(reference[0]), 1.0), max(abs(reference[1]), 1.0)])
    goal = aim / unit[0] if np.isfinite(aim) else 0.0

    def merit(settings: Array, found: Array) -> float:
        missing = max(found[0] / unit[0] - goal, 0.0)
        return float(found[1] / unit[1] + PRICE * missing + STAY * (((settings - home) / width) ** 2).sum())

    slope: Array | None = None
    for _ in range(ROUNDS):
        if slope is None:
            rows, step = one_by_one(here, WIDTH * width, trials.high)
            beside = yield rows
            slope = ((beside - value) / step[:, None]).T / unit[:, None] * width
        program = Program(
            centre=home / width,
            low=np.maximum(trials.low, here - trust * width) / width,
            high=np.minimum(trials.high, here + trust * width) / width,
            rows=-slope[:1],
            least=np.array([value[0] / unit[0] - goal]) - slope[:1] @ (here / width),
            price=PRICE,
            linear=slope[1],
            weight=STAY,
        )
        tried = np.clip(least(program) * width, trials.low, trials.high)
        found = (yield tried[None, :])[0]
        gain = merit(here, value) - merit(tried, found)
        if gain > 0:
            here, value, trust, slope = tried, found, min(0.5, trust * 2), None
        else:
            trust *= 0.4
        if 0 <= gain < ENOUGH or trust < NARROW:
            break
    return here, merit(here, value)
