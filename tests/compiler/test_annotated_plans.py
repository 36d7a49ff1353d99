"""On annotated plans, the numbers to reach: invented ones, and those beside the repository where they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.compiler.__main__ import FOLDERS, documents
from benchmarks.compiler.scoring import score

from dafeng.compiler import Compiled, compile_bytes, compile_text

from .files import docx, paragraph, table
from .test_written_plans import loads

SHARED, INVENTED = FOLDERS
PLANS = [(name, got, gold, 1.0) for name, got, gold in documents(SHARED)] if SHARED.is_dir() else []
PLANS += [(name, got, gold, 0.98) for name, got, gold in documents(INVENTED)]
Row = tuple[str, Compiled, dict[str, Any], float]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan[0])
def test_numbers_to_reach(plan: Row) -> None:
    name, compiled, gold, least = plan
    got = score(name, compiled.as_json(), gold)
    assert got.precision >= least and got.recall >= least, got.errors
    assert sum(got.whole) >= 0.95 * len(got.whole), got.errors
    hits, found, wanted = got.tasks
    assert hits == found == wanted, got.errors
    right, named, listed = got.units
    assert right >= 0.99 * listed and named <= 1.01 * listed, got.errors
    assert got.leads[0] == got.leads[1], got.errors


@pytest.mark.skipif(not SHARED.is_dir(), reason="no annotated plans beside the repository")
def test_all_plans_beside_the_repository_are_measured() -> None:
    names = {path.name.removesuffix(".gold.json") for path in SHARED.glob("*.gold.json")}
    assert names <= {plan[0] for plan in PLANS}


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan[1].targets], ids=lambda plan: plan[0])
def test_the_plan_that_is_written_loads(plan: Row, tmp_path: Path) -> None:
    assert len(loads(plan[1], tmp_path).plans) == 3


def test_traps_are_left_out_with_a_reason() -> None:
    for name, compiled, gold in documents(INVENTED):
        taken = [(target.value_start, target.value_end) for target in compiled.targets]
        for trap in gold["excluded_numbers"]:
            assert not any(a < trap["value_end"] and trap["value_start"] < b for a, b in taken), (name, trap)


def test_the_invented_documents_say_so() -> None:
    for path in INVENTED.glob("*.gold.json"):
        text = next(other for other in INVENTED.glob(f"{path.name.split('.')[0]}.*") if other.suffix != ".json")
        assert any(word in text.read_text(encoding="utf-8") for word in ("虚构", "虛構")), path.name
        assert json.loads(path.read_text(encoding="utf-8"))["note"].startswith("invented"), path.name


def test_a_table_says_the_same_in_every_format() -> None:
    rows = [
        ["指标", "单位", "2020年", "2025年"],
        ["森林覆盖率", "%", "46.1", "46.5以上"],
        ["光伏装机", "万千瓦", "8", "≥45"],
    ]
    aim = "推进节能降碳，发展可再生能源。主要指标见下表。"
    lines = ["|".join(["", *row, ""]) for row in rows]
    lines.insert(1, "|---|---|---|---|")
    markdown = compile_text("一、主要目标\n\n" + aim + "\n\n" + "\n".join(lines) + "\n")
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = compile_bytes(f"<h2>一、主要目标</h2><p>{aim}</p><table>{cells}</table>".encode(), "x.html")
    word = compile_bytes(docx(paragraph("一、主要目标"), paragraph(aim), table(rows)), "x.docx")
    expected = [("森林覆盖率", 46.5, "%", 2025, ">="), ("光伏装机", 45.0, "万千瓦", 2025, ">=")]
    for got in (markdown, page, word):
        assert [(t.indicator, t.value, t.unit, t.year, t.comparator) for t in got.targets] == expected
        assert {drop.text for drop in got.excluded if drop.reason == "table-base"} == {"46.1", "8"}


def test_twice_the_same() -> None:
    text = PLANS[-1][1].text
    assert compile_text(text) == compile_text(text)
