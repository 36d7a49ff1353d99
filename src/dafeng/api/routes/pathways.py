"""Pathways: where the city goes under a scenario, when it peaks, what closes the gap, whose doing it is."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from dafeng.api.answers import lasting
from dafeng.api.dependencies import Current
from dafeng.api.parameters import Id, NoQuery, PathId, Year
from dafeng.api.parameters import Query as Asked
from dafeng.pathway import Pathway, Scenario, load, project
from dafeng.pathway.abatement import curve
from dafeng.pathway.attribution import attribute
from dafeng.pathway.cost import cost
from dafeng.pathway.effort import least_effort
from dafeng.pathway.hindcast import hindcast
from dafeng.pathway.places import by_place
from dafeng.pathway.scenario import Setting
from dafeng.pathway.seek import seek
from dafeng.pathway.sensitivity import sensitivity
from dafeng.pathway.written import setting_of
from dafeng.report.records.pathway_answers import (
    AttributionRecord,
    EffortRecord,
    HindcastRecord,
    SensitivityRecord,
    SoughtRecord,
)
from dafeng.report.records.pathway_costs import CostRecord, CurveRecord
from dafeng.report.records.pathways import LeverList, ProjectionRecord, ScenarioList
from dafeng.report.records.places import PlacesRecord

router = APIRouter(prefix="/pathway", tags=["pathways"], dependencies=[Depends(lasting)])

#: Bounds of one answer: what takes longer is a matter for the command line.
MOST_DRAWS, MOST_ROWS, MOST_LEVERS = 2_000, 256, 200
_WORD = r"[a-z0-9]+(-[a-z0-9]+)*"
_NUMBER = r"[-+]?[0-9]{1,12}(\.[0-9]{1,12})?"
#: A word that is no number, NaN among them, is let through, so that the answer names the lever and the remedy.
_DONE = r"(,[0-9]{4}-[0-9]{4}(,(linear|s-curve|step))?)?"
Assignment = Annotated[str, Field(pattern=rf"^{_WORD}(@{_WORD})?=({_NUMBER}|[A-Za-z]{{1,12}}){_DONE}$", max_length=180)]
Several = Annotated[list[Id], Field(max_length=MOST_LEVERS)]


def _value(text: str) -> float | Setting:
    """Read a setting; a word is none, and the scenario refuses it by the name of its lever."""
    try:
        return setting_of(text)
    except ValueError:
        return math.nan


class ScenarioQuery(Asked):
    """Which scenario is meant, and what is set otherwise in it."""

    scenario: Id | None = Field(default=None, description="Scenario id; that of the pack where left out")
    token: str | None = Field(default=None, max_length=8000, description="A kept scenario, in place of one of the pack")
    set: Annotated[list[Assignment], Field(max_length=MOST_LEVERS)] = Field(
        default=[],
        description="lever=value, or lever@place=value for one district; ,start-end and ,shape (linear, s-curve, step) "
        "behind it say when it is done; repeat for several",
    )

    def chosen(self, pathway: Pathway) -> Scenario:
        """Give the scenario with its settings."""
        settings = {id: _value(value) for id, _, value in (text.partition("=") for text in self.set)}
        base = pathway.restored(self.token) if self.token else pathway.scenario(self.scenario or "")
        return pathway.scenario(base, settings)


class ProjectionQuery(ScenarioQuery):
    """Which scenario is projected, with how many draws."""

    draws: int = Field(default=0, ge=0, le=MOST_DRAWS, description="Draws of what is uncertain")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Seed of the draws")


class PlacesQuery(ScenarioQuery):
    """Which scenario is divided among places, and what is counted."""

    boundary: Id | None = Field(
        default=None, description="What is counted, imported electricity included; the first of the pack where left out"
    )


class AttributionQuery(Asked):
    """Which two scenarios are held against each other."""

    scenario: Id | None = Field(default=None, description="Scenario id; that of the pack where left out")
    against: Id = Field(default="current", description="Scenario it is held against")
    year: Year = Field(default=2030, description="Year of the difference")
    boundary: Id | None = Field(default=None, description="What is counted; the first of the pack where left out")


class SeekQuery(ScenarioQuery):
    """Which target is sought with which lever."""

    target: Id = Field(description="Target that is to be met")
    lever: Id = Field(description="Lever that may move")
    decided: Year | None = Field(default=None, description="Year of the decision: lead times then limit the lever")


class EffortQuery(ScenarioQuery):
    """Which targets are sought at once, with which levers."""

    target: Annotated[list[Id], Field(min_length=1, max_length=30)] = Field(
        description="Target that is to be met, or peak; repeat for several"
    )
    lever: Several = Field(default=[], description="Lever that may move; every working measure where left out")
    decided: Year | None = Field(default=None, description="Year of the decision: lead times then limit the levers")


class SensitivityQuery(Asked):
    """Which scenario's peak is explained."""

    scenario: Id | None = Field(default=None, description="Scenario id; that of the pack where left out")
    boundary: Id | None = Field(default=None, description="What is counted; the first of the pack where left out")
    size: int = Field(default=128, ge=2, le=MOST_ROWS, description="Rows of the design")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Seed of the draws")


class PastQuery(Asked):
    """From when the past is run."""

    start: Year = Field(default=2015, description="Year the model starts from")


class CostQuery(ScenarioQuery):
    """Which scenario's cost is held against which."""

    against: Id = Field(default="current", description="Scenario it is held against")
    boundary: Id | None = Field(default=None, description="What is counted; the first of the pack where left out")


class CurveQuery(ScenarioQuery):
    """From which scenario, in which year the way down is sought."""

    year: Year = Field(default=2030, description="Year of the curve")
    boundary: Id | None = Field(default=None, description="What is counted; the first of the pack where left out")
    steps: int = Field(default=8, ge=1, le=12, description="Points of the curve")


@router.get("/scenarios", summary="Scenarios")
def scenarios(query: Annotated[NoQuery, Query()], now: Current) -> ScenarioList:
    """List the scenarios of the pack with their hashes and settings."""
    return ScenarioList.build(load(now.city))


@router.get("/levers", summary="Levers")
def levers(query: Annotated[NoQuery, Query()], now: Current) -> LeverList:
    """List every lever: what it moves, its range and lead time, and what each scenario sets it to."""
    return LeverList.build(load(now.city))


@router.get("/projection", summary="CO2, peak and targets of a scenario")
def projection(query: Annotated[ProjectionQuery, Query()], now: Current) -> ProjectionRecord:
    """Give what `dafeng project --json` prints."""
    pathway = load(now.city)
    return ProjectionRecord.build(pathway, project(pathway, query.chosen(pathway), draws=query.draws, seed=query.seed))


@router.get("/places", summary="CO2 and peak of a scenario by district")
def places(query: Annotated[PlacesQuery, Query()], now: Current) -> PlacesRecord:
    """Give what `dafeng project --by-place --json` prints.

    No district publishes its energy: each part says by which key it is allocated, or which own fact it rests on; the
    districts and what is not divided sum to the city.
    """
    pathway = load(now.city)
    return PlacesRecord.build(pathway, by_place(pathway, query.chosen(pathway), boundary=query.boundary or ""))


@router.get("/places/{id}", summary="CO2 and peak of a scenario in one district or area")
def place(id: PathId, query: Annotated[PlacesQuery, Query()], now: Current) -> PlacesRecord:
    """Give what `dafeng project --place ID --json` prints, with every part of every line by year."""
    pathway = load(now.city)
    found = by_place(pathway, query.chosen(pathway), boundary=query.boundary or "", places=[id])
    return PlacesRecord.build(pathway, found, parts=True)


@router.get("/attribution", summary="Whose doing the difference of two scenarios is")
def attribution(query: Annotated[AttributionQuery, Query()], now: Current) -> AttributionRecord:
    """Give Shapley values of the plan's actions and Owen values of their levers; they sum to the difference."""
    found = attribute(load(now.city), query.scenario or "", query.against, query.year, query.boundary or "")
    return AttributionRecord.build(found)


@router.get("/seek", summary="What one lever must be")
def sought(query: Annotated[SeekQuery, Query()], now: Current) -> SoughtRecord:
    """Seek the setting of one lever that meets one target, all else as in the scenario."""
    pathway = load(now.city)
    return SoughtRecord.of(seek(pathway, query.target, query.lever, query.chosen(pathway), query.decided))


@router.get("/effort", summary="The least moves that meet several targets")
def effort(query: Annotated[EffortQuery, Query()], now: Current) -> EffortRecord:
    """Seek the least moves of many levers that meet all targets named, within their lead times."""
    pathway = load(now.city)
    found = least_effort(pathway, query.target, query.lever, query.chosen(pathway), query.decided)
    return EffortRecord.build(found)


@router.get("/sensitivity", summary="What decides the peak")
def decides(query: Annotated[SensitivityQuery, Query()], now: Current) -> SensitivityRecord:
    """Give the part of the variance of the peak year that each uncertain quantity explains."""
    pathway = load(now.city)
    return SensitivityRecord.build(
        sensitivity(pathway, query.scenario or "", query.boundary or "", query.size, query.seed)
    )


@router.get("/hindcast", summary="The past run through the model")
def past(query: Annotated[PastQuery, Query()], now: Current) -> HindcastRecord:
    """Give what `dafeng hindcast --json` prints."""
    pathway = load(now.city)
    return HindcastRecord.build(pathway, hindcast(pathway, query.start))


@router.get("/cost", summary="What a scenario costs against another")
def costs(query: Annotated[CostQuery, Query()], now: Current) -> CostRecord:
    """Give yearly cost, its parts, investment and cost per tonne, in the money of one year."""
    pathway = load(now.city)
    return CostRecord.build(pathway, cost(pathway, query.chosen(pathway), query.against, query.boundary or ""))


@router.get("/abatement", summary="The cheapest way down in one year")
def abatement(query: Annotated[CurveQuery, Query()], now: Current) -> CurveRecord:
    """Give the marginal abatement cost curve, ordered by what the levers cost together."""
    pathway = load(now.city)
    return CurveRecord.build(
        pathway, curve(pathway, query.year, query.chosen(pathway), query.boundary or "", query.steps)
    )
