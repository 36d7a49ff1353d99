"""The guide is made from the command line, and names everything in it."""

from __future__ import annotations

import typer
from tests.cli.guide import GUIDE, commands, guide

from dafeng.cli.app import app
from dafeng.cli.exits import ExitCode
from dafeng.settings import Settings

TEXT = GUIDE.read_text(encoding="utf-8")


def test_the_guide_is_made_from_the_command_line() -> None:
    assert guide() == TEXT, "run: python -m tests.cli.guide"


def test_every_command_and_option_is_documented() -> None:
    for name, command in (*commands(), ("dafeng", typer.main.get_command(app))):
        assert name in TEXT
        for param in command.params:
            assert any(f"`{opt}`" in TEXT for opt in param.opts) or f"`{param.metavar}`" in TEXT, (name, param.name)


def test_every_exit_code_and_setting_is_documented() -> None:
    for code in ExitCode:
        assert f"| {code.value} |" in TEXT
    for name in Settings.model_fields:
        assert f"`DAFENG_{name.upper()}`" in TEXT
