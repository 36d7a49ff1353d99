"""The hours of an answer as small text files, one a year.

Each column is rounded to whole steps (1 MW, 1 MWh, 0.1 of money by MWh, 0.001 t by MWh); what is written are the
differences to the hour before, all lowest bytes first, packed (LZMA) and in letters (Base64 without punctuation, so
that nothing in it looks like a word). A file names the answer its hours belong to: those of another are not read.
"""

from __future__ import annotations

import base64
import json
import lzma
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from dafeng.dispatch import records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dafeng.dispatch.answer import Answer
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

#: Whole steps of columns by their name; those of MW and MWh are 1.
STEPS = {"hour": 1e-3, "price": 0.1, "factor_tCO2_per_MWh": 1e-3}
_BYTES, _LINE = 4, 1000
#: The two signs of Base64 that are no letters, and what stands for them.
_SIGNS, _LETTERS = "+/", "_\u00e9"
_YEAR = re.compile(r"-\d{4}\.json")


def step_of(name: str) -> float:
    """Give the step that a column is rounded to."""
    return STEPS.get(name, 1.0)


def packed(key: str, spec: Spec, answer: Answer) -> dict[int, str]:
    """Give the hours of an answer as a text for each year; `key` names the answer."""
    rows = iter(records.table(spec, answer))
    head = next(rows)
    values = np.array([[float(cell) for cell in row] for row in rows])
    return written(key, head, values)


def written(key: str, head: list[str], values: Floats) -> dict[int, str]:
    """Give a table of hours, its first column the year, as a text for each year."""
    out = {}
    for year in (int(year) for year in np.unique(values[:, 0])):
        table = values[values[:, 0] == year, 1:]
        parts = []
        for name, column in zip(head[1:], table.T, strict=True):
            whole = np.round(column / step_of(name)).astype("<i4")
            apart = np.diff(whole, prepend=np.int32(0)).astype("<i4")
            parts.append(apart.view(np.uint8).reshape(-1, _BYTES).T.tobytes())
        text = _lettered(lzma.compress(b"".join(parts), preset=9))
        lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
        about = {"key": key, "year": year, "rows": len(table), "columns": head[1:], "data": lines}
        out[year] = json.dumps(about, indent=0, ensure_ascii=False) + "\n"
    return out


def _lettered(data: bytes) -> str:
    return base64.b64encode(data).decode().translate(str.maketrans(_SIGNS, _LETTERS))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans(_LETTERS, _SIGNS)))


def files(path: Path) -> list[Path]:
    """List the files that hold the hours called PATH: PATH-2030.json and so on."""
    found = path.parent.glob(f"{path.name}-*.json") if path.parent.is_dir() else ()
    return sorted(each for each in found if _YEAR.fullmatch(each.name.removeprefix(path.name)))


def read(path: Path, key: str) -> dict[int, dict[str, Floats]]:
    """Give the columns of each year; a file that belongs to another answer or is broken counts as not there."""
    out = {}
    for each in files(path):
        try:
            about = json.loads(each.read_text(encoding="utf-8"))
            if about["key"] == key:
                out[int(about["year"])] = _unpacked(about)
        except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError):
            continue
    return out


def _unpacked(about: Mapping[str, Any]) -> dict[str, Floats]:
    data = lzma.decompress(_bytes("".join(about["data"])))
    rows, names = int(about["rows"]), about["columns"]
    size = rows * _BYTES
    if len(data) != size * len(names):
        raise ValueError(f"{len(data)} bytes, expected {size * len(names)}")
    out = {"year": np.full(rows, float(about["year"]), dtype=np.float64)}
    for number, name in enumerate(names):
        planes = np.frombuffer(data[number * size : (number + 1) * size], dtype=np.uint8).reshape(_BYTES, rows)
        apart = np.ascontiguousarray(planes.T).view("<i4").ravel()
        out[name] = np.cumsum(apart, dtype=np.float64) * step_of(name)
    return out
