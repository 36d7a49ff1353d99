"""From a document through decisions to a plan: only what was accepted, as it was accepted."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dafeng.city import City, load
from dafeng.compiler import Compiled, compile_text
from dafeng.errors import Collector, Conflict, FaultsFound, Refused
from dafeng.plan.schema import Plan
from dafeng.review import Decision, Decisions, accepted, accepted_yaml, items, read_header, undecided
from dafeng.review.decision import Changes, digest, from_form, read, write
from dafeng.review.outcome import proposed_yaml
from dafeng.review.passage import lines, marks
from dafeng.review.stored import from_json, to_json
from dafeng.store import yamlfile

TOY = Path(__file__).parents[1] / "cities" / "toy"
TEXT = """\
示例市碳达峰实施方案

一、主要目标

到2025年，单位生产总值能源消耗比2021年下降10%。到2030年，非化石能源占能源消费总量比重力争达到25%。

二、重点任务

（一）能源绿色低碳转型行动

1．大力发展新能源。到2030年，光伏装机容量不低于90万千瓦。煤炭消费总量只减不增。（责任单位：市计划委、市建设局，各区政府）

2．推进节能改造。到2025年，累计完成建筑节能改造100万平方米以上。（责任单位：市建设局、市气象局）

示例市人民政府
2021年6月30日
"""


@cache
def toy() -> City:
    return load(str(TOY))


@cache
def compiled() -> Compiled:
    city = toy()
    return compile_text(TEXT, organisations=city.organisations, indicators=tuple(city.indicators.values()))


def decided(verdict: Any = "accept", **others: Decision) -> Decisions:
    """Decide on every item in the same way, but for the positions given as t0, t1 ... among the targets."""
    made = {item.id: Decision(item=item.id, verdict=verdict) for item in items(compiled())}
    made |= {decision.item: decision for decision in others.values()}
    return Decisions(document="plan.txt", sha256=digest(TEXT), decisions=tuple(made.values()))


def targets() -> list[str]:
    return [item.id for item in items(compiled()) if item.kind == "target"]


def plan(decisions: Decisions) -> Plan:
    return accepted(compiled(), decisions, read_header(compiled(), "plan").header, toy().organisations)


def test_every_target_goal_and_task_is_an_item_in_the_order_of_the_text() -> None:
    found = items(compiled())
    assert len(found) == len(compiled().targets) + len(compiled().goals) + len(compiled().tasks)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert len({item.id for item in found}) == len(found)
    assert {TEXT[item.start : item.end] for item in found if item.kind == "target"} == {"10", "25", "90", "100"}


def test_the_header_is_read_from_the_document() -> None:
    guess = read_header(compiled(), "plan")
    assert (guess.header.issued, guess.header.issuer.zh, guess.missing) == ("2021-06-30", "示例市人民政府", ())
    given = read_header(compiled(), "计划", id="mine", issuer="某局", issued="2022-01-01", document="doc")
    assert (given.header.id, given.header.issuer.zh, given.header.issued) == ("mine", "某局", "2022-01-01")


def test_what_a_document_does_not_say_is_named() -> None:
    bare = compile_text("一、主要目标\n\n到2030年，非化石能源占能源消费总量比重达到25%，碳排放达到峰值。\n")
    assert read_header(bare, "bare").missing == ("issued", "issuer")


def test_all_accepted_is_what_the_compiler_proposes() -> None:
    found = plan(decided())
    assert len(found.targets) == len(compiled().targets)
    assert {(t.indicator, t.value, t.due) for t in found.targets} >= {("power.pv_capacity", 90, 2030)}


def test_nothing_enters_a_plan_unseen() -> None:
    some = decided().model_copy(update={"decisions": decided().decisions[1:]})
    first = items(compiled())[0].id
    total = len(items(compiled()))
    with pytest.raises(Refused) as caught:
        plan(some)
    assert str(caught.value) == (
        f"1 of {total} items have no decision yet ({first}). "
        "Accept, edit or reject each of them; nothing enters a plan unseen."
    )
    assert [item.id for item in undecided(compiled(), some.by_item())] == [first]


def test_rejected_items_stay_out_and_changes_come_in() -> None:
    out, edited = targets()[0], targets()[1]
    found = plan(
        decided(
            a=Decision(item=out, verdict="reject"),
            b=Decision(item=edited, verdict="edit", changes=Changes(value=26.5, hedge=None)),
        )
    )
    assert len(found.targets) == len(compiled().targets) - 1
    (share,) = [t for t in found.targets if t.indicator == "energy.non_fossil_share"]
    assert (share.value, share.hedge) == (26.5, None)


def test_an_indicator_that_a_person_chose_is_taken() -> None:
    found = plan(
        decided(
            a=Decision(
                item=targets()[-1], verdict="edit", changes=Changes(indicator_id="buildings.retrofit_area", value=120)
            )
        )
    )
    assert {t.value for t in found.targets if t.indicator == "buildings.retrofit_area"} == {120}


def test_rejecting_everything_makes_no_plan() -> None:
    with pytest.raises(Refused, match="every item was rejected"):
        plan(decided("reject"))


def test_decisions_on_another_text_are_refused() -> None:
    with pytest.raises(Conflict, match="the decisions are on another text"):
        plan(decided().model_copy(update={"sha256": "0" * 64}))


def test_decisions_on_items_the_text_does_not_have_are_refused() -> None:
    with pytest.raises(FaultsFound, match="the document has no such item"):
        plan(decided(a=Decision(item="target-99999", verdict="accept")))


def test_decisions_are_written_and_read_back(tmp_path: Path) -> None:
    made = decided(
        a=Decision(item=targets()[1], verdict="edit", changes=Changes(value=26, hedge=None), note="据原文", who="甲")
    )
    file = tmp_path / "decisions.yaml"
    file.write_text(write("plan.txt", TEXT, made.decisions), encoding="utf-8")
    again = read(file)
    assert again == made
    assert again.by_item()[targets()[1]].changes.given() == {"value": 26, "hedge": None}


def test_the_plan_file_is_valid_and_says_how_it_was_reviewed(tmp_path: Path) -> None:
    header = read_header(compiled(), "plan").header
    file = tmp_path / "plan.yaml"
    made = decided(a=Decision(item=targets()[0], verdict="reject"))
    file.write_text(accepted_yaml(compiled(), made, header, toy().organisations), encoding="utf-8")
    count = len(items(compiled())) - 1
    assert file.read_text(encoding="utf-8").startswith(
        f"# Reviewed item by item: {count} accepted, 0 changed, 1 rejected.\n"
    )
    assert valid(file) == plan(made)
    file.write_text(proposed_yaml(compiled(), header, ("issued",)), encoding="utf-8")
    assert file.read_text(encoding="utf-8").startswith(f"# A proposal, not reviewed: {count + 1} items to decide on.\n")
    assert len(valid(file).targets) == len(compiled().targets)


def valid(path: Path) -> Plan:
    faults = Collector(path.name)
    file = yamlfile.read(path, faults)
    assert file is not None
    found = yamlfile.parse(Plan, file, faults)
    faults.done()
    assert found is not None
    return found


BAD: list[tuple[dict[str, Any], str]] = [
    ({"item": "target-1", "verdict": "edit"}, "a decision to edit has changes"),
    ({"item": "target-1", "verdict": "accept", "changes": {"value": 1}}, "only a decision to edit has changes"),
    ({"item": "task-1", "verdict": "edit", "changes": {"value": 1}}, "a task has no field value"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": None}}, "value cannot be empty"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": 3, "value_max": 2}}, "must be greater than value"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": float("nan")}}, "finite number"),
    ({"item": "target-1", "verdict": "perhaps"}, "Input should be 'accept', 'edit' or 'reject'"),
    ({"item": "../../x", "verdict": "accept"}, "String should match pattern"),
]


@pytest.mark.parametrize(("data", "said"), BAD, ids=[said for _, said in BAD])
def test_a_decision_that_cannot_be_meant_is_refused(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Decision.model_validate(data)


def test_two_decisions_on_one_item_are_refused() -> None:
    one = Decision(item="target-1", verdict="accept")
    with pytest.raises(ValidationError, match="two decisions on target-1"):
        Decisions(sha256="0" * 64, decisions=(one, one))


def test_a_form_gives_only_what_was_changed() -> None:
    item = next(item for item in items(compiled()) if item.id == targets()[2])
    same = {name: "" if value is None else str(value) for name, value in item.values().items() if name != "strict"}
    assert from_form(item, same) == {}
    assert from_form(item, {**same, "value": "95", "year": "2031", "strict": "1"}) == {
        "value": 95.0,
        "year": 2031,
        "strict": True,
    }
    task = next(item for item in items(compiled()) if item.kind == "task")
    assert from_form(task, {"title": task.values()["title"], "units": "甲局、乙局\n丙局", "lead": ""})["units"] == [
        "甲局",
        "乙局",
        "丙局",
    ]


def test_a_compilation_comes_back_unchanged_from_the_database() -> None:
    assert from_json(TEXT, to_json(compiled())) == compiled()


def test_the_marked_text_is_the_text() -> None:
    proposed = items(compiled())
    shown = ["".join(piece.text for piece in line.pieces) for line in lines(compiled(), proposed)]
    assert shown == [line for line in TEXT.split("\n") if line.strip()]
    assert {mark.item for mark in marks(compiled(), proposed)} >= {item.id for item in proposed}
    anchors = [a for line in lines(compiled(), proposed) for piece in line.pieces for a in piece.anchors]
    assert len(anchors) == len(set(anchors))
    assert set(anchors) >= {item.id for item in proposed}


def test_the_title_is_the_line_of_its_own_and_not_a_line_that_names_it() -> None:
    text = f"<!-- 示例市碳达峰实施方案，公开稿 -->\n\n# {TEXT}"
    found = compile_text(text)
    assert found.title == "示例市碳达峰实施方案"
    titles = [
        "".join(piece.text for piece in line.pieces) for line in lines(found, items(found)) if line.role == "title"
    ]
    assert titles == ["示例市碳达峰实施方案"]
