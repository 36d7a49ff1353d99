"""What decides the peak: the part of its variance that each uncertain quantity explains, alone and with the others.

First order by Saltelli et al. (2010, table 2 b), total by Jansen (1999), on one design of N (k + 2) runs. The estimate
holds for quantities that are independent, so declared correlations are left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dafeng.errors import Refused
from dafeng.kernel import Array
from dafeng.pathway import draws, peaks
from dafeng.pathway.pathway import Pathway
from dafeng.pathway.projection import outcome
from dafeng.pathway.scenario import Scenario


@dataclass(frozen=True)
class Index:
    """One uncertain quantity: its first-order and total index; None where the result does not vary at all."""

    id: str
    first: float | None
    total: float | None


@dataclass(frozen=True)
class Sensitivity:
    """What decides the peak year of a boundary, and its CO2 in the year promised; the weightiest first."""

    scenario: str
    boundary: str
    runs: int
    seed: int
    peak_year: tuple[Index, ...]
    co2: tuple[Index, ...]


def sensitivity(
    pathway: Pathway, scenario: str | Scenario = "", boundary: str = "", size: int = 256, seed: int = 0
) -> Sensitivity:
    """Give the indices of every uncertain quantity of the pack.

    Raises:
        NotFound: no such scenario or boundary.
        Refused: the pack declares nothing uncertain, or the size is below 2.
    """
    distributions = pathway.uncertainty.distributions
    if not distributions or size < 2:
        raise Refused("sensitivity: nothing uncertain is declared, or the size is below 2. Add uncertainty.yaml.")
    chosen = pathway.scenario(scenario)
    bound = pathway.boundary(boundary)
    count = len(distributions)
    normals = draws.standard(seed, size, 2 * count)
    first, second = normals[:, :count], normals[:, count:]
    mixed = []
    for at in range(count):
        one = first.copy()
        one[:, at] = second[:, at]
        mixed.append(one)
    design = np.concatenate([first, second, *mixed])
    sampled = outcome(pathway, pathway.moves(chosen), draws.values(distributions, design))
    lines = np.add.reduce([sampled[id] for id in bound.sectors])
    settings = pathway.settings
    tops = peaks.peak_years(pathway.years, lines, settings.peak_since).astype(np.float64)
    co2 = lines[:, pathway.years.index(settings.peak_before)]
    ids = [each.id for each in distributions]
    return Sensitivity(
        chosen.id, bound.id, len(design), seed, _ranked(ids, *indices(tops, count)), _ranked(ids, *indices(co2, count))
    )


def indices(values: Array, count: int) -> tuple[Array, Array]:
    """Give first-order and total indices of values in the order A, B, A with column i of B; NaN without variance."""
    rows = values.reshape(count + 2, -1)
    # The estimate of the first order is a small difference of large products unless the mean is taken off.
    a, b, *mixed = rows - rows[:2].mean()
    variance = np.var(np.concatenate([a, b]))
    if variance <= 1e-24 * max(1.0, float(np.abs(values).max()) ** 2):
        return np.full(count, np.nan), np.full(count, np.nan)
    first = np.array([np.mean(b * (ab - a)) for ab in mixed]) / variance
    total = np.array([np.mean((a - ab) ** 2) for ab in mixed]) / (2.0 * variance)
    return first, total


def _ranked(ids: list[str], first: Array, total: Array) -> tuple[Index, ...]:
    order = np.argsort(-np.nan_to_num(total), kind="stable")
    return tuple(
        Index(
            ids[at],
            None if np.isnan(first[at]) else float(first[at]),
            None if np.isnan(total[at]) else float(total[at]),
        )
        for at in order
    )
