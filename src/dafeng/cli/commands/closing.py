"""`dafeng seek`, `cost`, `abatement`, `hindcast`: what closes a gap, what it costs, and how the model did before."""

from __future__ import annotations

from typing import Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.pathways import BoundaryId, ScenarioId, pathway_of
from dafeng.cli.options import Json
from dafeng.cli.output import Column


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
    from dafeng.report.records.pathway_answers import EffortRecord, SoughtRecord

    asked = context.of(ctx)
    out = asked.output
    if len(target) == 1 and lever is not None and len(lever) == 1 and target[0] != "peak":
        one = find(pathway_of(asked), target[0], lever[0], scenario, decided)
        if json:
            out.json(SoughtRecord.of(one).as_json())
        elif one.value is None:
            out.line(out.say("cannot: {reason}", reason=one.reason))
        else:
            out.line(f"{one.lever} = {one.value:.6g} {one.unit}".rstrip())
        return
    found = least_effort(pathway_of(asked), target, lever or (), scenario, decided)
    if json:
        out.json(EffortRecord.build(found).as_json())
        return
    if found.found and not found.levers:
        out.line(out.say("Nothing has to move: the scenario meets all of it."))
    elif found.levers:
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


def hindcast(
    ctx: typer.Context,
    start: Annotated[int, typer.Option("--from", metavar="YEAR", help="Year the model starts from.")] = 2015,
    json: Json = False,
) -> None:
    """Run the past: the model started in an earlier year, held against the accounts, beside two naive forecasts."""
    from dafeng.pathway.hindcast import hindcast as run
    from dafeng.report.records.pathway_answers import HindcastRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = pathway_of(asked)
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
    from dafeng.report.records.pathway_costs import CostRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = pathway_of(asked)
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
    for each in costs.sectors if costs else ():
        if each.missing:
            out.line(f"{out.label(each.label)}: {out.label(each.missing)}")


def abatement(
    ctx: typer.Context,
    scenario: ScenarioId = "current",
    year: Annotated[int, typer.Option(help="Year of the curve.")] = 2030,
    steps: Annotated[int, typer.Option(min=1, max=40, metavar="N", help="Points of the curve.")] = 8,
    boundary: BoundaryId = "",
    json: Json = False,
) -> None:
    """Seek the cheapest way down in one year: what each further tonne costs when levers act together."""
    from dafeng.pathway.abatement import curve
    from dafeng.report.records.pathway_costs import CurveRecord

    asked = context.of(ctx)
    out = asked.output
    pathway = pathway_of(asked)
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
    out.table(
        (
            Column("lever"),
            Column("setting", right=True),
            Column("MtCO2 avoided", right=True),
            Column("yearly cost, billion", right=True),
            Column("CNY/t", right=True),
        ),
        [
            [
                each.lever,
                f"{each.setting:.4g}",
                f"{each.avoided / 1e6:.2f}",
                f"{each.cost / 1e9:+.2f}",
                f"{each.per_tonne:.0f}",
            ]
            for each in found.alone
        ],
        title=out.say("Each lever alone, as far as its range goes"),
    )
    if found.idle:
        out.line(
            out.say("With a cost, and no CO2 to lower in {year}: {levers}", year=year, levers=", ".join(found.idle))
        )
    costs = pathway.settings.costs
    for group in costs.left_out if costs else ():
        out.line(f"{', '.join(group.levers)}: {out.label(group.why)}")
