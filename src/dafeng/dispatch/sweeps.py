"""Sweeps over the hours with a factored Newton system, and the steps they give; compiled by Numba.

Arrays are those of `dafeng.dispatch.kernels`.
"""

from __future__ import annotations

import numpy as np

from dafeng.dispatch.kernels import compiled


@compiled
def forward(now, before, sums, chained, group, high, low, weight, point, res, aim, extra, fac, first, rx, y):  # type: ignore[no-untyped-def]
    """Right-hand side of a Newton step and its forward elimination; `first` skips the second-order terms.

    Returns by column the derivative with respect to its capacity, and the block's part of the border right-hand side.
    """
    ep, ei, ev = now
    fp, fi, fv = before
    gp, gi, gv, nr = sums
    sl, su, ll, lu, il, iu, live = point
    rd, ry, rl, ru = res
    ql, qu = extra
    di, hx, lower, ahead, around, x = fac
    hours, n = rx.shape
    m = ry.shape[1]
    c = chained
    ms = m - c
    nu = x.shape[2]
    total = np.zeros(nu)
    grown = np.zeros(n)
    carry = np.zeros(m)
    tail = np.zeros(m)
    step = np.zeros(n)
    nk = nu - nr
    use = 0.0 if first else 1.0
    last = hours - 1
    for j in range(n):
        hl = (aim - sl[last, j] * ll[last, j] + use * ql[last, j] + ll[last, j] * rl[last, j]) * il[last, j]
        hu = (aim - su[last, j] * lu[last, j] + use * qu[last, j] + lu[last, j] * ru[last, j]) * iu[last, j]
        q = di[last, j] * (hl - hu - rd[last, j])
        for p in range(fp[j], fp[j + 1]):
            carry[fi[p]] += fv[p] * q
    for t in range(hours):
        for j in range(n):
            hl = live[t, j] * (aim - sl[t, j] * ll[t, j] + use * ql[t, j] + ll[t, j] * rl[t, j]) * il[t, j]
            hu = live[t, j] * (aim - su[t, j] * lu[t, j] + use * qu[t, j] + lu[t, j] * ru[t, j]) * iu[t, j]
            r = hl - hu - rd[t, j]
            rx[t, j] = r
            step[j] = di[t, j] * r
            grown[j] += high[t, j] * hu - low[t, j] * hl
        for i in range(m):
            y[t, i] = ry[t, i] - carry[i]
            carry[i] = 0.0
        if t == last:
            for i in range(m):
                y[t, i] += tail[i]
        for j in range(n):
            q = step[j]
            if q == 0.0:
                continue
            for p in range(ep[j], ep[j + 1]):
                y[t, ei[p]] -= ev[p] * q
            for p in range(fp[j], fp[j + 1]):
                carry[fi[p]] += fv[p] * q
            if group[j] >= 0:
                total[group[j]] += hx[t, j] * q
            for g in range(gp[j], gp[j + 1]):
                total[nk + gi[g]] += gv[g] * weight[t] * q
        for i in range(m):
            f = y[t, i]
            for q in range(i):
                f -= lower[t, i, q] * y[t, q]
            y[t, i] = f * lower[t, i, i]
        for i in range(m):
            f = y[t, i]
            for k in range(nu):
                total[k] += f * x[t, i, k]
        if t < last:
            for k in range(ms):
                f = y[t, c + k]
                for i in range(ms):
                    carry[c + i] += ahead[t, k, i] * f
                    tail[c + i] -= around[t, k, i] * f
    return grown, total


@compiled
def backward(now, before, chained, high, low, weight, point, res, aim, extra, fac, first, rx, u, cap, price, y, out):  # type: ignore[no-untyped-def]
    """Back substitution and the step of every cell; returns how far the step can go: 1 / alpha, primal and dual."""
    ep, ei, ev = now
    fp, fi, fv = before
    sl, su, ll, lu, il, iu, live = point
    rl, ru = res[2], res[3]
    ql, qu = extra
    di, hx, lower, ahead, around, x = fac
    dx, dsl, dsu, dll, dlu = out
    hours, n = rx.shape
    m = y.shape[1]
    c = chained
    ms = m - c
    nu = x.shape[2]
    use = 0.0 if first else 1.0
    last = hours - 1
    primal = 0.0
    dual = 0.0
    row = np.zeros(n)
    for back in range(hours + 1):
        # The columns of hour t need the multipliers of hour t + 1, so they follow one step behind the elimination;
        # those of the last hour need hour 0 and come at the end.
        s = last - back
        if s >= 0:
            for i in range(m):
                f = y[s, i]
                for k in range(nu):
                    f += x[s, i, k] * u[k]
                y[s, i] = f
            if s < last:
                for k in range(ms):
                    f = 0.0
                    for i in range(ms):
                        f += around[s, k, i] * y[last, c + i]
                        f += ahead[s, k, i] * y[s + 1, c + i]
                    y[s, c + k] -= f
            for i in range(m - 1, -1, -1):
                f = y[s, i]
                for k in range(i + 1, m):
                    f -= lower[s, k, i] * y[s, k]
                y[s, i] = f * lower[s, i, i]
        t = s if s >= 0 else last
        if back == 0:
            continue
        after = t + 1 if t < last else 0
        for j in range(n):
            f = 0.0
            for p in range(ep[j], ep[j + 1]):
                f += ev[p] * y[t, ei[p]]
            for p in range(fp[j], fp[j + 1]):
                f += fv[p] * y[after, fi[p]]
            row[j] = f
        wt = weight[t]
        for j in range(n):
            d = di[t, j] * (rx[t, j] - wt * price[j] - hx[t, j] * cap[j] + row[j])
            p = live[t, j] * (d - low[t, j] * cap[j] - rl[t, j])
            q = live[t, j] * (high[t, j] * cap[j] - d - ru[t, j])
            a = live[t, j] * (aim - sl[t, j] * ll[t, j] + use * ql[t, j] - ll[t, j] * p) * il[t, j]
            b = live[t, j] * (aim - su[t, j] * lu[t, j] + use * qu[t, j] - lu[t, j] * q) * iu[t, j]
            dx[t, j] = d
            dsl[t, j] = p
            dsu[t, j] = q
            dll[t, j] = a
            dlu[t, j] = b
            primal = max(primal, max(-p * il[t, j], -q * iu[t, j]))
            dual = max(dual, max(-a / (ll[t, j] + 1.0 - live[t, j]), -b / (lu[t, j] + 1.0 - live[t, j])))
    return primal, dual


@compiled
def affine(point, steps, primal, dual, ql, qu):  # type: ignore[no-untyped-def]
    """Give the complementarity after an affine step and write its second-order terms."""
    sl, su, ll, lu = point[0], point[1], point[2], point[3]
    _, dsl, dsu, dll, dlu = steps
    hours, n = sl.shape
    total = 0.0
    for t in range(hours):
        for j in range(n):
            total += (sl[t, j] + primal * dsl[t, j]) * (ll[t, j] + dual * dll[t, j])
            total += (su[t, j] + primal * dsu[t, j]) * (lu[t, j] + dual * dlu[t, j])
            ql[t, j] = -dsl[t, j] * dll[t, j]
            qu[t, j] = -dsu[t, j] * dlu[t, j]
    return total


@compiled
def centre(point, steps, primal, dual, least, most, ql, qu):  # type: ignore[no-untyped-def]
    """Pull the products that a longer step would leave outside [least, most] back inside (Gondzio's correctors)."""
    sl, su, ll, lu, live = point[0], point[1], point[2], point[3], point[6]
    _, dsl, dsu, dll, dlu = steps
    hours, n = sl.shape
    for t in range(hours):
        for j in range(n):
            p = (sl[t, j] + primal * dsl[t, j]) * (ll[t, j] + dual * dll[t, j])
            q = (su[t, j] + primal * dsu[t, j]) * (lu[t, j] + dual * dlu[t, j])
            ql[t, j] += live[t, j] * (max(least - p, 0.0) + max(min(most - p, 0.0), -most))
            qu[t, j] += live[t, j] * (max(least - q, 0.0) + max(min(most - q, 0.0), -most))


@compiled
def move(x, y, point, dy, steps, primal, dual):  # type: ignore[no-untyped-def]
    """Take the step."""
    sl, su, ll, lu = point[0], point[1], point[2], point[3]
    dx, dsl, dsu, dll, dlu = steps
    hours, n = x.shape
    for t in range(hours):
        for j in range(n):
            x[t, j] += primal * dx[t, j]
            sl[t, j] += primal * dsl[t, j]
            su[t, j] += primal * dsu[t, j]
            ll[t, j] += dual * dll[t, j]
            lu[t, j] += dual * dlu[t, j]
        for i in range(y.shape[1]):
            y[t, i] += dual * dy[t, i]
