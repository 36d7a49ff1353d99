"""The bootstrap: its commands, its steps, and what it says when something fails."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dev(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bootstrap as a module of its own, with an empty environment in a temporary folder."""
    spec = importlib.util.spec_from_file_location("dev_under_test", root / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "dev_under_test", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "stamps.json")
    return module


COMMANDS = ["setup", "run", "test", "check", "fmt", "bench", "lock"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(root: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", command, "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert f"usage: dev.py {command}" in done.stdout
    top = subprocess.run([sys.executable, "dev.py", "--help"], cwd=root, capture_output=True, text=True, check=True)
    assert f"    {command} " in top.stdout


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (["check", "typing"], "dafeng: no check 'typing'. Choose from: types, format, lint, "),
        (["bench", "nothing", "none"], "dafeng: no benchmark 'nothing, none'. Choose from: "),
    ],
)
def test_an_unknown_name_is_refused_before_anything_is_set_up(root: Path, given: list[str], what: str) -> None:
    done = subprocess.run([sys.executable, "dev.py", *given], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(what)


ALL = ["-n", "auto", "--dist", "loadfile"]


@pytest.mark.parametrize("given", [[], ["-k", "a b"], ["tests/kernel", "-x", "--co"], ["--", "-q"]])
def test_what_follows_test_goes_to_pytest(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "setup", lambda dev: None)
    monkeypatch.setattr(dev, "run", lambda command: ran.append(command) or 0)
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "test", *given])
    assert dev.main() == 0
    assert ran == [["python", "-m", "pytest", *(given or ALL)]]


def test_a_step_is_done_once_until_an_input_changes(dev: ModuleType, tmp_path: Path) -> None:
    done: list[str] = []
    source = tmp_path / "lock.txt"
    source.write_text("a", encoding="utf-8")
    steps = {"packages": dev.Step("packages", (source,), tmp_path, lambda: done.append("packages"))}

    dev.take(steps)
    dev.take(steps)
    assert done == ["packages"]

    source.write_text("b", encoding="utf-8")
    dev.take(steps)
    assert done == ["packages", "packages"]


def test_a_step_is_done_again_where_its_product_is_gone(dev: ModuleType, tmp_path: Path) -> None:
    product = tmp_path / "product"
    steps = {"product": dev.Step("product", (), product, lambda: product.write_text("made", encoding="utf-8"))}
    dev.take(steps)
    product.unlink()
    dev.take(steps)
    assert product.read_text(encoding="utf-8") == "made"


def test_an_optional_step_may_fail_and_is_tried_again(
    dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise dev.Failed("no line")

    steps = {"browser": dev.Step("browser libraries", (), tmp_path, fail, optional=True)}
    dev.take(steps)
    assert capsys.readouterr().out == (
        "dafeng: installing browser libraries ...\n"
        "dafeng: browser libraries: not installed; dafeng works without (no line)\n"
    )
    assert dev.read_stamps() == {}

    with pytest.raises(dev.Failed, match="no line"):
        dev.take({"needed": dev.Step("needed", (), tmp_path, fail)})


def test_a_broken_stamp_file_means_nothing_is_done_yet(dev: ModuleType) -> None:
    dev.STAMPS.write_text("{", encoding="utf-8")
    assert dev.read_stamps() == {}
    dev.STAMPS.write_text(json.dumps({"uv": "1"}), encoding="utf-8")
    assert dev.read_stamps() == {"uv": "1"}


def test_check_runs_everything_and_lists_what_failed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "setup", lambda dev: None)
    monkeypatch.setattr(
        dev,
        "CHECKS",
        {
            "good": [sys.executable, "-c", ""],
            "bad": [sys.executable, "-c", "print('what is wrong'); raise SystemExit(3)"],
            "worse": [sys.executable, "-c", "raise SystemExit(1)"],
        },
    )
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "check"])
    assert dev.main() == 1
    out = capsys.readouterr().out
    assert "ended with 3:\nwhat is wrong\n" in out
    assert "dafeng: good: passed in " in out
    assert out.endswith("dafeng: 2 of 3 checks failed: bad, worse\n")


def test_an_old_python_says_what_is_needed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(dev.sys, "version", "3.9.1 (main)")
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert dev.main() == 1
    assert capsys.readouterr().err == "dafeng: Python 3.11 or newer is needed; this is 3.9.1.\n"


def test_the_environment_of_commands_takes_nothing_from_outside(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    assert "PYTHONPATH" not in dev.environ()
    assert dev.environ()["PATH"].startswith(str(dev.BIN))


def test_ci_stops_at_the_first_failure_and_ends_with_the_tests(root: Path) -> None:
    script = root / ".ci" / "run"
    subprocess.run(["bash", "-n", str(script)], check=True)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-2:] == ["python3 dev.py check", "python3 dev.py test"]
