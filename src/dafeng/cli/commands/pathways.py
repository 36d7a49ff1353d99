"""`dafeng project`, `scenarios`, `levers`, `attribute`, `sensitivity`: where the city is going, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands import pathway_places
from dafeng.cli.options import Json
from dafeng.cli.output import Column

if TYPE_CHECKING:
    from dafeng.cli.output import Output
    from dafeng.labels import Language
    from dafeng.pathway import Pathway, Projection
    from dafeng.pathway.scenario import Setting

ScenarioId = Annotated[str, typer.Option("--scenario", metavar="ID", help="Scenario; 'dafeng scenarios' lists them.")]
BoundaryId = Annotated[
    str, typer.Option("--boundary", metavar="ID", help="What is counted; the first of the pack by default.")
]


def pathway_of(asked: context.Context) -> Pathway:
    """Load the pathway of the city asked for."""
    from dafeng.pathway import load

    return load(asked.city())


#: Runs within which an action is divided exactly among its levers; beyond them orders are sampled.
EXACT = 1 << 13


def _settings(given: list[str]) -> dict[str, float | Setting]:
    from dafeng.pathway.written import FORM, setting_of

    found = {}
    for text in given:
        id, sign, value = text.partition("=")
        try:
            found[id.strip()] = setting_of(value)
        except ValueError:
            sign = ""
        if not sign or not id.strip():
            raise typer.BadParameter(
                f"'{text}' is not {FORM}; write pv-capacity=700 or pv-capacity=700,2026-2032,s-curve",
                param_hint="--set",
            )
    return found


def _file(pathway: Pathway, found: Projection, output: Path, language: Language) -> bytes:
    """Make the file that its name asks for."""
    from datetime import date

    from dafeng.report.pathway import iamc_rows, long_rows, workbook
    from dafeng.report.table import csv_text

    if output.suffix == ".xlsx":
        return workbook(pathway, found, None, language, date.today())
    if output.suffix != ".csv":
        raise typer.BadParameter(f"'{output}' names no kind of file; write .xlsx, .csv or .iamc.csv", param_hint="-o")
    if output.name.endswith(".iamc.csv"):
        return csv_text(*iamc_rows(pathway, found), mark=False).encode()
    return csv_text(*long_rows(pathway, found, language)).encode()


def project(
    ctx: typer.Context,
    scenario: ScenarioId = "",
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="LEVER[@PLACE]=VALUE[,START-END[,SHAPE]]",
            help="Set one lever, and when it is done; SHAPE is linear, s-curve or step. Repeat for several.",
        ),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Show the pathway of a district or area; several may be.")
    ] = None,
    by_place: Annotated[bool, typer.Option("--by-place", help="Show every district, and what is not divided.")] = False,
    boundary: Annotated[
        str, typer.Option("--boundary", metavar="ID", help="What is counted of places; the first by default.")
    ] = "",
    draws: Annotated[int, typer.Option(min=0, metavar="N", help="Draws of what is uncertain.")] = 0,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="Seed of the draws.")] = 0,
    token: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="A scenario that was kept, in place of one of the pack.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="File to write: .xlsx, .csv, or .iamc.csv for the IAMC."),
    ] = None,
    json: Json = False,
) -> None:
    """Project a scenario: CO2 by sector and boundary, the peak and its probability, every target it answers."""
    from dafeng.pathway import project as run
    from dafeng.pathway.places import by_place as by_places
    from dafeng.report.records.pathways import ProjectionRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = pathway_of(asked)
    chosen = pathway.restored(token) if token else scenario
    if place or by_place:
        if draws:
            said = "draws are of the whole city; leave out --place and --by-place"
            raise typer.BadParameter(said, param_hint="--draws")
        divided = by_places(pathway, chosen, _settings(set or []), boundary, place or ())
        pathway_places.show(out, pathway, divided, one=bool(place), output=output, json=json)
        return
    found = run(pathway, chosen, _settings(set or []), draws, seed)
    if output is not None:
        output.write_bytes(_file(pathway, found, output, out.language))
        out.line(out.say("{file}: written", file=output))
        return
    if json:
        out.json(ProjectionRecord.build(pathway, found).as_json())
        return
    labels = {each.id: each.label for each in pathway.settings.boundaries}
    rows = []
    for id, line in found.boundaries.items():
        peak = line.peak
        if peak is not None:
            chance = "" if peak.p_before is None else f"{peak.p_before:.0%}"
            confirmed = "" if peak.p_confirmed is None else f"{peak.p_confirmed:.0%}"
            rows.append([out.label(labels[id]), str(peak.year), f"{peak.value / 1e6:.1f}", chance, confirmed])
    columns = (
        Column("boundary"),
        Column("peak year", right=True),
        Column("MtCO2", right=True),
        Column("peaks in time", right=True),
        Column("confirmed", right=True),
    )
    out.table(columns, rows, title=out.label(found.scenario.label))
    _targets(out, pathway, found)
    if found.binding:
        out.line(out.say("Binds first: {target}", target=found.binding.target))
    for each in pathway.settings.boundaries:
        if each.missing:
            out.line(f"{out.label(each.label)}: {out.label(each.missing)}")


def _targets(out: Output, pathway: Pathway, found: Projection) -> None:
    """Print what each target asks and what the scenario gives; with draws the interval, and how many meet it."""
    from dafeng.pathway.answers import answers_of
    from dafeng.report import wording

    asked = {each.target.id: each.target for each in answers_of(pathway)}
    spoken = out.language
    rows = []
    for each in found.targets:
        row = [
            each.target,
            out.label(each.label),
            str(each.year),
            wording.amount(asked[each.target], spoken),
            wording.quantity(each.value, each.unit, spoken),
            wording.gap(each.gap, each.unit, spoken),
            out.say("met") if each.met else out.say("missed"),
        ]
        if each.probability is not None:
            ends = [wording.quantity(end, each.unit, spoken) for end in (each.low, each.high)]
            row += [" – ".join(ends), f"{each.probability:.0%}"]
        rows.append(row)
    columns = [
        Column("target"),
        Column("name", fold=True),
        Column("year"),
        Column("asked", right=True),
        Column("projected", right=True),
        Column("gap", right=True),
        Column("verdict"),
    ]
    if found.draws:
        columns += [Column("90% between", right=True), Column("chance", right=True)]
    out.table(columns, rows)


def scenarios(ctx: typer.Context, json: Json = False) -> None:
    """List the scenarios of the pack with their hashes."""
    from dafeng.report.records.pathways import ScenarioList

    asked = context.of(ctx)
    pathway = pathway_of(asked)
    if json:
        asked.output.json(ScenarioList.build(pathway).as_json())
        return
    asked.output.table(
        (Column("scenario"), Column("name", fold=True), Column("hash"), Column("levers set", right=True)),
        [
            [each.id, asked.output.label(each.label), each.hash, str(len(each.settings))]
            for each in pathway.scenarios.values()
        ],
    )


def levers(ctx: typer.Context, json: Json = False) -> None:
    """List the levers by action: what each moves, its range, its lead time; those that wait are marked."""
    from dafeng.report.records.pathways import LeverList

    asked = context.of(ctx)
    out = asked.output
    pathway = pathway_of(asked)
    if json:
        out.json(LeverList.build(pathway).as_json())
        return
    order = {group: at for at, group in enumerate(pathway.groups)}
    listed = sorted(pathway.levers.values(), key=lambda each: order.get(pathway.group(each), len(order)))
    out.table(
        (
            Column("lever"),
            Column("name", fold=True),
            Column("action"),
            Column("range", right=True),
            Column("unit"),
            Column("lead", right=True),
            Column("waits for", fold=True),
        ),
        [
            [
                each.id,
                out.label(each.label),
                each.action or out.say("driver"),
                f"{each.range[0]:g}-{each.range[1]:g}",
                each.unit,
                f"{each.lead:g}",
                each.waiting,
            ]
            for each in listed
        ],
    )
    out.line(out.say("{count} measures work", count=len(pathway.working)))


def attribute(
    ctx: typer.Context,
    scenario: ScenarioId = "",
    against: Annotated[str, typer.Option(metavar="ID", help="Scenario it is compared with.")] = "current",
    year: Annotated[int, typer.Option(help="Year of the difference.")] = 2030,
    boundary: BoundaryId = "",
    orders: Annotated[
        int, typer.Option(min=0, max=200, metavar="N", help="Pairs of orders sampled where an action has many levers.")
    ] = 4,
    json: Json = False,
) -> None:
    """Say whose doing the difference of two scenarios is: by action and lever, in parts that sum to the whole."""
    from dafeng.pathway.attribution import attribute as divide
    from dafeng.report.records.pathway_answers import AttributionRecord

    asked = context.of(ctx)
    out = asked.output
    found = divide(pathway_of(asked), scenario, against, year, boundary, EXACT, orders)
    if json:
        out.json(AttributionRecord.build(found).as_json())
        return
    rows = [[part.group, "", f"{part.value / 1e6:+.3f}"] for part in found.parts]
    for part in found.parts:
        for id, value in (part.levers or {}).items():
            error = f" ± {part.errors[id] / 1e6:.3f}" if part.errors else ""
            rows.append([part.group, id, f"{value / 1e6:+.3f}{error}"])
    out.table(
        (Column("action"), Column("lever"), Column("MtCO2", right=True)),
        [*sorted(rows, key=lambda row: row[0]), [out.say("all"), "", f"{found.total / 1e6:+.3f}"]],
    )


def sensitivity(
    ctx: typer.Context,
    scenario: ScenarioId = "",
    boundary: BoundaryId = "",
    size: Annotated[int, typer.Option(min=2, metavar="N", help="Rows of the design.")] = 256,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="Seed of the draws.")] = 0,
    json: Json = False,
) -> None:
    """Say what decides the peak year: the part of its variance each uncertain quantity explains."""
    from dafeng.pathway.sensitivity import sensitivity as decide
    from dafeng.report.records.pathway_answers import SensitivityRecord

    asked = context.of(ctx)
    out = asked.output
    found = decide(pathway_of(asked), scenario, boundary, size, seed)
    if json:
        out.json(SensitivityRecord.build(found).as_json())
        return
    out.table(
        (Column("uncertain quantity"), Column("alone", right=True), Column("with others", right=True)),
        [
            [
                each.id,
                "" if each.first is None else f"{each.first:.2f}",
                "" if each.total is None else f"{each.total:.2f}",
            ]
            for each in found.peak_year
        ],
    )
