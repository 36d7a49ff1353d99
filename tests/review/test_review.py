"""Items, decisions and what becomes of them; the database behind reviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.city import load
from dafeng.compiler import Compiled, compile_text
from dafeng.errors import Collector, Conflict, FaultsFound, NotFound, Refused
from dafeng.plan.loader import read_file
from dafeng.plan.schema import Plan
from dafeng.review import Decision, Decisions, accepted, accepted_yaml, decision, items, read_header, store, stored
from dafeng.review.outcome import proposed_yaml
from dafeng.review.passage import lines
from dafeng.store import audit
from dafeng.store import database as databases

TOY = Path(__file__).parents[1] / "cities" / "toy"
TEXT = """# 示例市碳达峰实施方案

## 一、主要目标

到2030年，非化石能源占比达到25%，光伏装机容量力争达到90万千瓦，确保2030年前实现碳达峰。

## 二、重点任务

### （一）能源绿色低碳转型行动

1．大力发展可再生能源。推动能源消费、碳排放双控。到2025年，光伏装机容量达到40万千瓦以上。（责任单位：市计划委、市建设局）

2．推进建筑节能降碳。新建建筑单体面积超过2万平方米的，优先采用可再生能源。（责任单位：市交通局）

示例市人民政府

2021年6月30日
"""


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    city = load(str(TOY))
    return compile_text(TEXT, organisations=city.organisations, indicators=list(city.indicators.values()))


def all_of(compiled: Compiled, **other: Decision) -> Decisions:
    made = [other.get(i.id.replace("-", "_"), Decision(item=i.id, verdict="accept")) for i in items(compiled)]
    return Decisions(document="plan.md", sha256=decision.digest(compiled.text), decisions=tuple(made))


def first(compiled: Compiled, kind: str) -> str:
    return next(item.id for item in items(compiled) if item.kind == kind)


def test_items_are_named_by_their_place_in_the_text(compiled: Compiled) -> None:
    found = items(compiled)
    assert len({item.id for item in found}) == len(found)
    assert [i.start for i in found] == sorted(i.start for i in found)
    targets = [item for item in found if item.kind == "target"]
    assert [TEXT[i.start : i.end] for i in targets] == ["25", "90", "40"]
    assert targets[0].id == f"target-{TEXT.index('25%')}"


def test_marks_cover_the_text_and_lose_none_of_it(compiled: Compiled) -> None:
    found = list(lines(compiled, items(compiled)))
    whole = "".join(piece.text for line in found for piece in line.pieces)
    assert whole == "".join(line.lstrip("# ") for line in TEXT.split("\n"))
    assert {piece.kind for line in found for piece in line.pieces} >= {"", "task", "unit", "target", "value"}
    anchored = [anchor for line in found for piece in line.pieces for anchor in piece.anchors]
    assert set(anchored) >= {item.id for item in items(compiled)}
    assert len(anchored) == len(set(anchored))


def test_the_header_says_what_the_document_does_not(compiled: Compiled) -> None:
    guess = read_header(compiled, "Plan of Toy")
    assert (guess.header.id, guess.header.issuer.zh, guess.header.issued) == (
        "plan-of-toy",
        "示例市人民政府",
        "2021-06-30",
    )
    assert guess.missing == ()
    bare = compile_text(TEXT.partition("示例市人民政府\n")[0].replace("示例市", ""))
    assert read_header(bare, "示例").missing == ("issued", "issuer")
    assert read_header(bare, "x", issued="2022", issuer="某市").missing == ()


def test_accepting_all_gives_the_proposal(compiled: Compiled, tmp_path: Path) -> None:
    header = read_header(compiled, "toy").header
    file = tmp_path / "plan.yaml"
    faults = Collector("plan.yaml")
    for text in (accepted_yaml(compiled, all_of(compiled), header), proposed_yaml(compiled, header, ("issued",))):
        file.write_text(text, encoding="utf-8")
        plan, _ = read_file(Plan, file, faults)
        faults.done()
        assert plan == accepted(compiled, all_of(compiled), header)
    assert file.read_text(encoding="utf-8").startswith("# A proposal, not reviewed: ")
    assert "# Not said in the document, to be corrected: issued.\n" in file.read_text(encoding="utf-8")


def test_what_is_rejected_stays_out_and_what_is_changed_is_changed(compiled: Compiled) -> None:
    target, task = first(compiled, "target"), first(compiled, "task")
    header = read_header(compiled, "toy").header
    made = all_of(
        compiled,
        **{
            target.replace("-", "_"): Decision.model_validate(
                {
                    "item": target,
                    "verdict": "edit",
                    "changes": {
                        "value": 30,
                        "year": None,
                        "period": "十五五",
                        "indicator_id": "energy.coal_consumption",
                    },
                }
            ),
            task.replace("-", "_"): Decision.model_validate(
                {"item": task, "verdict": "edit", "changes": {"units": ["traffic", "无名单位"]}}
            ),
            first(compiled, "goal").replace("-", "_"): Decision(item=first(compiled, "goal"), verdict="reject"),
        },
    )
    plan = accepted(compiled, made, header, load(str(TOY)).organisations)
    one = plan.targets[0]
    assert (one.value, one.year, one.period, one.indicator) == (30, None, "十五五", "energy.coal_consumption")
    assert plan.tasks[0].units == ("traffic",)
    assert len(plan.goals) == len(compiled.goals) - 1


def test_nothing_enters_a_plan_unseen(compiled: Compiled) -> None:
    header = read_header(compiled, "toy").header
    whole = all_of(compiled)
    some = whole.model_copy(update={"decisions": whole.decisions[1:]})
    missing = items(compiled)[0].id
    with pytest.raises(Refused) as refused:
        accepted(compiled, some, header)
    assert str(refused.value) == (
        f"1 of {len(whole.decisions)} items have no decision yet ({missing}). "
        "Accept, edit or reject each of them; nothing enters a plan unseen."
    )
    other = compile_text(TEXT.replace("25%", "26%"))
    with pytest.raises(Conflict, match="the decisions are on another text"):
        accepted(other, whole, header)
    none = tuple(Decision(item=one.item, verdict="reject") for one in whole.decisions)
    with pytest.raises(Refused, match="every item was rejected"):
        accepted(compiled, whole.model_copy(update={"decisions": none}), header)
    unknown = (*whole.decisions, Decision(item="goal-99999", verdict="accept"))
    with pytest.raises(FaultsFound, match="goal-99999: the document has no such item"):
        accepted(compiled, whole.model_copy(update={"decisions": unknown}), header)


def test_a_decisions_file_reads_back(compiled: Compiled, tmp_path: Path) -> None:
    target = first(compiled, "target")
    edit = Decision.model_validate({"item": target, "verdict": "edit", "changes": {"year": None, "unit": ""}})
    whole = all_of(compiled, **{target.replace("-", "_"): edit})
    file = tmp_path / "decisions.yaml"
    file.write_text(decision.write("plan.md", compiled.text, whole.decisions), encoding="utf-8")
    assert decision.read(file) == whole
    json = tmp_path / "decisions.json"
    json.write_text(whole.model_dump_json(exclude_unset=True), encoding="utf-8")
    assert decision.read(json).by_item()[target].changes.given() == {"year": None, "unit": ""}


BAD = [
    ({"item": "target-1", "verdict": "maybe"}, "verdict"),
    ({"item": "target-1", "verdict": "edit"}, "a decision to edit has changes"),
    ({"item": "target-1", "verdict": "accept", "changes": {"value": 1}}, "only a decision to edit has changes"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": None}}, "value cannot be empty"),
    ({"item": "target-1", "verdict": "edit", "changes": {"value": 5, "value_max": 4}}, "greater than value"),
    ({"item": "goal-1", "verdict": "edit", "changes": {"value": 5}}, "a goal has no field value"),
    ({"item": "target-1", "verdict": "edit", "changes": {"invented": 5}}, "invented"),
    ({"item": "../x", "verdict": "accept"}, "item"),
]


@pytest.mark.parametrize(("given", "said"), BAD, ids=[said for _, said in BAD])
def test_a_decision_that_makes_no_sense_is_refused(given: dict[str, object], said: str, tmp_path: Path) -> None:
    import json

    file = tmp_path / "d.json"
    file.write_text(json.dumps({"sha256": "0" * 64, "decisions": [given]}), encoding="utf-8")
    with pytest.raises(FaultsFound, match=said):
        decision.read(file)


def test_a_compilation_is_kept_as_it_is(compiled: Compiled) -> None:
    assert stored.from_json(compiled.text, stored.to_json(compiled)) == compiled


def test_reviews_are_kept_with_every_decision_in_the_audit_trail(compiled: Compiled, tmp_path: Path) -> None:
    target = first(compiled, "target")
    with databases.open(f"sqlite:///{tmp_path}/x.sqlite", create=True) as database:
        id = store.add(database, "toy", "plan.md", compiled, "甲")
        assert store.add(database, "toy", "plan.md", compiled, "乙") == id
        store.decide(database, id, Decision(item=target, verdict="reject", note="重复"), "甲")
        store.decide(database, id, Decision(item=target, verdict="accept"), "乙")
        with database.reading() as connection:
            found = store.load(connection, "toy", id)
            summary = store.listed(connection, "toy")[0]
            trail = audit.entries(connection, subject=id)
            assert audit.broken(connection) is None
            assert store.listed(connection, "elsewhere") == ()
            with pytest.raises(NotFound):
                store.load(connection, "elsewhere", id)
        with pytest.raises(NotFound):
            store.decide(database, id, Decision(item="target-99999", verdict="accept"), "甲")
    assert found.compiled == compiled
    assert (found.decisions[target].verdict, found.decisions[target].who) == ("accept", "乙")
    assert (summary.items, summary.decided) == (len(found.items), 1)
    assert [(e.what, e.who) for e in trail] == [("decide-item", "乙"), ("decide-item", "甲"), ("propose-plan", "甲")]
    assert trail[1].detail == {"item": target, "verdict": "reject", "note": "重复"}
