"""Emission factors: which one applies and why, what there is, where it comes from."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current, Now
from dafeng.api.pages import Page
from dafeng.api.parameters import Id, NoQuery, PageQuery, PathId, Year
from dafeng.api.parameters import Query as Parameters
from dafeng.factors import Factors, for_city
from dafeng.report.factors import home
from dafeng.report.records import LineageRecord, Record
from dafeng.report.records.factors import (
    BenchmarkRecord,
    ChoiceRecord,
    FactorDetail,
    FactorRecord,
    FactorSetRecord,
    RegimeRecord,
)

router = APIRouter(tags=["facts"], dependencies=[Depends(lasting)])
Words = Annotated[str, Field(max_length=120)]


class FactorFilter(PageQuery):
    """Which factors are wanted."""

    q: Words = Field(default="", description="Words in the id, any name, the parameter, the set or the document")
    set: Id | None = Field(default=None, description="Set id")
    what: Id | None = Field(default=None, description="Fuel or activity, by any of its names")
    parameter: Id | None = Field(default=None, description="Kind of factor, such as ncv, co2_factor or tce")
    confidence: Literal["high", "medium", "low", "unconfirmed"] | None = Field(default=None, description="Confidence")


class ChoiceQuery(Parameters):
    """What a factor is wanted for."""

    what: Id = Field(description="Fuel, energy, activity or gas, by any of its names")
    parameter: Id | None = Field(default=None, description="Kind of factor; the usual one where left out")
    regime: Id | None = Field(default=None, description="For whom the figure is made")
    set: Id | None = Field(default=None, description="Read this set alone")
    year: Year | None = Field(default=None, description="Year the figure is for")
    region: Id | None = Field(default=None, description="Region; that of the city where left out")
    sector: Id | None = Field(default=None, description="Sector, where factors differ by sector")
    unconfirmed: bool = Field(default=False, description="Also figures that could not be confirmed")
    ranges: bool = Field(default=False, description="Also ranges without a single value")


class BenchmarkQuery(PageQuery):
    """Which benchmarks are wanted."""

    q: Words = Field(default="", description="Words in the standard, product, class, grade or measure")


class FactorPage(Page[FactorRecord]):
    """Factors in the order of the files."""


class BenchmarkPage(Page[BenchmarkRecord]):
    """Efficiency benchmarks in the order of the files."""


class FactorSets(Record):
    """Regimes, and the sets they read."""

    city: str
    regimes: list[RegimeRecord]
    sets: list[FactorSetRecord]


class FactorLineage(Record):
    """Where a factor comes from."""

    id: str
    lineage: LineageRecord


def _store(now: Now) -> Factors:
    return for_city(now.city.folder)


@router.get("/factors", summary="Emission factors, each with its set and source")
def factors(query: Annotated[FactorFilter, Query()], now: Current, request: Request, response: Response) -> FactorPage:
    """Give the factors asked for: those that are unconfirmed, superseded or were not found included and marked."""
    store = _store(now)
    what = store.subject(query.what).id if query.what else None
    rows = [
        factor
        for factor in store.search(query.q)
        if query.set in (None, factor.set)
        and what in (None, factor.what)
        and query.parameter in (None, factor.parameter)
        and query.confidence in (None, factor.confidence)
    ]
    page = [FactorRecord.build(store, factor) for factor in rows[query.offset : query.offset + query.limit]]
    return FactorPage.of_part(page, len(rows), query, request, response, city=now.city.id, as_of=now.today)


@router.get("/factors/choice", summary="The factor that applies, and why")
def choice(query: Annotated[ChoiceQuery, Query()], now: Current) -> ChoiceRecord:
    """Give what `dafeng factors get --json` prints; a request that no factor fits is refused with the nearest."""
    store = _store(now)
    asked = query.model_dump(exclude={"what", "region"})
    found = store.get(query.what, region=query.region or home(store, now.city.id), **asked)
    return ChoiceRecord.build(store, found)


@router.get("/factors/sets", summary="Regimes, and the sets they read")
def sets(query: Annotated[NoQuery, Query()], now: Current) -> FactorSets:
    """Give what `dafeng factors sets --json` prints."""
    store = _store(now)
    return FactorSets(city=now.city.id, regimes=RegimeRecord.all(store), sets=FactorSetRecord.all(store))


@router.get("/factors/benchmarks", summary="Efficiency benchmarks of standards")
def benchmarks(
    query: Annotated[BenchmarkQuery, Query()], now: Current, request: Request, response: Response
) -> BenchmarkPage:
    """Give the benchmarks whose standard, product, class, grade or measure has the words."""
    store = _store(now)
    rows = store.find_benchmarks(query.q)
    page = [BenchmarkRecord.build(store, one) for one in rows[query.offset : query.offset + query.limit]]
    return BenchmarkPage.of_part(page, len(rows), query, request, response, city=now.city.id, as_of=now.today)


@router.get("/factors/{id}", summary="One factor with its document and checks")
def factor(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> FactorDetail:
    """Give one factor, the factors it is computed from, its document and what was checked."""
    store = _store(now)
    return FactorDetail.detail(store, store.factor(id))


@router.get("/factors/{id}/lineage", summary="Where one factor comes from")
def lineage(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> FactorLineage:
    """Give the tree of steps, documents and checks under one factor."""
    store = _store(now)
    return FactorLineage(id=id, lineage=LineageRecord.model_validate(store.explain(id)))
