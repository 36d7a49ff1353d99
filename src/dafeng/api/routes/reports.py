"""Reports of accounts as files: inventory tables, the GPC table, the long table."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from dafeng.accounts.account import Accounts, accounts
from dafeng.api.answers import HEADERS, XLSX, lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id, Year
from dafeng.api.parameters import Query as Parameters
from dafeng.api.routes.accounts import SwitchQuery
from dafeng.errors import NotFound
from dafeng.report.accounts.rows import COLUMNS, every_year
from dafeng.report.gpc import workbook
from dafeng.report.inventory import inventory as tables
from dafeng.report.table import csv_text
from dafeng.web.cache import KEEP

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])
_BOOK = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}
_TABLE = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
Language = Literal["zh", "en"]


class LongQuery(SwitchQuery):
    """Which boundary is wanted."""

    boundary: Id = Field(description="Boundary of the account")


class InventoryQuery(LongQuery):
    """Which account is wanted, in which language."""

    year: Year = Field(description="Year of the account")
    lang: Language = Field(default="zh", description="Language of the tables")


class GpcQuery(Parameters):
    """Which year and place are wanted, in which language."""

    year: Year = Field(description="Year of the account")
    place: Id | None = Field(default=None, description="Place id; the city where left out")
    lang: Language = Field(default="zh", description="Language of the table")


def _file(body: bytes | str, name: str, media: str) -> Response:
    headers = {**HEADERS, KEEP.decode(): "1", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media, headers=headers)


def _spanned(made: Accounts, year: int) -> None:
    if year not in made.ledger.years:
        raise NotFound("year", str(year), [str(known) for known in made.ledger.years])


@router.get(
    "/reports/inventory.xlsx",
    summary="Inventory tables of one boundary and year",
    response_class=Response,
    responses=_BOOK,  # type: ignore[arg-type]  # FastAPI's type is wider than what it takes
)
def inventory(query: Annotated[InventoryQuery, Query()], now: Current) -> Response:
    """Give what `dafeng report inventory` writes."""
    every = accounts(now.city, query.boundary, query.place, **query.switches())
    _spanned(every, query.year)
    made = every.account(query.year)
    name = f"inventory-{made.place}-{made.boundary.id}-{made.year}.xlsx"
    return _file(tables(made, query.lang, now.today), name, XLSX)


@router.get(
    "/reports/gpc.xlsx",
    summary="The GPC table of one year",
    response_class=Response,
    responses=_BOOK,  # type: ignore[arg-type]  # FastAPI's type is wider than what it takes
)
def gpc(query: Annotated[GpcQuery, Query()], now: Current) -> Response:
    """Give what `dafeng report gpc` writes."""
    _spanned(accounts(now.city, "gpc-basic", query.place), query.year)
    body = workbook(now.city, query.year, query.lang, query.place, now.today)
    return _file(body, f"gpc-{query.place or now.city.id}-{query.year}.xlsx", XLSX)


@router.get(
    "/reports/accounts.csv",
    summary="Every cell of every year of a boundary",
    response_class=Response,
    responses=_TABLE,  # type: ignore[arg-type]  # FastAPI's type is wider than what it takes
)
def long(query: Annotated[LongQuery, Query()], now: Current) -> Response:
    """Give what `dafeng report long` writes."""
    made = accounts(now.city, query.boundary, query.place, **query.switches())
    text = csv_text(COLUMNS, every_year(made))
    return _file(
        text, f"accounts-{made.ledger.place}-{made.boundary.id}.csv", "text/csv; charset=utf-8; header=present"
    )
