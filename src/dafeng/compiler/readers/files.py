"""Tell what a file is by its bytes, and hand it to the reader that knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dafeng.errors import Refused

Format = Literal["markdown", "text", "html", "docx", "pdf"]
#: A plan of 300 pages with pictures is smaller than this.
MAX_BYTES = 20 * 1024 * 1024
#: Ten times the longest provincial plan.
MAX_CHARACTERS = 1_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file; what the offsets of a compilation refer to."""

    name: str
    text: str
    format: Format


def read_file(path: Path | str) -> Source:
    """Read a file.

    Raises:
        Refused: the file is missing, too large, of a kind or an encoding that cannot be read, or holds pictures only.
    """
    place = Path(path)
    if not place.is_file():
        raise Refused(
            f"{place.name}: there is no such file. Check the path.", zh=f"{place.name}：没有此文件。请核对路径。"
        )
    size = place.stat().st_size
    if size > MAX_BYTES:
        raise Refused(
            f"{place.name}: the file has {size / 1_048_576:.0f} MB; plans up to {MAX_BYTES // 1_048_576} MB are read. "
            "Cut out pictures and annexes, or give the text alone.",
            zh=_too_large(place.name, size),
        )
    return read_bytes(place.read_bytes(), place.name)


def read_bytes(data: bytes, name: str) -> Source:
    """Read the content of a file; `name` is used in messages and, for text, tells Markdown from plain text.

    Raises:
        Refused: as for `read_file`.
    """
    if len(data) > MAX_BYTES:
        raise Refused(
            f"{name}: the file has {len(data) / 1_048_576:.0f} MB; plans up to {MAX_BYTES // 1_048_576} MB are read. "
            "Give the text alone.",
            zh=_too_large(name, len(data)),
        )
    format, text = _read(data, name)
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            f"{name}: the text has {len(text):,} characters; plans up to {MAX_CHARACTERS:,} are read. "
            "Give the plan alone, without annexes.",
            zh=f"{name}：文件有 {len(text):,} 字，最多读取 {MAX_CHARACTERS:,} 字。请只提供方案本身，不含附件。",
        )
    return Source(name, text, format)


def _too_large(name: str, size: int) -> str:
    large, most = f"{size / 1_048_576:.0f} MB", f"{MAX_BYTES // 1_048_576} MB"
    return f"{name}：文件大小为 {large}，最多读取 {most}。请去掉图片和附件，或只提供文字。"


def _read(data: bytes, name: str) -> tuple[Format, str]:
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        from dafeng.compiler.readers.pdf import read_pdf  # noqa: PLC0415 - the PDF library is loaded only for a PDF

        return "pdf", read_pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        from dafeng.compiler.readers.docx import read_docx  # noqa: PLC0415

        return "docx", read_docx(data, name)
    if data.startswith(_OLD_WORD):
        raise Refused(
            f"{name}: this is the old Word format. Save it as DOCX and give that.",
            zh=f"{name}：这是旧版 Word 格式。请另存为 DOCX 后提供。",
        )
    if data.startswith(b"{\\rtf"):
        raise Refused(
            f"{name}: this is rich text (RTF). Save it as DOCX and give that.",
            zh=f"{name}：这是 RTF 格式。请另存为 DOCX 后提供。",
        )
    text = decode(data, name)
    if re.match(r"\ufeff?\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html)", text[:400], re.I) or (
        name.lower().endswith((".html", ".htm")) and re.search(r"<(?:p|div|body|h\d)\b", text)
    ):
        from dafeng.compiler.readers.html import read_html  # noqa: PLC0415

        return "html", read_html(text)
    return ("text" if name.lower().endswith(".txt") else "markdown"), text


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 with a mark, or GB18030; line ends become one character.

    Raises:
        Refused: binary data, two encodings in one file, or neither encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _lines(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise Refused(
                f"{name}: the mark says UTF-16 and byte {error.start} is not. Save the file as UTF-8.",
                zh=f"{name}：文件标明为 UTF-16，但第 {error.start} 字节不符。请将文件存为 UTF-8。",
            ) from error
    if b"\x00" in data:
        raise Refused(
            f"{name}: the file is binary, not a text. Give Markdown, text, HTML, DOCX or a PDF with text.",
            zh=f"{name}：文件是二进制数据，不是文字。请提供 Markdown、文本、HTML、DOCX 或带文字的 PDF。",
        )
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    good: list[int] = []
    bad: list[int] = []
    for n, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good.append(n)
        except UnicodeDecodeError:
            bad.append(n)
    if good and not _mostly_wrong(data, good, bad):
        shown = ", ".join(map(str, bad[:_SHOWN])) + (" ..." if len(bad) > _SHOWN else "")
        raise Refused(
            f"{name}: the file mixes encodings: {len(good)} lines are UTF-8 and {len(bad)} are not (lines {shown}). "
            "Save the whole file as UTF-8.",
            zh=f"{name}：文件混用编码：{len(good)} 行为 UTF-8，{len(bad)} 行不是（第 {shown} 行）。"
            "请将整个文件存为 UTF-8。",
        )
    try:
        return _lines(data.decode("gb18030"))
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"{name}: line {row} is neither UTF-8 nor GB18030. Save the file as UTF-8.",
            zh=f"{name}：第 {row} 行既非 UTF-8 也非 GB18030。请将文件存为 UTF-8。",
        ) from error


def _mostly_wrong(data: bytes, good: list[int], bad: list[int]) -> bool:
    """Tell a GB18030 file in which a short line happens to be valid UTF-8 from a mixed one."""
    if len(good) * 20 < len(bad):
        return True
    lines = data.split(b"\n")
    return all(len(lines[n - 1]) <= 4 for n in good)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
