"""PDF to text, with the text layer alone; a scanned PDF is refused."""

from __future__ import annotations

import re
import zlib

import pypdfium2

from dafeng.errors import Refused

MAX_PAGES = 600
#: Bytes that all compressed parts together may unfold to.
MAX_UNFOLDED = 256 * 1024 * 1024
MAX_TEXT = 2_000_000
#: A page of a plan has hundreds of characters; a scan with a printed footer has a few.
SCANNED_BELOW = 15


def read_pdf(data: bytes, name: str) -> str:
    """Give the text of all pages in order, a blank line between them.

    Raises:
        Refused: an encrypted or broken file, one that unfolds beyond measure, too many pages, or pages without text.
    """
    _check_unfolded(data, name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "is locked with a password" if locked else "cannot be read as a PDF"
        told = "有密码" if locked else "无法作为 PDF 读取"
        raise Refused(
            f"{name}: the file {what}. Give an open copy, or the text alone.",
            zh=f"{name}：文件{told}。请提供未加密的文件，或只提供文字。",
        ) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise Refused(
                f"{name}: the file has {count} pages; plans up to {MAX_PAGES} are read. "
                "Give the plan alone, without annexes.",
                zh=f"{name}：文件有 {count} 页，最多读取 {MAX_PAGES} 页。请只提供方案本身，不含附件。",
            )
        pages: list[str] = []
        total = 0
        for n in range(count):
            page = document[n]
            layer = page.get_textpage()
            text = layer.get_text_bounded()
            layer.close()
            page.close()
            total += len(text)
            if total > MAX_TEXT:
                raise Refused(
                    f"{name}: the first {n + 1} pages hold over {MAX_TEXT:,} characters. Give the plan alone.",
                    zh=f"{name}：前 {n + 1} 页已超过 {MAX_TEXT:,} 字。请只提供方案本身。",
                )
            pages.append(_lines(text))
    finally:
        document.close()
    letters = len(re.findall(r"\w", "".join(pages)))
    if letters < SCANNED_BELOW * max(count, 1):
        raise Refused(
            f"{name}: {count} page(s) with {letters} letters of text: this is a scan. "
            "Run text recognition first, or give the text.",
            zh=f"{name}：共 {count} 页，只有 {letters} 个字：这是扫描件。请先作文字识别，或提供文字。",
        )
    return "\n\n".join(pages)


def _lines(text: str) -> str:
    return re.sub(r"[\ufffe\uffff\x02]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _check_unfolded(data: bytes, name: str) -> None:
    """Unfold every compressed part with a bound, before a library does it without one."""
    total = 0
    for match in re.finditer(rb"stream\r?\n", data):
        head = data[max(0, match.start() - 600) : match.start()]
        head = head[head.rfind(b"obj") :]
        if b"FlateDecode" not in head and b"/Fl" not in head:
            continue
        body = memoryview(data)[match.end() :]
        for _ in range(max(1, head.count(b"/FlateDecode"))):
            body_out, size = _unfold(bytes(body) if len(body) < len(data) else body, MAX_UNFOLDED - total)
            total += size
            if total >= MAX_UNFOLDED:
                raise Refused(
                    f"{name}: its compressed parts unfold to over {MAX_UNFOLDED // 1_048_576} MB. "
                    "The file is not a plan, or is made to do harm.",
                    zh=f"{name}：压缩部分展开后超过 {MAX_UNFOLDED // 1_048_576} MB。该文件不是方案，或有意造成损害。",
                )
            body = memoryview(body_out)


def _unfold(body: bytes | memoryview, most: int) -> tuple[bytes, int]:
    engine = zlib.decompressobj()
    kept: list[bytes] = []
    size = 0
    at = 0
    step = 65_536
    pending: bytes | memoryview = b""
    while at < len(body) or pending:
        if not pending:
            pending = body[at : at + step]
            at += step
        try:
            out = engine.decompress(bytes(pending), 4 * 1024 * 1024)
        except zlib.error:
            break
        size += len(out)
        if size <= 8 * 1024 * 1024:
            kept.append(out)
        pending = engine.unconsumed_tail
        if engine.eof or size >= most:
            break
    return b"".join(kept), size
