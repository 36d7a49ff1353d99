"""Who answers for a target or a goal, and who is counted for it."""

from __future__ import annotations

from dataclasses import dataclass

from dafeng.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers: `lead` as the plan names it, `joint` the other units, `owner` the one that is counted."""

    lead: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """The unit that leads, or is listed first where the plan names no lead; "" where it names nobody."""
        return (*self.lead, *self.joint, "")[0]

    @classmethod
    def of(cls, plan: Plan, task: str, lead: tuple[str, ...] = ()) -> Answering:
        """Read who answers: the units of the task, and the target's own lead where it names one."""
        found = next((item for item in plan.tasks if item.id == task), None)
        leading = lead or (found.lead if found else ())
        return cls(leading, tuple(unit for unit in (found.units if found else ()) if unit not in leading))
