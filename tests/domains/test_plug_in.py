"""A ten-line domain plugs into a city with no edit elsewhere: it is computed, explained and can carry a target."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import TOY_DAY
from tests.domains import toy_domain

from dafeng.assess import assess
from dafeng.city import load

TOY = Path(__file__).parents[1] / "cities" / "toy"
TARGET = """
  - id: emissions-2030
    indicator: toy_domain.emissions
    chapter: aims
    value: 400
    unit: 万吨二氧化碳
    comparator: "<="
    year: 2030
    clause: 一

goals:"""


def test_a_domain_plugs_in() -> None:
    city = load(TOY, domains=[toy_domain])
    found = dict(city.computed("toy_domain.emissions"))
    assert found == pytest.approx({2021: 500, 2022: 497, 2023: 494, 2024: 491})
    tree = city.explain("toy_domain.emissions", 2024)
    assert tree.label is not None
    assert tree.label.zh == "排放总量"
    assert {node.id for node in tree.walk() if node.kind == "document"} == {"toy-yearbook-2025"}
    assert load(TOY) is not city


def test_a_target_can_point_to_its_variable(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("\ngoals:", TARGET, 1), encoding="utf-8")
    result = assess(load(folder, domains=[toy_domain]), TOY_DAY).target("emissions-2030")
    assert result is not None
    assert result.latest is not None
    assert (result.latest.value, result.latest.year, result.latest.status) == (pytest.approx(491), 2024, "derived")
    assert (result.status, result.latest.source) == ("off_track", "toy-yearbook-2025")
    assert result.projection is not None
