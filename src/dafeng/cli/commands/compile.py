"""`dafeng compile`: from an official document to a proposed plan, and after its review to a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.options import Json
from dafeng.errors import NotFound, Refused

if TYPE_CHECKING:
    from dafeng.cli.output import Output
    from dafeng.compiler import Compiled
    from dafeng.plan.organisation import Organisation
    from dafeng.review import Decisions, HeaderGuess

#: Options that give what a document does not say.
_OPTIONS = {"issuer": "--issuer", "issued": "--issued"}


def compile_document(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Document: Markdown, text, HTML, DOCX, or PDF with text.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PLAN", help="Write the plan as a plan file of a city pack."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="PAGE", help="Write a page to review the items on, in one file."),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", metavar="FILE", help="Decisions of a review; only what they accept enters the plan."
        ),
    ] = None,
    id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Id of the plan; made from the file name by default.")
    ] = "",
    issuer: Annotated[
        str, typer.Option("--issuer", metavar="NAME", help="Who issued it; read from the document by default.")
    ] = "",
    issued: Annotated[
        str, typer.Option("--issued", metavar="DAY", help="When it was issued; read from the document by default.")
    ] = "",
    document: Annotated[
        str,
        typer.Option(
            "--document", metavar="ID", help="Id of the document in documents.yaml; that of the plan by default."
        ),
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="PACK",
            help="Put the reviewed plan into a city pack, with the document, indicators and units it needs.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Read a plan out of an official document and propose it as data, every item with its place in the text."""
    from dafeng.compiler import compile_file
    from dafeng.review import decision, outcome, read_header

    asked = context.of(ctx)
    if not file.is_file():
        raise NotFound("file", str(file))
    made = None
    if decisions is not None:
        if not decisions.is_file():
            raise NotFound("file", str(decisions))
        made = decision.read(decisions)
    city = asked.city()
    compiled = compile_file(file, organisations=city.organisations, indicators=list(city.indicators.values()))
    guess = read_header(compiled, file.stem, id=id, issuer=issuer, issued=issued, document=document)
    written: list[Path] = []
    if output is not None:
        _may_be_written(compiled, file)
        text = (
            outcome.accepted_yaml(compiled, made, guess, city.organisations, asked.language)
            if made is not None
            else outcome.proposed_yaml(compiled, guess, asked.language)
        )
        _write(output, text)
        written.append(output)
    if into is not None:
        written += _put(compiled, made, guess, into, city.organisations, asked.output)
    if report is not None:
        from dafeng.web.review.file import page

        indicators = {id: item.label for id, item in city.indicators.items()}
        _write(report, page(compiled, file.name, asked.language, indicators, made))
        written.append(report)
    if json:
        asked.output.json(compiled.as_json())
    else:
        _tell(asked.output, compiled, guess, written, reviewed=made is not None)
    for message in compiled.messages:
        sys.stderr.write(f"{file.name}: {message[asked.language]}\n")


def _put(
    compiled: Compiled,
    made: Decisions | None,
    guess: HeaderGuess,
    into: Path,
    known: Iterable[Organisation],
    out: Output,
) -> tuple[Path, ...]:
    from dafeng.city.admit import admit
    from dafeng.review.declare import declare
    from dafeng.review.outcome import comment

    if made is None:
        raise Refused(
            "--into: only a reviewed plan enters a pack. Give the decisions of its review with --decisions.",
            zh="--into：只有经过审阅的方案才能进入数据包。请用 --decisions 给出审阅决定。",
        )
    added = declare(compiled, made, guess, known)
    written = admit(added, into, comment(added.plan, made, out.language))
    text = "declared for the plan: {indicators} indicators, {units} units; look over their names, units and types"
    if added.indicators or added.organisations:
        out.line(out.say(text, indicators=len(added.indicators), units=len(added.organisations)))
    return written


def _may_be_written(compiled: Compiled, file: Path) -> None:
    from dafeng.review.header import refused

    if not compiled.sections or not (compiled.targets or compiled.goals or compiled.tasks):
        raise refused(compiled, file.name)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path.name}: cannot be written ({error.strerror}). Choose another place.") from None


def _tell(out: Output, compiled: Compiled, guess: HeaderGuess, written: list[Path], *, reviewed: bool) -> None:
    from dafeng.report.wording import listed

    counts = {name: len(getattr(compiled, name)) for name in ("targets", "goals", "tasks", "excluded")}
    out.line(compiled.title or guess.header.id, "bold")
    out.line(
        out.say(
            "{count} item(s) proposed: {targets} targets, {goals} goals, {tasks} tasks; {excluded} numbers left out",
            count=counts["targets"] + counts["goals"] + counts["tasks"],
            **counts,
        )
    )
    if compiled.unresolved:
        names = listed(list(compiled.unresolved), out.language)
        out.line(out.say("units that match no organisation: {names}", names=names))
    bare = sum(not target.link for target in compiled.targets)
    if bare and not reviewed:
        out.line(
            out.say("targets without an indicator of the city: {count}; name one before a pack takes them", count=bare)
        )
    missing = [out.say(name) for name in guess.missing]
    if missing and written:
        text = "not said in the document, a stand-in was written: {fields}. Give it with {options}."
        options = " ".join(_OPTIONS[name] for name in guess.missing)
        out.line(out.say(text, fields=listed(missing, out.language), options=options))
    for path in written:
        out.line(out.say("written: {path}", path=path))
    if written and not reviewed:
        out.line(out.say("not reviewed: every item is to be accepted, edited or rejected before the plan is used."))
