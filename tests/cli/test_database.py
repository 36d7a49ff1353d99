"""`dafeng database` from the command line: told, tried, taken."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from tests.cli.running import Ran

from dafeng.store import database

Run = Callable[..., Ran]


def older(tmp_path: Path, step: str = "0001") -> str:
    url = f"sqlite:///{tmp_path}/dafeng.sqlite"
    with database.open(url, create=True) as opened:
        database.migrate(opened.engine, step)
    return url


def test_every_command_that_meets_an_older_database_names_the_command_that_helps(dafeng: Run, tmp_path: Path) -> None:
    url = older(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    for command in (("assess",), ("serve", "--port", port), ("import", "list")):
        found = dafeng(*command)
        assert (found.code, found.out) == (4, "")
        assert found.err == (
            f"dafeng: {url}: made by an older dafeng (step 0001, this one needs {database.REVISION}). "
            "Run 'dafeng database migrate', which copies an SQLite file first.\n"
        )


def test_the_refusal_is_chinese_for_a_chinese_reader(dafeng: Run, tmp_path: Path) -> None:
    url = older(tmp_path)
    assert dafeng("assess", "--lang", "zh").err == (
        f"dafeng: {url}：由旧版 dafeng 建立（第 0001 步，本版需要第 {database.REVISION} 步）。"
        "请运行“dafeng database migrate”，SQLite 文件会先行备份。\n"
    )


def test_a_dry_run_tells_the_steps_and_migrating_takes_them(dafeng: Run, tmp_path: Path) -> None:
    url = older(tmp_path)
    told = dafeng("database", "status")
    assert told.code == 1
    assert told.out.splitlines() == [
        url,
        f"made by an older dafeng (step 0001, this one needs {database.REVISION})",
        "  0002  Keep documents under review, the items read out of them, and the decisions on each.",
        "  0003  Keep registers and the activity of enterprises and districts.",
        "'dafeng database migrate' takes these steps.",
    ]
    tried = dafeng("database", "migrate", "--dry-run", "--lang", "zh")
    assert (tried.code, tried.out.splitlines()[-1]) == (0, "未作任何改动")
    assert [path.name for path in tmp_path.glob("*.sqlite")] == ["dafeng.sqlite"]
    done = dafeng("database", "migrate", "--json").json()
    assert (done["before"]["step"], done["after"]["state"]) == ("0001", "current")
    assert Path(done["copy"]).is_file()
    assert dafeng("database", "status", "--json").json()["missing"] == []
    assert dafeng("assess", "--json").code == 0
    again = dafeng("database", "migrate")
    assert (again.code, again.out.splitlines()[1:]) == (0, [f"up to date (step {database.REVISION})"])


def test_no_database_is_told_and_not_made(dafeng: Run, tmp_path: Path) -> None:
    assert dafeng("database", "status").code == 0
    assert dafeng("database", "migrate").code == 3
    both = dafeng("database", "migrate", "--no-backup", "--backup", "x.sqlite")
    assert (both.code, list(tmp_path.iterdir())) == (2, [])
