"""What a pack brings: packed hours that stand for the written ones, fresh answers told from old, none without proof."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dafeng.city import City, load
from dafeng.dispatch import compact, kept
from dafeng.dispatch.run import Found, Question, ask
from dafeng.dispatch.shipped import certified, shipped, whole_of, write

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
ASKED = Question(years=(2030,), days=4)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("pack") / "toy"
    shutil.copytree(ROOT / "tests" / "cities" / "toy", folder)
    (folder / "power").mkdir()
    shutil.copy(EXAMPLE, folder / "power" / "spec.yaml")
    return load(folder)


@pytest.fixture(scope="module")
def found(city: City) -> Found:
    return ask(city, ASKED)


def put(folder: Path, texts: dict[int, str]) -> Path:
    for year, text in texts.items():
        (folder / f"hours-answer-{year}.json").write_text(text, encoding="utf-8")
    return folder / "hours-answer"


def test_packed_hours_are_those_that_are_written_to_half_a_step(found: Found, tmp_path: Path) -> None:
    assert found.answer is not None
    path = put(tmp_path, compact.packed("key", found.spec, found.answer))
    (tmp_path / "hours-answer-more-2030.json").write_text("{}", encoding="utf-8")
    back = compact.read(path, "key")
    rows = list(csv.reader(io.StringIO(kept.hours_csv(found.spec, found.answer))))
    values = np.array(rows[1:], dtype=float)
    assert [each.name for each in compact.files(path)] == ["hours-answer-2030.json"]
    assert list(back) == [2030] and list(back[2030]) == rows[0]
    for name, column in zip(rows[0], values.T, strict=True):
        half = compact.step_of(name) / 2 if name != "year" else 0
        assert np.abs(back[2030][name] - column).max() <= half + 1e-9, name
    assert compact.step_of("factor_tCO2_per_MWh") == 1e-3 and compact.step_of("price") == 0.1


def test_hours_of_another_answer_and_broken_ones_are_not_read(found: Found, tmp_path: Path) -> None:
    assert found.answer is not None
    sound = compact.packed("key", found.spec, found.answer)[2030]
    cut = json.loads(sound)
    cut["data"] = cut["data"][:-2]
    short = {**json.loads(sound), "rows": 7}
    broken = [json.dumps(cut), json.dumps(short), "{}", "", "[]"]
    for content, key in ((sound, "other"), *((each, "key") for each in broken)):
        assert compact.read(put(tmp_path, {2030: content}), key) == {}
    assert compact.read(tmp_path / "none", "key") == {} and compact.read(tmp_path / "no" / "folder", "key") == {}


def test_an_answer_is_fresh_while_its_question_has_the_same_name(city: City, found: Found, tmp_path: Path) -> None:
    assert found.answer is not None
    folder = tmp_path / "toy"
    shutil.copytree(city.folder, folder)
    for name in ("answer", "answer-days"):
        write(folder / "power" / name, found.record, found.spec, found.answer)
    here = shipped(load(folder))
    # The day of the peak is one of the days asked for, or one more: both are found again.
    assert [(one.name, one.fresh, one.hours is not None) for one in here] == [
        ("answer", True, True),
        ("answer-days", True, True),
    ]
    # A document that no figure of the system names changes nothing.
    cited = folder / "documents.yaml"
    more = "  - {id: more, title: 更多, title_en: More, publisher: 示例市, date: '2024-01-01', kind: plan}\n"
    cited.write_text(cited.read_text("utf-8").rstrip("\n") + "\n" + more, "utf-8")
    assert [one.fresh for one in shipped(load(folder))] == [True, True]
    spec = folder / "power" / "spec.yaml"
    spec.write_text(spec.read_text("utf-8").replace("20 TWh", "21 TWh"), "utf-8")
    assert [one.fresh for one in shipped(load(folder))] == [False, False]
    brought = tmp_path / "profiles" / city.id
    brought.mkdir(parents=True)
    (brought / "load.csv").write_text("load\n")
    assert not any(one.fresh for one in shipped(city, f"sqlite:///{tmp_path}/d.sqlite"))


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "feasible"},
        {"certificate": {"violation": 2e-6, "gap": 0.0}},
        {"certificate": {}},
        {"alternatives": [{"certificate": {"violation": 0.0, "gap": 1e-3}}]},
    ],
)
def test_what_is_not_proved_is_not_there(city: City, found: Found, tmp_path: Path, changes: dict[str, Any]) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(city.folder, folder)
    assert certified(found.record)
    (folder / "power" / "answer.json").write_text(json.dumps({**found.record, **changes}), "utf-8")
    assert shipped(load(folder)) == []


def test_a_preview_is_measured_by_an_answer_of_all_hours_that_the_pack_brings(
    city: City, found: Found, tmp_path: Path
) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(city.folder, folder)
    asked = {"years": [2030], "scenario": "", "step": 1, "days": 4}
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    assert whole_of(load(folder), jobs, tmp_path / "none", asked) is None
    record = {**ask(city, Question(years=(2030,), step=1)).record}
    (folder / "power" / "answer.json").write_text(json.dumps(record), "utf-8")
    whole = whole_of(load(folder), jobs, tmp_path / "none", asked)
    assert whole is not None and whole["key"] == record["key"]
    assert whole_of(load(folder), jobs, tmp_path / "none", {**asked, "years": [2025]}) is None
