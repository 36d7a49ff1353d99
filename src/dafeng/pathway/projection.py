"""Projection: what a scenario gives, year by year, by sector and boundary, with its peak, its fan and its targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from dafeng.city import City
from dafeng.errors import Refused
from dafeng.kernel import Array, Seam, State
from dafeng.pathway import answers, draws, peaks
from dafeng.pathway.answers import TargetProjection
from dafeng.pathway.assembly import absent
from dafeng.pathway.loading import load
from dafeng.pathway.overlay import Chance, Move
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.peaks import Peak
from dafeng.pathway.scenario import Scenario, Setting

#: Quantiles of the fan.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
#: Draws calculated at once; more would only need more memory.
CHUNK = 2_000
#: Most draws of one answer.
MOST = 100_000


@dataclass(frozen=True)
class Line:
    """CO2 of one sector or boundary in tCO2 by year, NaN where absent; `fan` is (quantiles, years) where drawn."""

    id: str
    values: Array
    peak: Peak | None = None
    fan: Array | None = None


@dataclass(frozen=True)
class Projection:
    """One scenario over all years. `draws` is 0 where only the line was calculated."""

    city: str
    pack: str
    scenario: Scenario
    years: tuple[int, ...]
    sectors: Mapping[str, Line]
    boundaries: Mapping[str, Line]
    targets: tuple[TargetProjection, ...]
    seams: tuple[Seam, ...]
    state: State
    draws: int = 0
    seed: int | None = None
    samples: Mapping[str, Array] = field(default_factory=dict, repr=False)

    @property
    def binding(self) -> TargetProjection | None:
        """The target that binds first: of those missed, the earliest due, then the one missed by most."""
        missed = [each for each in self.targets if not each.met]
        return min(missed, key=lambda each: (each.year, -each.shortfall), default=None)


def project(
    city: City | Pathway,
    scenario: str | Scenario = "",
    set: Mapping[str, float | Setting] | None = None,
    draws: int = 0,
    seed: int = 0,
) -> Projection:
    """Give what a scenario gives, with some levers set otherwise; `draws` of the pack's uncertainty make the fan.

    Raises:
        NotFound: no such scenario.
        FaultsFound: a lever is unknown, or set where it cannot be.
        Refused: the pack has no pathway, the scenario is of another pack version, or a value is absent.
    """
    pathway = city if isinstance(city, Pathway) else load(city)
    if not 0 <= draws <= MOST:
        raise Refused(f"draws: {draws} is not between 0 and {MOST}. Ask for fewer.")
    chosen = pathway.scenario(scenario, set)
    line = pathway.state(chosen)
    present(pathway, line, chosen)
    sampled = sample(pathway, pathway.moves(chosen), draws, seed) if draws else {}
    settings = pathway.settings
    sectors = {
        each.id: Line(each.id, sector(line, each.variable)[0], fan=_fan(sampled.get(each.id)))
        for each in settings.sectors
    }
    boundaries = {}
    for each in settings.boundaries:
        total = np.add.reduce([sectors[id].values for id in each.sectors])
        top = peaks.of_line(pathway.years, total, settings.peak_before, settings.peak_since)
        drawn = np.add.reduce([sampled[id] for id in each.sectors]) if draws else None
        if drawn is not None:
            top = peaks.of_draws(top, pathway.years, drawn, settings.judged_in, settings.peak_since)
        boundaries[each.id] = Line(each.id, total, top, _fan(drawn))
    targets = tuple(
        answers.project_target(pathway, answer, line, sampled.get(f"target {answer.target.id}"))
        for answer in answers.answers_of(pathway)
    )
    return Projection(
        city=pathway.city.id,
        pack=pathway.city.version,
        scenario=chosen,
        years=pathway.years,
        sectors=sectors,
        boundaries=boundaries,
        targets=targets,
        seams=pathway.seams,
        state=line,
        draws=draws,
        seed=seed if draws else None,
        samples=sampled,
    )


def sector(state: State, variable: str) -> Array:
    """Give a variable of the whole city in tCO2, (draws, years)."""
    values = np.asarray(state.array(variable))
    summed = values.reshape(values.shape[0], -1, values.shape[-1]).sum(axis=1)
    return np.broadcast_to(summed, (state.batch, len(state.years)))


def total(state: State, variables: Iterable[str]) -> Array:
    """Sum variables of the whole city in tCO2, (draws, years)."""
    return np.asarray(np.add.reduce([sector(state, variable) for variable in variables]))


def present(pathway: Pathway, state: State, scenario: Scenario) -> None:
    """Refuse a state in which a sector has no number, or an infinite or negative one, in a year to come."""
    for each in pathway.settings.sectors:
        missing = absent(state, each.variable)
        if missing:
            named = ", ".join(f"'{id}'" for id in scenario.settings) or "no lever"
            raise Refused(
                f"scenario '{scenario.id}': '{each.variable}' has no value in {missing[0]} (levers set: {named}). "
                "Set back the lever moved last, or complete the parameters."
            )


def sample(pathway: Pathway, moves: tuple[Move, ...], draws: int, seed: int) -> dict[str, Array]:
    """Draw a scenario: CO2 of each sector (draws, years) by its id, and each target's value by "target <id>"."""
    return outcome(pathway, moves, _values(pathway, draws, seed))


def _values(pathway: Pathway, count: int, seed: int) -> Array:
    content = pathway.uncertainty
    if not content.distributions:
        raise Refused("draws: the pack declares nothing uncertain. Add uncertainty.yaml, or ask for no draws.")
    normals = draws.standard(seed, count, len(content.distributions))
    correlated = normals @ draws.factor_of(content.distributions, content.correlations).T
    return draws.values(content.distributions, correlated)


def outcome(pathway: Pathway, moves: tuple[Move, ...], values: Array) -> dict[str, Array]:
    """Calculate a scenario for given values of the uncertain quantities, (draws, quantities), in pieces."""
    targets = answers.answers_of(pathway)
    parts: dict[str, list[Array]] = {}
    for low in range(0, len(values), CHUNK):
        state = drawn(pathway, moves, values[low : low + CHUNK])
        count = min(CHUNK, len(values) - low)
        for each in pathway.settings.sectors:
            found = np.broadcast_to(sector(state, each.variable), (count, len(pathway.years)))
            parts.setdefault(each.id, []).append(found)
        for answer in targets:
            found = np.broadcast_to(answer.of(state), (count,))
            parts.setdefault(f"target {answer.target.id}", []).append(found)
    return {id: np.concatenate(pieces) for id, pieces in parts.items()}


def drawn(pathway: Pathway, moves: tuple[Move, ...], values: Array) -> State:
    """Give the state of a batch of draws of the uncertain quantities."""
    chances = []
    delivered: dict[str, Array] = {}
    actions = [group for group in pathway.groups if group != "drivers"]
    for at, each in enumerate(pathway.uncertainty.distributions):
        if each.parameter:
            chances.append(Chance(each, values[:, at]))
            continue
        for action in each.actions or actions:
            delivered[action] = delivered.get(action, 1.0) * values[:, at]
    scaled = [
        Move(one.lever, one.schedule, one.value, delivered.get(pathway.group(one.lever), one.delivered))
        for one in moves
    ]
    return pathway.run(scaled, chances, why="draw")


def _fan(drawn: Array | None) -> Array | None:
    if drawn is None:
        return None
    return np.asarray(np.quantile(drawn, QUANTILES, axis=0))
