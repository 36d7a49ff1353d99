"""Answers kept by their content: the same question is solved once, and a file is there whole or not at all.

A record is kept with a digest of the modules that decided it. After a change of any of them it counts as not there, is
solved again and written over: its name is that of the question and stays.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng import __version__
from dafeng.dispatch import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats


#: Field of a kept record that says which program gave it.
PROGRAM = "program"


@cache
def program() -> str:
    """Give a digest of the modules of the dispatch package, reckoned once for a process."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def key(
    spec: Spec,
    series: Mapping[str, Floats],
    backend: str,
    step: int,
    scenario: str = "",
    cuts: Sequence[float] = (),
    **more: Any,
) -> str:
    """Give the name of a question: a digest of the spec, its series, how it is solved, and the program's version.

    `more` is whatever else is asked; what is empty counts for nothing.
    """
    digest = hashlib.sha256()
    head = {"version": __version__, "backend": backend, "step": step, "scenario": scenario, "cuts": list(cuts)}
    head |= {name: value for name, value in more.items() if value}
    digest.update(json.dumps(head, sort_keys=True).encode())
    digest.update(spec.model_dump_json().encode())
    for name in sorted(series):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(series[name], dtype="<f8").tobytes())
    return digest.hexdigest()


def find(folder: Path, name: str) -> dict[str, Any] | None:
    """Give the record that was kept under a name; None where there is none, or other modules gave it."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found if found.pop(PROGRAM, "") == program() else None


def keep(folder: Path, name: str, record: Mapping[str, Any], spec: Spec, answer: Answer) -> Path:
    """Write the hours, then the record of an answer: a record that is there has its hours."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / f"{name}.csv", hours_csv(spec, answer))
    return keep_record(folder, name, record)


def keep_record(folder: Path, name: str, record: Mapping[str, Any]) -> Path:
    """Write the record of an answer without its hours."""
    path = folder / f"{name}.json"
    write(path, json.dumps({PROGRAM: program(), **record}, ensure_ascii=False, allow_nan=False))
    return path


def hours_csv(spec: Spec, answer: Answer) -> str:
    """Give the hours of an answer as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(records.table(spec, answer))
    return out.getvalue()


def write(path: Path, text: str) -> None:
    """Write a file beside its place and move it there: nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
