"""Scenarios: inheritance, delay, hash, keeping and reading again, refusals; faults of the pack's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pathway.conftest import built

from dafeng.city import load as load_city
from dafeng.errors import Refused
from dafeng.pathway import Pathway, check
from dafeng.pathway.schedule import Schedule


def test_a_delay_moves_measures_only(pathway: Pathway) -> None:
    plan, late = pathway.scenarios["plan"], pathway.scenarios["late-3"]
    assert late.settings["pv-capacity"] == (90.0, Schedule(start=2027, end=2033))
    assert {id: value for id, (value, _) in late.settings.items()} == {id: v for id, (v, _) in plan.settings.items()}
    assert plan.settings["wind-capacity"][1].shape == "s-curve"


def test_the_hash_names_the_numbers(pathway: Pathway) -> None:
    plan = pathway.scenario("plan")
    assert pathway.scenario("plan", {"pv-capacity": 90}).hash == plan.hash
    assert pathway.scenario("plan", {"pv-capacity": 91}).hash != plan.hash
    assert len({each.hash for each in pathway.scenarios.values()}) == 3


def test_a_scenario_can_be_kept_and_read_again(pathway: Pathway) -> None:
    mine = pathway.scenario("plan", {"scrap": 33})
    for kept in (mine.document(), mine.token):
        assert pathway.restored(kept).hash == mine.hash
    assert mine.token.isascii() and len(mine.token) < 600


def test_a_scenario_of_another_pack_is_refused(pathway: Pathway) -> None:
    document = {**pathway.scenario("plan").document(), "pack": "0123"}
    with pytest.raises(Refused) as found:
        pathway.restored(document)
    assert str(found.value) == (
        f"scenario 'plan': it was made with pack version 0123, this is {pathway.city.version}. "
        "Set its levers again, or load that version of the pack."
    )


@pytest.mark.parametrize("letters", ["", "x", "AAAA", "eJyrBgAAewB9", "é"])
def test_letters_that_are_no_scenario_are_refused(pathway: Pathway, letters: str) -> None:
    with pytest.raises(Refused, match=r"^scenario: the "):
        pathway.restored(letters)


def test_a_kept_scenario_that_was_edited_is_refused(pathway: Pathway) -> None:
    document = pathway.scenario("plan").document()
    document["settings"]["scrap"][0] = 21
    with pytest.raises(Refused, match=r"It was edited by hand; keep it again."):
        pathway.restored(document)


def test_the_difference_of_two_scenarios_begins_with_the_parameters_moved(pathway: Pathway) -> None:
    ids = [each.id for each in pathway.diff("current", "plan")]
    assert {"grid.solar_aim", "grid.wind_aim", "grid.import_new", "steel.converter_scrap"} <= set(ids)
    assert "steel.crude" not in ids and "steel.co2" in ids


@pytest.mark.parametrize(
    ("part", "years", "expected"),
    [
        (Schedule(start=2025, end=2027), (2024, 2025, 2026, 2027, 2028), [0, 0, 0.5, 1, 1]),
        (Schedule(start=2025, end=2029, shape="s-curve"), (2025, 2026, 2027, 2029), [0, 0.15625, 0.5, 1]),
        (Schedule(start=2026, end=2030, shape="step"), (2025, 2026, 2027), [0, 1, 1]),
        (Schedule(start=2026, end=2026), (2025, 2026, 2027), [0, 1, 1]),
    ],
)
def test_schedules(part: Schedule, years: tuple[int, ...], expected: list[float]) -> None:
    assert part.part(years).tolist() == expected


FAULTS = {
    "no parameter": ("parameter: grid.solar_aim", "parameter: grid.solar_aims", "unknown-parameter"),
    "unit": ("unit: 万千瓦\n    range: [0, 300]", "unit: TWh\n    range: [0, 300]", "wrong-unit"),
    "range": ("range: [0, 300]", "range: [300, 0]", "range"),
    "outside": ("range: [0, 300]", "range: [50, 300]", "out-of-range"),
    "schedule": ("schedule: {start: 2024, end: 2030}", "schedule: {start: 2030, end: 2024}", "schedule"),
    "action": ("action: people", "action: peple", "unknown-action"),
    "target": ("targets: [pv-capacity-2030]", "targets: [pv-capacity-2031]", "unknown-target"),
    "twice": ("- id: wind-capacity", "- id: pv-capacity", "duplicate-id"),
    "owners": ("parameter: grid.wind_aim", "parameter: grid.solar_aim", "two-owners"),
    "source": ("year: 2024, source: toy-yearbook-2025", "year: 2024", "no-source"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_levers_are_named(tmp_path: Path, name: str) -> None:
    before, after, code = FAULTS[name]
    found = _check(tmp_path, "levers/all.yaml", lambda text: text.replace(before, after, 1))
    assert code in [fault.code for fault in found]
    assert all(fault.place.startswith(("all.yaml:", "plan.yaml:", "late-3.yaml:")) for fault in found)


def test_faults_of_all_files_are_found_together(tmp_path: Path) -> None:
    pack = built(tmp_path / "toy")
    for file, before, after in (
        ("scenarios/plan.yaml", "pv-capacity: 90", "pv-capacity: 900"),
        ("scenarios/late-3.yaml", "based_on: plan", "based_on: plam"),
        ("uncertainty.yaml", "[growth, delivery]", "[growth, deliveries]"),
    ):
        path = pack / file
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert {fault.code for fault in check(load_city(pack))} == {
        "out-of-range",
        "unknown-scenario",
        "unknown-distribution",
    }


def test_a_pack_without_a_pathway_has_no_faults_and_no_pathway() -> None:
    from tests.pathway.conftest import TOY

    from dafeng.pathway import load

    city = load_city(TOY)
    assert check(city) == []
    with pytest.raises(Refused, match=r"city 'toyville': its pack has no pathway. Add pathway.yaml"):
        load(city)


def _check(folder: Path, file: str, edit: Callable[[str], str]) -> list:
    pack = built(folder / "toy")
    path = pack / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return check(load_city(pack))
