"""The shipped city: the verdicts that are known, each with its figure and its document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dafeng.assess import Assessment, assess, changes
from dafeng.assess.evidence import figures
from dafeng.assess.measure import measured
from dafeng.city import City
from dafeng.lineage import Node

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text(encoding="utf-8"))
KNOWN = [(kind, id, expected) for kind, listed in GOLDEN.items() for id, expected in listed.items()]


@pytest.mark.parametrize(("kind", "id", "expected"), KNOWN, ids=[id for _, id, _ in KNOWN])
def test_known(kind: str, id: str, expected: dict[str, Any], shanghai_assessment: Assessment) -> None:
    result = next(item for item in getattr(shanghai_assessment, kind) if item.id == id)
    assert result.status == expected["status"]
    latest = result.latest
    got = {
        "status": result.status,
        "value": latest and latest.value,
        "year": latest and latest.year,
        "source": latest and latest.source,
        "required": getattr(result, "required", None),
    }
    for name, value in expected.items():
        assert got[name] == (pytest.approx(value, rel=1e-6) if isinstance(value, float | int) else value), name


def test_the_whole_plan_is_judged(shanghai: City, shanghai_assessment: Assessment) -> None:
    assert len(shanghai_assessment.targets) == 69
    assert len(shanghai_assessment.goals) == 17
    assert sum(shanghai_assessment.total.counts.values()) == 69
    with_figure = [result.id for result in shanghai_assessment.targets if result.series]
    assert 20 <= len(with_figure) <= 40
    assert {result.unit for result in shanghai_assessment.targets} >= {"万千瓦", "%", "万亩", "倍"}


def test_energy_intensity_fell_by_22_5_percent_from_2016_to_2020(shanghai: City) -> None:
    plan = shanghai.plan()
    target = next(item for item in plan.targets if item.id == "intensity-2025")
    earlier = target.model_copy(update={"baseline_year": 2015, "year": 2020})
    found = figures(shanghai, shanghai.indicators["energy.intensity_change"], date(2026, 11, 25), "")
    known = measured(earlier, plan, shanghai.indicators["energy.intensity"], "chain", found)
    assert [figure.year for figure in known.figures] == [2016, 2017, 2018, 2019, 2020]
    assert known.figures[-1].value == pytest.approx(22.5, abs=0.1)


def test_both_versions_of_a_re_dated_target_stand(shanghai_assessment: Assessment) -> None:
    old, new = (
        shanghai_assessment.target("green-travel-share-2025"),
        shanghai_assessment.target("green-travel-share-2027"),
    )
    assert old is not None
    assert new is not None
    assert old.superseded_by == ("green-travel-share-2027",)
    assert (new.supersedes, new.plan) == ("green-travel-share-2025", "transition-2024")
    assert new not in shanghai_assessment.targets


def test_before_it_was_issued_a_version_is_not_known(shanghai: City) -> None:
    found = assess(shanghai, date(2023, 12, 31))
    assert found.amendments == ()
    old = found.target("green-travel-share-2025")
    assert old is not None
    assert old.superseded_by == ()


def test_the_later_version_alone(shanghai: City) -> None:
    found = assess(shanghai, date(2026, 11, 25), "transition-2024")
    assert {result.plan for result in found.targets} == {"transition-2024"}
    assert found.amendments == ()


def test_every_lineage_ends_in_documents_parameters_and_rules(shanghai: City, shanghai_assessment: Assessment) -> None:
    for result in (*shanghai_assessment.targets, *shanghai_assessment.goals, *shanghai_assessment.amendments):
        leaves = [node for node in result.lineage.walk() if not node.children]
        assert leaves, result.id
        for leaf in leaves:
            assert leaf.kind in ("document", "parameter", "rule"), (result.id, leaf)
            assert leaf.id in shanghai.documents if leaf.kind == "document" else leaf.ref, (result.id, leaf)
        for node in result.lineage.walk():
            assert node.kind != "fact" or node.ref, (result.id, node)


def test_the_tree_of_a_computed_figure_goes_down_to_both_inputs(shanghai_assessment: Assessment) -> None:
    result = shanghai_assessment.target("demand-response-share-2025")
    assert result is not None
    assert result.latest is not None
    assert (result.latest.status, result.latest.observation) == ("derived", "power.demand_response_share")
    tree = {node.id: node for node in result.lineage.walk()}
    assert tree["power.demand_response_capability"].value == pytest.approx(210)
    assert tree["power.peak_load"].value == pytest.approx(4055)
    assert tree["grid-shanghai-2025-08-12"].label is not None
    formula = tree["power.demand_response_share"]
    assert isinstance(formula, Node)
    assert formula.ref == "state-peaking-plan-2021#三（一）6"


def test_what_changed_in_2026(shanghai: City) -> None:
    found = changes(shanghai, date(2025, 12, 31), date(2026, 11, 25))
    turned = {change.target: (change.before, change.after) for change in found if change.before != change.after}
    assert turned["parks-2025"] == ("on_track", "met")
    assert turned["wind-capacity-2025"] == ("off_track", "overdue")
    by_calendar = next(change for change in found if change.target == "wind-capacity-2025")
    assert (by_calendar.date, by_calendar.observation, by_calendar.value) == ("2026-01-01", "", None)
    assert by_calendar.source == "sh-peaking-plan-2022"
    assert [change.date for change in found] == sorted((change.date for change in found), reverse=True)


def test_reasons_are_finished_sentences(shanghai_assessment: Assessment) -> None:
    for result in (*shanghai_assessment.targets, *shanghai_assessment.goals, *shanghai_assessment.amendments):
        assert result.reason.zh.endswith("。"), result.id
        assert result.reason.en.endswith("."), result.id
        assert result.reason.en[0].isupper() or result.reason.en[0].isdigit(), result.id
        for word in ("None", "nan", "{", "}", "  "):
            assert word not in result.reason.zh + result.reason.en, result.id


def test_a_superseded_pending_figure_names_its_document(shanghai: City, shanghai_assessment: Assessment) -> None:
    for result in shanghai_assessment.targets:
        if result.latest is not None:
            assert result.latest.source in shanghai.documents, result.id
        for evidence in result.series:
            assert evidence.source in shanghai.documents, result.id
