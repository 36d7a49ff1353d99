"""Logarithmic mean Divisia index (LMDI-I): how much of a change each factor made, with no remainder.

The aggregate is V = sum over categories of x1 * x2 * ... * xn. Method: Ang, B.W. (2015), "LMDI decomposition approach:
a guide for implementation", Energy Policy 86, 233-238; zeros by the analytical limits of Ang, B.W. and Liu, N. (2007),
"Handling zero values in the logarithmic mean Divisia index decomposition approach", Energy Policy 35, 238-246.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dafeng.errors import Refused

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Decomposition:
    """What each factor did to the aggregate between two states.

    `effects` holds, per factor, the additive effect in every category (the broadcast shape of the factors); their sum
    over factors is end less start in each category, so any level or region can be read off by summing its cells.
    """

    start: Floats
    end: Floats
    effects: dict[str, Floats]

    @property
    def change(self) -> float:
        """Change of the aggregate, in its own unit."""
        return float(self.end.sum() - self.start.sum())

    @property
    def additive(self) -> dict[str, float]:
        """Effect of each factor in the unit of the aggregate; they sum to `change`."""
        return {name: float(effect.sum()) for name, effect in self.effects.items()}

    @property
    def multiplicative(self) -> dict[str, float]:
        """Effect of each factor as a ratio; their product is the ratio of the aggregate.

        LMDI-I links the two forms exactly: ln D = effect / L(end, start). NaN where an aggregate is zero.
        """
        start, end = float(self.start.sum()), float(self.end.sum())
        if start <= 0 or end <= 0:
            return dict.fromkeys(self.effects, float("nan"))
        weight = float(log_mean(np.array(end), np.array(start)))
        return {name: float(np.exp(effect / weight)) for name, effect in self.additive.items()}

    @property
    def residual(self) -> float:
        """Change less the sum of effects: rounding only."""
        return self.change - sum(self.additive.values())

    def over(self, axis: int) -> dict[str, Floats]:
        """Effects summed over all categories but those of one axis (a region, a level)."""
        others = tuple(i for i in range(self.start.ndim) if i != axis % self.start.ndim)
        return {name: np.asarray(effect.sum(axis=others)) for name, effect in self.effects.items()}


def log_mean(a: Floats, b: Floats) -> Floats:
    """Logarithmic mean (a - b) / (ln a - ln b), elementwise; a where a = b, 0 where either is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(a) - np.log(b)
        mean = np.where(np.abs(ratio) < 1e-8, 0.5 * (a + b), (a - b) / ratio)
    return np.where((a <= 0) | (b <= 0), 0.0, mean)


def decompose(start: Mapping[str, Floats], end: Mapping[str, Floats]) -> Decomposition:
    """Decompose the change of the sum of products of factors between two states.

    `start` and `end` map factor names to arrays that broadcast against each other; levels and regions are axes, a
    factor of a higher level has length 1 on the lower axes. A factor that is NaN in one state only (a share or an
    intensity of something that does not exist there) takes its value of the other state, so it has no effect; its
    category must then be zero through another factor.

    Raises:
        Refused: where the factors differ, do not broadcast, are negative, or are NaN in both states or where the
            category is not zero.
    """
    if list(start) != list(end):
        raise Refused(
            f"decompose: the two states have factors {list(start)} and {list(end)}. Give both the same ones.",
            zh=f"分解：两个状态的因素不同（{list(start)} 与 {list(end)}）。请给相同的因素。",
        )
    names = list(start)
    try:
        arrays = np.broadcast_arrays(
            *(np.asarray(start[n], float) for n in names), *(np.asarray(end[n], float) for n in names)
        )
    except ValueError as error:
        raise Refused(
            f"decompose: the factors do not broadcast ({error}). Give each its axes with length 1.",
            zh=f"分解：各因素的维度对不上（{error}）。缺的维度请以长度 1 给出。",
        ) from None
    first, last = [a.copy() for a in arrays[: len(names)]], [a.copy() for a in arrays[len(names) :]]
    for name, a, b in zip(names, first, last, strict=True):
        _fill(name, a, b)
    product0, product1 = np.prod(first, axis=0), np.prod(last, axis=0)
    for name, a, b in zip(names, arrays[: len(names)], arrays[len(names) :], strict=True):
        if ((np.isnan(a) & (product0 != 0)) | (np.isnan(b) & (product1 != 0))).any():
            raise Refused(
                f"decompose: factor '{name}' is absent in a category that is not zero. "
                "Give its value, or set another factor of the category to 0.",
                zh=f"分解：有排放的类别缺因素“{name}”。请给出数值，或把该类别的另一因素设为 0。",
            )
    zeros = [(a == 0).astype(int) - (b == 0).astype(int) for a, b in zip(first, last, strict=True)]
    appear = np.sum([z == 1 for z in zeros], axis=0)
    vanish = np.sum([z == -1 for z in zeros], axis=0)
    weight = log_mean(product1, product0)
    effects: dict[str, Floats] = {}
    for name, a, b, zero in zip(names, first, last, zeros, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            regular = weight * (np.log(b) - np.log(a))
        effect = np.where((product0 > 0) & (product1 > 0), regular, 0.0)
        effect = np.where((product0 == 0) & (product1 > 0) & (zero == 1), product1 / np.maximum(appear, 1), effect)
        effect = np.where((product0 > 0) & (product1 == 0) & (zero == -1), -product0 / np.maximum(vanish, 1), effect)
        effects[name] = effect
    return Decomposition(product0, product1, effects)


def _fill(name: str, a: Floats, b: Floats) -> None:
    if (np.minimum(a, b) < 0).any():
        raise Refused(
            f"decompose: factor '{name}' is negative. LMDI needs factors of at least 0; decompose sinks apart.",
            zh=f"分解：因素“{name}”为负。LMDI 要求因素不小于 0；请把碳汇分开分解。",
        )
    gone_a, gone_b = np.isnan(a), np.isnan(b)
    if (gone_a & gone_b).any():
        raise Refused(
            f"decompose: factor '{name}' is absent in both states. Leave such categories out.",
            zh=f"分解：因素“{name}”在两个状态都缺。请去掉这样的类别。",
        )
    a[gone_a] = b[gone_a]
    b[gone_b] = a[gone_b]


def chain(states: Sequence[Mapping[str, Floats]]) -> Decomposition:
    """Decompose step by step over a series of states and add up: less sensitive to the choice of the two ends.

    Raises:
        Refused: with fewer than two states, or as `decompose` does.
    """
    if len(states) < 2:
        raise Refused(
            f"chain: {len(states)} state(s) given. Give at least two.",
            zh=f"逐年分解：只给了 {len(states)} 个状态。至少要两个。",
        )
    steps = [decompose(a, b) for a, b in pairwise(states)]
    effects = {name: np.sum([step.effects[name] for step in steps], axis=0) for name in steps[0].effects}
    return Decomposition(steps[0].start, steps[-1].end, effects)


def kaya(population: Floats, gdp: Floats, energy: Floats, co2: Floats) -> dict[str, Floats]:
    """Give the Kaya factors of one state: population, GDP per person, energy per GDP, CO2 per energy.

    `energy` and `co2` may carry further axes (sectors, fuels); GDP and population then have length 1 on them.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "population": np.asarray(population, float),
            "gdp_per_person": np.asarray(gdp, float) / population,
            "energy_per_gdp": np.asarray(energy, float) / gdp,
            "co2_per_energy": np.where(np.asarray(energy) > 0, np.asarray(co2, float) / energy, np.nan),
        }
