"""Enterprises added up. Figures of single units are not served, whoever asks: roles are claims until people sign in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Query as Parameters
from dafeng.api.parameters import Year
from dafeng.report.disclosure import public
from dafeng.report.records.enterprises import EnterpriseSums

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])


class EnterpriseQuery(Parameters):
    """Which year is added up."""

    year: Year = Field(description="Year of the activity")
    factor_year: Year | None = Field(default=None, description="Year of the factors; that of the activity by default")


@router.get("/enterprises", summary="Enterprises added up by sector, place and market")
def enterprises(query: Annotated[EnterpriseQuery, Query()], now: Current) -> EnterpriseSums:
    """Give sums over at least three units of which none makes more than four fifths; the others are withheld."""
    with now.desk() as desk:
        table = desk.table(of_places=False)
        found = public(desk.rows(table, query.year, factor_year=query.factor_year))
    return EnterpriseSums.build(now.city, found)
