"""Nothing of the compilation the store was built from is lost: every row, value, unit, confidence and check."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dafeng import units
from dafeng.factors import Factors

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the compilation ../shared/data is not beside the repository"
)
#: What the compilation writes for units that dafeng writes otherwise.
WRITTEN = {
    "GJ/10^4 Nm3": "GJ/万立方米",
    "PJ/10^4 t": "PJ/万吨",
    "PJ/10^8 m3": "PJ/亿立方米",
    "GJ/Nm3": "GJ/立方米",
    "tCO2/10^4 Nm3": "tCO2/万立方米",
    "tCO2/10^4 m3": "tCO2/万立方米",
    "fraction": "",
    "ratio": "",
    "kgN2O-N/kgN": "kg/kg",
    "tC/t coal": "tC/t",
    "tC/t d.m.": "tC/t",
    "kgCH4/kgBOD": "kgCH4/kg",
    "kgCH4/kgCOD": "kgCH4/kg",
    "tCO2/MWh (4.2 tCO2/10^4 kWh)": "tCO2/MWh",
    "tCO2/MWh (7.88 tCO2/10^4 kWh)": "tCO2/MWh",
    "kg/ha": "kgCH4/ha",
}
COMPOSITE = {"GJ/t ; tC/TJ ; fraction": ("GJ/t", "tC/TJ", "")}
#: The gas a figure is of stands in the unit here, and in the name there.
GASES = {"g/kg waste": ("gCH4/kg", "gN2O/kg"), "kgCO2e/kg": ("tCO2e/tCH4", "tCO2e/tN2O", "tCO2e/tSF6", "tCO2e/t")}


def shared(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def carried() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    with (Path(__file__).parent / "carried.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[int(row["row"])].append(row["factor"])
    return found


def test_every_row_has_its_factors(shanghai: Factors) -> None:
    rows = carried()
    assert sorted(rows) == list(range(2, 418))
    ids = [id for factors in rows.values() for id in factors]
    assert len(ids) == len(set(ids)) == 429
    assert set(ids) <= set(shanghai.all)


@needs_shared
def test_every_row_is_carried_with_value_unit_and_confidence(shanghai: Factors) -> None:
    rows = carried()
    for line, row in enumerate(shared("emission-factors.csv"), 2):
        factors = [shanghai.factor(id) for id in rows[line]]
        assert {factor.confidence for factor in factors} == {row["confidence"]}, line
        split = re.split(r" / | x ", row["value"]) if row["value"] else []
        if len(split) > 1:
            texts = split
        elif re.fullmatch(r"[\d.]+-[\d.]+", row["value"]):
            (factor,) = factors
            low, high = (float(part) for part in row["value"].split("-"))
            assert (factor.value, factor.low, factor.high) == (None, low, high), line
            assert factor.unit == WRITTEN.get(row["unit"], row["unit"]), line
            continue
        elif not row["value"]:
            assert [factor.found for factor in factors] == [False] * len(factors), line
            continue
        else:
            texts = [row["value"]]
        written = COMPOSITE.get(row["unit"], (WRITTEN.get(row["unit"], row["unit"]),) * len(texts))
        for factor, text, unit in zip(factors, texts, written, strict=True):
            value, stated = factor.value, factor.stated or factor.figure()
            assert value is not None
            if factor.derived_from:
                assert float(stated.split()[0]) == float(text), line
                assert value == pytest.approx(float(text), abs=0.5 * 10.0 ** -len(text.partition(".")[2])), line
            elif row["unit"] in GASES:
                assert (value, factor.unit in GASES[row["unit"]]) == (float(text), True), line
            else:
                assert units.convert(value, factor.unit, unit) == pytest.approx(float(text), rel=1e-12), line


@needs_shared
def test_every_check_is_carried(shanghai: Factors) -> None:
    def key(old: str, checked: str, verdict: str, confidence: str) -> tuple[object, ...]:
        return tuple(re.findall(r"[\d.]+", old)), tuple(re.findall(r"[\d.]+", checked)), verdict, confidence

    there = Counter(
        key(row["old_value"], row["checked_value"], row["verdict"].replace(" ", "_"), row["confidence"])
        for row in shared("factor-checks.csv")
    )
    here = Counter(key(check.old, check.checked, check.verdict, check.confidence) for check in shanghai.verifications)
    assert here == there


@needs_shared
def test_every_benchmark_is_carried(shanghai: Factors) -> None:
    there: Counter[tuple[str, float | None]] = Counter()
    for row in shared("efficiency-benchmarks.csv"):
        numbers = [float(text) for text in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", row["value"])]
        if row["value"].startswith(">=300"):
            numbers = [300.0, 5000.0]
        there.update((row["confidence"], number) for number in numbers or [None])
    assert Counter((one.confidence, one.value) for one in shanghai.benchmarks) == there


def test_counts(shanghai: Factors, national: Factors) -> None:
    factors = shanghai.library.factors
    assert len(factors) == len(national.library.factors) + 9
    assert Counter(factor.confidence for factor in factors) == {"high": 363, "medium": 155, "unconfirmed": 47}
    assert len(shanghai.all) - len(factors) == 44  # CO2 factors that follow from their steps and that no table prints
    assert sum(not factor.found for factor in factors) == 8
    assert sum(factor.ranged for factor in factors) == 7
    assert len(shanghai.verifications) == 274
    assert Counter(check.verdict for check in shanghai.verifications) == {
        "confirmed": 187,
        "corrected": 12,
        "rejected": 1,
        "not_found": 74,
    }
    assert len(shanghai.benchmarks) == 318
    assert len({one.standard for one in shanghai.benchmarks}) == 28


def test_every_confirmed_factor_has_a_document_and_every_unconfirmed_one_is_marked(shanghai: Factors) -> None:
    for factor in shanghai.all.values():
        assert not factor.confirmed or factor.document in shanghai.documents, factor.id
        assert factor.confirmed == (factor.found and factor.confidence in ("high", "medium", "low")), factor.id
