"""`dafeng assess`, `dafeng changes`: verdicts and what is new."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dafeng.cli import context
from dafeng.cli.options import AsOf, Json, PlanId, choice
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from rich.text import Text

    from dafeng.assess.result import Evidence, GoalResult, TargetResult, Verdict
    from dafeng.city import City
    from dafeng.report.records import AssessmentRecord
    from dafeng.report.select import Role, Selection, Sort

Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="Only results with this verdict; repeat for several."),
]


def assess(
    ctx: typer.Context,
    as_of: AsOf = None,
    plan: PlanId = None,
    status: Statuses = None,
    action: Annotated[str | None, typer.Option(metavar="ID", help="Only results of this action.")] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="ORG", help="Only results this unit answers for: its id or any of its names.")
    ] = None,
    role: Annotated[
        str, typer.Option(metavar="any|lead|joint", help="Whether the unit leads, takes part, or either.")
    ] = "any",
    year: Annotated[int | None, typer.Option(help="Only results that fall due in this year.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="target|standard", help="Only targets of the city, or only standards imposed on projects."
        ),
    ] = None,
    search: Annotated[
        str, typer.Option(metavar="WORDS", help="Only results whose label, id, indicator or clause has these words.")
    ] = "",
    sort: Annotated[
        str,
        typer.Option(metavar="plan|status|due|progress|id", help="Order of the targets; a leading - turns it round."),
    ] = "plan",
    json: Json = False,
) -> None:
    """Hold the plan against its evidence: one verdict for every target and goal."""
    from dafeng.assess import VERDICTS, hourly_on
    from dafeng.assess import assess as judge
    from dafeng.report import select
    from dafeng.report.records import AssessmentRecord

    asked = context.of(ctx)
    verdicts = [choice("--status", text, VERDICTS) for text in status or ()]
    order = choice("--sort", sort, select.SORTS)
    who = choice("--role", role, ("any", "lead", "joint"))
    sort_of = choice("--kind", kind, ("target", "standard")) if kind else None
    day = context.day(as_of)
    city = asked.city()
    keep = select.filter_for(
        city,
        plan=plan,
        action=action,
        unit=unit,
        role=cast("Role", who),
        status=cast("list[Verdict]", verdicts),
        year=year,
        kind=sort_of,
        text=search,
    )
    result = judge(city, day, plan)
    shown = select.selected(result, keep, cast("Sort", order))
    record = AssessmentRecord.build(result, shown, hourly_on(city, result.as_of) if json else None)
    if json:
        asked.output.json(record.as_json())
        return
    _print(asked.output, city, shown, record)


def _print(out: Output, city: City, shown: Selection, record: AssessmentRecord) -> None:
    from dafeng.report.wording import VERDICT, day

    title = out.label(city.plan(record.plan).title)
    out.line(out.say("{plan}, as known on {day}", plan=title, day=day(record.as_of, out.language)), "bold")
    for name, counts in (("targets", record.totals.targets), ("goals", record.totals.goals)):
        found = [f"{VERDICT[verdict][out.language]} {count}" for verdict, count in counts.model_dump().items() if count]
        out.line(f"{out.say(name)}  {'  '.join(found) or out.say('none')}")
    units = {unit.id: out.label(unit.short) for unit in city.organisations}
    later = out.say("later versions of the plan")
    for targets, title in ((shown.targets, ""), (shown.amendments, later)):
        if targets:
            out.table(TARGETS, [_target_row(out, target, units) for target in targets], title)
    for goals, title in ((shown.goals, ""), (shown.amended_goals, later)):
        if goals:
            out.table(GOALS, [_goal_row(out, goal, units) for goal in goals], title)
    if not any((shown.targets, shown.goals, shown.amendments, shown.amended_goals)):
        out.line(out.say("Nothing fits the filter."))


TARGETS = (
    Column("verdict"),
    Column("target", fold=True),
    Column("asked", fold=True),
    Column("due", right=True, under="asked"),
    Column("latest", fold=True),
    Column("gap", right=True, under="latest"),
    Column("owner", fold=True),
    Column("id", under="target"),
)
GOALS = (
    Column("verdict"),
    Column("goal", fold=True),
    Column("due", right=True),
    Column("newest note", fold=True),
    Column("owner", fold=True),
    Column("id", under="goal"),
)


def latest(out: Output, evidence: Evidence | None) -> str:
    """Write the latest evidence with its year; what an authority has yet to confirm has no figure."""
    from dafeng.report.wording import FACT_STATUS, quantity

    if evidence is None:
        return "—"
    figure = quantity(evidence.value, evidence.unit, out.language)
    words = [str(evidence.year)]
    if evidence.status != "actual":
        words.append(FACT_STATUS[evidence.status][out.language])
    if evidence.stale:
        words.append(out.say("too old"))
    return f"{figure} ({', '.join(words)})" if out.language == "en" else f"{figure}（{'，'.join(words)}）"


def _target_row(out: Output, target: TargetResult, units: dict[str, str]) -> list[str | Text]:
    from dafeng.report.wording import amount, gap

    return [
        out.verdict(target.status),
        out.label(target.label),
        amount(target, out.language),
        str(target.due or "—"),
        latest(out, target.latest),
        gap(target.gap, target.unit, out.language),
        units.get(target.owner, "—"),
        target.id,
    ]


def _goal_row(out: Output, goal: GoalResult, units: dict[str, str]) -> list[str | Text]:
    return [
        out.verdict(goal.status),
        out.label(goal.label),
        str(goal.due or "—"),
        goal.notes[0].date if goal.notes else latest(out, goal.latest),
        units.get(goal.owner, "—"),
        goal.id,
    ]


def changes(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DAY", help="Day to compare with.")],
    as_of: AsOf = None,
    plan: PlanId = None,
    json: Json = False,
) -> None:
    """List the evidence that is new since a day, and the verdicts it changed."""
    from dafeng.assess import changes as compare
    from dafeng.report.records import ChangeRecord

    asked = context.of(ctx)
    out = asked.output
    start, end = context.day(since), context.day(as_of) or date.today()
    assert start is not None  # noqa: S101 - required
    city = asked.city()
    found = compare(city, start, end, plan)
    if json:
        items = [ChangeRecord.of(item).as_json() for item in found]
        about = {"city": city.id, "plan": city.plan(plan).id, "since": start.isoformat(), "as_of": end.isoformat()}
        out.json({**about, "items": items})
        return
    if not found:
        out.line(out.say("Nothing is new since {day}.", day=start.isoformat()))
        return
    from dafeng.report.wording import quantity

    columns = (
        Column("published"),
        Column("target"),
        Column("figure"),
        Column("before"),
        Column("after"),
        Column("source"),
    )
    out.table(
        columns,
        [
            [
                item.date,
                item.target,
                f"{quantity(item.value, item.unit, out.language)} ({item.year})" if item.value is not None else "—",
                out.verdict(item.before),
                out.verdict(item.after),
                item.source,
            ]
            for item in found
        ],
    )
