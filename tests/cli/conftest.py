from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.running import TOY, Ran, command, plain
from typer.testing import CliRunner

from dafeng.cli.app import app


@pytest.fixture
def dafeng(tmp_path: Path) -> Callable[..., Ran]:
    """Run a command in this process, on the toy city and an empty database, in English."""
    database = f"sqlite:///{tmp_path}/dafeng.sqlite"

    def run(*args: str, lang: str = "en_US.UTF-8", city: str = str(TOY), **environment: str) -> Ran:
        clean = {name: None for name in os.environ if name.startswith(("DAFENG_", "LC_"))}
        env = {**clean, "LANG": lang, "DAFENG_CITY": city, "DAFENG_DATABASE": database, **environment}
        result = CliRunner().invoke(app, list(args), env=env, prog_name="dafeng")
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Ran]:
    """Run a command as a process of its own, in an empty folder."""

    def run(*args: str, **environment: str) -> Ran:
        result = subprocess.run(
            [*command(), *args], capture_output=True, check=False, cwd=tmp_path, env=plain(**environment), timeout=60
        )
        return Ran(result.returncode, result.stdout.decode(), result.stderr.decode())

    return run
