"""DOCX to Markdown-like text: headings, automatic numbers, bold lead-ins, table rows.

Word counts automatic numbers when it shows a document; they stand nowhere in its text, so they are counted here again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from dafeng.errors import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_PART = 64 * 1024 * 1024
_DIGITS = "零一二三四五六七八九"


def read_docx(data: bytes, name: str) -> str:
    """Give the text of a document; offsets of a compilation refer to this text.

    Raises:
        Refused: another kind of archive, a broken one, or one that unfolds beyond measure.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Refused(
            f"{name}: the file is a broken archive. Save the document again.",
            zh=f"{name}：文件的压缩包已损坏。请重新保存文档。",
        ) from error
    if "word/document.xml" not in names:
        raise Refused(
            f"{name}: the file is an archive without a Word document. "
            "Give Markdown, text, HTML, DOCX or a PDF with text.",
            zh=f"{name}：压缩包中没有 Word 文档。请提供 Markdown、文本、HTML、DOCX 或带文字的 PDF。",
        )
    styles = _Styles.read(_part(archive, "word/styles.xml", name) if "word/styles.xml" in names else None)
    numbering = _Numbering.read(_part(archive, "word/numbering.xml", name) if "word/numbering.xml" in names else None)
    body = _part(archive, "word/document.xml", name).find(f"{_W}body")
    if body is None:
        raise Refused(f"{name}: the document has no body. Save it again.", zh=f"{name}：文档没有正文。请重新保存。")
    lines = list(_lines(body, styles, numbering))
    return "\n".join(lines).strip() + "\n"


def _part(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise Refused(
            f"{name}: a part of the archive unfolds to over {_MAX_PART // 1_048_576} MB. "
            "The file is not a plan, or is made to do harm.",
            zh=f"{name}：压缩包的一部分展开后超过 {_MAX_PART // 1_048_576} MB。该文件不是方案，或有意造成损害。",
        )
    with archive.open(part) as stream:
        data = stream.read(_MAX_PART + 1)
    if len(data) > _MAX_PART or b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Refused(
            f"{name}: a part of the archive is larger than it says or defines entities. The file is made to do harm.",
            zh=f"{name}：压缩包的一部分大于其标明的大小，或定义了实体。该文件有意造成损害。",
        )
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - entities and document types were refused above
    except ElementTree.ParseError as error:
        raise Refused(
            f"{name}: {part} is not well formed ({error}). Save the document again.",
            zh=f"{name}：{part} 格式有误（{error}）。请重新保存文档。",
        ) from error


@dataclass
class _Styles:
    level: dict[str, int] = field(default_factory=dict)
    number: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: ElementTree.Element | None) -> _Styles:
        out = cls()
        for style in root.iter(f"{_W}style") if root is not None else ():
            id = style.get(f"{_W}styleId", "")
            label = style.find(f"{_W}name")
            title = (label.get(f"{_W}val", "") if label is not None else "").lower()
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if match := re.match(r"(?:heading|标题)\s*([1-6])$", title):
                out.level[id] = int(match.group(1))
            elif (
                outline is not None and outline.get(f"{_W}val", "9").isdigit() and int(outline.get(f"{_W}val", "9")) < 6
            ):
                out.level[id] = int(outline.get(f"{_W}val", "0")) + 1
            elif title in ("title", "标题"):
                out.level[id] = 1
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None and (found := _number_of(number)):
                out.number[id] = found
        return out


def _number_of(number: ElementTree.Element) -> tuple[str, int] | None:
    id = number.find(f"{_W}numId")
    depth = number.find(f"{_W}ilvl")
    if id is None or id.get(f"{_W}val") in (None, "0"):
        return None
    return id.get(f"{_W}val", ""), int(depth.get(f"{_W}val", "0")) if depth is not None else 0


@dataclass
class _Numbering:
    abstract: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    count: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def read(cls, root: ElementTree.Element | None) -> _Numbering:
        out = cls()
        if root is None:
            return out
        for kind in root.iter(f"{_W}abstractNum"):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in kind.iter(f"{_W}lvl"):
                form, text, start = (level.find(f"{_W}{tag}") for tag in ("numFmt", "lvlText", "start"))
                levels[int(level.get(f"{_W}ilvl", "0"))] = (
                    form.get(f"{_W}val", "decimal") if form is not None else "decimal",
                    text.get(f"{_W}val", "") if text is not None else "",
                    int(start.get(f"{_W}val", "1")) if start is not None else 1,
                )
            out.abstract[kind.get(f"{_W}abstractNumId", "")] = levels
        for number in root.iter(f"{_W}num"):
            kind_of = number.find(f"{_W}abstractNumId")
            if kind_of is not None:
                out.of[number.get(f"{_W}numId", "")] = kind_of.get(f"{_W}val", "")
        return out

    def next(self, id: str, depth: int) -> str:
        """Count one paragraph and give the number Word shows before it."""
        key = self.of.get(id, "")
        levels = self.abstract.get(key, {})
        if depth not in levels:
            return ""
        form, text, start = levels[depth]
        if form == "bullet":
            return ""
        self.count[(key, depth)] = self.count.get((key, depth), start - 1) + 1
        for other in [place for place in self.count if place[0] == key and place[1] > depth]:
            del self.count[other]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = levels.get(at, ("decimal", "", 1))
            return _write(self.count.get((key, at), level[2]), level[0])

        return re.sub(r"%(\d)", shown, text)


def _write(value: int, form: str) -> str:
    if "hinese" in form or form.startswith(("japaneseCounting", "ideograph", "taiwanese")):
        return _chinese(value)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    if value < 10:
        return _DIGITS[value]
    tens, ones = divmod(value, 10)
    if tens >= 10:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _lines(body: ElementTree.Element, styles: _Styles, numbering: _Numbering) -> Iterator[str]:
    for item in body:
        if item.tag == f"{_W}p":
            if line := _paragraph(item, styles, numbering):
                yield line
                yield ""
        elif item.tag == f"{_W}tbl":
            for row in item.iter(f"{_W}tr"):
                cells = ["".join(_text(cell)).replace("|", "／").replace("\n", "") for cell in row.iter(f"{_W}tc")]
                yield "| " + " | ".join(cells) + " |"
            yield ""
        elif item.tag == f"{_W}sdt":
            content = item.find(f"{_W}sdtContent")
            if content is not None:
                yield from _lines(content, styles, numbering)


def _text(item: ElementTree.Element) -> Iterator[str]:
    for part in item.iter():
        if part.tag == f"{_W}t":
            yield part.text or ""
        elif part.tag == f"{_W}tab":
            yield " "
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif part.tag == f"{_W}noBreakHyphen":
            yield "-"


def _paragraph(item: ElementTree.Element, styles: _Styles, numbering: _Numbering) -> str:
    style_of = item.find(f"{_W}pPr/{_W}pStyle")
    style = style_of.get(f"{_W}val", "") if style_of is not None else ""
    own = item.find(f"{_W}pPr/{_W}numPr")
    number = _number_of(own) if own is not None else styles.number.get(style)
    text = "".join(_text(item)).strip()
    if not text:
        return ""
    lead = numbering.next(*number) if number else ""
    level = styles.level.get(style, 0)
    if level:
        return "#" * level + " " + lead + text.replace("\n", "")
    bold = ""
    for run in item.iter(f"{_W}r"):
        mark = run.find(f"{_W}rPr/{_W}b")
        if mark is None or mark.get(f"{_W}val") in ("0", "false"):
            break
        bold += "".join(_text(run))
    bold = bold.strip()
    if bold and text.startswith(bold) and len(bold) < len(text):
        return f"**{lead}{bold}**{text[len(bold) :]}"
    return lead + text
