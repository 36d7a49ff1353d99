"""The service itself: the city, the methods, health, the description of the API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from dafeng.api.answers import fleeting, lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import NoQuery
from dafeng.report import compose
from dafeng.report.records import CityRecord, HealthRecord, MethodsRecord

router = APIRouter(tags=["service"])
kept = [Depends(lasting)]


@router.get("/city", summary="The city and what its pack holds", dependencies=kept)
def city(query: Annotated[NoQuery, Query()], now: Current) -> CityRecord:
    """Give the city, its places, its plans and how much of everything there is."""
    return compose.city_record(now.city, now.today)


@router.get("/methods", summary="The rules that make a verdict", dependencies=kept)
def rules(query: Annotated[NoQuery, Query()], now: Current) -> MethodsRecord:
    """Give the thresholds, the method of the projection and the rules in the order they are tried."""
    return compose.methods_record(now.city, now.today)


@router.get("/health", summary="Whether the service works", dependencies=[Depends(fleeting)])
def alive(query: Annotated[NoQuery, Query()], now: Current) -> HealthRecord:
    """Answer 200 where the city is loaded."""
    return compose.health_record(now.city, now.today)


@router.get("/openapi.json", summary="This description", include_in_schema=False, dependencies=kept)
def description(request: Request, response: Response) -> dict[str, Any]:
    """Give the OpenAPI description of the API."""
    schema: dict[str, Any] = request.app.openapi()
    root = request.scope.get("root_path", "")
    return {**schema, "servers": [{"url": root or "/"}]}
