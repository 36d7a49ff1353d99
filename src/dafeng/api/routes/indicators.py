"""Indicators of dual control: published and computed values beside each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.accounts.indicators import read
from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id, PathId, Year
from dafeng.api.routes.accounts import SwitchQuery
from dafeng.report.records.indicators import ControlList, ControlRecord

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])


class ControlQuery(SwitchQuery):
    """Which years are wanted, and the boundary that CO2 is counted by."""

    start: Year | None = Field(default=None, description="First year")
    end: Year | None = Field(default=None, description="Last year")
    boundary: Id = Field(default="assessed", description="Boundary whose CO2 is read against GDP and residents")


@router.get("/control-indicators", summary="Indicators of dual control")
def indicators(query: Annotated[ControlQuery, Query()], now: Current) -> ControlList:
    """Give what `dafeng indicators --json` prints: published values, computed ones beside them, and what is absent."""
    found = read(
        now.city,
        first=query.start,
        last=query.end,
        boundary=query.boundary,
        place=query.place,
        **query.switches(),
    )
    return ControlList.build_all(now.city, query.place, found)


@router.get("/control-indicators/{id}", summary="One indicator of dual control")
def indicator(id: PathId, query: Annotated[ControlQuery, Query()], now: Current) -> ControlRecord:
    """Give one indicator with the inputs of every computed value."""
    found = read(
        now.city,
        [id],
        first=query.start,
        last=query.end,
        boundary=query.boundary,
        place=query.place,
        **query.switches(),
    )
    return ControlRecord.build(found[0])
