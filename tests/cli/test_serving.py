"""The server: where it is, what it logs, how it leaves, and what is in its way."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import TOY, command, plain

from dafeng.cli.serving import address, listen
from dafeng.errors import Refused


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*command(), "serve", "--port", str(port), "--log-format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=plain(PYTHONWARNINGS="ignore"),
    ) as running:
        yield running
        running.kill()


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return json.load(answer)


@pytest.mark.slow
def test_the_server_says_where_it_is_answers_and_leaves_on_ctrl_c(
    server: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    assert server.stdout is not None
    assert server.stderr is not None
    assert server.stdout.readline() == f"Serving {TOY} at http://127.0.0.1:{port}/ (Ctrl-C stops)\n"
    assert get(port, "/api/v1/health")["city"] == "toyville"
    assert get(port, "/api/v1/targets?q=secret-search&limit=1")["total"] == 0
    taken = subprocess.run(
        [*command(), "serve", "--port", str(port)], capture_output=True, text=True, env=plain(), timeout=60, check=False
    )
    assert (taken.returncode, taken.stdout) == (4, "")
    assert taken.stderr == (
        f"dafeng: port {port} on 127.0.0.1 is taken. "
        "Stop the program that uses it, or choose another port with --port.\n"
    )
    server.send_signal(signal.SIGINT)
    logged = server.stderr.read()
    assert server.wait(30) == 0
    lines = [json.loads(line) for line in logged.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in requests] == [
        ("GET", "/api/v1/health", 200),
        ("GET", "/api/v1/targets", 200),
    ]
    assert {name for line in requests for name in line} == {
        "event",
        "level",
        "logger",
        "timestamp",
        "method",
        "path",
        "status",
        "milliseconds",
    }
    assert "secret-search" not in logged
    assert "127.0.0.1" not in "".join(json.dumps(line) for line in requests)
    assert "Traceback" not in logged
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_several_processes_serve_one_port(port: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*command(), "serve", "--port", str(port), "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
        env=plain(),
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline().startswith("Serving ")
            deadline = time.monotonic() + 60
            answer: Any = None
            while answer is None and time.monotonic() < deadline:
                try:
                    answer = get(port, "/api/v1/health")
                except OSError:
                    time.sleep(0.2)
            assert answer["status"] == "ok"
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == 0
        finally:
            running.kill()


@pytest.mark.slow
def test_a_pack_with_faults_is_not_served(port: int, tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text("id: broken\n", encoding="utf-8")
    ran = subprocess.run(
        [*command(), "serve", "--port", str(port), "--city", "."],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=plain(),
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"{tmp_path.name}: " in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_port_or_host_that_cannot_be_used_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = r"^cannot listen on 192\.0\.2\.1: .+\. Choose an address of this machine with --host\.$"
    with pytest.raises(Refused, match=expected):
        listen("192.0.2.1", 0)

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", forbidden)
    with pytest.raises(Refused) as refused:
        listen("127.0.0.1", 80)
    assert str(refused.value) == "port 80 may not be used by this user. Choose one above 1023 with --port."


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),  # noqa: S104
        ("::1", "http://[::1]:80/"),
    ],
)
def test_the_address_is_one_a_browser_opens(host: str, shown: str) -> None:
    assert address(host, 80) == shown
