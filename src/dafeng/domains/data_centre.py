"""Data centres of a city: the load of their machines, in rooms that stand and in new ones, and what cools them."""

from __future__ import annotations

from dafeng.kernel import Array, least, param, variable


@variable("MW", dims="place year", ref="state-peaking-plan-2021#三（二）4")
def existing_load(load: Array = param("data_centre.load"), kept: Array = param("data_centre.kept_load")) -> Array:
    """Mean load of machines in rooms that stood in the base year: what is kept of them, and not more than the load."""
    return least(load, kept)


@variable("MW", dims="place year", ref="state-peaking-plan-2021#三（二）4")
def new_load(load: Array = param("data_centre.load"), existing: Array = existing_load) -> Array:
    """Mean load of machines in rooms that are new since: the load less that of the existing rooms."""
    return load - existing


@variable("TWh", dims="place year", ref="state-peaking-plan-2021#三（二）4")
def electricity(
    existing: Array = existing_load,
    existing_pue: Array = param("data_centre.pue_of_existing"),
    new: Array = new_load,
    new_pue: Array = param("data_centre.pue_of_new"),
    hours: Array = param("data_centre.hours"),
) -> Array:
    """Electricity of data centres: mean load x power usage effectiveness x hours of a year, of old and new rooms."""
    return (existing * existing_pue + new * new_pue) * hours


@variable("", dims="place year", ref="state-peaking-plan-2021#三（二）4")
def existing_pue(pue: Array = param("data_centre.pue_of_existing")) -> Array:
    """Power usage effectiveness of rooms that stood in the base year."""
    return pue


@variable("", dims="place year", ref="state-peaking-plan-2021#三（二）4")
def new_pue(pue: Array = param("data_centre.pue_of_new")) -> Array:
    """Power usage effectiveness of rooms that are new since."""
    return pue
