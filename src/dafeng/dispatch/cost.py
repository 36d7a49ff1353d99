"""What a year costs, part by part. The parts sum to the objective: a test holds them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafeng.dispatch.answer import Costs
from dafeng.dispatch.build.capacity import fixed_cost

if TYPE_CHECKING:
    from dafeng.dispatch.reading import Year


def costs(year: Year) -> Costs:
    """Give the cost of one year, money of the spec; capital is paid back over its life."""
    system, q = year.system, year.q
    spec, hour, value = system.spec, system.hour, system.worth
    capital, fixed = _capacities(year)
    fuel = variable = co2 = flexibility = 0.0
    for name, tech in spec.technologies.items():
        energy = year.total(name, "out")
        carrier = spec.carriers.get(tech.carrier)
        if carrier is not None and carrier.price is not None:
            fuel += energy * value.money(carrier.price, "MWh", year.year) * value.fuel(name, year.year)
        if spec.co2_price is not None:
            co2 += energy * value.money(spec.co2_price, "tCO2", year.year) * value.emission(name, year.year) / 1e3
        if tech.variable is not None:
            variable += energy * value.money(tech.variable, "MWh", year.year)
    for name, line in spec.lines.items():
        if line.variable is not None:
            sent = year.total(name, "send") + year.total(name, "back")
            variable += sent * value.money(line.variable, "MWh", year.year)
    for name, store in spec.storages.items():
        if store.variable is not None:
            variable += year.total(name, "give") * value.money(store.variable, "MWh", year.year)
    for name, load in spec.flexible.items():
        if load.cost is not None:
            flexibility += year.total(name, "less") * value.money(load.cost, "MWh", year.year)
    for name, part in spec.responses.items():
        flexibility += year.total(name, "out") * value.money(part.cost, "MWh", year.year)
    stage = system.stage
    rules = sum(
        float(year.energy[j]) * stage.blocks[q].cost[j] / hour.draft.pay[q]
        for key, roles in hour.columns.items()
        for role, j in roles.items()
        if role == "lost" or (role == "missed" and key in spec.reserves)
    )
    rules += sum(
        float(year.point.border[rule.slack]) * hour.draft.cost[rule.slack] / rule.pay
        for rule in system.rules
        if rule.period == q
    )
    return Costs(*(float(1e3 * part) for part in (capital, fixed, fuel, variable, co2, flexibility, rules)))


def _capacities(year: Year) -> tuple[float, float]:
    """Give capital and fixed cost, thousand."""
    system, q = year.system, year.q
    spec, hour, value = system.spec, system.hour, system.worth
    capital = fixed = 0.0
    for name, entry in spec.investments().items():
        held = hour.capacities[name]
        each = fixed_cost(value, entry, year.year)
        if q in held.kept:
            fixed += float(year.border[held.kept[q]]) * each
        else:
            fixed += held.fixed[q] * each
        for p, k in held.vintages.items():
            if q in held.alive[p]:
                running = fixed_cost(value, entry, spec.periods[p])
                fixed += float(year.border[k]) * running
                capital += float(year.border[k]) * (held.yearly[k] - running)
    for held in hour.energies.values():
        capital += sum(float(year.border[k]) * held.yearly[k] for p, k in held.vintages.items() if q in held.alive[p])
    return capital, fixed
