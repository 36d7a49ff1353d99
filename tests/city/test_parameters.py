"""Parameters: files of dated values, each with a source, read as data of the model."""

from __future__ import annotations

from math import isnan
from pathlib import Path

from dafeng.city.parameters import read
from dafeng.errors import Collector
from dafeng.kernel import Datum

DOCUMENTS = {"survey-2021": None, "plan-2022": None}
SOUND = """
label: {zh: 单车年均行驶里程, en: mean yearly distance per vehicle}
unit: km/year
axes: [vehicle]
between: linear
values:
  - {year: 2020, value: {car: 12000, bus: null}, source: survey-2021, locator: p. 12, kind: observed}
  - {year: 2030, value: {car: 11000, bus: 50000}, source: plan-2022, kind: planned}
"""
BROKEN = """
label: {zh: 份额, en: share}
unit: zzz
axes: [fuel, vehicle]
values:
  - {year: 2030, value: {coal: 0.5}, source: survey-2012, kind: observed}
  - {year: 2020, value: {coal: {car: 0.5}}, source: plan-2022, kind: planned}
"""


def read_from(folder: Path, **files: str) -> tuple[dict[str, Datum], list[str]]:
    for name, text in files.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    faults = Collector("toy")
    return read(folder, DOCUMENTS, faults)[0], [str(fault) for fault in faults.faults]


def test_the_path_is_the_id_and_the_years_are_an_axis(tmp_path: Path) -> None:
    found, faults = read_from(tmp_path, road__km_per_vehicle=SOUND)
    assert faults == []
    datum = found["road.km_per_vehicle"]
    assert (datum.dims, datum.unit, datum.kind, datum.between) == (
        ("vehicle", "year"),
        "km/year",
        "parameter",
        "linear",
    )
    assert datum.labels == {"vehicle": ("car", "bus"), "year": (2020, 2030)}
    assert datum.values[0].tolist() == [12000, 11000]
    assert isnan(datum.values[1, 0])
    source = datum.source_at((0, 0))
    assert source is not None
    assert (source.document, source.locator, source.status) == ("survey-2021", "p. 12", "observed")


def test_one_value_has_no_years(tmp_path: Path) -> None:
    text = """
label: {zh: 氧化率, en: oxidised share}
unit: "%"
values: [{year: 2020, value: 98, source: survey-2021, kind: official}]
"""
    found, faults = read_from(tmp_path, fuel__oxidised=text)
    assert faults == []
    assert (found["fuel.oxidised"].dims, float(found["fuel.oxidised"].values)) == ((), 98)


def test_every_fault_is_named_and_the_file_is_left_out(tmp_path: Path) -> None:
    found, faults = read_from(tmp_path, road__share=BROKEN, road__km=SOUND)
    assert list(found) == ["road.km"]
    assert faults == [
        "share.yaml:3: unit 'zzz' is not known. The units are listed in units.txt",
        "share.yaml:5: the years are [2030, 2020]. Give each year once, in rising order",
        "share.yaml:6: the source 'survey-2012' is not in documents.yaml. Add the document, or correct the id",
        "share.yaml:6: the value is given by [1] labels, and the parameter has 2 axes. "
        "Nest the value by one label of each axis, in their order",
    ]


def test_a_pack_without_parameters_has_none(tmp_path: Path) -> None:
    assert read_from(tmp_path / "parameters") == ({}, [])
