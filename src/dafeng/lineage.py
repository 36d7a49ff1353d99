"""The tree that says where a number comes from: formulas, facts, parameters, documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dafeng.labels import Label

Kind = Literal["formula", "fact", "parameter", "document", "rule", "note"]


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a lineage; `value` is in `unit`, NaN where absent, None where the step has no number.

    `ref` is a clause, document id or rule id; `status` and `confidence` are those of a fact.
    """

    kind: Kind
    id: str
    label: Label | None = None
    value: float | None = None
    unit: str = ""
    year: int | None = None
    ref: str = ""
    status: str = ""
    confidence: str = ""
    note: str = ""
    children: tuple[Node, ...] = field(default=())

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def as_dict(self) -> dict[str, Any]:
        """Give the tree for JSON; NaN becomes null."""
        value = None if self.value is None or self.value != self.value else self.value
        return {
            "kind": self.kind,
            "id": self.id,
            "label": self.label.model_dump() if self.label else None,
            "value": value,
            "unit": self.unit,
            "year": self.year,
            "ref": self.ref,
            "status": self.status,
            "confidence": self.confidence,
            "note": self.note,
            "children": [child.as_dict() for child in self.children],
        }
