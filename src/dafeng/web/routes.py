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
from dafeng.web.views.accounts import (
    district_change,
    districts,
    enterprises,
    estimate,
    explorer,
    factors,
    indicators,
    peaks,
    walk,
)
from dafeng.web.views.pathway import difference, explain, money, past, seek, simulator
from dafeng.web.views.pathway import files as pathway_files
from dafeng.web.views.pathway import places as pathway_places
from dafeng.web.views.power import alternatives as power_alternatives
from dafeng.web.views.power import ask as power_ask
from dafeng.web.views.power import balance as power_balance
from dafeng.web.views.power import compare as power_compare
from dafeng.web.views.power import coupling as power_coupling
from dafeng.web.views.power import curves as power_curves
from dafeng.web.views.power import files as power_files
from dafeng.web.views.power import flexibility
from dafeng.web.views.power import overview as power_overview
from dafeng.web.views.power import previews as power_previews
from dafeng.web.views.power import week as power_week

#: Characters a query may have; a form without scripts sends every lever of the simulator.
LONGEST, LONGEST_FORM = 2_000, 8_000


@dataclass(frozen=True, slots=True)
class Route:
    """An address under /zh and /en, the view that collects its values, and the template that prints them.

    A view that gives a ready response (a CSV file) needs no template. `keep` lets an answer be kept for as long as
    pack, database and day are the same.
    """

    path: str
    view: Callable[..., Any]
    template: str = ""
    longest: int = LONGEST
    """Characters its query may have."""
    keep: bool = True


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
    Route("/districts/change", district_change.show, "district_change.html"),
    Route("/districts/{id}", districts.show, "district.html"),
    Route("/enterprises", enterprises.listing, "enterprises.html"),
    Route("/enterprises/{id}.xlsx", enterprises.xlsx),
    Route("/enterprises/{id}", enterprises.show, "enterprise.html"),
    Route("/pathway", simulator.show, "pathway.html", LONGEST_FORM),
    Route("/pathway/result", simulator.result, "pathway_result.html"),
    Route("/pathway/odds", simulator.odds, "pathway_odds.html"),
    Route("/pathway/explain", explain.show, "pathway_explain.html"),
    Route("/pathway/difference", difference.show, "pathway_difference.html"),
    Route("/pathway/seek", seek.show, "pathway_seek.html"),
    Route("/pathway/cost", money.show, "pathway_money.html"),
    Route("/pathway/past", past.show, "pathway_past.html"),
    Route("/pathway/places", pathway_places.listing, "pathway_places.html"),
    Route("/pathway/places/{id}", pathway_places.show, "pathway_place.html"),
    Route("/pathway-places.csv", pathway_places.csv),
    Route("/pathway.csv", pathway_files.csv),
    Route("/pathway-iamc.csv", pathway_files.iamc),
    Route("/pathway.xlsx", pathway_files.xlsx),
    Route("/pathway.svg", pathway_files.svg),
    Route("/power", power_overview.show, "power.html", keep=False),
    Route("/power/week", power_week.show, "power_week.html", keep=False),
    Route("/power/curves", power_curves.show, "power_curves.html", keep=False),
    Route("/power/balance", power_balance.show, "power_balance.html", keep=False),
    Route("/power/flexibility", flexibility.show, "power_flexibility.html", keep=False),
    Route("/power/coupling", power_coupling.show, "power_coupling.html", keep=False),
    Route("/power/alternatives", power_alternatives.show, "power_alternatives.html", keep=False),
    Route("/power/previews", power_previews.show, "power_previews.html", keep=False),
    Route("/power/compare", power_compare.show, "power_compare.html", keep=False),
    Route("/power/solve", power_ask.form, "power_solve.html", keep=False),
    Route("/power/jobs/{id}", power_ask.job, "power_job.html", keep=False),
    Route("/power/hours.csv", power_files.csv, keep=False),
    Route("/power/answer.xlsx", power_files.xlsx, keep=False),
    Route("/factors", factors.listing, "factors.html"),
    Route("/factors/{id}", factors.show, "factor.html"),
)
