"""What the hourly power system says of targets: certified answers of all hours only, told beside the evidence."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from dafeng.assess import assess, hourly, hourly_on
from dafeng.city import City, load
from dafeng.report.records import AssessmentRecord, TargetDetail

TOY = Path(__file__).parents[1] / "cities" / "toy"


@pytest.fixture(scope="module")
def shanghai() -> City:
    return load("shanghai")


def test_the_answers_of_the_pack_say_which_targets_hold(shanghai: City) -> None:
    found = hourly(shanghai)
    assert found is hourly(shanghai)
    pv = {(each.year, each.coupled): each for each in found["pv-capacity-2030"]}
    assert set(pv) == {(2030, False), (2030, True)}
    assert pv[2030, True].verdict == "holds" and pv[2030, True].scenario == "plan"
    assert {each.verdict for each in found["wind-capacity-2025"]} == {"misses"}
    stored = found["gas-storage-days-2025"][0]
    assert stored.verdict == "absent" and stored.value is None and stored.reason is not None
    assert all(each.synthetic and each.key for several in found.values() for each in several)
    # Previews of the pack say nothing here.
    assert {each.answer for several in found.values() for each in several} == {"answer", "answer-coupled"}


def test_an_assessment_of_an_earlier_day_does_not_know_them(shanghai: City) -> None:
    day = shanghai.facts.newest
    assert hourly_on(shanghai, day) is hourly(shanghai)
    assert hourly_on(shanghai, day - timedelta(days=1)) == {}


def test_the_assessment_tells_them_beside_the_evidence(shanghai: City) -> None:
    result = assess(shanghai, date(2026, 11, 25))
    record = AssessmentRecord.build(result, hourly=hourly(shanghai))
    assert [each.verdict for each in record.hourly["wind-capacity-2025"]] == ["misses", "misses"]
    target = result.target("wind-capacity-2025")
    assert target is not None and target.status == "overdue"
    detail = TargetDetail.build(target, result, None, hourly(shanghai))
    assert detail.hourly == record.hourly["wind-capacity-2025"]
    assert AssessmentRecord.build(result).hourly == {}


def test_what_is_not_proved_says_nothing(shanghai: City, tmp_path: Path) -> None:
    folder = tmp_path / "shanghai"
    shutil.copytree(shanghai.folder, folder)
    for path in (folder / "power").glob("answer*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**record, "certificate": {"violation": 0.0, "gap": 1e-3}}), encoding="utf-8")
    assert hourly(load(folder)) == {}


def test_a_city_without_a_power_system_has_none() -> None:
    assert hourly(load(TOY)) == {}
