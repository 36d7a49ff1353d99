"""Which results a reader asks for: the filters and orders that the command line, the API and the pages share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args

from dafeng.assess.result import VERDICTS, Assessment, GoalResult, TargetResult, Verdict
from dafeng.errors import NotFound
from dafeng.labels import Label
from dafeng.plan.schema import Organisation

if TYPE_CHECKING:
    from dafeng.city import City

Role = Literal["any", "lead", "joint"]
Sort = Literal["plan", "status", "due", "progress", "id", "-plan", "-status", "-due", "-progress", "-id"]
UnitType = Literal[
    "department", "district", "committee", "party", "central", "enterprise", "agency", "group", "association"
]
SORTS: tuple[Sort, ...] = get_args(Sort)


class Judged(Protocol):
    """What targets and goals have in common for a selection."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def action(self) -> str: ...  # noqa: D102
    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Label: ...  # noqa: D102
    @property
    def clause(self) -> str: ...  # noqa: D102
    @property
    def due(self) -> int | None: ...  # noqa: D102
    @property
    def status(self) -> Verdict: ...  # noqa: D102
    @property
    def lead(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def joint(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def owner(self) -> str: ...  # noqa: D102


T = TypeVar("T", bound=Judged)


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; an empty field keeps everything. `kind` and `indicator` leave out goals, which have neither.

    `units` are the ids that count as the unit asked for: itself and the groups it belongs to (see `unit_ids`).
    """

    action: str = ""
    task: str = ""
    units: frozenset[str] = frozenset()
    role: Role = "any"
    status: frozenset[Verdict] = frozenset()
    year: int | None = None
    kind: str = ""
    indicator: str = ""
    text: str = ""

    def keeps(self, item: Judged) -> bool:
        """Tell whether one result is asked for."""
        asked = (
            (self.action, item.action),
            (self.task, item.task),
            (self.year, item.due),
            (self.kind, getattr(item, "kind", None)),
            (self.indicator, getattr(item, "indicator", None)),
        )
        return (
            all(wanted in ("", None) or wanted == got for wanted, got in asked)
            and (not self.status or item.status in self.status)
            and (not self.units or bool(self.units & _answering(item, self.role)))
            and mentions(self.text, item.id, getattr(item, "indicator", ""), item.label.zh, item.label.en, item.clause)
        )

    def apply(self, items: Iterable[T]) -> tuple[T, ...]:
        """Keep the results asked for, in their order."""
        return tuple(item for item in items if self.keeps(item))


def _answering(item: Judged, role: Role) -> set[str]:
    leads = {*item.lead} or {item.owner}
    if role == "lead":
        return leads
    return {*item.joint} - leads if role == "joint" else leads | {*item.joint}


def plain(text: str) -> str:
    """Fold case and width, so that a search finds ＰＶ as well as pv."""
    return unicodedata.normalize("NFKC", text).casefold()


_KEYS: dict[str, Callable[[Any], Any]] = {
    "status": lambda item: VERDICTS.index(item.status),
    "due": lambda item: item.due,
    "progress": lambda item: getattr(item, "progress", None),
    "id": lambda item: item.id,
}


def order(items: Sequence[T], by: Sort = "plan") -> tuple[T, ...]:
    """Sort results; "plan" is the order of the plan, a leading "-" turns it round, what has no value comes last."""
    name, backwards = by.removeprefix("-"), by.startswith("-")
    if name == "plan":
        return tuple(reversed(items)) if backwards else tuple(items)
    key = _KEYS[name]
    present = [item for item in items if key(item) is not None]
    absent = [item for item in items if key(item) is None]
    return (*sorted(present, key=key, reverse=backwards), *absent)


@dataclass(frozen=True, slots=True)
class Selection:
    """The results asked for; amendments are those of later versions of the plan."""

    targets: tuple[TargetResult, ...]
    goals: tuple[GoalResult, ...]
    amendments: tuple[TargetResult, ...]
    amended_goals: tuple[GoalResult, ...]


def selected(assessment: Assessment, keep: Filter | None = None, by: Sort = "plan") -> Selection:
    """Select results of an assessment; all of them without a filter."""
    wanted = keep or Filter()
    return Selection(
        order(wanted.apply(assessment.targets), by),
        wanted.apply(assessment.goals),
        order(wanted.apply(assessment.amendments), by),
        wanted.apply(assessment.amended_goals),
    )


def find_unit(units: Iterable[Organisation], text: str) -> Organisation:
    """Find a unit by its id, or by any of its names; NotFound offers the nearest."""
    known = list(units)
    folded = plain(text.strip())
    for unit in known:
        if unit.id == text:
            return unit
    for unit in known:
        if folded in {plain(name) for name in names(unit)}:
            return unit
    raise NotFound("unit", text, [name for unit in known for name in names(unit)])


def names(unit: Organisation) -> tuple[str, ...]:
    """List every name of a unit, its id first."""
    return (unit.id, unit.label.zh, unit.label.en, unit.short.zh, unit.short.en, *unit.aliases)


def unit_ids(units: Iterable[Organisation], unit: Organisation) -> frozenset[str]:
    """Name a unit and every group it belongs to, groups of groups included: what a group owes, each member owes."""
    known = list(units)
    found = {unit.id}
    while True:
        more = {group.id for group in known if found & {*group.members}} - found
        if not more:
            return frozenset(found)
        found |= more


def mentions(text: str, *fields: str) -> bool:
    """Tell whether every word of a search stands in one of the fields."""
    whole = plain(" ".join(fields))
    return all(word in whole for word in plain(text).split())


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...  # noqa: D102


N = TypeVar("N", bound=Named)


def one(items: Iterable[N], kind: str, id: str) -> N:
    """Find the item with an id; NotFound offers the nearest."""
    found = {item.id: item for item in items}
    if id not in found:
        raise NotFound(kind, id, found)
    return found[id]


def filter_for(
    city: City,
    *,
    plan: str | None = None,
    action: str | None = None,
    task: str | None = None,
    unit: str | None = None,
    role: Role = "any",
    status: Iterable[Verdict] = (),
    year: int | None = None,
    kind: str | None = None,
    indicator: str | None = None,
    text: str = "",
) -> Filter:
    """Make a filter from what a reader asks; NotFound where an id or a name is not known in the city."""
    plans = [city.plan(plan)] if plan else city.plans
    units: frozenset[str] = frozenset()
    if unit:
        units = unit_ids(city.organisations, find_unit(city.organisations, unit))
    return Filter(
        action=one((item for each in plans for item in each.actions), "action", action).id if action else "",
        task=one((item for each in plans for item in each.tasks), "task", task).id if task else "",
        units=units,
        role=role,
        status=frozenset(status),
        year=year,
        kind=kind or "",
        indicator=one(city.indicators.values(), "indicator", indicator).id if indicator else "",
        text=text,
    )
