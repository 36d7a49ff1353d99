"""Two plans of the city beside each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id
from dafeng.api.parameters import Query as Asked
from dafeng.compare import compare
from dafeng.report.records.comparison import ComparisonRecord

router = APIRouter(tags=["plan"], dependencies=[Depends(lasting)])


class PairQuery(Asked):
    """Which two plans are meant."""

    a: Id = Field(description="Id of the older plan")
    b: Id = Field(description="Id of the newer plan")


@router.get("/plans/diff", summary="Two plans held against each other, target by target")
def diff(query: Annotated[PairQuery, Query()], now: Current) -> ComparisonRecord:
    """Give what `dafeng plan diff --json` prints; values are converted before they are compared."""
    city = now.city
    return ComparisonRecord.build(compare(city.plan(query.a), city.plan(query.b), city.indicators))
