"""The year a plan was written in, and what it makes of the years before."""

from __future__ import annotations

import pytest

from dafeng.compiler import compile_text
from dafeng.compiler.dating import first_year_ahead, plan_year

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
