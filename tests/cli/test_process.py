"""The command line as a process of its own: streams, exit codes, locales, pipes, terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.running import DAY, Ran, command, plain

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


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a command prints on a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    ran = subprocess.Popen([*command(), *words], stdout=theirs, stderr=theirs, env=plain(COLUMNS="100", **environment))
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:
        pass
    finally:
        os.close(ours)
    assert ran.wait(60) == 0
    return seen.decode()


def test_a_terminal_gets_colour_unless_it_asks_for_none() -> None:
    shown = on_a_terminal("assess", "--as-of", DAY, TERM="xterm-256color")
    assert "\x1b[32mMet" in shown
    assert not any("Solar PV" in line and "pv-capacity-2025" in line for line in shown.splitlines())
    plainly = on_a_terminal("assess", "--as-of", DAY, TERM="xterm-256color", NO_COLOR="1")
    assert "Met" in plainly
    assert "\x1b[3" not in plainly


def test_an_output_that_cannot_carry_chinese_still_carries_json(process: Run) -> None:
    ran = process("plan", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(ran.out)["title"]["zh"] == "示例市碳达峰方案"
    assert process("plan", "--lang", "zh", PYTHONIOENCODING="ascii").code == 0


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    with subprocess.Popen(
        [*command(), "plan", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=plain()
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.read(10)
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait(60) == 0


def test_odd_bytes_in_arguments_are_told_not_choked_on() -> None:
    ran = subprocess.run(
        [*(word.encode() for word in command()), b"target", b"\xff\xfe\x01"],
        capture_output=True,
        env=plain(),
        timeout=60,
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stderr.startswith(b"dafeng: no target '")
    assert b"Traceback" not in ran.stderr
