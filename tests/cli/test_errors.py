"""What goes wrong: one line on the error stream, the whole of it, and the exit code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.running import TOY, Ran

from dafeng.cli.exits import MEANING, ExitCode, code_of
from dafeng.errors import Conflict, DafengError, FaultsFound, ModelError, NotFound, Refused, UnitError

Run = Callable[..., Ran]
HELP = "'dafeng --help' lists the commands.\n"

CASES: dict[tuple[str, ...], tuple[int, str]] = {
    ("target", "pv-capacity-2031"): (
        3,
        "dafeng: no target 'pv-capacity-2031'. "
        "Did you mean 'pv-capacity-2030' or 'pv-capacity-2025' or 'wind-capacity-2030'?\n",
    ),
    ("assess", "--action", "enrgy"): (3, "dafeng: no action 'enrgy'. Did you mean 'energy'?\n"),
    ("assess", "--unit", "planing"): (3, "dafeng: no unit 'planing'. Did you mean 'planning' or 'Planning'?\n"),
    ("assess", "--plan", "toy-2020"): (3, "dafeng: no plan 'toy-2020'. Did you mean 'toy-2024' or 'toy-2021'?\n"),
    ("plan", "--version", "zzz"): (3, "dafeng: no plan 'zzz'.\n"),
    ("explain", "power.pv_capacty"): (
        3,
        "dafeng: no target, goal, variable or indicator 'power.pv_capacty'. "
        "Did you mean 'power.pv_capacity' or 'power.wind_capacity'?\n",
    ),
    ("facts", "power.pv"): (
        3,
        "dafeng: no indicator 'power.pv'. Did you mean 'power.pv_capacity' or 'power.peak_load'?\n",
    ),
    ("facts", "--place", "noth"): (3, "dafeng: no place 'noth'. Did you mean 'north' or 'south'?\n"),
    ("import", "facts", "nothing.csv"): (3, "dafeng: no file 'nothing.csv'.\n"),
    ("import", "undo", "abc"): (3, "dafeng: no import 'abc'.\n"),
    ("check", "nowhere"): (3, "dafeng: no city pack 'nowhere'.\n"),
    ("check", "shangai"): (3, "dafeng: no city pack 'shangai'. Did you mean 'shanghai'?\n"),
    ("--city", "nowhere", "assess"): (3, "dafeng: no city pack 'nowhere'.\n"),
    ("asess",): (2, f"dafeng: No such command 'asess'. Did you mean 'assess'?\n{HELP}"),
    ("assess", "--stauts", "met"): (2, f"dafeng: No such option: --stauts (Possible options: --status)\n{HELP}"),
    ("assess", "--status", "mett"): (
        2,
        f"dafeng: Invalid value for --status: 'mett' is none of the words known here; did you mean met?\n{HELP}",
    ),
    ("assess", "--sort", "size"): (
        2,
        "dafeng: Invalid value for --sort: 'size' is none of the words known here; write one of "
        f"plan, status, due, progress, id, -plan, -status, -due, -progress, -id\n{HELP}",
    ),
    ("assess", "--as-of", "20261125"): (2, f"dafeng: Invalid value: '20261125' is not a day; write 2026-11-25\n{HELP}"),
    ("assess", "--as-of", "2026-02-30"): (
        2,
        f"dafeng: Invalid value: '2026-02-30' is not a day; write 2026-11-25\n{HELP}",
    ),
    ("changes",): (2, f"dafeng: Missing option '--since'.\n{HELP}"),
    ("target",): (2, f"dafeng: Missing argument 'ID'.\n{HELP}"),
    ("--lang", "fr", "check"): (
        2,
        f"dafeng: Invalid value for --lang: 'fr' is not a language of dafeng; write zh or en\n{HELP}",
    ),
    ("import", "facts", str(TOY / "city.yaml"), "--set", "source"): (
        2,
        f"dafeng: Invalid value for --set: 'source' does not set a column; write source=yearbook-2025\n{HELP}",
    ),
}


@pytest.mark.parametrize("words", CASES, ids=" ".join)
def test_an_error_is_one_line_and_an_exit_code(dafeng: Run, words: tuple[str, ...]) -> None:
    code, message = CASES[words]
    ran = dafeng(*words)
    assert (ran.code, ran.err, ran.out) == (code, message, "")


def test_programs_get_errors_as_data(dafeng: Run) -> None:
    assert dafeng("target", "heat-pump", "--json").error() == {
        "code": "not-found",
        "message": "no target 'heat-pump'. Did you mean 'heat-pumps-2027' or 'heat-pumps-2024'?",
        "kind": "target",
        "id": "heat-pump",
        "candidates": ["heat-pumps-2027", "heat-pumps-2024"],
    }
    assert dafeng("assess", "--year", "soon", "--json").error()["code"] == "usage"


def test_errors_are_in_the_reader_s_language(dafeng: Run) -> None:
    ran = dafeng("target", "heat-pump", lang="zh_CN.UTF-8")
    assert ran.err == "dafeng: 没有目标“heat-pump”。是否指“heat-pumps-2027”或“heat-pumps-2024”？\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A pack with a fault in three files."""
    pack = tmp_path / "broken"
    shutil.copytree(TOY, pack)
    for name, old, new in (
        ("plan.yaml", "unit: 万千瓦", "unit: 万千瓦特"),
        ("evidence.yaml", "goal: ", "goal: no-"),
        ("documents.yaml", "id: toy-yearbook-2025", "id: toy-yearbook-2026"),
        ("organisations.yaml", "type: department", "type: ministry"),
    ):
        file = pack / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return pack


def test_every_fault_of_a_broken_pack_is_listed_with_file_line_and_remedy(dafeng: Run, broken: Path) -> None:
    ran = dafeng("check", str(broken))
    assert (ran.code, ran.err) == (1, "")
    for file in ("plan.yaml:", "evidence.yaml:", "organisations.yaml:"):
        assert file in ran.out
    found = dafeng("check", str(broken), "--json")
    assert found.code == 1
    faults = found.json()["faults"]
    assert ran.out.startswith(f"{broken}: {len(faults)} fault(s)\n")
    assert all(set(fault) == {"code", "place", "message", "remedy"} and fault["remedy"] for fault in faults)
    assert "unknown-unit" in {fault["code"] for fault in faults}


def test_a_broken_pack_cannot_be_used_and_tells_all_its_faults(dafeng: Run, broken: Path) -> None:
    count = len(dafeng("check", str(broken), "--json").json()["faults"])
    ran = dafeng("assess", "--city", str(broken))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"broken: {count} fault(s)\n")
    assert len(ran.err.splitlines()) < 30
    assert (count > 20) == ran.err.endswith("'dafeng check' lists all of them.\n")
    error = dafeng("assess", "--city", str(broken), "--json").error()
    assert (error["code"], error["message"], len(error["faults"])) == (
        "faults-found",
        f"broken: {count} fault(s)",
        count,
    )


def test_settings_that_cannot_be_used_are_named_at_once(dafeng: Run) -> None:
    error = dafeng("serve", "--json-is-not-an-option").err
    assert error.startswith("dafeng: No such option: --json-is-not-an-option")
    ran = dafeng("assess", "--json", DAFENG_PORT="0", DAFENG_LOG_FORMAT="xml", DAFENG_HOST="a b")
    assert ran.code == 1
    assert ran.error()["faults"] == [
        {
            "code": "setting",
            "place": "host (DAFENG_HOST)",
            "message": "not an address or a host name (got 'a b')",
            "remedy": "Correct it or leave it out",
        },
        {
            "code": "setting",
            "place": "port (DAFENG_PORT)",
            "message": "input should be greater than or equal to 1 (got '0')",
            "remedy": "Correct it or leave it out",
        },
        {
            "code": "setting",
            "place": "log_format (DAFENG_LOG_FORMAT)",
            "message": "input should be 'console' or 'json' (got 'xml')",
            "remedy": "Correct it or leave it out",
        },
    ]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("factors/sets.yaml", "sets: {a: 1}\n", "sets.yaml"),
        ("pathway.yaml", "years: [2016, 2060]\n", "pathway.yaml"),
    ],
)
def test_check_reads_factors_and_the_pathway_of_a_pack(
    dafeng: Run, tmp_path: Path, name: str, text: str, fault: str
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(TOY, pack)
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_text(text, encoding="utf-8")
    found = dafeng("check", str(pack), "--json")
    assert found.code == 1
    assert fault in found.json()["faults"][0]["place"]


def test_a_fault_of_dafeng_itself_is_one_line_too(dafeng: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("dafeng.city.check", fail)
    ran = dafeng("check")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        "dafeng: a fault of dafeng itself: ZeroDivisionError('inside'). Set DAFENG_DEBUG=1 to see where.\n"
    )


def test_every_error_has_an_exit_code_that_is_explained() -> None:
    assert set(MEANING) == set(ExitCode)
    assert code_of(NotFound("x", "y")) == 3
    assert code_of(FaultsFound([])) == 1
    assert code_of(Refused()) == code_of(Conflict()) == 4
    assert code_of(UnitError()) == code_of(ModelError()) == code_of(DafengError()) == 1
