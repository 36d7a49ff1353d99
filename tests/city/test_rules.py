"""The rule language: what its words mean, and that nothing else can be written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dafeng.city import City
from dafeng.city.rules import GOAL_FLAGS, TARGET_BLANKS, TARGET_FLAGS, TARGET_NUMBERS, Case, Rules, read
from dafeng.errors import Collector
from dafeng.store import yamlfile

NO = dict.fromkeys(TARGET_FLAGS, False)
NOTHING = dict.fromkeys(TARGET_NUMBERS)
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "assessment.md"


def decide(rules: Rules, flags: dict[str, bool], numbers: dict[str, float | None] | None = None) -> str:
    return rules.decide(rules.targets, Case({**NO, **flags}, {**NOTHING, **(numbers or {})})).id


def test_the_first_rule_that_fits_decides(toy: City) -> None:
    rules = toy.rules
    assert decide(rules, {}) == "no-figure"
    assert decide(rules, {"has_low": True}) == "low-confidence-only"
    assert decide(rules, {"has_low": True, "awaited": True}) == "figure-awaited"
    assert decide(rules, {"has_evidence": True, "stale": True, "satisfied": True}) == "stale"
    assert decide(rules, {"has_evidence": True, "satisfied": True, "due_passed": True}) == "met"
    path = {"has_evidence": True, "has_path": True}
    assert decide(rules, path, {"behind": 0.0}) == "on-track"
    assert decide(rules, path, {"behind": -3.0}) == "on-track"
    assert decide(rules, path, {"behind": 0.2999}) == "at-risk"
    assert decide(rules, path, {"behind": 0.3}) == "off-track"
    assert decide(rules, {**path, "wrong_way": True}, {"behind": 1.5}) == "wrong-way"


def test_a_number_that_is_absent_fulfils_no_comparison(toy: City) -> None:
    rule = toy.rules.targets[-1].model_copy(update={"id": "last", "when": ()})
    for operator in ("<", "<=", ">", ">=", "=="):
        asked = rule.model_copy(update={"id": "asked", "when": (f"behind {operator} 0",)})
        assert toy.rules.decide((asked, rule), Case(NO, NOTHING)).id == "last"


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("age > max_age_years", 4.0, False),
        ("age > max_age_years", 4.1, True),
        ("age >= 4", 4.0, True),
        ("age == 4", 4.0, True),
        ("age < points", 4.0, True),
        ("age <= -1.5", -1.5, True),
    ],
)
def test_comparisons(condition: str, value: float, holds: bool, toy: City) -> None:
    last = toy.rules.targets[-1].model_copy(update={"id": "last", "when": ()})
    asked = last.model_copy(update={"id": "asked", "when": (condition,)})
    case = Case(NO, {**NOTHING, "age": value, "points": 5.0})
    assert (toy.rules.decide((asked, last), case).id == "asked") is holds


def test_the_shipped_rules_are_those_of_the_toy(toy: City, shanghai: City) -> None:
    assert toy.rules == shanghai.rules


def test_every_word_is_written_down_in_the_guide() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for word in (*TARGET_FLAGS, *TARGET_NUMBERS, *GOAL_FLAGS, *TARGET_BLANKS):
        assert f"`{word}`" in text, word


def test_every_rule_can_be_reached_and_printed(shanghai: City) -> None:
    for rule in (*shanghai.rules.targets, *shanghai.rules.goals):
        assert rule.text.zh.endswith("。")
        assert rule.text.en.endswith(".")
    assert len({rule.id for rule in shanghai.rules.targets}) == len(shanghai.rules.targets)


def test_a_missing_threshold_is_a_fault(tmp_path: Path, toy: City) -> None:
    data = yaml.safe_load((toy.folder / "rules.yaml").read_text(encoding="utf-8"))
    del data["thresholds"]["off_behind"]
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    faults = Collector("toy")
    file = yamlfile.read(path, faults)
    assert file is not None
    assert read(file, faults) is None
    assert {fault.code for fault in faults.faults} == {"rule-threshold", "rule-word"}
