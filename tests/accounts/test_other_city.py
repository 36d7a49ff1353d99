"""Every account works on another city with a handful of facts and no code change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dafeng.accounts.account import account, accounts
from dafeng.accounts.reconcile import reconcile
from dafeng.accounts.trend import change
from dafeng.city import City, load

TOY = Path(__file__).parents[1] / "cities" / "toy"
INDICATOR = """
  - id: energy.burnt
    label: {zh: 燃料燃烧量, en: Fuel burnt}
    unit: 万吨
    kind: flow
    dims: [fuel, sector]
    units: {natural_gas: 亿立方米}
"""
AXES = """
  fuel:
    label: {zh: 能源品种, en: fuel}
    labels:
      raw_coal: {zh: 原煤, en: Raw coal}
      diesel: {zh: 柴油, en: Diesel}
      natural_gas: {zh: 天然气, en: Natural gas}
"""
ROWS = """indicator,place,period,dims,value,unit,source,status
energy.burnt,toyville,2023,fuel=raw_coal;sector={sector},100,万吨,toy-yearbook-2025,actual
energy.burnt,toyville,2023,fuel=diesel;sector={sector},10,万吨,toy-yearbook-2025,actual
energy.burnt,toyville,2023,fuel=natural_gas;sector={sector},1,亿立方米,toy-yearbook-2025,actual
energy.burnt,toyville,2024,fuel=raw_coal;sector={sector},90,万吨,toy-yearbook-2025,actual
energy.burnt,toyville,2024,fuel=diesel;sector={sector},12,万吨,toy-yearbook-2025,actual
energy.burnt,toyville,2024,fuel=natural_gas;sector={sector},2,亿立方米,toy-yearbook-2025,actual
"""


@pytest.fixture
def other(tmp_path: Path, toy: City) -> City:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    indicators = folder / "indicators.yaml"
    indicators.write_text(indicators.read_text(encoding="utf-8").rstrip() + INDICATOR, encoding="utf-8")
    axes = folder / "facts" / "axes.yaml"
    axes.write_text(axes.read_text(encoding="utf-8").rstrip() + AXES, encoding="utf-8")
    sector = next(iter(toy.axes["sector"].labels))
    rows = ROWS.replace("{sector}", sector).replace("toyville", toy.id)
    (folder / "facts" / "burnt.csv").write_text(rows, encoding="utf-8")
    return load(folder)


def test_a_few_facts_make_an_account(other: City) -> None:
    every = account(other, "inventory-2025", 2023)
    assert every.by_fuel == pytest.approx(
        {"raw_coal": 1.9002993, "diesel": 0.3095850, "natural_gas": 0.2162188}, rel=1e-4
    )
    assert set(accounts(other, "inventory-2025").totals()) == {2023, 2024}
    assert reconcile(other, "inventory-2025", "inventory-2025", 2023, end_switches={"gwp": "ar4"}).steps == ()


def test_its_change_is_decomposed(other: City) -> None:
    found = change(other, "inventory-2025", 2023, 2024)
    assert sum(found.effects.values()) == pytest.approx(found.change)
