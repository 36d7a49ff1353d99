"""What a scenario costs, and the cheapest way down: investment, yearly cost and cost per tonne against another.

Cost is a variable of the model like any other, so that it moves with every lever and can be explained. The abatement
curve asks, for less and less CO2 in a year, which settings of the levers together cost least; levers act through one
model, so that what one has done counts when the next is priced. Round by round cost and CO2 are taken as linear in the
levers; the program is solved by Clarabel, and the model runs what it gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dafeng.errors import NotFound, Refused
from dafeng.kernel import Array
from dafeng.pathway.bounds import setting
from dafeng.pathway.lever import Lever
from dafeng.pathway.overlay import Move, move
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import sector, total
from dafeng.pathway.quadratic import Program, least
from dafeng.pathway.scenario import Scenario
from dafeng.pathway.settings import CostsFile

#: Rounds of one point of the curve, width of a difference as a part of the range, price of CO2 that is left too high.
ROUNDS, WIDTH, PRICE = 8, 1e-3, 1e3
#: What keeps levers that change nothing where they are.
STAY = 1e-4


@dataclass(frozen=True)
class Cost:
    """Cost of a scenario against another, in the money of `price_year`, by year; arrays over `years`.

    `parts` are the differences of yearly cost by kind, `investment` that of investment, `co2` that of CO2 in tCO2, all
    scenario less the other. `per_tonne` is the present value of the yearly cost over that of the CO2 avoided, from
    `since` on; None where nothing is avoided.
    """

    scenario: str
    against: str
    boundary: str
    price_year: int
    currency: str
    since: int
    years: tuple[int, ...]
    annual: Array
    annual_against: Array
    parts: Mapping[str, Array]
    investment: Array
    co2: Array
    per_tonne: float | None
    discount: float


@dataclass(frozen=True)
class Step:
    """One point of the curve: CO2 of the year, yearly cost more than without, cost of the next tonne, settings."""

    co2: float
    avoided: float
    cost: float
    marginal: float | None
    settings: Mapping[str, float]


@dataclass(frozen=True)
class Curve:
    """The cheapest way down in one year; `left_out` are levers without a cost, which stay where they are."""

    scenario: str
    boundary: str
    year: int
    price_year: int
    currency: str
    co2: float
    cost: float
    steps: tuple[Step, ...]
    left_out: tuple[str, ...]


def settings_of(pathway: Pathway) -> CostsFile:
    """Give what the pack says of costs.

    Raises:
        Refused: it says nothing.
    """
    found = pathway.settings.costs
    if found is None:
        raise Refused("cost: the pack states no costs. Add 'costs' to pathway.yaml.")
    return found


def cost(pathway: Pathway, scenario: str | Scenario, against: str | Scenario, boundary: str = "") -> Cost:
    """Hold the cost of a scenario against that of another.

    Raises:
        NotFound: no such scenario or boundary.
        Refused: the pack states no costs.
    """
    file = settings_of(pathway)
    one, other = pathway.scenario(scenario), pathway.scenario(against)
    state, base = pathway.state(one), pathway.state(other)
    chosen = pathway.boundary(boundary)
    counted = pathway.counted(chosen)
    years = np.asarray(pathway.years)
    since = years >= file.since

    def difference(variable: str) -> Array:
        return np.asarray(np.where(since, sector(state, variable)[0] - sector(base, variable)[0], 0.0))

    annual, annual_against = (np.where(since, sector(x, file.annual)[0], np.nan) for x in (state, base))
    co2 = total(state, counted)[0] - total(base, counted)[0]
    weight = np.where(since, (1 + file.discount) ** -(years - file.since).astype(float), 0.0)
    avoided = -float((np.nan_to_num(co2) * weight).sum())
    extra = float((np.nan_to_num(annual - annual_against) * weight).sum())
    return Cost(
        scenario=one.id,
        against=other.id,
        boundary=chosen.id,
        price_year=file.price_year,
        currency=file.currency,
        since=file.since,
        years=pathway.years,
        annual=annual,
        annual_against=annual_against,
        parts={id: difference(variable) for id, variable in file.parts.items()},
        investment=difference(file.investment),
        co2=co2,
        per_tonne=extra / avoided if abs(avoided) > 1 else None,
        discount=file.discount,
    )


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
    levers = [pathway.levers[id] for id in file.levers if id in pathway.levers and pathway.levers[id].works]
    model = _Model(pathway, base, levers, counted, file.annual, pathway.years.index(year))
    here = np.array([setting(pathway, base, lever) for lever in levers])
    start = model.run(here[None, :])[0]
    lowest = _solve(model, here, start, -np.inf)
    floor = float(model.run(lowest[None, :])[0][0])
    points = []
    last, at = start, here
    for number in range(1, steps + 1):
        aim = start[0] + (floor - start[0]) * number / steps
        at = _solve(model, at, start, aim)
        value = model.run(at[None, :])[0]
        avoided, more = last[0] - value[0], value[1] - last[1]
        marginal = float(more / avoided) if avoided > 1 else None
        moved = {x.id: float(v) for x, v, was in zip(levers, at, here, strict=True) if abs(v - was) > 1e-3 * _span(x)}
        points.append(Step(float(value[0]), float(start[0] - value[0]), float(value[1] - start[1]), marginal, moved))
        last = value
    left = tuple(x.id for x in pathway.working if x.id not in file.levers)
    return Curve(
        base.id, chosen.id, year, file.price_year, file.currency, float(start[0]), float(start[1]), tuple(points), left
    )


class _Model:
    """CO2 and yearly cost of one year for settings of some levers, (rows, 2)."""

    def __init__(
        self, pathway: Pathway, base: Scenario, levers: Sequence[Lever], co2: Sequence[str], annual: str, at: int
    ) -> None:
        self.pathway, self.levers, self.co2, self.annual, self.at = pathway, levers, co2, annual, at
        ids = {lever.id for lever in levers}
        self.fixed: list[Move] = [each for each in pathway.moves(base) if each.lever.id not in ids]
        self.schedules = [base.settings[x.id][1] if x.id in base.settings else x.schedule for x in levers]
        self.low = np.array([x.range[0] for x in levers])
        self.high = np.array([x.range[1] for x in levers])

    def run(self, settings: Array) -> Array:
        moves = list(self.fixed)
        for at, (lever, schedule) in enumerate(zip(self.levers, self.schedules, strict=True)):
            moves.append(move(lever, settings[:, at], schedule))
        state = self.pathway.run(moves, why="abatement", want=[*self.co2, self.annual])
        both = (total(state, self.co2)[:, self.at], sector(state, self.annual)[:, self.at])
        return np.stack([np.broadcast_to(each, (len(settings),)) for each in both], axis=1)


def _solve(model: _Model, start: Array, reference: Array, aim: float) -> Array:
    """Give settings of least cost with CO2 no higher than `aim`; below every reach it gives the least CO2."""
    width = model.high - model.low
    here, trust = start.copy(), 0.5
    value = model.run(here[None, :])[0]
    unit = np.array([max(abs(reference[0]), 1.0), max(abs(reference[1]), 1.0)])
    goal = aim / unit[0] if np.isfinite(aim) else 0.0

    def merit(settings: Array, found: Array) -> float:
        missing = max(found[0] / unit[0] - goal, 0.0)
        return float(found[1] / unit[1] + PRICE * missing + STAY * (((settings - start) / width) ** 2).sum())

    for _ in range(ROUNDS):
        step = WIDTH * width * np.where(here + WIDTH * width <= model.high, 1.0, -1.0)
        slope = ((model.run(here + np.diag(step)) - value) / step[:, None]).T / unit[:, None] * width
        program = Program(
            centre=start / width,
            low=np.maximum(model.low, here - trust * width) / width,
            high=np.minimum(model.high, here + trust * width) / width,
            rows=-slope[:1],
            least=np.array([value[0] / unit[0] - goal]) - slope[:1] @ (here / width),
            price=PRICE,
            linear=slope[1],
            weight=STAY,
        )
        tried = np.clip(least(program) * width, model.low, model.high)
        found = model.run(tried[None, :])[0]
        if merit(tried, found) < merit(here, value) - 1e-9:
            moved = float(np.abs((tried - here) / width).max())
            here, value = tried, found
            if moved < 1e-4:
                break
        else:
            trust *= 0.4
    return here


def _span(lever: Lever) -> float:
    return lever.range[1] - lever.range[0]
