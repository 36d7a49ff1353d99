"""A simple projection: the drift of the past carried forward, with its residuals resampled.

For figures x of years t, oldest first and on one basis:

    drift      d   = (x_n - x_1) / (t_n - t_1)
    residual   e_i = (x_i - x_{i-1} - d * dt_i) / sqrt(dt_i)        one-year shocks, dt_i the years between two figures
    each draw  resamples the residuals to get a drift of its own, d* = d + sum(sqrt(dt_i) * e*_i) / (t_n - t_1),
               and steps to the due year by d* + e* a year

so the interval carries both the uncertainty of the drift and that of the years to come. Residuals are scaled by
sqrt(n / (n - 1)) because the drift was fitted to them. With a geometric path the same is done with logarithms.
After Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 8 on resampling of residuals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dafeng.assess.evidence import Figure
from dafeng.assess.measure import Scale
from dafeng.assess.path import Demand
from dafeng.assess.result import Projection
from dafeng.city.rules import ProjectionRule

METHOD = "drift-residual-bootstrap"


def project(
    levels: Sequence[Figure], due: int, demand: Demand, scale: Scale, rule: ProjectionRule, *, geometric: bool
) -> Projection | None:
    """Project the level to the due year and give it in the target's terms.

    None with fewer than `rule.min_points` figures that may decide, or where the newest is of the due year or later.
    """
    usable = [figure for figure in levels if figure.decides]
    if len(usable) < rule.min_points or usable[-1].year >= due:
        return None
    years = np.array([figure.year for figure in usable], dtype=np.float64)
    values = np.array([figure.value for figure in usable])
    logs = geometric and bool(np.all(values > 0))
    draws = _draws(years, np.log(values) if logs else values, due - usable[-1].year, rule)
    if logs:
        draws = np.exp(draws)
    ahead = range(usable[-1].year + 1, due + 1)
    shown = np.stack([scale.shown(draws[:, k], year) for k, year in enumerate(ahead)], axis=1)
    tail = (1 - rule.interval) / 2
    low, median, high = np.quantile(shown, (tail, 0.5, 1 - tail), axis=0)
    return Projection(
        value=float(median[-1]),
        low=float(low[-1]),
        high=float(high[-1]),
        probability=float(demand.met(shown[:, -1]).mean()),
        points=len(usable),
        method=METHOD + ("-log" if logs else ""),
        path=tuple(
            (year, float(a), float(b), float(c)) for year, a, b, c in zip(ahead, low, median, high, strict=True)
        ),
    )


def _draws(
    years: NDArray[np.float64], values: NDArray[np.float64], ahead: int, rule: ProjectionRule
) -> NDArray[np.float64]:
    """Draw `rule.draws` paths of `ahead` years; shape (draws, ahead)."""
    step = np.diff(years)
    span = years[-1] - years[0]
    drift = (values[-1] - values[0]) / span
    residual = (np.diff(values) - drift * step) / np.sqrt(step)
    count = len(residual)
    residual = (residual - residual.mean()) * np.sqrt(count / (count - 1))
    past, future = _picks(rule.seed, rule.draws, count, ahead)
    drifts = drift + (residual[past] * np.sqrt(step)).sum(axis=1) / span
    steps: NDArray[np.float64] = drifts[:, np.newaxis] + residual[future]
    ahead_of_last: NDArray[np.float64] = values[-1] + steps.cumsum(axis=1)
    return ahead_of_last


@lru_cache(maxsize=64)
def _picks(seed: int, draws: int, count: int, ahead: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Choose which residuals each draw takes, for the past and for each year ahead; the same for the same shape."""
    generator = np.random.default_rng([seed, count, ahead])
    return generator.integers(count, size=(draws, count)), generator.integers(count, size=(draws, ahead))
