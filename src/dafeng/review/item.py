"""What a person decides on, one by one: the targets, goals and tasks that a compilation proposes."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Literal

from dafeng.compiler import Compiled
from dafeng.compiler.result import Candidate, GoalRecord, TargetRecord, TaskRecord

ItemKind = Literal["target", "goal", "task", "excluded"]
Record = TargetRecord | GoalRecord | TaskRecord
#: Fields a person may change, by kind of item; `indicator_id` is the indicator of the glossary.
EDITABLE: dict[str, tuple[str, ...]] = {
    "target": (
        "indicator",
        "indicator_id",
        "value",
        "value_max",
        "unit",
        "year",
        "period",
        "from_year",
        "comparator",
        "strict",
        "hedge",
        "direction",
        "baseline_year",
        "kind",
    ),
    "goal": ("quote", "year", "period", "hedge"),
    "task": ("title", "units", "lead"),
}
EDITABLE["excluded"] = EDITABLE["target"]
#: From this confidence on an item is called sure, below the other doubtful.
SURE, DOUBTFUL = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Item:
    """One proposed target, goal or task; or a number left out (`excluded`), whose record is the target it would be.

    `id` is its kind and the place of its number or words in the text, so that it stays the same while the text does.
    `position` counts within its kind; `start` and `end` are code points into the text.
    """

    id: str
    kind: ItemKind
    position: int
    start: int
    end: int
    record: Record
    confidence: float | None

    @property
    def trust(self) -> str:
        """Give high, medium or low; "" where the compiler states no confidence."""
        if self.confidence is None:
            return ""
        return "high" if self.confidence >= SURE else "medium" if self.confidence >= DOUBTFUL else "low"

    @property
    def indicator(self) -> str:
        """Give the indicator of the glossary a target was linked to, "" for none and for other items."""
        return self.record.link if isinstance(self.record, TargetRecord) else ""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """List the indicators a target may belong to, the likeliest first."""
        return self.record.candidates if isinstance(self.record, TargetRecord) else ()

    def values(self) -> dict[str, Any]:
        """Give the fields a person may change, with what was read."""
        own = {field.name for field in fields(self.record)}
        found = {name: getattr(self.record, name) for name in EDITABLE[self.kind] if name in own}
        if isinstance(self.record, TargetRecord):
            found["indicator_id"] = self.record.link
            found["value"] = None if math.isnan(self.record.value) else self.record.value
        return {name: found[name] for name in EDITABLE[self.kind]}


def items(compiled: Compiled) -> tuple[Item, ...]:
    """List what is to be decided, in the order of the text."""
    out: list[Item] = []
    seen: dict[str, int] = {}

    def add(kind: ItemKind, position: int, start: int, end: int, record: Record, confidence: float | None) -> None:
        base = f"{kind}-{start}"
        seen[base] = seen.get(base, 0) + 1
        id = base if seen[base] == 1 else f"{base}-{seen[base]}"
        out.append(Item(id, kind, position, start, end, record, confidence))

    for n, task in enumerate(compiled.tasks):
        add("task", n, task.title_start, max(task.title_end, task.title_start), task, None)
    for n, target in enumerate(compiled.targets):
        add("target", n, target.value_start, target.value_end, target, target.confidence)
    for n, goal in enumerate(compiled.goals):
        add("goal", n, goal.start, goal.end, goal, None)
    return tuple(sorted(out, key=lambda item: (item.start, item.kind, item.position)))
