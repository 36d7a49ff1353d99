"""Shanghai's plan is entered whole, and as the annotated text has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from dafeng.labels import Label
from dafeng.plan import Plans, references
from dafeng.plan.organisation import resolve
from dafeng.plan.schema import Plan, Target, Task

#: Target and field where the data differs from the annotation on purpose, and why. Baseline years that are marked as
#: assumed are compared as open, which is what the annotation has.
DIFFERENCES: dict[tuple[str, str], str] = {}
FIELDS = (
    "value",
    "value_max",
    "unit",
    "year",
    "period",
    "from_year",
    "comparator",
    "strict",
    "direction",
    "baseline_year",
    "hedge",
    "kind",
    "action",
    "task",
    "chapter",
)
LONGEST_QUOTATION = 11


@pytest.fixture(scope="module")
def plan(shanghai: Plans) -> Plan:
    return shanghai.plan("peaking-2022")


def test_the_plan_is_whole(plan: Plan) -> None:
    counts = [len(part) for part in (plan.chapters, plan.actions, plan.tasks, plan.targets, plan.goals)]
    assert counts == [5, 10, 52, 69, 17]
    assert sum(len(task.units) for task in plan.tasks) == 269
    assert [len([t for t in plan.tasks if t.action == a.id]) for a in plan.actions] == [4, 4, 4, 4, 4, 5, 4, 5, 4, 3]
    assert [task.id for task in plan.tasks if not task.units or task.lead or task.etc] == []


def test_targets_are_standards_or_targets_and_firm_by_rule(plan: Plan) -> None:
    assert sum(target.kind == "standard" for target in plan.targets) == 7
    assert [t.id for t in plan.targets if t.strength == "binding"] == ["intensity-2025", "co2-intensity-2030"]
    assert {t.hedge for t in plan.targets if t.strength == "striving"} == {"力争"}
    assert [t.id for t in plan.targets if t.path == "geometric"] == [
        "intensity-2025",
        "co2-intensity-2030",
        "carbon-per-turnover-2030",
    ]


def test_baselines_the_plan_leaves_open_say_so(plan: Plan) -> None:
    assumed = {target.id: target.baseline_year for target in plan.targets if target.baseline_assumed}
    assert assumed == {
        "coal-consumption-2025": 2020,
        "sea-rail-containers-2025": 2021,
        "chargers-2025": 2021,
        "parks-added-2025": 2020,
    }


def test_ids_follow_indicator_and_year(shanghai: Plans) -> None:
    exceptions = {"parks-added-2025", "demand-response-share-confirmed-2025"}
    crooked = []
    for plan in shanghai.plans:
        for target in plan.targets:
            slug = target.indicator.split(".")[-1].replace("_", "-")
            expected = slug if target.due is None else f"{slug}-{target.due}"
            if target.id != expected and target.id not in exceptions:
                crooked.append((target.id, expected))
    assert crooked == []


def as_annotated(target: Target, plan: Plan) -> dict[str, Any]:
    """A target in the annotation's terms: numbers of chapter, action and task, and no baseline that is assumed."""
    actions = {action.id: action.no for action in plan.actions}
    tasks = {task.id: task.no for task in plan.tasks}
    chapters = {chapter.id: chapter.no for chapter in plan.chapters}
    return {
        **target.model_dump(),
        "baseline_year": None if target.baseline_assumed else target.baseline_year,
        "action": actions.get(target.action),
        "task": tasks.get(target.task),
        "chapter": chapters[target.chapter],
    }


def test_every_target_is_as_annotated(plan: Plan, annotation: dict[str, Any]) -> None:
    found = {}
    for target, gold in zip(plan.targets, annotation["targets"], strict=True):
        ours = as_annotated(target, plan)
        theirs = {"strict": False, **gold, "chapter": gold["section"]}
        for field in FIELDS:
            if ours[field] != theirs.get(field):
                found[(target.id, field)] = (ours[field], theirs.get(field))
    assert {key: pair for key, pair in found.items() if key not in DIFFERENCES} == {}
    assert set(DIFFERENCES) - set(found) == set(), "a difference that is no more one"


def test_every_task_has_the_annotated_units_in_order(shanghai: Plans, plan: Plan, annotation: dict[str, Any]) -> None:
    actions = {action.id: action.no for action in plan.actions}
    chapters = {chapter.id: chapter.no for chapter in plan.chapters}

    def ours(task: Task) -> tuple[Any, ...]:
        return chapters[task.chapter], actions.get(task.action), task.no, task.units, task.lead, task.etc

    def theirs(task: dict[str, Any]) -> tuple[Any, ...]:
        units = tuple(resolve(unit, shanghai.organisations) for unit in task["units"])
        return task["section"], task["action"], task["no"], units, tuple(task["lead"]), task["etc"]

    assert [ours(task) for task in plan.tasks] == [theirs(task) for task in annotation["tasks"]]


def test_units_printed_with_a_slip_are_resolved(shanghai: Plans, annotation: dict[str, Any]) -> None:
    slips = {
        printed: unit for task in annotation["tasks"] for unit, printed in task.get("units_as_printed", {}).items()
    }
    assert slips
    for printed, unit in slips.items():
        assert resolve(printed, shanghai.organisations) == resolve(unit, shanghai.organisations)


def test_every_goal_is_as_annotated(plan: Plan, annotation: dict[str, Any]) -> None:
    actions = {action.id: action.no for action in plan.actions}
    tasks = {task.id: task.no for task in plan.tasks}
    ours = [(g.year, g.period, actions.get(g.action), tasks.get(g.task)) for g in plan.goals]
    theirs = [(g["year"], g["period"], g["action"], g["task"]) for g in annotation["non_numeric_targets"]]
    assert ours == theirs


def clause_of(part: Any, plan: Plan) -> str:
    numbers = {p.id: p.no for parts in (plan.chapters, plan.actions, plan.tasks) for p in parts}
    own = part.no if isinstance(part, Task) else numbers.get(part.task, "")
    return numbers[part.chapter] + numbers.get(part.action, "") + own


def test_clauses_are_where_the_part_stands(plan: Plan) -> None:
    parts = (*plan.tasks, *plan.targets, *plan.goals)
    assert [part.id for part in parts if part.clause != clause_of(part, plan)] == []


def test_organisations_are_all_there_and_each_spelling_leads_to_one(shanghai: Plans) -> None:
    spellings = [name for unit in shanghai.organisations for name in unit.names]
    assert len(set(spellings)) == len(spellings)
    districts = [unit for unit in shanghai.organisations if unit.type == "district"]
    group = next(unit for unit in shanghai.organisations if unit.id == "districts")
    assert group.members == tuple(unit.id for unit in districts)
    assert len(districts) == 16
    places = {place.id for place in shanghai.places if place.kind == "district"}
    assert {unit.place for unit in districts} == places


def test_places_have_one_city_sixteen_tiled_districts_and_the_areas_named(shanghai: Plans) -> None:
    kinds = {kind: [p for p in shanghai.places if p.kind == kind] for kind in ("city", "district", "area")}
    assert [len(kinds[kind]) for kind in kinds] == [1, 16, 16]
    assert [p.id for p in kinds["district"] if p.tile is None] == []
    assert [p.id for p in kinds["area"] if p.tile is not None] == []


def test_references_name_indicators_and_documents_with_their_line(shanghai: Plans) -> None:
    found = list(references(shanghai))
    assert {reference.kind for reference in found} == {"indicator", "document"}
    assert sum(reference.kind == "indicator" for reference in found) == 69 + 8 + 2
    assert all(re.fullmatch(r"(plan|plan-2024|evidence)\.yaml:\d+", reference.place) for reference in found)


def texts(part: object, path: str = "") -> Iterator[tuple[str, Label]]:
    """Every label in a model, with where it stands."""
    if isinstance(part, Label):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{path}.{name}")
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from texts(item, f"{path}.{getattr(item, 'id', index)}")


@pytest.fixture(scope="module")
def labels(shanghai: Plans) -> list[tuple[str, Label]]:
    named = [(plan.id, plan) for plan in shanghai.plans]
    named += [("places", shanghai.places), ("units", shanghai.organisations), ("notes", shanghai.notes)]  # type: ignore[list-item]
    return [pair for name, part in named for pair in texts(part, name)]


def test_our_wording_is_not_the_plans(labels: list[tuple[str, Label]], text: str) -> None:
    size = LONGEST_QUOTATION + 1
    copied = set()
    for path, label in labels:
        if path.startswith("units"):
            continue
        ours = "".join(label.zh.split())
        copied |= {(path, ours[i : i + size]) for i in range(len(ours) - size + 1) if ours[i : i + size] in text}
    assert copied == set()


def test_chinese_is_set_as_chinese(labels: list[tuple[str, Label]]) -> None:
    tight = re.compile(r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]")
    half_width = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")
    assert [(path, label.zh) for path, label in labels if tight.search(label.zh) or half_width.search(label.zh)] == []


def test_sentences_are_sentences_and_labels_are_not(labels: list[tuple[str, Label]]) -> None:
    sentence = (".summary", ".note", ".change", ".text", ".baseline_assumed")
    faults = []
    for path, label in labels:
        ends = label.zh.endswith("。"), label.en.endswith(".")
        expected = path.endswith(sentence)
        if not label.en.endswith("Co., Ltd.") and ends != (expected, expected):
            faults.append(path)
        if re.search(r"[\u4e00-\u9fff]", label.en):
            faults.append(path)
    assert faults == []
