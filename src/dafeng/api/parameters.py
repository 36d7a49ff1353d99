"""What may stand in the query of each address. A parameter that is not declared is refused, not ignored."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dafeng.assess.result import Verdict
from dafeng.facts.observation import Status
from dafeng.report.select import Role, Sort, UnitType

_DAY = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def _day(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if not re.match(_DAY, text):
        raise ValueError("not a day from 2000-01-01 to 2099-12-31; write 2026-11-25")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("no such day in the calendar; write 2026-11-25") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY})]
Id = Annotated[str, Field(min_length=1, max_length=120)]
Year = Annotated[int, Field(ge=1900, le=2100)]
PathId = Annotated[str, Path(min_length=1, max_length=120)]


class Query(BaseModel):
    """Base of all queries."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoQuery(Query):
    """No parameter at all."""


class PageQuery(Query):
    """Which part of a list is wanted."""

    limit: int = Field(default=100, ge=1, le=1000, description="Items on a page")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="Items before the page")


class PlanQuery(Query):
    """Which plan is meant."""

    plan: Id | None = Field(default=None, description="Plan id; the plan that the others amend where left out")


class PlanPageQuery(PageQuery):
    """Which plan is meant, and which part of the list."""

    plan: Id | None = Field(default=None, description="Plan id; the plan that the others amend where left out")
    action: Id | None = Field(default=None, description="Action id")


class AssessmentQuery(PlanQuery):
    """Which plan is held against what was known on which day."""

    as_of: Day | None = Field(default=None, description="Day of the assessment; today where left out")


class ResultFilter(AssessmentQuery):
    """Which results are wanted."""

    action: Id | None = Field(default=None, description="Action id")
    task: Id | None = Field(default=None, description="Task id")
    unit: Id | None = Field(default=None, description="Unit that answers for it: its id or any of its names")
    role: Role = Field(default="any", description="Whether the unit leads, takes part, or either")
    status: list[Verdict] = Field(default=[], max_length=7, description="Verdicts; repeat for several")
    year: Year | None = Field(default=None, description="Year the result falls due")
    q: str = Field(default="", max_length=120, description="Words in the id, label, indicator or clause")


class TargetFilter(ResultFilter):
    """Which targets are wanted."""

    kind: Literal["target", "standard"] | None = Field(
        default=None, description="Targets of the city, or standards imposed on projects"
    )
    indicator: Id | None = Field(default=None, description="Indicator id")
    amendments: bool = Field(default=False, description="Also the targets of later versions of the plan")
    sort: Sort = Field(default="plan", description="Order; a leading - turns it round")


class TargetQuery(TargetFilter, PageQuery):
    """Which targets are wanted, and which part of the list."""


class GoalQuery(ResultFilter, PageQuery):
    """Which goals are wanted, and which part of the list."""


class DocumentQuery(PageQuery):
    """Which documents are wanted."""

    q: str = Field(default="", max_length=120, description="Words in the id, title or publisher")


class IndicatorQuery(PageQuery):
    """Which indicators are wanted."""

    domain: Id | None = Field(default=None, description="First part of the id, such as energy")
    q: str = Field(default="", max_length=120, description="Words in the id or label")


class UnitQuery(PageQuery):
    """Which units are wanted."""

    type: UnitType | None = Field(default=None, description="Type of unit")
    q: str = Field(default="", max_length=120, description="Words in the id or any name")


class FactQuery(PageQuery):
    """Which facts are wanted."""

    indicator: Id | None = Field(default=None, description="Indicator id")
    place: Id | None = Field(default=None, description="Place id")
    year: Year | None = Field(default=None, description="Year the period ends in")
    source: Id | None = Field(default=None, description="Document id")
    status: list[Status] = Field(default=[], max_length=8, description="Statuses; repeat for several")
    known_on: Day | None = Field(default=None, description="Only what was published by this day; today where left out")
    chosen: bool = Field(default=False, description="Only the figure that stands for each period")


class ChangesQuery(AssessmentQuery):
    """What is new since when."""

    since: Day = Field(description="Day to compare with")
