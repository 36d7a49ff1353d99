"""A scenario of the pathway and the hourly model on one another's figures, until neither moves the other.

The pathway gives use by sector; vehicles and data centres keep hours of their own, the rest those of the published load
less theirs. The hourly answer gives back hours of use, imports, their CO2 and the price as parameters of that scenario,
in the modelled years, straight between them and level after the last. A round ends when use, CO2 of a MWh and price
have moved by less than 0.1 %.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng import units
from dafeng.dispatch import kept, records
from dafeng.dispatch.check import check
from dafeng.dispatch.figure import Figure
from dafeng.dispatch.pack import AnswersFile, Given, answers_of, spec_of, value_of
from dafeng.dispatch.reduce import clock_of
from dafeng.dispatch.run import Found, Leg, Question
from dafeng.dispatch.solve import dispatch
from dafeng.dispatch.told import Told, figure_of, give_back, meet, overlay
from dafeng.dispatch.verdicts import verdicts
from dafeng.errors import Collector, Refused
from dafeng.pathway import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dafeng.city import City
    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats
    from dafeng.kernel import State

#: Rounds at most, and the part by which the last may move a figure.
ROUNDS, NEAR = 5, 1e-3
#: Unit of CO2 of a unit of electricity.
_FACTOR = "tCO2/MWh"
#: Name of a load that is the same in every hour.
EVEN = "even"


@dataclass
class Coupled:
    """The last answer of a fixed point, the state of the pathway it belongs to, and how it was reached."""

    answer: Answer
    spec: Spec
    state: State
    told: tuple[Told, ...]
    changes: list[float] = field(default_factory=list)
    figures: list[dict[str, dict[str, float]]] = field(default_factory=list)
    """Of each round, by year: use GWh, CO2 of a MWh t, price by MWh."""

    @property
    def converged(self) -> bool:
        """Whether the last round moved nothing by more than 0.1 %."""
        return bool(self.changes) and self.changes[-1] <= NEAR


def couple(
    city: City,
    question: Question,
    keep: Path | None = None,
    progress: Callable[[int, float, float], bool] | None = None,
    begun: Callable[[Leg], None] | None = None,
) -> Found:
    """Answer a question about a scenario with pathway and hourly model on the same figures, kept by its hash.

    Raises:
        Refused: no scenario is named, the pack does not say what the hourly model gives back, or no certified answer.
    """
    asked = answers_of(city)
    if not question.scenario:
        raise Refused("couple: name the scenario that the hourly model belongs to, such as --scenario plan.")
    if not asked.scenario.back:
        raise Refused(f"city '{city.id}': power/answers.yaml does not say what comes back. Add scenario.back to it.")
    pathway = load(city)
    chosen = pathway.scenario(question.scenario)
    spec, series = spec_of(city, question.years, question.scenario, question.given)
    first = pathway.state(chosen)
    name = kept.key(
        records.cited(spec), series, question.backend, question.step, question.scenario, days=question.days,
        couple=read_of(first, asked, spec.periods),
    )  # fmt: skip
    before = kept.find(keep, name) if keep is not None else None
    if before is not None:
        return Found(before, spec, None)
    found = fixed_point(spec, series, asked, first, question, progress, begun)
    judged = verdicts(city, found.spec, found.answer, asked)
    given = (*question.given, EVEN)
    record = {
        "key": name,
        **records.record(found.spec, found.answer, judged, question.scenario, given),
        "coupling": _said(found, first, asked, chosen.hash),
    }
    if keep is not None:
        kept.keep(keep, name, record, found.spec, found.answer)
    return Found(record, found.spec, found.answer)


def read_of(state: State, asked: AnswersFile, years: Sequence[int]) -> str:
    """Give a digest of all that a coupling reads of a scenario: other changes of the pack leave its answer as it is."""
    wanted = asked.scenario
    given = [*wanted.back.values(), *wanted.compare.values()]
    names = {*wanted.demand.values(), *wanted.sectors, *wanted.back, *wanted.compare}
    names |= {name for each in given for name in (each.over, each.meets, *each.sum) if name}
    names -= {name for name, each in wanted.compare.items() if each.sum}
    digest = hashlib.sha256(wanted.model_dump_json().encode())
    for name in sorted(names):
        values = [float(np.asarray(state.at(name, year), dtype=np.float64).sum()) for year in years]
        digest.update(f"{name} {[f'{value:.12g}' for value in values]} {state.unit(name)}\n".encode())
    return digest.hexdigest()


def fixed_point(
    spec: Spec,
    series: Mapping[str, Floats],
    asked: AnswersFile,
    first: State,
    question: Question,
    progress: Callable[[int, float, float], bool] | None = None,
    begun: Callable[[Leg], None] | None = None,
) -> Coupled:
    """Solve, give back, and solve again while the use of electricity moves with what was given back.

    `begun` is told of each round; how many there will be is not known before.
    """
    state, changes, said = first, list[float](), list[dict[str, dict[str, float]]]()
    figures: Floats | None = None
    for number in range(ROUNDS):
        if begun is not None:
            begun(Leg("round", number, number + 1))
        made, hours = by_sector(spec, series, asked, state)
        clock = clock_of(made, hours, question.step, question.days)
        answer = dispatch(made, hours, question.backend, clock, progress)
        told = give_back(answer, made, asked, state, first)
        state = first.changed(overlay(first, told), why="hourly model", keep="all")
        met = meet(answer, asked, state, first)
        if met:
            told = (*told, *met)
            state = first.changed(overlay(first, told), why="hourly model", keep="all")
        now = np.array([(p.demand, p.factor, p.prices[spec.nodes[0]]) for p in answer.periods])
        use = np.array([_use(asked, state, year) for year in spec.periods])
        # What is given back may move the use that the answer rests on: where it does not, the next round is the same.
        apart = float(np.abs(use / now[:, 0] - 1).max())
        moved = 0.0 if figures is None else float(np.abs(now / figures - 1).max())
        changes.append(max(apart, moved))
        said.append(
            {
                str(year): {"demand": float(row[0]), "factor": float(row[1]), "price": float(row[2])}
                for year, row in zip(spec.periods, now, strict=True)
            }
        )
        figures = now
        if changes[-1] <= NEAR:
            break
    return Coupled(answer, made, state, told, changes, said)


def _use(asked: AnswersFile, state: State, year: int) -> float:
    return sum(value_of(state, variable, year, "GWh") for variable in asked.scenario.demand.values())


def by_sector(
    spec: Spec, series: Mapping[str, Floats], asked: AnswersFile, state: State
) -> tuple[Spec, dict[str, Floats]]:
    """Split each load that the pathway gives by sectors with hours of their own; the rest has what is left.

    The hours of the rest are those of the load less those of the sectors, in the first modelled year.
    """
    made = {**series, EVEN: np.ones_like(next(iter(series.values())))}
    demands, profiles = dict(spec.demands), dict(spec.profiles)
    profiles[EVEN] = next(iter(spec.profiles.values())).model_copy(
        update={"file": "", "reference": "", "source": "", "note": "the same in every hour", "label": None}
    )
    wanted = asked.scenario
    for name, variable in wanted.demand.items():
        base = demands[name]
        source = base.energy.source if base.energy else ""
        whole = {year: value_of(state, variable, year, "TWh") for year in spec.periods}
        parts = {
            part: {year: value_of(state, part, year, "TWh") for year in spec.periods}
            for part in (wanted.sectors if name == next(iter(wanted.demand)) else {})
        }
        left = {year: whole[year] - sum(part[year] for part in parts.values()) for year in spec.periods}
        if min(left.values()) <= 0:
            raise Refused(f"{variable}: less than the sectors that are told apart. Take one out of scenario.sectors.")
        year = spec.periods[0]
        shape = _unit(made[base.profile]) * whole[year]
        for part, values in parts.items():
            shape = shape - _unit(made[wanted.sectors[part]]) * values[year]
        own = f"{name}-rest"
        made[own] = np.maximum(shape, 0.0)
        profiles[own] = profiles[base.profile].model_copy(update={"note": f"{base.profile}, less sectors told apart"})
        demands[name] = base.model_copy(
            update={"profile": own, "energy": Figure(value=left, unit="TWh", source=source)}
        )
        for part, values in parts.items():
            demands[f"{name}-{part.split('.')[0].replace('_', '-')}"] = base.model_copy(
                update={
                    "profile": wanted.sectors[part],
                    "energy": Figure(value=values, unit="TWh", source=source),
                    "label": None,
                }
            )
    changed = spec.model_copy(update={"demands": demands, "profiles": profiles})
    faults = Collector(f"{spec.id}, by sector")
    check(changed, made, faults)
    faults.done()
    return changed, made


def _unit(values: Floats) -> Floats:
    return np.asarray(values / values.sum())


def _said(found: Coupled, first: State, asked: AnswersFile, hash: str) -> dict[str, Any]:
    """Give the coupling as data: rounds, what was told, and shown variables before, after and in the hourly model."""
    shown: dict[str, dict[str, dict[str, float | None]]] = {}
    for variable, given in asked.scenario.compare.items():
        unit = _FACTOR if given.sum else first.unit(variable)
        shown[variable] = {}
        for period in found.answer.periods:
            hourly: float | None
            if given.energy:
                hourly = sum(period.energy.get(name, 0.0) for name in given.energy) * units.factor("GWh", unit)
            else:
                hourly = figure_of(given.figure, period, unit)
            shown[variable][str(period.year)] = {
                "before": _own(given, variable, first, period.year, unit),
                "after": _own(given, variable, found.state, period.year, unit),
                "hourly": hourly,
            }
    return {
        "hash": hash,
        "rounds": len(found.changes),
        "converged": found.converged,
        "changes": found.changes,
        "figures": found.figures,
        "told": [
            {"parameter": t.parameter, "year": t.year, "value": t.value, "before": t.before, "unit": t.unit}
            for t in found.told
        ],
        "compared": {
            id: {"unit": _FACTOR if asked.scenario.compare[id].sum else first.unit(id), "years": years}
            for id, years in shown.items()
        },
    }


def _own(given: Given, variable: str, state: State, year: int, unit: str) -> float:
    """Give what the pathway has for a variable that is compared, or for CO2 over use where it has none."""
    if not given.sum:
        return value_of(state, variable, year, unit)
    return sum(value_of(state, part, year, "tCO2") for part in given.sum) / value_of(state, given.over, year, "MWh")
