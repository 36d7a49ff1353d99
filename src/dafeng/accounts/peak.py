"""Has a series peaked? Five states with their evidence, and the C40 rule beside them.

A maximum some years back is no peak: on a flat series that rule alone is wrong in about half of all cases. Here
"peaked" needs a maximum that is old enough, a fall that is large against the scatter, a trend after the maximum
(Mann-Kendall on the years after it, the maximum itself left out, since it was chosen for being high), all of it in two
consecutive years and also without the shock years. The error rates of the rule are measured by `benchmarks/peak` and
stand in docs/guide/peak.md.

Sources: Mann (1945), Kendall (1975), Sen (1968); C40 rule as published with "27 C40 cities have peaked" (2018).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dafeng.errors import Refused

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
State = Literal["rising", "plateau", "probably_peaked", "peaked", "rebound", "too_short"]
#: State codes of the batched test, in the order of `STATES`.
STATES: tuple[State, ...] = ("too_short", "rising", "plateau", "probably_peaked", "peaked", "rebound")


@dataclass(frozen=True)
class Rule:
    """Thresholds of the test; the defaults are the ones whose error rates are published.

    `years` since the maximum, `drop` of the three-year mean below its maximum, `scatter` times the residual standard
    deviation that the drop must exceed, `alpha` of the one-sided trend test; `hint`, `hint_alpha` and `hint_years` are
    the lower bars that make a peak probable; `least` the fewest observations that are judged at all.
    """

    years: int = 5
    drop: float = 0.05
    scatter: float = 2.0
    alpha: float = 0.05
    hint: float = 0.03
    hint_alpha: float = 0.1
    hint_years: int = 3
    least: int = 8


@dataclass(frozen=True)
class Finding:
    """The state of one series in its last year, with the figures that decided it."""

    state: State
    last_year: int
    peak_year: int
    peak: float
    mean_peak_year: int
    years_since: int
    drop: float
    scatter: float
    p_decline: float
    sen_slope: float
    two_years: bool
    robust: bool
    excluded: tuple[int, ...]
    c40: Literal["peaked", "not_peaked", "too_short", "stale"]


@dataclass(frozen=True)
class _Figures:
    """Figures of every series in a batch, for one last year."""

    top: NDArray[np.int64]
    since: NDArray[np.int64]
    drop: Floats
    scatter: Floats
    p: Floats
    slope: Floats
    last: Floats
    best: Floats


def find(
    years: Sequence[int],
    values: Sequence[float] | Floats,
    *,
    shocks: Collection[int] = (),
    rule: Rule | None = None,
    today: int | None = None,
) -> Finding:
    """Judge one series; years with NaN are left out, `shocks` are left out for the test of robustness.

    `today` is the year the C40 rule counts the age of the data from (default: the last year of the series).

    Raises:
        Refused: where years and values differ in length, years do not rise, or a value is not positive.
    """
    rule = rule or Rule()
    y, v = np.asarray(years, int), np.asarray(values, float)
    if y.shape != v.shape:
        raise Refused(
            f"peak: {y.size} years and {v.size} values. Give one value a year.",
            zh=f"达峰检验：{y.size} 个年份、{v.size} 个数。每年请给一个数。",
        )
    keep = ~np.isnan(v)
    y, v = y[keep], v[keep]
    if (np.diff(y) <= 0).any() or (v <= 0).any():
        raise Refused(
            "peak: years must rise and values be positive. Sort the series; judge net sinks apart.",
            zh="达峰检验：年份须递增，数值须为正。请先排序；净碳汇另行判断。",
        )
    if y.size < rule.least:
        last = int(y[-1]) if y.size else 0
        top = int(v.argmax()) if y.size else 0
        nan = float("nan")
        peak_year, peak = (int(y[top]), float(v[top])) if y.size else (0, nan)
        return Finding(
            "too_short",
            last,
            peak_year,
            peak,
            peak_year,
            last - peak_year,
            nan,
            nan,
            nan,
            nan,
            False,
            False,
            (),
            "too_short",
        )
    excluded = tuple(int(s) for s in sorted(set(shocks) & set(y.tolist())))
    codes = states(y, v[None, :], shocks=shocks, rule=rule)
    figures = _figures(y, v[None, :])
    two, robust = _two_and_robust(y, v[None, :], shocks, rule)
    top = int(v.argmax())
    return Finding(
        state=STATES[int(codes[0])],
        last_year=int(y[-1]),
        peak_year=int(y[top]),
        peak=float(v[top]),
        mean_peak_year=int(y[figures.top[0]]),
        years_since=int(figures.since[0]),
        drop=float(figures.drop[0]),
        scatter=float(figures.scatter[0]),
        p_decline=float(figures.p[0]),
        sen_slope=float(figures.slope[0]),
        two_years=bool(two[0]),
        robust=bool(robust[0]),
        excluded=excluded,
        c40=c40(y, v, today if today is not None else int(y[-1])),
    )


def states(
    years: NDArray[np.int_], values: Floats, *, shocks: Collection[int] = (), rule: Rule | None = None
) -> NDArray[np.int8]:
    """Judge a batch: `values` is (draws, years) without NaN; returns an index into `STATES` for each draw."""
    rule = rule or Rule()
    figures = _figures(years, values)
    two, robust = _two_and_robust(years, values, shocks, rule)
    peaked = two & robust
    probable = (
        ~peaked & (figures.since >= rule.hint_years) & (figures.drop >= rule.hint) & (figures.p < rule.hint_alpha)
    )
    recent = years >= years[-1] - 7
    up = mann_kendall(-values[:, recent]) < rule.alpha
    rising = (
        ~peaked
        & ~probable
        & (up | ((figures.since <= 2) & (_sen(years[recent], values[:, recent]) > 0) & (figures.drop <= 0.0)))
    )
    rebound = _rebound(years, values, rule, figures)
    out = np.full(values.shape[0], STATES.index("plateau"), np.int8)
    out[rising] = STATES.index("rising")
    out[probable] = STATES.index("probably_peaked")
    out[peaked] = STATES.index("peaked")
    out[rebound] = STATES.index("rebound")
    return out


def peaked(years: NDArray[np.int_], values: Floats, *, shocks: Collection[int] = (), rule: Rule | None = None) -> Bools:
    """Tell, for each row of a batch as `states` takes it, whether it has peaked, without judging the other states."""
    two, robust = _two_and_robust(years, values, shocks, rule or Rule())
    return np.asarray(two & robust)


def c40(years: NDArray[np.int_], values: Floats, today: int) -> Literal["peaked", "not_peaked", "too_short", "stale"]:
    """Give the verdict of the C40 rule: maximum at least five years before the latest figure and 10 % above it."""
    if years.size < 3:
        return "too_short"
    if today - int(years[-1]) > 5:
        return "stale"
    top = int(values.argmax())
    old = int(years[-1]) - int(years[top]) >= 5
    return "peaked" if old and values[-1] <= 0.9 * values[top] else "not_peaked"


def mann_kendall(values: Floats, use: Bools | None = None) -> Floats:
    """One-sided p of a decline for each row, normal approximation with continuity correction.

    `use` (same shape) leaves cells out. Rows with fewer than four cells give 1. Autocorrelation is not corrected for:
    the published error rates are measured on autocorrelated series, so they contain it.
    """
    use = np.ones(values.shape, bool) if use is None else use
    n = use.sum(axis=1)
    i, j = np.triu_indices(values.shape[1], 1)
    both = use[:, i] & use[:, j]
    s = np.where(both, np.sign(values[:, j] - values[:, i]), 0.0).sum(axis=1)
    variance = n * (n - 1) * (2 * n + 5) / 18.0
    z = np.where(s < 0, s + 1, np.where(s > 0, s - 1, 0.0)) / np.sqrt(np.maximum(variance, 1e-300))
    p = 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2.0)))
    return np.where(n < 4, 1.0, p)


def _sen(years: NDArray[np.int_], values: Floats, use: Bools | None = None) -> Floats:
    i, j = np.triu_indices(values.shape[1], 1)
    slopes = (values[:, j] - values[:, i]) / (years[j] - years[i])
    if use is None:
        return np.asarray(np.median(slopes, axis=1))
    # The median of the pairs in use: a sort puts what is left out (NaN) last, several times faster than nanmedian.
    slopes = np.where(use[:, i] & use[:, j], slopes, np.nan)
    slopes.sort(axis=1)
    count = slopes.shape[1] - np.isnan(slopes).sum(axis=1)
    rows = np.arange(slopes.shape[0])
    low, high = slopes[rows, np.maximum(count - 1, 0) // 2], slopes[rows, np.maximum(count, 1) // 2]
    return np.asarray(np.where(count > 0, (low + high) / 2.0, 0.0))


def _figures(years: NDArray[np.int_], values: Floats) -> _Figures:
    rows = np.arange(values.shape[0])
    position = np.arange(values.shape[1])
    mean = (values[:, :-2] + values[:, 1:-1] + values[:, 2:]) / 3.0
    top = mean.argmax(axis=1) + 1
    best = mean[rows, top - 1]
    last = mean[:, -1]
    highest = values.argmax(axis=1)
    after_from = np.maximum(top, highest)
    since = years[-1] - years[after_from]
    tail = position[None, :] >= top[:, None]
    x = np.where(tail, years[None, :] - years[top][:, None], 0.0).astype(float)
    y = np.where(tail, np.log(values), 0.0)
    n = tail.sum(axis=1)
    xm, ym = x.sum(axis=1) / n, y.sum(axis=1) / n
    xx = (np.where(tail, x - xm[:, None], 0.0) ** 2).sum(axis=1)
    xy = (np.where(tail, (x - xm[:, None]) * (y - ym[:, None]), 0.0)).sum(axis=1)
    slope = np.divide(xy, xx, out=np.zeros_like(xy), where=xx > 0)
    residual = np.where(tail, y - ym[:, None] - slope[:, None] * (x - xm[:, None]), 0.0)
    scatter = np.where(n > 3, np.sqrt((residual**2).sum(axis=1) / np.maximum(n - 2, 1)), np.inf)
    after = position[None, :] > after_from[:, None]
    return _Figures(
        top, since, 1.0 - last / best, scatter, mann_kendall(values, after), _sen(years, values, after), last, best
    )


def _holds(years: NDArray[np.int_], values: Floats, rule: Rule) -> Bools:
    if years.size < max(4, rule.years):
        return np.zeros(values.shape[0], bool)
    f = _figures(years, values)
    return np.asarray(
        (f.since >= rule.years)
        & (f.drop >= rule.drop)
        & (f.drop > rule.scatter * f.scatter)
        & (f.p < rule.alpha)
        & (f.slope < 0)
    )


def _two_and_robust(
    years: NDArray[np.int_], values: Floats, shocks: Collection[int], rule: Rule
) -> tuple[Bools, Bools]:
    two = _holds(years, values, rule) & _holds(years[:-1], values[:, :-1], rule)
    calm = ~np.isin(years, list(shocks))
    robust = two if calm.all() else _holds(years[calm], values[:, calm], rule)
    return two, robust


def _rebound(years: NDArray[np.int_], values: Floats, rule: Rule, figures: _Figures) -> Bools:
    """Once peaked by the same rule, and now the three-year mean stands above the one it had peaked at."""
    out = np.zeros(values.shape[0], bool)
    candidates = figures.last >= figures.best
    for end in range(rule.least, years.size - 2):
        if not candidates.any():
            break
        rows = np.flatnonzero(candidates & ~out)
        if rows.size == 0:
            break
        part = values[rows, :end]
        was = _holds(years[:end], part, rule) & _holds(years[: end - 1], part[:, :-1], rule)
        out[rows[was]] = True
    return out
