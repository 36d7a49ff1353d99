"""Which target replaced which, and what was in force when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dafeng.errors import NotFound
from dafeng.plan import Plans, current_targets, load, plan_of, superseded_by, versions_of
from dafeng.plan.schema import Plan, Target

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def toy() -> Plans:
    return load(HERE / "pack")


def test_the_newer_target_is_in_force_from_the_day_its_plan_was_issued(toy: Plans) -> None:
    def ids(*day: int) -> list[str]:
        return [target.id for target in toy.current_targets(date(*day) if day else None)]

    assert ids(2021, 4, 30) == []
    assert ids(2021, 5, 1) == ["solar-2025", "intensity-2025"], "a plan dated by month counts from its first day"
    assert ids(2023, 1, 31) == ["solar-2025", "intensity-2025"]
    assert ids(2023, 2, 1) == ["intensity-2025", "solar-2027"]
    assert ids() == ids(2026, 1, 1)


@pytest.mark.parametrize("id", ["solar-2025", "solar-2027"])
def test_all_versions_are_found_from_any_of_them_oldest_first(toy: Plans, id: str) -> None:
    assert [target.id for target in toy.versions_of(id)] == ["solar-2025", "solar-2027"]
    assert [target.id for target in toy.versions_of("intensity-2025")] == ["intensity-2025"]


def test_links_are_read_backwards_as_known_on_a_date(toy: Plans) -> None:
    assert superseded_by(toy.plans) == {"solar-2025": ("solar-2027",)}
    assert superseded_by(toy.plans, date(2022, 1, 1)) == {}


def test_parts_are_found_in_their_plan(toy: Plans) -> None:
    assert plan_of(toy.plans, "solar-2027").id == "second"
    assert plan_of(toy.plans, "forest-kept").id == "first"
    assert toy.plan().id == "first"
    assert toy.plan("second").supersedes == "first"
    assert toy.target("solar-2025").value == 12
    assert toy.goal("forest-kept").due == 2030
    assert [note.verdict for note in toy.notes_on("forest-kept")] == ["on_track"]


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (
            lambda plans: plans.target("solar-2026"),
            "no target 'solar-2026'. Did you mean 'solar-2027' or 'solar-2025'?",
        ),
        (lambda plans: plans.versions_of("wind"), "no target 'wind'."),
        (lambda plans: plans.goal("forest-kep"), "no goal 'forest-kep'. Did you mean 'forest-kept'?"),
        (lambda plans: plans.plan("frst"), "no plan 'frst'. Did you mean 'first'?"),
        (lambda plans: Plans(()).plan(), "no plan ''."),
        (
            lambda plans: plan_of(plans.plans, "solar"),
            "no target or goal 'solar'. Did you mean 'solar-2027' or 'solar-2025'?",
        ),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(toy: Plans, find: object, message: str) -> None:
    with pytest.raises(NotFound) as error:
        find(toy)  # type: ignore[operator]
    assert str(error.value) == message


def test_shanghais_second_plan_redates_three_targets_and_adds_three(shanghai: Plans) -> None:
    replaced = superseded_by(shanghai.plans)
    assert replaced == {
        "demand-response-share-2025": ("demand-response-share-confirmed-2025",),
        "green-travel-share-2025": ("green-travel-share-2027",),
        "private-new-bev-share-2025": ("private-new-bev-share-2027",),
        "sea-rail-containers-2025": ("sea-rail-containers-2027",),
        "water-water-share-2025": ("water-water-share-2027",),
    }
    newer = shanghai.plan("transition-2024")
    assert [target.id for target in newer.targets if not target.supersedes] == [
        "pv-capacity-2027",
        "green-methanol-2027",
        "sustainable-aviation-fuel-2027",
    ]
    assert [target.id for target in newer.targets if target.change is None] == []
    assert len(shanghai.current_targets(date(2024, 8, 21))) == 69
    assert len(shanghai.current_targets(date(2024, 8, 22))) == 69 + 8 - 5


def target(id: str, supersedes: str = "") -> Target:
    fields = {"indicator": "power.solar", "chapter": "aims", "unit": "", "comparator": ">=", "clause": "一"}
    return Target.model_validate({"id": id, "value": 1, "supersedes": supersedes, **fields})


def plan(id: str, issued: str, *targets: Target) -> Plan:
    title = {"zh": "方案", "en": "Plan"}
    chapter = {"id": "aims", "no": "一", "title": title}
    head = {"id": id, "title": title, "issuer": title, "document": "d", "issued": issued, "horizon": (2020, 2030)}
    return Plan.model_validate({**head, "chapters": [chapter], "targets": [t.model_dump() for t in targets]})


def test_a_target_that_was_split_has_all_its_heirs() -> None:
    plans = (
        plan("c", "2024", target("later", "left")),
        plan("a", "2020", target("whole")),
        plan("b", "2022", target("left", "whole"), target("right", "whole")),
    )
    assert [t.id for t in versions_of(plans, "later")] == ["whole", "left", "right", "later"]
    assert [t.id for t in current_targets(plans)] == ["right", "later"]


def test_a_circle_of_links_is_walked_once() -> None:
    plans = (plan("a", "2020", target("one", "two")), plan("b", "2021", target("two", "one")))
    assert {t.id for t in versions_of(plans, "one")} == {"one", "two"}
