"""Print the figures of docs/guide/dispatch.md: python -m benchmarks.dispatch [WHAT ...] [--step N] [FOLDER].

WHAT is staged, hipo (the same columns and rows by HiGHS's interior point alone), pypsa (the network of the same spec,
by PyPSA with HiPO, where it is installed), highs (as a back end, with its second try), periods (2025, 2030 and 2035
together) or districts (16 districts and imports in steps of 3 hours); the first three by default. FOLDER holds
shanghai_hourly_8760.csv; ../shared/data/energy by default. Each runs in a process of its own, so that the memory is its
own; `staged`, `periods` and `districts` run twice there, and the second run shows them compiled. Where staged and PyPSA
solve the whole year, the last line says whether what is promised was kept. Ratios are to the last run of `staged`.
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
KINDS = ("staged", "hipo", "pypsa", "highs", "periods", "districts")
#: Years that `periods` solves together.
PERIODS = [2025, 2030, 2035]
#: Seconds each has.
LIMIT = 900
#: Threads HiPO has, in PyPSA and alone.
THREADS = 2
#: What is promised of a year of 8,760 hours: times the time of PyPSA at least, seconds, GB and gap at most.
PROMISED = {"times": 15.0, "seconds": 3.0, "memory": 0.35, "gap": 1e-7}
#: Where the child's line of figures begins.
MARK = "figures "


class Watch:
    """Seconds since it was made and those its process has had of processors, until it is stopped."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._ended: tuple[float, float] | None = None

    def stop(self) -> None:
        """Hold both where they are."""
        self._ended = self._ended or (self.seconds, self.cpu)

    @property
    def seconds(self) -> float:
        """Seconds of the clock."""
        return self._ended[0] if self._ended else time.perf_counter() - self._wall

    @property
    def cpu(self) -> float:
        """Seconds of all processors together; on a busy machine they say more."""
        return self._ended[1] if self._ended else time.process_time() - self._cpu


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
        data["periods"] = PERIODS if kind == "periods" else data["periods"]
        made = divided(data) if kind == "districts" else data
        (Path(name) / "city.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
        spec, series = read_spec(Path(name) / "city.yaml")
    clock = whole_year(step)
    if kind == "pypsa":
        from dafeng.dispatch.interchange import pypsa  # noqa: PLC0415

        pypsa.library()
        began = Watch()
        net = pypsa.network(spec, series, clock)
        made_in = began.seconds
        cost = pypsa.solve(net, solver="hipo", run_crossover="off", threads=THREADS, log_to_console=False)
        tell(kind, 1, began, {"network": made_in}, cost)
        return
    if kind == "hipo":
        _alone(spec, series, clock)
        return
    for run in range(2 if kind in ("staged", "periods", "districts") else 1):
        began = Watch()
        found = dispatch(spec, series, "highs" if kind == "highs" else "staged", clock)
        began.stop()
        proof = {"violation": found.certificate.violation, "gap": found.certificate.gap}
        tell(kind, run + 1, began, found.seconds, found.objective, proof, found.size[0], found.fallback)


def _alone(spec: Any, series: Any, clock: Any) -> None:
    """Solve the explicit LP by HiPO and nothing else; its certificate is not part of the time."""
    from dafeng.dispatch import highs  # noqa: PLC0415 - in the process that measures
    from dafeng.dispatch.build.assemble import build  # noqa: PLC0415
    from dafeng.dispatch.certificate import certify  # noqa: PLC0415
    from dafeng.dispatch.explicit import explicit  # noqa: PLC0415

    highs.has_hipo()
    began = Watch()
    stage = build(spec, series, clock).stage
    lp = explicit(stage)
    ready = began.seconds
    found = highs.solve(stage, lp, "hipo", THREADS)
    began.stop()
    proof = certify(stage, lp, found.point)
    said = {"violation": proof.violation, "gap": proof.gap}
    tell("hipo", 1, began, {"build": ready, "solve": began.seconds - ready}, proof.objective * 1e3, said)


def promise(staged: dict[str, Any], other: dict[str, Any]) -> str:
    """Say what of the promise was kept; PyPSA's time is without writing the network, which is ours."""
    found = {
        "times": (other["seconds"] - other["parts"]["network"]) / staged["seconds"], "seconds": staged["seconds"],
        "memory": staged["memory"] * 1.024**3, "gap": staged["proof"]["gap"],
    }  # fmt: skip
    said = []
    for name, limit in PROMISED.items():
        kept = found[name] >= limit if name == "times" else found[name] <= limit
        said.append(f"{name} {found[name]:.3g} (promised {limit:g}: {'kept' if kept else 'missed'})")
    return f"promise: {', '.join(said)}; load {staged['load']:.1f} and {other['load']:.1f}"


def tell(
    kind: str,
    run: int,
    watch: Watch,
    parts: dict[str, float],
    objective: float,
    proof: dict[str, float] | None = None,
    columns: int = 0,
    fallback: str = "",
) -> None:
    """Print the figures of one run for the process that asked."""
    watch.stop()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    figures = {
        "kind": kind, "run": run, "seconds": watch.seconds, "cpu": watch.cpu, "parts": parts, "objective": objective,
        "proof": proof, "columns": columns, "fallback": fallback, "memory": memory, "load": os.getloadavg()[0],
    }  # fmt: skip
    print(MARK + json.dumps(figures), flush=True)


def line(figures: dict[str, Any], base: dict[str, Any] | None) -> str:
    """Write one run for a reader, beside the staged one."""
    parts = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in figures["parts"].items())
    proof = figures["proof"]
    said = f"violation {proof['violation']:.1e}, gap {proof['gap']:.1e}" if proof else "no certificate"
    taken = f"{figures['seconds']:.1f} s ({parts}; {figures['cpu']:.1f} s of processors), {figures['memory']:.2f} GiB"
    out = (
        f"{figures['kind']} run {figures['run']}: {taken}, objective {figures['objective']:.10e} EUR, {said}, "
        f"load {figures['load']:.1f}"
    )
    if figures["columns"]:
        out += f", {figures['columns']:,} columns"
    if figures["fallback"]:
        out += f", fell back: {figures['fallback']}"
    if base is not None and figures["kind"] in ("hipo", "highs", "pypsa"):
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
                if kind == "pypsa" and step == 1 and base is not None:
                    print(promise(base, figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
