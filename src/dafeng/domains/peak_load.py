"""Peak load of a city's grid: how high it is, what customers can shed, and what stands to meet it."""

from __future__ import annotations

from dafeng.domains import grid
from dafeng.kernel import Array, fact, param, variable


@variable("GW", dims="place year", observed=fact("power.peak_load"), ref="state-peaking-plan-2021#三（一）6")
def load(use: Array = grid.demand, hours: Array = param("peak_load.hours")) -> Array:
    """Highest load of the year: electricity used over the hours that the highest load would need for it."""
    return use / hours


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）6")
def response_share(share: Array = param("peak_load.response")) -> Array:
    """Part of the highest load that customers can shed."""
    return share


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）6")
def margin(
    load: Array = load,
    coal: Array = param("grid.coal_capacity"),
    gas: Array = param("grid.gas_capacity"),
    refuse: Array = grid.biomass_capacity,
    channels: Array = param("grid.import_capacity"),
    storage: Array = param("grid.storage"),
    response: Array = response_share,
) -> Array:
    """What stands over the highest load: coal, gas, waste, channels, storage and response, over the load, less 1."""
    return (coal + gas + refuse + channels + storage) / load + response - 1
