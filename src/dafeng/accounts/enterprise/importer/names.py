"""What the cells of a table of activity may name: places, units, sectors, uses, fuels, units of measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dafeng.accounts.enterprise.methods import Methods, Use, load
from dafeng.factors import Factors
from dafeng.facts.words import plain
from dafeng.registers import Enterprise, Facility, Process

#: Units that a factor is given per, as the quantity is computed in.
STANDARD = ("t", "万立方米", "MWh", "GJ")


@dataclass(frozen=True)
class Names:
    """Every name a row may use.

    `places` and `sectors` give the id of every accepted name; sectors that are None are not checked. `within` gives the
    places that lie in each place, itself among them. `closed` gives the state of reports that may not change.
    """

    factors: Factors
    places: Mapping[str, str]
    within: Mapping[str, frozenset[str]]
    sectors: Mapping[str, str] | None = None
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)
    facilities: Mapping[str, Facility] = field(default_factory=dict)
    processes: Mapping[str, Process] = field(default_factory=dict)
    closed: Mapping[tuple[str, int], str] = field(default_factory=dict)
    methods: Methods = field(default_factory=load)

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The id of every name of a place, in lower case."""
        return {plain(name).lower(): id for name, id in self.places.items()}

    @cached_property
    def sector_names(self) -> dict[str, str]:
        """The id of every name of a sector, in lower case."""
        return {plain(name).lower(): id for name, id in (self.sectors or {}).items()}

    @cached_property
    def uses(self) -> dict[str, Use]:
        """Every use by id and by its labels, in lower case."""
        found = {}
        for use in self.methods.uses:
            for name in (use.id, use.id.replace("_", " "), use.label.zh, use.label.en):
                found[name.lower()] = use
        return found

    @cached_property
    def measures(self) -> dict[str, tuple[str, ...]]:
        """The units that quantities of each fuel or material are computed in, as its factors are given per."""
        found: dict[str, dict[str, None]] = {}
        for factor in self.factors.all.values():
            if factor.parameter in ("ncv", "co2_factor"):
                per = factor.unit.partition("/")[2]
                if per in STANDARD:
                    found.setdefault(factor.what, {})[per] = None
        return {what: tuple(units) for what, units in found.items()}

    def standard(self, use: Use, what: str) -> tuple[str, ...]:
        """Give the units a quantity of a use is computed in; the first that its unit measures the same as is taken."""
        if use.unit and not use.free:
            return (use.unit,)
        return self.measures.get(what) or ((use.unit or "t"),)
