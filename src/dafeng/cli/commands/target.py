"""`dafeng target`, `dafeng explain`: one number, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands.assess import latest
from dafeng.cli.options import AsOf, Json, PlanId
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafeng.assess import HourlyVerdict, Outlook
    from dafeng.assess.result import TargetResult
    from dafeng.city import City
    from dafeng.lineage import Node

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a target; 'dafeng assess' lists them.")]


def target(ctx: typer.Context, id: Id, as_of: AsOf = None, plan: PlanId = None, json: Json = False) -> None:
    """Show one target: verdict and reason, evidence, required path, projection, who answers."""
    from dafeng.assess import assess, hourly_on, outlook_on
    from dafeng.report import select
    from dafeng.report.records import TargetDetail

    asked = context.of(ctx)
    day = context.day(as_of)
    city = asked.city()
    result = assess(city, day, plan)
    found = select.one((*result.targets, *result.amendments), "target", id)
    ahead = outlook_on(city, result.as_of)
    by_hour = hourly_on(city, result.as_of)
    if json:
        asked.output.json(TargetDetail.build(found, result, ahead, by_hour).as_json())
        return
    _print(asked.output, city, found, ahead, by_hour.get(found.id, ()))


def _ahead(out: Output, target: TargetResult, ahead: Outlook | None) -> str:
    """Say what the plan-as-written scenario gives, and whether the simple drift says otherwise."""
    from dafeng.assess.outlook import disagrees
    from dafeng.report import wording

    found = ahead.targets.get(target.id) if ahead else None
    if ahead is None or found is None:
        return ""
    said = f"{wording.quantity(found.value, target.unit, out.language)} ({out.label(ahead.label)}"
    if found.probability is not None:
        low, high = (wording.quantity(end, target.unit, out.language) for end in (found.low, found.high))
        said += ", " + out.say("90% between {low} and {high}", low=low, high=high)
        said += ", " + out.say("met in {share} of the draws", share=wording.percent(found.probability))
    said += ")"
    if disagrees(found, target):
        said += "; " + out.say("the simple drift says otherwise")
    return said


def _by_hour(out: Output, found: Sequence[HourlyVerdict]) -> str:
    """Say what the certified answers of the hourly power system give, one after the other."""
    from dafeng.report import wording

    words = {"holds": out.say("holds"), "misses": out.say("misses"), "absent": out.say("absent")}
    parts = []
    for each in found:
        figure = wording.quantity(float(f"{each.value:.4g}"), each.unit, out.language) if each.value is not None else ""
        coupled, older = out.say("coupled") if each.coupled else "", "" if each.fresh else out.say("earlier data")
        marks = wording.join([mark for mark in (each.scenario, coupled, older) if mark], out.language)
        said = " ".join(part for part in (f"{each.year}:", figure, words[each.verdict]) if part)
        parts.append(f"{said} ({marks})" if marks else said)
    return "; ".join(parts)


def _print(
    out: Output, city: City, target: TargetResult, ahead: Outlook | None, by_hour: Sequence[HourlyVerdict]
) -> None:
    from dafeng.report import wording

    units = {unit.id: out.label(unit.short) for unit in city.organisations}
    language = out.language
    out.line(out.label(target.label), "bold")
    projection = target.projection
    out.fields(
        [
            ("verdict", out.verdict(target.status)),
            ("reason", out.label(target.reason)),
            ("asked", wording.amount(target, language)),
            ("due", str(target.due or "")),
            ("latest", latest(out, target.latest)),
            ("gap", wording.gap(target.gap, target.unit, language) if target.gap is not None else ""),
            (
                "required",
                wording.quantity(target.required, target.unit, language) if target.required is not None else "",
            ),
            ("progress", wording.percent(target.progress) if target.progress is not None else ""),
            (
                "projection",
                out.say(
                    "{value}, 80% between {low} and {high}",
                    value=wording.quantity(projection.value, target.unit, language),
                    low=wording.quantity(projection.low, target.unit, language),
                    high=wording.quantity(projection.high, target.unit, language),
                )
                if projection
                else "",
            ),
            ("scenario", _ahead(out, target, ahead)),
            ("hourly model", _by_hour(out, by_hour)),
            ("leads", wording.listed([units.get(unit, unit) for unit in target.lead], language)),
            ("takes part", wording.listed([units.get(unit, unit) for unit in target.joint], language)),
            ("clause", target.clause),
            ("indicator", target.indicator),
            ("rule", target.rule),
            ("superseded by", ", ".join(target.superseded_by)),
            ("supersedes", target.supersedes),
        ]
    )
    if target.series:
        columns = (
            Column("year", right=True),
            Column("value", right=True),
            Column("status"),
            Column("confidence"),
            Column("source", fold=True),
        )
        out.table(
            columns,
            [
                [
                    str(item.year),
                    wording.quantity(item.value, item.unit, language),
                    wording.FACT_STATUS[item.status][language],
                    wording.CONFIDENCE[item.confidence][language],
                    f"{item.source} {item.locator}".strip(),
                ]
                for item in target.series
            ],
        )
    out.line(out.say("'dafeng explain {id}' shows where the numbers come from.", id=target.id))


def explain(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a target, goal, variable or indicator.")],
    year: Annotated[int | None, typer.Option(help="Year to explain; for a variable the last one by default.")] = None,
    as_of: AsOf = None,
    plan: PlanId = None,
    json: Json = False,
) -> None:
    """Show where a number comes from: formulas, facts, parameters, rules, down to the documents."""
    from dafeng.assess import assess
    from dafeng.report.explain import explain as tree_of
    from dafeng.report.records import LineageRecord

    asked = context.of(ctx)
    out = asked.output
    day = context.day(as_of)
    city = asked.city()
    result = assess(city, day, plan)
    tree = tree_of(city, id, result, year)
    if json:
        lineage = LineageRecord.of(tree).as_json()
        out.json({"id": id, "city": city.id, "as_of": result.as_of.isoformat(), "lineage": lineage})
        return
    out.tree(tree, lambda node: node_text(out, node), lambda node: node.children)


def node_text(out: Output, node: Node) -> str:
    """Write one step of a lineage in a line: its kind, name, figure, standing, reference and note."""
    from dafeng.facts.observation import words
    from dafeng.report.wording import CONFIDENCE, FACT_STATUS, quantity

    parts = [f"[{out.say(node.kind)}]"]
    label = out.label(node.label)
    parts.append(f"{label} {node.id}" if label else node.id)
    if node.value is not None:
        parts.append(f"= {quantity(node.value, node.unit, out.language, exact=True)}")
    if node.year is not None:
        parts.append(f"({node.year})")
    standing = [
        table[word][out.language]
        for table, word in ((FACT_STATUS, node.status), (CONFIDENCE, node.confidence))
        if word in table
    ]
    if standing:
        parts.append("/".join(standing))
    if node.ref and node.ref != node.id:
        parts.append(f"← {node.ref}")
    if node.note:
        parts.append(words(node.note, out.language))
    return " ".join(parts)
