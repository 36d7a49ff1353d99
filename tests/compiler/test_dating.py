"""The year a plan was written in, and what it makes of the years before."""

from __future__ import annotations

import pytest

from dafeng.compiler import compile_text
from dafeng.compiler.dating import first_aim, first_year_ahead, own_number, plan_year

YEARS = [
    ("示政发〔2022〕3号", "示例市碳达峰实施方案", "", 2022),
    ("", "示例市2024年节能降碳工作要点", "", 2024),
    ("", "示例市节能降碳行动方案（2024—2026年）", "", 2024),
    ("", "2030年前碳达峰行动方案", "", None),
    ("", "示例市面向2035年远景目标的能源规划", "", None),
    ("", "示例市“十五五”节能规划", "", 2026),
    ("", "示例市碳达峰实施方案", "正文\n2023年5月6日", 2023),
    ("", "示例市碳达峰实施方案", "（2023年5月6日印发）\n正文", 2023),
    ("", "示例市碳达峰实施方案", "到2025年12月底前完成\n正文", None),
    ("", "示例市碳达峰实施方案", "", None),
]


@pytest.mark.parametrize(("number", "title", "text", "year"), YEARS)
def test_the_year_of_a_plan(number: str, title: str, text: str, year: int | None) -> None:
    assert plan_year(number, title, text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("", 2021),
        ("到2025年，提高到30%。", 2021),
        ("比2023年下降5%。到2026年，提高到30%。", 2024),
        ("截至2022年底，达到10%。到2025年，提高到30%。", 2023),
        ("2021年比2020年下降3%。2021年达到12%。到2025年，提高到30%。", 2022),
        ("比2020年下降3%。2023年达到12%。到2025年，提高到30%。", 2021),
        ("比2030年下降5%。到2025年，提高到30%。", 2021),
    ],
)
def test_the_first_year_ahead_of_a_plan_that_names_no_year(text: str, year: int) -> None:
    assert first_year_ahead(text) == year


def test_figures_of_years_before_the_plan_are_reports() -> None:
    body = "推进节能降碳，发展可再生能源。2023年，森林覆盖率达到30%。到2027年，森林覆盖率达到32%。"
    got = compile_text(f"示例市碳达峰实施方案\n\n示政发〔2024〕3号\n\n一、重点任务\n\n（一）增加碳汇。{body}")
    assert [(t.value, t.year) for t in got.targets] == [(32, 2027)]
    assert [(d.text, d.reason) for d in got.excluded if d.reason == "past-value"] == [("30%", "past-value")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("发布时间：2023-09-18 10:26\n示例市碳达峰实施方案\n到2025年，森林覆盖率达到30%。", 2023),
        ("来源：示例办公室\n成文日期：2022年3月8日\n到2025年，森林覆盖率达到30%。", 2022),
        ("发布时间：2026年1月4日\n示例市碳达峰实施方案\n到2025年，森林覆盖率达到30%。", None),
        ("发布时间：2026-01-04\n示例市碳达峰实施方案\n到2025年，森林覆盖率达到30%。", None),
    ],
)
def test_the_date_of_publication_is_that_of_issue_unless_an_aim_lies_before_it(text: str, year: int | None) -> None:
    assert plan_year("", "示例市碳达峰实施方案", text + "\n正文" * 300) == year


@pytest.mark.parametrize(
    ("paragraphs", "number"),
    [
        (["示例市方案", "（示政发〔2022〕3号）", "正文"], "示政发〔2022〕3号"),
        (["示例市碳达峰实施方案（示政发〔2022〕3号）", "正文"], "示政发〔2022〕3号"),
        (["文号：示政发〔2022〕3号", "示例市碳达峰实施方案", "正文"], "示政发〔2022〕3号"),
        ([*["浏览次数：96次"] * 15, "示例市方案", "示政发〔2022〕3号", "正文"], "示政发〔2022〕3号"),
        (["示例市方案", "根据《通知》（省政发〔2021〕8号）精神，制定本方案。"], ""),
    ],
)
def test_the_number_of_a_document_stands_past_the_head_of_its_page(paragraphs: list[str], number: str) -> None:
    assert own_number(paragraphs) == number


@pytest.mark.parametrize(
    ("text", "told", "year"),
    [
        ("2022年，森林覆盖率30%。\n到2025年，森林覆盖率达到32%。", "2022年，森林覆盖率30%。", 2023),
        ("2023年，工业增加值完成80亿元，同比增长5%。\n到2025年，绿色建筑占比达到70%。", "", 2024),
        ("2022年末常住人口20万人。\n到2025年，绿色建筑占比达到70%。", "", 2023),
        ("到2025年，绿色建筑占比达到70%。\n2023年，完成节能改造30万平方米。", "", 2021),
    ],
)
def test_what_is_told_before_the_first_aim_lies_behind(text: str, told: str, year: int) -> None:
    assert first_year_ahead(text, told) == year


def test_the_first_aim_is_looked_for_outside_the_chapters_that_report() -> None:
    told = "到2022年，森林覆盖率达到30%。"
    assert first_aim(told + "\n2024年底前完成改造。到2025年，森林覆盖率达到32%。", told) == 2024
    assert first_aim("比2020年下降5%。") is None


_BASIS = (
    "2022年末常住人口31万人。2022年，全县地区生产总值完成120亿元，同比增长4.2%；光伏装机15万千瓦，"
    "非化石能源消费比重16%。2023年，新能源公交车占比达到60%。"
)
_WORK = "推进节能降碳，发展可再生能源。2024年底前建成充电桩300个。到2025年，非化石能源消费比重达到20%。"


@pytest.mark.parametrize(
    "heading", ["基本情况", "发展基础", "发展现状", "工作成效", "现状分析", "主要成绩", "县情概况"]
)
@pytest.mark.parametrize("mark", ["（征求意见稿）", ""])
def test_a_draft_without_number_and_date_reports_in_its_chapter_on_the_present(heading: str, mark: str) -> None:
    text = f"石溪县碳达峰实施方案\n\n{mark}\n\n一、{heading}\n\n{_BASIS}\n\n二、重点任务\n\n（一）能源转型。{_WORK}"
    got = compile_text(text)
    assert [(t.value, t.year) for t in got.targets] == [(300, 2024), (20, 2025)]
    assert {d.reason for d in got.excluded if d.start < text.index("二、")} <= {"past-value", "specification"}


def test_the_head_of_a_web_page_hides_neither_number_nor_title() -> None:
    head = "首页 > 政务公开 > 县政府文件\n\n发布时间：2024-09-18 10:26浏览次数：1832次字体：[大 中 小]"
    body = f"一、基本情况\n\n{_BASIS}\n\n二、重点任务\n\n（一）转型。{_WORK}"
    got = compile_text(f"{head}\n\n石溪县碳达峰实施方案\n\n（石政发〔2023〕15号）\n\n{body}")
    assert (got.title, got.number) == ("石溪县碳达峰实施方案", "石政发〔2023〕15号")
    assert [(t.value, t.year) for t in got.targets] == [(300, 2024), (20, 2025)]
