"""Draws of uncertain quantities: seeded, shared between scenarios, correlated by a Gaussian copula."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from dafeng.errors import Collector
from dafeng.kernel import Array
from dafeng.pathway.settings import Correlation, Distribution
from dafeng.store.yamlfile import YamlFile

_erf = np.vectorize(math.erf, otypes=[np.float64])


def standard(seed: int, draws: int, count: int) -> Array:
    """Give independent standard normal numbers, one row a draw; more draws begin with the same rows."""
    return np.random.default_rng(seed).standard_normal((draws, count))


def factor_of(distributions: Sequence[Distribution], correlations: Sequence[Correlation]) -> Array:
    """Give the Cholesky factor of the declared correlations.

    Raises:
        numpy.linalg.LinAlgError: no quantities can be correlated in this way.
    """
    position = {each.id: at for at, each in enumerate(distributions)}
    matrix = np.eye(len(distributions))
    for each in correlations:
        a, b = (position[id] for id in each.between)
        # The copula is Gaussian; a rank correlation r is that of normals correlated by 2 sin(pi r / 6) (Pearson 1907).
        matrix[a, b] = matrix[b, a] = 2.0 * math.sin(math.pi * each.rho / 6.0)
    return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)


def values(distributions: Sequence[Distribution], normals: Array) -> Array:
    """Give the quantities of standard normal numbers, (draws, quantities)."""
    columns = [_value(each, normals[:, at]) for at, each in enumerate(distributions)]
    return np.stack(columns, axis=1) if columns else np.empty((len(normals), 0))


def _value(of: Distribution, z: Array) -> Array:
    low, mode, high = (x if x is not None else math.nan for x in (of.low, of.mode, of.high))
    mean, spread = of.mean or 0.0, of.spread or 0.0
    if of.shape == "normal":
        return np.asarray(mean + spread * z, dtype=np.float64)
    if of.shape == "lognormal":
        return np.asarray(mean * np.exp(spread * z - 0.5 * spread * spread), dtype=np.float64)
    u: Array = 0.5 * (1.0 + _erf(z / math.sqrt(2.0)))
    if of.shape == "uniform":
        return low + (high - low) * u
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.where(u < turn, rising, falling)


def check(
    distributions: Sequence[Distribution], correlations: Sequence[Correlation], file: YamlFile, faults: Collector
) -> None:
    """Note names declared twice or unknown, and correlations that cannot hold together."""
    known = [each.id for each in distributions]
    for at, id in enumerate(known):
        if id in known[:at]:
            faults.add(
                "duplicate-id",
                file.place("distributions", at, "id"),
                f"'{id}' is declared twice",
                "Keep one of the two",
            )
    before = len(faults.faults)
    for at, each in enumerate(correlations):
        for id in each.between:
            if id not in known:
                faults.add(
                    "unknown-distribution",
                    file.place("correlations", at),
                    f"no distribution is called '{id}'",
                    f"The distributions are {', '.join(known)}",
                )
        if each.between[0] == each.between[1]:
            faults.add(
                "correlation",
                file.place("correlations", at),
                f"'{each.between[0]}' is correlated with itself",
                "Name two distributions",
            )
    if len(faults.faults) == before and len(set(known)) == len(known):
        try:
            factor_of(distributions, correlations)
        except np.linalg.LinAlgError:
            faults.add(
                "correlation",
                file.place("correlations"),
                "no quantities are correlated in all these ways",
                "Make the correlations weaker, or state those that are missing",
            )
