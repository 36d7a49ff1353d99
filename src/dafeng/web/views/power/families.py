"""Which fuel or source every entry of a power system belongs to, and what reaches the city of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from dafeng.dispatch.spec import Spec, Technology
from dafeng.web.i18n import mark

#: Families, bottom of the stack first: colour and name.
FAMILIES: dict[str, tuple[str, str]] = {
    "nuclear": ("f-nuclear", mark("Nuclear")),
    "hydro": ("f-hydro", mark("Hydropower")),
    "coal": ("f-coal", mark("Coal power")),
    "import": ("f-import", mark("Grid imports (mixed)")),
    "other": ("s-steel", mark("Recovered gas and heat, others")),
    "gas": ("f-gas", mark("Gas power")),
    "bio": ("f-bio", mark("Biomass and waste power")),
    "wind": ("f-wind", mark("Wind power")),
    "pv": ("f-pv", mark("Solar power")),
    "storage": ("f-storage", mark("Storage")),
    "dr": ("f-dr", mark("Moved or given up load")),
}
#: Families that generate.
SOURCES = tuple(name for name in FAMILIES if name not in ("storage", "dr"))
_FUELS = {"coal": "coal", "gas": "gas", "nuclear": "nuclear", "uranium": "nuclear", "biomass": "bio", "waste": "bio"}
_SHAPES = {"solar": "pv", "wind": "wind", "hydro": "hydro"}

#: A number, or an array by hour.
Value: TypeAlias = Any


def family_of(spec: Spec, name: str) -> str:
    """Give the family of a technology: by fuel, by the shape of its availability, by whether it is renewable."""
    tech = spec.technologies[name]
    if tech.carrier:
        return _FUELS.get(tech.carrier, "other")
    shape = _shape(spec, tech)
    if shape:
        return shape
    if tech.node != spec.nodes[0]:
        return "import"
    return "bio" if tech.renewable else "other"


def _shape(spec: Spec, tech: Technology) -> str:
    profile = spec.profiles.get(tech.availability) if isinstance(tech.availability, str) else None
    kind = (profile.reference or "") if profile else ""
    if not kind and isinstance(tech.availability, str):
        kind = tech.availability
    return next((family for word, family in _SHAPES.items() if word in kind), "")


def sources(spec: Spec, of: Callable[[str], Value]) -> dict[str, Value]:
    """Give what each family brings to the city, with what comes over lines counted by what its origin generates.

    `of` gives the output of a technology or what a line sends, a number or an array by hour. Where several nodes have
    loads, all that is generated counts, and what lines lose is not taken off.
    """
    city = spec.nodes[0]
    if {demand.node for demand in spec.demands.values()} != {city}:
        whole: dict[str, Value] = {}
        for name in spec.technologies:
            _add(whole, family_of(spec, name), of(name))
        return whole
    return _at(spec, of, city, frozenset())


def _at(spec: Spec, of: Callable[[str], Value], node: str, passed: frozenset[str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, tech in spec.technologies.items():
        if tech.node == node:
            _add(found, family_of(spec, name), of(name))
    for name, line in spec.lines.items():
        if line.target != node or line.origin in passed:
            continue
        mix = _at(spec, of, line.origin, passed | {node})
        whole = sum(mix.values(), np.zeros(()))
        sent = of(name) * line.efficiency
        for family, value in mix.items():
            share = np.divide(value, whole, out=np.zeros(np.shape(whole)), where=np.asarray(whole) > 0)
            _add(found, family, sent * share)
    return found


def _add(found: dict[str, Value], family: str, value: Value) -> None:
    found[family] = found[family] + value if family in found else value


def capacities(spec: Spec, sizes: Mapping[str, float]) -> dict[str, float]:
    """Give MW by family: technologies in the city, channels into it, stores and demand response."""
    city = spec.nodes[0]
    alone = {demand.node for demand in spec.demands.values()} == {city}
    found: dict[str, float] = {}
    for name, tech in spec.technologies.items():
        if tech.node == city or not alone:
            _add(found, family_of(spec, name), sizes.get(name, 0.0))
    for name, line in spec.lines.items():
        if alone and line.target == city:
            _add(found, "import", sizes.get(name, 0.0))
    for name in spec.storages:
        _add(found, "storage", sizes.get(name, 0.0))
    for name in spec.responses:
        _add(found, "dr", sizes.get(name, 0.0))
    return found


def firm(spec: Spec, sizes: Mapping[str, float]) -> dict[str, float]:
    """Give the MW by family that count at the peak: capacity times what of it is firm."""
    found: dict[str, float] = {}
    for name, entry in spec.investments().items():
        if not entry.firm:
            continue
        if name in spec.technologies:
            family = family_of(spec, name)
        else:
            family = "storage" if name in spec.storages else "import" if name in spec.lines else "dr"
        _add(found, family, entry.firm * sizes.get(name, 0.0))
    return found
