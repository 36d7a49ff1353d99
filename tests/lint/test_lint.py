"""The lint of formulas: each rule can fail, each escape needs a reason, and the domains pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tools.lint.__main__ import check, main
from tools.lint.rules import RULES

ROOT = Path(__file__).parents[2]
GOOD = '''
"""A domain."""

from dafeng.domains import power
from dafeng.kernel import Array, param, total, variable


@variable("tCO2/year", dims="place year", ref="guideline-2011#3.1")
def co2(energy: Array = power.energy, factor: Array = param("power.factor")) -> Array:
    """Energy times factor."""
    return total(energy * (1 - factor) + 0, over="fuel")


@co2.since(2026, ref="guideline-2025#3.1")
def co2_2026(energy: Array = power.energy) -> Array:
    """Energy alone."""
    return energy
'''


def said(text: str) -> list[str]:
    return [f"{finding.line} {finding.rule}: {finding.what}" for finding in check(text)]


def test_a_good_domain_passes() -> None:
    assert said(GOOD) == []


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("x = 44 / 12", ["1 number: the number 44", "1 number: the number 12"]),
        ("x = 0.5", ["1 number: the number 0.5"]),
        ("x = -1 + 1.0 + 0 + True", []),
        ("x = y ** 2", ["1 number: the number 2"]),
        ("f.since(2026, ref='a#1')", []),
        ("f.since()", []),
        ("f.since(2026 + 3, ref='a#1', factor=7)", ["1 number: the number 7"]),
        ("import numpy as np", ["1 numpy: import of numpy"]),
        ("from numpy import exp", ["1 numpy: import of numpy"]),
        ("import csv, json", ["1 io: import of csv", "1 io: import of json"]),
        ("from pathlib import Path", ["1 io: import of pathlib"]),
        ("open('x')", ["1 io: open()"]),
        ("print('x')", ["1 io: print()"]),
        ("from dafeng.city import load", ["1 layer: import of dafeng.city"]),
        ("from dafeng.facts.series import Facts", ["1 layer: import of dafeng.facts.series"]),
        ("from ..accounts import x", ["1 layer: a relative import that leaves the package"]),
        ("from dafeng.kernel import Array", []),
        ("import dafeng.units", []),
        ("@variable('t', ref='a#1')\ndef x():\n    return 1", ["2 words: x has no docstring"]),
        ("@variable('t')\ndef x():\n    '''One.'''\n    return 1", ["2 clause: x has no ref"]),
        ("@stock('t', ref='a')\ndef x():\n    '''One.'''\n    return 1", ["2 clause: x has the ref 'a'"]),
        ("@y.edition('2025', ref='a#1')\ndef x():\n    return 1", ["2 words: x has no docstring"]),
        ("def helper():\n    return 1", []),
    ],
)
def test_each_rule_can_fail(line: str, finding: list[str]) -> None:
    assert said(line) == finding


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("x = 24  # lint: allow number: the clause counts days of 24 hours", []),
        ("# lint: allow number: the clause counts days of 24 hours\nx = 24", []),
        ("x = 24  # lint: allow number", ["1 escape: the rule 'number' is allowed without a reason"]),
        ("x = 24  # lint: allow number: so", ["1 escape: the rule 'number' is allowed without a reason"]),
        (
            "x = 24  # lint: allow io: the clause counts days of 24 hours",
            ["1 escape: nothing here breaks the rule 'io'", "1 number: the number 24"],
        ),
        ("x = 1  # lint: allow numbers: none", ["1 escape: there is no rule 'numbers' to allow"]),
        ("x = 1  # lint: allow number: there is none left", ["1 escape: nothing here breaks the rule 'number'"]),
    ],
)
def test_an_escape_names_its_rule_and_its_reason(text: str, finding: list[str]) -> None:
    assert said(text) == finding


def test_a_finding_says_where_what_why_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = tmp_path / "bad.py"
    module.write_text("x = 44\n", encoding="utf-8")
    assert main([str(module)]) == 1
    assert capsys.readouterr().out == (
        f"{module}:1: [number] the number 44. A constant is a parameter with a source and a unit; a number in a "
        "formula has neither and cannot be moved. Or end the line with '# lint: allow number: <reason>'.\n"
    )


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = tmp_path / "bad.py"
    module.write_text("def (\n", encoding="utf-8")
    assert main([str(module), str(tmp_path / "none.py")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{module}: [unreadable] ") and lines[1].startswith(f"{tmp_path / 'none.py'}: [unread")


def test_every_rule_gives_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(RULES)
    assert all(", because " in line and line.endswith(".") for line in lines)


def test_the_domains_of_this_repository_pass() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.lint"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "formulas: nothing to say\n", "")
