"""Clean text with a way back: paragraphs joined again, and the source offset of every character."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dafeng.compiler.lexicon import words

BlockKind = Literal["paragraph", "heading", "row"]
CJK = r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’—…·]"
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–－_·.]{0,3}\s*\d{1,4}\s*[-—–－_·.]{0,3}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
_CONTENTS = re.compile(r"(?:\.{6,}|…{3,}|·{6,}|(?:\. ){5,})[\s.…·]*[-—]?\s*\d{0,3}\s*[-—]?$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MD_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+")
_MD_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|\n]*\t[^|\n]*\t[^|\n]*$")
_TABLE_RULE = re.compile(r"^[\s|:+-]+$")
_QUOTE_MARK = re.compile(r"^\s{0,3}>\s?")
_BULLET = re.compile(r"^\s*(?:[-*+]\s|[•●◆■▪►○◇□]|——|--)\s*(?=\S)")
#: After a number with a point: 5.8 is no heading before a unit.
NO_UNIT_AFTER = r"(?!(?:万|亿|千|百)?(?:吨|元|个|平方|立方|公里|米|倍|千瓦|亩|辆|家|万|亿))"
#: Where a new paragraph begins, whatever stands before it.
NUMBERED = re.compile(
    r"^\s*(?:\*\*)?(?:第[一二三四五六七八九十百零〇\d]+[章节条编篇]|第[一二三四五六七八九十]+部分"
    r"|[一二三四五六七八九十]{1,4}\s*[、．.]|[（(][一二三四五六七八九十百]{1,4}[)）]|\d{1,3}\s*[、．.](?!\d)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}\s*{NO_UNIT_AFTER}[\u4e00-\u9fff]"
    r"|[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]|专栏\s*\d*)"
)
_UNIT_LINE = re.compile(r"^\s*[（(〔【\[]?\s*(?:责任|牵头|配合|参与|负责|实施)(?:责任)?(?:单位|部门)\s*[:：]")
_ENDS = tuple("。！？!?;；:：")
_SHORT = 25


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table row.

    `origin[i]` is the source offset of `text[i]`; `level` is the depth of a Markdown or document heading, 0 for none;
    `bold` is the length of a bold lead-in; `gaps` are places where a wide space was taken out; `cells` are the spans
    of a table row's cells.
    """

    text: str
    origin: tuple[int, ...]
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: int = 0
    gaps: tuple[int, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    table: int = -1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the source span of `text[start:end]`; an empty span is empty at its place."""
        if not self.origin:
            return (0, 0)
        if end <= start:
            at = self.origin[min(start, len(self.origin) - 1)]
            return (at, at)
        return (self.origin[start], self.origin[end - 1] + 1)


@cache
def _fold() -> dict[int, str]:
    """Give the map of single characters: full to half width, traditional to simplified, PDF radicals to letters."""
    table: dict[int, str] = {
        code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    }
    table |= {ord(a): b for a, b in zip("％﹪＋－／．＜＞＝～〜－﹣−‐‑＆﹒［］", "%%+-/.<>=~~-----&.[]", strict=True)}
    table |= {ord(a): b for a, b in zip(";?!﹐﹑﹔﹕﹗﹙﹚∶︰", "；？！，、；：！（）：：", strict=True)}
    # Letters of the GB code that some PDF writers leave in place of full-width ASCII: ꎬ for ，.
    shown = {code: chr(code - 0xA380) for code in range(0xA3A1, 0xA3FF)}
    marks = dict(zip(",.;:!?()", "，。；：！？（）", strict=True))
    table |= {code: marks.get(char, char) for code, char in shown.items()}
    table |= {code: " " for code in (0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F, 0x09)}
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    for pair in words("variants")["pairs"].split():
        table[ord(pair[0])] = pair[1]
    return table


_DROPPED = {0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD, 0x0C, 0x0D, 0x2060}


#: A line of its own that holds the number of the document: 青政办发〔2023〕41号.
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,14}\s?[〔\[（]20\d\d[〕\]）]\s?\d{1,5}\s?号$|[（(][\u4e00-\u9fff]{1,14}〔20\d\d〕\d{1,5}号[）)]$"
)
#: What a web page prints over a document: its path (首页 > 政务公开), its date, its number of readers.
_PAGE_HEAD = re.compile(
    r"(?:当前|您的|所在)?位置\s*[:：]|首页\s*(?:>|>>|»|›|/|-)|(?:索引号|主题分类|(?:发文|发布|成文|印发|公开|生效|更新|信息)?(?:时间|日期|机构|机关|单位|状态)"
    r"|(?:信息)?时效期|公开方式|(?:发文)?(?:文号|字号)|发文字号|来源|(?:信息)?来源|作者|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|点击(?:次数|量|数)?"
    r"|访问(?:次数|量)|字体|字号|分享(?:到)?|标题|名称)\s*[:：]"
)
_TITLE = re.compile(r"(?:方案|通知|意见|规划|计划|办法|要点|纲要|决定|措施)(?:（[^（）]*）)?$")
_HEAD_OF_TEXT = 1500


def is_page_head(line: str, at: int = 0) -> bool:
    """Tell whether a line at the head of a text is of the web page around the document, not of the document."""
    return at < _HEAD_OF_TEXT and _PAGE_HEAD.match(line.strip("[【 ")) is not None and "。" not in line


def fold(text: str) -> str:
    """Write every character in its plain form; the length stays the same."""
    return text.translate(_fold())


def blocks(text: str) -> list[Block]:
    """Cut a text into clean blocks.

    Comments, page numbers and running heads are left out; a sentence broken by a line or a page is joined again; blanks
    inside Chinese text are taken out. Offsets are code points into `text`.
    """
    plain = fold(text)
    lines = [line for line in _lines(text, plain)]
    heads = _running_heads([plain[a:b] for a, b in lines])
    width = _line_width(lines)
    out: list[Block] = []
    table = -1
    in_table = False
    open_part: list[tuple[int, int]] = []
    blank_before = blank_since = True

    def close() -> None:
        if open_part:
            out.append(_paragraph(plain, open_part))
            open_part.clear()

    for a, b in lines:
        line = plain[a:b]
        stripped = line.strip()
        if not stripped:
            blank_since = True
            continue
        if stripped in heads or _CONTENTS.search(stripped) or _PAGE_NUMBER.match(line) or _MD_RULE.match(line):
            continue
        if _TABLE_ROW.match(line):
            close()
            table += not in_table
            in_table = True
            if not _TABLE_RULE.match(line):
                out.append(_row(plain, a, b, table))
            continue
        in_table = False
        heading = _MD_HEADING.match(line)
        starts = bool(
            heading
            or NUMBERED.match(line)
            or _BULLET.match(line)
            or _UNIT_LINE.match(line)
            or line.startswith("**")
            or _DOCUMENT_NUMBER.match(stripped)
            or is_page_head(stripped, a)
        )
        held = _held_open(plain, open_part) and not NUMBERED.match(line)
        goes_on = not (heading or _DOCUMENT_NUMBER.match(stripped)) and (
            held or (not blank_since and _unfinished(plain, open_part))
        )
        if not goes_on and (starts or not _joins(plain, open_part, width, blank_since, blank_before)):
            close()
            blank_before = blank_since
        open_part.append((a, b))
        blank_since = False
    close()
    return out


def _lines(text: str, plain: str) -> Iterator[tuple[int, int]]:
    hidden = [match.span() for match in _COMMENT.finditer(text)]
    start = 0
    for match in re.finditer(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]|$", plain):
        a, b = start, match.start()
        start = match.end()
        for low, high in hidden:
            if low <= a < high:
                a = min(b, high)
            if a <= low < b:
                b = low
        yield (a, b)


def _line_width(lines: list[tuple[int, int]]) -> float:
    """Give the length below which a line was not broken for want of room: four fifths of a full line."""
    lengths = sorted(b - a for a, b in lines if b - a > 8)
    return 0.8 * min(lengths[len(lengths) * 3 // 4], 60) if lengths else 0.0


def _running_heads(lines: list[str]) -> set[str]:
    """Find short lines that come back on many pages, or twice with one beside a page number; digits do not count."""
    plain = [line.strip() for line in lines if line.strip()]
    keys = [re.sub(r"\d+", "#", line) for line in plain]
    seen = Counter(key for key in keys if 3 < len(key) <= 40)
    paged = {n for n, line in enumerate(plain) if _PAGE_NUMBER.match(line)}
    beside = {keys[n] for n in range(len(plain)) if n - 1 in paged or n + 1 in paged}
    often = {key for key, count in seen.items() if count >= 3 or (count == 2 and key in beside)}
    return {
        line
        for line, key in zip(plain, keys, strict=True)
        if key in often
        and not NUMBERED.match(line)
        and not line.endswith((*_ENDS, "）", ")"))
        and not _UNIT_LINE.match(line)
        and not line.startswith(("#", "|"))
    }


def _is_title(plain: str, part: list[tuple[int, int]]) -> bool:
    """Tell whether the lines at the head of a document are the whole of its title, however long it is."""
    text = plain[part[0][0] : part[-1][1]].strip()
    return part[0][0] < _HEAD_OF_TEXT and _TITLE.search(text) is not None and not re.search(r"[，。；：]", text)


def _unfinished(plain: str, part: list[tuple[int, int]]) -> bool:
    """Tell whether a full line breaks off inside a sentence, so that the next one cannot begin a paragraph."""
    if not part:
        return False
    text = plain[part[-1][0] : part[-1][1]].strip()
    if is_page_head(text, part[-1][0]):
        return False
    heading = _MD_HEADING.match(plain[part[0][0] : part[0][1]]) is not None
    return len(text) > _SHORT and not heading and not text.endswith((*_ENDS, "）", ")", "】", "〕", "*", "|"))


def _held_open(plain: str, part: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph cannot end yet: a bracket is open, or a label waits for its units."""
    if not part:
        return False
    text = plain[max(part[0][0], part[-1][1] - 600) : part[-1][1]]
    opened = max(text.rfind("（"), text.rfind("("))
    if opened >= 0 and not any(mark in text[opened:] for mark in ("）", ")")):
        return bool(_UNIT_LINE.match(text[opened:])) or "。" not in text[opened:]
    return bool(_UNIT_LINE.match(plain[part[0][0] : part[0][1]])) and text.rstrip().endswith(("：", "、", "，"))


def _joins(plain: str, part: list[tuple[int, int]], width: float, blank: bool, blank_before: bool) -> bool:
    """Tell whether a line goes on with the paragraph before it; a numbered line shorter than `width` is a heading."""
    if not part:
        return True
    a, b = part[-1]
    before = plain[a:b].rstrip()
    if _DOCUMENT_NUMBER.match(before.strip()) or is_page_head(before, a) or (blank and _is_title(plain, part)):
        return False
    first = plain[part[0][0] : part[0][1]]
    if _MD_HEADING.match(first) and (len(part) > 1 or "。" not in first):
        return False
    text = before.strip().rstrip("*")
    if text.endswith(_ENDS):
        return not blank and text.endswith(("；", ";")) and len(text) > _SHORT
    if not blank:
        return not (len(part) == 1 and NUMBERED.match(first) and len(text) < width)
    if len(part) == 1 and len(text) <= _SHORT and (blank_before or NUMBERED.match(first)):
        return False
    return not text.endswith(("）", ")", "】", "〕"))


def _paragraph(plain: str, part: list[tuple[int, int]]) -> Block:
    chars: list[str] = []
    origin: list[int] = []
    gaps: list[int] = []
    level = 0
    bold_open = -1
    bold = 0
    for n, (a, b) in enumerate(part):
        line = plain[a:b]
        skip = 0
        if n == 0 and (match := _MD_HEADING.match(line)):
            level, skip = len(match.group(1)), match.end()
        elif match := _QUOTE_MARK.match(line):
            skip = match.end()
        if n == 0 and not level and (match := re.match(r"\s*[-*+•●◆■▪►○◇□]\s+(?=\S)", line[skip:])):
            skip += match.end()
        i = a + skip
        while i < b:
            char = plain[i]
            if plain.startswith("**", i) or plain.startswith("__", i):
                if bold_open < 0 and not chars:
                    bold_open = 0
                elif bold_open == 0 and not bold:
                    bold = len(chars)
                i += 2
                continue
            if ord(char) in _DROPPED or char in "`":
                i += 1
                continue
            chars.append(char)
            origin.append(i)
            i += 1
        if n + 1 < len(part):
            chars.append("\n")
            origin.append(b if b < len(plain) else b - 1)
    return _squeeze("".join(chars), origin, gaps, level, bold)


_BLANK = re.compile(r"[ \n]+")
_WIDE = re.compile(CJK)
_TIGHT = set("0123456789%.,，。；：、（）()/+-—~“”‘’《》〈〉【】〔〕[]")


def _squeeze(text: str, origin: list[int], gaps: list[int], level: int, bold: int) -> Block:
    """Take blanks out of Chinese text; between Latin words one blank stays."""
    keep: list[str] = []
    places: list[int] = []
    at = 0
    for match in _BLANK.finditer(text):
        a, b = match.span()
        keep.append(text[at:a])
        places.extend(origin[at:a])
        left, right = text[a - 1] if a else "", text[b] if b < len(text) else ""
        glued: object = (
            not left or not right or left in _TIGHT or right in _TIGHT or _WIDE.match(left) or _WIDE.match(right)
        )
        if left.isdigit() and right.isdigit():
            glued = "\n" in match.group()
        if not glued:
            keep.append(" ")
            places.append(origin[a])
        elif b - a >= 2 and left and right and "\n" not in match.group():
            gaps.append(len(places))
        at = b
    keep.append(text[at:])
    places.extend(origin[at:])
    clean = _punctuate("".join(keep))
    if bold:
        bold = sum(1 for place in places if place <= origin[min(bold, len(origin)) - 1])
    return Block(clean, tuple(places), "heading" if level else "paragraph", level, bold, tuple(gaps))


_HALF = {",": "，", "(": "（", ")": "）", ":": "："}


def _punctuate(text: str) -> str:
    """Write half-width punctuation beside Chinese text full width; the length stays the same."""
    if not any(mark in text for mark in (*_HALF, ".")):
        return text
    out = list(text)
    for i, char in enumerate(text):
        if char in "()":
            out[i] = _HALF[char]
        elif (
            char == "."
            and re.match(r"[\u3400-\u9fff）)%”》]\.(?:$|[\u3400-\u9fff“《（(])", text[i - 1 : i + 2])
            and not re.match(r"^[（(]?[一二三四五六七八九十]{1,4}[）)]?$", text[:i])
        ):
            out[i] = "。"
        elif char in _HALF:
            near = text[i - 1 : i] + text[i + 1 : i + 2]
            if re.search(r"[\u3400-\u9fff）)%”（]", near) and not (
                text[i - 1 : i].isdigit() and re.match(r"\d{3}(?!\d)", text[i + 1 : i + 5])
            ):
                out[i] = _HALF[char]
    return "".join(out)


def _row(plain: str, a: int, b: int, table: int) -> Block:
    """Read one table row; its text is the cells with a tab between them."""
    line = plain[a:b]
    mark = "|" if "|" in line else "\t"
    edges = [-1, *(i for i, char in enumerate(line) if char == mark), len(line)]
    chars: list[str] = []
    origin: list[int] = []
    cells: list[tuple[int, int]] = []
    pieces = list(itertools.pairwise(edges))
    if mark == "|":
        pieces = pieces[1:-1] if line.strip().endswith("|") else pieces[1:]
    for low, high in pieces:
        start = len(chars)
        for i in range(low + 1, high):
            if not line[i].isspace() and line[i] not in "*`":
                chars.append(line[i])
                origin.append(a + i)
        cells.append((start, len(chars)))
        chars.append("\t")
        origin.append(a + min(high, len(line) - 1))
    return Block(_punctuate("".join(chars)), tuple(origin), "row", cells=tuple(cells), table=table)
