"""Which address shows which page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dafeng.web.csv_file import csv_response
from dafeng.web.page import Page
from dafeng.web.views import (
    actions,
    compare,
    documents,
    facts,
    goal,
    methods,
    overview,
    target,
    targets,
    units,
    versions,
)
from dafeng.web.views.accounts import districts, enterprises, estimate, explorer, factors, indicators, peaks, walk
from dafeng.web.views.pathway import difference, explain, money, past, seek, simulator
from dafeng.web.views.pathway import files as pathway_files


@dataclass(frozen=True, slots=True)
class Route:
    """An address under /zh and /en, the view that collects its values, and the template that prints them.

    A view that gives a ready response (a CSV file) needs no template.
    """

    path: str
    view: Callable[..., Any]
    template: str = ""


def _targets_csv(page: Page) -> Any:
    return csv_response("targets.csv", *targets.table(page))


ROUTES = (
    Route("/", overview.show, "overview.html"),
    Route("/targets", targets.listing, "targets.html"),
    Route("/targets.csv", _targets_csv),
    Route("/targets/{id}", target.show, "target.html"),
    Route("/goals/{id}", goal.show, "goal.html"),
    Route("/actions", actions.listing, "actions.html"),
    Route("/actions/{id}", actions.show, "action.html"),
    Route("/chapters/{id}", actions.chapter, "chapter.html"),
    Route("/units", units.listing, "units.html"),
    Route("/units/{id}", units.show, "unit.html"),
    Route("/facts", facts.listing, "facts.html"),
    Route("/facts/{id}.csv", facts.download),
    Route("/facts/{id}", facts.show, "fact.html"),
    Route("/documents", documents.listing, "documents.html"),
    Route("/documents/{id}", documents.show, "document.html"),
    Route("/versions", versions.show, "versions.html"),
    Route("/compare", compare.show, "compare.html"),
    Route("/methods", methods.show, "methods.html"),
    Route("/accounts", explorer.show, "accounts.html"),
    Route("/accounts.csv", explorer.csv),
    Route("/accounts.xlsx", explorer.xlsx),
    Route("/gpc.xlsx", explorer.gpc_table),
    Route("/accounts/reconciliation", walk.between, "account_walk.html"),
    Route("/accounts/change", walk.moved, "account_change.html"),
    Route("/accounts/peak", peaks.show, "account_peak.html"),
    Route("/accounts/estimate", estimate.show, "account_estimate.html"),
    Route("/accounts/indicators", indicators.show, "account_indicators.html"),
    Route("/districts", districts.listing, "districts.html"),
    Route("/districts/{id}", districts.show, "district.html"),
    Route("/enterprises", enterprises.listing, "enterprises.html"),
    Route("/enterprises/{id}.xlsx", enterprises.xlsx),
    Route("/enterprises/{id}", enterprises.show, "enterprise.html"),
    Route("/pathway", simulator.show, "pathway.html"),
    Route("/pathway/result", simulator.result, "pathway_result.html"),
    Route("/pathway/odds", simulator.odds, "pathway_odds.html"),
    Route("/pathway/explain", explain.show, "pathway_explain.html"),
    Route("/pathway/difference", difference.show, "pathway_difference.html"),
    Route("/pathway/seek", seek.show, "pathway_seek.html"),
    Route("/pathway/cost", money.show, "pathway_money.html"),
    Route("/pathway/past", past.show, "pathway_past.html"),
    Route("/pathway.csv", pathway_files.csv),
    Route("/pathway-iamc.csv", pathway_files.iamc),
    Route("/pathway.xlsx", pathway_files.xlsx),
    Route("/pathway.svg", pathway_files.svg),
    Route("/factors", factors.listing, "factors.html"),
    Route("/factors/{id}", factors.show, "factor.html"),
)
