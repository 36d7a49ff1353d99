from __future__ import annotations

import pytest

from dafeng.compiler.goals import Goals


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("2030年前，全市建筑领域碳排放达到峰值。", [("2030年前，全市建筑领域碳排放达到峰值", 2030, None)]),
        ("到2025年，社区垃圾分类实现全覆盖。", [("到2025年，社区垃圾分类实现全覆盖", 2025, None)]),
        ("确保平板玻璃产能只减不增。", [("确保平板玻璃产能只减不增", None, None)]),
        ("“十四五”期间炼油能力不增加。", [("“十四五”期间炼油能力不增加", None, "十四五")]),
        ("到2027年，公交车全部采用新能源。", [("到2027年，公交车全部采用新能源", 2027, None)]),
        ("建成全覆盖的监测网络，保持平稳节奏。", []),
        ("到2025年，森林覆盖率达到30%。", []),
        (
            "2025年底前，20蒸吨/小时以下的燃煤锅炉全部清零。",
            [("2025年底前，20蒸吨/小时以下的燃煤锅炉全部清零", 2025, None)],
        ),
        ("推进节能降碳，完善体系。", []),
    ],
)
def test_promises_without_a_number(text: str, goals: list[tuple[str, int | None, str | None]]) -> None:
    found = list(Goals().read(text))
    assert [(text[g.start : g.end], g.when.year, g.when.period) for g in found] == goals
