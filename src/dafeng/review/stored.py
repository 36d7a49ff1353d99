"""A compilation as JSON and back, so that a review goes on unchanged after the compiler has learnt more."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dafeng.compiler import Compiled
from dafeng.compiler.result import (
    ActionRecord,
    Candidate,
    ExcludedRecord,
    GoalRecord,
    SectionRecord,
    TargetRecord,
    TaskRecord,
)
from dafeng.labels import Label

_PARTS: dict[str, type] = {
    "sections": SectionRecord,
    "actions": ActionRecord,
    "tasks": TaskRecord,
    "targets": TargetRecord,
    "goals": GoalRecord,
    "excluded": ExcludedRecord,
}
_TUPLES = ("units", "lead", "messages", "unresolved")


def to_json(compiled: Compiled) -> str:
    """Write a compilation, its text left out."""
    data = asdict(compiled)
    del data["text"]
    data["messages"] = [message.model_dump() for message in compiled.messages]
    return json.dumps(data, ensure_ascii=False)


def from_json(text: str, stored: str) -> Compiled:
    """Read a compilation of `text` back."""
    data: dict[str, Any] = json.loads(stored)
    for name, record in _PARTS.items():
        data[name] = tuple(record(**_frozen(item)) for item in data[name])
    data["messages"] = [_label(message) for message in data["messages"]]
    return Compiled(text=text, **_frozen(data))


def _label(message: Any) -> Label:
    """Read one message; reviews begun before messages had two languages hold the English alone."""
    return Label(zh=message, en=message) if isinstance(message, str) else Label.model_validate(message)


def _frozen(item: dict[str, Any]) -> dict[str, Any]:
    out = dict(item)
    for name in _TUPLES:
        if isinstance(out.get(name), list):
            out[name] = tuple(out[name])
    if isinstance(out.get("groups"), list):
        out["groups"] = tuple(tuple(group) for group in out["groups"])
    if isinstance(out.get("candidates"), list):
        out["candidates"] = tuple(Candidate(**candidate) for candidate in out["candidates"])
    return out
