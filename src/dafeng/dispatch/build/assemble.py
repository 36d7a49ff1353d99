"""Builds the stage form of a spec, and keeps where everything stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch.build import budgets, columns
from dafeng.dispatch.build.draft import Clock, Draft
from dafeng.dispatch.build.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafeng.dispatch.build.columns import Hour
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats, Stage

YEAR = 8760


@dataclass(frozen=True, slots=True)
class System:
    """A spec, its stage form, and where its parts stand in it."""

    spec: Spec
    stage: Stage
    hour: Hour
    rules: tuple[budgets.Rule, ...]
    worth: Worth


def whole_year(step: int = 1) -> Clock:
    """Give the clock of a year in steps of some hours."""
    start = np.arange(0, YEAR, step, dtype=np.float64)
    return Clock(start, np.full(start.size, float(step)), float(step))


def on_clock(series: Floats, clock: Clock) -> Floats:
    """Give an hourly series on the steps of a clock: the mean over each step."""
    step = int(clock.length)
    at = clock.hour.astype(np.int64)
    if step == 1:
        return np.ascontiguousarray(series[at])
    return np.asarray(np.mean([series[np.minimum(at + k, series.size - 1)] for k in range(step)], axis=0))


def build(spec: Spec, series: Mapping[str, Floats], clock: Clock | None = None) -> System:
    """Build the stage form of a checked spec; `series` are its hourly profiles by name."""
    clock = clock or whole_year()
    worth = Worth(spec)
    draft = Draft(clock, spec.periods, worth.discount())
    hour = columns.Hour(draft, worth, {name: on_clock(values, clock) for name, values in series.items()})
    hour.folded = folded(spec)
    inside = {spec.technologies[name].node for name in hour.folded}
    for node in spec.nodes:
        if node not in inside:
            draft.row(node)
    columns.loads(hour)
    for name, tech in spec.technologies.items():
        columns.generator(hour, name, tech)
    for name, channel in spec.lines.items():
        columns.line(hour, name, channel)
    for name, store in spec.storages.items():
        columns.storage(hour, name, store)
    for name, load in spec.flexible.items():
        columns.flexible(hour, name, load)
    for name, part in spec.responses.items():
        columns.response(hour, name, part)
    for name, held in spec.reserves.items():
        columns.reserve(hour, name, held)
    columns.spill(hour)
    budgets.ties(hour)
    found = budgets.rules(hour)
    return System(spec, draft.finish(), hour, tuple(found), worth)


def folded(spec: Spec) -> dict[str, str]:
    """Give the technologies that stand alone behind one line, of given size both: one column does for the two."""
    out: dict[str, str] = {}
    for node in spec.nodes[1:]:
        techs = [name for name, tech in spec.technologies.items() if tech.node == node]
        leaving = [name for name, line in spec.lines.items() if line.origin == node]
        touched = any(line.target == node for line in spec.lines.values()) or any(
            part.node == node
            for group in (spec.demands, spec.storages, spec.flexible, spec.responses)
            for part in group.values()
        )
        if touched or len(techs) != 1 or len(leaving) != 1:
            continue
        tech, line = spec.technologies[techs[0]], spec.lines[leaving[0]]
        plain = tech.min_output == 0.0 and tech.ramp is None and not tech.retrofit_of
        if plain and not (tech.build or tech.retire or line.build or line.retire or line.both_ways):
            out[techs[0]] = leaving[0]
    return out
