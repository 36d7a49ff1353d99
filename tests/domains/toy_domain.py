"""A domain in ten lines, for the test that a domain plugs in with no edit elsewhere."""

from __future__ import annotations

from dafeng.kernel import Array, fact, total, variable
from dafeng.labels import Label


@variable("万tCO2", dims="place year", ref="toy-yearbook-2025#表 1", label=Label(zh="排放总量", en="Total emissions"))
def emissions(by_sector: Array = fact("emissions.by_sector")) -> Array:
    """Emissions of all sectors together."""
    return total(by_sector, over="sector")
