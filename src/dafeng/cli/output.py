"""What is printed: tables and trees for people, JSON for programs, one line for an error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from dafeng.cli.words import say
from dafeng.errors import DafengError, Fault, FaultsFound, NotFound
from dafeng.report.fault_words import in_chinese

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dafeng.labels import Label, Language

#: Width of text that does not go to a terminal: wide enough that no cell is folded.
PIPE_WIDTH = 4000
#: Faults shown where an input stops another command; `dafeng check` lists all.
SHOWN = 20
#: Colours of the verdicts on a terminal; the word always stands beside.
VERDICT_STYLE: dict[str, str] = {
    "met": "green",
    "on_track": "blue",
    "at_risk": "yellow",
    "off_track": "red",
    "overdue": "magenta",
    "awaiting_verification": "cyan",
    "no_evidence": "dim",
}


def console(file: TextIO | None = None) -> Console:
    """Give a console; without a terminal it is wide and, like NO_COLOR asks, without colour."""
    from rich.console import Console

    stream = file or sys.stdout
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else PIPE_WIDTH,
        force_terminal=None if terminal else False,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def as_json(data: Any) -> str:
    """Write JSON; letters beyond ASCII stay readable where the output can carry them."""
    plain = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") not in ("utf8", "utf8sig")
    return json.dumps(data, ensure_ascii=plain, indent=2, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading in English, and how its cells stand.

    On a terminal, where width is short, a cell stands under that of the column `under`.
    """

    heading: str
    right: bool = False
    fold: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Prints in one language."""

    language: Language

    def say(self, text: str, **blanks: object) -> str:
        """Give an English sentence in the language of the reader, its blanks filled."""
        return say(text, self.language, **blanks)

    def label(self, label: Label | None) -> str:
        """Give a label in the language of the reader; "" where there is none."""
        return label[self.language] if label else ""

    def json(self, data: Any) -> None:
        """Print JSON."""
        sys.stdout.write(as_json(data) + "\n")

    def line(self, text: str = "", style: str = "") -> None:
        """Print one line, or a paragraph that a terminal folds."""
        console().print(text, style=style or None, soft_wrap=not sys.stdout.isatty())

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str | Text]], title: str = "") -> None:
        """Print a table; headings are translated, a title stands above it."""
        from rich import box
        from rich.table import Table

        stacked = console().is_terminal
        table = Table(
            box=box.SIMPLE_HEAD, pad_edge=False, title=title or None, title_justify="left", title_style="bold"
        )
        shown = [column for column in columns if not (stacked and column.under)]
        below = {column.under: no for no, column in enumerate(columns) if stacked and column.under}
        for column in shown:
            lower = columns[below[column.heading]].heading if column.heading in below else ""
            table.add_column(
                _over(self.say(column.heading), self.say(lower) if lower else ""),
                justify="right" if column.right else "left",
                overflow="fold",
                no_wrap=not column.fold,
            )
        for row in rows:
            cells = dict(zip((column.heading for column in columns), row, strict=True))
            table.add_row(
                *(_over(cells[c.heading], row[below[c.heading]] if c.heading in below else "") for c in shown)
            )
        _print(table)

    def fields(self, pairs: Iterable[tuple[str, str | Text]]) -> None:
        """Print names and values, one pair a line; an empty value is left out."""
        from rich.table import Table

        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, style="bold")
        table.add_column(overflow="fold")
        for name, value in pairs:
            if value:
                table.add_row(self.say(name), value)
        _print(table)

    def tree(self, root: Any, text: Callable[[Any], str | Text], children: Callable[[Any], Iterable[Any]]) -> None:
        """Print a tree."""
        from rich.tree import Tree

        def grow(node: Any, branch: Tree) -> None:
            for child in children(node):
                grow(child, branch.add(text(child)))

        top = Tree(text(root))
        grow(root, top)
        _print(top)

    def verdict(self, status: str) -> Text:
        """Give the word of a verdict, coloured on a terminal."""
        from rich.text import Text

        from dafeng.report.wording import VERDICT

        return Text(VERDICT[status][self.language], style=VERDICT_STYLE[status])

    def faults(
        self, faults: Sequence[Fault], subject: str, file: TextIO | None = None, count: int | None = None
    ) -> None:
        """Print faults as a table: where, code, what is wrong, what to do; `count` where there are more than listed."""
        from rich import box
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("place", "code", "what is wrong", "what to do"):
            table.add_column(self.say(heading), overflow="fold")
        for fault in faults:
            said = in_chinese(fault) if self.language == "zh" else (fault.message, fault.remedy)
            table.add_row(fault.place, fault.code, *said)
        to = console(file)
        to.print(
            self.say("{subject}: {count} fault(s)", subject=subject, count=len(faults) if count is None else count),
            style="bold",
            soft_wrap=True,
        )
        _print(table, to)

    def error(self, error: DafengError) -> None:
        """Tell an error on the error stream: one line, or the table of its faults."""
        if isinstance(error, FaultsFound):
            self.faults(error.faults[:SHOWN], error.subject, sys.stderr, len(error.faults))
            if len(error.faults) > SHOWN:
                sys.stderr.write(self.say("'dafeng check' lists all of them.") + "\n")
            return
        if isinstance(error, NotFound):
            hint = ""
            if error.candidates:
                quoted = [self.say("'{name}'", name=name) for name in error.candidates]
                hint = self.say(" Did you mean {names}?", names=self.say(" or ").join(quoted))
            text = self.say("no {kind} '{id}'.", kind=self.say(error.kind), id=error.id) + hint
        else:
            text = error.text(self.language)
        sys.stderr.write(f"dafeng: {text}\n")


def _over(upper: str | Text, lower: str | Text) -> str | Text:
    """Put one cell above another, the lower one dim; an empty one or a dash takes no line."""
    from rich.text import Text

    return Text.assemble(upper, "\n", (str(lower), "dim")) if str(lower) not in ("", "—") else upper


def _print(thing: Any, to: Console | None = None) -> None:
    target = to or console()
    if target.is_terminal:
        target.print(thing)
        return
    with target.capture() as capture:
        target.print(thing)
    for line in capture.get().splitlines():
        target.file.write(f"{line.rstrip()}\n")


def error_record(error: DafengError) -> Mapping[str, Any]:
    """Give an error as data for programs."""
    record: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, NotFound):
        record |= {"kind": error.kind, "id": error.id, "candidates": list(error.candidates)}
    if isinstance(error, FaultsFound):
        record |= {
            "message": f"{error.subject}: {len(error.faults)} fault(s)",
            "faults": [f.as_dict() for f in error.faults],
        }
    return {"error": record}
