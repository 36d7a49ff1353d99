"""Print the figures of docs/guide/dispatch.md: python -m benchmarks.dispatch [WHAT ...] [--step N] [FOLDER].

WHAT is staged, highs, pypsa (the network of the same spec, by PyPSA with HiPO, where it is installed) or districts
(16 districts and imports in steps of 3 hours); the first three by default. FOLDER holds shanghai_hourly_8760.csv;
../shared/data/energy by default. Each runs in a process of its own, so that the memory is its own; `staged` runs twice
there, and the second run shows it compiled. Ratios are to the last run of `staged`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SERIES = "shanghai_hourly_8760.csv"
KINDS = ("staged", "highs", "pypsa", "districts")
#: Seconds each has.
LIMIT = 900
#: Where the child's line of figures begins.
MARK = "figures "


def measure(kind: str, folder: Path, step: int) -> None:
    """Solve in this process and print one line of figures a run."""
    import yaml  # noqa: PLC0415 - after the caller has looked for the file

    from benchmarks.dispatch.districts import divided  # noqa: PLC0415
    from dafeng.dispatch.build.assemble import whole_year  # noqa: PLC0415
    from dafeng.dispatch.read import read_spec  # noqa: PLC0415
    from dafeng.dispatch.solve import dispatch  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        shutil.copy(folder / SERIES, name)
        data = yaml.safe_load((HERE / "city.yaml").read_text(encoding="utf-8"))
        made = divided(data) if kind == "districts" else data
        (Path(name) / "city.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
        spec, series = read_spec(Path(name) / "city.yaml")
    clock = whole_year(step)
    if kind == "pypsa":
        from dafeng.dispatch.interchange import pypsa  # noqa: PLC0415

        pypsa.library()
        began = time.perf_counter()
        net = pypsa.network(spec, series, clock)
        made_in = time.perf_counter() - began
        cost = pypsa.solve(net, solver="hipo", run_crossover="off", threads=2, log_to_console=False)
        tell(kind, 1, time.perf_counter() - began, {"network": made_in}, cost)
        return
    for run in range(2 if kind in ("staged", "districts") else 1):
        began = time.perf_counter()
        found = dispatch(spec, series, "highs" if kind == "highs" else "staged", clock)
        whole = time.perf_counter() - began
        proof = {"violation": found.certificate.violation, "gap": found.certificate.gap}
        tell(kind, run + 1, whole, found.seconds, found.objective, proof, found.size[0], found.fallback)


def tell(
    kind: str,
    run: int,
    seconds: float,
    parts: dict[str, float],
    objective: float,
    proof: dict[str, float] | None = None,
    columns: int = 0,
    fallback: str = "",
) -> None:
    """Print the figures of one run for the process that asked."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    figures = {
        "kind": kind, "run": run, "seconds": seconds, "parts": parts, "objective": objective, "proof": proof,
        "columns": columns, "fallback": fallback, "memory": memory, "load": os.getloadavg()[0],
    }  # fmt: skip
    print(MARK + json.dumps(figures), flush=True)


def line(figures: dict[str, Any], base: dict[str, Any] | None) -> str:
    """Write one run for a reader, beside the staged one."""
    parts = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in figures["parts"].items())
    proof = figures["proof"]
    said = f"violation {proof['violation']:.1e}, gap {proof['gap']:.1e}" if proof else "no certificate"
    out = (
        f"{figures['kind']} run {figures['run']}: {figures['seconds']:.1f} s ({parts}), {figures['memory']:.2f} GiB, "
        f"objective {figures['objective']:.10e} EUR, {said}, load {figures['load']:.1f}"
    )
    if figures["columns"]:
        out += f", {figures['columns']:,} columns"
    if figures["fallback"]:
        out += f", fell back: {figures['fallback']}"
    if base is not None and figures["kind"] in ("highs", "pypsa"):
        apart = figures["objective"] / base["objective"] - 1
        out += (
            f", {figures['seconds'] / base['seconds']:.1f} times the time and {figures['memory'] / base['memory']:.1f} "
            f"times the memory of staged, objective {apart:+.1e}"
        )
    return out


def main(arguments: list[str]) -> int:
    """Measure each of what is asked for in its own process."""
    if arguments[:1] == ["--one"]:
        measure(arguments[1], Path(arguments[2]), int(arguments[3]))
        return 0
    step = 1
    if "--step" in arguments:
        at = arguments.index("--step")
        step = int(arguments[at + 1])
        arguments = [*arguments[:at], *arguments[at + 2 :]]
    chosen = [name for name in arguments if name in KINDS] or list(KINDS[:3])
    others = [name for name in arguments if name not in KINDS]
    folder = Path(others[0]) if others else HERE.parents[1] / ".." / "shared" / "data" / "energy"
    if not (folder / SERIES).is_file():
        print(f"skipped: no {SERIES} in {folder}")
        return 0
    base: dict[str, Any] | None = None
    for kind in chosen:
        if kind == "pypsa" and importlib.util.find_spec("pypsa") is None:
            print("pypsa: skipped, PyPSA is not installed (pip install 'dafeng[pypsa]')")
            continue
        steps = str(3 if kind == "districts" else step)
        command = [sys.executable, "-m", "benchmarks.dispatch", "--one", kind, str(folder), steps]
        try:
            ran = subprocess.run(command, check=True, timeout=LIMIT, stdout=subprocess.PIPE, text=True)
        except subprocess.TimeoutExpired:
            print(f"{kind}: no answer within {LIMIT} s")
            continue
        for said in ran.stdout.splitlines():
            if said.startswith(MARK):
                figures = json.loads(said.removeprefix(MARK))
                base = figures if kind == "staged" else base
                print(line(figures, base), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
