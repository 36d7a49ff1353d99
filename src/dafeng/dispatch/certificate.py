"""Proof that an answer is right, computed in the explicit LP and not by the solver that found it.

Two numbers: the largest violation of any row or bound, and the distance to a Lagrangian bound that rests on the
multipliers alone. Any multipliers give a valid bound (weak duality), so a wrong solver cannot make it look good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dafeng.dispatch.explicit import Explicit, pack

if TYPE_CHECKING:
    from dafeng.dispatch.stage import Floats, Point, Stage

#: Above this, relative, a number is not shown.
TRUSTED = 1e-6


@dataclass(frozen=True, slots=True)
class Certificate:
    """`violation` relative to the size of the row, `gap` relative to the whole cost.

    The whole cost holds what no decision changes (`Stage.constant`): where much stands already, the gap is a smaller
    part of it than of what is decided.
    """

    violation: float
    gap: float
    objective: float
    bound: float

    @property
    def holds(self) -> bool:
        """Whether the answer may be shown."""
        return bool(self.violation <= TRUSTED and self.gap <= TRUSTED)


def certify(stage: Stage, lp: Explicit, point: Point) -> Certificate:
    """Check a point against the explicit LP.

    A capacity without upper limit is bounded by what the found objective could pay for: every cost is at least 0, so
    no better answer holds more of it.
    """
    vector = pack(stage, lp, point)
    objective = float(lp.cost @ vector)
    violation = _violation(lp, vector)
    bound = _bound(stage, lp, point, objective)
    whole = objective + stage.constant
    gap = (objective - bound) / max(abs(whole), abs(objective), 1e-9)
    return Certificate(violation, max(gap, 0.0) if np.isfinite(gap) else np.inf, whole, bound + stage.constant)


def _violation(lp: Explicit, vector: Floats) -> float:
    activity = lp.matrix @ vector
    limit = np.where(np.isfinite(lp.row_upper), np.abs(lp.row_upper), 0.0)
    peak = float(np.abs(lp.row_upper[: lp.equalities]).max(initial=1e-9))
    reach = np.full(limit.size, peak)
    border = slice(lp.equalities + lp.ties, None)
    terms = abs(lp.matrix[border]) @ np.abs(vector)
    reach[border] = np.maximum(limit[border], terms)
    reach = np.where(reach > 0, reach, 1.0)
    worst = np.maximum(lp.row_lower - activity, activity - lp.row_upper) / reach
    bounds = np.maximum(lp.lower - vector, vector - lp.upper) / peak
    return float(max(worst.max(initial=0.0), bounds.max(initial=0.0), 0.0))


def _bound(stage: Stage, lp: Explicit, point: Point, objective: float) -> float:
    width = len(stage.border.names)
    multipliers = np.zeros(lp.matrix.shape[0])
    multipliers[: lp.equalities] = np.concatenate([y.ravel() for y in point.y])
    multipliers[lp.equalities + lp.ties :] = -np.maximum(point.prices, 0.0)
    reduced = lp.cost - lp.matrix.T @ multipliers
    # The best multipliers of the ties follow from the reduced costs of the columns they tie.
    ties = np.where(lp.tie_up, np.minimum(reduced[lp.tie_columns], 0.0), -np.maximum(reduced[lp.tie_columns], 0.0))
    multipliers[lp.equalities : lp.equalities + lp.ties] = ties
    reduced = lp.cost - lp.matrix.T @ multipliers
    upper = lp.upper.copy()
    free = ~np.isfinite(upper[:width])
    cost = stage.border.cost
    upper[:width][free] = np.where(cost[free] > 0, objective / np.where(cost[free] > 0, cost[free], 1.0), np.inf)
    bound = float(np.where(multipliers != 0, multipliers * lp.row_upper, 0.0).sum())
    # Ties take up the whole reduced cost of their column, so that no rounding of it meets an infinite bound.
    lower = np.where(np.isfinite(lp.lower), lp.lower, 0.0)
    reduced[lp.tie_columns] = 0.0
    down = reduced < 0
    return bound + float(reduced[~down] @ lower[~down]) + float(reduced[down] @ upper[down])
