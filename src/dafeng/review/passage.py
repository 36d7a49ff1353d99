"""The source text with its marks: what each stretch of it was read as, and which item it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dafeng.compiler import Compiled
from dafeng.review.item import Item

Kind = Literal["task", "unit", "target", "goal", "value", "excluded"]
#: Of marks that lie over each other the last of these shows.
ORDER: tuple[Kind, ...] = ("task", "unit", "goal", "target", "excluded", "value")
_HEADING = re.compile(r"^\s*#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of the text, what it was read as, and the item it belongs to; `reason` why a number was left out."""

    start: int
    end: int
    kind: Kind
    item: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch over which nothing changes, plain where `kind` is ""; `anchors` are the items that begin here."""

    text: str
    kind: str = ""
    item: str = ""
    anchors: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text; `role` is title, section, action, task or text."""

    role: str
    pieces: tuple[Piece, ...]


def marks(compiled: Compiled, items: Sequence[Item]) -> tuple[Mark, ...]:
    """List the marks of a text, in its order."""
    out: list[Mark] = []
    for item in items:
        if item.kind in ("target", "excluded"):
            out.append(Mark(item.record.start, item.record.end, "target", item.id))
            out.append(Mark(item.start, item.end, "value", item.id))
        else:
            out.append(Mark(item.start, item.end, item.kind, item.id))
        if item.kind == "task":
            out += [Mark(a, b, "unit", item.id) for a, b in _units(compiled, item.position)]
    taken = {item.id for item in items}
    left = ((f"excluded-{x.start}", x) for x in compiled.excluded)
    out += [Mark(x.start, x.end, "excluded", id, x.reason) for id, x in left if id not in taken]
    return tuple(sorted((mark for mark in out if mark.start < mark.end), key=lambda m: (m.start, -m.end)))


def lines(compiled: Compiled, items: Sequence[Item]) -> Iterator[Line]:
    """Cut a text into lines and pieces; blank lines and the signs of Markdown headings are left out."""
    found = marks(compiled, items)
    roles = _roles(compiled)
    anchored: set[str] = set()
    at = 0
    for line in compiled.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        inside = [mark for mark in found if mark.start < end and mark.end > start]
        role = next((role for place, role in roles.items() if start <= place < end), "text")
        cuts = sorted({start, end, *(min(max(x, start), end) for m in inside for x in (m.start, m.end))})
        pieces = tuple(_pieces(compiled.text, cuts, inside, anchored))
        if role != "text" and not pieces[0].kind:
            pieces = (Piece(_HEADING.sub("", pieces[0].text)), *pieces[1:])
        yield Line(role, pieces)


def _pieces(text: str, cuts: Sequence[int], inside: Sequence[Mark], anchored: set[str]) -> Iterator[Piece]:
    for a, b in pairwise(cuts):
        over = [mark for mark in inside if mark.start <= a and mark.end >= b]
        if not over:
            yield Piece(text[a:b])
            continue
        top = max(over, key=lambda mark: ORDER.index(mark.kind))
        shown = dict.fromkeys(mark.item for mark in over if mark.kind == top.kind)
        anchors = tuple(item for item in shown if item not in anchored)
        anchored.update(anchors)
        yield Piece(text[a:b], top.kind, top.item, anchors, top.reason)


def _roles(compiled: Compiled) -> dict[int, str]:
    roles = {task.start: "task" for task in compiled.tasks}
    roles |= {action.start: "action" for action in compiled.actions}
    roles |= {section.start: "section" for section in compiled.sections}
    if compiled.title:
        spread = r"[ \t　]*".join(re.escape(letter) for letter in compiled.title if not letter.isspace())
        found = re.search(rf"^[#* \t　]*(?={spread}[* \t　]*$)", compiled.text, re.M)
        found = found or re.search(spread, compiled.text)
        if found and found.end() not in roles and found.start() not in roles:
            roles[found.start()] = "title"
    return roles


def _units(compiled: Compiled, position: int) -> Iterator[tuple[int, int]]:
    """Find where the units of a task stand in it."""
    task = compiled.tasks[position]
    region = compiled.text[task.start : task.end]
    for raw in (task.units_raw or "").split("；"):
        letters = [re.escape(letter) for letter in raw if not letter.isspace()]
        if letters and (found := re.search(r"\s*".join(letters), region)):
            yield task.start + found.start(), task.start + found.end()
