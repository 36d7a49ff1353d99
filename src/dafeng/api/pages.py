"""Pages of lists: the records, how many there are, and what they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, Self, TypeVar

from fastapi import Request, Response

from dafeng.api.answers import link
from dafeng.api.parameters import PageQuery
from dafeng.report.records import (
    ActionRecord,
    ChangeRecord,
    DocumentRecord,
    FactRecord,
    GoalRecord,
    IndicatorRecord,
    PlanSummary,
    Record,
    TargetRecord,
    TaskRecord,
    UnitRecord,
)

T = TypeVar("T", bound=Record)


class Page(Record, Generic[T]):
    """One page of a list; `total` counts the whole list, `as_of` is the day the answer speaks of."""

    city: str
    as_of: date
    total: int
    limit: int
    offset: int
    items: list[T]

    @classmethod
    def cut(cls, rows: Sequence[Any], query: PageQuery, request: Request, response: Response, **about: Any) -> Self:
        """Cut one page out of all rows and give the Link header; rows are records or what records are made of."""
        page = rows[query.offset : query.offset + query.limit]
        return cls.of_part(page, len(rows), query, request, response, **about)

    @classmethod
    def of_part(
        cls, page: Sequence[Any], total: int, query: PageQuery, request: Request, response: Response, **about: Any
    ) -> Self:
        """Make the page from a part that is cut already, and give the Link header."""
        link(request, response, total, query.limit, query.offset)
        data = {"total": total, "limit": query.limit, "offset": query.offset, "items": list(page), **about}
        return cls.model_validate(data)


class PlanPage(Page[PlanSummary]):
    """Plans, oldest first."""


class ActionPage(Page[ActionRecord]):
    """Actions of a plan, in its order."""

    plan: str


class TaskPage(Page[TaskRecord]):
    """Tasks of a plan, in its order."""

    plan: str


class TargetPage(Page[TargetRecord]):
    """Targets and the verdict on each."""

    plan: str


class GoalPage(Page[GoalRecord]):
    """Goals without a number and the verdict on each."""

    plan: str


class UnitPage(Page[UnitRecord]):
    """Units that can answer for a task."""


class DocumentPage(Page[DocumentRecord]):
    """Documents that numbers, clauses and notes point to."""


class IndicatorPage(Page[IndicatorRecord]):
    """Quantities that can be observed or computed."""


class FactPage(Page[FactRecord]):
    """Observations; every one names its source and status."""


class ChangePage(Record):
    """Evidence that is new since a day, newest first, and the verdicts it changed."""

    city: str
    plan: str
    since: date
    as_of: date
    items: list[ChangeRecord]
