"""`dafeng project`, `scenarios`, `levers`, `attribute`, `seek`, `sensitivity`: where the city is going, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.options import Json
from dafeng.cli.output import Column

if TYPE_CHECKING:
    from dafeng.pathway import Pathway

ScenarioId = Annotated[str, typer.Option("--scenario", metavar="ID", help="Scenario; 'dafeng scenarios' lists them.")]
BoundaryId = Annotated[
    str, typer.Option("--boundary", metavar="ID", help="What is counted; the first of the pack by default.")
]


def _pathway(asked: context.Context) -> Pathway:
    from dafeng.pathway import load

    return load(asked.city())


def _settings(given: list[str]) -> dict[str, float]:
    found = {}
    for text in given:
        id, sign, value = text.partition("=")
        try:
            found[id.strip()] = float(value)
        except ValueError:
            sign = ""
        if not sign or not id.strip():
            raise typer.BadParameter(f"'{text}' is not lever=value; write pv-capacity=700", param_hint="--set")
    return found


def project(
    ctx: typer.Context,
    scenario: ScenarioId = "",
    set: Annotated[
        list[str] | None, typer.Option("--set", metavar="LEVER=VALUE", help="Set one lever; repeat for several.")
    ] = None,
    draws: Annotated[int, typer.Option(min=0, metavar="N", help="Draws of what is uncertain.")] = 0,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="Seed of the draws.")] = 0,
    token: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="A scenario that was kept, in place of one of the pack.")
    ] = None,
    json: Json = False,
) -> None:
    """Project a scenario: CO2 by sector and boundary, the peak and its probability, every target it answers."""
    from dafeng.pathway import project as run
    from dafeng.report.records.pathways import ProjectionRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = _pathway(asked)
    chosen = pathway.restored(token) if token else scenario
    found = run(pathway, chosen, _settings(set or []), draws, seed)
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
    targets = [
        [
            each.target,
            out.label(each.label),
            str(each.year),
            f"{each.asked:g} {each.unit}",
            f"{each.value:.4g}",
            f"{each.gap:+.4g}",
        ]
        for each in found.targets
    ]
    out.table(
        (
            Column("target"),
            Column("name", fold=True),
            Column("year"),
            Column("asked", right=True),
            Column("projected", right=True),
            Column("gap", right=True),
        ),
        targets,
    )
    if found.binding:
        out.line(out.say("Binds first: {target}", target=found.binding.target))
    for each in pathway.settings.boundaries:
        if each.missing:
            out.line(f"{out.label(each.label)}: {out.label(each.missing)}")


def scenarios(ctx: typer.Context, json: Json = False) -> None:
    """List the scenarios of the pack with their hashes."""
    from dafeng.report.records.pathways import ScenarioList

    asked = context.of(ctx)
    pathway = _pathway(asked)
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
    pathway = _pathway(asked)
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
    json: Json = False,
) -> None:
    """Say whose doing the difference of two scenarios is: by action and lever, in parts that sum to the whole."""
    from dafeng.pathway.attribution import attribute as divide
    from dafeng.report.records.pathways import AttributionRecord

    asked = context.of(ctx)
    out = asked.output
    found = divide(_pathway(asked), scenario, against, year, boundary)
    if json:
        out.json(AttributionRecord.build(found).as_json())
        return
    rows = [[part.group, "", f"{part.value / 1e6:+.3f}"] for part in found.parts]
    for part in found.parts:
        rows += [[part.group, id, f"{value / 1e6:+.3f}"] for id, value in (part.levers or {}).items()]
    out.table(
        (Column("action"), Column("lever"), Column("MtCO2", right=True)),
        [*sorted(rows, key=lambda row: row[0]), [out.say("all"), "", f"{found.total / 1e6:+.3f}"]],
    )


def seek(
    ctx: typer.Context,
    target: Annotated[
        list[str], typer.Option("--target", metavar="ID", help="Target that is to be met, or 'peak'; several may be.")
    ],
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="ID", help="Lever that may move; several may be, all of them if left out."),
    ] = None,
    scenario: ScenarioId = "",
    decided: Annotated[
        int | None,
        typer.Option(metavar="YEAR", help="Year of the decision: no lever goes further than its lead time allows."),
    ] = None,
    json: Json = False,
) -> None:
    """Seek what one lever must be so that a target is met, or the least moves of many that meet several targets."""
    from dafeng.pathway.effort import least_effort
    from dafeng.pathway.seek import seek as find
    from dafeng.report.records.pathways import EffortRecord, SoughtRecord

    asked = context.of(ctx)
    out = asked.output
    if len(target) == 1 and lever is not None and len(lever) == 1 and target[0] != "peak":
        one = find(_pathway(asked), target[0], lever[0], scenario, decided)
        if json:
            out.json(SoughtRecord.of(one).as_json())
        elif one.value is None:
            out.line(out.say("cannot: {reason}", reason=one.reason))
        else:
            out.line(f"{one.lever} = {one.value:.6g} {one.unit}".rstrip())
        return
    found = least_effort(_pathway(asked), target, lever or (), scenario, decided)
    if json:
        out.json(EffortRecord.build(found).as_json())
        return
    out.table(
        (
            Column("lever"),
            Column("scenario", right=True),
            Column("setting", right=True),
            Column("reach", right=True),
            Column("unit"),
        ),
        [
            [
                each.lever,
                f"{each.before:.4g}",
                f"{each.value:.4g}" + (" *" if each.bound else ""),
                f"{each.low:.4g}-{each.high:.4g}",
                each.unit,
            ]
            for each in found.levers
        ],
    )
    out.table(
        (
            Column("target"),
            Column("year"),
            Column("asked", right=True),
            Column("scenario", right=True),
            Column("reached", right=True),
            Column("unit"),
        ),
        [
            [each.target, str(each.year), f"{each.asked:g}", f"{each.before:.4g}", f"{each.value:.4g}", each.unit]
            for each in found.targets
        ],
    )
    if any(each.bound for each in found.levers):
        out.line(out.say("* at the end of its reach"))
    if not found.found:
        out.line(out.say("cannot: {reason}", reason=found.reason))


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
    from dafeng.report.records.pathways import SensitivityRecord

    asked = context.of(ctx)
    out = asked.output
    found = decide(_pathway(asked), scenario, boundary, size, seed)
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


def hindcast(
    ctx: typer.Context,
    start: Annotated[int, typer.Option("--from", metavar="YEAR", help="Year the model starts from.")] = 2015,
    json: Json = False,
) -> None:
    """Run the past: the model started in an earlier year, held against the accounts, beside two naive forecasts."""
    from dafeng.pathway.hindcast import hindcast as run
    from dafeng.report.records.pathways import HindcastRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = _pathway(asked)
    found = run(pathway, start)
    if json:
        out.json(HindcastRecord.build(pathway, found).as_json())
        return
    labels = {each.id: out.label(each.label) for each in pathway.settings.sectors}
    names = {"known": "drivers known", "unknown": "nothing known", "last": "last value", "line": "straight line"}
    rows = []
    for each in (*found.sectors, found.total):
        errors = [each.error.get(name) for name in names]
        rows.append(
            [
                labels.get(each.id, out.say("all")),
                str(len(each.truth)),
                "" if each.level is None else f"{each.level / 1e6:+.2f}",
                *("" if error is None else f"{error:.1%}" for error in errors),
                out.say(names[each.best]) if each.best else "",
            ]
        )
    out.table(
        (
            Column("sector"),
            Column("years", right=True),
            Column("step", right=True),
            *(Column(name, right=True) for name in names.values()),
            Column("best"),
        ),
        rows,
        title=out.say("Mean absolute error over the mean account, {start}-{until}", start=start, until=found.until),
    )
    if found.lacking:
        out.line(out.say("Without an account to hold against: {sectors}", sectors=", ".join(found.lacking)))


def cost(
    ctx: typer.Context,
    scenario: ScenarioId = "",
    against: Annotated[str, typer.Option(metavar="ID", help="Scenario it is compared with.")] = "current",
    boundary: BoundaryId = "",
    json: Json = False,
) -> None:
    """Say what a scenario costs against another: yearly cost and its parts, investment, cost per tonne."""
    from dafeng.pathway.cost import cost as run
    from dafeng.report.records.pathways import CostRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = _pathway(asked)
    found = run(pathway, scenario, against, boundary)
    if json:
        out.json(CostRecord.build(pathway, found).as_json())
        return
    labels = pathway.settings.costs.labels if pathway.settings.costs else {}
    years = [year for year in found.years if year >= found.since and year % 5 == 0]
    at = [found.years.index(year) for year in years]
    rows = [
        [out.label(labels[id]) if id in labels else id, *(f"{values[i] / 1e9:+.2f}" for i in at)]
        for id, values in found.parts.items()
    ]
    rows.append([out.say("yearly cost"), *(f"{(found.annual[i] - found.annual_against[i]) / 1e9:+.2f}" for i in at)])
    rows.append([out.say("investment"), *(f"{found.investment[i] / 1e9:+.2f}" for i in at)])
    rows.append(["MtCO2", *(f"{found.co2[i] / 1e6:+.2f}" for i in at)])
    title = out.say("Billion {currency} of {year}", currency=found.currency, year=found.price_year)
    out.table((Column("part"), *(Column(str(year), right=True) for year in years)), rows, title=title)
    if found.per_tonne is not None:
        said = out.say(
            "{value} {currency} for each tonne avoided", value=f"{found.per_tonne:.0f}", currency=found.currency
        )
        out.line(said)
    costs = pathway.settings.costs
    if costs and costs.lacking:
        out.line(out.label(costs.lacking))


def abatement(
    ctx: typer.Context,
    scenario: ScenarioId = "current",
    year: Annotated[int, typer.Option(help="Year of the curve.")] = 2030,
    steps: Annotated[int, typer.Option(min=1, max=40, metavar="N", help="Points of the curve.")] = 8,
    boundary: BoundaryId = "",
    json: Json = False,
) -> None:
    """Seek the cheapest way down in one year: what each further tonne costs when levers act together."""
    from dafeng.pathway.cost import curve
    from dafeng.report.records.pathways import CurveRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = _pathway(asked)
    found = curve(pathway, year, scenario, boundary, steps)
    if json:
        out.json(CurveRecord.build(pathway, found).as_json())
        return
    out.table(
        (
            Column("MtCO2 avoided", right=True),
            Column("yearly cost, billion", right=True),
            Column("next tonne", right=True),
            Column("levers", fold=True),
        ),
        [
            [
                f"{each.avoided / 1e6:.1f}",
                f"{each.cost / 1e9:+.2f}",
                "" if each.marginal is None else f"{each.marginal:.0f}",
                ", ".join(f"{id}={value:.4g}" for id, value in each.settings.items()),
            ]
            for each in found.steps
        ],
        title=f"{found.currency} {found.price_year}, {found.year}",
    )
    costs = pathway.settings.costs
    if costs and costs.lacking:
        out.line(out.label(costs.lacking))
