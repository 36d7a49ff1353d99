from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from dafeng.errors import Collector
from dafeng.facts import pack
from dafeng.facts.series import Facts

INDICATORS = """\
indicators:
  - id: power.pv_capacity
    label: {zh: 光伏, en: Photovoltaics}
    unit: 万千瓦
    kind: stock
    display: {zh: 万千瓦, en: MW}
    priority: [yearbook]
  - id: energy.balance
    label: {zh: 平衡表, en: Balance}
    unit: 万吨
    kind: flow
    dims: [fuel]
    units: {gas: 亿立方米}
"""
AXES = """\
axes:
  fuel:
    label: {zh: 品种, en: fuel}
    labels:
      coal: {zh: 煤, en: Coal}
      gas: {zh: 气, en: Gas}
"""
HEADER = "indicator,place,period,dims,value,unit,source,locator,vintage,status,confidence,bound,basis,note,recorded\n"
TABLE = HEADER + "power.pv_capacity,toyville,2024,,411,万千瓦,yearbook,表 1,2025,actual,high,,,,2025-06-01\n"
DOCUMENTS = {"yearbook", "bulletin"}
PLACES = {"toyville": "toyville"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    put(tmp_path, "indicators.yaml", INDICATORS)
    put(tmp_path, "facts/axes.yaml", AXES)
    put(tmp_path, "facts/all.csv", TABLE)
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    found = Collector("toy")
    pack.read(folder, found, documents=DOCUMENTS, places=PLACES)
    return [f"[{fault.code}] {fault}" for fault in found.faults]


def test_a_sound_pack_has_no_fault(folder: Path) -> None:
    found = Collector("toy")
    read = pack.read(folder, found, documents=DOCUMENTS, places=PLACES)
    assert found.faults == []
    assert list(read.indicators) == ["power.pv_capacity", "energy.balance"]
    assert Facts(read.observations, read.indicators).series("power.pv_capacity", "toyville").value(2024) == 411
    assert read.axes["fuel"].labels["coal"].zh == "煤"


def test_every_fault_of_a_table_comes_with_its_line(folder: Path) -> None:
    rows = [
        "power.pv_capacity,toyville,2023,,abc,万千瓦,yearbook,,2025,actual,high,,,,",
        'power.pv_capacity,toyville,2022,,"1,234",万吨,yearbook,,2025,actual,high,,,,',
        "power.pv_capacity,toyville,2021,,1,万千瓦,yearbok,,2025,actual,high,,,,",
        "power.pv_capacity,toyville,2020,,1,万千瓦,yearbook",
        "",
        "power.pv_capacity,toyville,2024,,412,万千瓦,yearbook,表 2,2025,actual,low,,,,",
        "energy.balance,toyville,2024,fuel=gas,1,亿立方米,yearbook,,2025,actual,high,,,,",
    ]
    put(folder, "facts/all.csv", TABLE + "\n".join(rows) + "\n")
    assert faults(folder) == [
        "[not-a-number] facts/all.csv:3: value: 'abc' is not a number. "
        "Write digits with a point for decimals; leave the cell empty where there is no figure",
        "[unit-dimension] facts/all.csv:4: unit: power.pv_capacity is counted in '万千瓦', and '万吨' measures "
        "something else. Correct the unit or the indicator",
        "[unknown-document] facts/all.csv:5: source: no document is called 'yearbok'. Did you mean 'yearbook'?",
        "[row-length] facts/all.csv:6: the row has 7 cells and the header 15. Quote cells that hold a comma",
        "[duplicate-row] facts/all.csv:8: power.pv_capacity@toyville/2024 from 'yearbook' is given twice "
        "(first at facts/all.csv:2). Keep one of the two, or give the vintage of the later publication",
    ]


def test_a_row_given_in_two_files_is_a_fault(folder: Path) -> None:
    put(folder, "facts/more.csv", TABLE)
    assert faults(folder) == [
        "[duplicate-row] facts/more.csv:2: power.pv_capacity@toyville/2024 from 'yearbook' is given twice "
        "(first at facts/all.csv:2). Keep one of the two, or give the vintage of the later publication"
    ]


def test_another_source_vintage_basis_or_status_is_another_figure(folder: Path) -> None:
    rows = (
        "power.pv_capacity,toyville,2024,,411,万千瓦,bulletin,表 1,2025,actual,high,,,,2025-06-01\n"
        "power.pv_capacity,toyville,2024,,411,万千瓦,yearbook,表 1,2026,actual,high,,,,2025-06-01\n"
        "power.pv_capacity,toyville,2024,,400,万千瓦,yearbook,表 1,2025,planned,high,,,,2025-06-01\n"
    )
    put(folder, "facts/all.csv", TABLE + rows)
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "indicator,place,period,value,unit,staus\n",
            [
                "[unknown-column] facts/all.csv:1: no column is called 'staus'. Did you mean 'status'?",
                "[missing-column] facts/all.csv:1: the table has no column source and no column status. Add it",
            ],
        ),
        (
            HEADER.replace("locator", "备注"),
            ["[duplicate-column] facts/all.csv:1: the column 'note' stands twice. Remove one of the two"],
        ),
        (
            HEADER + 'power.pv_capacity,"toyville\n',
            [
                "[csv] facts/all.csv:2: the table cannot be read: unexpected end of data. Close every quoted cell",
            ],
        ),
    ],
)
def test_a_table_that_is_none_says_why(folder: Path, table: str, expected: list[str]) -> None:
    put(folder, "facts/all.csv", table)
    assert faults(folder) == expected


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Path) -> None:
    (folder / "facts" / "all.csv").write_bytes(TABLE.encode() + "备注\n".encode("gb18030"))
    assert faults(folder) == ["[encoding] facts/all.csv:3: the line is not UTF-8. Save the file as UTF-8"]


def test_every_fault_of_the_indicators_comes_with_its_line(folder: Path) -> None:
    text = """\
indicators:
  - id: power.pv_capacity
    label: {zh: 光伏, en: Photovoltaics}
    unit: 万千瓦
    display: {zh: 万吨, en: MW}
    changes: power.pv_chance
    priority: [yearbook, nothing]
  - id: power.pv_capacity
    label: {zh: 光伏, en: Photovoltaics}
    unit: 万千克瓦
    awaiting:
      years: [2025]
      why: {zh: 待核定, en: Awaited}
      source: bulletn
  - id: energy.balance
    label: {zh: 平衡表, en: Balance}
    unit: 万吨
    dims: [fuels]
    units: {gas: 亿立方米}
"""
    put(folder, "indicators.yaml", text)
    put(folder, "facts/all.csv", HEADER)
    assert faults(folder) == [
        "[duplicate-id] indicators.yaml:8: the indicator 'power.pv_capacity' is declared twice (first at "
        "indicators.yaml:2). One id, one meaning: keep one of them",
        "[unit-dimension] indicators.yaml:5: power.pv_capacity is counted in '万千瓦', which '万吨' cannot show. "
        "Show it in a unit of the same dimension",
        "[unknown-indicator] indicators.yaml:6: power.pv_capacity: no indicator is called 'power.pv_chance'. "
        "Did you mean 'power.pv_capacity'?",
        "[unknown-document] indicators.yaml:7: power.pv_capacity: no document is called 'nothing'. "
        "Declare it, or correct the name",
        "[unknown-unit] indicators.yaml:10: power.pv_capacity: unit '万千克瓦': '千克瓦' is not known. "
        "Did you mean '千瓦' or '千克' or '千瓦时'?",
        "[unknown-document] indicators.yaml:14: power.pv_capacity: no document is called 'bulletn'. "
        "Did you mean 'bulletin'?",
        "[unknown-axis] indicators.yaml:18: energy.balance: no axis is called 'fuels'. Did you mean 'fuel'?",
        "[unknown-label] indicators.yaml:19: energy.balance: no label of its axes is called 'gas'. "
        "Declare it, or correct the name",
    ]


def test_what_could_not_be_read_raises_no_further_fault(folder: Path) -> None:
    (folder / "indicators.yaml").unlink()
    assert faults(folder) == [
        "[no-file] indicators.yaml: the file is missing. Add indicators.yaml to the city pack",
    ]


def test_the_city_that_comes_with_dafeng_is_sound() -> None:
    with resources.as_file(resources.files("dafeng") / "cities" / "shanghai") as folder:
        found = Collector("shanghai")
        read = pack.read(folder, found)
    assert found.faults == []
    assert len(read.observations) > 1600
