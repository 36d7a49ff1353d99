"""The rules of a power system in a PyPSA network: its own global constraints, and rows that travel in its metadata.

A yearly rule over the output of generators becomes a global constraint of the type `primary_energy`, with a column of
the carriers that says what each generator counts (`co2_emissions` for CO2). PyPSA alone keeps it without exception;
`obey` gives it back its priced slack. What PyPSA has no word for are rows of the metadata, in these shapes:

    sums     sum over steps of weight * flow  +  sizes  -  slack  <=  limit
    steps    flow + sizes <= limit, in every step of a period (reserves)
    ties     one size is a multiple of another (both ways of a line, both ends of a store)
    wraps    ramps from the last step of a period to its first: its hours are a ring
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dafeng.dispatch.build.budgets import Rule
    from dafeng.dispatch.build.draft import SumRow
    from dafeng.dispatch.interchange.lots import Components

#: Kinds of rules that sum what generators put out.
NATIVE = ("co2", "carrier", "renewable", "energy", "gas_storage")
#: Column of PyPSA's carriers for CO2, tCO2/MWh of fuel.
CO2 = "co2_emissions"


def carriers(writer: Components) -> None:
    """Write what the fuel of every technology emits, tCO2/MWh, where it is the same in all periods."""
    techs = writer.spec.technologies
    emitted = {name: _by_fuel(writer, name, _emissions(writer, name), writer.always) for name in techs}
    said = writer.pandas.Series({name: value or 0.0 for name, value in emitted.items()}, dtype=float)
    writer.net.carriers[CO2] = said.reindex(writer.net.carriers.index, fill_value=0.0)


def _emissions(writer: Components, name: str) -> dict[int, float]:
    worth = writer.hour.worth
    return {q: worth.emission(name, year) / 1e3 for q, year in enumerate(writer.years)}


def _by_fuel(writer: Components, name: str, by: dict[int, float], periods: tuple[int, ...]) -> float | None:
    """Give a figure by electricity (by period) as one by fuel; None where the periods differ."""
    worth, years = writer.hour.worth, writer.years
    found = [by.get(q, 0.0) / (worth.fuel(name, years[q]) or 1.0) for q in periods]
    return found[0] if np.allclose(found, found[0], rtol=1e-12, atol=0.0) else None


def kept(writer: Components) -> dict[str, Any]:
    """Write the rules that PyPSA knows into the network, and give all others as data for `obey`."""
    system = writer.system
    carriers(writer)
    by_row = {rule.row: rule for rule in system.rules}
    sums: list[dict[str, Any]] = []
    soft: list[dict[str, Any]] = []
    for r, row in enumerate(system.hour.draft.sums):
        if not np.isfinite(row.limit):
            continue
        rule = by_row.get(r)
        own = _native(writer, rule, row, len(soft)) if rule is not None else None
        if own is None:
            sums.append(_row(writer, r, row, rule))
        else:
            soft.append(own)
    ties = [
        [[lead.variable, lead.name, lead.share], [other.variable, other.name, -other.share]]
        for lead, *others in writer.sizes.values()
        for other in others
    ]
    wraps = [[wrap.name, wrap.reach, [writer.years[q] for q in wrap.periods]] for wrap in writer.wraps]
    return {"sums": sums, "soft": soft, "steps": _steps(writer), "ties": ties, "wraps": wraps}


def _native(writer: Components, rule: Rule, row: SumRow, number: int) -> dict[str, Any] | None:
    """Write a rule as a global constraint; give its slack, or None where PyPSA has no word for it."""
    hour, periods = writer.hour, tuple(row.columns)
    others = set(row.border) - {rule.slack}
    outputs = {hour.columns[name]["out"]: name for name in writer.spec.technologies}
    counted = {j for by in row.columns.values() for j, value in by.items() if value}
    if rule.kind not in NATIVE or row.groups or others or not counted or not counted <= set(outputs):
        return None
    if rule.period is None and len(periods) < len(writer.years):
        return None
    # PyPSA drops a constraint whose generators all stand in other periods, and with it what missing it costs.
    if not any(q in part.periods for q, by in row.columns.items() for j in by for part in writer.flows.get(j, ())):
        return None
    sign = -1.0 if rule.sense == "at_least" else 1.0
    # Tonnes, or MWh of GWh; a rule of one year counts the years its period stands for, as PyPSA does.
    unit = 1.0 if rule.kind == "co2" else 1e3
    years = [float(n) for n in hour.worth.years()] if writer.several else [1.0]
    together = rule.period is None
    values: dict[str, float] = {}
    for j in counted:
        by = {q: sign * unit * 1e-3 * row.columns[q].get(j, 0.0) / (years[q] if together else 1.0) for q in periods}
        value = _by_fuel(writer, outputs[j], by, periods)
        if value is None:
            return None
        values[outputs[j]] = value
    times = unit * (1.0 if rule.period is None else years[rule.period])
    net = writer.net
    said = writer.pandas.Series(0.0, index=net.carriers.index)
    said.update(writer.pandas.Series(values))
    attribute = CO2 if rule.kind == "co2" and np.allclose(said, net.carriers[CO2], rtol=1e-9) else f"rule_{number}"
    if attribute != CO2:
        net.carriers[attribute] = said
    period = {"investment_period": writer.years[rule.period]} if writer.several and rule.period is not None else {}
    net.add(
        "GlobalConstraint", row.name, type="primary_energy", carrier_attribute=attribute,
        sense=">=" if sign < 0 else "<=", constant=sign * times * row.limit, **period,
    )  # fmt: skip
    slack, border = row.border.get(rule.slack, 0.0), writer.system.stage.border
    return {"name": row.name, "slack": [sign * times * slack, float(border.cost[rule.slack]) * 1e3]}


def _row(writer: Components, r: int, row: SumRow, rule: Rule | None) -> dict[str, Any]:
    """Give a border row as data: GWh of flows by period, GW of sizes, and the slack with its price."""
    border = writer.system.stage.border
    flow = [
        [part.variable, part.name, value * part.share * 1e-3, writer.years[q]]
        for q, by in row.columns.items()
        for j, value in by.items()
        for part in writer.flows.get(j, ())
        if value and q in part.periods
    ]
    size, slack = [], None
    for k in np.flatnonzero(border.rows[r]):
        value = float(border.rows[r, k])
        if rule is not None and int(k) == rule.slack:
            slack = [value, float(border.cost[k]) * 1e3]
        else:
            lead = writer.sizes[int(k)][0]
            size.append([lead.variable, lead.name, value * lead.share * 1e-3])
    return {"name": row.name, "flow": flow, "size": size, "slack": slack, "limit": row.limit}


def _steps(writer: Components) -> list[dict[str, Any]]:
    """Give the rows of reserves, by period, MW: what is held and what runs is no more than what stands."""
    draft, found = writer.hour.draft, []
    for name in writer.spec.reserves:
        roles, row = writer.hour.columns[name], f"{name}: reserve"
        whole = draft.columns[roles["whole"]]
        for q, year in enumerate(writer.years):
            flow = [
                [part.variable, part.name, (1.0 if j == roles["held"] else -column.now[row]) * part.share, year]
                for j, column in enumerate(draft.columns)
                if row in column.now and j not in (roles["whole"], roles["missed"])
                for part in writer.flows.get(j, ())
                if q in part.periods
            ]
            members = draft.groups[whole.group][q] if whole.group >= 0 else {}
            leads = [(writer.sizes[k][0], share) for k, share in members.items()]
            size = [[lead.variable, lead.name, -share * lead.share] for lead, share in leads]
            limit = float(whole.fixed[q][1][0]) * 1e3
            found.append({"name": f"{name} ({year})", "year": year, "flow": flow, "size": size, "limit": limit})
    return found


def obey(network: Any, snapshots: Any, held: dict[str, Any]) -> None:
    """Write the rows into PyPSA's model: what `extra_functionality` of its `optimize` is for."""
    model = network.model
    years, weight = _clock(network, snapshots)
    for number, row in enumerate(held["sums"]):
        parts = [
            (_one(model, variable, name) * (weight * np.where(years == year, value, 0.0))).sum()
            for variable, name, value, year in _of(row["flow"], years)
        ]
        parts += [_one(model, variable, name) * value for variable, name, value in row["size"]]
        if row["slack"] is not None:
            parts.append(_slack(model, f"dafeng-slack-{number}", row["slack"]))
        if parts:
            model.add_constraints(sum(parts[1:], 1 * parts[0]) <= row["limit"], name=f"dafeng-row-{number}")
    for number, row in enumerate(held["soft"]):
        rule = f"GlobalConstraint-{row['name']}"
        if rule in model.constraints:
            rule = model.constraints[rule]
            rule.lhs = rule.lhs + _slack(model, f"dafeng-soft-{number}", row["slack"])
    for number, row in enumerate(held["steps"]):
        inside = snapshots[years == row["year"]] if network.has_investment_periods else snapshots
        parts = [_one(model, variable, name).sel(snapshot=inside) * value for variable, name, value, _ in row["flow"]]
        parts += [_one(model, variable, name) * value for variable, name, value in row["size"]]
        model.add_constraints(sum(parts[1:], 1 * parts[0]) <= row["limit"], name=f"dafeng-step-{number}")
    for number, ((one, name, share), (other, follower, part)) in enumerate(held["ties"]):
        tie = _one(model, one, name) * share + _one(model, other, follower) * part
        model.add_constraints(tie == 0, name=f"dafeng-tie-{number}")
    for name, reach, periods in held["wraps"]:
        for year in periods if network.has_investment_periods else [None]:
            inside = snapshots if year is None else snapshots[years == year]
            output = _one(model, "Generator-p", name)
            step = output.sel(snapshot=inside[0], drop=True) - output.sel(snapshot=inside[-1], drop=True)
            if network.generators.at[name, "p_nom_extendable"]:
                size = _one(model, "Generator-p_nom", name) * reach
                model.add_constraints(step - size <= 0, name=f"dafeng-wrap-up-{name}-{year}")
                model.add_constraints(step + size >= 0, name=f"dafeng-wrap-down-{name}-{year}")
            else:
                most = float(network.generators.at[name, "p_nom"]) * reach
                model.add_constraints(step <= most, name=f"dafeng-wrap-up-{name}-{year}")
                model.add_constraints(step >= -most, name=f"dafeng-wrap-down-{name}-{year}")


def _clock(network: Any, snapshots: Any) -> tuple[Any, Any]:
    """Give the year of each snapshot (all 0 without periods) and its weight."""
    xarray = importlib.import_module("xarray")
    several = network.has_investment_periods
    years = snapshots.get_level_values("period").to_numpy() if several else np.zeros(len(snapshots))
    weight = network.snapshot_weightings["objective"].to_numpy()
    return years, xarray.DataArray(weight, coords={"snapshot": snapshots}, dims=["snapshot"])


def _of(flow: list[Any], years: Any) -> list[Any]:
    """Take the year off the flows of a network without periods."""
    return flow if years.any() else [[variable, name, value, 0] for variable, name, value, _ in flow]


def _slack(model: Any, name: str, said: list[float]) -> Any:
    value, cost = said
    slack = model.add_variables(lower=0, name=name)
    model.objective = model.objective + slack * cost
    return slack * value


def _one(model: Any, variable: str, name: str) -> Any:
    return model.variables[variable].sel(name=name, drop=True)
