"""The question of a least effort: levers that may move, goals that are asked, and what the model gives for settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng import units
from dafeng.errors import NotFound
from dafeng.kernel import Array, State
from dafeng.pathway import answers
from dafeng.pathway.answers import Answer
from dafeng.pathway.bounds import standing
from dafeng.pathway.lever import Lever
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import total
from dafeng.pathway.scenario import Scenario, Setting
from dafeng.pathway.varied import Varied

#: The promise of the plan, asked for beside its targets.
PEAK = "peak"


@dataclass(frozen=True)
class Goal:
    """One row: `asked` is to be reached or passed by `sign` x what the model gives, both divided by `scale`."""

    id: str
    year: int
    unit: str
    asked: float
    sign: float
    scale: float
    answer: Answer | None = None


class Question:
    """The levers and goals of one question, and the model that answers it."""

    def __init__(self, pathway: Pathway, scenario: Scenario, levers: Sequence[Lever], decided: int | None) -> None:
        self.pathway, self.scenario, self.levers, self.decided = pathway, scenario, levers, decided
        self.runs = 0
        self.varied = Varied(pathway, scenario, levers)
        self.here, self.width = self.varied.here, self.varied.width
        self.goals: list[Goal] = []
        self.years = np.asarray(pathway.years)

    def run(self, settings: Array) -> Array:
        """Give the rows of the goals, (settings, goals), signed and scaled; `settings` is (rows, levers)."""
        return self._measured(self.varied.run(settings, "least effort", self._wanted()), len(settings))

    def _wanted(self) -> list[str]:
        """Name the variables that the goals read."""
        found = [goal.answer.variable for goal in self.goals if goal.answer is not None]
        if any(goal.answer is None for goal in self.goals):
            found += self.pathway.counted(self.pathway.boundary())
        return found

    def of(self, scenario: Scenario) -> Array:
        """Give the rows of the goals of one scenario, (goals), signed and scaled."""
        return np.asarray(self._measured(self.pathway.state(scenario), 1)[0])

    def _measured(self, state: State, rows: int) -> Array:
        self.runs += rows
        columns = []
        co2: Array | None = None
        for goal in self.goals:
            if goal.answer is not None:
                value = goal.answer.of(state)
            else:
                if co2 is None:
                    co2 = total(state, self.pathway.counted(self.pathway.boundary()))
                early = self.years < self.pathway.settings.peak_before
                if self.pathway.settings.peak_since is not None:
                    early &= self.years >= self.pathway.settings.peak_since
                value = co2[:, self.years == goal.year][:, 0] - np.nanmax(co2[:, early], axis=1)
            columns.append(np.broadcast_to(goal.sign * value / goal.scale, (rows,)))
        return np.stack(columns, axis=1)

    def scenario_of(self, before: Array, settings: Array) -> Scenario:
        """Give the scenario in which the levers that moved have their settings."""
        moved = {
            lever.id: Setting(to=float(value), **schedule.model_dump())
            for lever, schedule, value, was in zip(self.levers, self.varied.schedules, settings, before, strict=True)
            if value != was
        }
        return self.pathway.scenario(self.scenario, moved)

    def unmet(self, reached: Array) -> NDArray[np.bool_]:
        """Tell, by goal, whether rows as `run` gives them miss it."""
        found = []
        for goal, value in zip(self.goals, reached, strict=True):
            if goal.answer is None:
                found.append(bool(value < 0))
            else:
                given = np.array([value * goal.sign * goal.scale])
                found.append(not answers.met(self.pathway, goal.answer.target, given)[0])
        return np.array(found)

    def shares(self) -> list[tuple[dict[int, float], float]]:
        """Give, where a cell takes the rest of shares, the levers by position, their worth and their most in all."""
        base = self.pathway.base
        by: dict[str, list[int]] = {}
        for at, lever in enumerate(self.levers):
            if lever.residual:
                by.setdefault(lever.parameter, []).append(at)
        found = []
        for id, places in by.items():
            worth = {at: units.factor(self.levers[at].unit, base.unit(id)) for at in places}
            rest = base.values(id)
            for axis, label in self.levers[places[0]].residual.items():
                rest = np.take(rest, [base.position(axis, label)], axis=base.dims(id).index(axis))
            held = sum(standing(self.pathway, self.levers[at], self.pathway.years[-1]) * worth[at] for at in places)
            found.append((worth, float(np.nanmin(rest)) + held))
        return found


def goals_of(pathway: Pathway, ids: Sequence[str]) -> list[Goal]:
    """Give the rows of targets and, for "peak", one for each year from the promised one to that of the judgement."""
    found: list[Goal] = []
    for id in dict.fromkeys(ids):
        if id == PEAK:
            before = pathway.settings.peak_before
            last = min(pathway.years[-1], pathway.settings.judged_in)
            found += [Goal(PEAK, year, "tCO2", 0.0, -1.0, 1e6) for year in range(before, last + 1)]
            continue
        try:
            answer = answers.answer_of(pathway, id)
        except NotFound as error:
            raise NotFound("target that the pathway answers", id, [*error.candidates, PEAK]) from None
        target = answer.target
        sign = 1.0 if answers.upward(pathway, target) else -1.0
        scale = abs(float(target.value)) or 1.0
        found.append(Goal(id, target.due or 0, target.unit, float(target.value), sign, scale, answer))
    return found
