"""How sure a total is: error propagation, Monte Carlo with shared draws, key categories.

A category is activity x factor; categories that use one factor share its error, so their errors add instead of
cancelling. Half-widths are of the 95 % interval, as a share of the value.
Source: IPCC 2006 Guidelines, volume 1, chapter 3 (approaches 1 and 2) and chapter 4 (key categories), as kept in the
2019 Refinement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dafeng.errors import Refused

Floats = NDArray[np.float64]
#: Standard normal quantile that bounds the 95 % interval.
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Category:
    """One source or sink: activity x factor, each with the half-width of its 95 % interval as a share of its value.

    `factor_id` and `activity_id` name what is shared: equal ids share one error. A sink has a negative factor.
    """

    id: str
    activity: float
    factor: float
    activity_half: float
    factor_half: float
    factor_id: str
    activity_id: str = ""

    @property
    def value(self) -> float:
        """Activity x factor."""
        return self.activity * self.factor


@dataclass(frozen=True, slots=True)
class Interval:
    """A total with its 95 % interval, in the unit of activity x factor."""

    value: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """Mean half-width as a share of the value; NaN where the value is 0."""
        return (self.high - self.low) / 2 / abs(self.value) if self.value else float("nan")


def propagate(categories: Sequence[Category]) -> Interval:
    """Propagate errors to the total (approach 1), shared factors and activities counted as fully correlated."""
    _check(categories)
    value = sum(c.value for c in categories)
    half = float(np.sqrt(sum(_variances(categories).values())))
    return Interval(value, value - half, value + half)


def contributions(categories: Sequence[Category]) -> dict[str, float]:
    """Share of the variance that each independent error makes, largest first: what to measure better."""
    _check(categories)
    parts = _variances(categories)
    total = sum(parts.values()) or 1.0
    return {name: part / total for name, part in sorted(parts.items(), key=lambda item: -item[1])}


def _variances(categories: Sequence[Category]) -> dict[str, float]:
    effect: dict[str, float] = {}
    for c in categories:
        activity = f"activity {c.activity_id or c.id}"
        factor = f"factor {c.factor_id}"
        effect[activity] = effect.get(activity, 0.0) + c.value * c.activity_half
        effect[factor] = effect.get(factor, 0.0) + c.value * c.factor_half
    return {name: value**2 for name, value in effect.items()}


def draw(categories: Sequence[Category], draws: int, seed: int) -> Floats:
    """Draw every category (approach 2): returns (draws, categories), equal ids sharing one draw.

    Errors up to 30 % are normal, wider ones lognormal with the value as median, so that no activity or factor changes
    its sign (the 2006 Guidelines advise a skewed form for wide intervals).
    """
    _check(categories)
    if draws < 2:
        raise Refused(f"uncertainty: {draws} draw(s) asked for. Ask for at least 2.")
    rng = np.random.default_rng(seed)
    normal: dict[str, Floats] = {}
    for name in sorted({n for c in categories for n in (f"activity {c.activity_id or c.id}", f"factor {c.factor_id}")}):
        normal[name] = rng.standard_normal(draws)
    out = np.empty((draws, len(categories)))
    for i, c in enumerate(categories):
        activity = _spread(normal[f"activity {c.activity_id or c.id}"], c.activity_half)
        factor = _spread(normal[f"factor {c.factor_id}"], c.factor_half)
        out[:, i] = c.value * activity * factor
    return out


def _spread(normal: Floats, half: float) -> Floats:
    if half <= 0.3:
        return 1.0 + normal * (half / Z95)
    return np.asarray(np.exp(normal * (np.log1p(half) / Z95)))


def interval(draws: Floats, value: float) -> Interval:
    """Read the 95 % interval of a total off its draws."""
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(value, float(low), float(high))


@dataclass(frozen=True, slots=True)
class Key:
    """A category's part in the level or the trend; `key` where it belongs to the first 95 %."""

    id: str
    part: float
    cumulative: float
    key: bool


def key_level(values: dict[str, float], share: float = 0.95) -> tuple[Key, ...]:
    """Rank categories by their part in the sum of absolute values (IPCC 2006, equation 4.1)."""
    total = sum(abs(v) for v in values.values())
    return _rank({name: abs(v) / total if total else 0.0 for name, v in values.items()}, share)


def key_trend(base: dict[str, float], latest: dict[str, float], share: float = 0.95) -> tuple[Key, ...]:
    """Rank categories by how far their trend departs from the trend of the total (IPCC 2006, equation 4.2).

    Raises:
        Refused: where the two years do not have the same categories.
    """
    if set(base) != set(latest):
        odd = sorted(set(base) ^ set(latest))
        raise Refused(
            f"key categories: {', '.join(odd)} stand in one year only. "
            "Give both years the same categories, 0 where none."
        )
    total0, total1 = sum(base.values()), sum(latest.values())
    scale = sum(abs(v) for v in base.values())
    if not scale or not total0:
        raise Refused("key categories: the base year is zero. Choose a base year with emissions.")
    growth = (total1 - total0) / abs(total0)
    parts = {
        name: (abs(v0) / scale) * abs((latest[name] - v0) / abs(v0) - growth) if v0 else abs(latest[name]) / scale
        for name, v0 in base.items()
    }
    total = sum(parts.values())
    return _rank({name: part / total if total else 0.0 for name, part in parts.items()}, share)


def _rank(parts: dict[str, float], share: float) -> tuple[Key, ...]:
    out: list[Key] = []
    before = 0.0
    for name, part in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
        out.append(Key(name, part, before + part, before < share and part > 0))
        before += part
    return tuple(out)


def _check(categories: Sequence[Category]) -> None:
    halves: dict[str, float] = {}
    for c in categories:
        if not (np.isfinite(c.activity) and np.isfinite(c.factor)):
            raise Refused(
                f"uncertainty: category '{c.id}' has no value. Leave absent categories out and state the coverage."
            )
        if c.activity < 0 or c.activity_half < 0 or c.factor_half < 0:
            raise Refused(
                f"uncertainty: category '{c.id}' has a negative activity or half-width. A sink has a negative factor."
            )
        known = halves.setdefault(c.factor_id, c.factor_half)
        if known != c.factor_half:
            raise Refused(
                f"uncertainty: factor '{c.factor_id}' has two half-widths ({known:g} and {c.factor_half:g}). "
                "Give a shared factor one."
            )
