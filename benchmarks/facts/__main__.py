"""Times the reading of a city pack and the import of a million rows: `python -m benchmarks.facts [--rows N]`.

Beside each figure stands the bare floor measured in the same run: the `csv` module alone over the same file, and the
driver of SQLite alone inserting the same rows into a table without index.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from benchmarks.facts import million
from dafeng.errors import Collector
from dafeng.facts import importer, pack
from dafeng.facts.importer.encoding import scan
from dafeng.store import database


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def _with_cpu(figures: dict[str, Any], name: str, act: Callable[[], Any]) -> Any:
    """Time an act by the clock and by the processor: the difference is other work of the machine, and its disk."""
    cpu = time.process_time()
    figures[f"{name}_s"], result = _timed(act)
    figures[f"{name}_cpu_s"] = time.process_time() - cpu
    return result


def _peak_mb() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _read_pack(repeat: int) -> float:
    with resources.as_file(resources.files("dafeng") / "cities" / "shanghai") as folder:
        return min(_timed(lambda: pack.read(folder, Collector("shanghai")))[0] for _ in range(repeat))


def _bare_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _bare_insert(rows: list[list[str]], folder: Path) -> None:
    connection = sqlite3.connect(folder / "bare.sqlite")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"CREATE TABLE bare ({', '.join(rows[0])})")
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO bare VALUES ({marks})", rows[1:])  # noqa: S608 - marks are question marks
    connection.commit()
    connection.close()


def main() -> None:
    """Run every measurement and print it as JSON."""
    parser = argparse.ArgumentParser(description="Time the facts layer.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "million.csv"
        million.write(table, rows)
        figures: dict[str, Any] = {"pack_read_s": _read_pack(5), "rows": rows, "file_mb": table.stat().st_size / 1e6}
        figures["scan_s"] = _timed(lambda: scan(table))[0]
        with database.open(f"sqlite:///{folder}/facts.sqlite", create=True) as opened:
            before = _peak_mb()
            vocabulary = million.vocabulary()
            dry = importer.Options(dry_run=True)
            report = _with_cpu(figures, "check", lambda: importer.run(table, None, "toyville", vocabulary, (), dry))
            figures["check_state"] = report.state
            figures["check_memory_mb"] = _peak_mb() - before
            report = _with_cpu(figures, "import", lambda: importer.run(table, opened, "toyville", vocabulary))
            figures["import_state"], figures["imported"] = report.state, report.imported
            figures["import_memory_mb"] = _peak_mb() - before
            figures["again_s"], again = _timed(lambda: importer.run(table, opened, "toyville", vocabulary))
            figures["again_state"] = again.state
            figures["undo_s"] = _timed(lambda: importer.undo(opened, "toyville", report.batch))[0]
        figures["bare_csv_s"], cells = _timed(lambda: _bare_csv(table))
        figures["bare_insert_s"] = _timed(lambda: _bare_insert(cells, folder))[0]
    shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in figures.items()}
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    main()
