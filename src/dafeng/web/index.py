"""Look-ups across a city pack that no single part of it holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dafeng.errors import NotFound
from dafeng.plan.schema import Action, Chapter, Goal, Organisation, Plan, Target, Task

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.facts.observation import Observation

Role = Literal["lead", "first", "joint", "group"]


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part in a task: it leads, is listed first where none leads, takes part, or is meant by a group."""

    task: Task
    plan: Plan
    role: Role
    through: str = ""


class Index:
    """Finds things of a city by id and says who takes part in what and what rests on which document."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.plan: Plan = city.plans[0]
        self.organisations: dict[str, Organisation] = {item.id: item for item in city.organisations}

    @cached_property
    def actions(self) -> dict[str, Action]:
        """Actions of the plan under assessment."""
        return {action.id: action for action in self.plan.actions}

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """Chapters of the plan under assessment."""
        return {chapter.id: chapter for chapter in self.plan.chapters}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks of the plan under assessment."""
        return {task.id: task for task in self.plan.tasks}

    @cached_property
    def targets(self) -> dict[str, tuple[Plan, Target]]:
        """Every target of every version, with its plan."""
        return {target.id: (plan, target) for plan in self.city.plans for target in plan.targets}

    def plan_of(self, id: str) -> str:
        """The plan that holds a target or goal; "" for none."""
        found = self.targets.get(id) or self.goals.get(id)
        return found[0].id if found else ""

    @cached_property
    def goals(self) -> dict[str, tuple[Plan, Goal]]:
        """Every goal of every version, with its plan."""
        return {goal.id: (plan, goal) for plan in self.city.plans for goal in plan.goals}

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """What each unit takes part in, through itself or through a group that counts it."""
        found: dict[str, list[Part]] = defaultdict(list)
        for plan in self.city.plans:
            for task in plan.tasks:
                named = {unit for unit in task.units if unit not in self.organisations or not self.members(unit)}
                for place, unit in enumerate(task.units):
                    role: Role = "lead" if unit in task.lead else "first" if not place and not task.lead else "joint"
                    found[unit].append(Part(task, plan, role))
                    for member in self.members(unit):
                        if member not in named:
                            found[member].append(Part(task, plan, "group", unit))
                            named.add(member)
        return dict(found)

    def members(self, unit: str) -> tuple[str, ...]:
        """The units a group stands for; none for a plain unit."""
        organisation = self.organisations.get(unit)
        return organisation.members if organisation else ()

    @cached_property
    def by_document(self) -> dict[str, list[Observation]]:
        """Every observation, under the document it comes from."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.city.facts:
            found[observation.source].append(observation)
        return dict(found)

    def unit(self, id: str) -> Organisation:
        """Find a unit. Raises NotFound."""
        if id not in self.organisations:
            raise NotFound("unit", id, self.organisations)
        return self.organisations[id]
