"""Boundaries as data: what a total contains, by whose rule, and the switches that change it.

Read from data/boundaries.yaml. Nothing here knows a city.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from dafeng.errors import Collector, NotFound, Refused, nearest
from dafeng.labels import Label
from dafeng.store import yamlfile

PATH = Path(__file__).resolve().parent.parent / "data" / "boundaries.yaml"
#: IPCC notation keys: not occurring, not estimated, included elsewhere, confidential.
Notation = Literal["NO", "NE", "IE", "C"]
#: A matrix by row of the balance and sector.
Rows: TypeAlias = dict[str, dict[str, float]]


class Declared(BaseModel):
    """Base of what the file declares."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Declared):
    """One kind of source or sink. Without an `essential` one that a boundary counts there is no total."""

    id: str
    label: Label
    essential: bool = False


class Switch(Declared):
    """A choice that changes what a boundary counts; `options` give what each stands for, "" where it stands alone."""

    label: Label
    options: dict[str, str]


class Reason(Declared):
    """Why an item is not in a total: a notation key and its reason."""

    key: Notation
    why: Label


class Published(Declared):
    """A published or derived total that an account of the boundary is held against.

    `by_fuel` names the indicator of its parts, `without` the items it leaves out; `total` sums the cells of a table.
    """

    indicator: str
    by_fuel: str = ""
    without: tuple[str, ...] = ()
    total: bool = False


class Boundary(Declared):
    """What one total contains. `without_sectors` and `only_sectors` confine the fuel it counts."""

    id: str
    label: Label
    document: str
    regime: str
    gases: tuple[str, ...]
    items: tuple[str, ...]
    memo: tuple[str, ...] = ()
    without_sectors: tuple[str, ...] = ()
    only_sectors: tuple[str, ...] = ()
    switches: dict[str, str] = Field(default_factory=dict)
    notation: dict[str, Reason] = Field(default_factory=dict)
    published: tuple[Published, ...] = ()

    def counts_sector(self, sector: str) -> bool:
        """Tell whether fuel of a sector is in the total."""
        return sector not in self.without_sectors and (not self.only_sectors or sector in self.only_sectors)


class Flows(Declared):
    """How rows and columns of an energy balance are read."""

    document: str
    locator: str = ""
    sector: Rows
    feedstock: Rows
    refuelled: Rows
    refuelled_here: Rows
    heat_use: dict[str, float]
    unsplit: dict[str, tuple[str, ...]]
    sums: tuple[str, ...]
    others: tuple[str, ...]
    unknown: tuple[str, ...]


class Of(Declared):
    """What a stand-in is read from: another fuel of the regime, or a named set."""

    fuel: str = ""
    set: str = ""


class StandIn(Declared):
    """A factor that stands in where the sets of a regime have none; with `instead` also where they have one."""

    fuel: str
    regimes: tuple[str, ...]
    document: str
    why: Label
    of: Of | None = None
    times: float = 1.0
    instead: bool = False
    values: dict[str, float] = Field(default_factory=dict)
    unit: str = ""


class Electricity(Declared):
    """How far the year of an electricity factor that stands in may lie."""

    other_year_within: int


class Width(Declared):
    """Half of a 95 % interval, as a share of the value, and what it rests on; `confirmed` where a table was read."""

    half: float
    locator: str
    document: str = ""
    confirmed: bool = True


class Uncertainty(Declared):
    """Half-widths of 95 % intervals; those that name no document rest on `document`."""

    document: str
    activity: dict[str, Width]
    factor: dict[str, Width]
    stand_in: float
    other_year: float
    abroad_share: float

    def of_activity(self, item: str, other: str = "other") -> float:
        """Give the half-width of an item's activity; that of `other` where it has none of its own."""
        return (self.activity.get(item) or self.activity[other]).half

    def of_factor(self, name: str) -> float:
        """Give the half-width of a factor; that of all others where it has none of its own."""
        return (self.factor.get(name) or self.factor["other"]).half


class Constant(Declared):
    """A number that every regime takes: a ratio of masses, or what the guidelines take where nothing is known."""

    value: float
    unit: str
    document: str
    locator: str = ""


class Shock(Declared):
    """A year that an outside event moved."""

    year: int
    why: Label


class Boundaries(Declared):
    """The whole file."""

    items: tuple[Item, ...]
    switches: dict[str, Switch]
    boundaries: tuple[Boundary, ...]
    flows: Flows
    stand_ins: tuple[StandIn, ...]
    electricity: Electricity
    constants: dict[str, Constant]
    uncertainty: Uncertainty
    shocks: tuple[Shock, ...]

    def boundary(self, id: str) -> Boundary:
        """Find a boundary.

        Raises:
            NotFound: with the nearest ids.
        """
        known = {boundary.id: boundary for boundary in self.boundaries}
        if id not in known:
            raise NotFound("boundary", id, known)
        return known[id]

    def item(self, id: str) -> Item:
        """Find an item.

        Raises:
            NotFound: with the nearest ids.
        """
        known = {item.id: item for item in self.items}
        if id not in known:
            raise NotFound("item", id, known)
        return known[id]

    def chosen(self, boundary: Boundary, switches: Mapping[str, str]) -> dict[str, str]:
        """Give every switch as it stands: what the caller says, else the boundary's, else the first option.

        Raises:
            Refused: an unknown switch or option; the nearest is offered.
        """
        found = {id: next(iter(switch.options)) for id, switch in self.switches.items()} | boundary.switches
        for id, option in switches.items():
            if id not in self.switches:
                raise Refused(
                    f"switch '{id}': no such switch. {_advice(id, self.switches)}",
                    zh=f"开关“{id}”：没有这个开关。可用：{'、'.join(self.switches)}。",
                )
            if option not in self.switches[id].options:
                raise Refused(
                    f"switch '{id}': '{option}' is no option of it. {_advice(option, self.switches[id].options)}",
                    zh=f"开关“{id}”：没有选项“{option}”。可用：{'、'.join(self.switches[id].options)}。",
                )
            found[id] = option
        return found


def _advice(word: str, known: Mapping[str, object]) -> str:
    near = nearest(word, known)
    return f"Did you mean {' or '.join(repr(one) for one in near)}?" if near else f"Name one of {', '.join(known)}."


@cache
def load(path: Path = PATH) -> Boundaries:
    """Read the boundaries.

    Raises:
        FaultsFound: with the line of every fault.
    """
    return yamlfile.whole(Boundaries, path, _check)


def _check(found: Boundaries, faults: Collector) -> None:
    items = {item.id for item in found.items}
    for boundary in found.boundaries:
        for id in (*boundary.items, *boundary.memo, *boundary.notation):
            if id not in items:
                faults.add("unknown-item", boundary.id, f"no item is called '{id}'", "Declare it under items")
        for id, option in boundary.switches.items():
            if option not in found.switches.get(id, Switch(label=boundary.label, options={})).options:
                faults.add("unknown-option", boundary.id, f"the switch '{id}' has no '{option}'", "Correct it")
