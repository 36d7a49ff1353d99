"""What was promised, and by whom: plans, actions, tasks, units."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.pages import ActionPage, PlanPage, TaskPage, UnitPage
from dafeng.api.parameters import NoQuery, PageQuery, PathId, PlanPageQuery, PlanQuery, UnitQuery
from dafeng.plan.schema import Plan
from dafeng.report import compose, select
from dafeng.report.records import PlanRecord, UnitDetail

router = APIRouter(tags=["plan"], dependencies=[Depends(lasting)])


@router.get("/plans", summary="Every plan of the city, oldest first")
def plans(query: Annotated[PageQuery, Query()], now: Current, request: Request, response: Response) -> PlanPage:
    """Give the plans; a later one amends the one it supersedes."""
    city = now.city
    return PlanPage.cut(city.plans, query, request, response, city=city.id, as_of=now.today)


@router.get("/plans/{id}", summary="One plan with everything in it")
def plan(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> PlanRecord:
    """Give what `dafeng plan --json` prints."""
    return compose.plan_record(now.city, id)


def _action(plan: Plan, id: str | None) -> str | None:
    return None if id is None else select.one(plan.actions, "action", id).id


@router.get("/actions", summary="Actions of a plan")
def actions(query: Annotated[PlanPageQuery, Query()], now: Current, request: Request, response: Response) -> ActionPage:
    """Give the actions in the order of the plan."""
    city = now.city
    plan = city.plan(query.plan)
    wanted = _action(plan, query.action)
    rows = [item for item in plan.actions if wanted in (None, item.id)]
    return ActionPage.cut(rows, query, request, response, city=city.id, as_of=now.today, plan=plan.id)


@router.get("/tasks", summary="Tasks of a plan and the units that answer for them")
def tasks(query: Annotated[PlanPageQuery, Query()], now: Current, request: Request, response: Response) -> TaskPage:
    """Give the tasks in the order of the plan."""
    city = now.city
    plan = city.plan(query.plan)
    wanted = _action(plan, query.action)
    rows = [item for item in plan.tasks if wanted in (None, item.action)]
    return TaskPage.cut(rows, query, request, response, city=city.id, as_of=now.today, plan=plan.id)


@router.get("/organisations", summary="Units that can answer for a task")
def organisations(query: Annotated[UnitQuery, Query()], now: Current, request: Request, response: Response) -> UnitPage:
    """Give the units in the order of the city pack."""
    city = now.city
    rows = [
        unit
        for unit in city.organisations
        if query.type in (None, unit.type) and select.mentions(query.q, *select.names(unit))
    ]
    return UnitPage.cut(rows, query, request, response, city=city.id, as_of=now.today)


@router.get("/organisations/{id}", summary="One unit and what it answers for")
def organisation(id: PathId, query: Annotated[PlanQuery, Query()], now: Current) -> UnitDetail:
    """Give one unit and its tasks, those of its groups included."""
    return compose.unit_record(now.city, id, query.plan)
