"""What a faulty folder is told: every fault, with its place and remedy; and that the shipped folders are sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factors.conftest import SHANGHAI, TOY

from dafeng import factors, units
from dafeng.errors import FaultsFound
from dafeng.factors import Factors, NoFactor
from dafeng.factors.tables import COLUMNS

HEADER = ",".join(COLUMNS)
Write = Callable[..., Path]


def row(**cells: str) -> str:
    given = {
        "set": "own",
        "what": "diesel",
        "parameter": "ncv",
        "value": "42.6",
        "unit": "GJ/t",
        "document": "paper",
        "confidence": "high",
    }
    return ",".join({**given, **cells}.get(name, "") for name in COLUMNS)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a city pack with a folder of factors: one sound set and document, and the rows given."""

    def written(*rows: str, header: str = HEADER, **files: str) -> Path:
        folder = tmp_path / "factors"
        folder.mkdir(exist_ok=True)
        label = "label: {zh: 自有, en: own}"
        sets = f"  - {{id: own, {label}, family: own, edition: '1', years: timeless, document: paper}}\n"
        sets += f"  - {{id: yearly, {label}, family: own, edition: '1', years: exact, document: paper}}\n"
        texts = {
            "sets.yaml": f"sets:\n{sets}",
            "documents.yaml": "documents:\n  - {id: paper, title: 文件}\n",
            "own.csv": "\n".join((header, *rows)) + "\n",
            **files,
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written


def faults(pack: Path) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.place, one.message, one.remedy) for one in factors.check(pack)]


def test_the_shipped_folders_and_the_toy_are_sound() -> None:
    assert factors.check(SHANGHAI) == []
    assert factors.check(TOY) == []


def test_a_pack_without_factors_is_sound(tmp_path: Path) -> None:
    assert factors.check(tmp_path) == []
    assert factors.for_city(tmp_path).all == factors.load().all


def test_a_sound_folder(write: Write) -> None:
    pack = write(row(), row(parameter="carbon_content", value="20.2", unit="tC/TJ"))
    assert faults(pack) == []
    assert factors.for_city(pack).get("diesel", "ncv", set="own").factor.value == 42.6


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"unit": "kWh/t"},
            (
                "unit",
                "own.csv:2",
                "unit: 'kWh/t' is no unit of ncv",
                "Write one of 'GJ/t', 'GJ/万立方米', 'PJ/万吨', 'PJ/亿立方米', 'GJ/立方米'",
            ),
        ),
        (
            {"value": "4260"},
            (
                "out-of-range",
                "own.csv:2",
                "4260 GJ/t lies outside the range 1 to 150 of ncv",
                "Correct the value or its unit",
            ),
        ),
        (
            {"value": "-42.6"},
            (
                "out-of-range",
                "own.csv:2",
                "-42.6 GJ/t lies outside the range 1 to 150 of ncv",
                "Correct the value or its unit",
            ),
        ),
        (
            {"value": "about 40"},
            ("number", "own.csv:2", "value: 'about 40' is not a number", "Write digits and a decimal point"),
        ),
        ({"value": "nan"}, ("number", "own.csv:2", "value: 'nan' is not a number", "Write digits and a decimal point")),
        (
            {"parameter": "nvc"},
            ("unknown-parameter", "own.csv:2", "no parameter is called 'nvc'", "Did you mean 'ncv'?"),
        ),
        ({"what": "disel"}, ("unknown-subject", "own.csv:2", "no subject is called 'disel'", "Did you mean 'diesel'?")),
        ({"set": "owm"}, ("unknown-set", "own.csv:2", "no set is called 'owm'", "Did you mean 'own'?")),
        (
            {"document": "papre"},
            ("unknown-document", "own.csv:2", "no document is called 'papre'", "Did you mean 'paper'?"),
        ),
        (
            {"region": "shangai"},
            ("unknown-region", "own.csv:2", "no region is called 'shangai'", "Did you mean 'shanghai'?"),
        ),
        (
            {"sector": "zzz"},
            ("unknown-sector", "own.csv:2", "no sector is called 'zzz'", "Declare the sector"),
        ),
        (
            {"document": ""},
            (
                "no-document",
                "own.csv:2",
                "the factor is given with confidence 'high' and without a document",
                "Name the document, or mark the row unconfirmed",
            ),
        ),
        (
            {"confidence": "certain"},
            (
                "confidence",
                "own.csv:2",
                "confidence: 'certain' is not known",
                "Write one of high, medium, low, unconfirmed",
            ),
        ),
        (
            {"years": "2023/24"},
            (
                "years",
                "own.csv:2",
                "years: '2023/24' is no span of years",
                "Write 2023, 2022-, -2021, 2013-2020, or nothing",
            ),
        ),
        (
            {"years": "2023"},
            (
                "year-rule",
                "own.csv:2",
                "years '2023' do not fit the set 'own', whose factors are timeless",
                "Give the years as the rule of the set asks",
            ),
        ),
        (
            {"set": "yearly", "years": "2020-2023"},
            (
                "year-rule",
                "own.csv:2",
                "years '2020-2023' do not fit the set 'yearly', whose factors are exact",
                "Give the years as the rule of the set asks",
            ),
        ),
        (
            {"low": "40"},
            (
                "range",
                "own.csv:2",
                "a figure is one value, or a range with both ends",
                "Give value alone, or low and high alone",
            ),
        ),
        (
            {"value": "", "low": "43", "high": "42"},
            ("range", "own.csv:2", "the range runs from 43 down to 42", "Turn it round"),
        ),
        (
            {"supersedes": "own.diesel.ncv.old"},
            (
                "unknown-factor",
                "own.csv:2",
                "no factor is called 'own.diesel.ncv.old'",
                "Did you mean 'own.diesel.ncv' or 'ceads.diesel.ncv'?",
            ),
        ),
    ],
)
def test_a_faulty_row(write: Write, cells: dict[str, str], fault: tuple[str, str, str, str]) -> None:
    assert faults(write(row(**cells))) == [fault]


def test_a_product_that_is_not_the_product_of_its_steps(write: Write) -> None:
    steps = (
        row(),
        row(parameter="carbon_content", value="20.2", unit="tC/TJ"),
        row(parameter="oxidation", value="0.98", unit=""),
    )
    derived = "own.diesel.ncv own.diesel.carbon_content own.diesel.oxidation"
    good = row(parameter="co2_factor", value="3.092", unit="tCO2/t", derived_from=derived)
    assert faults(write(*steps, good)) == []
    bad = row(parameter="co2_factor", value="3.093", unit="tCO2/t", derived_from=derived)
    assert faults(write(*steps, bad)) == [
        (
            "derivation",
            "own.csv:5",
            "the value 3.093 is not the product of its factors (3.09214)",
            "Correct the value, or what it is derived from",
        )
    ]


def test_a_factor_given_twice(write: Write) -> None:
    assert faults(write(row(), row(value="42.7"))) == [
        (
            "duplicate-factor",
            "own.csv:3",
            "the factor 'own.diesel.ncv' is given twice (first at own.csv:2)",
            "Keep one of the two, or tell them apart by variant",
        )
    ]


REGIME = (
    "regimes:\n  - {id: mine, label: {zh: 自有, en: mine}, basis: reading, gwp: gwp-ar5, note: {zh: 无, en: none},\n"
    "     reads: {heat: [own, heat-default]}}\n"
)


def test_two_figures_of_one_set_that_disagree_are_refused(write: Write) -> None:
    heat = {"what": "heat", "parameter": "co2_factor", "unit": "tCO2/GJ"}
    pack = write(
        row(**heat, value="0.1", variant="a"), row(**heat, value="0.2", variant="b"), **{"regimes.yaml": REGIME}
    )
    assert faults(pack) == []
    with pytest.raises(NoFactor) as caught:
        factors.for_city(pack).get("heat", regime="mine")
    assert str(caught.value) == (
        "co2_factor of heat, regime mine: the set gives several values. Name the set that applies. Nearest: "
        "own.heat.co2_factor.a = 0.1 tCO2/GJ (disagrees); own.heat.co2_factor.b = 0.2 tCO2/GJ (disagrees)."
    )
    same = write(
        row(**heat, value="0.1", variant="a"), row(**heat, value="0.1", variant="b"), **{"regimes.yaml": REGIME}
    )
    assert factors.for_city(same).get("heat", regime="mine").factor.id == "own.heat.co2_factor.a"


def test_what_was_passed_over_is_told(write: Write) -> None:
    heat = {"what": "heat", "parameter": "co2_factor", "unit": "tCO2/GJ"}
    pack = write(row(**heat, value="0.1", confidence="unconfirmed"), **{"regimes.yaml": REGIME})
    choice = factors.for_city(pack).get("heat", regime="mine")
    assert (choice.factor.id, choice.factor.value) == ("heat-default.heat.co2_factor", 0.11)
    assert [(one.factor.id, one.reasons) for one in choice.passed] == [("own.heat.co2_factor", ("unconfirmed",))]
    asked = factors.for_city(pack).get("heat", regime="mine", unconfirmed=True)
    assert (asked.factor.value, asked.passed) == (0.1, ())


def test_every_fault_is_told_at_once(write: Write) -> None:
    pack = write(
        row(unit="t"), row(confidence="sure"), row(what="disel"), "a,b", **{"regimes.yaml": "regimes: [{id: x}]"}
    )
    found = faults(pack)
    assert [(code, place) for code, place, _, _ in found] == [
        ("schema-missing", "regimes.yaml:1"),
        ("schema-missing", "regimes.yaml:1"),
        ("schema-missing", "regimes.yaml:1"),
        ("schema-missing", "regimes.yaml:1"),
        ("unit", "own.csv:2"),
        ("confidence", "own.csv:3"),
        ("row-length", "own.csv:5"),
        ("unknown-subject", "own.csv:4"),
    ]
    with pytest.raises(FaultsFound) as caught:
        factors.for_city(pack)
    assert len(caught.value.faults) == len(found)


def test_a_header_that_does_not_fit(write: Write) -> None:
    pack = write(header=HEADER.replace("confidence", "trust"))
    assert faults(pack) == [
        (
            "columns",
            "own.csv:1",
            "the header does not fit (missing: confidence; unknown: trust)",
            f"The columns are {', '.join(COLUMNS)}",
        )
    ]


def test_a_table_that_is_not_utf_8(write: Write) -> None:
    pack = write(row(note="焦炭"))
    path = pack / "factors" / "own.csv"
    path.write_bytes(path.read_bytes().replace("焦炭".encode(), "焦炭".encode("gb18030")))
    assert faults(pack) == [("encoding", "own.csv:2", "the line is not UTF-8", "Save the file as UTF-8")]


def test_faulty_checks_and_benchmarks(write: Write) -> None:
    pack = write(
        row(),
        **{
            "checks.csv": (
                "factors,about,old,checked,unit,verdict,document,locator,date,confidence,note\n"
                "own.diesel.nvc,,1,1,,confirmed,paper,,,high,\n"
                ",,1,1,,perhaps,paper,,,high,\n"
            ),
            "benchmarks.csv": (
                "standard,object_zh,object_en,class_zh,class_en,grade,comparator,value,unit,measure,valid_from,"
                "document,confidence,note\n"
                "X,物,thing,,,best,,1,kgce/t,energy_per_product,2022,paper,high,\n"
            ),
        },
    )
    assert faults(pack) == [
        (
            "verdict",
            "checks.csv:3",
            "verdict: 'perhaps' is not known",
            "Write one of confirmed, corrected, rejected, not_found",
        ),
        ("unknown-factor", "checks.csv:2", "no factor is called 'own.diesel.nvc'", "Correct the id"),
        ("unknown-grade", "benchmarks.csv:2", "no grade is called 'best'", "Correct or declare it"),
    ]


def test_units_of_the_vocabulary_measure_what_they_say(national: Factors) -> None:
    for parameter in national.library.parameters.values():
        for unit in parameter.units:
            units.parse(unit)
        for unit, (given_out, times) in parameter.also.items():
            assert given_out in parameter.units
            assert units.factor(unit, given_out) == pytest.approx(times, rel=1e-12), parameter.id


def test_units_of_benchmarks_parse(shanghai: Factors) -> None:
    unknown = {one.unit for one in shanghai.benchmarks} - {"kgce/重量箱"}
    for unit in unknown:
        units.parse(unit)


def test_every_sector_of_the_ceads_workbooks_has_a_place(national: Factors) -> None:
    names = [name for sector in national.library.sectors.values() for name in sector.names]
    assert len(names) == len(set(names)) == 44


def test_texts_are_bilingual(shanghai: Factors) -> None:
    def chinese(text: str) -> bool:
        return any("\u4e00" <= letter <= "\u9fff" for letter in text)

    notes = [factor.note for factor in shanghai.all.values()]
    notes += [check.note for check in shanghai.verifications] + [check.about for check in shanghai.verifications]
    notes += [one.note for one in shanghai.benchmarks]
    for note in filter(None, notes):
        zh, divided, en = note.partition(" / ")
        assert divided and chinese(zh) and not chinese(en.replace("上海", "")), note
        assert not any(mark in zh for mark in (", ", "; ", "。")), note
