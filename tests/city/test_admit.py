"""A reviewed plan enters a pack with what the pack has to declare for it, and the pack stays sound."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dafeng.city import check, load
from dafeng.city.admit import admit
from dafeng.compiler import Compiled, compile_file, compile_text
from dafeng.errors import FaultsFound, Refused
from dafeng.plan.schema import UNLINKED
from dafeng.review import Decision, Decisions, items, read_header
from dafeng.review.decision import Changes, digest
from dafeng.review.declare import Declared, declare

TESTS = Path(__file__).parents[1]
INVENTED = TESTS / "compiler" / "cases" / "plans"
DOCUMENTS = sorted(
    path
    for gold in INVENTED.glob("*.gold.json")
    for path in INVENTED.glob(f"{gold.name.removesuffix('.gold.json')}.*")
    if path != gold and json.loads(gold.read_text(encoding="utf-8"))["actions"]
)
TEXT = """\
# 示例市北区碳达峰实施方案

## 一、主要目标

到2030年，船舶碳排放强度比2020年下降10%，集装箱铁水联运量年均增长15%，再生资源利用量达到2000万吨，铁路货运占比提高3个百分点。
到2035年，再生资源利用量达到3000万吨，公交车能耗强度比2020年下降到原来的一半以下，海铁联运箱量翻一番。

## 二、重点任务

### （一）能源绿色低碳转型行动

1．发展新能源。到2030年，地热供暖面积达到90万平方米。（责任单位：市计划委、市气象局，各有关单位、北区港务集团有限公司）

示例市北区人民政府

2021年6月30日
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TESTS / "cities" / "toy", tmp_path / "toy"))


def compiled(text: str, pack: Path) -> Compiled:
    city = load(str(pack))
    return compile_text(text, organisations=city.organisations, indicators=tuple(city.indicators.values()))


def reviewed(found: Compiled, pack: Path, *others: Decision, name: str = "north", **given: str) -> Declared:
    made = {item.id: Decision(item=item.id, verdict="accept") for item in items(found)}
    made |= {one.item: one for one in others}
    decisions = Decisions(sha256=digest(found.text), decisions=tuple(made.values()))
    return declare(found, decisions, read_header(found, name, **given), load(str(pack)).organisations)


def test_an_accepted_plan_loads_clean(pack: Path) -> None:
    added = reviewed(compiled(TEXT, pack), pack)
    before = (pack / "indicators.yaml").read_text(encoding="utf-8")
    written = {path.name for path in admit(added, pack, "# decided\n")}
    assert written == {"plan-north.yaml", "documents.yaml", "indicators.yaml", "organisations.yaml"}
    assert check(str(pack)) == []
    assert (pack / "indicators.yaml").read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    assert (pack / "plan-north.yaml").read_text(encoding="utf-8").startswith("# decided\nid: north\n")
    city = load(str(pack))
    plan = city.plan("north")
    assert UNLINKED not in {target.indicator for target in plan.targets}
    document = city.documents["north"]
    assert (document.publisher, document.date, document.kind) == ("示例市北区人民政府", "2021-06-30", "plan")


def test_targets_of_one_name_share_an_indicator_and_one_that_only_changes_is_an_index(pack: Path) -> None:
    added = reviewed(compiled(TEXT, pack), pack)
    names = {one.label.zh: one for one in added.indicators}
    recycled = names["再生资源利用量"]
    assert [t.value for t in added.plan.targets if t.indicator == recycled.id] == [2000, 3000]
    assert (recycled.unit, recycled.definition) == ("万吨", None)
    ships, boxes = names["船舶碳排放强度"], names["集装箱铁水联运量年增长率"]
    assert (ships.unit, ships.definition is None, boxes.unit, boxes.kind) == ("%", False, "%", "change")
    assert [t.measure for t in added.plan.targets if t.indicator in (ships.id, boxes.id)] == ["ratio", None]
    share = names["铁路货运占比"]
    assert (share.unit, share.kind, share.definition) == ("%", "ratio", None)


def test_units_that_no_organisation_matches_keep_their_tasks(pack: Path) -> None:
    found = compiled(TEXT, pack)
    task = next(item for item in items(found) if item.kind == "task")
    added = reviewed(found, pack)
    kinds = {unit.short.zh: unit.type for unit in added.organisations}
    assert kinds == {"市气象局": "department", "各有关单位": "group", "北区港务集团有限公司": "enterprise"}
    assert len(added.plan.tasks[0].units) == 4
    edit = Decision(item=task.id, verdict="edit", changes=Changes(units=("市新设局",), lead=("市新设局",)))
    edited = reviewed(found, pack, edit)
    assert [unit.short.zh for unit in edited.organisations] == ["市新设局"]
    assert edited.plan.tasks[0].lead == (edited.organisations[0].id,)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_invented_plan_enters_a_pack_clean(document: Path, pack: Path) -> None:
    city = load(str(pack))
    found = compile_file(document, organisations=city.organisations, indicators=tuple(city.indicators.values()))
    admit(reviewed(found, pack, name=document.stem, issuer="某机关", issued="2024-01-02"), pack)
    assert check(str(pack)) == []


def test_nothing_is_written_where_the_plan_may_not_enter(pack: Path) -> None:
    found = compiled(TEXT, pack)
    with pytest.raises(Refused, match=r"does not say issuer and issued.*--issuer --issued") as refused:
        bare = compiled(TEXT.partition("示例市北区人民政府\n")[0].replace("示例市北区", ""), pack)
        reviewed(bare, pack)
    assert "请用 --issuer --issued 给出" in refused.value.text("zh")
    added = reviewed(found, pack)
    admit(added, pack)
    with pytest.raises(Refused, match=r"plan-north\.yaml: the pack has this plan already"):
        admit(added, pack)
    before = {path.name: path.read_bytes() for path in pack.glob("*.yaml")}
    clash = reviewed(found, pack, name="toy-2024")
    with pytest.raises(FaultsFound):
        admit(clash, pack)
    assert {path.name: path.read_bytes() for path in pack.glob("*.yaml")} == before
