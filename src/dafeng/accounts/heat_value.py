"""Calorific values that compare fuels with each other: one set for every boundary, so that shares stay put."""

from __future__ import annotations

from collections.abc import Mapping

from dafeng import units
from dafeng.errors import NotFound, Refused
from dafeng.factors import Factors, NoFactor

#: The regime that has most of them.
REGIME = "enterprise"
#: A fuel whose calorific value the regime lacks takes that of another, or of a named set.
STAND_IN: Mapping[str, tuple[str, str | None]] = {
    "other_gas": ("blast_furnace_gas", None),
    "other_coking_products": ("coke", None),
    "lng": ("lng", "enterprise-defaults"),
}


def heat_value(store: Factors, region: str | None, fuel: str, unit: str) -> float:
    """Give the net calorific value of a fuel in TJ per `unit` (t or m3).

    Raises:
        Refused: no set has one.
    """
    name, chosen = STAND_IN.get(fuel, (fuel, None))
    try:
        factor = store.pick(store.asked(name, "ncv", regime=None if chosen else REGIME, region=region, set=chosen))
    except (NoFactor, NotFound) as error:
        raise Refused(
            f"no calorific value of {fuel} ({error}). Add it to the factors.",
            zh=f"{fuel} 没有热值（{error.text('zh')}）。请在因子库中补充。",
        ) from None
    assert factor.value is not None  # noqa: S101 - ranges are refused above
    return factor.value * units.factor(factor.unit, f"TJ/{unit}")
