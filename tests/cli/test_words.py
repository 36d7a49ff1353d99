"""The Chinese of the command line is complete, and the language is chosen as documented."""

from __future__ import annotations

import ast
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from dafeng.cli import language
from dafeng.cli.app import app
from dafeng.cli.words import HELP, OUTPUT, ZH, say

CLI = Path(language.__file__).parent


def commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below)


def helps() -> set[str]:
    found = {"Show this message and exit."}
    for command in commands(typer.main.get_command(app)):
        found |= {" ".join(holder.help.split()) for holder in (command, *command.params) if holder.help}
    return found


def said() -> set[str]:
    """Every sentence in the code that is said, and every heading."""
    found: set[str] = set()
    for file in CLI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                first = node.args[0] if node.args else None
                if name in ("say", "Column") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_help_text_is_translated_and_no_translation_is_left_over() -> None:
    assert helps() - set(HELP) == set()
    assert set(HELP) - helps() == set()


def test_every_sentence_is_translated() -> None:
    assert said() - set(OUTPUT) == set()


@pytest.mark.parametrize("text", ZH)
def test_a_translation_keeps_the_blanks_and_is_chinese(text: str) -> None:
    def blanks(template: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    assert blanks(text) == blanks(ZH[text])
    letters = [letter for letter in ZH[text] if unicodedata.category(letter) == "Lo"]
    assert letters or not text.strip(" '{}name")
    for stop in (", ", "; ", ": ", ". "):
        assert stop not in ZH[text], "Chinese takes full-width punctuation"


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        ("", {}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("", {"LANG": "zh_TW"}, "zh"),
        ("", {"LANG": "C.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ("", {"LANG": "en_US", "DAFENG_LANG": "zh"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8", "DAFENG_LANG": "zh"}, "en"),
        ("zh", {}, "zh"),
    ],
)
def test_the_option_goes_before_the_variables(option: str, environment: dict[str, str], expected: str) -> None:
    assert language.chosen(option, environment) == expected


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert say("not in the list {n}", "zh", n=1) == "not in the list 1"


def test_help_is_in_the_reader_s_language() -> None:
    from typer.testing import CliRunner

    chinese = CliRunner().invoke(app, ["assess", "--help"], env={"LANG": "zh_CN.UTF-8", "LC_ALL": None}).stdout
    assert "对照证据评估方案" in chinese
    assert "显示本帮助并退出。" in chinese
    english = CliRunner().invoke(app, ["assess", "--help"], env={"LANG": "en_US.UTF-8", "LC_ALL": None}).stdout
    assert "Hold the plan against its evidence" in english
