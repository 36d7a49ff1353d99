"""CO2 equivalents: amounts of gases by the warming potentials of one assessment report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dafeng.factors.asked import Choice

if TYPE_CHECKING:
    from dafeng.factors.store import Factors


def gwp(factors: Factors, gas: str, report: str) -> Choice:
    """Choose the warming potential over 100 years of a gas, in t CO2e per t, from one report: sar, ar4, ar5 or ar6.

    Raises:
        NotFound: no such gas or report.
        NoFactor: the report has none for the gas.
    """
    name = report.casefold()
    return factors.get(gas, "gwp100", set=name if name.startswith("gwp-") else f"gwp-{name}")


def co2e(factors: Factors, amounts: Mapping[str, float], report: str) -> float:
    """Add amounts of gases, in tonnes, as tonnes of CO2e; NaN where an amount is absent.

    Raises:
        NotFound: no such gas or report.
        NoFactor: the report has none for a gas.
    """
    total = 0.0
    for gas, tonnes in amounts.items():
        potential = gwp(factors, gas, report).factor.value
        total += tonnes * (float("nan") if potential is None else potential)
    return total
