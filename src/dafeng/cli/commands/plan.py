"""`dafeng plan`: what was promised, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dafeng.cli import context
from dafeng.cli.commands import comparing
from dafeng.cli.options import Json
from dafeng.cli.output import Column, Output

if TYPE_CHECKING:
    from dafeng.report.records import PlanRecord


plans = typer.Typer(rich_markup_mode=None)


@plans.callback(invoke_without_command=True)
def plan(
    ctx: typer.Context,
    version: Annotated[
        str | None,
        typer.Option("--version", metavar="ID", help="Plan version; the one that the others amend by default."),
    ] = None,
    json: Json = False,
) -> None:
    """Show a plan: its actions, tasks and the units that answer for them."""
    if ctx.invoked_subcommand is not None:
        return
    from dafeng.report import compose

    asked = context.of(ctx)
    city = asked.city()
    record = compose.plan_record(city, version)
    if json:
        asked.output.json(record.as_json())
        return
    _print(asked.output, record)
    others = [item.id for item in city.plans if item.id != record.id]
    if others:
        asked.output.line(asked.output.say("Other versions: {ids}. Show one with --version.", ids=", ".join(others)))


plans.command()(comparing.diff)
plans.command()(comparing.consistency)


def _print(out: Output, plan: PlanRecord) -> None:
    from dafeng.report.wording import day, listed, year_span

    out.line(out.label(plan.title), "bold")
    out.fields(
        [
            ("plan", plan.id),
            ("issued by", out.label(plan.issuer)),
            ("issued", day(plan.issued, out.language)),
            ("number", plan.number),
            ("span", year_span(*plan.horizon, out.language)),
            ("targets", str(len(plan.targets))),
            ("goals", str(len(plan.goals))),
            ("tasks", str(len(plan.tasks))),
            ("units", str(len(plan.units))),
        ]
    )
    names = {unit.id: out.label(unit.short) for unit in plan.units}
    actions = {action.id: out.label(action.short) for action in plan.actions}
    if plan.actions:
        columns = (
            Column("no"),
            Column("action", fold=True),
            Column("tasks", right=True),
            Column("targets", right=True),
            Column("id"),
        )
        out.table(
            columns,
            [
                [
                    action.no,
                    out.label(action.title),
                    str(sum(task.action == action.id for task in plan.tasks)),
                    str(sum(target.action == action.id for target in plan.targets)),
                    action.id,
                ]
                for action in plan.actions
            ],
        )
    if plan.tasks:
        columns = (
            Column("clause"),
            Column("task", fold=True),
            Column("action"),
            Column("units", fold=True),
            Column("id"),
        )
        out.table(
            columns,
            [
                [
                    task.clause,
                    out.label(task.title),
                    actions.get(task.action, ""),
                    listed([names.get(unit, unit) for unit in task.units], out.language, most=4),
                    task.id,
                ]
                for task in plan.tasks
            ],
        )
