"""What one more kW of an entry would save in a year: its rent in every hour and in the rules that count capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dafeng.dispatch.build.draft import Column
    from dafeng.dispatch.reading import Year
    from dafeng.dispatch.stage import Floats


def by_entry(year: Year) -> dict[str, float]:
    """Give, by technology, storage, line and response, money by kW and year, its own cost not counted.

    It follows from the multipliers alone: the reduced cost of each column, over the share of capacity it is bound by.
    """
    system, q = year.system, year.q
    hour, spec = system.hour, system.spec
    reduced = _reduced(year)
    out = {}
    for name in spec.investments():
        if name in hour.folded.values():
            continue
        held = hour.capacities[name]
        rent, found = 0.0, False
        for role, j in hour.columns[name].items():
            if role == "content" and name in hour.energies:
                continue
            share = _share(hour.draft.columns[j], q, held.fixed[q])
            if share is not None:
                low, high = share
                rent += float(np.maximum(-reduced[:, j], 0) @ high) - float(np.maximum(reduced[:, j], 0) @ low)
                found = True
        if found:
            out[name] = (rent + _rules(year, name)) / hour.draft.pay[q] / 1e3
    return out


def _share(column: Column, q: int, fixed: float) -> tuple[Floats, Floats] | None:
    """Give the bounds of a column by unit of capacity; None where no capacity stands and none may be built."""
    if column.group >= 0:
        return column.low, column.high
    if fixed <= 0:
        return None
    least, most = column.fixed[q]
    return least / fixed, most / fixed


def _reduced(year: Year) -> Floats:
    stage, q = year.system.stage, year.q
    block, y = stage.blocks[q], year.point.y[q]
    after = np.roll(y, -1, axis=0)
    price = block.cost + year.point.prices[block.sum_rows] @ block.sums
    return np.asarray(stage.weight[:, None] * price[None, :] - y @ stage.now - after @ stage.before)


def _rules(year: Year, name: str) -> float:
    """Give what the rules that count capacity pay for one GW, thousand."""
    system, q = year.system, year.q
    spec, hour, paid = system.spec, system.hour, 0.0
    entry = spec.investments()[name]
    for rule in system.rules:
        if rule.period not in (q, None) or not rule.moves:
            continue
        price = float(max(year.point.prices[rule.row], 0.0))
        budget = spec.budgets.get(rule.budget)
        sign = 1.0 if rule.sense == "at_least" else -1.0
        if rule.kind == "margin" and entry.firm:
            paid += price * entry.firm
        elif rule.kind == "response" and budget and name in (budget.technologies or spec.responses):
            paid += sign * price
        elif rule.kind == "capacity" and budget and name in (budget.technologies or spec.technologies):
            paid += sign * price
    part = spec.responses.get(name)
    if part is not None and part.hours is not None:
        wanted = f"{name}: hours ({year.year})"
        row = next(r for r, line in enumerate(hour.draft.sums) if line.name == wanted)
        paid += float(max(year.point.prices[row], 0.0)) * part.hours
    return paid
