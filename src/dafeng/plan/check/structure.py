"""The skeleton of one plan: ids, and whether every chapter, action, task and unit named exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dafeng.errors import Collector, nearest
from dafeng.plan.schema import Action, Goal, Plan, Target, Task

if TYPE_CHECKING:
    from dafeng.plan.plans import Origin, Plans


def check_structure(plan: Plan, plans: Plans, faults: Collector) -> None:
    """Note what is wrong in the build of one plan."""
    origin = plans.origin(plan.id)
    if plan.horizon[1] < plan.horizon[0]:
        faults.add(
            "horizon",
            origin.head("horizon"),
            f"the horizon ends before it starts (got {plan.horizon[0]} to {plan.horizon[1]})",
            "Write the first year, then the last",
        )
    if plan.status == "proposed":
        faults.add(
            "not-decided",
            origin.head("status"),
            f"the plan '{plan.id}' was read out of a document and nobody has decided on its items",
            "Review it (dafeng compile FILE --decisions FILE -o PLAN, or the pages under /zh/review)",
        )
    for name in plan.stand_ins:
        stands = plan.issuer.zh if name == "issuer" else plan.issued
        faults.add(
            "stand-in",
            origin.head("stand_ins"),
            f"'{stands}' stands in for the field {name}, which the document does not say",
            f"Write the right value in {name} and take the name out of stand_ins",
        )
    duplicates("chapters", (chapter.id for chapter in plan.chapters), origin, faults)
    duplicates("actions", (action.id for action in plan.actions), origin, faults)
    duplicates("tasks", (task.id for task in plan.tasks), origin, faults)
    links = _Links(plan, plans, origin, faults)
    for index, action in enumerate(plan.actions):
        links.check("actions", index, action)
    for index, task in enumerate(plan.tasks):
        links.check("tasks", index, task)
        links.check_task(index, task)
    for index, target in enumerate(plan.targets):
        links.check("targets", index, target)
        links.check_lead(index, target)
    for index, goal in enumerate(plan.goals):
        links.check("goals", index, goal)


def check_ids_across(plans: Plans, faults: Collector) -> None:
    """Note ids that two targets or goals of the city share, in one plan or in two."""
    first: dict[str, str] = {}
    for plan in plans.plans:
        origin = plans.origin(plan.id)
        for section, index, part in numbered(plan):
            place = origin.at(section, index, "id")
            if part.id in first:
                faults.add(
                    "duplicate-id",
                    place,
                    f"the id '{part.id}' is taken (first at {first[part.id]})",
                    "Targets and goals of all plans of a city share one set of ids; add a distinguishing word",
                )
            first.setdefault(part.id, place)


def numbered(plan: Plan) -> Iterator[tuple[str, int, Target | Goal]]:
    """Yield every target and goal with its list and its index there."""
    for index, target in enumerate(plan.targets):
        yield "targets", index, target
    for index, goal in enumerate(plan.goals):
        yield "goals", index, goal


def duplicates(section: str, ids: Iterable[str], origin: Origin, faults: Collector) -> None:
    """Note ids that stand twice in one list."""
    first: dict[str, str] = {}
    for index, id in enumerate(ids):
        place = origin.at(section, index, "id")
        if id in first:
            message = f"the id '{id}' is taken (first at {first[id]})"
            faults.add("duplicate-id", place, message, "Give each part its own id")
        first.setdefault(id, place)


def unknown(id: str, kind: str, known: Iterable[str], place: str, faults: Collector, where: str) -> None:
    """Note a name that names nothing, with the nearest names."""
    near = nearest(id, known)
    hint = f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else f"Add it to {where}, or correct the name"
    faults.add(f"unknown-{kind}", place, f"no {kind} '{id}'", hint)


class _Links:
    """Checks the names that parts of one plan use for one another."""

    def __init__(self, plan: Plan, plans: Plans, origin: Origin, faults: Collector) -> None:
        self.origin, self.faults = origin, faults
        self.actions = {action.id: action for action in plan.actions}
        self.tasks = {task.id: task for task in plan.tasks}
        self.known = {
            "chapter": {chapter.id for chapter in plan.chapters} | origin.declared.get("chapters", frozenset()),
            "action": set(self.actions) | origin.declared.get("actions", frozenset()),
            "task": set(self.tasks) | origin.declared.get("tasks", frozenset()),
        }
        units = plans.origin("organisations").declared.get("organisations", frozenset())
        self.units = {unit.id for unit in plans.organisations} | units

    def check(self, section: str, index: int, part: Action | Task | Target | Goal) -> None:
        """Note a chapter, action or task that is unknown, or that does not hold the part's other names."""
        chain = [("chapter", part.chapter)]
        if not isinstance(part, Action):
            chain.append(("action", part.action))
            if not (clause := part.clause).strip():
                self.faults.add(
                    "clause-empty",
                    self.origin.at(section, index, "clause"),
                    f"'{part.id}' has no clause (got {clause!r})",
                    "Write where it stands in the plan, such as 二（一）1",
                )
        if isinstance(part, (Target, Goal)):
            chain.append(("task", part.task))
        for kind, id in chain:
            if (id or kind == "chapter") and id not in self.known[kind]:
                place = self.origin.at(section, index, kind)
                unknown(id, kind, self.known[kind], place, self.faults, f"the {kind}s of this plan")
        self._inside(section, index, part)

    def _inside(self, section: str, index: int, part: Action | Task | Target | Goal) -> None:
        """Note a part whose action or task lies in another chapter or action than the part says."""
        if isinstance(part, Action):
            return
        action = self.actions.get(part.action)
        if action is not None and action.chapter != part.chapter:
            self.faults.add(
                "other-chapter",
                self.origin.at(section, index, "action"),
                f"'{part.id}' stands in chapter '{part.chapter}', its action '{action.id}' in '{action.chapter}'",
                "Name the action's chapter, or leave the action out",
            )
        task = self.tasks.get(part.task) if isinstance(part, (Target, Goal)) else None
        if task is not None and (task.chapter, task.action) != (part.chapter, part.action):
            self.faults.add(
                "other-action",
                self.origin.at(section, index, "task"),
                f"'{part.id}' stands in {_inside_text(part)}, its task '{task.id}' in {_inside_text(task)}",
                "Name the task's own chapter and action",
            )

    def check_task(self, index: int, task: Task) -> None:
        """Note units that are unknown or named twice, and leads that are not among the units."""
        self._check_units("tasks", index, "units", task.units)
        for position, unit in enumerate(task.lead):
            if unit not in task.units:
                self.faults.add(
                    "lead-not-in-units",
                    self.origin.at("tasks", index, "lead", position),
                    f"'{unit}' leads task '{task.id}' and is not among its units",
                    "Add it to the units, in the plan's order",
                )

    def check_lead(self, index: int, target: Target) -> None:
        """Note leading units of a target that are unknown or no unit of its task."""
        self._check_units("targets", index, "lead", target.lead)
        task = self.tasks.get(target.task)
        for position, unit in enumerate(target.lead):
            if task is not None and unit in self.units and unit not in task.units:
                self.faults.add(
                    "lead-not-in-units",
                    self.origin.at("targets", index, "lead", position),
                    f"'{unit}' leads target '{target.id}' and is not among the units of task '{task.id}'",
                    "Add it to the task's units, in the plan's order",
                )

    def _check_units(self, section: str, index: int, field: str, units: tuple[str, ...]) -> None:
        for position, unit in enumerate(units):
            place = self.origin.at(section, index, field, position)
            if self.units and unit not in self.units:
                unknown(unit, "organisation", self.units, place, self.faults, "organisations.yaml")
            if unit in units[:position]:
                self.faults.add("unit-twice", place, f"'{unit}' is named twice", "Name each unit once")


def _inside_text(part: Task | Target | Goal) -> str:
    return f"chapter '{part.chapter}'" + (f", action '{part.action}'" if part.action else ", no action")
