"""What the plan-as-written scenario says of the targets, beside the simple drift."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.pathway.conftest import TOY, built

from dafeng.assess import assess, outlook
from dafeng.assess.outlook import DRAWS, SEED, TargetOutlook, disagrees, will_be_met
from dafeng.city import load
from dafeng.pathway import project
from dafeng.report.records import OutlookList, TargetDetail

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("outlook") / "toy")


def test_the_outlook_is_the_projection_of_the_plan_as_written(pack: Path) -> None:
    city = load(pack)
    found = outlook(city)
    assert found is not None
    same = project(city, "plan", draws=DRAWS, seed=SEED)
    assert {id: each.probability for id, each in found.targets.items()} == {
        each.target: each.probability for each in same.targets
    }
    peak = same.boundaries["local"].peak
    assert peak is not None
    assert (found.peaks[0].year, found.peaks[0].probability) == (peak.year, peak.p_before)
    assert outlook(city) is found


def test_a_city_without_a_pathway_has_none(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "toy")
    assert outlook(load(tmp_path / "toy")) is None


def test_where_scenario_and_drift_differ_it_is_said() -> None:
    city = load("shanghai")
    found, assessment = outlook(city), assess(city, TODAY)
    assert found is not None
    told = {}
    for result in assessment.targets:
        ahead = found.targets.get(result.id)
        if ahead is not None and result.projection is not None:
            drift = result.projection.probability >= 0.5
            told[result.id] = disagrees(ahead, result)
            assert told[result.id] == (will_be_met(ahead) != drift)
    assert told, "no target has both a scenario and a drift"
    records = OutlookList.build(found, assessment)
    assert {id for id, each in records.targets.items() if each.disagrees} == {id for id, said in told.items() if said}


def test_the_record_of_a_target_carries_it() -> None:
    city = load("shanghai")
    found, assessment = outlook(city), assess(city, TODAY)
    target = assessment.target("pv-capacity-2030")
    assert target is not None
    detail = TargetDetail.build(target, assessment, found)
    assert detail.outlook is not None and detail.outlook.value == pytest.approx(700, rel=0.3)
    assert TargetDetail.build(target, assessment).outlook is None


def test_draws_weigh_more_than_the_line() -> None:
    assert will_be_met(TargetOutlook("t", 1, 0, 2, 0.4, True)) is False
    assert will_be_met(TargetOutlook("t", 1, None, None, None, True)) is True
