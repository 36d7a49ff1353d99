"""Print the times of a city's pathway beside its formulas on bare arrays: python -m benchmarks.pathway [--city NAME].

The floor calls the same formulas in the same order on the same arrays, stocks year by year, with nothing around them:
no pins on facts, no units, no scenario, no targets.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from dafeng.axes import using
from dafeng.city import load as load_city
from dafeng.kernel import State, substitute
from dafeng.kernel.graph import Entry
from dafeng.pathway import Pathway, load, local, project
from dafeng.pathway.attribution import shapley
from dafeng.pathway.local import division
from dafeng.pathway.overlay import move
from dafeng.pathway.places import by_place
from dafeng.pathway.projection import _values as values_of
from dafeng.pathway.projection import drawn, sector


def timed(act: Callable[[], Any], times: int) -> float:
    """Give the median milliseconds of an act."""
    act()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1e3)
    return median(spent)


def bare(state: State, entries: Sequence[Entry]) -> Callable[[], None]:
    """Prepare a run of the formulas alone on the arrays of a state."""
    count = len(state.years)
    arrays = {id: state.array(id) for entry in entries for id in entry.sources}

    def years(array: np.ndarray) -> list[np.ndarray]:
        return [array[..., at : at + 1] if array.shape[-1] == count else array for at in range(count)]

    plain = [
        (entry.formulas[0].function, {name: arrays[id] for name, id in entry.reads[0]})
        for entry in entries
        if not entry.variable.is_stock
    ]
    stocks = [
        (
            entry.formulas[0].function,
            years(arrays[entry.start]),
            {name: years(arrays[id]) for name, id in entry.reads[0]},
        )
        for entry in entries
        if entry.variable.is_stock
    ]

    def run() -> None:
        with np.errstate(all="ignore"):
            with using(state.frame):
                for function, given in plain:
                    function(**given)
            with using(replace(state.frame, stepping=True)):
                for function, start, given in stocks:
                    before = start[0]
                    path = [before]
                    for at in range(1, count):
                        before = function(before=before, step=1.0, **{name: cells[at] for name, cells in given.items()})
                        path.append(before)
                    np.concatenate(np.broadcast_arrays(*path), axis=-1)

    return run


def line(what: str, mine: float, floor: float | None = None) -> None:
    """Print one row."""
    beside = f"{floor:12.2f} ms {mine / floor:8.2f} x" if floor else ""
    print(f"{what:62} {mine:10.2f} ms {beside}", flush=True)


def one_lever(pathway: Pathway, times: int) -> None:
    """Time a slider: one lever of the plan moved, all sectors, peaks and targets."""
    settings = iter(range(10**9))
    lever = pathway.levers[next(iter(pathway.scenario("plan").settings))]
    low, high = lever.range

    def slide() -> None:
        part = (next(settings) % 97) / 97
        project(pathway, "plan", {lever.id: low + (high - low) * part})

    mine = timed(slide, times)
    state = pathway.state("plan")
    entries = [entry for entry in pathway.model.graph.downstream([lever.parameter])]
    line(f"one lever ({lever.id}), {len(entries)} variables follow", mine, timed(bare(state, entries), times))


def draws(pathway: Pathway, count: int, times: int) -> None:
    """Time draws of the plan, and the formulas alone on a block of them."""
    mine = timed(lambda: project(pathway, "plan", draws=count, seed=1), times)
    block = 100
    moves = pathway.moves(pathway.scenario("plan"))
    state = drawn(pathway, moves, values_of(pathway, block, 1))
    wide = [e for e in pathway.model.graph.entries if any(state.array(id).shape[0] > 1 for id in e.sources)]
    floor = timed(bare(state, wide), 3) * count / block
    line(f"{count:,} draws with fan, odds and targets", mine, floor)


def places(pathway: Pathway, times: int) -> None:
    """Time all districts: as they are, with one lever of one of them, and with what one delivers of all measures.

    The floor calls on the same arrays, once each, the formulas that run over places and those of the city that follow.
    """
    if pathway.allocation is None:
        return
    settings = iter(range(10**9))
    project_all = partial(by_place, pathway, "plan")
    line(f"{len(division(pathway))} districts, no lever of theirs moved", timed(project_all, times))
    for key, low, high in (("heat-pumps@pudong", 5.0, 95.0), ("delivery-by-districts@pudong", 0.1, 1.1)):

        def slide(key: str = key, low: float = low, high: float = high) -> None:
            project_all({key: low + (high - low) * (next(settings) % 97) / 97})

        mine = timed(slide, times)
        line(f"all districts, {key} moved", mine, _floor(pathway, key, (low + high) / 2))


def _floor(pathway: Pathway, key: str, value: float) -> float:
    chosen = pathway.scenario("plan", {key: value})
    whole = pathway.state(pathway.scenario("plan"))
    paths = local.paths(pathway, chosen, whole)
    follows = local.following(pathway, paths)
    over = [entry for entry in pathway.model.graph.entries if entry.id in follows and entry.id not in paths]
    wide = substitute(whole, paths, [entry.id for entry in over])
    found = pathway.places(chosen)
    heard = [entry for entry in pathway.model.graph.entries if entry.id in found.city.recomputed]
    runs = [bare(replace(whole, arrays={**whole.arrays, **paths, **wide}), over), bare(found.city, heard)]
    return timed(lambda: [run() for run in runs], 5)


def attribution(pathway: Pathway) -> None:
    """Time exact Shapley values over ten actions, 1,024 runs: the working measures dealt out to ten groups."""
    levers = pathway.working
    groups = 10
    counted = pathway.settings.boundaries[0].sectors
    variables = [each.variable for each in pathway.settings.sectors if each.id in counted]
    at = pathway.years.index(pathway.settings.peak_before)

    def worth(masks: np.ndarray) -> np.ndarray:
        moved = [
            move(lever, lever.range[1] * 0.5 + lever.range[0] * 0.5, lever.schedule, masks[:, n % groups].astype(float))
            for n, lever in enumerate(levers)
            if not lever.residual
        ]
        state = pathway.run(moved, why="bench", want=variables)
        return np.add.reduce([sector(state, variable)[:, at] for variable in variables])

    start = time.perf_counter()
    shares, ends, runs = shapley(groups, worth)
    spent = (time.perf_counter() - start) * 1e3
    error = abs(shares.sum() - (ends[1] - ends[0])) / abs(ends[1] - ends[0])
    line(f"Shapley over ten actions, {runs:,} runs (sum off by {error:.0e})", spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--city", default="shanghai")
    parser.add_argument("--repeat", type=int, default=31)
    given = parser.parse_args()
    start = time.perf_counter()
    city = load_city(given.city)
    pathway = load(city)
    line("load of city and pathway", (time.perf_counter() - start) * 1e3)
    print(f"{len(pathway.working)} levers, {len(pathway.model.graph.by_id)} variables, {len(pathway.years)} years")
    print(f"{'':62} {'dafeng':>13} {'bare formulas':>15}    ratio")
    one_lever(pathway, given.repeat)
    draws(pathway, 1_000, 3)
    draws(pathway, 10_000, 1)
    places(pathway, given.repeat)
    attribution(pathway)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"most memory {peak:.2f} GiB")


if __name__ == "__main__":
    main()
