"""Power: what the city can shift, and the load it is held against."""

from __future__ import annotations

from dafeng.kernel import Array, fact, variable


@variable("%", dims="place year", ref="state-peaking-plan-2021#三（一）6")
def demand_response_share(
    capability: Array = fact("power.demand_response_capability"), load: Array = fact("power.peak_load")
) -> Array:
    """Share of the year's peak load that demand response can shed: capability over the highest load of the year."""
    return capability / load
