"""From text to records: clean, outline, units, targets, goals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dafeng.compiler import responsible
from dafeng.compiler.blocks import Block, blocks, fold
from dafeng.compiler.dating import first_aim, first_year_ahead, own_number, plan_year
from dafeng.compiler.found import NEVER, Dropped, Found, When, moments
from dafeng.compiler.goals import Goals
from dafeng.compiler.grammar import Reader
from dafeng.compiler.lexer import lex
from dafeng.compiler.lexicon import pattern
from dafeng.compiler.link import Linker
from dafeng.compiler.outline import NUMBER, Node, Outline, Piece, is_aim, is_background, outline
from dafeng.compiler.readers import read_bytes, read_file
from dafeng.compiler.result import (
    ActionRecord,
    Candidate,
    Compiled,
    ExcludedRecord,
    GoalRecord,
    SectionRecord,
    TargetRecord,
    TaskRecord,
)
from dafeng.compiler.tables import read_tables
from dafeng.facts.indicator import Indicator
from dafeng.labels import Label
from dafeng.plan.schema import Organisation

#: Section, action and task an item stands in.
Place = tuple[str | None, str | None, str | None]
#: Words of the field per thousand characters below which a text is not a plan of this kind.
TOPIC_DENSITY = 1.0
TOPIC_KINDS = 3


def compile_text(
    text: str,
    *,
    format: str = "markdown",
    organisations: Sequence[Organisation] = (),
    indicators: Sequence[Indicator] = (),
) -> Compiled:
    """Read a plan out of a text.

    `organisations` are those the responsible units are matched with, `indicators` those the targets are linked to.
    Offsets in the result are code points into `text`. A text that is no plan gives no target; `messages` say why.
    """
    parts = blocks(text)
    tree = outline(parts)
    return _Compilation(text, format, parts, tree, Linker(indicators)).run(organisations)


def compile_file(
    path: Path | str, *, organisations: Sequence[Organisation] = (), indicators: Sequence[Indicator] = ()
) -> Compiled:
    """Read a plan out of a file: Markdown, text (UTF-8 or GB18030), HTML, DOCX, or PDF with text.

    Raises:
        Refused: the file cannot be read; the message says why and what to give instead.
    """
    source = read_file(path)
    return compile_text(source.text, format=source.format, organisations=organisations, indicators=indicators)


def compile_bytes(
    data: bytes, name: str, *, organisations: Sequence[Organisation] = (), indicators: Sequence[Indicator] = ()
) -> Compiled:
    """Read a plan out of the bytes of a file that was sent; `name` tells Markdown from text and stands in messages.

    Raises:
        Refused: as for `compile_file`.
    """
    source = read_bytes(data, name)
    return compile_text(source.text, format=source.format, organisations=organisations, indicators=indicators)


class _Compilation:
    def __init__(self, text: str, format: str, parts: list[Block], tree: Outline, linker: Linker) -> None:
        self.text, self.format, self.parts, self.tree, self.linker = text, format, parts, tree, linker
        self.whole = "\n".join(block.text for block in parts)
        self.units: dict[int, responsible.Units] = {}
        self.targets: list[TargetRecord] = []
        self.goals: list[GoalRecord] = []
        self.excluded: list[ExcludedRecord] = []
        self.stems: dict[int, When] = {}
        self.sections = {id(node) for node in tree.sections}
        self.actions = {id(node) for node in tree.actions}
        self.held = Counter(id(above) for task in tree.tasks for above in task.above() if above is not task)
        self.number = own_number([block.text for block in parts])
        told = "\n".join(piece.text for node in self.tree.root.walk() if _reports(node) for piece in node.spoken)
        year = plan_year(self.number, self.tree.title, self.whole)
        self.dated = year is not None
        self.horizon = year or first_year_ahead(self.whole, told)
        self.this_year = self._this_year()
        own_year_told = year is not None and self.this_year is None
        ahead = None if year else first_aim(self.whole, told)
        self.after_report = max(self.horizon + own_year_told, ahead or 0)

    def run(self, organisations: Sequence[Organisation]) -> Compiled:
        rule = responsible.ordering(self.whole)
        self._read_units(rule)
        rule = rule or responsible.habit(units.raw for units in self.units.values())
        if rule == "before_comma":
            self._read_units(rule)
        responsible.mend(self.units.values())
        self._adopt_points()
        on_topic = self._on_topic()
        if on_topic:
            goals = Goals()
            for node in self.tree.root.walk():
                self._read(node, goals)
        tasks = self._tasks()
        known = {spelling: org.id for org in organisations for spelling in (org.label.zh, org.short.zh, *org.aliases)}
        named = list(dict.fromkeys(name for task in tasks for name in task.units))
        resolved, unresolved = responsible.resolve({name: fold(name) for name in named}, known)
        targets = sorted(self.targets, key=lambda item: (item.value_start, item.shared_number))
        return Compiled(
            text=self.text,
            title=self.tree.title,
            format=self.format,
            sections=tuple(self._section(node) for node in self.tree.sections),
            actions=tuple(self._action(node, n) for n, node in enumerate(self.tree.actions)),
            tasks=tasks,
            targets=tuple(targets),
            goals=tuple(sorted(self.goals, key=lambda item: item.start)),
            excluded=tuple(sorted(self.excluded, key=lambda item: item.start)),
            messages=tuple(self._messages(tasks, on_topic)),
            unresolved=tuple(unresolved) if organisations else (),
            resolved=resolved,
            number=self.number,
            ordering=rule,
        )

    def _read_units(self, rule: str) -> None:
        for node in self.tree.root.walk():
            if node.role in ("task", "point", "action", "section") and (found := responsible.read(node, rule)):
                self.units[id(node)] = found

    def _this_year(self) -> int | None:
        years = set(re.findall(r"20\d\d", self.tree.title))
        return int(years.pop()) if len(years) == 1 and re.search(r"20\d\d年度?(?!前|起)", self.tree.title) else None

    def _on_topic(self) -> bool:
        core = pattern("exclusions", "topic_core")
        if self.tree.sections and core.search(self.tree.title):
            return True
        found = Counter(core.findall(self.whole))
        return len(found) >= TOPIC_KINDS and sum(found.values()) * 1000 >= TOPIC_DENSITY * max(len(self.whole), 1)

    def _adopt_points(self) -> None:
        """Give a task the units that only its enumerated points name."""
        for node in self.tree.tasks:
            if id(node) in self.units:
                continue
            below = [self.units[id(kid)] for kid in node.walk() if kid is not node and id(kid) in self.units]
            if below:
                merged = responsible.Units(
                    raw="；".join(item.raw for item in below), start=below[0].start, end=below[-1].end
                )
                merged.units = list(dict.fromkeys(name for item in below for name in item.units))
                merged.lead = list(dict.fromkeys(name for item in below for name in item.lead))
                merged.etc = any(item.etc for item in below)
                self.units[id(node)] = merged

    def _read(self, node: Node, goals: Goals) -> None:
        aim = node.role == "aim" or is_aim(node.title)
        reports = _reports(node)
        report = reports or (node is self.tree.root and bool(self.tree.sections))
        reader = Reader(
            self.after_report if reports else self.horizon,
            dated=self.dated,
            goals=aim,
            report=report,
            this_year=self.this_year,
            when=_when_of_title(node),
            stem=next((self.stems[id(above)] for above in node.above() if id(above) in self.stems), NEVER)
            if aim
            else NEVER,
        )
        place = self._place(node)
        taken = [
            (piece.block, a + piece.start, b + piece.start)
            for piece, a, b in (self.units[id(node)].pieces if id(node) in self.units else ())
        ]
        rows = [piece for piece in node.spoken if piece.block.kind == "row"]
        for piece in node.spoken:
            if piece.block.kind == "row":
                continue
            for body in _between(piece, [(a, b) for block, a, b in taken if block is piece.block]):
                if not NUMBER.fullmatch(body.text.strip()):
                    self._read_body(body, reader, goals, place, aim=aim)
        if aim:
            self.stems[id(node)] = reader.stem
        if rows:
            for piece, item in read_tables(rows, self.horizon):
                if isinstance(item, Found):
                    self.targets.append(self._target(item, piece, place))
                else:
                    self.excluded.append(self._dropped(item, piece, place))

    def _read_body(self, body: Piece, reader: Reader, goals: Goals, place: Place, *, aim: bool) -> None:
        found, dropped = reader.read(body.text)
        self.targets.extend(self._target(item, body, place) for item in found)
        self.excluded.extend(self._dropped(item, body, place) for item in dropped)
        for goal in goals.read(body.text, reader.this_year, aim=aim):
            start, stop = body.span(goal.start, goal.end)
            when, hedge = goal.when, goal.hedge or None
            record = GoalRecord(
                self.text[start:stop], goal.indicator, when.year, when.period, hedge, start, stop, *place
            )
            self.goals.append(record)

    def _place(self, node: Node) -> Place:
        section = action = task = None
        for above in node.above():
            if above.role == "task":
                task = task or above.no or above.title
            elif id(above) in self.actions:
                action = action or above.no or above.title
            if id(above) in self.sections:
                section = above.no or above.title
        return section, action, task

    def _target(self, item: Found, piece: Piece, place: Place) -> TargetRecord:
        start, end = piece.span(item.start, item.end)
        value_start, value_end = piece.span(item.number.start, item.number.number)
        candidates: tuple[Candidate, ...] = self.linker.candidates(
            item.indicator, item.number.unit, item.number.dimension, item.direction
        )
        return TargetRecord(
            indicator=item.indicator,
            value=item.number.value,
            value_max=item.number.value_max,
            unit=item.number.unit,
            year=item.when.year,
            period=item.when.period,
            comparator=item.comparator,
            strict=item.strict,
            hedge=item.hedge or None,
            direction=item.direction,
            baseline_year=item.baseline_year,
            kind=item.kind,
            quote=self.text[start:end],
            start=start,
            end=end,
            value_start=value_start,
            value_end=value_end,
            section=place[0],
            action=place[1],
            task=place[2],
            from_year=item.when.from_year,
            alt_year=item.when.alt_year if not item.when.year else None,
            shared_number=item.shared,
            optional=item.number.spelled and item.number.mode != "turn",
            confidence=item.confidence,
            frame=item.frame,
            candidates=candidates,
        )

    def _dropped(self, item: Dropped, piece: Piece, place: Place) -> ExcludedRecord:
        start, end = piece.span(item.start, item.end)
        number, when = item.number, item.when
        return ExcludedRecord(
            self.text[start:end],
            start,
            end,
            item.reason,
            item.indicator,
            number.value if number else None,
            number.value_max if number else None,
            number.unit if number else "",
            item.comparator,
            when.year,
            when.period,
            *place,
        )

    def _section(self, node: Node) -> SectionRecord:
        start, end = _span(node)
        units = self.units.get(id(node))
        keep = units is not None and node.role == "section" and not node.children
        return SectionRecord(
            node.no, self._title(node), node.role == "aim", start, end, tuple(units.units) if units and keep else ()
        )

    def _action(self, node: Node, n: int) -> ActionRecord:
        start, end = _span(node)
        section = next((above.no or above.title for above in node.above() if id(above) in self.sections), "")
        held = self.held[id(node)]
        return ActionRecord(f"action-{n + 1}", node.no, self._title(node), section, held, start, end)

    def _title(self, node: Node) -> str:
        """Give a title in the letters of the source."""
        if node.heading is None or (at := node.heading.text.find(node.title)) < 0:
            return node.title
        return self._written(node.heading, at, node.title)

    def _as_written(self, units: responsible.Units) -> dict[str, str]:
        """Map the names of units to the letters of the source."""
        out = {name: name for name in (*units.units, *units.lead)}
        for piece, a, b in units.pieces:
            for name in out:
                at = piece.text.find(units.as_printed.get(name, name), a, b)
                if at >= 0 and name not in units.as_printed:
                    out[name] = self._written(piece, at, name)
        return out

    def _written(self, piece: Piece, at: int, clean: str) -> str:
        start, end = piece.span(at, at + len(clean))
        source = re.sub(r"[\s*#\ufeff]+", "", self.text[start:end])
        return source if len(source) == len(re.sub(r"\s", "", clean)) else clean

    def _tasks(self) -> tuple[TaskRecord, ...]:
        out: list[TaskRecord] = []
        for n, node in enumerate(self.tree.tasks):
            start, end = _span(node)
            section, action, _ = self._place(node)
            units = self.units.get(id(node))
            written = self._as_written(units) if units else {}
            head = node.heading.span() if node.heading else (start, start)
            out.append(
                TaskRecord(
                    f"task-{n + 1}",
                    node.no,
                    self._title(node),
                    section or "",
                    action,
                    tuple(written[name] for name in units.units) if units else (),
                    tuple(written[name] for name in units.lead) if units else (),
                    bool(units and units.etc),
                    tuple(tuple(written.get(name, name) for name in group) for group in units.groups) if units else (),
                    units.raw if units else None,
                    units.as_printed if units else {},
                    start,
                    end,
                    *head,
                )
            )
        return tuple(out)

    def _messages(self, tasks: Sequence[TaskRecord], on_topic: bool) -> Iterable[Label]:
        from dafeng.compiler.messages import messages  # noqa: PLC0415 - the sentences are built last, from everything

        return messages(self.whole, self.tree, tasks, self.targets, self.excluded, self.goals, on_topic)


def _reports(node: Node) -> bool:
    """Tell whether a part stands in a chapter that tells what has been reached."""
    return any(is_background(above.title) and above.role != "action" for above in node.above())


def _between(piece: Piece, taken: list[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the parts of a piece that are no lists of units."""
    at = piece.start
    for a, b in [*sorted(taken), (piece.end, piece.end)]:
        if at < a:
            yield Piece(piece.block, at, a)
        at = max(at, b)


def _span(node: Node) -> tuple[int, int]:
    pieces = [piece for part in node.walk() for piece in ([part.heading] if part.heading else []) + part.body]
    spans = [piece.span() for piece in pieces]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (0, 0)


def _when_of_title(node: Node) -> When:
    """Read the year a chapter of aims is about out of its title."""
    if node.role != "aim" or not re.search("目标", node.title):
        return NEVER
    times = [when for token in lex(node.title) if token.kind in ("year", "period") for when in moments(token)]
    return times[-1] if len(times) == 1 else NEVER
