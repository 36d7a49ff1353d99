"""`dafeng sweep`: many answers of the power system side by side."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dafeng.cli import context
from dafeng.cli.commands.dispatch import STEPS, days_of, years_of
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json, choice
from dafeng.cli.output import Column, Output, console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from dafeng.dispatch.sweep import Done, Point


def sweep(
    ctx: typer.Context,
    scenarios: Annotated[str, typer.Option(metavar="IDS", help="Scenarios of the pathway, such as current,plan.")] = "",
    years: Annotated[
        str,
        typer.Option(
            metavar="YEARS",
            help="Years that are modelled together, such as 2025,2030,2035; those of the spec by default.",
        ),
    ] = "",
    set: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH=VALUES", help="Vary a figure of the spec: carriers.gas.price=x0.8,x1,x1.2. Repeatable."
        ),
    ] = None,
    spec: Annotated[Path | None, typer.Option(metavar="FILE", help="Solve this spec instead of the city's.")] = None,
    backend: Annotated[str, typer.Option(metavar="staged|highs", help="Back end.")] = "staged",
    step: Annotated[str, typer.Option(metavar="1|2|3", help="Hours in a step; 2 and 3 are previews.")] = "1",
    preview: Annotated[
        str, typer.Option(metavar="days=N", help="Let N typical days stand for the year: a preview.")
    ] = "",
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder of the answers; what is there is not solved again.")
    ] = None,
    pool: Annotated[
        str, typer.Option(metavar="processes|dask|ray|here", help="Where the points are solved.")
    ] = "processes",
    workers: Annotated[int, typer.Option(min=0, help="Points solved at once; as many as processors by default.")] = 0,
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="Address of a running Dask or Ray.")] = "",
    json: Json = False,
) -> None:
    """Solve the power system for every combination of scenarios and values; Ctrl-C stops, and the next call goes on."""
    from dafeng.dispatch import imported
    from dafeng.dispatch.pack import has_power, spec_of
    from dafeng.dispatch.parallel import KINDS
    from dafeng.dispatch.sweep import points, summary
    from dafeng.dispatch.sweep import sweep as run

    asked = context.of(ctx)
    if spec is not None and scenarios:
        raise typer.BadParameter(
            "a scenario belongs to a city; leave --spec or --scenarios out", param_hint="--scenarios"
        )
    city = None if spec is not None else asked.city()
    given: dict[str, Any] = {}
    if city is not None and has_power(city):
        brought = imported.folder(asked.settings().database, city.id)
        given = imported.known(brought, spec_of(city)[0]) if brought.is_dir() else {}
    backend, pool = choice("--backend", backend, ("staged", "highs")), choice("--pool", pool, KINDS)
    wanted = points(
        city, years_of(years), tuple(filter(None, scenarios.split(","))), _varied(set or []), spec, given,
        "highs" if backend == "highs" else "staged", int(choice("--step", step, STEPS)), days_of(preview),
    )  # fmt: skip
    folder = into or Path("dafeng-data") / "sweeps" / (city.id if city is not None else wanted[0].spec.id)
    with _watched(json, asked.output, wanted) as (seen, stop):
        done = [seen(each) for each in run(wanted, folder, pool, workers, address, stop)]  # type: ignore[arg-type]
    if json:
        asked.output.json({"folder": str(folder), "points": len(wanted), "rows": [summary(each) for each in done]})
    else:
        _print(asked.output, done)
    if stop():
        sys.stderr.write(asked.output.say("interrupted: the points that are solved are kept") + "\n")
        raise typer.Exit(ExitCode.INTERRUPTED)


def _varied(texts: list[str]) -> dict[str, list[str]]:
    out = {}
    for text in texts:
        path, _, values = text.partition("=")
        if not path or not values:
            raise typer.BadParameter(
                f"'{text}' names no values; write carriers.gas.price=x0.8,x1.2", param_hint="--set"
            )
        out[path] = values.split(",")
    return out


@contextmanager
def _watched(
    quiet: bool, out: Output, wanted: list[Point]
) -> Iterator[tuple[Callable[[Done], Done], Callable[[], bool]]]:
    """Show how many points are there, and turn Ctrl-C into a wish; a second one stops at once."""
    wished = False

    def wish(number: int, frame: FrameType | None) -> None:
        nonlocal wished
        if wished:
            raise KeyboardInterrupt
        wished = True

    before = signal.signal(signal.SIGINT, wish)
    try:
        if quiet or not sys.stderr.isatty():
            yield (lambda done: done), lambda: wished
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
            task = bar.add_task(out.say("points"), total=len(wanted))

            def seen(done: Done) -> Done:
                bar.advance(task)
                return done

            yield seen, lambda: wished
    finally:
        signal.signal(signal.SIGINT, before)


def _print(out: Output, done: list[Done]) -> None:
    from dafeng.dispatch.sweep import summary

    rows = []
    for each in done:
        row = summary(each)
        name = " ".join(
            filter(None, [row["scenario"], *(f"{path}={value}" for path, value in row["settings"].items())])
        )
        if each.record is None:
            rows.append([name, "", row["error"], "", "", "", ""])
            continue
        for year in row["emissions"]:
            rows.append(
                [
                    name,
                    year,
                    f"{row['cost'][year]:,.1f}",
                    f"{row['emissions'][year] / 1e6:,.2f}",
                    f"{100 * row['renewable_share'][year]:.1f}",
                    f"{row['lost'][year]:,.2f}",
                    f"{row['certificate']['gap']:.0e}",
                ]
            )
    out.table(
        (
            Column("point", fold=True),
            Column("year"),
            Column("full cost by MWh", right=True),
            Column("CO2, Mt", right=True),
            Column("renewable, % of use", right=True),
            Column("not served, GWh", right=True),
            Column("optimality gap", right=True),
        ),
        rows,
    )
    if any(each.record is not None and each.record["preview"] for each in done):
        out.line(out.say("these are previews, not answers of all 8,760 hours"))
    found = sum(1 for each in done if each.found)
    out.line(
        out.say(
            "{solved} solved, {found} found, {failed} without answer",
            solved=sum(1 for e in done if e.record and not e.found),
            found=found,
            failed=sum(1 for e in done if e.error),
        )
    )
