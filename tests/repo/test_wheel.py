"""The built package installs into an empty environment and works in an empty folder, by itself."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

START = 60.0
"""Seconds the server may take to start, and before an answer, on a busy machine and with nothing compiled yet."""


def run(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command and give its output; show both streams where it fails."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working tree."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ".", cwd=root)
    (built,) = out.glob("dafeng-*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `dafeng` of an environment that holds the locked packages, the wheel and nothing else."""
    place = tmp_path_factory.mktemp("installed")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(place)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    lock = root / "requirements" / "runtime.txt"
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", str(programs / "python")]
        # What set-up installed is in uv's cache; only an emptied cache needs the line.
        offline = [*install, "--offline", "--require-hashes", "-r", str(lock)]
        if subprocess.run(offline, cwd=place, capture_output=True, check=False).returncode:
            run(*install, "--require-hashes", "-r", lock, cwd=place)
    else:
        run(programs / "python", "-m", "ensurepip", cwd=place)
        install = [str(programs / "python"), "-m", "pip", "install", "--quiet"]
        run(*install, "--require-hashes", "-r", lock, cwd=place)
    run(*install, "--no-deps", wheel, cwd=place)
    return programs / "dafeng"


@pytest.fixture(scope="module")
def env() -> dict[str, str]:
    """The variables of the machine less those that could lead back to the repository."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("DAFENG_", "PYTHON", "VIRTUAL_ENV"))}


@pytest.fixture(scope="module")
def served(command: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `dafeng serve`, started in an empty folder, which it leaves empty."""
    folder = tmp_path_factory.mktemp("empty")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "server.txt"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            [command, "serve", "--port", str(port)], cwd=folder, env=env, stdout=stream, stderr=subprocess.STDOUT
        )
        try:
            deadline = time.monotonic() + START
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert server.poll() is None, f"the server ended:\n{log.read_text(encoding='utf-8')}"
                    assert time.monotonic() < deadline, f"no answer in {START} s:\n{log.read_text(encoding='utf-8')}"
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)
    assert list(folder.iterdir()) == [], "reading pages must not write"


def test_the_wheel_holds_everything_the_program_reads(wheel: Path, root: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    source = root / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "dafeng").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert wanted - held == set()
    assert {name for name in held if not name.startswith("dafeng")} == set()
    info = f"{wheel.name.removesuffix('-py3-none-any.whl')}.dist-info"
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= held


@pytest.mark.parametrize("path", ["/", "/zh/", "/en/"])
def test_pages_are_served_from_an_empty_folder(served: str, path: str) -> None:
    with urllib.request.urlopen(served + path, timeout=START) as answer:
        page = answer.read().decode("utf-8")
    assert answer.status == 200
    assert "</html>" in page


def test_every_file_a_page_asks_for_is_in_the_package(served: str) -> None:
    with urllib.request.urlopen(f"{served}/zh/", timeout=START) as answer:
        page = answer.read().decode("utf-8")
    asked = {part.split('"')[0] for mark in ('src="', 'href="') for part in page.split(mark)[1:]}
    files = sorted(path for path in asked if path.startswith("/") and path.split("?")[0].endswith((".css", ".js")))
    assert files
    missing = []
    for path in files:
        try:
            urllib.request.urlopen(served + path, timeout=START).close()
        except urllib.error.HTTPError as error:
            missing.append((path, error.code))
    assert missing == []


def test_the_command_assesses_the_shipped_city(command: Path, env: dict[str, str], tmp_path: Path) -> None:
    answer = json.loads(run(command, "assess", "--json", cwd=tmp_path, env=env))
    assert {"city", "plan", "as_of", "targets"} <= set(answer)
    assert len(answer["targets"]) >= 69
    assert list(tmp_path.iterdir()) == [], "reading must not write"
