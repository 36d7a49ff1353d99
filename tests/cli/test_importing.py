"""Imports: taken whole or not at all, listed, undone, and seen by every other command."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import Ran

Run = Callable[..., Ran]
HEADER = "indicator,place,period,value,unit,source,vintage,status,confidence\n"
GOOD = "power.pv_capacity,示例市,2025,52,万千瓦,toy-press-2025,2025-12-01,actual,high\n"
BAD = "power.pv,nowhere,2025,=1+1,万千瓦,toy-press-2025,2025-12-01,actual,high\n"


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str, name: str = "facts.csv") -> str:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


def values(dafeng: Run) -> list[Any]:
    return [fact["value"] for fact in dafeng("facts", "power.pv_capacity", "--year", "2025", "--json").json()["items"]]


def test_a_table_is_imported_seen_listed_and_undone(dafeng: Run, table: Callable[[str], str]) -> None:
    file = table(HEADER + GOOD)
    assert values(dafeng) == []
    taken = dafeng("import", "facts", file, "--who", "tester", "--json").json()
    assert (taken["state"], taken["imported"], taken["refused"]) == ("imported", 1, 0)
    assert values(dafeng) == [52.0]
    assert dafeng("import", "facts", file, "--json").json()["state"] == "already-imported"
    listed = dafeng("import", "list", "--json").json()["items"]
    assert [(item["id"], item["file"], item["who"], item["undone"]) for item in listed] == [
        (taken["batch"], "facts.csv", "tester", None)
    ]
    undone = dafeng("import", "undo", taken["batch"][:12])
    assert (undone.code, undone.out) == (0, f"{taken['batch'][:12]}: 1 rows withdrawn\n")
    assert values(dafeng) == []
    again = dafeng("import", "undo", taken["batch"])
    assert again.code == 4
    assert again.err.startswith(f"dafeng: import {taken['batch']}: it was undone on ")


def test_an_import_changes_the_assessment(dafeng: Run, table: Callable[[str], str]) -> None:
    def latest() -> Any:
        found = dafeng("assess", "--as-of", "2026-11-25", "--json").json()["targets"]
        return next(target["latest"]["value"] for target in found if target["id"] == "pv-capacity-2030")

    before = latest()
    assert dafeng("import", "facts", table(HEADER + GOOD)).code == 0
    assert (before, latest()) == (46.0, 52.0)


def test_a_dry_run_writes_nothing_not_even_a_database(dafeng: Run, table: Callable[[str], str], tmp_path: Path) -> None:
    ran = dafeng("import", "facts", table(HEADER + GOOD), "--dry-run")
    assert ran.code == 0
    assert "facts.csv: checked: 1 would be new, 0 are known already, of 1 rows; nothing was written\n" in ran.out
    assert not list(tmp_path.glob("*.sqlite*"))


def test_a_fault_refuses_the_whole_table_and_all_faults_are_told(dafeng: Run, table: Callable[[str], str]) -> None:
    file = table(HEADER + GOOD + BAD)
    ran = dafeng("import", "facts", file)
    assert ran.code == 1
    for place in ("row 3, column indicator", "row 3, column place", "row 3, column value"):
        assert place in ran.out
    assert "facts.csv: refused: nothing was imported; 1 of 2 rows have faults\n" in ran.out
    assert values(dafeng) == []
    kept = dafeng("import", "facts", file, "--keep-good", "--json")
    assert (kept.code, kept.json()["imported"], kept.json()["refused"]) == (1, 1, 1)
    assert values(dafeng) == [52.0]


def test_a_column_the_table_lacks_may_be_set(dafeng: Run, table: Callable[[str], str]) -> None:
    lines = (HEADER + GOOD).replace(",source", "").replace(",toy-press-2025", "")
    assert dafeng("import", "facts", table(lines), "--dry-run").code == 1
    assert dafeng("import", "facts", table(lines), "--set", "source=toy-press-2025", "--dry-run").code == 0


def test_ctrl_c_leaves_nothing(dafeng: Run, table: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The wish to stop comes while rows are read; the import asks for it and gives everything back."""
    from dafeng.facts.importer import load

    reader = load.RowReader.read
    asked = 0

    def interrupted(self: Any, cells: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 1:
            signal.raise_signal(signal.SIGINT)
        return reader(self, cells)

    monkeypatch.setattr(load.RowReader, "read", interrupted)
    monkeypatch.setattr(load, "_CHUNK", 1)
    before = signal.getsignal(signal.SIGINT)
    ran = dafeng("import", "facts", table(HEADER + GOOD + GOOD.replace("2025,52", "2024-06,50")))
    assert ran.code == 130
    assert "interrupted after 1 rows: nothing was imported\n" in ran.out
    assert signal.getsignal(signal.SIGINT) is before
    assert values(dafeng) == []
    assert dafeng("import", "list").out == "Nothing was imported yet.\n"


def test_nothing_is_listed_where_there_is_no_database(dafeng: Run, tmp_path: Path) -> None:
    assert dafeng("import", "list", "--json").json() == {"city": "toyville", "items": []}
    assert not list(tmp_path.glob("*.sqlite*"))
