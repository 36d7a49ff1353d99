"""Yearly rules as border rows, each with a priced slack, and the rows that tie capacities to one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafeng.dispatch.build.draft import SumRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafeng.dispatch.build.columns import Hour
    from dafeng.dispatch.figure import Figure
    from dafeng.dispatch.spec import Budget

#: What a missed unit costs by kind of rule, as a multiple of the value of lost load: rules are missed before load is.
DEAR = {
    "co2": 0.3,
    "renewable": 0.3,
    "energy": 0.3,
    "carrier": 0.1,
    "gas_storage": 0.1,
    "curtailment": 0.1,
    "capacity": 500.0,
    "margin": 500.0,
    "response": 500.0,
}
#: Unit of a rule's limit inside the model.
UNITS = {
    "co2": "tCO2",
    "renewable": "",
    "energy": "GWh",
    "carrier": "GWh",
    "gas_storage": "day",
    "curtailment": "",
    "capacity": "GW",
    "margin": "",
    "response": "",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One border row of a budget: where it stands, its slack, and how both are read."""

    budget: str
    kind: str
    period: int | None
    sense: str
    limit: float
    row: int
    slack: int
    unit_of_slack: float
    """What one unit of the slack variable is, in the unit of the row."""
    pay: float
    dear: float
    """Price at which it is missed, money by unit of the row."""
    moves: bool
    """Whether any decision bears on it."""


def ties(hour: Hour) -> None:
    """Write the rows of retrofits: what is rebuilt and what is kept share the existing capacity."""
    draft, spec = hour.draft, hour.spec
    for name, tech in spec.technologies.items():
        if not tech.retrofit_of:
            continue
        base, new = hour.capacities[tech.retrofit_of], hour.capacities[name]
        standing = spec.technologies[tech.retrofit_of].existing
        for q, year in enumerate(draft.periods):
            limit = hour.worth.plain(standing, "GW", year) if standing else 0.0
            row = SumRow(f"{name}: rebuilds {tech.retrofit_of} ({year})", limit - new.fixed[q])
            if q in base.kept:
                row.border[base.kept[q]] = 1.0
            if new.group >= 0:
                row.groups[q] = {new.group: 1.0}
            draft.sums.append(row)


def rules(hour: Hour) -> list[Rule]:
    """Write every budget; give where its rows stand."""
    found: list[Rule] = []
    for name, budget in hour.spec.budgets.items():
        within = [q for q, year in enumerate(hour.draft.periods) if budget.holds(year)]
        for sense, figure in (("at_most", budget.at_most), ("at_least", budget.at_least)):
            if figure is None or not within:
                continue
            if budget.together:
                found.append(_write(hour, name, budget, sense, figure, within))
            else:
                found += [_write(hour, name, budget, sense, figure, [q]) for q in within]
    for name, line in hour.spec.lines.items():
        found += _channel(hour, name, line.renewable_floor, line.energy_minimum, line.energy_maximum)
    return found


def _channel(hour: Hour, name: str, floor: float | None, least: Figure | None, most: Figure | None) -> list[Rule]:
    """Rules that stand with a line: renewable floor and contract energy."""
    spec, found, held = hour.spec, [], hour.capacities[name]
    for q, year in enumerate(hour.draft.periods):
        if held.fixed[q] == 0 and (held.group < 0 or not hour.draft.groups[held.group][q]):
            continue
        if floor is not None:
            row = SumRow(f"{name}: renewable floor ({year})", 0.0, {q: {}})
            for tech, entry in spec.technologies.items():
                if entry.node == spec.lines[name].origin:
                    row.columns[q][hour.columns[tech]["out"]] = floor - entry.renewable
            found.append(_slack(hour, row, f"{name}.renewable_floor", "renewable", q, "at_least", floor, None))
        for figure, sense, sign in ((most, "at_most", 1.0), (least, "at_least", -1.0)):
            if figure is not None:
                limit = hour.worth.plain(figure, "GWh", year)
                row = SumRow(f"{name}: energy {sense} ({year})", sign * limit, {q: {hour.columns[name]["send"]: sign}})
                found.append(_slack(hour, row, f"{name}.energy", "energy", q, sense, limit, None))
    return found


def _write(hour: Hour, name: str, budget: Budget, sense: str, figure: Figure, within: list[int]) -> Rule:
    year = hour.draft.periods[within[0]]
    sign = 1.0 if sense == "at_most" else -1.0
    limit = hour.worth.plain(figure, UNITS[budget.kind], year)
    label = f"{name} {sense.replace('_', ' ')}" + ("" if budget.together else f" ({year})")
    row = SumRow(label, 0.0)
    writer = _WRITERS[budget.kind]
    for q in within:
        times = float(hour.worth.years()[q]) if budget.together else 1.0
        limit_part = writer(hour, budget, q, sign, times, row, limit)
        row.limit = limit_part if budget.together else row.limit + limit_part
    period = None if budget.together else within[0]
    return _slack(hour, row, name, budget.kind, period, sense, limit, budget)


def _slack(
    hour: Hour, row: SumRow, name: str, kind: str, q: int | None, sense: str, limit: float, budget: Budget | None
) -> Rule:
    draft = hour.draft
    largest = max((abs(v) for part in row.columns.values() for v in part.values()), default=0.0)
    unit = 1000 * largest if largest else 1.0
    pay = draft.pay[q if q is not None else 0]
    price = DEAR[kind] * hour.worth.lost_load()
    if budget is not None and budget.slack_price is not None:
        per = {"co2": "tCO2", "capacity": "MW", "margin": "MW", "response": "MW"}.get(kind, "MWh")
        price = hour.worth.money(budget.slack_price, per, draft.periods[q or 0]) / (1e3 if kind == "co2" else 1.0)
    elif kind == "co2":
        price /= 1e3
    moves = any(row.columns.values()) or any(draft.groups[g][p] for p, by in row.groups.items() for g in by)
    slack = draft.variable(f"missed: {row.name}", price * unit * pay, 0.0, float("inf"))
    row.border[slack] = row.border.get(slack, 0.0) - unit
    draft.sums.append(row)
    return Rule(name, kind, q, sense, limit, len(draft.sums) - 1, slack, unit, pay, price * 1e3, moves)


def _over(hour: Hour, budget: Budget) -> list[str]:
    return list(budget.technologies) or list(hour.spec.technologies)


def _column(hour: Hour, name: str) -> int:
    roles = hour.columns[name]
    return next(roles[role] for role in ("out", "send", "give") if role in roles)


def _co2(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    year = hour.draft.periods[q]
    row.columns[q] = {
        _column(hour, name): sign * times * hour.worth.emission(name, year)
        for name in _over(hour, budget)
        if name in hour.spec.technologies and hour.worth.emission(name, year)
    }
    return sign * limit


def _carrier(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    year = hour.draft.periods[q]
    row.columns[q] = {
        _column(hour, name): sign * times * hour.worth.fuel(name, year)
        for name in _over(hour, budget)
        if hour.spec.technologies[name].carrier == budget.carrier
    }
    return sign * limit


def _gas_storage(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    days = limit * 1.0
    year = hour.draft.periods[q]
    row.columns[q] = {
        _column(hour, name): days / 365 * hour.worth.fuel(name, year)
        for name in _over(hour, budget)
        if hour.spec.technologies[name].carrier == budget.carrier
    }
    return hour.worth.plain(budget.held, "GWh", year) if budget.held else 0.0


def _renewable(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    load = sum(float(hour.draft.clock.weight @ loads[q]) for loads in hour.loads.values())
    row.columns[q] = {
        _column(hour, name): sign * times * hour.spec.technologies[name].renewable
        for name in _over(hour, budget)
        if hour.spec.technologies[name].renewable
    }
    return sign * limit * load * times


def _energy(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    row.columns[q] = {_column(hour, name): sign * times for name in _over(hour, budget)}
    return sign * limit


def _capacity(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    fixed = 0.0
    row.groups[q] = {}
    for name in _over(hour, budget):
        held = hour.capacities[name]
        fixed += held.fixed[q]
        if held.group >= 0:
            row.groups[q][held.group] = sign
    return sign * (limit - fixed)


def _margin(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    fixed = 0.0
    row.groups[q] = {}
    for name, entry in hour.spec.investments().items():
        held = hour.capacities[name]
        if entry.firm:
            fixed += entry.firm * held.fixed[q]
            if held.group >= 0:
                row.groups[q][held.group] = -entry.firm
    return fixed - (1 + limit) * hour.peak(q)


def _response(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    names = budget.technologies or tuple(hour.spec.responses)
    standing = _capacity(hour, budget.model_copy(update={"technologies": names}), q, sign, times, row, 0.0)
    return standing + sign * limit * hour.peak(q)


def _curtailment(hour: Hour, budget: Budget, q: int, sign: float, times: float, row: SumRow, limit: float) -> float:
    weight, allowed = hour.draft.clock.weight, 0.0
    row.groups[q], row.columns[q] = {}, {}
    for name in budget.technologies or [
        name for name, tech in hour.spec.technologies.items() if isinstance(tech.availability, str) and tech.renewable
    ]:
        held, hours = hour.capacities[name], float(weight @ hour.shares[name])
        row.columns[q][_column(hour, name)] = -1.0
        allowed += (1 - limit) * hours * held.fixed[q]
        if held.group >= 0:
            row.groups[q][held.group] = (1 - limit) * hours
    return -allowed


_WRITERS: dict[str, Callable[[Hour, Budget, int, float, float, SumRow, float], float]] = {
    "co2": _co2,
    "carrier": _carrier,
    "gas_storage": _gas_storage,
    "renewable": _renewable,
    "energy": _energy,
    "capacity": _capacity,
    "margin": _margin,
    "response": _response,
    "curtailment": _curtailment,
}
