"""Pathways by place: the file of a pack and its faults, the commands, the table for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.pathway.conftest import built
from tests.pathway.test_commands import Run, dafeng  # noqa: F401  # the fixture

from dafeng.city import load as load_city
from dafeng.errors import Refused
from dafeng.pathway import Pathway, check, load
from dafeng.pathway.places import by_place
from dafeng.report.places import long_rows

CLOSE = 1e-9


@pytest.fixture(scope="module")
def shanghai() -> Pathway:
    return load(load_city("shanghai"))


def test_a_pack_without_an_allocation_has_one_place(pathway: Pathway, dafeng: Run) -> None:  # noqa: F811
    for ask in (lambda: by_place(pathway, "plan"), lambda: pathway.scenario("plan", {"scrap@north": 30})):
        with pytest.raises(Refused, match=r"its pathway has one place, the city\. Add allocation\.yaml"):
            ask()
    said = dafeng("project", "--by-place")
    assert (said.exit_code, "its pathway has one place" in said.stderr) == (4, True)


def _pack(folder: Path, change: Callable[[dict], None]) -> Path:
    pack = built(folder / "toy")
    content = {
        "keys": [{"id": "people", "label": {"zh": "人口", "en": "people"}, "fact": "economy.gdp", "year": 2023}],
        "lines": [
            {"id": "power", "label": {"zh": "电", "en": "Power"}, "sectors": ["power", "imports"]},
            {
                "id": "steel", "label": {"zh": "钢", "en": "Steel"}, "sectors": ["steel"],
                "parts": [
                    {"id": "steel", "label": {"zh": "钢", "en": "Steel"}, "variable": "steel.co2", "key": "people"},
                ],
            },
        ],
    }  # fmt: skip
    change(content)
    (pack / "allocation.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return pack


FAULTY = [
    (lambda c: c["lines"][1]["parts"][0].update(variable="steel.co3"), "unknown-variable", "no variable is called"),
    (lambda c: c["lines"][1]["parts"][0].update(key="x"), "value", "asks for the key 'x', which is not declared"),
    (lambda c: c["lines"][1]["parts"][0].update(cells={"fuel": "coal"}), "unknown-label", "has no fuel 'coal'"),
    (lambda c: c["lines"].pop(0), "sector-left-out", "no line has the sectors power, imports"),
    (lambda c: c["lines"][0].update(sectors=["power", "imports", "x"]), "unknown-sector", "no sector is called 'x'"),
    (lambda c: c["keys"][0].update(fact="economy.x"), "unknown-fact", "no fact is called 'economy.x'"),
    (lambda c: c["keys"][0].update(year=1900), "no-key", "in 1900"),
    (
        lambda c: c.update(amounts={"steel.x": "people"}),
        "unknown-parameter",
        "no formula reads the parameter",
    ),
    (lambda c: c.update(division="province"), "no-place", "no place of the pack is a 'province'"),
    (
        lambda c: c["lines"][1]["parts"][0].update(through=["grid.co2"]) or c.update(handed_down=["grid.coal"]),
        "handed-down",
        "the city would not hear of it",
    ),
    (lambda c: c["lines"][1].update(sectors=["steel", "power"]), "value", "the sector 'power' stands twice"),
]


@pytest.mark.parametrize(("change", "code", "said"), FAULTY)
def test_faults_of_the_file_have_a_line(tmp_path: Path, change: Callable[[dict], None], code: str, said: str) -> None:
    faults = check(load_city(_pack(tmp_path, change)))
    assert any(said in fault.message and fault.place.startswith("allocation.yaml") for fault in faults), faults
    assert all(fault.remedy for fault in faults)


def test_a_scenario_of_a_pack_may_set_levers_of_places(tmp_path: Path) -> None:
    pack = _pack(tmp_path, lambda c: None)
    text = (
        "label: {zh: 北, en: North}\nbased_on: plan\ndelay: 3\nset:\n  scrap@north: {to: 33, start: 2025, end: 2030}\n"
    )
    (pack / "scenarios" / "north.yaml").write_text(text, encoding="utf-8")
    pathway = load(load_city(pack))
    north = pathway.scenarios["north"]
    assert list(north.local) == ["scrap@north"] and "scrap@north" not in north.settings
    late = by_place(pathway, "late-3")
    found = by_place(pathway, "north")
    at = found.at(2040)
    assert found.totals[0, at] < late.totals[0, at] and found.totals[1, at] == late.totals[1, at]
    (pack / "allocation.yaml").unlink()
    faults = check(load_city(pack))
    assert [(fault.code, fault.place) for fault in faults] == [("places", "scenarios/north.yaml")]


def test_the_commands_show_what_is_allocated(dafeng: Run) -> None:  # noqa: F811
    def run(*args: str) -> str:
        return dafeng("--city", "shanghai", "project", "--scenario", "plan", *args).stdout

    table = run("--by-place")
    assert "pudong" in table and "not divided" in table and "residents 2024" in table
    one = run("--place", "pudong")
    assert "allocated by residents, 2024" in one and "Of the city, not divided: Steel" in one
    said = json.loads(run("--by-place", "--json"))
    total = sum(place["co2"][-1] for place in said["places"]) + said["undivided_total"][-1]
    assert total == pytest.approx(said["whole"][-1], rel=1e-9)
    part = said["places"][0]["lines"]["road"]["parts"]["petrol"]
    assert (part["basis"], part["key"], part["co2"]) == ("allocated", "residents", None)
    one_json = json.loads(run("--place", "pudong", "--set", "delivery-by-districts@pudong=0.7", "--json"))
    assert one_json["local"]["delivery-by-districts@pudong"]["acts_on"][:2] == ["electricity", "buildings"]
    assert len(one_json["places"][0]["lines"]["road"]["parts"]["petrol"]["co2"]) == len(one_json["years"])


def test_the_table_says_the_basis_of_every_value(shanghai: Pathway) -> None:
    head, rows = long_rows(shanghai, by_place(shanghai, "plan"), "en")
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["basis"] for row in listed} == {"allocated", "undivided", "city"}
    assert all(row["key"] for row in listed if row["basis"] == "allocated")
    at = [row for row in listed if row["year"] == 2030]
    parts = sum(row["value"] for row in at if row["basis"] != "city")
    assert parts == pytest.approx(sum(row["value"] for row in at if row["basis"] == "city"), rel=CLOSE)
