"""How the bytes of a text file are to be read: UTF-8 or GB18030, and never a guess where a file mixes the two."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dafeng.errors import Fault

_BLOCK = 1 << 20
#: A character of three bytes or more: Chinese text in UTF-8 is made of them, text in GB18030 holds none by chance.
_THREE_BYTES = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2}")
_WIDE = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16", codecs.BOM_UTF32_BE: "UTF-32"}


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over the bytes found: hash, codec, and the fault that stands in the way, if any."""

    sha256: str
    encoding: str
    fault: Fault | None = None


@dataclass(slots=True)
class _Lines:
    """The first line that is UTF-8 beyond doubt, the first that is not UTF-8, the first that is neither."""

    utf8: int = 0
    other: int = 0
    neither: int = 0


def scan(path: Path) -> Scan:
    """Read a file once, in blocks, for its hash and its encoding."""
    digest = hashlib.sha256()
    lines = _Lines()
    nul = 0
    with path.open("rb") as file:
        bom = next((name for mark, name in _WIDE.items() if file.peek(4)[:4].startswith(mark)), "")
        marked = file.peek(3)[:3] == codecs.BOM_UTF8
        line = 1
        for block in _blocks(file):
            digest.update(block)
            if not nul and b"\0" in block:
                nul = line + block[: block.index(b"\0")].count(b"\n")
            if not block.isascii():
                _classify(block, line, lines)
            line += block.count(b"\n")
    sha256 = digest.hexdigest()
    if bom or nul:
        what = f"the file is {bom}" if bom else "the file holds zero bytes and is not text"
        return Scan(sha256, "", Fault("encoding", f"line {nul or 1}", what, "Save it as UTF-8"))
    if not lines.other and not lines.neither:
        return Scan(sha256, "utf-8-sig" if marked else "utf-8")
    if lines.utf8 or marked:
        return Scan(sha256, "", _mixed(lines, marked=marked))
    if lines.neither:
        what = "the line is neither UTF-8 nor GB18030"
        return Scan(sha256, "", Fault("encoding", f"line {lines.neither}", what, "Save the file as UTF-8"))
    return Scan(sha256, "gb18030")


def _mixed(lines: _Lines, *, marked: bool) -> Fault:
    other = min(number for number in (lines.other, lines.neither) if number)
    name = "GB18030" if other == lines.other else "of no known encoding"
    if marked or lines.utf8 < other:
        what = f"the line is {name}, the lines before it are UTF-8"
        return Fault("mixed-encoding", f"line {other}", what, "Save the whole file as UTF-8")
    what = f"the line is UTF-8, line {other} before it is {name}"
    return Fault("mixed-encoding", f"line {lines.utf8}", what, "Save the whole file as UTF-8")


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block if block.endswith(b"\n") else block + file.readline()


def _classify(block: bytes, first: int, lines: _Lines) -> None:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        for number, line in enumerate(block.split(b"\n"), first):
            if not line.isascii():
                _classify_line(line, number, lines)
    else:
        found = None if lines.utf8 else _THREE_BYTES.search(block)
        if found:
            lines.utf8 = first + block[: found.start()].count(b"\n")


def _classify_line(line: bytes, number: int, lines: _Lines) -> None:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            line.decode("gb18030")
        except UnicodeDecodeError:
            lines.neither = lines.neither or number
        else:
            lines.other = lines.other or number
    else:
        if _THREE_BYTES.search(line):
            lines.utf8 = lines.utf8 or number
