"""What is written reads back the same, and a check looks at anything without stumbling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from dafeng.errors import Collector
from dafeng.plan import Plans, check, current_targets, dump, load, read, superseded_by, versions_of
from dafeng.plan.loader import read_file
from dafeng.plan.organisation import Organisation, OrganisationsFile
from dafeng.plan.part import Part
from dafeng.plan.periods import PERIODS
from dafeng.plan.place import Place, PlacesFile
from dafeng.plan.schema import EvidenceFile, Goal, Plan, Target, Task

FILES: list[tuple[str, type[Part]]] = [
    ("plan.yaml", Plan),
    ("plan-2024.yaml", Plan),
    ("organisations.yaml", OrganisationsFile),
    ("places.yaml", PlacesFile),
    ("evidence.yaml", EvidenceFile),
]


def read_back(text: str, model: type[BaseModel], folder: Path) -> BaseModel | None:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    faults = Collector("file")
    found, _ = read_file(model, path, faults)
    faults.done()
    return found


@pytest.mark.parametrize(("name", "model"), FILES, ids=[name for name, _ in FILES])
def test_a_file_of_the_pack_survives_writing(name: str, model: type[Part], shanghai: Plans, tmp_path: Path) -> None:
    source = shanghai.origin("peaking-2022").file
    assert source is not None
    faults = Collector(name)
    before, _ = read_file(model, source.path.parent / name, faults)
    assert faults.faults == []
    assert before is not None
    assert read_back(dump(before), model, tmp_path) == before


def test_a_pack_survives_writing(shanghai: Plans, tmp_path: Path) -> None:
    names = {"peaking-2022": "plan.yaml", "transition-2024": "plan-2024.yaml"}
    for plan in shanghai.plans:
        (tmp_path / names[plan.id]).write_text(dump(plan), encoding="utf-8")
    parts = {
        "organisations.yaml": OrganisationsFile(organisations=shanghai.organisations),
        "places.yaml": PlacesFile(places=shanghai.places),
        "evidence.yaml": EvidenceFile(notes=shanghai.notes),
    }
    for name, part in parts.items():
        (tmp_path / name).write_text(dump(part), encoding="utf-8")
    again = load(tmp_path)
    assert (again.plans, again.organisations) == (shanghai.plans, shanghai.organisations)
    assert (again.places, again.notes) == (shanghai.places, shanghai.notes)


# Few ids, so that links meet their ends, themselves and one another.
ids = st.sampled_from(["a", "b", "c"])
links = st.sampled_from(["", "a", "b", "c", "d"])
words = st.sampled_from(["", " ", "是", "no", "2024", "a: b", "“甲”，乙", "1e3", "- x"])
label = st.fixed_dictionaries({"zh": words, "en": words})
year = st.none() | st.integers(2015, 2036)
periods = st.none() | st.sampled_from(sorted(PERIODS))
numbers = st.floats(-1e6, 1e6, allow_nan=False)
units = st.lists(links, max_size=3).map(tuple)
promise = {
    "id": ids,
    "chapter": links,
    "action": links,
    "task": links,
    "year": year,
    "period": periods,
    "from_year": year,
    "hedge": st.none() | st.sampled_from(["力争", "原则上", "争取", "确保"]),
    "clause": words,
    "supersedes": links,
}
targets = st.fixed_dictionaries(
    {
        **promise,
        "indicator": words,
        "value": numbers,
        "value_max": st.none() | numbers,
        "unit": st.sampled_from(["", "%", "万千瓦", "甲乙", "倍"]),
        "comparator": st.sampled_from(["=", ">=", "<=", "~"]),
        "strict": st.booleans(),
        "direction": st.none() | st.sampled_from(["increase_to", "increase_by", "decrease_to", "annual_growth"]),
        "baseline_year": year,
        "baseline_assumed": st.none() | label,
        "measure": st.none() | st.sampled_from(["level", "ratio", "chain"]),
        "strength": st.sampled_from(["binding", "expected", "striving"]),
        "lead": units,
        "note": st.none() | label,
    }
)
rules = st.fixed_dictionaries({"indicator": words, "test": st.just("not_increasing"), "since": st.integers(2015, 2036)})
goals = st.fixed_dictionaries({**promise, "label": label, "rule": st.none() | rules})
tasks = st.fixed_dictionaries(
    {
        "id": ids,
        "no": words,
        "title": label,
        "chapter": links,
        "action": links,
        "units": units,
        "lead": units,
        "clause": words,
    }
)
actions = st.fixed_dictionaries({"id": ids, "no": words, "title": label, "short": label, "chapter": links})
plans = st.fixed_dictionaries(
    {
        "id": ids,
        "title": label,
        "issuer": label,
        "document": words,
        "issued": st.sampled_from(["2020", "2021-06", "2021-06-30"]),
        "horizon": st.tuples(st.integers(2015, 2036), st.integers(2015, 2036)),
        "supersedes": links,
        "chapters": st.lists(st.fixed_dictionaries({"id": ids, "no": words, "title": label}), min_size=1, max_size=2),
        "actions": st.lists(actions, max_size=2),
        "tasks": st.lists(tasks, max_size=2),
        "targets": st.lists(targets, max_size=3),
        "goals": st.lists(goals, max_size=2),
    }
).map(Plan.model_validate)
organisations = st.fixed_dictionaries(
    {
        "id": ids,
        "label": label,
        "short": label,
        "type": st.sampled_from(["department", "group"]),
        "aliases": st.lists(words, max_size=2),
        "members": units,
        "place": links,
    }
).map(Organisation.model_validate)
tiles = st.fixed_dictionaries({"column": st.integers(0, 1), "row": st.integers(0, 1)})
places = st.fixed_dictionaries(
    {
        "id": ids,
        "kind": st.sampled_from(["city", "district", "area"]),
        "label": label,
        "parent": links,
        "tile": st.none() | tiles,
    }
).map(Place.model_validate)


@settings(max_examples=60)
@given(plans)
def test_any_plan_survives_writing(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    assert read_back(dump(plan), Plan, tmp_path_factory.mktemp("plan")) == plan


@settings(max_examples=150)
@given(
    st.lists(plans, min_size=1, max_size=3, unique_by=lambda plan: plan.id),
    st.lists(organisations, max_size=3),
    st.lists(places, max_size=3),
)
def test_a_check_looks_at_anything_and_says_all_of_a_fault(
    versions: list[Plan], units: list[Organisation], spots: list[Place]
) -> None:
    faults = Collector("any")
    check(Plans(tuple(versions), tuple(units), tuple(spots)), faults)
    assert [
        fault for fault in faults.faults if not (fault.code and fault.place and fault.message and fault.remedy)
    ] == []
    assert [fault for fault in faults.faults if fault.message.endswith(".") or fault.remedy.endswith(".")] == []


@settings(max_examples=150)
@given(st.lists(plans, min_size=1, max_size=3))
def test_versions_are_found_whatever_the_links(versions: list[Plan]) -> None:
    everything = {target.id for plan in versions for target in plan.targets}
    gone = superseded_by(versions)
    current = {target.id for target in current_targets(versions)}
    assert current == everything - set(gone)
    for id in everything:
        chain = [target.id for target in versions_of(versions, id)]
        assert id in chain
        assert len(set(chain)) == len(chain)


@given(
    st.lists(st.sampled_from(["value: 1", "values: 1", "value: x", "unit: []", "? a", "- b", "no: yes"]), max_size=4)
)
def test_a_broken_file_gives_faults_and_no_exception(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "plan.yaml").write_text("\n".join(lines), encoding="utf-8")
    faults = Collector("broken")
    read(folder, faults)
    assert {fault.place.split(":")[0] for fault in faults.faults} >= {"plan.yaml", "organisations.yaml", "places.yaml"}


def test_models_are_frozen_and_closed() -> None:
    for model in (Plan, Target, Goal, Task, Organisation, Place):
        settings_of: Any = model.model_config
        assert settings_of["frozen"] and settings_of["extra"] == "forbid"
        assert [name for name, field in model.model_fields.items() if not field.description] == []
