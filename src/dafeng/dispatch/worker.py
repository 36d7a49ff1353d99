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
from dafeng.dispatch.coupling import couple
from dafeng.dispatch.jobs import REFUSED, STOPPED
from dafeng.dispatch.pack import spec_of
from dafeng.dispatch.reduce import errors
from dafeng.dispatch.run import ask
from dafeng.dispatch.shipped import whole_of
from dafeng.dispatch.staged import Cancelled
from dafeng.dispatch.task import Watch, question_of
from dafeng.errors import DafengError, FaultsFound, NotFound

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
    noted, watch = 0.0, Watch()

    def note(iteration: int, gap: float) -> None:
        kept.write(folder / f"{id}.state", json.dumps({"pid": os.getpid(), **watch.note(iteration, gap)}))

    def progress(iteration: int, gap: float, infeasible: float) -> bool:
        nonlocal noted
        if time.monotonic() - noted > NOTED:
            noted = time.monotonic()
            note(iteration, min(max(gap, infeasible), 1.0))
        return os.getppid() == parent

    note(0, 1.0)
    try:
        city = load(asked["city"], asked["database"])
        spec, _ = spec_of(city)
        brought = imported.folder(asked["database"] or "", city.id)
        question = question_of(asked, imported.known(brought, spec))
        if asked.get("couple"):
            found = couple(city, question, None, progress, watch.begun)
        else:
            found = ask(city, question, None, progress, watch.begun)
    except Cancelled:
        return STOPPED
    except DafengError as error:
        kept.write(folder / f"{id}.error", json.dumps(told(error), ensure_ascii=False))
        return REFUSED
    assert found.answer is not None  # noqa: S101 - nothing was kept to be found
    record = found.record
    if record["preview"] and record.get("error") is None and not asked.get("couple"):
        whole = whole_of(city, folder, brought, asked)
        record = {**record, "error": errors(record, whole) if whole else None}
    kept.keep(folder, id, record, found.spec, found.answer)
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
