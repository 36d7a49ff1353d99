"""Faults of an input file are told in the language of the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dafeng.errors import Collector, Fault, FaultsFound
from dafeng.plan.loader import read_file
from dafeng.plan.schema import Plan
from dafeng.report.fault_words import in_chinese
from dafeng.review import decision

_ENGLISH = re.compile(r"\b(?:should|required|permitted|valid|missing|got|Correct|Keep|Save|Write|Declare)\b")
FILES = {
    "no-yaml": "id: [",
    "twice": "id: a\nid: b\n",
    "list": "- a\n",
    "plan": "id: A B\ntitle: 3\nchapters: x\nhorizon: [a, b]\nnothing: 1\nstatus: maybe\n",
}


PLACES = [
    ("'pv-capacity@pudong': 'pv-capacity' acts on what is not divided among places (power, imports)", "power、imports"),
    ("'heat-pumps@pudong': 96 % is outside the range of 'pudong', 0 to 95 %", "96 % 超出 pudong 的范围 0 至 95 %"),
    ("lever 'heat-pumps': 96 % is outside its range 0 to 95 %", "措施“heat-pumps”：96 % 超出范围 0 至 95 %"),
    ("'heat-pumps@pudog': no place is called 'pudog'", "没有标识为“pudog”的地点"),
    ("'heat-pumps@lingang': 'lingang' does not divide the city", "不是可分摊的区"),
    ("'gdp-growth@pudong': 'gdp-growth' is a path of the whole city that nobody decides on", "不由区决定"),
    ("no lever is called 'nothing'", "没有标识为“nothing”的措施"),
    ("lever 'heat-pumps': nan is not a number", "措施“heat-pumps”：nan 不是数字"),
    ("lever 'heat-pumps': its schedule ends in 2026, before it starts in 2030", "在 2026 年结束，早于 2030 年开始"),
    ("lever 'heat-pumps': its schedule starts in 1990, outside the years 2005 to 2060", "不在 2005 至 2060 年之内"),
    ("the lever 'wetland-restored' does not work yet: it waits for an area", "尚不能用，等待：an area"),
]


@pytest.mark.parametrize(("message", "said"), PLACES)
def test_settings_of_places_are_told_in_chinese(message: str, said: str) -> None:
    words, remedy = in_chinese(Fault("x", "x", message, "Set it without a place"))
    assert said in words and remedy == "请不带地点，对全市设定"


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_faults_of_a_plan_file_are_told_in_chinese(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    faults = Collector(path.name)
    read_file(Plan, path, faults)
    assert faults.faults
    for fault in faults.faults:
        message, remedy = in_chinese(fault)
        assert not _ENGLISH.search(re.sub(r"'[^']*'", "", message)) or "YAML" in message, message
        assert not _ENGLISH.search(remedy), remedy


def test_the_faults_of_decisions_are_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("sha256: zz\ndecisions:\n- {item: foo, verdict: maybe}\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as found:
        decision.read(path)
    said = [in_chinese(fault)[0] for fault in found.value.faults]
    assert "decisions.0.verdict：应为 'accept'、'edit'或'reject'（写的是 'maybe'）" in said
    assert all("格式不符" in text or "应为" in text for text in said)


def test_what_has_no_words_stays_as_it_is() -> None:
    assert in_chinese(Fault("x", "a:1", "something else", "Do it")) == ("something else", "Do it")
