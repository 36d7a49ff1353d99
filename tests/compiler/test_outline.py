"""Chapters, actions and tasks under the usual numbering styles."""

from __future__ import annotations

import pytest

from dafeng.compiler import compile_text
from dafeng.compiler.blocks import blocks
from dafeng.compiler.outline import Outline, is_background, outline

BODY = "推进节能降碳。"


def read(*lines: str) -> Outline:
    return outline(blocks("\n\n".join(lines)))


def shape(tree: Outline) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    return (
        [(node.no, node.title) for node in tree.sections],
        [a.title for a in tree.actions],
        [t.title for t in tree.tasks],
    )


#: Paragraphs between bars; @ stands for a body.
STYLES = {
    "three levels": (
        "一、总体要求|（一）指导思想。@|二、重点任务|（一）能源行动|@|"
        "1. 发展新能源。@|2.控制煤炭。@|三、保障措施|（一）加强领导。@"
    ),
    "half-width brackets": (
        "一、总体要求|(一)指导思想。@|二、重点任务|(一)能源行动|@|"
        "1、发展新能源。@|2、控制煤炭。@|三、保障措施|(一)加强领导。@"
    ),
    "chapters": (
        "第一章 总体要求|@|第二章 重点任务|第一节 能源行动|一、发展新能源|@|"
        "二、控制煤炭|@|第三章 保障措施|第一节 加强领导|@"
    ),
    "decimal": (
        "1、总体要求|@|2、重点任务|2.1 能源行动|"
        "（1）发展新能源。（责任单位：市水务局）|"
        "（2）控制煤炭。（责任单位：市水务局）|3、保障措施|3.1 加强领导|@"
    ),
    "markdown": (
        "# 方案|## 总体要求|@|## 重点任务|### 能源行动|@|#### 发展新能源|@|#### 控制煤炭|@|## 保障措施|### 加强领导|@"
    ),
    "bold": (
        "# 方案|## 总体要求|@|## 重点任务|### 能源行动|**发展新能源。**@|**控制煤炭。**@|## 保障措施|**加强领导。**@"
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_has_the_same_shape(style: str) -> None:
    tree = read(*STYLES[style].replace("@", BODY).split("|"))
    sections, actions, tasks = shape(tree)
    assert [title for _, title in sections] == ["总体要求", "重点任务", "保障措施"]
    assert tasks == ["发展新能源", "控制煤炭", "加强领导"]
    assert actions == ["能源行动"]
    assert [node.role for node in tree.sections] == ["aim", "section", "section"]


def test_numbers_through_the_document_make_chapters_the_actions() -> None:
    tree = read(
        "一、总体要求",
        "（一）目标。" + BODY,
        "二、建设城市",
        "（二）优化布局。" + BODY,
        "三、强化保障",
        "（三）加强领导。" + BODY,
    )
    assert tree.flat
    assert [(a.no, a.title) for a in tree.actions] == [("二", "建设城市"), ("三", "强化保障")]
    assert [(t.no, t.title) for t in tree.tasks] == [("（二）", "优化布局"), ("（三）", "加强领导")]


def test_chapters_without_parts_are_the_tasks() -> None:
    tree = read("一、推进节能改造", BODY, "二、发展新能源", BODY)
    assert [t.title for t in tree.tasks] == ["推进节能改造", "发展新能源"]
    assert tree.actions == []


def test_points_of_a_task_are_no_tasks() -> None:
    tree = read(
        "二、重点任务",
        "（一）能源行动",
        "1.发展新能源。" + BODY,
        "（1）光伏。" + BODY,
        "（2）风电。" + BODY,
        "三、保障措施",
        "（一）加强领导。" + BODY,
    )
    assert [t.title for t in tree.tasks] == ["发展新能源", "加强领导"]


def test_a_title_of_a_task_may_stand_before_a_gap_or_a_line() -> None:
    tree = read("二、重点任务", "（一）发展新能源　　" + BODY, "（二）控制煤炭\n" + BODY)
    assert [t.title for t in tree.tasks] == ["发展新能源", "控制煤炭"]


def test_a_title_that_only_begins_like_an_aim_is_a_task() -> None:
    tree = read("二、完善机制", "（一）发展环境权益交易市场。" + BODY, "（二）落实目标任务分解。" + BODY)
    assert [t.title for t in tree.tasks] == ["发展环境权益交易市场", "落实目标任务分解"]


def test_the_title_is_found_behind_a_covering_letter() -> None:
    tree = read("各区人民政府：", "现将《示例市碳达峰实施方案》印发给你们，请认真执行。", "一、总体要求", BODY)
    assert tree.title == "示例市碳达峰实施方案"


def test_contents_pages_and_running_heads_are_left_out() -> None:
    text = "\n".join(
        [
            "目录",
            "一、总体要求........................2",
            "二、重点任务........................5",
            "",
            "一、总体要求",
            BODY,
        ]
    )
    for page in range(1, 5):
        text += f"\n\n示例市规划汇编\n\n— {page} —\n\n坚持节能降碳第{page}条。"
    joined = "".join(block.text for block in blocks(text))
    assert "汇编" not in joined and "......" not in joined and "— 2 —" not in joined
    assert [s.title for s in outline(blocks(text)).sections] == ["总体要求"]


def test_a_title_that_is_a_sentence_is_read_too() -> None:
    text = "\n\n".join(
        [
            "一、主要目标",
            "1.到2025年，绿色建筑占比达到50%，清洁取暖占比达到72%左右。",
            "2.到2030年，森林覆盖率达到30%。",
            "二、重点任务",
            "（一）培育30家节能降碳、可再生能源、碳捕集企业。" + BODY,
        ]
    )
    got = compile_text(text)
    assert [(t.indicator, t.value, t.year) for t in got.targets] == [
        ("绿色建筑占比", 50, 2025),
        ("清洁取暖占比", 72, 2025),
        ("森林覆盖率", 30, 2030),
        ("节能降碳、可再生能源、碳捕集企业", 30, None),
    ]


def test_units_behind_a_title_are_no_part_of_it() -> None:
    got = compile_text(
        "二、重点任务\n\n（一）推进节能降碳和新能源发展（责任单位：市发展改革委、市能源局）\n\n（二）增加碳汇。" + BODY
    )
    assert [(t.title, t.units) for t in got.tasks] == [
        ("推进节能降碳和新能源发展", ("市发展改革委", "市能源局")),
        ("增加碳汇", ()),
    ]


@pytest.mark.parametrize(
    ("title", "reports"),
    [
        ("发展基础", True),
        ("“十三五”工作回顾", True),
        ("面临形势与挑战", True),
        ("取得的成效", True),
        ("存在问题", True),
        ("夯实发展基础", False),
        ("改善生态环境", False),
        ("应对气候变化挑战", False),
        ("解决突出环境问题", False),
        ("能源绿色低碳行动", False),
    ],
)
def test_what_a_title_reports(title: str, reports: bool) -> None:
    assert is_background(title) is reports


@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["close", "apart"])
def test_a_long_title_ends_before_the_number_of_the_document(blank: str) -> None:
    lines = (
        "示例县人民政府办公室关于加快推进全县碳达峰重点工作的实施意见",
        "示政办发〔2023〕41号",
        "各乡镇人民政府、县政府有关部门：",
        "一、工作目标",
        "到2024年，光伏装机达到3万千瓦，碳排放强度下降3%。",
    )
    got = compile_text(blank.join(lines))
    assert (got.title, got.number) == (lines[0], lines[1])


def test_the_title_of_a_notice_is_that_of_the_plan_it_sends_out() -> None:
    got = compile_text(
        "示例市人民政府关于印发示例市碳达峰实施方案的通知\n\n示政发〔2023〕4号\n\n一、目标\n\n碳排放下降3%。"
    )
    assert (got.title, got.number) == ("示例市碳达峰实施方案", "示政发〔2023〕4号")
