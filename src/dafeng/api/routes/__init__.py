"""The addresses of the API, by what they answer."""

from __future__ import annotations

from dafeng.api.routes import (
    accounts,
    comparison,
    dispatch,
    districts,
    enterprises,
    factors,
    facts,
    indicators,
    pathways,
    plans,
    reports,
    results,
    service,
)

ROUTERS = (
    service.router,
    comparison.router,
    plans.router,
    results.router,
    facts.router,
    factors.router,
    accounts.router,
    enterprises.router,
    districts.router,
    pathways.router,
    dispatch.router,
    indicators.router,
    reports.router,
)
