"""The steps a factored Newton system gives, hour by hour; compiled by Numba.

Arrays are those of `dafeng.dispatch.kernels`; what stands together in a tuple, `dafeng.dispatch.part.Part` says.
"""

from __future__ import annotations

import numpy as np

from dafeng.dispatch.kernels import compiled


@compiled
def _eliminate(t, m, c, ms, last, fac, total, carry, tail, y):  # type: ignore[no-untyped-def]
    """Eliminate hour t of a right-hand side that stands in y, and carry it on."""
    _, _, lower, ahead, around, x = fac
    if t == last:
        for i in range(m):
            y[t, i] += tail[i]
    for i in range(m):
        f = y[t, i]
        for q in range(i):
            f -= lower[t, i, q] * y[t, q]
        y[t, i] = f * lower[t, i, i]
    for i in range(m):
        f = y[t, i]
        for k in range(x.shape[2]):
            total[k] += f * x[t, i, k]
    if t < last:
        for k in range(ms):
            f = y[t, c + k]
            for i in range(ms):
                carry[c + i] += ahead[t, k, i] * f
                tail[c + i] -= around[t, k, i] * f


@compiled
def _substitute(s, m, c, ms, last, fac, u, y):  # type: ignore[no-untyped-def]
    """Substitute back for the multipliers of hour s."""
    _, _, lower, ahead, around, x = fac
    for i in range(m):
        f = y[s, i]
        for k in range(x.shape[2]):
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


@compiled
def forward(now, before, sums, chained, group, high, low, weight, point, res, extra, fac, first, y):  # type: ignore[no-untyped-def]
    """Right-hand side of a Newton step and its forward elimination.

    The `first` step takes residuals and products to zero; any other is a correction that only adds `extra` to the
    products of slack and multiplier. Returns by column the derivative with respect to its capacity, and the block's
    part of the border right-hand side.
    """
    ep, ei, ev = now
    fp, fi, fv = before
    gp, gi, gv, nr = sums
    _, _, ll, lu, il, iu, _ = point[:7]
    rd, ry, rl, ru = res
    ql, qu = extra
    di, hx, x = fac[0], fac[1], fac[5]
    hours, n = di.shape
    m = ry.shape[1]
    ms = m - chained
    total = np.zeros(x.shape[2])
    nk = x.shape[2] - nr
    grown = np.zeros(n)
    carry = np.zeros(m)
    tail = np.zeros(m)
    step = np.zeros(n)
    last = hours - 1
    # The last hour reaches the first: it goes ahead of it and adds nothing but what it carries.
    for turn in range(hours + 1):
        t = turn - 1 if turn > 0 else last
        if first:
            for j in range(n):
                hl = ll[t, j] * (rl[t, j] * il[t, j] - 1.0)
                hu = lu[t, j] * (ru[t, j] * iu[t, j] - 1.0)
                step[j] = di[t, j] * (hl - hu - rd[t, j])
                if turn > 0:
                    grown[j] += high[t, j] * hu - low[t, j] * hl
        else:
            for j in range(n):
                hl = ql[t, j] * il[t, j]
                hu = qu[t, j] * iu[t, j]
                step[j] = di[t, j] * (hl - hu)
                if turn > 0:
                    grown[j] += high[t, j] * hu - low[t, j] * hl
        if turn > 0:
            for i in range(m):
                y[t, i] = (ry[t, i] if first else 0.0) - carry[i]
                carry[i] = 0.0
        for j in range(n):
            q = step[j]
            if q == 0.0:
                continue
            for p in range(fp[j], fp[j + 1]):
                carry[fi[p]] += fv[p] * q
            if turn == 0:
                continue
            for p in range(ep[j], ep[j + 1]):
                y[t, ei[p]] -= ev[p] * q
            if group[j] >= 0:
                total[group[j]] += hx[t, j] * q
            for g in range(gp[j], gp[j + 1]):
                total[nk + gi[g]] += gv[g] * weight[t] * q
        if turn > 0:
            _eliminate(t, m, chained, ms, last, fac, total, carry, tail, y)
    return grown, total


@compiled
def substitute(chained, fac, u, y):  # type: ignore[no-untyped-def]
    """Substitute back for the multipliers of all hours, the last first."""
    hours, m = y.shape
    for back in range(hours):
        _substitute(hours - 1 - back, m, chained, m - chained, hours - 1, fac, u, y)


@compiled
def _row(t, now, before, y, row):  # type: ignore[no-untyped-def]
    """Give what the multipliers of an hour and of the next mean for its columns."""
    ep, ei, ev = now
    fp, fi, fv = before
    after = t + 1 if t + 1 < len(y) else 0
    for j in range(len(row)):
        f = 0.0
        for p in range(ep[j], ep[j + 1]):
            f += ev[p] * y[t, ei[p]]
        for p in range(fp[j], fp[j + 1]):
            f += fv[p] * y[after, fi[p]]
        row[j] = f


@compiled
def backward(now, before, high, low, weight, point, res, fac, cap, price, y, out, start, end):  # type: ignore[no-untyped-def]
    """Give the first step of the cells of some hours, and how far it can go: 1 / alpha, primal and dual."""
    _, _, ll, lu, il, iu, live = point[:7]
    rd, _, rl, ru = res
    di, hx = fac[0], fac[1]
    dx, dsl, dsu, dll, dlu = out
    n = dx.shape[1]
    primal = 0.0
    dual = 0.0
    row = np.zeros(n)
    for t in range(start, end):
        _row(t, now, before, y, row)
        wt = weight[t]
        for j in range(n):
            hl = ll[t, j] * (rl[t, j] * il[t, j] - 1.0)
            hu = lu[t, j] * (ru[t, j] * iu[t, j] - 1.0)
            d = di[t, j] * (hl - hu - rd[t, j] - wt * price[j] - hx[t, j] * cap[j] + row[j])
            p = d - low[t, j] * cap[j] - rl[t, j]
            q = high[t, j] * cap[j] - d - ru[t, j]
            f = p * il[t, j]
            g = q * iu[t, j]
            dx[t, j] = d
            dsl[t, j] = p
            dsu[t, j] = q
            dll[t, j] = -ll[t, j] * (1.0 + f)
            dlu[t, j] = -lu[t, j] * (1.0 + g)
            primal = max(primal, max(-f, -g))
            dual = max(dual, live[t, j] * (1.0 + max(f, g)))
    return primal, dual


@compiled
def correct(now, before, high, low, weight, point, extra, fac, cap, price, y, out, steps, parts, start, end):  # type: ignore[no-untyped-def]
    """Give the correction of the cells of some hours, and how far the step goes with each part of it: 1 / alpha."""
    _, _, ll, lu, il, iu, _, jl, ju = point
    ql, qu = extra
    di, hx = fac[0], fac[1]
    _, dsl, dsu, dll, dlu = steps
    cx, cll, clu = out
    n = cx.shape[1]
    reach = np.zeros((2, len(parts)))
    row = np.zeros(n)
    below = np.zeros(n)
    above = np.zeros(n)
    for t in range(start, end):
        _row(t, now, before, y, row)
        wt = weight[t]
        for j in range(n):
            f = ql[t, j] * il[t, j]
            g = qu[t, j] * iu[t, j]
            d = di[t, j] * (f - g - wt * price[j] - hx[t, j] * cap[j] + row[j])
            p = d - low[t, j] * cap[j]
            q = high[t, j] * cap[j] - d
            cx[t, j] = d
            below[j] = p
            above[j] = q
            cll[t, j] = f - ll[t, j] * p * il[t, j]
            clu[t, j] = g - lu[t, j] * q * iu[t, j]
        for w in range(len(parts)):
            part = parts[w]
            p = reach[0, w]
            q = reach[1, w]
            for j in range(n):
                p = max(p, max(-(dsl[t, j] + part * below[j]) * il[t, j], -(dsu[t, j] + part * above[j]) * iu[t, j]))
                q = max(q, max(-(dll[t, j] + part * cll[t, j]) * jl[t, j], -(dlu[t, j] + part * clu[t, j]) * ju[t, j]))
            reach[0, w] = p
            reach[1, w] = q
    return reach


@compiled
def ahead(point, steps, primal, dual, start, end):  # type: ignore[no-untyped-def]
    """Give the sum of products of slack and multiplier after a step."""
    sl, su, ll, lu = point[0], point[1], point[2], point[3]
    _, dsl, dsu, dll, dlu = steps
    n = sl.shape[1]
    total = 0.0
    for t in range(start, end):
        for j in range(n):
            total += (sl[t, j] + primal * dsl[t, j]) * (ll[t, j] + dual * dll[t, j])
            total += (su[t, j] + primal * dsu[t, j]) * (lu[t, j] + dual * dlu[t, j])
    return total


@compiled
def second(point, steps, aim, ql, qu, start, end):  # type: ignore[no-untyped-def]
    """Write what Mehrotra's corrector adds to the products: the aim less the second-order terms of the first step."""
    live = point[6]
    _, dsl, dsu, dll, dlu = steps
    n = live.shape[1]
    for t in range(start, end):
        for j in range(n):
            ql[t, j] = live[t, j] * aim - dsl[t, j] * dll[t, j]
            qu[t, j] = live[t, j] * aim - dsu[t, j] * dlu[t, j]


@compiled
def centre(point, steps, primal, dual, least, most, ql, qu, start, end):  # type: ignore[no-untyped-def]
    """Write what pulls back products that a longer step would leave outside [least, most] (Gondzio's correctors)."""
    sl, su, ll, lu, live = point[0], point[1], point[2], point[3], point[6]
    _, dsl, dsu, dll, dlu = steps
    n = sl.shape[1]
    for t in range(start, end):
        for j in range(n):
            p = (sl[t, j] + primal * dsl[t, j]) * (ll[t, j] + dual * dll[t, j])
            q = (su[t, j] + primal * dsu[t, j]) * (lu[t, j] + dual * dlu[t, j])
            ql[t, j] = live[t, j] * (max(least - p, 0.0) + max(min(most - p, 0.0), -most))
            qu[t, j] = live[t, j] * (max(least - q, 0.0) + max(min(most - q, 0.0), -most))


@compiled
def blend(high, low, cap, dy, steps, cy, correction, primal, dual, start, end):  # type: ignore[no-untyped-def]
    """Add parts of a correction to a step; `cap` is what the correction adds to the capacity of each column."""
    dx, dsl, dsu, dll, dlu = steps
    cx, cll, clu = correction
    n = dx.shape[1]
    for t in range(start, end):
        for j in range(n):
            d = primal * cx[t, j]
            dx[t, j] += d
            dsl[t, j] += d - primal * low[t, j] * cap[j]
            dsu[t, j] += primal * high[t, j] * cap[j] - d
            dll[t, j] += dual * cll[t, j]
            dlu[t, j] += dual * clu[t, j]
        for i in range(dy.shape[1]):
            dy[t, i] += dual * cy[t, i]


@compiled
def move(x, y, point, dy, steps, primal, dual, start, end):  # type: ignore[no-untyped-def]
    """Take the step."""
    sl, su, ll, lu = point[0], point[1], point[2], point[3]
    dx, dsl, dsu, dll, dlu = steps
    n = x.shape[1]
    for t in range(start, end):
        for j in range(n):
            x[t, j] += primal * dx[t, j]
            sl[t, j] += primal * dsl[t, j]
            su[t, j] += primal * dsu[t, j]
            ll[t, j] += dual * dll[t, j]
            lu[t, j] += dual * dlu[t, j]
        for i in range(y.shape[1]):
            y[t, i] += dual * dy[t, i]
