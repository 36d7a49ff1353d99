"""The guide to city packs says what the models take."""

from __future__ import annotations

import re
from pathlib import Path

from tests.plan.guide import BLOCK, GUIDE, written

from dafeng.plan.organisation import Organisation, OrganisationsFile
from dafeng.plan.place import Place, PlacesFile, Tile
from dafeng.plan.schema import Action, Chapter, EvidenceNote, Goal, GoalRule, Plan, Target, Task

MODELS = (Action, Chapter, EvidenceNote, Goal, GoalRule, Organisation, Place, Plan, Target, Task, Tile)


def test_field_tables_are_those_of_the_models() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m tests.plan.guide"


def test_every_model_of_a_plan_has_its_table() -> None:
    shown = {match["model"] for match in BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))}
    assert {model.__name__ for model in MODELS} - shown == set()
    assert {len(OrganisationsFile.model_fields), len(PlacesFile.model_fields)} == {1}


def test_every_fault_of_a_plan_is_explained() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    sources = Path(__file__).parents[2].joinpath("src/dafeng/plan").rglob("*.py")
    raised = {
        code
        for path in sources
        for code in re.findall(r'faults\.add\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(raised) > 25
    assert sorted(code for code in raised if f"`{code}`" not in text) == []
