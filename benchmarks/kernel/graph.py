"""A model of 300 variables of 39,360 cells in three branches, and the same arithmetic without a kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dafeng.kernel import Array, Data, Datum, Model, Variable, fact, param, total, variable

PLACES, SECTORS, FUELS, YEARS = 10, 12, 8, tuple(range(2020, 2061))
LABELS = {
    "place": tuple(f"place-{n}" for n in range(PLACES)),
    "sector": tuple(f"sector-{n}" for n in range(SECTORS)),
    "fuel": tuple(f"fuel-{n}" for n in range(FUELS)),
    "year": YEARS,
}
DIMS = "place sector fuel year"
BRANCHES, LENGTH = 3, 100
LEVER = "bench.lever_0"


def _first(id: str, lever: str) -> Variable:
    @variable("TJ/year", dims=DIMS, ref="bench#first", id=id)
    def first(activity: Array = fact("bench.activity"), lever: Array = param(lever)) -> Array:
        return activity * (1 - lever)

    return first


def _next(id: str, before: Variable) -> Variable:
    @variable("TJ/year", dims=DIMS, ref="bench#next", id=id)
    def following(
        before: Array = before, factor: Array = param("bench.factor"), added: Array = param("bench.added")
    ) -> Array:
        return before * factor + added

    return following


def model() -> Model:
    """Build the model: three branches of 100 variables, each with a lever at its head, and their total."""
    ends = []
    for branch in range(BRANCHES):
        current = _first(f"bench.v{branch}_0", f"bench.lever_{branch}")
        for n in range(1, LENGTH):
            current = _next(f"bench.v{branch}_{n}", current)
        ends.append(current)

    @variable("TJ/year", dims="year", ref="bench#sum")
    def everything(a: Array = ends[0], b: Array = ends[1], c: Array = ends[2]) -> Array:
        return total(a + b + c, over="place sector fuel")

    return Model(everything)


def data() -> Data:
    """Give the numbers, from a fixed seed."""
    rng = np.random.default_rng(20261125)

    def datum(unit: str, dims: str, kind: Any = "parameter", low: float = 0.9, high: float = 1.0) -> Datum:
        names = tuple(dims.split())
        values = rng.uniform(low, high, [len(LABELS[axis]) for axis in names])
        return Datum(values, unit, names, {axis: LABELS[axis] for axis in names}, "bench", kind)

    return {
        "bench.activity": datum("TJ/year", DIMS, "fact", 1.0, 100.0),
        "bench.factor": datum("", "sector fuel"),
        "bench.added": datum("TJ/year", "place year"),
        **{f"bench.lever_{branch}": datum("%", "year", low=5, high=10) for branch in range(BRANCHES)},
    }


def bare(arrays: dict[str, Array], branches: int, *, keep: bool) -> tuple[Callable[[], Array], list[Array]]:
    """Give the arithmetic of some branches and the total as a plain loop; `keep` holds on to every result."""
    activity, factor, added = (arrays[f"bench.{name}"] for name in ("activity", "factor", "added"))
    others = [arrays[f"bench.v{branch}_{LENGTH - 1}"] for branch in range(branches, BRANCHES)]
    kept: list[Array] = []

    def run() -> Array:
        kept.clear()
        ends = []
        for branch in range(branches):
            value = activity * (1 - arrays[f"bench.lever_{branch}"])
            for _ in range(1, LENGTH):
                value = value * factor + added
                if keep:
                    kept.append(value)
            ends.append(value)
        a, b, c = [*ends, *others]
        result: Array = np.add.reduce(a + b + c, axis=(1, 2, 3), keepdims=True)
        return result

    return run, kept
