"""Runs a command on the shipped city as its user would, and gives what it prints."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from dafeng.cli.app import app


def printed(folder: Path, *args: str) -> str:
    """Run a command that works; the database, where one is made, is in `folder`."""
    env = {"LANG": "en_US.UTF-8", "DAFENG_CITY": "shanghai", "DAFENG_DATABASE": f"sqlite:///{folder}/x.sqlite"}
    result = CliRunner().invoke(app, list(args), env=env, prog_name="dafeng")
    assert result.exit_code == 0, result.stderr
    return result.stdout
