"""The yearly rules of a power system as rows over the parts of a PyPSA network, and what PyPSA needs to obey them.

PyPSA has no priced slack and no rule over chosen generators, so the rows travel in the network's metadata.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafeng.dispatch.build.assemble import System

#: Variable of PyPSA's model and dimension of its names, by component.
FLOW = {"Generator": "Generator-p", "Link": "Link-p", "StorageUnit": "StorageUnit-p_dispatch"}
SIZE = {"Generator": "Generator-p_nom", "Link": "Link-p_nom", "StorageUnit": "StorageUnit-p_nom"}


def rows(
    system: System, flows: Mapping[int, list[tuple[str, str]]], sizes: Mapping[int, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Give every border row as data: GWh of flows, GW of sizes, and the slack with its price.

    `flows` says which components a column of the stage form became, `sizes` which component a border variable sizes.
    """
    draft, stage = system.hour.draft, system.stage
    slacks = {rule.slack for rule in system.rules}
    out = []
    for r, row in enumerate(draft.sums):
        flow = [[kind, name, value] for j, value in row.columns.get(0, {}).items() if value for kind, name in flows[j]]
        size, slack = [], None
        for k in np.flatnonzero(stage.border.rows[r]):
            value = float(stage.border.rows[r, k])
            if int(k) in slacks:
                slack = [value, float(stage.border.cost[k])]
            else:
                size.append([*sizes[int(k)], value])
        out.append({"name": row.name, "flow": flow, "size": size, "slack": slack, "limit": row.limit})
    return out


def obey(network: Any, snapshots: Any, held: Sequence[Mapping[str, Any]]) -> None:
    """Write the rows into PyPSA's model: what `extra_functionality` of its `optimize` is for."""
    xarray = importlib.import_module("xarray")
    model = network.model
    weight = xarray.DataArray(
        network.snapshot_weightings["objective"].to_numpy(), dims=["snapshot"], coords={"snapshot": snapshots}
    )
    for number, row in enumerate(held):
        whole: Any = 0
        for kind, name, value in row["flow"]:
            whole = whole + (_one(model.variables[FLOW[kind]], name) * (weight * (value * 1e-3))).sum()
        for kind, name, value in row["size"]:
            whole = whole + _one(model.variables[SIZE[kind]], name) * (value * 1e-3)
        if row["slack"] is not None:
            value, cost = row["slack"]
            slack = model.add_variables(lower=0, name=f"dafeng-slack-{number}")
            whole = whole + slack * value
            # Thousands of money inside, money in PyPSA.
            model.objective = model.objective + slack * (cost * 1e3)
        if not isinstance(whole, int):
            model.add_constraints(whole <= row["limit"], name=f"dafeng-row-{number}")


def _one(variable: Any, name: str) -> Any:
    (dim,) = [each for each in variable.dims if each not in {"snapshot", "scenario"}]
    return variable.sel({dim: name}, drop=True)
