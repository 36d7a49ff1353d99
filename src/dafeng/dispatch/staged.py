"""The structured interior point: a primal-dual method whose Newton system has the shape of the problem.

Every hour has the same columns and rows, hours touch through few rows, and capacities and yearly budgets are a narrow
border. Newton's matrix is then cyclic block-tridiagonal with small blocks and a dense border; one factorisation costs
hours x rows^2 x (rows + border) instead of that of a general sparse matrix. Mehrotra's predictor and corrector
(SIAM J. Optim. 2, 1992), Gondzio's centrality correctors (Comput. Optim. Appl. 6, 1996), and of each correction the
part that lets the step go farthest (Colombo and Gondzio, Comput. Optim. Appl. 41, 2008); the idea of exploiting a
doubly bordered block structure is known from PIPS-IPM++ (arXiv 2412.07731).
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.linalg as la

from dafeng.dispatch.part import SMALL, Part, pieces
from dafeng.dispatch.stage import Point, scaled, unscaled, usual_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafeng.dispatch.stage import Floats, Stage

    #: Of the border: the steps of capacities, of their slacks and of the multipliers of these, of slacks and prices.
    Step = tuple[Floats, ...]

#: Centrality correctors an iteration at most: each costs a solve and saves part of a factorisation.
CORRECTORS = 2
#: What a centrality corrector tries to add to a step, and what it must add for another to be tried.
FARTHER, WORTH = 0.5, 0.1
#: Products of slack and multiplier that a centrality corrector leaves alone, in parts of the aim.
CENTRED = (0.1, 10.0)
#: Parts of a correction that are tried, and the least of Mehrotra's.
PARTS, LEAST = 5, 0.1
#: A step stops at this part of the way to the nearest bound, early and once it is near.
EARLY, LATE = 0.9, 0.95
#: From here on the best point so far is kept, in case the run does not get further.
NEAR = 1e-5
#: Below this the certificate will hold, and a second run from another start is not worth its time.
GOOD = 5e-7
#: Iterations without progress before the run is given up.
PATIENCE = 25
#: Product of slack and multiplier of a capacity at the start, in those of a column.
AHEAD = 300.0
#: Product of slack and multiplier at a centred start, in prices of an ordinary column.
CENTRE = 1000.0
#: Columns below which threads cost more than they save, and pieces of a period above.
SMALL_PROBLEM, PIECES = 20_000, 2
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


def solve(
    stage: Stage,
    tolerance: float = 5e-8,
    most: int = 200,
    threads: int = 0,
    progress: Callable[[int, float, float], bool] | None = None,
) -> Solved:
    """Solve a stage form.

    Threads change the time and not the answer: hours are cut alike whatever works on them. Without a number all
    processors work; in a process of a pool, which has others beside it, one.

    `progress(iteration, gap, infeasibility)` is called once an iteration; when it gives False the solve stops.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    small, scale = scaled(stage)
    little = stage.size[0] < SMALL_PROBLEM
    count = 1 if little else PIECES
    threads = min(threads or _processors(), count * len(stage.blocks))
    with ThreadPoolExecutor(threads) as pool:
        each = map if little or threads == 1 else pool.map
        result = _Run(small, each, count).solve(tolerance, most, progress)
        if max(result.gap, result.infeasible) > GOOD:
            again = _Run(small, each, count, centred=True).solve(tolerance, most, progress)
            if again.converged or max(again.gap, again.infeasible) < max(result.gap, result.infeasible):
                result = again
    return Solved(unscaled(result.point, scale), result.converged, result.iterations, result.gap, result.infeasible)


def _processors() -> int:
    """Give how many processors this process may take."""
    if multiprocessing.parent_process() is not None:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Run:
    """One run of the method on a scaled stage form.

    `centred` begins with all products of slack and multiplier equal: slower on most problems, but no step is blocked at
    the start where the sizes of a problem lie far apart.
    """

    def __init__(self, stage: Stage, each: Callable[..., Any] = map, count: int = 1, centred: bool = False) -> None:
        self.stage, self.border, self.each = stage, stage.border, each
        border = stage.border
        self.parts = [Part(stage, block) for block in stage.blocks]
        self.pieces = pieces(self.parts, count)
        self.capped = np.isfinite(border.upper)
        self.top = np.where(self.capped, border.upper, 0.0)
        k = np.where(self.capped, np.minimum(0.5 * (border.lower + self.top), border.lower + 5), border.lower + 5)
        self.k = k
        self.kl, self.ku = np.maximum(k - border.lower, 1.0), np.where(self.capped, np.maximum(self.top - k, 1.0), 1.0)
        self.s = np.maximum(np.abs(border.limit - border.rows @ k), 1.0)
        for part in self.parts:
            part.start(k)
        cells = sum(int(block.live.sum()) for block in stage.blocks)
        self.count = 2 * cells + len(border.limit) + k.size + int(self.capped.sum())
        if centred:
            product = each_capacity = CENTRE * usual_price(stage.blocks) * float(stage.weight.mean())
            for part in self.parts:
                part.ll[:], part.lu[:] = part.live * product / part.sl, part.live * product / part.su
        else:
            product = sum(float((q.sl * q.ll + q.su * q.lu).sum()) for q in self.parts) / max(2 * cells, 1)
            each_capacity = AHEAD * product
        self.wl, self.wu = each_capacity / self.kl, np.where(self.capped, each_capacity / self.ku, 0.0)
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
        return abs(objective - dual) / (1 + abs(objective)), max(primal, other), product / self.count

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
        self.schur = la.lu_factor(matrix, check_finite=False, overwrite_a=True)
        step, reach = self._solve(None)
        primal, dual = 1 / reach[:, 0]
        ahead = sum(self.each(lambda q: q.ahead(primal, dual), self.pieces))
        ahead += sum(float((v + primal * dv) @ (w + dual * dw)) for v, dv, w, dw in self._pairs(step))
        aim = min(1.0, max(1e-6, (ahead / self.count / mu) ** 3)) * mu
        list(self.each(lambda q: q.second(aim), self.pieces))
        extra = [aim - dv * dw for v, dv, w, dw in self._pairs(step)]
        step, primal, dual = self._corrected(step, extra, max(primal * dual, LEAST))
        for _ in range(CORRECTORS):
            if min(primal, dual) >= LATE:
                break
            middle = max(aim, 1e-3 * mu)
            pull = (min(1.0, primal + FARTHER), min(1.0, dual + FARTHER), CENTRED[0] * middle, CENTRED[1] * middle)
            list(self.each(lambda q, r=pull: q.centre(*r), self.pieces))
            extra = [_pull(v, dv, w, dw, pull) for v, dv, w, dw in self._pairs(step)]
            before = primal + dual
            step, primal, dual = self._corrected(step, extra, 0.0)
            if primal + dual < before + WORTH:
                break
        keep = LATE if mu < 1 - EARLY else EARLY
        self._move(step, min(1.0, keep * primal), min(1.0, keep * dual))
        return keep * max(primal, dual) > SHORT

    def _pairs(self, step: Step) -> tuple[tuple[Floats, Floats, Floats, Floats], ...]:
        """Give slacks of the border with their steps, and multipliers with theirs."""
        _, dkl, dku, dwl, dwu, ds, dp = step
        return (
            (self.kl, dkl, self.wl, dwl),
            (self.ku[self.capped], dku[self.capped], self.wu[self.capped], dwu[self.capped]),
            (self.s, ds, self.p, dp),
        )

    def _corrected(self, step: Step, extra: list[Floats], least: float) -> tuple[Step, float, float]:
        """Add to a step the parts of a correction, not below `least`, that let it go farthest; say how far."""
        parts = np.linspace(least, 1.0, PARTS)
        more, reach = self._solve(extra, parts)
        for (v, dv, w, dw), (_, cv, _, cw) in zip(self._pairs(step), self._pairs(more), strict=True):
            if v.size:
                reach[0] = np.maximum(reach[0], (-(dv + parts[:, None] * cv) / v).max(axis=1))
                reach[1] = np.maximum(reach[1], (-(dw + parts[:, None] * cw) / w).max(axis=1))
        # Of parts that go as far the greatest is the best centred.
        p, d = (PARTS - 1 - int(np.argmin(each[::-1])) for each in reach)
        primal, dual = parts[p], parts[d]
        list(self.each(lambda q: q.blend(primal, dual), self.pieces))
        times = (primal, primal, primal, dual, dual, primal, dual)
        out = tuple(one + part * two for one, two, part in zip(step, more, times, strict=True))
        return out, 1 / float(reach[0, p]), 1 / float(reach[1, d])

    def _move(self, step: Step, primal: float, dual: float) -> None:
        """Take the step."""
        dk, dkl, dku, dwl, dwu, ds, dp = step
        self.k = self.k + primal * dk
        self.kl, self.ku, self.s = self.kl + primal * dkl, self.ku + primal * dku, self.s + primal * ds
        self.wl, self.wu, self.p = self.wl + dual * dwl, self.wu + dual * dwu, self.p + dual * dp
        list(self.each(lambda q: q.move(primal, dual), self.pieces))

    def _solve(self, extra: list[Floats] | None, parts: Floats | None = None) -> tuple[Step, Floats]:
        """Solve for the first step, or for a correction by what it adds to the products.

        Says how far the first step goes, or the cells of the present one with parts of the correction: 1 / alpha,
        primal and dual, at least 1.
        """
        n, zero = self.k.size, np.zeros(self.k.size)
        if extra is None:
            cl, cu, cg = -self.kl * self.wl, -self.ku * self.wu, -self.s * self.p
            rd, rg, rl, ru = self.rd, self.rg, self.rl, self.ru
        else:
            cl, cu, cg = extra[0], zero.copy(), extra[2]
            cu[self.capped] = extra[1]
            rd, rg, rl, ru = zero, np.zeros(self.p.size), zero, zero
        upper = np.where(self.capped, (cu + self.wu * ru) / self.ku, 0.0)
        right = np.concatenate([-rd + (cl + self.wl * rl) / self.kl - upper, -cg / self.p - rg])
        for part, take, (grown, total) in zip(
            self.parts, self.maps, self.each(lambda q: q.forward(extra is None), self.parts), strict=True
        ):
            right[:n] += part.by_group(grown)
            right -= take.T @ total
        du = la.lu_solve(self.schur, right, check_finite=False)
        dk, dp = du[:n], du[n:]
        jobs = list(zip(self.parts, self.maps, strict=True))
        list(self.each(lambda job: job[0].substitute(extra is None, job[1] @ du, dk, dp), jobs))
        dkl, dku = dk - rl, np.where(self.capped, -dk - ru, 0.0)
        ds = (cg - self.s * dp) / self.p
        dwl = (cl - self.wl * dkl) / self.kl
        dwu = np.where(self.capped, (cu - self.wu * dku) / self.ku, 0.0)
        step = (dk, dkl, dku, dwl, dwu, ds, dp)
        if parts is not None:
            return step, np.maximum(np.max(list(self.each(lambda q: q.correct(parts), self.pieces)), axis=0), 1.0)
        reach = [np.max(list(self.each(lambda q: q.backward(), self.pieces)), axis=0)]
        for v, dv, w, dw in self._pairs(step):
            reach.append(np.array([(-dv / v).max(initial=0), (-dw / w).max(initial=0)]))
        return step, np.maximum(np.max(reach, axis=0), 1.0)[:, None]


def _pull(v: Floats, dv: Floats, w: Floats, dw: Floats, reach: tuple[float, float, float, float]) -> Floats:
    """Give what brings the products of a longer step back into their range."""
    primal, dual, least, most = reach
    product = (v + primal * dv) * (w + dual * dw)
    return np.asarray(np.maximum(least - product, 0) + np.maximum(np.minimum(most - product, 0), -most))
