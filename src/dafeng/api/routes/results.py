"""Verdicts: the assessment, targets, goals, what is new."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from dafeng.api.answers import HEADERS, lasting
from dafeng.api.dependencies import Current, Now
from dafeng.api.pages import ChangePage, GoalPage, TargetPage
from dafeng.api.parameters import (
    AssessmentQuery,
    ChangesQuery,
    GoalQuery,
    NoQuery,
    PathId,
    ResultFilter,
    TargetFilter,
    TargetQuery,
)
from dafeng.assess import changes, hourly_on, outlook, outlook_on
from dafeng.assess.result import Assessment, TargetResult
from dafeng.errors import Refused
from dafeng.report import select
from dafeng.report.records import (
    AssessmentRecord,
    ChangeRecord,
    GoalRecord,
    LineageRecord,
    OutlookList,
    TargetDetail,
    TargetLineage,
    TargetRecord,
)
from dafeng.report.target_table import targets_csv
from dafeng.web.cache import KEEP

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])


@router.get("/assessment", summary="The whole plan held against its evidence")
def assessment(query: Annotated[AssessmentQuery, Query()], now: Current) -> AssessmentRecord:
    """Give what `dafeng assess --json` prints."""
    result = now.assess(query.as_of, query.plan)
    return AssessmentRecord.build(result, hourly=hourly_on(now.city, result.as_of))


def wanted(query: ResultFilter, now: Now) -> tuple[Assessment, select.Filter]:
    """Turn a query into an assessment and a filter.

    Raises NotFound where the query names an action, task, unit or indicator that does not exist.
    """
    return now.assess(query.as_of, query.plan), select.filter_for(
        now.city,
        plan=query.plan,
        action=query.action,
        task=query.task,
        unit=query.unit,
        role=query.role,
        status=query.status,
        year=query.year,
        kind=getattr(query, "kind", None),
        indicator=getattr(query, "indicator", None),
        text=query.q,
    )


def _targets(query: TargetFilter, now: Now) -> tuple[Assessment, tuple[TargetResult, ...]]:
    result, keep = wanted(query, now)
    listed = (*result.targets, *result.amendments) if query.amendments else result.targets
    return result, select.order(keep.apply(listed), query.sort)


@router.get("/targets", summary="Targets and the verdict on each")
def targets(query: Annotated[TargetQuery, Query()], now: Current, request: Request, response: Response) -> TargetPage:
    """Give the targets asked for, a page at a time."""
    result, rows = _targets(query, now)
    about = {"city": result.city, "plan": result.plan, "as_of": result.as_of}
    return TargetPage.cut(rows, query, request, response, **about)


@router.get(
    "/targets.csv",
    summary="Targets as a table for spreadsheets",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def targets_table(query: Annotated[TargetFilter, Query()], now: Current) -> Response:
    """Give the targets asked for as CSV; text that a spreadsheet would run as a formula is defused."""
    result, rows = _targets(query, now)
    text = targets_csv([TargetRecord.of(row) for row in rows], result.as_of.isoformat())
    name = f"{result.city}-targets-{result.as_of.isoformat()}.csv"
    headers = {**HEADERS, KEEP.decode(): "1", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8; header=present", headers=headers)


@router.get("/targets/{id}", summary="One target with all its evidence")
def target(id: PathId, query: Annotated[AssessmentQuery, Query()], now: Current) -> TargetDetail:
    """Give one target: evidence, required path, projection."""
    result = now.assess(query.as_of, query.plan)
    now_known, hourly = outlook_on(now.city, result.as_of), hourly_on(now.city, result.as_of)
    return TargetDetail.build(
        select.one((*result.targets, *result.amendments), "target", id), result, now_known, hourly
    )


@router.get("/targets/{id}/lineage", summary="Where the verdict on one target comes from")
def lineage(id: PathId, query: Annotated[AssessmentQuery, Query()], now: Current) -> TargetLineage:
    """Give the tree of formulas, facts, parameters, rules and documents under one verdict."""
    result = now.assess(query.as_of, query.plan)
    found = select.one((*result.targets, *result.amendments), "target", id)
    tree = LineageRecord.model_validate(found.lineage)
    return TargetLineage(id=found.id, city=result.city, as_of=result.as_of, lineage=tree)


@router.get("/goals", summary="Goals without a number and the verdict on each")
def goals(query: Annotated[GoalQuery, Query()], now: Current, request: Request, response: Response) -> GoalPage:
    """Give the goals asked for, a page at a time."""
    result, keep = wanted(query, now)
    about = {"city": result.city, "plan": result.plan, "as_of": result.as_of}
    return GoalPage.cut(keep.apply(result.goals), query, request, response, **about)


@router.get("/goals/{id}", summary="One goal with its notes")
def goal(id: PathId, query: Annotated[AssessmentQuery, Query()], now: Current) -> GoalRecord:
    """Give one goal: its rule or its dated notes, and the verdict."""
    result = now.assess(query.as_of, query.plan)
    return GoalRecord.of(select.one((*result.goals, *result.amended_goals), "goal", id))


@router.get("/changes", summary="Evidence that is new since a day")
def changed(query: Annotated[ChangesQuery, Query()], now: Current) -> ChangePage:
    """Give the evidence that is new since a day, newest first, and the verdicts it changed."""
    result = now.assess(query.as_of, query.plan)
    found = changes(now.city, query.since, result.as_of, query.plan)
    items = [ChangeRecord.of(item) for item in found]
    return ChangePage(city=result.city, plan=result.plan, since=query.since, as_of=result.as_of, items=items)


@router.get("/outlook", summary="Whether the plan will be kept")
def will_be_kept(query: Annotated[NoQuery, Query()], now: Current) -> OutlookList:
    """Give the peak by boundary and every target the plan-as-written scenario answers, with its probability."""
    found = outlook(now.city)
    if found is None:
        raise Refused(f"outlook: the pack of '{now.city.id}' has no pathway. Add pathway.yaml.")
    return OutlookList.build(found, now.assess(None, None))
