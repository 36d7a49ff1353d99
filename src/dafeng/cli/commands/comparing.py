"""`dafeng plan diff` and `dafeng plan consistency`: plans beside each other."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.exits import ExitCode
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.city import City
    from dafeng.compare import Comparison, Consistency, Finding, Given
    from dafeng.plan.schema import Plan, Target

SOURCE = "A plan of the city by its id, a plan file (YAML), or a document that is compiled first."


def diff(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help=SOURCE)],
    b: Annotated[str, typer.Argument(metavar="B", help="The other plan, the newer one.")],
    json: Json = False,
) -> None:
    """Hold two plans against each other, target by target, units converted. Exit code 1 where they differ."""
    from dafeng.compare import compare
    from dafeng.report.records.comparison import ComparisonRecord

    asked = context.of(ctx)
    city = asked.city()
    old, new = (_given(city, name) for name in (a, b))
    found = compare(old.plan, new.plan, city.indicators)
    if json:
        asked.output.json(ComparisonRecord.build(found).as_json())
    else:
        _print(asked.output, city, found)
    _warn(asked.output, [old.plan, new.plan])
    if found.differences:
        raise typer.Exit(ExitCode.FAULTS)


def consistency(
    ctx: typer.Context,
    whole: Annotated[str, typer.Argument(metavar="CITY", help="Plan of the city: an id, a plan file or a document.")],
    districts: Annotated[
        list[str], typer.Argument(metavar="DISTRICT...", help="Plans of districts, each as a plan file or a document.")
    ],
    json: Json = False,
) -> None:
    """Hold district plans against the plan of their city: coverage, stringency, dates, sums. Exit 1 after findings."""
    from dafeng.compare import DistrictPlan
    from dafeng.compare import consistency as held
    from dafeng.compare.source import place_of
    from dafeng.report.records.comparison import ConsistencyRecord

    asked = context.of(ctx)
    city = asked.city()
    plan = city.plan() if whole == city.id else _given(city, whole).plan
    given = [_given(city, name).plan for name in districts]
    below = [DistrictPlan(place_of(p, city.places), p) for p in given]
    places = [place.id for place in city.places if place.kind == "district"]
    found = held(plan, below, city.indicators, city.organisations, places)
    if json:
        asked.output.json(ConsistencyRecord.build(found).as_json())
    else:
        _print_consistency(asked.output, city, found)
    _warn(asked.output, [plan, *given])
    if found.findings:
        raise typer.Exit(ExitCode.FAULTS)


def _given(city: City, name: str) -> Given:
    from dafeng.compare import read

    return read(name, city.plans, city.indicators, city.organisations)


def _warn(out: Output, plans: Iterable[Plan]) -> None:
    """Say on the error stream which of the plans nobody has reviewed, or have a head that was not read."""
    for plan in plans:
        if plan.status == "proposed":
            sys.stderr.write(out.say("{plan}: not reviewed, taken as it was read", plan=out.label(plan.title)) + "\n")
        elif plan.stand_ins:
            sys.stderr.write(out.say("{plan}: its head has stand-ins", plan=out.label(plan.title)) + "\n")


def _name(out: Output, city: City, target: Target) -> str:
    declared = city.indicators.get(target.indicator)
    return out.label(target.label or (declared.label if declared else None)) or target.indicator


def _asked(out: Output, target: Target | None) -> str:
    from dafeng.report.wording import amount

    return "—" if target is None else amount(target, out.language)


def _due(out: Output, target: Target | None) -> str:
    return "—" if target is None else str(target.due or out.say("standing"))


def _clause(target: Target | None) -> str:
    return "—" if target is None else target.clause


def _tally(out: Output, counts: Iterable[tuple[str, int]]) -> str:
    from dafeng.report.wording import listed

    return listed([f"{word} {count}" for word, count in counts], out.language)


def _print(out: Output, city: City, found: Comparison) -> None:
    from dafeng.report.wording import DIFFERENCE, listed

    out.line(out.say("{a} against {b}", a=out.label(found.old.title), b=out.label(found.new.title)), "bold")
    if found.differences:
        columns = (
            Column("target", fold=True),
            Column("change", fold=True),
            Column("before", right=True),
            Column("due before", right=True),
            Column("after", right=True),
            Column("due after", right=True),
            Column("clause before", fold=True),
            Column("clause after", fold=True),
        )
        out.table(
            columns,
            [
                [
                    _name(out, city, row.target),
                    listed([DIFFERENCE[kind][out.language] for kind in row.kinds], out.language),
                    _asked(out, row.old),
                    _due(out, row.old),
                    _asked(out, row.new),
                    _due(out, row.new),
                    _clause(row.old),
                    _clause(row.new),
                ]
                for row in found.differences
            ],
        )
        out.line(_tally(out, ((DIFFERENCE[kind][out.language], n) for kind, n in found.counts.items())))
    else:
        out.line(out.say("no target differs"))
    out.line(out.say("unchanged targets: {count}", count=len(found.same)))
    if found.kept:
        out.line(out.say("left in force by the newer plan, which amends the older: {count}", count=len(found.kept)))


def _print_consistency(out: Output, city: City, found: Consistency) -> None:
    from dafeng.report.wording import CHECK, quantity

    out.line(out.label(found.city.title), "bold")
    names = {item.place: out.label(item.plan.title) for item in found.districts}
    names |= {place.id: out.label(place.label) for place in city.places}
    for item in found.districts:
        taken = sum(item.place in row.covered for row in found.coverage)
        out.line(
            out.say(
                "{place}: takes up {taken} of {all} targets of the city",
                place=names[item.place],
                taken=taken,
                all=len(found.coverage),
            )
        )
        own = sum(place == item.place for place, _ in found.own)
        if own:
            text = "{place}: {own} targets that the city's plan does not have"
            out.line(out.say(text, place=names[item.place], own=own))
    for row in found.coverage:
        if row.total is not None:
            total = quantity(row.total, row.target.unit, out.language)
            text = "{target}: together {total}, the city asks {asked}"
            out.line(out.say(text, target=_name(out, city, row.target), total=total, asked=_asked(out, row.target)))
    if not found.findings:
        out.line(out.say("no inconsistency was found"))
        return
    columns = (
        Column("check"),
        Column("target", fold=True),
        Column("district", fold=True),
        Column("city's clause", fold=True),
        Column("district's clause", fold=True),
        Column("what is wrong", fold=True),
    )
    out.table(columns, [_finding(out, city, names, item, found.city) for item in found.findings])
    out.line(_tally(out, ((CHECK[check][out.language], n) for check, n in found.counts.items())))


def _finding(out: Output, city: City, names: dict[str, str], item: Finding, plan: Plan) -> list[str]:
    from dafeng.report.wording import CHECK, FINDING, listed, quantity

    def told(target: Target | None) -> str:
        return "—" if target is None else f"{_asked(out, target)} · {_due(out, target)} · {target.clause}"

    district = told(item.district)
    if item.parts:
        parts = [f"{names.get(place, place)} {_asked(out, target)}" for place, target in item.parts]
        district = f"{listed(parts, out.language)} = {quantity(item.total, item.city.unit, out.language)}"
    return [
        CHECK[item.check][out.language],
        _name(out, city, item.city),
        names.get(item.place, item.place) or "—",
        told(item.city),
        district,
        FINDING[item.code][out.language],
    ]
