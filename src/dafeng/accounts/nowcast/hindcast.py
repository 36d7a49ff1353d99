"""What an estimate would have said of years that have an account by now, beside the last value and a linear trend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from dafeng.accounts.nowcast.settings import Rule


@dataclass(frozen=True)
class Errors:
    """Errors as shares of the account: root mean square, mean absolute, mean signed, and the largest by amount."""

    rms: float
    mean: float
    bias: float
    worst: float


@dataclass(frozen=True)
class Case:
    """One year that was estimated from the state of an earlier one: amounts in Mt CO2e."""

    origin: int
    year: int
    actual: float
    estimate: float
    last: float
    trend: float


@dataclass(frozen=True)
class Score:
    """How estimates `horizon` years ahead did, of one `item` or of the total, beside the last value and the trend."""

    item: str
    horizon: int
    cases: tuple[Case, ...]
    estimate: Errors
    last: Errors
    trend: Errors

    def half(self, rule: Rule) -> float | None:
        """Give the half-width of the interval as a share; None with fewer cases than the rule asks for.

        It is the error that the wanted share of as many further cases stays below, whatever their distribution: of n
        errors by amount, the one at place (n + 1) x share, rounded up (split conformal prediction).
        """
        amounts = sorted(abs(case.estimate / case.actual - 1) for case in self.cases)
        place = ceil((len(amounts) + 1) * rule.interval)
        return None if len(amounts) < rule.hindcasts or place > len(amounts) else amounts[place - 1]


#: Says what one would have estimated for a year, knowing accounts up to an earlier one; None where proxies are missing.
Guess = Callable[[int, int], float | None]


def score(item: str, series: Mapping[int, float], guess: Guess, rule: Rule) -> tuple[Score, ...]:
    """Estimate each year of a series from each earlier one up to the horizon, and hold it against the series.

    The trend runs through as many earlier years as the rule says, where there are so many. All three are compared on
    the same cases.
    """
    return tuple(
        found
        for horizon in range(1, rule.horizon + 1)
        if (found := _score(item, horizon, series, guess, rule)) is not None
    )


def _score(item: str, horizon: int, series: Mapping[int, float], guess: Guess, rule: Rule) -> Score | None:
    cases = []
    for year, actual in series.items():
        origin = year - horizon
        before = [known for known in series if known <= origin][-rule.trend :]
        if origin not in series or len(before) < rule.least or actual == 0:
            continue
        estimate = guess(origin, year)
        if estimate is not None:
            slope, level = np.polyfit(before, [series[known] for known in before], 1)
            cases.append(Case(origin, year, actual, estimate, series[origin], float(slope * year + level)))
    if not cases:
        return None
    return Score(
        item,
        horizon,
        tuple(cases),
        _errors((case.estimate, case.actual) for case in cases),
        _errors((case.last, case.actual) for case in cases),
        _errors((case.trend, case.actual) for case in cases),
    )


def _errors(pairs: Iterable[tuple[float, float]]) -> Errors:
    off = np.array([said / actual - 1 for said, actual in pairs])
    worst = float(off[np.abs(off).argmax()])
    return Errors(float(np.sqrt((off**2).mean())), float(np.abs(off).mean()), float(off.mean()), worst)
