"""Published documents compared with the shipped plan; those that lie beside the repository are used if there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dafeng.city import City, load
from dafeng.compare import DistrictPlan, compare, consistency, read

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no annotated plans beside the repository")


@pytest.fixture(scope="module")
def city() -> City:
    return load("shanghai")


def given(city: City, name: str) -> str:
    return str(next(SHARED.glob(f"*/{name}.md")))


def test_the_text_of_the_plan_is_the_plan_of_the_pack(city: City) -> None:
    """Targets of the pack are the clauses of its text; two that are no plain numbers (2/3, one kind) are not read."""
    plan = city.plan()
    document = read(given(city, "shanghai-carbon-peaking-plan"), city.plans, city.indicators, city.organisations)
    found = compare(plan, document.plan, city.indicators)
    assert {kind for item in found.differences for kind in item.kinds} <= {"dropped"}
    assert len(found.differences) <= 2
    assert len(found.same) >= 65


def test_another_plan_held_as_that_of_a_district_asks_for_less(city: City) -> None:
    document = read(given(city, "jiangxi"), city.plans, city.indicators, city.organisations)
    assert document.plan.status == "proposed"
    found = consistency(city.plan(), [DistrictPlan("other", document.plan)], city.indicators, city.organisations)
    looser = {item.city.id for item in found.findings if item.code == "looser"}
    assert {"non-fossil-share-2025", "straw-utilisation-2025", "manure-utilisation-2025"} <= looser
    assert set(found.counts) == {"stringency"}
    assert len(found.own) + sum(bool(row.covered) for row in found.coverage) <= len(document.plan.targets) + 1
