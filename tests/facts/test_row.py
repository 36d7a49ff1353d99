from __future__ import annotations

from datetime import date

import pytest

from dafeng.facts.cells import Problem
from dafeng.facts.observation import Observation, Period
from dafeng.facts.row import RowReader
from dafeng.facts.vocabulary import Vocabulary
from dafeng.facts.words import COLUMNS

GOOD = {
    "indicator": "power.pv_capacity",
    "place": "toyville",
    "period": "2024",
    "dims": "",
    "value": "411.44",
    "unit": "万千瓦",
    "source": "yearbook",
    "locator": "表 2",
    "vintage": "2025-01",
    "status": "actual",
    "confidence": "high",
    "bound": "",
    "basis": "",
    "note": "",
    "recorded": "2026-11-22",
}


def read(vocabulary: Vocabulary, **cells: str) -> Observation | list[Problem]:
    reader = RowReader({column: i for i, column in enumerate(COLUMNS)}, vocabulary)
    return reader.read([{**GOOD, **cells}[column] for column in COLUMNS])


def test_a_good_row_is_an_observation(vocabulary: Vocabulary) -> None:
    assert read(vocabulary, note="已核对 / checked") == Observation(
        indicator="power.pv_capacity",
        place="toyville",
        period=Period("2024", "2024"),
        value=411.44,
        unit="万千瓦",
        source="yearbook",
        vintage="2025-01",
        status="actual",
        confidence="high",
        locator="表 2",
        note="已核对 / checked",
        recorded=date(2026, 11, 22),
    )


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"indicator": "光伏装机容量"}, "indicator", "power.pv_capacity"),
        ({"indicator": "photovoltaic capacity"}, "indicator", "power.pv_capacity"),
        ({"indicator": "Forest Share", "unit": "%"}, "indicator", "sinks.forest_cover"),
        ({"place": "示例市"}, "place", "toyville"),
        ({"period": "２０２４年"}, "period", Period("2024", "2024")),
        ({"period": "2021年-2025年"}, "period", Period("2021", "2025")),
        ({"period": "2021—2025"}, "period", Period("2021", "2025")),
        ({"value": "１，２３４"}, "value", 1234.0),
        ({"value": "-5"}, "value", -5.0),
        ({"value": "+5"}, "value", 5.0),
        ({"unit": "MW"}, "unit", "MW"),
        ({"status": "初步"}, "status", "preliminary"),
        ({"status": "Actual"}, "status", "actual"),
        ({"confidence": "中"}, "confidence", "medium"),
        ({"bound": "超过"}, "bound", "at_least"),
        ({"bound": ">="}, "bound", "at_least"),
        ({"basis": "large"}, "basis", "large"),
        ({"note": "-16.64 是旧值"}, "note", "-16.64 是旧值"),
        ({"locator": "  第 3 页 "}, "locator", "第 3 页"),
    ],
)
def test_what_people_write_is_understood(
    vocabulary: Vocabulary, cells: dict[str, str], field: str, value: object
) -> None:
    found = read(vocabulary, **cells)
    assert isinstance(found, Observation), found
    assert getattr(found, field) == value


@pytest.mark.parametrize("value", ["19.5%", "１９.５％", "19.5"])
def test_a_percent_sign_agrees_with_the_unit(vocabulary: Vocabulary, value: str) -> None:
    found = read(vocabulary, indicator="sinks.forest_cover", unit="%", value=value)
    assert isinstance(found, Observation)
    assert found.value == 19.5


def test_a_label_may_be_counted_in_its_own_unit(vocabulary: Vocabulary) -> None:
    found = read(vocabulary, indicator="energy.balance", dims="fuel=gas;flow=import", unit="亿立方米")
    assert isinstance(found, Observation)
    assert found.dims == (("flow", "import"), ("fuel", "gas"))


def test_what_was_not_found_needs_neither_value_nor_source_nor_dims(vocabulary: Vocabulary) -> None:
    found = read(vocabulary, indicator="energy.balance", unit="万吨", value="", source="", status="not_found")
    assert isinstance(found, Observation)
    assert found.value is None


PROBLEMS = [
    (
        {"indicator": "power.pv_capacty"},
        (
            "indicator",
            "unknown-indicator",
            "no indicator is called 'power.pv_capacty'",
            "Did you mean 'power.pv_capacity'?",
        ),
    ),
    (
        {"indicator": "ocean.waves"},
        ("indicator", "unknown-indicator", "no indicator is called 'ocean.waves'", "Declare it in indicators.yaml"),
    ),
    (
        {"indicator": "power.share"},
        (
            "indicator",
            "variable-given",
            "power.share is computed by a formula and cannot be given",
            "Give the figures it is computed from",
        ),
    ),
    ({"indicator": " "}, ("indicator", "empty", "the cell is empty", "Give the indicator")),
    ({"place": "noth"}, ("place", "unknown-place", "no place is called 'noth'", "Did you mean 'north'?")),
    ({"period": "last year"}, ("period", "period", "'last year' is not a period", "Write 2024, 2024-06 or 2021/2025")),
    (
        {"period": "2025/2021"},
        ("period", "period", "the period '2025/2021' ends before it starts", "Write 2024, 2024-06 or 2021/2025"),
    ),
    (
        {"value": "n/a"},
        (
            "value",
            "not-a-number",
            "'n/a' is not a number",
            "Write digits with a point for decimals; leave the cell empty where there is no figure",
        ),
    ),
    (
        {"value": ""},
        (
            "value",
            "absent-value",
            "the status is 'actual' and there is no value",
            "Give the value, or set the status to not_found or awaiting_verification",
        ),
    ),
    (
        {"status": "not_found"},
        (
            "value",
            "value-not-found",
            "there is a value, and the status says that none was found",
            "Leave the value empty, or correct the status",
        ),
    ),
    (
        {"value": "12%"},
        ("value", "percent", "the value is a percentage and the unit is '万千瓦'", "Write % as the unit"),
    ),
    (
        {"unit": "万千克瓦"},
        (
            "unit",
            "unknown-unit",
            "unit '万千克瓦': '千克瓦' is not known",
            "Did you mean '千瓦' or '千克' or '千瓦时'?",
        ),
    ),
    (
        {"unit": "万吨"},
        (
            "unit",
            "unit-dimension",
            "power.pv_capacity is counted in '万千瓦', and '万吨' measures something else",
            "Correct the unit or the indicator",
        ),
    ),
    ({"source": ""}, ("source", "no-source", "the figure has no source", "Name a document of documents.yaml")),
    (
        {"source": "yearbok"},
        ("source", "unknown-document", "no document is called 'yearbok'", "Did you mean 'yearbook'?"),
    ),
    (
        {"vintage": "March 2025"},
        (
            "vintage",
            "vintage",
            "'March 2025' is not the date of a publication",
            "Write 2025, 2025-03 or 2025-03-24",
        ),
    ),
    (
        {"vintage": "2025-02-30"},
        ("vintage", "vintage", "'2025-02-30' is not the date of a publication", "Write 2025, 2025-03 or 2025-03-24"),
    ),
    (
        {"status": "final"},
        (
            "status",
            "status",
            "'final' is not a status",
            "Write one of actual, preliminary, derived, estimate, planned, synthetic, awaiting_verification, not_found",
        ),
    ),
    (
        {"confidence": ""},
        ("confidence", "confidence", "the cell is empty", "Write one of high, medium, low, none"),
    ),
    ({"bound": "about"}, ("bound", "bound", "'about' is not a bound", "Write one of at_least, at_most")),
    (
        {"basis": "al"},
        ("basis", "unknown-basis", "power.pv_capacity has no basis 'al'", "Did you mean 'all'?"),
    ),
    (
        {"dims": "flow=import"},
        (
            "dims",
            "dims",
            "power.pv_capacity is observed by no further axis (got flow)",
            "Leave the cell empty",
        ),
    ),
    (
        {"indicator": "energy.balance", "unit": "万吨", "dims": "flow=import"},
        (
            "dims",
            "dims",
            "energy.balance is observed by flow and fuel (got flow)",
            "Write flow=...;fuel=...",
        ),
    ),
    (
        {"indicator": "energy.balance", "unit": "万吨", "dims": "flow=import;fuel=coke"},
        ("dims", "unknown-label", "the axis 'fuel' has no label 'coke'", "Declare it in facts/axes.yaml"),
    ),
    ({"dims": "colour=red"}, ("dims", "unknown-axis", "no axis is called 'colour'", "Declare it in facts/axes.yaml")),
    (
        {"dims": "import"},
        ("dims", "dims", "'import' does not name labels of axes", "Write flow=import;fuel=coke"),
    ),
    ({"recorded": "yesterday"}, ("recorded", "recorded", "'yesterday' is not a day", "Write 2025-03-24")),
    (
        {"note": "one\nline"},
        ("note", "control-character", "the cell holds control characters or line breaks", "Write the text in one line"),
    ),
    ({"locator": "x" * 501}, ("locator", "too-long", "the cell has 501 characters", "Use 500 at most")),
]


@pytest.mark.parametrize(
    ("cells", "problem"), PROBLEMS, ids=[f"{p[0]}-{p[1]}-{i}" for i, (_, p) in enumerate(PROBLEMS)]
)
def test_what_is_wrong_is_said_with_what_to_do(
    vocabulary: Vocabulary, cells: dict[str, str], problem: tuple[str, str, str, str]
) -> None:
    assert read(vocabulary, **cells) == [Problem(*problem)]


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "value"])
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "\tx", "-2+3|cmd", "-A1*(2)", "＝A1", "＋cmd", "＠x"])
def test_no_column_takes_what_a_spreadsheet_may_run(vocabulary: Vocabulary, column: str, text: str) -> None:
    problems = read(vocabulary, **{column: text})
    assert isinstance(problems, list)
    assert [(problem.column, problem.code) for problem in problems] == [(column, "formula")]
    assert problems[0].remedy == "Replace the formula by its result; formulas are never evaluated"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-2+3|cmd", "=HYPERLINK(1)"])
def test_a_value_may_be_signed_and_is_no_formula(vocabulary: Vocabulary, text: str) -> None:
    problems = read(vocabulary, value=text)
    assert isinstance(problems, list)
    assert [(problem.column, problem.code) for problem in problems] == [("value", "formula")]


def test_every_fault_of_a_row_is_found_at_once_in_the_order_of_the_columns(vocabulary: Vocabulary) -> None:
    problems = read(vocabulary, indicator="x", place="y", period="z", value="w", source="v", status="u", note="=t")
    assert isinstance(problems, list)
    found = [problem.column for problem in problems]
    assert found == ["indicator", "place", "period", "value", "source", "status", "note"]


def test_nothing_is_said_of_names_that_could_not_be_read() -> None:
    found = read(Vocabulary(None, None, None, None), indicator="any.thing", place="any", source="any", dims="a=b")
    assert isinstance(found, Observation)
    assert (found.indicator, found.place, found.source) == ("any.thing", "any", "any")
