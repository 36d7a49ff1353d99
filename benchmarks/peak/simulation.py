"""Series that rise for 15 years and then turn: how often, and how soon, is a peak declared?

15 years at +2 % a year, then the case; logarithmic AR(1) noise of 2 % with coefficient 0.3. The test is repeated
each year as an office would repeat it, so "ever" is the chance that a peak has been declared at least once by then.
"""

from __future__ import annotations

import numpy as np

from dafeng.accounts.peak import STATES, Rule, states

CASES = {"plateau": 0.0, "-1%": -0.01, "-2%": -0.02, "+2%": 0.02}
CHECKS = (5, 8, 10, 15)
BEFORE, AFTER, NOISE, RHO = 15, 15, 0.02, 0.3


def simulate(runs: int, seed: int, rule: Rule) -> dict[str, dict[int, dict[str, float]]]:
    """Give, per case and years after the turn, the share of runs in each state and "ever" peaked."""
    out: dict[str, dict[int, dict[str, float]]] = {}
    for case, rate in CASES.items():
        values = _series(rate, runs, np.random.default_rng(seed))
        years = np.arange(2000, 2000 + BEFORE + AFTER)
        ever = np.zeros(runs, bool)
        out[case] = {}
        for after in range(1, AFTER + 1):
            codes = states(years[: BEFORE + after], values[:, : BEFORE + after], rule=rule)
            ever |= codes == STATES.index("peaked")
            if after in CHECKS:
                shares = {state: float((codes == i).mean()) for i, state in enumerate(STATES)}
                out[case][after] = {**shares, "ever": float(ever.mean())}
    return out


def _series(rate: float, runs: int, rng: np.random.Generator) -> np.ndarray:
    steps = np.concatenate([np.full(BEFORE, 0.02), np.full(AFTER, rate)])
    shock = rng.normal(0, NOISE * np.sqrt(1 - RHO**2), (runs, BEFORE + AFTER))
    noise = np.empty_like(shock)
    noise[:, 0] = shock[:, 0] / np.sqrt(1 - RHO**2)
    for t in range(1, noise.shape[1]):
        noise[:, t] = RHO * noise[:, t - 1] + shock[:, t]
    return np.asarray(100 * np.exp(np.cumsum(steps) + noise))
