"""Solves one job in a process of its own: `python -m dafeng.dispatch.worker FOLDER ID`.

The folder holds `ID.job`, the question. Progress is written to `ID.state`, the answer as `ID.csv` and `ID.json`, a
refusal as `ID.error`; each file appears whole. A process that is killed leaves nothing that looks like an answer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from dafeng.city import load
from dafeng.dispatch import imported, kept
from dafeng.dispatch.pack import spec_of
from dafeng.dispatch.run import Question, ask
from dafeng.dispatch.staged import Cancelled
from dafeng.errors import DafengError, FaultsFound, NotFound

#: Exit code of a job that was to stop; 1 is what Python itself ends with.
STOPPED = 3
REFUSED = 4
#: Seconds between two notes of progress.
NOTED = 0.4
#: How willing the process is to stand back.
NICE = 10


def main(arguments: list[str]) -> int:
    """Solve the job and leave: 0 with an answer, else why there is none."""
    folder, id, parent = Path(arguments[0]), arguments[1], os.getppid()
    if hasattr(os, "nice"):
        os.nice(NICE)
    asked = json.loads((folder / f"{id}.job").read_text(encoding="utf-8"))
    noted = 0.0
    kept.write(folder / f"{id}.state", json.dumps({"pid": os.getpid(), "iteration": 0, "gap": 1.0}))

    def progress(iteration: int, gap: float, infeasible: float) -> bool:
        nonlocal noted
        if time.monotonic() - noted > NOTED:
            noted = time.monotonic()
            note = {"pid": os.getpid(), "iteration": iteration, "gap": min(max(gap, infeasible), 1.0)}
            kept.write(folder / f"{id}.state", json.dumps(note))
        return os.getppid() == parent

    try:
        city = load(asked["city"], asked["database"])
        spec, _ = spec_of(city)
        brought = imported.known(imported.folder(asked["database"] or "", city.id), spec)
        question = Question(
            years=tuple(asked["years"]),
            scenario=asked["scenario"],
            backend=asked["backend"],
            step=asked["step"],
            cuts=tuple(asked["cuts"]),
            given=brought,
        )
        found = ask(city, question, None, progress)
    except Cancelled:
        return STOPPED
    except DafengError as error:
        kept.write(folder / f"{id}.error", json.dumps(told(error), ensure_ascii=False))
        return REFUSED
    assert found.answer is not None  # noqa: S101 - nothing was kept to be found
    kept.keep(folder, id, found.record, found.spec, found.answer)
    return 0


def told(error: DafengError) -> dict[str, Any]:
    """Give an error as data."""
    out: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, FaultsFound):
        out["faults"] = [fault.as_dict() for fault in error.faults]
    if isinstance(error, NotFound):
        out["candidates"] = list(error.candidates)
    return out


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
