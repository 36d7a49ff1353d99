"""Each sentence of the case files is read as it says there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dafeng.compiler.found import Found
from dafeng.compiler.grammar import Reader
from dafeng.compiler.lexicon import reasons

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
]
USUAL = {
    "strict": False,
    "hedge": "",
    "direction": None,
    "base": None,
    "kind": "target",
    "since": None,
    "shared": False,
}


def told(item: Found) -> dict[str, Any]:
    number = item.number
    value = number.value if number.value_max is None else [number.value, number.value_max]
    when = item.when.year or item.when.period
    full = {
        "strict": item.strict,
        "hedge": item.hedge,
        "direction": item.direction,
        "base": item.baseline_year,
        "kind": item.kind,
        "since": item.when.from_year,
        "shared": item.shared,
    }
    return {
        "is": [item.indicator, value, number.unit, when, item.comparator],
        **{k: v for k, v in full.items() if v != USUAL[k]},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_sentence(case: dict[str, Any]) -> None:
    reader = Reader(
        case.get("horizon", 2021),
        dated="horizon" in case,
        goals=case.get("goals", False),
        report=case.get("report", False),
    )
    found, dropped = reader.read(case["text"])
    assert [told(item) for item in found] == case.get("targets", [])
    assert {case["text"][item.start : item.end]: item.reason for item in dropped} == case.get("dropped", {})


def test_every_reason_has_words() -> None:
    used = {reason for case in CASES for reason in case.get("dropped", {}).values()}
    assert used <= set(reasons())
    assert all(label["zh"] and label["en"] for label in reasons().values())


def test_years_govern_to_the_end_of_their_sentence_and_in_aims_of_their_paragraph() -> None:
    text = "到2025年，绿色建筑占比达到50%；装配式建筑占比达到30%。完善公交设施。公交出行比例达到60%。"
    task, _ = Reader(2021).read(text)
    aims, _ = Reader(2021, goals=True).read(text)
    assert [item.when.year for item in task] == [2025, 2025, None]
    assert [item.when.year for item in aims] == [2025, 2025, 2025]


def test_a_sentence_that_follows_at_once_has_the_same_year_unless_it_sets_a_bound() -> None:
    found, _ = Reader(2021).read("到2025年，煤电装机达到90万千瓦。气电装机达到30万千瓦。新建项目能效水平不低于80%。")
    assert [(item.when.year, item.kind) for item in found] == [(2025, "target"), (2025, "target"), (None, "standard")]


def test_a_year_before_a_colon_governs_the_lines_of_a_list() -> None:
    reader = Reader(2021, goals=True)
    reader.read("到2030年，主要目标如下：")
    found, _ = reader.read("——森林覆盖率达到30%。")
    assert [item.when.year for item in found] == [2030]


def test_this_year_means_the_year_of_an_annual_plan() -> None:
    found, _ = Reader(2024, this_year=2024).read("年内新增光伏装机50万千瓦。")
    assert [(item.when.year, item.number.value) for item in found] == [(2024, 50)]


def test_a_chapter_that_reports_sets_no_target_without_a_year_to_come() -> None:
    found, dropped = Reader(2021, goals=True, report=True).read("森林覆盖率达到30%。到2025年，达到35%。")
    assert [item.number.value for item in found] == [35]
    assert [item.reason for item in dropped] == ["past-value"]


def test_the_one_year_before_a_list_of_aims_governs_the_list_and_the_parts_below() -> None:
    reader = Reader(2021, goals=True)
    reader.read("到2025年，绿色发展取得成效。")
    assert [item.when.year for item in reader.read("——森林覆盖率达到30%。")[0]] == [2025]
    below = Reader(2021, goals=True, stem=reader.stem)
    assert [item.when.year for item in below.read("森林覆盖率达到30%。")[0]] == [2025]


def test_of_two_years_before_a_list_of_aims_none_governs() -> None:
    reader = Reader(2021, goals=True)
    reader.read("到2025年，绿色发展取得成效。到2030年，实现碳达峰。")
    assert [item.when.year for item in reader.read("——森林覆盖率达到30%。")[0]] == [None]


def test_a_year_inside_a_clause_does_not_govern_the_next_sentence() -> None:
    found, _ = Reader(2021).read("充电桩覆盖率在2024年底前达到60%。公交车达到300辆。")
    assert [item.when.year for item in found] == [2024, None]
    opened, _ = Reader(2021).read("到2024年，充电桩覆盖率达到60%。公交车保有量达到300辆。")
    assert [item.when.year for item in opened] == [2024, 2024]


def test_a_total_in_the_chapter_of_aims_is_no_standard() -> None:
    found, _ = Reader(2021, goals=True).read("能源消费总量控制在1.89亿吨标准煤以内，数据中心PUE不高于1.3。")
    assert [item.kind for item in found] == ["target", "standard"]


def test_a_goal_that_a_preface_quotes_is_none_of_the_plan() -> None:
    found, dropped = Reader(2021, report=True).read("会议提出，到2030年我国非化石能源消费比重达到25%。")
    assert (found, [item.reason for item in dropped]) == ([], ["quoted"])


def test_a_clause_that_is_all_numbers_sets_none() -> None:
    found, dropped = Reader(2021).read(
        "到2025年，达到" + "5%，3万千瓦 7 ".replace("，", " ") * 60 + "。森林覆盖率达到30%。"
    )
    assert [item.number.value for item in found] == [30]
    assert len(dropped) > 120


def test_a_sentence_without_end_is_read_to_its_end() -> None:
    found, _ = Reader(2021).read("到2025年，" + "森林覆盖率达到30%，" * 900)
    assert [(item.indicator, item.when.year) for item in found] == [("森林覆盖率", 2025)] * 900
