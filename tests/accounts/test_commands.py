"""The commands print what other programs are promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dafeng.cli.app import app


@pytest.fixture
def printed(tmp_path: Path) -> Any:
    def run(*args: str) -> Any:
        env = {"LANG": "en_US.UTF-8", "DAFENG_CITY": "shanghai", "DAFENG_DATABASE": f"sqlite:///{tmp_path}/x.sqlite"}
        result = CliRunner().invoke(app, list(args), env=env, prog_name="dafeng")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout) if "--json" in args else result.stdout

    return run


def test_account(printed: Any) -> None:
    found = printed("account", "--boundary", "ceads", "--year", "2019", "--json")
    assert found["total"]["value"] == pytest.approx(192.9116, abs=0.001)
    assert found["total"]["low"] < found["total"]["value"] < found["total"]["high"]
    assert found["unit"] == "MtCO2e"
    assert {"by_sector", "by_fuel", "by_gas", "coverage", "sources"} <= set(found)
    assert found["sources"]


def test_reconcile(printed: Any) -> None:
    found = printed("reconcile", "--from", "ceads", "--to", "assessed", "--year", "2019", "--json")
    assert sum(step["net"] for step in found["steps"]) == pytest.approx(found["net"])
    assert found["from"]["value"] + found["net"] == pytest.approx(found["to"]["value"])


def test_decompose(printed: Any) -> None:
    found = printed("decompose", "--boundary", "ceads", "--from", "2013", "--to", "2019", "--json")
    assert sum(one["effect"] for one in found["effects"]) == pytest.approx(found["change"])


def test_peak(printed: Any) -> None:
    found = printed("peak", "--boundary", "ceads", "--json")
    assert (found["state"], found["evidence"]["peak_year"]) == ("plateau", 2013)
    assert found["c40"] in {"not_peaked", "stale"}


@pytest.mark.parametrize(
    "args",
    [
        ("account", "--year", "2021", "--boundary", "gpc-basic"),
        ("reconcile", "--from", "ceads", "--to", "assessed", "--year", "2019"),
        ("decompose", "--from", "2013", "--to", "2019"),
        ("peak",),
    ],
)
def test_tables_for_people(printed: Any, args: tuple[str, ...]) -> None:
    assert printed(*args).strip()
