"""Print the kernel's times beside bare NumPy's: python -m benchmarks.kernel [repetitions]."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from benchmarks.kernel.graph import LEVER, YEARS, bare, data, model

repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 15
PATH = {2025: 15.0, 2030: 40.0}
DRAWS = 200
MOST = 3.0


def timed(*acts: Callable[[], Any], times: int = repetitions) -> list[float]:
    """Give the median milliseconds of each act; the acts take turns, so that a slow moment falls on all."""
    for act in acts:
        act()
    spent: list[list[float]] = [[] for _ in acts]
    for _ in range(times):
        for act, list_ in zip(acts, spent, strict=True):
            start = time.perf_counter()
            act()
            list_.append((time.perf_counter() - start) * 1e3)
    return [median(list_) for list_ in spent]


def line(what: str, mine: float, floor: float | None = None) -> None:
    """Print one row."""
    beside = f"{floor:10.2f} ms   {mine / floor:5.2f} x" if floor else ""
    print(f"{what:58} {mine:10.2f} ms {beside}")


subject, numbers = model(), data()
state = subject.run(numbers, YEARS)
changed = state.change(LEVER, PATH, why="bench")
print(f"{len(subject.variables())} variables, {state.array('bench.v0_0').size:,} cells each; NumPy {np.__version__}")
print(f"{'':58} {'kernel':>13} {'bare NumPy':>13}   ratio")

drop, _ = bare(changed.arrays, 1, keep=False)
assert (drop() == changed.array("graph.everything")).all()
mine, floor = timed(lambda: state.change(LEVER, PATH, why="bench"), drop)
line(f"one lever, {len(changed.recomputed) - 1} variables recomputed", mine, floor)
ratio = mine / floor

hold, _ = bare(changed.arrays, 1, keep=True)


def read_all() -> None:
    """Change the lever and read every variable."""
    new = state.change(LEVER, PATH, why="bench")
    for id in subject.graph.by_id:
        new.array(id)


mine, floor = timed(read_all, hold)
line("the same, and every variable read from the new state", mine, floor)

drop, _ = bare(state.arrays, 3, keep=False)
assert (drop() == state.array("graph.everything")).all()
mine, floor = timed(lambda: subject.run(numbers, YEARS, keep="outputs"), drop)
line("full run, outputs kept", mine, floor)

hold, _ = bare(state.arrays, 3, keep=True)
mine, floor = timed(lambda: subject.run(numbers, YEARS), hold)
line("full run, every variable kept", mine, floor)

draws = {year: np.random.default_rng(7).uniform(10, 40, DRAWS) for year in PATH}
drawn = state.change(LEVER, draws, why="bench")
one, _ = bare(changed.arrays, 1, keep=False)
mine, floor = timed(lambda: state.change(LEVER, draws, why="bench"), lambda: [one() for _ in range(DRAWS)], times=1)
line(f"one lever, {DRAWS} draws", mine, floor)


def fresh() -> None:
    """Check with nothing remembered."""
    subject._checked = None
    subject.check(numbers, YEARS)


line("check()", *timed(fresh))
line("assembly", *timed(model))
if ratio > MOST:
    sys.exit(f"one lever takes {ratio:.1f} times the bare arithmetic; it may take {MOST:g} times")
