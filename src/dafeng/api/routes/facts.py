"""What the numbers rest on: indicators, facts, documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.pages import DocumentPage, FactPage, IndicatorPage
from dafeng.api.parameters import DocumentQuery, FactQuery, IndicatorQuery, NoQuery, PathId
from dafeng.errors import NotFound
from dafeng.report import compose, select
from dafeng.report.records import DocumentDetail, IndicatorDetail

router = APIRouter(tags=["facts"], dependencies=[Depends(lasting)])


@router.get("/indicators", summary="Quantities that can be observed or computed")
def indicators(
    query: Annotated[IndicatorQuery, Query()], now: Current, request: Request, response: Response
) -> IndicatorPage:
    """Give the indicators in the order of the city pack."""
    domains = {item.id.split(".")[0] for item in now.city.indicators.values()}
    if query.domain is not None and query.domain not in domains:
        raise NotFound("domain", query.domain, sorted(domains))
    rows = [
        item
        for item in now.city.indicators.values()
        if query.domain in (None, item.id.split(".")[0])
        and select.mentions(query.q, item.id, item.label.zh, item.label.en)
    ]
    return IndicatorPage.cut(rows, query, request, response, city=now.city.id, as_of=now.today)


@router.get("/indicators/{id}", summary="One indicator")
def indicator(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> IndicatorDetail:
    """Give one indicator, the targets set on it and where it was observed."""
    return compose.indicator_record(now.city, id)


@router.get("/facts", summary="Observations, each with its source and status")
def facts(query: Annotated[FactQuery, Query()], now: Current, request: Request, response: Response) -> FactPage:
    """Give the facts asked for by indicator, place, period and source; `chosen` marks what stands for its period."""
    day = query.known_on or now.today
    wanted = compose.FactFilter(
        indicator=query.indicator,
        place=query.place,
        year=query.year,
        source=query.source,
        status=frozenset(query.status),
        known_on=day,
        chosen=query.chosen,
    )
    rows = compose.facts(now.city, wanted)
    page = compose.fact_records(now.city, rows[query.offset : query.offset + query.limit], day)
    return FactPage.of_part(page, len(rows), query, request, response, city=now.city.id, as_of=day)


@router.get("/documents", summary="Documents that numbers, clauses and notes point to")
def documents(
    query: Annotated[DocumentQuery, Query()], now: Current, request: Request, response: Response
) -> DocumentPage:
    """Give the documents in the order of the city pack."""
    rows = [
        item
        for item in now.city.documents.values()
        if select.mentions(query.q, item.id, item.title, item.title_en, item.publisher)
    ]
    return DocumentPage.cut(rows, query, request, response, city=now.city.id, as_of=now.today)


@router.get("/documents/{id}", summary="One document and what rests on it")
def document(id: PathId, query: Annotated[NoQuery, Query()], now: Current) -> DocumentDetail:
    """Give one document, the plans it carries and the indicators it gives figures of."""
    return compose.document_record(now.city, id)
