"""Accounts: what a boundary counts in a year, the way between two, what changed it, whether it has peaked."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.accounts import boundaries as declared
from dafeng.accounts.account import account as made
from dafeng.accounts.account import accounts as all_years
from dafeng.accounts.nowcast import nowcast as estimated
from dafeng.accounts.reconcile import reconcile as walked
from dafeng.accounts.trend import change, parts_by_year, peak, peaks, sector_peak, series_of
from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id, NoQuery, PathId, Year
from dafeng.api.parameters import Query as Parameters
from dafeng.report.records import Record
from dafeng.report.records.accounts import (
    AccountRecord,
    BoundaryRecord,
    DecompositionRecord,
    PeakList,
    PeakTestRecord,
    WalkRecord,
)
from dafeng.report.records.nowcast import NowcastRecord

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])


class SwitchQuery(Parameters):
    """What is counted, where it is not what the boundary says."""

    place: Id | None = Field(default=None, description="Place id; the city where left out")
    imports: Literal["provincial", "regional", "national", "ets", "local"] | None = Field(
        default=None, description="Whose factor imported electricity takes"
    )
    bunkers: Literal["booked", "less_abroad"] | None = Field(default=None, description="Fuel taken on abroad")
    process: Literal["none", "cement"] | None = Field(default=None, description="Process emissions of cement")
    non_energy: Literal["excluded", "counted"] | None = Field(default=None, description="Fuel used as feedstock")
    gwp: Literal["ar5", "sar", "ar4", "ar6"] | None = Field(default=None, description="Report of warming potentials")

    def switches(self) -> dict[str, str]:
        """Give the switches that were set."""
        names = ("imports", "bunkers", "process", "non_energy", "gwp")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


class AccountQuery(SwitchQuery):
    """Which year is accounted."""

    year: Year = Field(description="Year of the account")


class WalkQuery(Parameters):
    """Which boundary is walked to, and in which year."""

    to: Id = Field(description="Boundary to arrive at")
    year: Year = Field(description="Year of the two accounts")


class SpanQuery(SwitchQuery):
    """Between which years a total changed."""

    start: Year = Field(description="First year")
    end: Year = Field(description="Last year")
    drivers: Literal["economy", "structure"] = Field(
        default="economy", description="The economy as a whole, or its structure too"
    )


class PeakQuery(SwitchQuery):
    """What is judged: the total, or one sector of it."""

    sector: Id | None = Field(default=None, description="Sector id; the total where left out")
    reallocated: bool = Field(default=False, description="Cells booked in another sector stand where they belong")


class NowcastQuery(SwitchQuery):
    """Which year is estimated."""

    year: Year | None = Field(
        default=None, description="Year without an account; all after the last account where left out"
    )


class BoundaryList(Record):
    """The boundaries there are."""

    city: str
    items: list[BoundaryRecord]


@router.get("/accounts", summary="Boundaries of accounts")
def boundaries(query: Annotated[NoQuery, Query()], now: Current) -> BoundaryList:
    """List what each boundary counts, by whose rule, under which switches."""
    return BoundaryList(city=now.city.id, items=BoundaryRecord.all(declared.load()))


@router.get("/accounts/{id}", summary="The account of one boundary and year")
def account(id: PathId, query: Annotated[AccountQuery, Query()], now: Current) -> AccountRecord:
    """Give what `dafeng account --json` prints."""
    return AccountRecord.build(made(now.city, id, query.year, query.place, **query.switches()))


@router.get("/accounts/{id}/reconciliation", summary="From one boundary to another, item by item")
def reconciliation(id: PathId, query: Annotated[WalkQuery, Query()], now: Current) -> WalkRecord:
    """Give the steps between two totals, net and absolute."""
    return WalkRecord.build(walked(now.city, id, query.to, query.year))


@router.get("/accounts/{id}/decomposition", summary="What changed a total between two years")
def decomposition(id: PathId, query: Annotated[SpanQuery, Query()], now: Current) -> DecompositionRecord:
    """Give what `dafeng decompose --json` prints."""
    found = change(now.city, id, query.start, query.end, query.place, drivers=query.drivers, **query.switches())
    return DecompositionRecord.build(now.city.id, id, found)


@router.get("/accounts/{id}/peak", summary="Whether a total, or one sector of it, has peaked")
def peaked(id: PathId, query: Annotated[PeakQuery, Query()], now: Current) -> PeakTestRecord:
    """Give what `dafeng peak --json` prints."""
    found = all_years(now.city, id, query.place, **query.switches())
    today = now.today.year
    if query.sector is None:
        finding, series = peak(now.city, id, query.place, today, **query.switches()), found.totals()
    else:
        finding = sector_peak(found, query.sector, reallocated=query.reallocated, today=today)
        series = series_of(found, "sector", query.sector, query.reallocated)
    return PeakTestRecord.build(now.city.id, id, finding, series, found.ledger.place, query.sector or "")


@router.get("/accounts/{id}/peaks", summary="Which sectors of a total have peaked")
def sectors(id: PathId, query: Annotated[SwitchQuery, Query()], now: Current) -> PeakList:
    """Give what `dafeng peak --sectors --json` prints; sectors without figures above zero are left out."""
    found = all_years(now.city, id, query.place, **query.switches())
    series = parts_by_year(found, "sector")
    judged = peaks(now.city, id, "sector", query.place, now.today.year, **query.switches())
    place = found.ledger.place
    items = [PeakTestRecord.build(now.city.id, id, one, series[label], place, label) for label, one in judged.items()]
    return PeakList(city=now.city.id, place=place, boundary=id, items=items)


@router.get("/accounts/{id}/nowcast", summary="Estimates for the years after the last account")
def nowcast(id: PathId, query: Annotated[NowcastQuery, Query()], now: Current) -> NowcastRecord:
    """Give what `dafeng nowcast --json` prints: estimates, how such estimates did, and which proxies are missing."""
    return NowcastRecord.build(estimated(now.city, id, query.place, query.year, **query.switches()))
