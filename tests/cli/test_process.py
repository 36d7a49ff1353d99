"""The command line as a process of its own: streams, exit codes, locales, pipes, and the server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.cli.running import DAY, Ran, plain

from dafeng import __version__

Run = Callable[..., Ran]


def test_version_and_help_need_no_city(process: Run) -> None:
    assert process("--version", DAFENG_CITY="nowhere") == Ran(0, f"dafeng {__version__}\n", "")
    ran = process("--help", DAFENG_CITY="nowhere")
    assert (ran.code, ran.err) == (0, "")
    assert "assess" in ran.out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['dafeng', '--help']\n"
        "from dafeng.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & set(sys.stdin.read().split())))\n"
    )
    heavy = "numpy pydantic sqlalchemy fastapi pint yaml rich structlog alembic openpyxl jinja2 uvicorn"
    ran = subprocess.run(
        [sys.executable, "-c", code], input=heavy, capture_output=True, text=True, env=plain(), timeout=60, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_exit_codes_reach_the_shell(process: Run, tmp_path: Path) -> None:
    assert process("check").code == 0
    assert process("target", "nothing-of-the-kind").code == 3
    assert process("assess", "--status", "good").code == 2
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "city.yaml").write_text("id: empty\n", encoding="utf-8")
    assert process("check", "empty").code == 1


def test_reading_leaves_no_file_behind(process: Run, tmp_path: Path) -> None:
    assert process("assess", "--json", "--as-of", DAY).code == 0
    assert process("import", "list").code == 0
    assert list(tmp_path.iterdir()) == []


def test_no_colour_in_a_pipe_whatever_the_terminal(process: Run) -> None:
    ran = process("assess", "--as-of", DAY, TERM="xterm-256color", FORCE_COLOR="1", COLUMNS="20")
    assert "\x1b" not in ran.out
    assert any(line.endswith("  pv-capacity-2030") for line in ran.out.splitlines())
