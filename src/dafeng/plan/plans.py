"""Everything a city pack says about plans: the versions, the units, the places and the notes on goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dafeng.errors import NotFound
from dafeng.plan.organisation import Organisation
from dafeng.plan.place import Place
from dafeng.plan.schema import EvidenceNote, Goal, Plan, Target
from dafeng.plan.versions import current_targets, versions_of
from dafeng.store.yamlfile import YamlFile


@dataclass(frozen=True)
class Origin:
    """Where the parts of one file stand, so that a fault can name its line.

    Without a file, for a plan made in memory, parts are named by their path. `kept` gives the index in the file of
    every part that could be read; `declared` every id the file writes, also those of parts that could not be read.
    """

    name: str
    file: YamlFile | None = field(default=None, repr=False)
    kept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def at(self, section: str = "", index: int = 0, *keys: str | int) -> str:
        """Name the place of a part, or of a field in it."""
        if not section:
            return self.file.place() if self.file else self.name
        if self.file is None:
            return f"{self.name}:{section}[{index}]" + "".join(f".{key}" for key in keys)
        return self.file.place(section, self.kept[section][index], *keys)

    def head(self, key: str) -> str:
        """Name the place of a field that stands outside the lists."""
        return self.file.place(key) if self.file else f"{self.name}:{key}"


@dataclass(frozen=True)
class Reference:
    """A name that a plan file uses and another file must declare: an indicator or a document."""

    place: str
    kind: str
    id: str


@dataclass(frozen=True)
class Plans:
    """The plans of one city, oldest first, with the units, places and notes they need."""

    plans: tuple[Plan, ...]
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[EvidenceNote, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False)

    def origin(self, name: str) -> Origin:
        """Give where a plan (by id), "organisations", "places" or "evidence" was read from."""
        return self.origins.get(name, Origin(name))

    def plan(self, id: str | None = None) -> Plan:
        """Find one plan; without an id, the oldest one, which the others amend.

        Raises:
            NotFound: no plan has the id.
        """
        known = {plan.id: plan for plan in self.plans}
        if id is None and self.plans:
            return self.plans[0]
        if id is None or id not in known:
            raise NotFound("plan", id or "", known)
        return known[id]

    def target(self, id: str) -> Target:
        """Find one target of any plan.

        Raises:
            NotFound: no target has the id.
        """
        known = {target.id: target for plan in self.plans for target in plan.targets}
        if id not in known:
            raise NotFound("target", id, known)
        return known[id]

    def goal(self, id: str) -> Goal:
        """Find one goal of any plan.

        Raises:
            NotFound: no goal has the id.
        """
        known = {goal.id: goal for plan in self.plans for goal in plan.goals}
        if id not in known:
            raise NotFound("goal", id, known)
        return known[id]

    def notes_on(self, goal: str) -> tuple[EvidenceNote, ...]:
        """Give the notes on one goal, newest first."""
        return tuple(sorted((note for note in self.notes if note.goal == goal), key=lambda n: n.date, reverse=True))

    def current_targets(self, as_of: date | None = None) -> tuple[Target, ...]:
        """Give the targets in force on a date: see `versions.current_targets`."""
        return current_targets(self.plans, as_of)

    def versions_of(self, target: str) -> tuple[Target, ...]:
        """Give all versions of a target, oldest first: see `versions.versions_of`."""
        return versions_of(self.plans, target)


def references(plans: Plans) -> Iterator[Reference]:
    """Yield every indicator and document the plan files name, with its place, for whoever knows those lists."""
    for plan in plans.plans:
        origin = plans.origin(plan.id)
        yield Reference(origin.head("document"), "document", plan.document)
        for index, target in enumerate(plan.targets):
            yield Reference(origin.at("targets", index, "indicator"), "indicator", target.indicator)
        for index, goal in enumerate(plan.goals):
            if goal.rule is not None:
                yield Reference(origin.at("goals", index, "rule", "indicator"), "indicator", goal.rule.indicator)
    for index, note in enumerate(plans.notes):
        yield Reference(plans.origin("evidence").at("notes", index, "source"), "document", note.source)
