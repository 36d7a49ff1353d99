"""Districts compared and rolled up from the activity that was entered; sums over enterprises, never single ones."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.accounts.district import city_totals, compare, district_series, imported_share, of_places, roll_up
from dafeng.accounts.district.change import change
from dafeng.accounts.enterprise.desk import Desk
from dafeng.accounts.enterprise.rows import Rows
from dafeng.accounts.peak import find
from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id, NoQuery, PathId, Year
from dafeng.api.parameters import Query as Parameters
from dafeng.factors.select import known
from dafeng.report.records.accounts import PeakTestRecord
from dafeng.report.records.districts import DistrictChangeRecord, DistrictList, RollUpRecord

router = APIRouter(tags=["results"], dependencies=[Depends(lasting)])


class DistrictQuery(Parameters):
    """Which year is accounted, and with whose factors."""

    year: Year = Field(description="Year of the activity")
    regime: Id = Field(default="inventory-2025", description="Factor regime of fuels, heat and electricity")
    electricity: Id | None = Field(default=None, description="Factor regime of electricity, where it is another")
    factor_year: Year | None = Field(default=None, description="Year of the factors; that of the activity by default")


class RollUpQuery(DistrictQuery):
    """What the sum is held against."""

    imported: float | None = Field(
        default=None, ge=0, le=1, description="Share of electricity from outside the city; the published one by default"
    )
    boundary: Id = Field(default="assessed", description="Boundary of the city account it is held against")


def _rows(desk: Desk, query: DistrictQuery) -> Rows:
    for one in filter(None, (query.regime, query.electricity)):
        known("regime", one, desk.names.factors.library.regimes)
    held = desk.names
    return of_places(
        desk.table(of_places=True),
        query.year,
        held.factors,
        held.methods,
        query.regime,
        desk.region,
        query.electricity or "",
        query.factor_year,
    )


@router.get("/districts", summary="Districts and key areas side by side")
def districts(query: Annotated[DistrictQuery, Query()], now: Current) -> DistrictList:
    """Give what `dafeng district compare --json` prints; districts without activity are listed as missing."""
    with now.desk() as desk:
        return DistrictList.build(now.city, query.year, compare(_rows(desk, query)))


class DistrictSpan(Parameters):
    """Between which years the sum over districts changed, and with whose factors."""

    start: Year = Field(description="First year")
    end: Year = Field(description="Last year")
    regime: Id = Field(default="inventory-2025", description="Factor regime of fuels, heat and electricity")
    electricity: Id | None = Field(default=None, description="Factor regime of electricity, where it is another")
    factor_year: Year | None = Field(default=None, description="Year of the factors; that of the activity by default")


@router.get("/districts/decomposition", summary="What changed the sum over districts between two years")
def decomposition(query: Annotated[DistrictSpan, Query()], now: Current) -> DistrictChangeRecord:
    """Give what `dafeng district decompose --json` prints: each factor's effect, in all and in each district."""
    held = {"regime": query.regime, "electricity": query.electricity, "factor_year": query.factor_year}
    places = [place.id for place in now.city.places if place.kind == "district"]
    with now.desk() as desk:
        first, last = (_rows(desk, DistrictQuery(year=year, **held)) for year in (query.start, query.end))
        return DistrictChangeRecord.build(now.city, change(first, last, places, desk.names.factors, desk.region))


@router.get("/districts/{id}/peak", summary="Whether a district has peaked, by the activity entered for it")
def peaked(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> PeakTestRecord:
    """Give what `dafeng peak --place ID --json` prints; 'too_short' without eight whole years."""
    now.city.place(id)
    with now.desk() as desk:
        series = district_series(desk, id, "inventory-2025")
    finding = find(list(series), list(series.values()), today=now.today.year)
    return PeakTestRecord.build(now.city.id, "district", finding, series, id)


@router.get("/districts/roll-up", summary="Districts added up to the city, what stands twice taken out")
def rolled(query: Annotated[RollUpQuery, Query()], now: Current) -> RollUpRecord:
    """Give what `dafeng district roll-up --json` prints: gross, what stands twice, net, and the remainder."""
    published = imported_share(now.city, query.year) if query.imported is None else None
    share = published.share if published is not None else query.imported
    whole = city_totals(now.city, query.boundary, query.year, share)
    places = [place.id for place in now.city.places if place.kind == "district"]
    with now.desk() as desk:
        found = roll_up(_rows(desk, query), places, whole)
    return RollUpRecord.build(now.city, found, published, query.imported)
