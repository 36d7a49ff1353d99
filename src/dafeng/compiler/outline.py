"""The outline of a plan: sections, actions, tasks, under any of the usual numbering styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from dafeng.compiler.blocks import NO_UNIT_AFTER, Block, is_page_head
from dafeng.compiler.lexicon import pattern, words

#: One numbering style a rank; a smaller rank holds a larger one.
MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"第[一二三四五六七八九十百零〇\d]+[章编篇](?=.)")),
    (0, re.compile(r"第[一二三四五六七八九十]+部分[、：:.]?(?=.)")),
    (1, re.compile(r"第[一二三四五六七八九十百零〇\d]+节(?=.)")),
    (2, re.compile(r"[一二三四五六七八九十]{1,4}[、．.](?=.)")),
    (3, re.compile(r"（[一二三四五六七八九十百]{1,4}）[、.]?(?=.)")),
    (3, re.compile(r"[一二三四五六七八九十]{1,3}）(?=.)")),
    (3, re.compile(r"第[一二三四五六七八九十百零〇\d]+条[、.]?(?=.)")),
    (4, re.compile(r"\d{1,3}[、．.](?=[^\d])")),
    (5, re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}[、.]?{NO_UNIT_AFTER}(?=[\u4e00-\u9fff“])")),
    (6, re.compile(r"（\d{1,2}）(?=.)")),
    (6, re.compile(r"\d{1,2}）(?=.)")),
    (7, re.compile(r"[①-⑳](?=.)")),
)
#: The number of a document: 示政发〔2022〕3号.
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[]\d{4}[〕\]]\d{1,5}号")
POINT = 6
BOLD = 8
_TITLE_END = re.compile(r"[。：！]")
_DOCUMENT = re.compile(r"(?:方案|计划|规划|意见|通知|要点|安排|决定|办法|措施|纲要|行动)(?:（[^）]*）)?$")
_UNITS = re.compile(r"[（〔【\[](?:责任|牵头|负责)(?:责任)?(?:单位|部门)[：:]")
_BOX = re.compile(r"专栏\s*\d*")
#: A title that says when, or how much of what.
_SENTENCE = re.compile(r"^(?:力争)?(?:到|至)?20\d\d年|^[“\"]?十[一二三四五六]五|\d(?:%|个|家|座|项|万|亿|吨|公里|辆)")
LONGEST_TITLE = 48


@dataclass(slots=True)
class Piece:
    """Part of a block that belongs to a node: `block.text[start:end]`."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give the clean text of the piece."""
        return self.block.text[self.start : self.end]

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Give the source span of `text[start:end]`."""
        stop = self.end if end is None else self.start + end
        return self.block.span(self.start + start, stop)


@dataclass(slots=True, eq=False)
class Node:
    """One numbered or titled part of the document; `no` is its number without brackets and points."""

    rank: int
    no: str
    title: str
    heading: Piece | None
    body: list[Piece] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    role: str = ""

    @property
    def spoken(self) -> list[Piece]:
        """Give the body, and before it the title where that is a sentence with figures and no name of a part."""
        if self.heading is None or not _SENTENCE.search(self.title):
            return self.body
        head = self.heading
        first = head.block.text.find(self.title[:4], head.start)
        begin = first if first >= 0 else head.start
        if self.body and self.body[0].block is head.block:
            return [Piece(head.block, begin, self.body[0].end), *self.body[1:]]
        return [Piece(head.block, begin, head.end), *self.body]

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it in the document's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self) -> Iterator[Node]:
        """Yield this node and those that hold it, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Outline:
    """The tree of a document and what its nodes are to a plan.

    A node's `role` is "section", "action", "task", "point" (an enumerated part of a task) or "aim" (goals, principles
    and other parts that hold no task). `flat` is true where the sections themselves hold the tasks.
    """

    title: str
    root: Node
    sections: list[Node]
    actions: list[Node]
    tasks: list[Node]
    flat: bool


def marker(text: str) -> tuple[int, str, int] | None:
    """Read the number a paragraph begins with: its rank, the number as written, and where the title begins."""
    for rank, form in MARKERS:
        if match := form.match(text):
            return rank, match.group(), match.end()
    return None


def outline(blocks: Sequence[Block]) -> Outline:
    """Build the tree of a document and say which nodes are sections, actions and tasks."""
    root = Node(-1, "", "", None)
    ranks = _markdown_ranks(blocks)
    stack = [root]
    title = ""
    boxed = False
    for block in blocks:
        node = None if block.kind == "row" else _heading(block, ranks)
        first = node is not None and len(stack) == 1 and not root.children and not marker(block.text)
        if node is not None and (node.rank < 0 or (first and block.level and _DOCUMENT.search(node.title))):
            title = title or node.title
            continue
        if node is None:
            if _BOX.match(block.text):
                boxed = True
            stack[-1].body.append(Piece(block, 0, len(block.text)))
            continue
        if boxed and node.rank >= 4 and node.rank > stack[-1].rank:
            stack[-1].body.append(Piece(block, 0, len(block.text)))
            continue
        boxed = False
        while stack[-1].rank >= node.rank:
            stack.pop()
        node.parent = stack[-1]
        stack[-1].children.append(node)
        stack.append(node)
    root.title = _NOTICE.sub(r"\g<what>", title or _first_line(root))
    return _roles(root)


def _markdown_ranks(blocks: Sequence[Block]) -> dict[int, int]:
    """Give unnumbered Markdown headings the rank that numbered headings of the same depth have."""
    seen: dict[int, list[int]] = {}
    for block in blocks:
        if block.level and (found := marker(block.text)):
            seen.setdefault(block.level, []).append(found[0])
    plain = sorted({block.level for block in blocks if block.level and not marker(block.text)})
    if not seen:
        first = next((block for block in blocks if block.level), None)
        alone = first is not None and sum(block.level == first.level for block in blocks) == 1
        levels = [level for level in plain if not (alone and first is not None and level == first.level)]
        ranks = {level: min(2 + depth, 4) for depth, level in enumerate(levels)}
        if alone and first is not None:
            ranks[first.level] = -1
        return ranks
    ranks = {level: max(set(found), key=found.count) for level, found in seen.items()}
    top = min(ranks)
    return {
        level: ranks.get(level, -1 if level <= top else min(ranks[max(k for k in ranks if k < level)] + 1, 5))
        for level in plain
    }


def _heading(block: Block, ranks: dict[int, int]) -> Node | None:
    text = block.text
    found = marker(text)
    if found is None:
        if block.level:
            return Node(ranks.get(block.level, 3), "", text.strip("。*： "), Piece(block, 0, len(text)))
        if 2 <= block.bold <= LONGEST_TITLE and "：" not in text[: block.bold]:
            node = Node(BOLD, "", text[: block.bold].strip("。： "), Piece(block, 0, block.bold))
            if block.bold < len(text):
                node.body.append(Piece(block, block.bold, len(text)))
            return node
        return None
    rank, no, start = found
    end = _title_end(block, start)
    node = Node(rank, re.sub(r"[、．.：:\s]+$", "", no), text[start:end].strip("。：！ *"), Piece(block, 0, end))
    rest = end
    while rest < len(text) and text[rest] in "。：！ ":
        rest += 1
    if rest < len(text):
        node.body.append(Piece(block, rest, len(text)))
    return node


def _title_end(block: Block, start: int) -> int:
    """Find where a title ends: at its stop, at a wide gap or the end of bold type, else with its first clause."""
    text = block.text
    if block.bold > start:
        return block.bold
    for gap in block.gaps:
        if start + 3 < gap <= start + LONGEST_TITLE and not re.search(r"[，。；]", text[start:gap]):
            return gap
    match = _TITLE_END.search(text, start)
    end = match.start() if match else len(text)
    units = _UNITS.search(text, start)
    end = min(end, units.start()) if units else end
    if end - start <= LONGEST_TITLE:
        return end
    clause = re.compile(r"[，；。]").search(text, start)
    return min(clause.start() if clause else len(text), start + LONGEST_TITLE)


_NOTE = re.compile(r"[（(【\[].*[）)】\]]$")


#: The title of a notice that sends out a plan, and the plan's in it.
_NOTICE = re.compile(r"^.{0,40}关于印发《?(?P<what>[^《》]{4,60}?)》?的通知$")


def _first_line(root: Node) -> str:
    for piece in root.body[:12]:
        if match := re.search(r"(?:现将|印发)《([^》]{4,60})》", piece.text):
            return match.group(1)
    for piece in root.body:
        if _NOTE.match(piece.text) or is_page_head(piece.text) or NUMBER.fullmatch(piece.text):
            continue
        if piece.block.kind != "row" and 4 <= len(piece.text) <= 60 and not piece.text.endswith(("。", "：")):
            return piece.text
    return ""


def _asked(title: str) -> str:
    """Give what a title that is a question asks for: 主要目标 of 主要目标是什么."""
    return _QUESTION.sub("", title)


def is_aim(title: str) -> bool:
    """Tell whether a title announces goals, principles or background rather than work."""
    plain = _asked(title)
    return bool(pattern("outline", "aims", after="(?:$|（|[和与及、：](?!落实))").search(plain)) and len(plain) <= 24


#: A document that explains another sets no tasks of its own.
_EXPLAINS = re.compile(r"(?:政策|图文|文字|文件)?解读$|答记者问$|问答$")
_QUESTION = re.compile(
    r"(?:主要|具体)?(?:是什么|有哪些(?:内容|方面|考虑)?|包括哪些(?:内容|方面)?|是怎样的|有什么|如何考虑的?)[？?]?$"
)


@cache
def _background() -> re.Pattern[str]:
    return re.compile("|".join(words("outline")["background"]))


def is_background(title: str) -> bool:
    """Tell whether a title announces what has been reached or what the situation is."""
    plain = _asked(title)
    work = pattern("outline", "background_not").match(plain)
    return not work and len(plain) <= 30 and bool(_background().search(plain))


def is_guarantee(title: str) -> bool:
    """Tell whether a title announces guarantees, cooperation or the organisation of the work."""
    return bool(pattern("outline", "guarantees").search(title))


def _roles(root: Node) -> Outline:
    appendix = pattern("outline", "appendices", before="^")
    sections = _top(root)
    for section in sections:
        section.role = "section"
        if is_aim(section.title) or appendix.match(section.title):
            for node in section.walk():
                node.role = node.role or "aim"
            section.role = "aim"
    explained = _EXPLAINS.search(root.title)
    work = [section for section in sections if section.role == "section" and not explained]
    tasks: list[Node] = []
    for section in work:
        tasks.extend(_leaves(section))
    if not tasks:
        tasks = [section for section in work if section.body and not is_aim(section.title)]
    flat = all(task.parent in sections for task in tasks)
    holders: list[Node] = []
    for task in tasks:
        task.role = "task"
        holder = task.parent
        if holder is None or holder is root or (holder in sections and not flat):
            continue
        if holder not in holders:
            holders.append(holder)
        if holder not in sections:
            holder.role = "action"
    return Outline(root.title, root, sections, holders, tasks, flat)


def _top(root: Node) -> list[Node]:
    """Find the level-1 headings; a lone heading that holds all others is the title, not a section."""
    nodes = root.children
    while len(nodes) == 1 and len(nodes[0].children) > 1 and nodes[0].children[0].rank <= 3:
        nodes = nodes[0].children
    if not nodes:
        return []
    rank = min(node.rank for node in nodes)
    return [node for node in nodes if node.rank == rank]


def _leaves(node: Node) -> list[Node]:
    out: list[Node] = []
    for child in node.children:
        if is_aim(child.title) and node.role == "section" and not is_guarantee(node.title) and not child.children:
            child.role = "aim"
            continue
        deeper = [kid for kid in child.children if kid.rank < POINT or kid.rank == BOLD or _has_units(kid)]
        if deeper and not (child.rank >= 4 and all(kid.rank == BOLD for kid in deeper)):
            out.extend(_leaves(child))
        else:
            for kid in child.children:
                for below in kid.walk():
                    below.role = "point"
            out.append(child)
    return out


def _has_units(node: Node) -> bool:
    return any(
        re.search(r"(?:责任|牵头)(?:责任)?(?:单位|部门)?[：:]|职责分工|牵头", piece.text[-160:]) for piece in node.body
    )
