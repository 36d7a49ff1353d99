"""`dafeng export network`, `dafeng export iamc`, `dafeng import network`: the power system for other programs."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dafeng.cli import context
from dafeng.cli.commands.dispatch import STEPS, days_of, years_of
from dafeng.cli.options import Json, choice

if TYPE_CHECKING:
    from dafeng.dispatch.spec import Spec
    from dafeng.dispatch.stage import Floats

exports = typer.Typer(help="Write the power system in the formats of other programs.", no_args_is_help=True)
Years = Annotated[
    str,
    typer.Option(
        metavar="YEARS",
        help="Years that are modelled together, such as 2025,2030,2035; those of the spec by default.",
    ),
]
Scenario = Annotated[
    str,
    typer.Option(
        metavar="ID", help="Take demand and capacities from a scenario of the pathway; 'dafeng scenarios' lists them."
    ),
]
SpecFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Solve this spec instead of the city's.")]
Step = Annotated[str, typer.Option(metavar="1|2|3", help="Hours in a step; 2 and 3 are previews.")]
Preview = Annotated[str, typer.Option(metavar="days=N", help="Let N typical days stand for the year: a preview.")]


@exports.command("network")
def export_network(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="netCDF file to be written.")],
    years: Years = "",
    scenario: Scenario = "",
    spec: SpecFile = None,
    step: Step = "1",
    preview: Preview = "",
    json: Json = False,
) -> None:
    """Write the power system as a PyPSA network; needs the extra pypsa."""
    from dafeng.dispatch.interchange import pypsa
    from dafeng.dispatch.reduce import clock_of

    _quiet()
    out = context.of(ctx).output
    made, series = _system(ctx, years, scenario, spec)
    clock = clock_of(made, series, int(choice("--step", step, STEPS)), days_of(preview))
    pypsa.write(made, series, file, clock)
    count = clock.hour.size * len(made.periods)
    if json:
        out.json({"file": str(file), "spec": made.id, "years": list(made.periods), "snapshots": count})
    else:
        out.line(out.say("{file}: network of {count} snapshots", file=str(file), count=count))


@exports.command("iamc")
def export_iamc(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV file to be written.")],
    years: Years = "",
    scenario: Scenario = "",
    spec: SpecFile = None,
    step: Step = "1",
    preview: Preview = "",
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Keep the answer in this folder by its content, and find it there the next time."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Solve the power system and write the answer in the table of the IAMC."""
    from dafeng.dispatch.interchange import iamc
    from dafeng.dispatch.kept import write
    from dafeng.dispatch.run import Question, ask

    asked = context.of(ctx)
    city = None if spec is not None else asked.city()
    question = Question(
        years=years_of(years),
        scenario=scenario,
        spec=spec,
        step=int(choice("--step", step, STEPS)),
        days=days_of(preview),
    )
    found = ask(city, question, keep)
    head, rows = iamc.table(found.spec, found.record, city.id if city is not None else "")
    write(file, iamc.as_csv(head, rows))
    if json:
        asked.output.json({"file": str(file), "rows": len(rows), "certificate": found.record["certificate"]})
    else:
        asked.output.line(asked.output.say("{file}: {count} rows", file=str(file), count=len(rows)))


def import_network(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="netCDF file of PyPSA.")],
    into: Annotated[Path, typer.Option("--as", metavar="FOLDER", help="Folder for spec.yaml and its hours.")],
    json: Json = False,
) -> None:
    """Read a PyPSA network of hourly years as a spec that 'dafeng dispatch --spec' solves; needs the extra pypsa."""
    from dafeng.dispatch.interchange import files, pypsa

    _quiet()
    out = context.of(ctx).output
    made, series = pypsa.read(file)
    path = files.write(made, series, into)
    if json:
        out.json({"spec": str(path), "profiles": len(series), "technologies": len(made.technologies)})
    else:
        out.line(out.say("{file}: spec with {count} series", file=str(path), count=len(series)))


def _quiet() -> None:
    """Keep what PyPSA, pandas and Pint tell programmers out of the answer of a command."""
    logging.getLogger("pypsa").setLevel(logging.WARNING)
    logging.getLogger("pint").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=FutureWarning)


def _system(ctx: typer.Context, years: str, scenario: str, spec: Path | None) -> tuple[Spec, dict[str, Floats]]:
    from dafeng.dispatch.pack import spec_of
    from dafeng.dispatch.read import read_spec

    found: Any = (
        read_spec(spec, years_of(years))
        if spec is not None
        else spec_of(context.of(ctx).city(), years_of(years), scenario)
    )
    return found[0], found[1]
