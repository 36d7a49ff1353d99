"""What other programs rely on: keys and offsets of the JSON, equal bytes, and what a wrong file is told."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dafeng.cli.app import app

PLAN = """# 示例区碳达峰行动计划

一、总体要求
　　到２０２５年，单位生产总值能耗比２０２０年下降１４．５％，非化石能源占比力争提高到12%，2030年前实现碳达峰。

二、重点任务
（一）能源绿色低碳行动
1.加快发展光伏发电。到2025年，光伏装机容量达到18万千瓦；到2030年突破30万千瓦。（责任单位：区发展改革委、区住房城乡建设局）
2.推进工业节能。年综合能耗5000吨标准煤以上的企业实行清单管理。（责任单位：区经委牵头，区发展改革委等配合）
"""
SPAN = {"start", "end"}
KEYS = {
    "actions": {"title", "tasks"},
    "tasks": {"id", "title", "action", "units", "lead", *SPAN},
    "targets": {
        *("indicator", "value", "value_max", "unit", "year", "period", "comparator", "strict", "hedge"),
        *("direction", "baseline_year", "kind", "quote", "value_start", "value_end", "task"),
    },
    "goals": {"quote", *SPAN},
    "excluded": {"text", "reason", *SPAN},
}


def dafeng(*args: str | Path) -> Result:
    clean = {name: None for name in os.environ if name.startswith(("DAFENG_", "LC_"))}
    return CliRunner().invoke(app, [str(arg) for arg in args], env={**clean, "LANG": "en_US.UTF-8"}, prog_name="dafeng")


def compiled(path: Path) -> dict[str, Any]:
    found = dafeng("compile", path, "--json")
    assert found.exit_code == 0, found.stderr
    data: dict[str, Any] = json.loads(found.stdout)
    return data


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("contract") / "district.md"
    path.write_text(PLAN, encoding="utf-8")
    return compiled(path)


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_every_record_has_the_keys_of_the_contract(records: dict[str, Any], kind: str) -> None:
    assert records[kind]
    assert [sorted(KEYS[kind] - set(one)) for one in records[kind]] == [[] for _ in records[kind]]


def test_offsets_are_code_points_of_the_file(records: dict[str, Any]) -> None:
    numbers = [PLAN[one["value_start"] : one["value_end"]] for one in records["targets"]]
    assert numbers == ["１４．５", "12", "18", "30"]
    assert [one["value"] for one in records["targets"]] == [14.5, 12.0, 18.0, 30.0]
    assert all(one["quote"] in PLAN for one in records["targets"])
    left_out = records["excluded"]
    assert [PLAN[one["start"] : one["end"]] for one in left_out] == [one["text"] for one in left_out]


def test_tasks_name_who_answers_and_who_leads(records: dict[str, Any]) -> None:
    first, second = records["tasks"]
    assert first["units"] == ["区发展改革委", "区住房城乡建设局"]
    assert (second["units"], second["lead"], second["etc"]) == (["区经委", "区发展改革委"], ["区经委"], True)


def test_gb18030_gives_the_same_offsets(records: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "district.md"
    path.write_bytes(PLAN.encode("gb18030"))
    assert compiled(path)["targets"] == records["targets"]


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "district.md"
    path.write_text(PLAN, encoding="utf-8")
    for name in ("one", "two"):
        assert dafeng("compile", path, "-o", tmp_path / name, "--report", tmp_path / f"{name}.html").exit_code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "empty.txt",
            b"",
            "empty.txt: the document holds no text. Give a plan as Markdown, text, DOCX, HTML or a PDF with text.\n",
        ),
        (
            "english.txt",
            b"By 2030 carbon emissions fall by 50%. " * 40,
            "english.txt: the document is not in Chinese (0 of 1360 characters are). The compiler reads Chinese "
            "official plans.\n",
        ),
    ],
)
def test_what_is_no_plan_gives_a_reason_and_no_target(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = dafeng("compile", path, "--json")
    assert (found.exit_code, found.stderr) == (0, said)
    assert json.loads(found.stdout)["targets"] == []


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    found = dafeng("compile", path)
    assert (found.exit_code, found.stdout) == (4, "")
    assert found.stderr.startswith("dafeng: large.txt: the file has 48 MB; plans up to 20 MB are read.")
