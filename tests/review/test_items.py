"""What a document is taken apart into: items to decide on, numbers left out, its head, and its text with marks."""

from __future__ import annotations

import pytest

from dafeng.compiler import Compiled, compile_text
from dafeng.errors import Refused
from dafeng.review import HeaderGuess, figures, items, read_header
from dafeng.review.passage import lines, marks
from dafeng.review.stored import from_json, to_json

from .conftest import TEXT


def test_every_target_goal_and_task_is_an_item_named_by_its_place(compiled: Compiled) -> None:
    found = items(compiled)
    assert len(found) == len(compiled.targets) + len(compiled.goals) + len(compiled.tasks)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert len({item.id for item in found}) == len(found)
    targets = [item for item in found if item.kind == "target"]
    assert {TEXT[item.start : item.end] for item in targets} == {"10", "25", "90", "100"}
    assert f"target-{TEXT.index('25%')}" in {item.id for item in targets}


def test_a_number_left_out_is_drafted_from_its_own_words(compiled: Compiled) -> None:
    (one,) = (item for item in figures(compiled) if TEXT[item.start :].startswith("2万平方米"))
    draft = one.values()
    assert (one.id, one.kind) == (f"excluded-{one.start}", "excluded")
    assert (draft["indicator"], draft["value"], draft["unit"], draft["comparator"]) == (
        "新建建筑单体面积",
        2,
        "万平方米",
        ">=",
    )
    assert (one.record.section, one.record.action, one.record.task) == ("二", "（一）", "2")
    assert draft["year"] is None


def test_the_marked_text_is_the_text(compiled: Compiled) -> None:
    proposed = items(compiled)
    found = list(lines(compiled, proposed))
    shown = ["".join(piece.text for piece in line.pieces) for line in found]
    assert shown == [line.lstrip("# ") for line in TEXT.split("\n") if line.strip()]
    assert {piece.kind for line in found for piece in line.pieces} >= {"", "task", "unit", "target", "value", "goal"}
    assert {mark.item for mark in marks(compiled, proposed)} >= {item.id for item in proposed}
    anchors = [anchor for line in found for piece in line.pieces for anchor in piece.anchors]
    assert len(anchors) == len(set(anchors))
    assert set(anchors) >= {item.id for item in proposed}


def test_a_number_made_a_target_is_marked_as_one(compiled: Compiled) -> None:
    one = next(item for item in figures(compiled) if TEXT[item.start :].startswith("2万平方米"))
    before = {mark.kind for mark in marks(compiled, items(compiled)) if mark.item == one.id}
    after = {mark.kind for mark in marks(compiled, (*items(compiled), one)) if mark.item == one.id}
    assert (before, after) == ({"excluded"}, {"target", "value"})


def test_the_title_is_the_line_of_its_own_and_not_a_line_that_names_it() -> None:
    found = compile_text(f"<!-- 示例市碳达峰实施方案，公开稿 -->\n\n{TEXT}")
    assert found.title == "示例市碳达峰实施方案"
    titles = [
        "".join(piece.text for piece in line.pieces) for line in lines(found, items(found)) if line.role == "title"
    ]
    assert titles == ["示例市碳达峰实施方案"]


def test_the_head_is_read_from_the_document_and_what_is_given_goes_first(compiled: Compiled, head: HeaderGuess) -> None:
    found = read_header(compiled, "Plan of Toy")
    assert (found.header.id, found.header.issued, found.header.issuer.zh, found.missing) == (
        "plan-of-toy",
        "2021-06-30",
        "示例市人民政府",
        (),
    )
    given = read_header(compiled, "计划", id="mine", issuer="某局", issued="2022-01", document="doc")
    assert (given.header.id, given.header.issuer.zh, given.header.issued) == ("mine", "某局", "2022-01")
    assert head.header.id == "plan"


def test_what_a_document_does_not_say_is_named() -> None:
    bare = compile_text("一、主要目标\n\n到2030年，非化石能源占能源消费总量比重达到25%，碳排放达到峰值。\n")
    assert read_header(bare, "bare").missing == ("issuer", "issued")
    assert read_header(bare, "x", issued="2022", issuer="某市").missing == ()


@pytest.mark.parametrize(
    ("given", "said", "zh"),
    [
        ({"issued": "July"}, "issued: 'July' is no day. Write 2021, 2021-06 or 2021-06-30.", "不是日期"),
        ({"issued": "2021-02-30"}, "issued: '2021-02-30' is no day.", "不是日期"),
        ({"id": "A b"}, "id: 'A b' is no id. Write small letters, digits, points and hyphens.", "不合格式"),
    ],
)
def test_a_head_that_no_plan_can_have_is_refused(compiled: Compiled, given: dict[str, str], said: str, zh: str) -> None:
    with pytest.raises(Refused) as caught:
        read_header(compiled, "plan", **given)
    assert str(caught.value).startswith(said)
    assert zh in caught.value.text("zh")


def test_a_compilation_comes_back_unchanged_from_the_database(compiled: Compiled) -> None:
    assert from_json(compiled.text, to_json(compiled)) == compiled


def test_a_compilation_kept_before_messages_had_two_languages_is_read() -> None:
    found = from_json("", to_json(Compiled("", "", "text")).replace('"messages": []', '"messages": ["no task."]'))
    assert [message.zh for message in found.messages] == ["no task."]
