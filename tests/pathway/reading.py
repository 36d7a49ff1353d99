"""How tests read a state."""

from __future__ import annotations

import numpy as np

from dafeng.kernel import State


def line(state: State, variable: str, year: int) -> float:
    """Give a variable of a year, summed over its axes, in its unit."""
    values = np.asarray(state.values(variable))
    values = np.broadcast_to(values, (*values.shape[:-1], len(state.years)))
    return float(values[..., state.years.index(year)].sum())
