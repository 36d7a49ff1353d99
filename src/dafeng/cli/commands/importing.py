"""`dafeng import`: facts from outside, taken whole or not at all, listed, undone."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json
from dafeng.cli.output import Output, console
from dafeng.errors import NotFound

if TYPE_CHECKING:
    from types import FrameType

    from dafeng.facts.importer import Progress, Report

imports = typer.Typer(help="Take in data from outside.", no_args_is_help=True, rich_markup_mode=None)
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who does this; your login name by default.")]


@imports.command("facts")
def import_facts(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file.")] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Import the rows without faults and leave out the others.")
    ] = False,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=VALUE", help="Value of a column the table lacks; repeat for several."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Sheet of a workbook; the first by default.")
    ] = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """Import facts from a CSV or XLSX file: all of it, or after a fault nothing. Every fault is reported at once."""
    from dafeng.facts.importer import Options, run
    from dafeng.facts.vocabulary import Vocabulary
    from dafeng.store import database as databases

    asked = context.of(ctx)
    if not file.is_file():
        raise NotFound("file", str(file))
    defaults = dict(_pair(text) for text in given or ())
    url = asked.settings().database
    city = asked.city()
    names = {name: place.id for place in city.places for name in (place.id, place.label.zh, place.label.en)}
    vocabulary = Vocabulary(city.indicators, names, city.documents, city.axes)
    pack = [fact for fact in city.facts if not fact.batch]
    opened = None if dry_run and not databases.exists(url) else databases.open(url, create=not dry_run)
    try:
        with _progress(json) as progress, _stoppable() as cancelled:
            options = Options(
                who=_name(who),
                dry_run=dry_run,
                keep_good=keep_good,
                defaults=defaults,
                sheet=sheet,
                progress=progress,
                cancelled=cancelled,
            )
            report = run(file, opened, city.id, vocabulary, pack, options)
    finally:
        if opened is not None:
            opened.close()
    if json:
        asked.output.json({"city": city.id, **report.as_dict()})
    else:
        tell(asked.output, report)
    if report.state == "cancelled":
        raise typer.Exit(ExitCode.INTERRUPTED)
    if not report.ok:
        raise typer.Exit(ExitCode.FAULTS)


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not (column and equals):
        raise typer.BadParameter(f"'{text}' does not set a column; write source=yearbook-2025", param_hint="--set")
    return column.strip(), value.strip()


def _name(who: str | None) -> str:
    import getpass

    if who is not None:
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C into a wish that the import asks for between rows; a second Ctrl-C stops at once."""
    wished = False

    def wish(number: int, frame: FrameType | None) -> None:
        nonlocal wished
        if wished:
            raise KeyboardInterrupt
        wished = True

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield lambda: wished
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(progress: object) -> None:
            from dafeng.facts.importer import Progress as Step

            assert isinstance(progress, Step)  # noqa: S101 - the importer's own
            total = progress.rows / progress.share if progress.share else None
            bar.update(task, completed=progress.rows, total=total)

        yield show


#: What each outcome of an import is called.
STATES: dict[str, str] = {
    "imported": "imported as {batch}: {imported} new, {known} known already, {refused} refused, of {rows} rows",
    "checked": "checked: {imported} would be new, {known} are known already, of {rows} rows; nothing was written",
    "refused": "refused: nothing was imported; {refused} of {rows} rows have faults",
    "nothing-new": "nothing new: all {known} figures are known already",
    "already-imported": "this very file was imported already, as {batch}",
    "cancelled": "interrupted after {rows} rows: nothing was imported",
}


def tell(out: Output, report: Report) -> None:
    """Print what became of an import."""
    for notice in report.notices:
        out.line(f"{report.file}: {notice}")
    if report.faults:
        out.faults(report.faults, report.file, count=sum(report.counts.values()))
    counts = {name: getattr(report, name) for name in ("rows", "imported", "known", "refused", "batch")}
    out.line(f"{report.file}: {out.say(STATES[report.state], **counts)}")
    if report.state == "imported":
        out.line(out.say("'dafeng import undo {batch}' takes it back.", batch=report.batch[:12]))
