"""What an address of the simulator says: the scenario, the levers moved, what is pinned beside it, what is counted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from dafeng.errors import Fault, NotFound, Refused, RequestFaults
from dafeng.pathway import Pathway, Scenario, load, project
from dafeng.pathway.bounds import setting
from dafeng.pathway.lever import Lever
from dafeng.pathway.projection import Projection
from dafeng.pathway.settings import Boundary
from dafeng.report import wording
from dafeng.report.fault_words import in_chinese
from dafeng.web import query
from dafeng.web.page import Page

#: Before the id of a lever in a form; in an address all of them stand in one value.
FIELD = "l."
UNTIL = (2035, 2040, 2050, 2060)
DRAWS = 1_000
SEED = 1


@dataclass(frozen=True)
class Asked:
    """One question to the simulator. `moved` are the levers set otherwise than in the scenario `base`.

    A lever set for one place stands in it as "lever@place", and in an address in a value of its own.
    """

    page: Page
    pathway: Pathway
    base: str
    moved: Mapping[str, float]
    pin: str
    pin_moved: Mapping[str, float]
    boundary: Boundary
    until: int
    stale: bool = False

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario with its levers moved."""
        return self.pathway.scenario(self.base, self.moved)

    @cached_property
    def pinned(self) -> Scenario | None:
        """The scenario beside it; None where it is the same."""
        found = self.pathway.scenario(self.pin, self.pin_moved)
        return None if found.every == self.scenario.every else found

    @cached_property
    def projection(self) -> Projection:
        """What the scenario gives."""
        return project(self.pathway, self.scenario)

    @cached_property
    def beside(self) -> Projection | None:
        """What the pinned scenario gives."""
        return project(self.pathway, self.pinned) if self.pinned else None

    @property
    def run(self) -> tuple[int, ...]:
        """The years shown."""
        return tuple(year for year in self.pathway.years if year <= self.until)

    def fields(self, **other: object) -> dict[str, str]:
        """Give the address as names and values; what is as it would be anyway is left out."""
        said: dict[str, object] = {
            "s": self.base if self.base != self.pathway.settings.default else "",
            "x": written({id: value for id, value in self.moved.items() if "@" not in id}),
            "p": written({id: value for id, value in self.moved.items() if "@" in id}),
            "pin": self.pin if self.pin != default_pin(self.pathway) else "",
            "pinx": written(self.pin_moved),
            "b": self.boundary.id if self.boundary.id != self.pathway.settings.boundaries[0].id else "",
            "until": self.until if self.until != UNTIL[1] else "",
            **other,
        }
        found = {name: str(value) for name, value in said.items() if value not in {None, ""}}
        return found

    def url(self, *parts: str, **other: object) -> str:
        """Write an address of the simulator's pages that keeps what is asked."""
        return self.page.url("pathway", *parts, **self.fields(**other))

    @property
    def query(self) -> str:
        """The address's query, with the hash that names exactly these numbers."""
        return urlencode(self.fields(hash=self.scenario.hash))


def tonnes(page: Page, value: float, *, sign: bool = False) -> str:
    """Write CO2 as a reader says it: 2.48 亿吨, 350 万吨; 248 Mt, 3.5 Mt."""
    size = abs(value)
    if page.zh:
        scale, unit = (1e8, "亿吨") if size >= 1e8 else (1e4, "万吨")
    else:
        scale, unit = 1e6, "Mt"
    number = wording.signed(value / scale) if sign else wording.number(value / scale)
    return f"{number}{wording.NBSP}{unit}"


def written(moved: Mapping[str, float]) -> str:
    """Write settings of levers into one value."""
    return ",".join(f"{id}:{value:.6g}" for id, value in moved.items())


def default_pin(pathway: Pathway) -> str:
    """Name the scenario that others are held against first."""
    return "current" if "current" in pathway.scenarios else pathway.settings.default


def read(page: Page) -> Asked:
    """Read the address.

    Raises:
        NotFound: the city has no pathway.
        BadQuery: a value cannot be used.
    """
    try:
        pathway = load(page.snapshot.city)
    except Refused:
        raise NotFound("page", "pathway") from None
    params = page.params
    base = query.one(params, "s", pathway.scenarios) or pathway.settings.default
    pin = query.one(params, "pin", pathway.scenarios) or default_pin(pathway)
    bounds = {each.id: each for each in pathway.settings.boundaries}
    boundary = query.one(params, "b", bounds) or pathway.settings.boundaries[0].id
    until = query.one(params, "until", [str(year) for year in UNTIL])
    moved = {
        **_settings(page, "x", pathway, base),
        **_settings(page, "p", pathway, base),
        **_fields(page, pathway, base),
    }
    # A setting that says what the scenario says anyway is no change.
    scenario = pathway.scenario(base)
    moved = {
        id: value
        for id, value in moved.items()
        if "@" in id or not same(value, setting(pathway, scenario, pathway.levers[id]))
    }
    found = Asked(
        page=page,
        pathway=pathway,
        base=base,
        moved=moved,
        pin=pin,
        pin_moved=_settings(page, "pinx", pathway, pin),
        boundary=bounds[boundary],
        until=int(until) if until else UNTIL[1],
    )
    _checked(found)
    said = params.get("hash", ("",))[-1]
    return replace(found, stale=True) if said and said != found.scenario.hash else found


def same(one: float, other: float) -> bool:
    """Tell whether two settings read the same."""
    return f"{one:.6g}" == f"{other:.6g}"


def _checked(asked: Asked) -> None:
    try:
        # They are made here, so that a fault in them is told as one of the address.
        _ = asked.scenario, asked.pinned, asked.projection
    except RequestFaults as error:
        raise query.BadQuery("p", error.faults[0].place, said=told(asked.page, error)) from None
    except Refused as error:
        raise query.BadQuery("x", "", said=error.text(asked.page.language)) from None


def told(page: Page, error: RequestFaults) -> str:
    """Say in the language of the page what is wrong with settings, and what to do."""
    if not page.zh:
        return " ".join(f"{fault.message}. {fault.remedy}." for fault in error.faults)
    return "".join("{}。{}。".format(*in_chinese(fault)) for fault in error.faults)


def _settings(page: Page, name: str, pathway: Pathway, base: str) -> dict[str, float]:
    found = {}
    for part in filter(None, page.params.get(name, ("",))[-1].split(",")):
        key, _, text = part.partition(":")
        id, at, place = key.partition("@")
        found[_lever(pathway, name, id).id + at + place] = number(page, name, key, text)
    return found


def _fields(page: Page, pathway: Pathway, base: str) -> dict[str, float]:
    found = {}
    for name, values in page.params.items():
        if name.startswith(FIELD) and values[-1].strip():
            lever = _lever(pathway, name, name.removeprefix(FIELD))
            found[lever.id] = number(page, name, lever.id, values[-1])
    return found


def _lever(pathway: Pathway, name: str, id: str) -> Lever:
    lever = pathway.levers.get(id)
    if lever is None or not lever.works:
        raise query.BadQuery(name, id, [each.id for each in pathway.levers.values() if each.works])
    return lever


def number(page: Page, name: str, lever: str, text: str) -> float:
    """Read what a lever is set to. Raises BadQuery where it is no number, and says so."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        fault = Fault("not-a-number", lever, f"lever '{lever}': {text or '—'} is not a number", "Give a number")
        raise query.BadQuery(name, text, said=told(page, RequestFaults([fault])))
    return value
