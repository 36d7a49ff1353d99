"""`dafeng dispatch` and `dafeng import profile`: the power system hour by hour."""

from __future__ import annotations

import math
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dafeng.cli import context
from dafeng.cli.commands import previews
from dafeng.cli.commands.dispatch_tables import print_answer
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json, choice
from dafeng.cli.output import Output, console

if TYPE_CHECKING:
    from types import FrameType

    from dafeng.dispatch.run import Found

#: The gap at which the interior point ends; the bar is full there.
END = 5e-8
STEPS = ("1", "2", "3")


def dispatch(
    ctx: typer.Context,
    years: Annotated[
        str,
        typer.Option(
            metavar="YEARS",
            help="Years that are modelled together, such as 2025,2030,2035; those of the spec by default.",
        ),
    ] = "",
    scenario: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="Take demand and capacities from a scenario of the pathway; 'dafeng scenarios' lists them.",
        ),
    ] = "",
    spec: Annotated[Path | None, typer.Option(metavar="FILE", help="Solve this spec instead of the city's.")] = None,
    backend: Annotated[str, typer.Option(metavar="staged|highs", help="Back end.")] = "staged",
    step: Annotated[str, typer.Option(metavar="1|2|3", help="Hours in a step; 2 and 3 are previews.")] = "1",
    hourly: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the hours to this CSV file.")] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Keep the answer in this folder by its content, and find it there the next time."
        ),
    ] = None,
    abatement: Annotated[
        str,
        typer.Option(
            metavar="PARTS", help="Cut CO2 by these parts, such as 0.1,0.2, and tell what the last tonne costs."
        ),
    ] = "",
    preview: Annotated[
        str, typer.Option(metavar="days=N", help="Let N typical days stand for the year: a preview.")
    ] = "",
    measure: Annotated[
        bool, typer.Option("--measure", help="Solve all hours too, and tell how far the preview lies from them.")
    ] = False,
    alternatives: Annotated[
        str,
        typer.Option(
            metavar="PARTS", help="Tell how little and how much of each capacity costs at most these parts more."
        ),
    ] = "",
    vary: Annotated[
        str, typer.Option(metavar="NAMES", help="Entries of --alternatives, such as pv,battery; all by default.")
    ] = "",
    couple: Annotated[
        bool, typer.Option("--couple", help="Let the scenario and the hourly model take one another's figures.")
    ] = False,
    ship: Annotated[
        Path | None,
        typer.Option(
            metavar="NAME", help="Write NAME.json and its packed hours, as a city pack brings them in power/."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Solve the power system hour by hour at least cost: capacities, energy, prices, CO2, and which targets hold."""
    asked = context.of(ctx)
    out = asked.output
    if spec is not None and scenario:
        raise typer.BadParameter(
            "a scenario belongs to a city; leave --spec or --scenario out", param_hint="--scenario"
        )
    if couple and (not scenario or abatement or alternatives or measure):
        raise typer.BadParameter(
            "needs --scenario, and stands without --abatement, --alternatives and --measure", param_hint="--couple"
        )
    settings: dict[str, Any] = {
        "years": years_of(years),
        "scenario": scenario,
        "backend": choice("--backend", backend, ("staged", "highs")),
        "step": int(choice("--step", step, STEPS)),
        "spec": spec,
        "cuts": _parts(abatement, "--abatement"),
        "days": days_of(preview),
        "measure": measure,
        "within": _parts(alternatives, "--alternatives"),
        "vary": tuple(filter(None, vary.split(","))),
    }
    with _progress(json, out) as progress:
        found = _answer(asked, settings, keep, progress, couple)
    if found is None:
        sys.stderr.write(out.say("interrupted: nothing was kept") + "\n")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if hourly is not None:
        from dafeng.dispatch import kept

        if found.answer is not None:
            text = kept.hours_csv(found.spec, found.answer)
        else:
            assert keep is not None  # noqa: S101 - only a kept answer comes without its hours
            text = (keep / f"{found.record['key']}.csv").read_text(encoding="utf-8")
        hourly.parent.mkdir(parents=True, exist_ok=True)
        kept.write(hourly, text)
    if ship is not None:
        previews.ship(ship, found)
    if json:
        out.json(found.record)
        return
    print_answer(out, found.record)


def _answer(
    asked: context.Context,
    settings: dict[str, Any],
    keep: Path | None,
    progress: Callable[[int, float, float], bool],
    couple: bool,
) -> Found | None:
    """Ask; None where the reader does not want the answer any more."""
    from dafeng.dispatch import coupling, imported
    from dafeng.dispatch.pack import has_power, spec_of
    from dafeng.dispatch.run import Question, ask
    from dafeng.dispatch.staged import Cancelled

    city = None if settings["spec"] is not None else asked.city()
    brought: dict[str, Any] = {}
    if city is not None and has_power(city):
        into = imported.folder(asked.settings().database, city.id)
        brought = imported.known(into, spec_of(city)[0]) if into.is_dir() else {}
    try:
        if couple and city is not None:
            return coupling.couple(city, Question(**settings, given=brought), keep, progress)
        return ask(city, Question(**settings, given=brought), keep, progress)
    except Cancelled:
        return None


def years_of(text: str) -> tuple[int, ...]:
    """Read a list of years."""
    try:
        found = tuple(int(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no list of years; write 2025,2030,2035", param_hint="--years") from None
    if list(found) != sorted(set(found)) or any(not 2000 <= year <= 2100 for year in found):
        raise typer.BadParameter(
            f"'{text}': list each year from 2000 to 2100 once, in order, such as 2025,2030,2035", param_hint="--years"
        )
    return found


def days_of(text: str) -> int:
    """Read a preview of typical days."""
    name, _, number = text.partition("=")
    if text and (name != "days" or not number.isdecimal()):
        raise typer.BadParameter(f"'{text}' is no preview; write days=12", param_hint="--preview")
    return int(number or 0)


def _parts(text: str, option: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no list of parts; write 0.1,0.2", param_hint=option) from None


@contextmanager
def _progress(quiet: bool, out: Output) -> Iterator[Callable[[int, float, float], bool]]:
    """Show how near the optimum is, and turn Ctrl-C into a wish the solver asks for; a second one stops at once."""
    wished = False

    def wish(number: int, frame: FrameType | None) -> None:
        nonlocal wished
        if wished:
            raise KeyboardInterrupt
        wished = True

    before = signal.signal(signal.SIGINT, wish)
    try:
        if quiet or not sys.stderr.isatty():
            yield lambda iteration, gap, infeasible: not wished
            return
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[gap]}"), TimeElapsedColumn())
        with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
            task = bar.add_task(out.say("iteration"), total=1.0, gap="")
            furthest = 0.0

            def show(iteration: int, gap: float, infeasible: float) -> bool:
                nonlocal furthest
                left = max(gap, infeasible, END)
                furthest = max(furthest, min(math.log(left) / math.log(END), 1.0) if left < 1 else 0.0)
                bar.update(
                    task, completed=furthest, description=f"{out.say('iteration')} {iteration}", gap=f"{gap:.0e}"
                )
                return not wished

            yield show
    finally:
        signal.signal(signal.SIGINT, before)


def import_profile(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="CSV file with a heading and 8,760 rows.")
    ] = None,
    profile: Annotated[
        str, typer.Option("--as", metavar="PROFILE", help="Profile of the power system it stands for.")
    ] = "load",
    column: Annotated[str, typer.Option(metavar="NAME", help="Column; the last one by default.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the imported series of the profile back.")] = False,
    json: Json = False,
) -> None:
    """Take in a year of hourly values for a profile of the power system, in place of the synthetic ones."""
    from dafeng.dispatch import imported
    from dafeng.dispatch.pack import spec_of

    asked = context.of(ctx)
    out = asked.output
    city = asked.city()
    spec, _ = spec_of(city)
    into = imported.folder(asked.settings().database, city.id)
    if remove:
        imported.remove(into, profile)
        if json:
            out.json({"city": city.id, "profile": profile, "removed": True})
        else:
            out.line(out.say("{profile}: the synthetic series counts again", profile=profile))
        return
    if file is None:
        raise typer.BadParameter("name a CSV file, or --remove", param_hint="FILE")
    values = imported.bring(file, spec, profile, into, column)
    share = imported.is_share(spec, profile)
    mean, top = float(values.mean()), float(values.max())
    if json:
        kind = "share" if share else "load"
        out.json(
            {"city": city.id, "profile": profile, "kind": kind, "hours": values.size, "mean": mean, "highest": top}
        )
        return
    kind = out.say("capacity factor") if share else out.say("load")
    out.line(
        out.say(
            "{profile}: {hours} hours taken in ({kind}); mean {mean:.4g}, highest {top:.4g}",
            profile=profile,
            hours=values.size,
            kind=kind,
            mean=mean,
            top=top,
        )
    )
