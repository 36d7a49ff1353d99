"""Lists of responsible units in every bracket style."""

from __future__ import annotations

import pytest

from dafeng.compiler import compile_text
from dafeng.compiler.responsible import Units, habit, mend, ordering, parse, resolve

LISTS = [
    ("责任单位：市发展改革委、市科委", ["市发展改革委", "市科委"], [], False),
    (
        "省发展改革委牵头，省工业和信息化厅、省能源局等按职责分工负责",
        ["省发展改革委", "省工业和信息化厅", "省能源局"],
        ["省发展改革委"],
        True,
    ),
    ("牵头单位：市发改委；配合单位：市科技局、各区县政府", ["市发改委", "市科技局", "各区县政府"], ["市发改委"], False),
    (
        "由市交通局牵头负责，国铁集团兰州局、市发改委配合",
        ["市交通局", "国铁集团兰州局", "市发改委"],
        ["市交通局"],
        False,
    ),
    ("省财政厅、省税务局等部门按职责分工负责", ["省财政厅", "省税务局"], [], True),
    ("责任单位：有关市、县〔区〕人民政府，省水利厅", ["有关市、县〔区〕人民政府", "省水利厅"], [], False),
    ("责任单位：各市、县（市、区）人民政府", ["各市、县（市、区）人民政府"], [], False),
    ("责任单位：市经信局，青河市、白石县、云岭县政府", ["市经信局", "青河市", "白石县", "云岭县政府"], [], False),
    ("责任单位：市委党校（行政学院）、各区", ["市委党校（行政学院）", "各区"], [], False),
    ("责任单位：市发展改革委和市统计局", ["市发展改革委", "市统计局"], [], False),
    ("市工信局、市生态环境局，各区人民政府（以下均需各区人民政府，不再列出）", None, [], False),
    (
        "市发展改革委、市工信局分别牵头，市财政局配合",
        ["市发展改革委", "市工信局", "市财政局"],
        ["市发展改革委", "市工信局"],
        False,
    ),
    ("市发展改革委会同市工信局、市能源局负责", ["市发展改革委", "市工信局", "市能源局"], ["市发展改革委"], False),
    ("由市住房城乡建设局负责，市水务局配合", ["市住房城乡建设局", "市水务局"], ["市住房城乡建设局"], False),
    (
        "市发展改革委、市能源局负责，市财政局落实",
        ["市发展改革委", "市能源局", "市财政局"],
        [],
        False,
    ),
    ("主办：市交通局 协办：市公安局、市财政局", ["市交通局", "市公安局", "市财政局"], ["市交通局"], False),
    ("责任部门：市工信局；责任领导：张某；联系人：王某", ["市工信局"], [], False),
    ("省能源局负责，省级有关部门和各市（州）政府落实", ["省能源局", "省级有关部门", "各市（州）政府"], [], False),
    ("牵头单位为市发展改革委，责任单位为市工信局", ["市发展改革委", "市工信局"], ["市发展改革委"], False),
    ("责任单位：市工信局、各市州政府，以下均需各市州政府，不再一一列出", ["市工信局", "各市州政府"], [], False),
]


@pytest.mark.parametrize(("text", "units", "lead", "etc"), [row for row in LISTS if row[1] is not None])
def test_list(text: str, units: list[str], lead: list[str], etc: bool) -> None:
    got = parse(text)
    assert got is not None
    assert (got.units, got.lead, got.etc) == (units, lead, etc)


@pytest.mark.parametrize(
    "text", ["PUE", "以下简称“两高”项目", "含氢能、生物质能", "本文有删减", "即黄浦江生态走廊、环城森林等", "市、县"]
)
def test_other_brackets_are_no_lists(text: str) -> None:
    assert parse(text) is None


def test_the_first_of_each_jurisdiction_leads_where_the_plan_says_so() -> None:
    rule = ordering("责任单位排名第一的为牵头单位。")
    got = parse("重庆市发展改革委、市经济信息委，四川省发展改革委、经济和信息化厅", rule)
    assert got is not None
    assert got.lead == ["重庆市发展改革委", "四川省发展改革委"]
    assert got.groups == [["重庆市发展改革委", "市经济信息委"], ["四川省发展改革委", "经济和信息化厅"]]


def test_jurisdictions_may_be_named_before_a_colon() -> None:
    got = parse("责任单位：重庆市：市发展改革委、市能源局；四川省：省发展改革委、省能源局")
    assert got is not None
    assert got.groups == [["市发展改革委", "市能源局"], ["省发展改革委", "省能源局"]]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("各项任务列第一位的为牵头单位", "first"),
        ("第一个单位为牵头单位", "first"),
        ("逗号前为牵头单位", "before_comma"),
        ("牵头单位在分号前", "before_semicolon"),
        ("由牵头单位负责", ""),
    ],
)
def test_ordering_rule(text: str, rule: str) -> None:
    assert ordering(text) == rule


def test_units_before_the_comma_lead() -> None:
    got = parse("市发改委、市经信局，市住建局、市交通局", "before_comma")
    assert got is not None
    assert got.lead == ["市发改委", "市经信局"]


def test_a_habit_is_a_rule_unless_it_only_sets_districts_apart() -> None:
    assert habit(["市发改委，市经信局、市住建局"] * 6) == "before_comma"
    assert habit(["市发改委、市经信局，各区县政府"] * 6) == ""
    assert habit(["市发改委，市经信局、市住建局"] * 2) == ""


def test_a_doubled_letter_is_mended_where_the_document_knows_better() -> None:
    lists = [Units(units=["市住建委"]) for _ in range(3)] + [Units(units=["市住住建委", "市科委"])]
    mend(lists)
    assert lists[-1].units == ["市住建委", "市科委"]
    assert lists[-1].as_printed == {"市住建委": "市住住建委"}


def test_names_resolve_by_spelling_and_without_their_level() -> None:
    known = {"市发展改革委": "dr", "上海市统计局": "stat"}
    found, missing = resolve({name: name for name in ("市发展改革委", "统计局", "市气象局")}, known)
    assert found == {"市发展改革委": "dr", "统计局": "stat"}
    assert missing == ["市气象局"]


def test_every_sentence_may_close_with_its_own_units() -> None:
    text = (
        "二、重点任务\n\n（一）推进节能降碳。发展可再生能源。（市发展改革委、市能源局）到2025年，森林覆盖率达到30%。"
        "（责任单位：市林业局）增加碳汇（含林业、湿地）。（市水务局、市林业局）"
    )
    got = compile_text(text)
    assert got.tasks[0].units == ("市发展改革委", "市能源局", "市林业局", "市水务局")
    assert [(t.indicator, t.value) for t in got.targets] == [("森林覆盖率", 30)]


@pytest.mark.parametrize(
    ("tail", "units", "lead"),
    [
        ("由市发展改革委负责，市工信局、市财政局配合。", ("市发展改革委", "市工信局", "市财政局"), ("市发展改革委",)),
        ("牵头单位为市发展改革委，责任单位为市工信局。", ("市发展改革委", "市工信局"), ("市发展改革委",)),
        ("市发展改革委牵头，各区（县）人民政府落实。", ("市发展改革委", "各区（县）人民政府"), ("市发展改革委",)),
        ("推动企业由市级平台负责，加强管理。", (), ()),
        ("重点项目由市发展改革委牵头，市财政局配合推进各项工作。", (), ()),
        ("（責任單位：市發展改革委、市經濟和信息化局）", ("市發展改革委", "市經濟和信息化局"), ()),
    ],
)
def test_a_closing_sentence_may_name_the_units(tail: str, units: tuple[str, ...], lead: tuple[str, ...]) -> None:
    got = compile_text(
        f"二、重点任务\n\n（一）推进节能降碳。发展可再生能源，完善设施。{tail}\n\n（二）增加碳汇。保护森林。"
    )
    assert (got.tasks[0].units, got.tasks[0].lead) == (units, lead)


def test_traditional_names_resolve_to_their_organisation() -> None:
    from dafeng.labels import Label
    from dafeng.plan.schema import Organisation

    unit = Organisation(
        id="dr",
        label=Label(zh="示例市发展和改革委员会", en="D"),
        short=Label(zh="市发展改革委", en="D"),
        type="department",
    )
    text = "二、重點任務\n\n（一）推進節能降碳。發展可再生能源。（責任單位：市發展改革委）"
    got = compile_text(text, organisations=[unit])
    assert got.resolved == {"市發展改革委": "dr"}
