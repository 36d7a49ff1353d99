"""Print the figures of docs/guide/dispatch.md: python -m benchmarks.dispatch [staged|highs ...] [FOLDER].

FOLDER holds shanghai_hourly_8760.csv; ../shared/data/energy by default. Each back end runs in a process of its own, so
that the memory is its own; `staged` runs twice there, and the second run shows it compiled.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SERIES = "shanghai_hourly_8760.csv"
BACKENDS = ("staged", "highs")
#: Seconds a back end has.
LIMIT = 600


def measure(backend: str, folder: Path) -> None:
    """Solve in this process and print one line a run."""
    from dafeng.dispatch.read import read_spec  # noqa: PLC0415 - after the caller has looked for the file
    from dafeng.dispatch.solve import dispatch  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        for file in (HERE / "city.yaml", folder / SERIES):
            shutil.copy(file, name)
        spec, series = read_spec(Path(name) / "city.yaml")
    for run in range(2 if backend == "staged" else 1):
        began = time.perf_counter()
        found = dispatch(spec, series, "staged" if backend == "staged" else "highs")
        whole = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        parts = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in found.seconds.items())
        print(
            f"{backend} run {run + 1}: {whole:.1f} s ({parts}), {memory:.2f} GiB, {found.size[0]:,} columns, "
            f"objective {found.objective:.6e} {found.currency}, violation {found.certificate.violation:.1e}, "
            f"gap {found.certificate.gap:.1e}" + (f", fell back: {found.fallback}" if found.fallback else ""),
            flush=True,
        )


def main(arguments: list[str]) -> int:
    """Measure each back end asked for in its own process."""
    if arguments[:1] == ["--one"]:
        measure(arguments[1], Path(arguments[2]))
        return 0
    chosen = [name for name in arguments if name in BACKENDS] or list(BACKENDS)
    others = [name for name in arguments if name not in BACKENDS]
    folder = Path(others[0]) if others else HERE.parents[1] / ".." / "shared" / "data" / "energy"
    if not (folder / SERIES).is_file():
        print(f"skipped: no {SERIES} in {folder}")
        return 0
    for backend in chosen:
        command = [sys.executable, "-m", "benchmarks.dispatch", "--one", backend, str(folder)]
        try:
            subprocess.run(command, check=True, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            print(f"{backend}: no answer within {LIMIT} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
