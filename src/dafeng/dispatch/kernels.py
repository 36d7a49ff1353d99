"""Residuals and factorisation of the structured interior point, compiled by Numba.

Each function runs without the interpreter lock. Arrays are (hours, columns) or (hours, rows). Sparse parts are given
by column: `p[j] : p[j + 1]` of `i` and `v`.
Columns that are not live have `live` 0, slack 1 and multiplier 0, so that no inner loop needs a branch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

compiled: Callable[[Any], Any] = njit(cache=True, nogil=True, fastmath=True, error_model="numpy")


@compiled
def residual(now, before, high, low, upper, live, weight, cost, demand, x, y, sl, su, ll, lu, cap, price, out):  # type: ignore[no-untyped-def]
    """Residuals of a point: dual into rd, primal into ry, slack equations into rl and ru.

    Writes the inverses of slacks (il, iu) and of multipliers (jl, ju) as well.

    Returns the totals: objective, dual objective, complementarity, the largest primal, dual and slack residual, and
    by column the derivative with respect to its capacity and the weighted sum of x.
    """
    ep, ei, ev = now
    fp, fi, fv = before
    rd, ry, rl, ru, il, iu, jl, ju = out
    hours, n = x.shape
    m = demand.shape[1]
    grown = np.zeros(n)
    flow = np.zeros(n)
    row = np.empty(n)
    z = np.empty(m)
    objective = 0.0
    dual = 0.0
    gap = 0.0
    worst_y = 0.0
    worst_d = 0.0
    worst_s = 0.0
    for t in range(hours):
        after = t + 1 if t + 1 < hours else 0
        last = t - 1 if t > 0 else hours - 1
        wt = weight[t]
        for i in range(m):
            z[i] = demand[t, i]
            dual += demand[t, i] * y[t, i]
        for j in range(n):
            v = 0.0
            xj = x[t, j]
            for p in range(ep[j], ep[j + 1]):
                v += ev[p] * y[t, ei[p]]
                z[ei[p]] -= ev[p] * xj
            if fp[j] < fp[j + 1]:
                xb = x[last, j]
                for p in range(fp[j], fp[j + 1]):
                    v += fv[p] * y[after, fi[p]]
                    z[fi[p]] -= fv[p] * xb
            row[j] = v
        for i in range(m):
            ry[t, i] = z[i]
            worst_y = max(worst_y, abs(z[i]))
        for j in range(n):
            r = live[t, j] * (wt * (cost[j] + price[j]) - ll[t, j] + lu[t, j] - row[j])
            p = live[t, j] * (sl[t, j] - x[t, j] + low[t, j] * cap[j])
            q = live[t, j] * (su[t, j] - upper[t, j] - high[t, j] * cap[j] + x[t, j])
            rd[t, j] = r
            rl[t, j] = p
            ru[t, j] = q
            worst_d = max(worst_d, abs(r))
            worst_s = max(worst_s, max(abs(p), abs(q)))
            il[t, j] = 1.0 / sl[t, j]
            iu[t, j] = 1.0 / su[t, j]
            jl[t, j] = live[t, j] / (ll[t, j] + 1.0 - live[t, j])
            ju[t, j] = live[t, j] / (lu[t, j] + 1.0 - live[t, j])
            grown[j] += low[t, j] * ll[t, j] - high[t, j] * lu[t, j]
            flow[j] += wt * x[t, j]
            objective += wt * cost[j] * x[t, j]
            dual -= upper[t, j] * lu[t, j]
            gap += sl[t, j] * ll[t, j] + su[t, j] * lu[t, j]
        # cells that are not live carry slack 1 and multiplier 0 and add nothing to the gap
    return objective, dual, gap, worst_y, worst_d, worst_s, grown, flow


@compiled
def _cholesky(s, m):  # type: ignore[no-untyped-def]
    """Factor in place, lower triangle; a row without pivot is switched off."""
    for i in range(m):
        for q in range(i + 1):
            v = s[i, q]
            for k in range(q):
                v -= s[i, k] * s[q, k]
            if i == q:
                s[i, i] = np.sqrt(v) if v > 1e-30 else 1e15
            else:
                s[i, q] = v / s[q, q]


@compiled
def factor(now, before, sums, chained, group, high, low, live, weight, ll, lu, il, iu, small, nk, out):  # type: ignore[no-untyped-def]
    """Factor the Newton system of one block and give its Schur complement on the border.

    The border of a block is its capacities, then its summed rows. Per hour the rows before `chained` are eliminated
    inside the hour; only the others reach the next hour and, by the cycle, the last one.
    """
    ep, ei, ev = now
    fp, fi, fv = before
    gp, gi, gv, nr = sums
    di, hx, lower, ahead, around, x = out
    hours, n = live.shape
    m = lower.shape[1]
    c = chained
    ms = m - c
    nu = nk + nr
    border = np.zeros((nu, nu))
    s = np.zeros((m, m))
    s_next = np.zeros((m, m))
    s_last = np.zeros((m, m))
    v = np.zeros((m, nu))
    v_next = np.zeros((m, nu))
    v_last = np.zeros((m, nu))
    o_next = np.zeros((ms, ms))
    z = np.zeros((ms, ms))
    z_next = np.zeros((ms, ms))
    last = hours - 1
    for j in range(n):
        d = 0.0
        if live[last, j] > 0:
            d = 1.0 / (ll[last, j] * il[last, j] + lu[last, j] * iu[last, j] + small)
        h = -low[last, j] * ll[last, j] * il[last, j] - high[last, j] * lu[last, j] * iu[last, j]
        for p in range(fp[j], fp[j + 1]):
            e = fv[p] * d
            if group[j] >= 0:
                v_next[fi[p], group[j]] += e * h
            for g in range(gp[j], gp[j + 1]):
                v_next[fi[p], nk + gi[g]] += e * gv[g] * weight[last]
            for q in range(fp[j], fp[j + 1]):
                s_next[fi[p], fi[q]] += e * fv[q]
            for q in range(ep[j], ep[j + 1]):
                if ei[q] >= c:
                    z[ei[q] - c, fi[p] - c] += e * ev[q]
    for t in range(hours):
        wt = weight[t]
        if t < last:
            for i in range(m):
                for q in range(m):
                    s[i, q] = s_next[i, q]
                    s_next[i, q] = 0.0
                for k in range(nu):
                    v[i, k] = v_next[i, k]
                    v_next[i, k] = 0.0
        else:
            for i in range(m):
                for q in range(m):
                    s[i, q] = s_next[i, q] + s_last[i, q]
                for k in range(nu):
                    v[i, k] = v_next[i, k] + v_last[i, k]
        for i in range(ms):
            for q in range(ms):
                o_next[i, q] = 0.0
        for i in range(m):
            s[i, i] += 1e-12
        for j in range(n):
            wl = ll[t, j] * il[t, j]
            wu = lu[t, j] * iu[t, j]
            d = live[t, j] / (wl + wu + small)
            h = -low[t, j] * wl - high[t, j] * wu
            di[t, j] = d
            hx[t, j] = h
            if d == 0.0:
                continue
            k = group[j]
            if k >= 0:
                border[k, k] += low[t, j] * low[t, j] * wl + high[t, j] * high[t, j] * wu - h * h * d
            for g in range(gp[j], gp[j + 1]):
                gr = gv[g] * wt * d
                if k >= 0:
                    border[nk + gi[g], k] -= h * gr
                for q in range(gp[j], g + 1):
                    border[nk + gi[g], nk + gi[q]] -= gr * gv[q] * wt
            for p in range(ep[j], ep[j + 1]):
                e = ev[p] * d
                i = ei[p]
                if k >= 0:
                    v[i, k] += e * h
                for g in range(gp[j], gp[j + 1]):
                    v[i, nk + gi[g]] += e * gv[g] * wt
                for q in range(ep[j], ep[j + 1]):
                    s[i, ei[q]] += e * ev[q]
            if t < last:
                for p in range(fp[j], fp[j + 1]):
                    e = fv[p] * d
                    i = fi[p]
                    if k >= 0:
                        v_next[i, k] += e * h
                    for g in range(gp[j], gp[j + 1]):
                        v_next[i, nk + gi[g]] += e * gv[g] * wt
                    for q in range(fp[j], fp[j + 1]):
                        s_next[i, fi[q]] += e * fv[q]
                    for q in range(ep[j], ep[j + 1]):
                        if ei[q] >= c:
                            o_next[i - c, ei[q] - c] += e * ev[q]
        _cholesky(s, m)
        for i in range(m):
            for q in range(i):
                f = s[i, q]
                lower[t, i, q] = f
                for k in range(nu):
                    v[i, k] -= f * v[q, k]
            f = 1.0 / s[i, i]
            lower[t, i, i] = f
            for k in range(nu):
                v[i, k] *= f
                x[t, i, k] = v[i, k]
        for i in range(m):
            for k in range(nu):
                f = v[i, k]
                if f != 0.0:
                    for q in range(k + 1):
                        border[k, q] += f * v[i, q]
        if t == last:
            break
        if t == last - 1:
            for i in range(ms):
                for q in range(ms):
                    z[i, q] += o_next[i, q]
        # around = L^-1 Z', ahead = L^-1 O' on the chained rows
        for i in range(ms):
            for q in range(ms):
                around[t, i, q] = z[q, i]
                ahead[t, i, q] = o_next[q, i] if t < last - 1 else 0.0
            for k in range(i):
                f = s[c + i, c + k]
                for q in range(ms):
                    around[t, i, q] -= f * around[t, k, q]
                    ahead[t, i, q] -= f * ahead[t, k, q]
            f = 1.0 / s[c + i, c + i]
            for q in range(ms):
                around[t, i, q] *= f
                ahead[t, i, q] *= f
        for i in range(ms):
            for q in range(ms):
                b = 0.0
                r = 0.0
                w = 0.0
                for k in range(ms):
                    b += ahead[t, k, i] * ahead[t, k, q]
                    r += around[t, k, i] * ahead[t, k, q]
                    w += around[t, k, i] * around[t, k, q]
                s_next[c + i, c + q] -= b
                s_last[c + i, c + q] -= w
                z_next[i, q] = -r
            for k in range(ms):
                b = ahead[t, k, i]
                w = around[t, k, i]
                for q in range(nu):
                    v_next[c + i, q] -= b * v[c + k, q]
                    v_last[c + i, q] -= w * v[c + k, q]
        for i in range(ms):
            for q in range(ms):
                z[i, q] = z_next[i, q]
    for k in range(nu):
        for q in range(k):
            border[q, k] = border[k, q]
    return border
