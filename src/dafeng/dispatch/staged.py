"""The structured interior point: a primal-dual method whose Newton system has the shape of the problem.

Every hour has the same columns and rows, hours touch through few rows, and capacities and yearly budgets are a narrow
border. Newton's matrix is then cyclic block-tridiagonal with small blocks and a dense border; one factorisation costs
hours x rows^2 x (rows + border) instead of that of a general sparse matrix. Mehrotra's predictor and corrector
(SIAM J. Optim. 2, 1992) with Gondzio's centrality correctors (Comput. Optim. Appl. 6, 1996); the idea of exploiting a
doubly bordered block structure is known from PIPS-IPM++ (arXiv 2412.07731).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.linalg as la

from dafeng.dispatch import kernels, sweeps
from dafeng.dispatch.stage import Point, scaled, unscaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafeng.dispatch.stage import Block, Floats, Ints, Stage

#: Added to every pivot of a column.
SMALL = 1e-10
#: Centrality correctors an iteration at most: each costs a solve and saves part of a factorisation.
CORRECTORS = 3
#: From here on the best point so far is kept, in case the run does not get further.
NEAR = 1e-5
#: Below this the certificate will hold, and a second run from another start is not worth its time.
GOOD = 5e-7
#: Iterations without progress before the run is given up.
PATIENCE = 25
#: Product of slack and multiplier at a centred start, in prices of an ordinary column.
CENTRE = 1000.0
#: A step shorter than this helps nobody.
SHORT = 1e-12


class Cancelled(Exception):
    """The caller asked to stop."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The point where the method stopped, how, and its own measures (not the certificate)."""

    point: Point
    converged: bool
    iterations: int
    gap: float
    infeasible: float


def sparse(part: Floats) -> tuple[Ints, Ints, Floats]:
    """Give a small matrix by column: starts, rows, values."""
    columns, rows = np.nonzero(part.T)
    starts = np.zeros(part.shape[1] + 1, np.int64)
    np.add.at(starts, columns + 1, 1)
    return np.cumsum(starts), rows.astype(np.int64), part.T[columns, rows].astype(np.float64)


class Part:
    """The state and the work space of one period."""

    def __init__(self, stage: Stage, block: Block) -> None:
        self.stage, self.block, self.rows = stage, block, block.sum_rows
        hours, n, m = stage.hours, len(stage.names), len(stage.row_names)
        self.live = block.live.astype(np.float64)
        self.upper = np.where(block.live, block.upper, 0.0)
        self.high = np.where(stage.group >= 0, stage.high, 0.0) * self.live
        self.low = np.where(stage.group >= 0, stage.low, 0.0) * self.live
        self.now, self.before = sparse(stage.now), sparse(stage.before)
        self.sums = (*sparse(block.sums), len(self.rows))
        self.nk = block.holds.shape[0]
        nu = self.nk + len(self.rows)
        ms = m - stage.chained
        self.fac = (
            np.zeros((hours, n)),
            np.zeros((hours, n)),
            np.zeros((hours, m, m)),
            np.zeros((hours, ms, ms)),
            np.zeros((hours, ms, ms)),
            np.zeros((hours, m, nu)),
        )
        self.res = (np.zeros((hours, n)), np.zeros((hours, m)), np.zeros((hours, n)), np.zeros((hours, n)))
        self.inverse = (np.ones((hours, n)), np.ones((hours, n)))
        self.extra = (np.zeros((hours, n)), np.zeros((hours, n)))
        self.rx, self.dy = np.zeros((hours, n)), np.zeros((hours, m))
        self.steps = tuple(np.zeros((hours, n)) for _ in range(5))
        self.x, self.y = np.zeros((hours, n)), np.zeros((hours, m))
        self.sl, self.su = np.ones((hours, n)), np.ones((hours, n))
        self.ll, self.lu = np.zeros((hours, n)), np.zeros((hours, n))
        held = stage.group >= 0
        self.held, self.held_group = np.flatnonzero(held), stage.group[held]

    def start(self, border: Floats) -> None:
        """Begin in the middle of every column's width, with slacks and multipliers of ordinary size."""
        stage, block = self.stage, self.block
        cap = self.caps(border)
        self.x = self.live * 0.5 * (self.upper + (self.high + self.low) * cap)
        dead = 1.0 - self.live
        wide = np.maximum(self.x - self.low * cap, 2.0)
        self.sl, self.su = self.live * wide + dead, self.live * wide + dead
        each = 2 * np.median(block.cost[block.cost > 0]) if np.any(block.cost > 0) else 100.0
        ll = self.live * each * stage.weight[:, None]
        self.ll, self.lu = ll, ll.copy()

    def caps(self, border: Floats) -> Floats:
        """Give the capacity each column is tied to, 0 for the untied."""
        out = np.zeros(len(self.stage.names))
        out[self.held] = (self.block.holds @ border)[self.held_group]
        return out

    def prices(self, prices: Floats) -> Floats:
        """Give what the summed rows add to the cost of each column."""
        return np.asarray(prices[self.rows] @ self.block.sums)

    def by_group(self, grown: Floats) -> Floats:
        """Sum a derivative by column to capacities of the border."""
        out = np.zeros(self.nk)
        np.add.at(out, self.held_group, grown[self.held])
        return np.asarray(self.block.holds.T @ out)

    @property
    def point(self) -> tuple[Floats, ...]:
        """What the step kernels read of the state."""
        return (self.sl, self.su, self.ll, self.lu, *self.inverse, self.live)

    def residual(self, border: Floats, prices: Floats) -> tuple[Any, ...]:
        """Compute all residuals of this block."""
        stage, block = self.stage, self.block
        return kernels.residual(  # type: ignore[no-any-return]
            self.now, self.before, self.high, self.low, self.upper, self.live, stage.weight, block.cost, block.demand,
            self.x, self.y, self.sl, self.su, self.ll, self.lu, self.caps(border), self.prices(prices),
            (self.res[0], self.res[1], self.res[2], self.res[3], *self.inverse),
        )  # fmt: skip

    def factor(self) -> Floats:
        """Factor, and give this block's Schur complement on its border."""
        stage = self.stage
        return kernels.factor(  # type: ignore[no-any-return]
            self.now, self.before, self.sums, stage.chained, stage.group, self.high, self.low, self.live, stage.weight,
            self.ll, self.lu, *self.inverse, SMALL, self.nk, self.fac,
        )  # fmt: skip

    def forward(self, aim: float, first: bool) -> tuple[Floats, Floats]:
        """Eliminate a right-hand side."""
        stage = self.stage
        return sweeps.forward(  # type: ignore[no-any-return]
            self.now, self.before, self.sums, stage.chained, stage.group, self.high, self.low, stage.weight,
            self.point, self.res, aim, self.extra, self.fac, first, self.rx, self.dy,
        )  # fmt: skip

    def backward(self, aim: float, first: bool, u: Floats, border: Floats, prices: Floats) -> tuple[float, float]:
        """Substitute back; the step stands in `steps` and `dy`."""
        stage = self.stage
        return sweeps.backward(  # type: ignore[no-any-return]
            self.now, self.before, stage.chained, self.high, self.low, stage.weight, self.point, self.res, aim,
            self.extra, self.fac, first, self.rx, u, self.caps(border), self.prices(prices), self.dy, self.steps,
        )  # fmt: skip


def solve(
    stage: Stage,
    tolerance: float = 5e-8,
    most: int = 200,
    threads: int = 2,
    progress: Callable[[int, float, float], bool] | None = None,
) -> Solved:
    """Solve a stage form.

    `progress(iteration, gap, infeasibility)` is called once an iteration; when it gives False the solve stops.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    small, scale = scaled(stage)
    with ThreadPoolExecutor(max(1, min(threads, len(stage.blocks)))) as pool:
        each = pool.map if threads > 1 and len(stage.blocks) > 1 else map
        result = _Run(small, each).solve(tolerance, most, progress)
        if max(result.gap, result.infeasible) > GOOD:
            again = _Run(small, each, centred=True).solve(tolerance, most, progress)
            if again.converged or max(again.gap, again.infeasible) < max(result.gap, result.infeasible):
                result = again
    return Solved(unscaled(result.point, scale), result.converged, result.iterations, result.gap, result.infeasible)


class _Run:
    """One run of the method on a scaled stage form.

    `centred` begins with all products of slack and multiplier equal: slower on most problems, but no step is blocked at
    the start where the sizes of a problem lie far apart.
    """

    def __init__(self, stage: Stage, each: Callable[..., Any], centred: bool = False) -> None:
        self.stage, self.border, self.each = stage, stage.border, each
        border = stage.border
        self.parts = [Part(stage, block) for block in stage.blocks]
        self.capped = np.isfinite(border.upper)
        self.top = np.where(self.capped, border.upper, 0.0)
        k = np.where(self.capped, np.minimum(0.5 * (border.lower + self.top), border.lower + 5), border.lower + 5)
        usual = 10 * max(float(border.cost.mean()), 1.0) if border.cost.size else 1.0
        self.k = k
        self.kl, self.ku = np.maximum(k - border.lower, 1.0), np.where(self.capped, np.maximum(self.top - k, 1.0), 1.0)
        self.wl = np.full(k.size, usual)
        self.wu = np.where(self.capped, 0.1 * usual, 0.0)
        rows = len(border.limit)
        self.s, self.p = np.ones(rows), np.full(rows, 100.0)
        for part in self.parts:
            part.start(k)
        if centred:
            self._centre()
        cells = sum(int(block.live.sum()) for block in stage.blocks)
        self.count = 2 * cells + rows + k.size + int(self.capped.sum())

    def _centre(self) -> None:
        prices = [block.cost[block.cost > 0] for block in self.stage.blocks]
        usual = float(np.median(np.concatenate(prices))) if any(p.size for p in prices) else 50.0
        product = CENTRE * usual * float(self.stage.weight.mean())
        for part in self.parts:
            part.ll, part.lu = part.live * product / part.sl, part.live * product / part.su
        self.wl, self.wu = product / self.kl, np.where(self.capped, product / self.ku, 0.0)
        self.s = np.maximum(np.abs(self.border.limit - self.border.rows @ self.k), 1.0)
        self.p = product / self.s

    def solve(self, tolerance: float, most: int, progress: Callable[[int, float, float], bool] | None) -> Solved:
        """Iterate until the gap and all residuals are within the tolerance, or no step helps."""
        best: Solved | None = None
        stalled = 0
        iteration = 0
        for iteration in range(most + 1):
            gap, infeasible, mu = self._residuals()
            if not np.isfinite(gap + infeasible):
                break
            if progress and not progress(iteration, gap, infeasible):
                raise Cancelled
            reached = gap < tolerance and infeasible < tolerance
            if best is None or reached or max(gap, infeasible) < 0.95 * max(best.gap, best.infeasible):
                near = not reached and max(gap, infeasible) < NEAR
                best, stalled = Solved(self._point(near), reached, iteration, gap, infeasible), 0
            else:
                stalled += 1
            if reached or stalled > PATIENCE:
                break
            if not self._iterate(mu):
                break
        assert best is not None  # noqa: S101 - the start itself is a point
        return best

    def _point(self, keep: bool) -> Point:
        """Give the point where the run stands, `keep` as it is now, else as it moves on."""
        xs, ys = [part.x for part in self.parts], [part.y for part in self.parts]
        if keep:
            xs, ys = [x.copy() for x in xs], [y.copy() for y in ys]
        return Point(tuple(xs), tuple(ys), self.k, self.p)

    def _residuals(self) -> tuple[float, float, float]:
        border, k, p = self.border, self.k, self.p
        self.rd = border.cost + border.rows.T @ p - self.wl + self.wu
        objective = float(border.cost @ k)
        dual = -float(border.limit @ p) + float(border.lower @ self.wl) - float(self.top @ self.wu)
        product = float(self.kl @ self.wl + self.ku @ self.wu + self.s @ p)
        activity = border.rows @ k
        worst = np.zeros(3)
        for part, found in zip(self.parts, self.each(lambda q: q.residual(k, p), self.parts), strict=True):
            value, other, complement, ey, ed, es, grown, flow = found
            objective += value
            dual += other
            product += complement
            worst = np.maximum(worst, (ey, ed, es))
            self.rd += part.by_group(grown)
            activity = activity + np.bincount(part.rows, part.block.sums @ flow, minlength=activity.size)
        self.rg = self.s - border.limit + activity
        self.rl = self.kl - (k - border.lower)
        self.ru = np.where(self.capped, self.ku - (self.top - k), 0.0)
        size = 1 + max(float(np.abs(block.demand).max(initial=0)) for block in self.stage.blocks)
        price = 1 + max(float((block.cost * self.stage.weight.max()).max(initial=0)) for block in self.stage.blocks)
        primal = max(worst[0], worst[2], np.abs(self.rl).max(initial=0), np.abs(self.ru).max(initial=0)) / size
        primal = max(primal, float((np.abs(self.rg) / (1 + np.abs(border.limit))).max(initial=0)))
        other = max(worst[1] / price, float(np.abs(self.rd).max(initial=0)) / (1 + np.abs(border.cost).max(initial=0)))
        self.whole_gap = abs(objective - dual) / (1 + abs(objective))
        return self.whole_gap, max(primal, other), product / self.count

    def _iterate(self, mu: float) -> bool:
        border = self.border
        n, rows = self.k.size, self.p.size
        matrix = np.zeros((n + rows, n + rows))
        matrix[np.arange(n), np.arange(n)] = self.wl / self.kl + np.where(self.capped, self.wu / self.ku, 0) + SMALL
        matrix[n:, :n], matrix[:n, n:] = border.rows, border.rows.T
        at = np.arange(n, n + rows)
        matrix[at, at] = -self.s / self.p
        self.maps = []
        for part, schur in zip(self.parts, self.each(Part.factor, self.parts), strict=True):
            take = np.zeros((part.nk + len(part.rows), n + rows))
            take[: part.nk, :n] = part.block.holds
            take[part.nk + np.arange(len(part.rows)), n + part.rows] = 1
            self.maps.append(take)
            matrix += take.T @ schur @ take
        if not np.all(np.isfinite(matrix)):
            return False
        self.lu = la.lu_factor(matrix, check_finite=False, overwrite_a=True)
        none = (np.zeros(n), np.zeros(n), np.zeros(rows))
        step, primal, dual = self._step(0.0, True, none)
        primal, dual = min(1.0, primal), min(1.0, dual)
        ahead = sum(self.each(lambda q: sweeps.affine(q.point, q.steps, primal, dual, *q.extra), self.parts))
        dk, dkl, dku, dwl, dwu, ds, dp = step
        ahead += float((self.kl + primal * dkl) @ (self.wl + dual * dwl))
        ahead += float(((self.ku + primal * dku) * (self.wu + dual * dwu)) @ self.capped)
        ahead += float((self.s + primal * ds) @ (self.p + dual * dp))
        aim = min(1.0, max(1e-6, (ahead / self.count / mu) ** 3)) * mu
        extra = (-dkl * dwl, -dku * dwu, -ds * dp)
        step, primal, dual = self._step(aim, False, extra)
        for _ in range(CORRECTORS):
            if min(primal, dual) >= 0.95:
                break
            far = [min(1.0, 1.08 * min(1.0, a) + 0.08) for a in (primal, dual)]
            middle = max(aim, 1e-3 * mu)
            least, top = 0.1 * middle, 10 * middle
            dk, dkl, dku, dwl, dwu, ds, dp = step
            reach = (far[0], far[1], least, top)
            extra = (
                extra[0] + _pull(self.kl, dkl, self.wl, dwl, reach),
                extra[1] + np.where(self.capped, _pull(self.ku, dku, self.wu, dwu, reach), 0),
                extra[2] + _pull(self.s, ds, self.p, dp, reach),
            )
            list(self.each(lambda q, r=reach: sweeps.centre(q.point, q.steps, *r, *q.extra), self.parts))
            before = min(primal, 1) + min(dual, 1)
            step, primal, dual = self._step(aim, False, extra)
            if min(primal, 1) + min(dual, 1) < before + 0.05:
                break
        keep = max(0.9, 1 - mu)
        primal, dual = min(1.0, keep * primal), min(1.0, keep * dual)
        dk, dkl, dku, dwl, dwu, ds, dp = step
        self.k = self.k + primal * dk
        self.kl, self.ku, self.s = self.kl + primal * dkl, self.ku + primal * dku, self.s + primal * ds
        self.wl, self.wu, self.p = self.wl + dual * dwl, self.wu + dual * dwu, self.p + dual * dp
        list(self.each(lambda q: sweeps.move(q.x, q.y, q.point, q.dy, q.steps, primal, dual), self.parts))
        return max(primal, dual) > SHORT

    def _step(
        self, aim: float, first: bool, extra: tuple[Floats, Floats, Floats]
    ) -> tuple[tuple[Floats, ...], float, float]:
        n = self.k.size
        cl = aim - self.kl * self.wl + extra[0]
        cu = np.where(self.capped, aim - self.ku * self.wu + extra[1], 0.0)
        cg = aim - self.s * self.p + extra[2]
        right = np.concatenate(
            [
                -self.rd
                + (cl + self.wl * self.rl) / self.kl
                - np.where(self.capped, (cu + self.wu * self.ru) / self.ku, 0),
                -cg / self.p - self.rg,
            ]
        )
        for part, take, (grown, total) in zip(
            self.parts, self.maps, self.each(lambda q: q.forward(aim, first), self.parts), strict=True
        ):
            right[:n] += part.by_group(grown)
            right -= take.T @ total
        du = la.lu_solve(self.lu, right, check_finite=False)
        dk, dp = du[:n], du[n:]
        primal = dual = 0.0
        jobs = list(zip(self.parts, self.maps, strict=True))
        for a, b in self.each(lambda job: job[0].backward(aim, first, job[1] @ du, dk, dp), jobs):
            primal, dual = max(primal, a), max(dual, b)
        dkl, dku = dk - self.rl, np.where(self.capped, -dk - self.ru, 0.0)
        ds = (cg - self.s * dp) / self.p
        dwl = (cl - self.wl * dkl) / self.kl
        dwu = np.where(self.capped, (cu - self.wu * dku) / self.ku, 0.0)
        for v, dv in ((self.kl, dkl), (self.ku, dku), (self.s, ds)):
            primal = max(primal, float((-dv / v).max(initial=0)))
        for v, dv in ((self.wl, dwl), (np.where(self.capped, self.wu, 1.0), dwu), (self.p, dp)):
            dual = max(dual, float((-dv / v).max(initial=0)))
        far = [1 / a if a > 0 else 1e30 for a in (primal, dual)]
        return (dk, dkl, dku, dwl, dwu, ds, dp), far[0], far[1]


def _pull(v: Floats, dv: Floats, w: Floats, dw: Floats, reach: tuple[float, float, float, float]) -> Floats:
    """Give what brings the products of a longer step back into their range."""
    primal, dual, least, most = reach
    product = (v + primal * dv) * (w + dual * dw)
    return np.asarray(np.maximum(least - product, 0) + np.maximum(np.minimum(most - product, 0), -most))
