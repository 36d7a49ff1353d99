"""CO2 of a fuel from its steps: net calorific value x carbon content x oxidised share x CO2/C.

Source: the kernel of the enterprise guidelines of 24 industries and of GB/T 32150; IPCC 2006 Guidelines, volume 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dafeng.factors.factor import CHAIN, CONFIDENCES, Factor

#: The unit of the CO2 factor by that of the calorific value, and what stands between GJ·tC/TJ and tC.
_UNITS = {"GJ/t": ("tCO2/t", 1e-3), "GJ/万立方米": ("tCO2/万立方米", 1e-3)}


def product(steps: Sequence[Factor], carbon_ratio: float) -> Factor | None:
    """Give the CO2 factor that follows from a calorific value, a carbon content and an oxidised share of one fuel.

    The confidence is that of the weakest step. None where a step is missing or has no single value.
    """
    by_parameter = {step.parameter: step for step in steps}
    if set(by_parameter) != set(CHAIN):
        return None
    ncv, carbon, oxidised = (by_parameter[name] for name in CHAIN)
    if ncv.value is None or carbon.value is None or oxidised.value is None:
        return None
    unit, scale = _UNITS[ncv.unit]
    weakest = max((step.confidence for step in steps), key=CONFIDENCES.index)
    return replace(
        ncv,
        parameter="co2_factor",
        unit=unit,
        value=ncv.value * carbon.value * oxidised.value * carbon_ratio * scale,
        locator="",
        published="",
        confidence=weakest,
        supersedes="",
        derived_from=tuple(by_parameter[name].id for name in CHAIN),
        note="",
        stated="",
        variant="",
    )


def printed(value: float | None, text: str) -> bool:
    """Tell whether a number, rounded to the digits of a printed one, is that number."""
    if value is None:
        return False
    figure = text.split(maxsplit=1)[0]
    digits = len(figure.partition(".")[2])
    return abs(value - float(figure)) <= 0.5 * 10.0**-digits + 1e-12
