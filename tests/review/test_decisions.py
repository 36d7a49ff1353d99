"""Decisions: what may be decided, how a form becomes one, and the file they travel in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dafeng.compiler import Compiled
from dafeng.errors import FaultsFound
from dafeng.review import Decision, Decisions, items
from dafeng.review.decision import Changes, from_form, read, write

from .conftest import TEXT, Decide, ids

BAD: list[tuple[dict[str, Any], str]] = [
    ({"item": "target-1", "verdict": "edit"}, "a decision to edit has changes"),
    ({"item": "target-1", "verdict": "accept", "changes": {"value": 1}}, "only a decision to edit has changes"),
    ({"item": "task-1", "verdict": "edit", "changes": {"value": 1}}, "a task has no field value"),
    ({"item": "goal-1", "verdict": "edit", "changes": {"value": 1}}, "a goal has no field value"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": None}}, "value cannot be empty"),
    ({"item": "excluded-1", "verdict": "edit", "changes": {"indicator": None}}, "indicator cannot be empty"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": 3, "value_max": 2}}, "must be greater than value"),
    ({"item": "target-1", "verdict": "edit", "changes": {"invented": 5}}, "invented"),
    ({"item": "target-1", "verdict": "perhaps"}, "should be 'accept', 'edit' or 'reject'"),
    ({"item": "../../x", "verdict": "accept"}, "should match pattern"),
]


@pytest.mark.parametrize(("data", "said"), BAD, ids=[said for _, said in BAD])
def test_a_decision_that_cannot_be_meant_is_refused_in_memory_and_in_a_file(
    data: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(ValidationError, match=said):
        Decision.model_validate(data)
    file = tmp_path / "d.json"
    file.write_text(json.dumps({"sha256": "0" * 64, "decisions": [data]}), encoding="utf-8")
    with pytest.raises(FaultsFound, match=said):
        read(file)


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="finite number"):
        Changes(value=float("nan"))


def test_two_decisions_on_one_item_are_refused() -> None:
    one = Decision(item="target-1", verdict="accept")
    with pytest.raises(ValidationError, match="two decisions on target-1"):
        Decisions(sha256="0" * 64, decisions=(one, one))


def test_a_decisions_file_reads_back_as_yaml_and_as_json(compiled: Compiled, decided: Decide, tmp_path: Path) -> None:
    target = ids(compiled, "target")[1]
    changes = Changes(value=26, hedge=None, unit="")
    made = decided(Decision(item=target, verdict="edit", changes=changes, note="据原文", who="甲"))
    for name, text in (
        ("d.yaml", write("plan.md", TEXT, made.decisions)),
        ("d.json", made.model_dump_json(exclude_unset=True)),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        again = read(tmp_path / name)
        assert again.by_item()[target].changes.given() == {"value": 26, "hedge": None, "unit": ""}
        assert again == made


def test_a_form_gives_only_what_was_changed(compiled: Compiled) -> None:
    item = next(item for item in items(compiled) if item.id == ids(compiled, "target")[2])
    same = {name: "" if value is None else str(value) for name, value in item.values().items() if name != "strict"}
    assert from_form(item, same) == {}
    assert from_form(item, {**same, "value": "95", "year": "2031", "strict": "1"}) == {
        "value": 95.0,
        "year": 2031,
        "strict": True,
    }
    task = next(item for item in items(compiled) if item.kind == "task")
    form = {"title": task.values()["title"], "units": "甲局、乙局\n丙局", "lead": ""}
    assert from_form(task, form)["units"] == ["甲局", "乙局", "丙局"]
