"""`dafeng compile`, `dafeng plan diff` and `dafeng plan consistency` on the toy city."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from tests.cli.running import TOY, Ran

from dafeng.compiler import compile_file
from dafeng.errors import Collector
from dafeng.plan.loader import read_file
from dafeng.plan.schema import Plan
from dafeng.review import items
from dafeng.review.decision import digest

Run = Callable[..., Ran]
TEXT = """\
示例市北区碳达峰实施方案

一、主要目标

到2030年，非化石能源占比力争达到20%。

二、重点任务

（一）能源绿色低碳转型行动

1．大力发展新能源。到2030年，光伏装机容量不低于90万千瓦。（责任单位：市计划委、市气象局）

示例市北区人民政府
2021年6月30日
"""
KEYS = ["sections", "actions", "tasks", "targets", "goals", "excluded"]
TARGET = (
    "indicator value value_max unit year period comparator strict hedge direction baseline_year kind quote "
    "value_start value_end task"
).split()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "north.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def plan_of(path: Path) -> Plan:
    faults = Collector(path.name)
    plan, _ = read_file(Plan, path, faults)
    faults.done()
    assert plan is not None
    return plan


def test_the_records_are_those_of_the_contract(dafeng: Run, document: Path) -> None:
    found = dafeng("compile", str(document), "--json")
    data = found.json()
    assert (found.code, found.err) == (0, "north.txt: no goal without a number was found.\n")
    assert [key for key in data if key in KEYS] == KEYS
    assert [set(TARGET) - set(target) for target in data["targets"]] == [set(), set()]
    for target in data["targets"]:
        assert float(TEXT[target["value_start"] : target["value_end"]]) == target["value"]
    assert {"id", "title", "action", "units", "lead", "start", "end"} <= set(data["tasks"][0])
    assert {"title", "tasks"} <= set(data["actions"][0])


def test_a_plan_file_says_that_nobody_has_reviewed_it(dafeng: Run, document: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    found = dafeng("compile", str(document), "-o", str(out))
    assert found.code == 0, found.err
    assert "units that match no organisation: 市气象局\n" in found.out
    assert found.out.endswith(
        "not reviewed: every item is to be accepted, edited or rejected before the plan is used.\n"
    )
    assert out.read_text(encoding="utf-8").startswith("# A proposal, not reviewed: 3 items to decide on.\n")
    plan = plan_of(out)
    assert (plan.id, plan.issued, len(plan.targets)) == ("north", "2021-06-30", 2)


#: The items of a report that are to be decided on; cards of numbers left out are hidden.
CARDS = re.compile(r'<li class="rv-card[^>]* data-item="([^"]+)"[^>]*tabindex="-1">')


def test_the_report_is_one_file_that_loads_nothing(dafeng: Run, document: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert dafeng("compile", str(document), "--report", str(out)).code == 0
    page = out.read_text(encoding="utf-8")
    assert not re.search(r"<(?:link|img|iframe)\b|\bsrc=|url\(", page)
    assert "default-src 'none'" in unescape(page)
    assert len(CARDS.findall(page)) == 3
    assert len(re.findall(r"data-make=", page)) == page.count('<li class="rv-card') - 3 > 0
    assert "dafeng compile north.txt --decisions decisions.json -o plan.yaml" in page


def test_decisions_decide_what_enters_the_plan(dafeng: Run, document: Path, tmp_path: Path) -> None:
    report, out, file = tmp_path / "report.html", tmp_path / "plan.yaml", tmp_path / "decisions.json"
    dafeng("compile", str(document), "--report", str(report))
    page = report.read_text(encoding="utf-8")
    embedded = re.search(r'<script type="application/json" id="review-data">(.*?)</script>', page, re.S)
    assert embedded
    data = json.loads(embedded.group(1))
    items = CARDS.findall(page)
    made = [{"item": item, "verdict": "accept"} for item in items]

    def apply(decisions: list[dict[str, object]]) -> Ran:
        whole = {"document": data["document"], "sha256": data["sha256"], "decisions": decisions}
        file.write_text(json.dumps(whole), encoding="utf-8")
        return dafeng("compile", str(document), "--decisions", str(file), "-o", str(out))

    some = apply(made[:-1])
    assert (some.code, out.exists()) == (4, False)
    assert some.err.startswith(f"dafeng: 1 of 3 items have no decision yet ({items[-1]}). ")
    first = next(item for item in items if item.startswith("target"))
    whole = apply([*(one for one in made if one["item"] != first), {"item": first, "verdict": "reject"}])
    assert whole.code == 0, whole.err
    assert "not reviewed" not in whole.out
    assert len(plan_of(out).targets) == 1


def test_a_reviewed_plan_is_put_into_a_pack(dafeng: Run, document: Path, tmp_path: Path) -> None:
    pack = Path(shutil.copytree(TOY, tmp_path / "toy"))
    found = compile_file(document)
    made = [{"item": item.id, "verdict": "accept"} for item in items(found)]
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"sha256": digest(found.text), "decisions": made}), encoding="utf-8")
    early = dafeng("compile", str(document), "--into", str(pack), "--city", str(pack))
    assert (early.code, "only a reviewed plan enters a pack" in early.err) == (4, True)
    into = ("compile", str(document), "--into", str(pack), "--city", str(pack), "--decisions", str(file))
    assert (done := dafeng(*into, "--lang", "zh")).code == 0, done.err
    assert "随方案登记：指标 0 项、责任单位 1 个" in done.out
    assert (pack / "plan-north.yaml").read_text(encoding="utf-8").startswith("# 已逐项审阅：采纳 3 项")
    assert dafeng("check", str(pack)).code == 0
    assert (again := dafeng(*into)).code == 4, again.out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The document holds no text."),
        ("从前有座山，山上有座庙。".encode() * 60, "no plan was found in it. The document is not a plan about carbon"),
        (b"\x00\x01\x02\xff" * 50, ""),
    ],
    ids=["empty", "tale", "binary"],
)
def test_what_is_no_plan_writes_none(dafeng: Run, tmp_path: Path, data: bytes, said: str) -> None:
    path, out = tmp_path / "some.txt", tmp_path / "plan.yaml"
    path.write_bytes(data)
    found = dafeng("compile", str(path), "-o", str(out))
    assert found.code == 4
    assert found.err.startswith("dafeng: some.txt")
    assert said in found.err
    assert not out.exists()


def test_files_that_are_not_there_are_named(dafeng: Run, document: Path) -> None:
    assert dafeng("compile", "nothing.txt").err == "dafeng: no file 'nothing.txt'.\n"
    found = dafeng("compile", str(document), "--decisions", "nothing.json")
    assert (found.code, found.err) == (3, "dafeng: no file 'nothing.json'.\n")
    unwritable = dafeng("compile", str(document), "-o", str(document.parent / "no" / "plan.yaml"))
    assert (unwritable.code, "cannot be written" in unwritable.err) == (4, True)


def test_plans_that_differ_end_with_one_and_equal_ones_with_zero(dafeng: Run) -> None:
    same = dafeng("plan", "diff", "toy-2021", "toy-2021")
    assert (same.code, "no target differs" in same.out) == (0, True)
    other = dafeng("plan", "diff", "toy-2021", "toy-2024", "--json")
    assert other.code == 1
    data = other.json()
    assert sum(data["counts"].values()) == sum(len(row["kinds"]) for row in data["differences"])
    assert (data["old"]["id"], data["new"]["id"]) == ("toy-2021", "toy-2024")
    missing = dafeng("plan", "diff", "toy-2021", "toy-1999")
    assert (missing.code, missing.err[:28]) == (3, "dafeng: no plan 'toy-1999'. ")


def test_a_plan_file_and_a_document_can_be_compared(dafeng: Run, document: Path) -> None:
    found = dafeng("plan", "diff", str(TOY / "plan.yaml"), str(document), "--json").json()
    kinds = {row["indicator"]: row["kinds"] for row in found["differences"]}
    assert "loosened" in kinds["energy.non_fossil_share"]
    assert kinds["buildings.lamps"] == ["dropped"]


def test_a_district_that_asks_for_less_is_found(dafeng: Run, document: Path) -> None:
    found = dafeng("plan", "consistency", "toy-2021", str(document), "--json")
    assert found.code == 1
    rows = {(row["code"], row["place"], row["city"]["id"]) for row in found.json()["findings"]}
    assert ("looser", "north", "non-fossil-share-2030") in rows
    told = dafeng("plan", "consistency", "toyville", str(document), "--lang", "zh")
    assert told.code == 1
    assert "低于全市要求" in told.out


def test_the_plan_itself_is_still_shown(dafeng: Run) -> None:
    assert dafeng("plan", "--json").json()["id"] == "toy-2021"
    assert dafeng("plan", "--version", "toy-2024", "--json").json()["id"] == "toy-2024"
