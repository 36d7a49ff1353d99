"""The balance of the toy city: where two domains meet."""

from __future__ import annotations

from tests.kernel.toy import forest, road

from dafeng.kernel import Array, total, variable


@variable("ktCO2/year", dims="place year", ref="toy-plan#annex-a")
def net(road: Array = road.co2, forest: Array = forest.uptake) -> Array:
    """Emissions less removals."""
    return total(road, over="sector") - forest


@variable("tCO2/year", dims="year", ref="toy-plan#annex-b")
def city(net: Array = net) -> Array:
    """Balance of all places."""
    return total(net, over="place")
