"""The power system hour by hour, solved as jobs: ask, look, take the answer, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dafeng.api.answers import fleeting
from dafeng.api.dependencies import Current, Now
from dafeng.api.parameters import NoQuery, PathId
from dafeng.dispatch import imported
from dafeng.dispatch.alternatives import may_vary
from dafeng.dispatch.jobs import Busy, Job, Jobs, name_of
from dafeng.dispatch.pack import has_power, spec_of
from dafeng.dispatch.task import asked_of
from dafeng.errors import NotFound, Refused
from dafeng.pathway import load as load_pathway

if TYPE_CHECKING:
    from dafeng.web.site import Site


def json_only(request: Request) -> None:
    """Refuse a body that says it is no JSON: a form of another site cannot ask for a solve."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "the question is no JSON. Send it as application/json.")


router = APIRouter(tags=["power"], dependencies=[Depends(fleeting)])


Part = Annotated[float, Field(gt=0, lt=1)]


class QuestionBody(BaseModel):
    """What is asked of the power system of the city."""

    model_config = ConfigDict(extra="forbid")

    years: list[Annotated[int, Field(ge=2015, le=2060)]] = Field(
        default=[], max_length=4, description="Years modelled together, in order; those of the pack where left out"
    )
    scenario: str = Field(
        default="", max_length=60, description="Scenario of the pathway that gives demand and capacities"
    )
    backend: Literal["staged", "highs"] = Field(default="staged", description="Back end")
    step: Literal[1, 2, 3] = Field(
        default=3, description="Hours in a step; 2 and 3 are previews. With typical days 1 where left out"
    )
    days: int = Field(
        default=0, ge=0, le=100, description="Typical days that stand for the year: a preview; 0 for none"
    )
    measure: bool = Field(default=False, description="Solve all hours too, and tell how far the preview is")
    cuts: list[Part] = Field(
        default=[], max_length=6, description="Parts by which CO2 is to fall, for the curve of abatement"
    )
    within: list[Part] = Field(
        default=[],
        max_length=4,
        description="Parts by which an alternative may be dearer: least and most of every capacity for each",
    )
    vary: list[Annotated[str, Field(max_length=60)]] = Field(
        default=[], max_length=30, description="Entries whose range is asked; all where left out"
    )
    couple: bool = Field(
        default=False, description="Let the scenario and the hourly model take one another's figures, in rounds"
    )


class LegRecord(BaseModel):
    """The part of the work a job is at; `number` of `of`, from 0. How many rounds there will be is not known."""

    what: Literal["least", "cut", "range", "whole", "round"]
    number: int
    of: int
    name: str = Field(description="Part of CO2 that is cut, or entry whose range is sought")


class JobRecord(BaseModel):
    """A job as it stands."""

    id: str
    status: Literal["waiting", "running", "done", "failed"]
    question: dict[str, Any]
    progress: float | None = Field(description="Part of the way to the optimum, over all parts of the work")
    iteration: int | None
    leg: LegRecord | None = Field(default=None, description="The part of the work it is at")
    error: dict[str, Any] | None = Field(description="Why it failed: code and message")

    @classmethod
    def of(cls, job: Job) -> JobRecord:
        """Give the record of a job."""
        return cls(
            id=job.id,
            status=job.status,
            question=dict(job.question),
            progress=job.progress,
            iteration=job.iteration,
            leg=LegRecord(**job.leg) if job.leg else None,
            error=dict(job.error) if job.error else None,
        )


ByYear = dict[str, dict[str, float]]


class ErrorRecord(BaseModel):
    """How far a preview lies from all hours, as parts of the latter."""

    objective: float | None
    capacities: dict[str, float] = Field(description="By year: all differences over all capacities")
    furthest: dict[str, dict[str, Any]] = Field(description="By year: the entry that differs most, MW in both")
    co2: dict[str, float | None]
    seconds: float = Field(description="What all hours took")


class RangeRecord(BaseModel):
    """Least and most capacity of an entry in systems that cost at most a part more, MW; `bounds` are proved."""

    name: str
    year: int
    within: float
    optimum: float
    least: float
    most: float
    bounds: list[float]
    certificate: dict[str, float]
    backend: str


class ToldRecord(BaseModel):
    """A parameter of the scenario as the hourly model gives it, and as it was."""

    parameter: str
    year: int
    value: float
    before: float
    unit: str


class ComparedRecord(BaseModel):
    """A variable of the pathway by year: alone, coupled, and in the hourly model."""

    unit: str
    years: dict[str, dict[str, float | None]]


class CouplingRecord(BaseModel):
    """How a scenario and the hourly model met: what each round moved, and what the scenario was told."""

    hash: str = Field(description="Hash of the scenario that what was told belongs to")
    rounds: int
    converged: bool
    changes: list[float] = Field(description="By round: the part by which use, CO2 of a MWh or price moved")
    figures: list[dict[str, dict[str, float]]] = Field(default=[], description="Use, factor, price by round and year")
    told: list[ToldRecord]
    compared: dict[str, ComparedRecord]


class DispatchRecord(BaseModel):
    """A certified answer; years are keys. MW, GWh, t of CO2, money of the price year."""

    key: str
    spec: str
    title: dict[str, str]
    scenario: str
    status: str
    backend: str
    fallback: str = Field(description="Why another back end than the asked one gave the answer")
    step: float
    preview: bool
    days: int = Field(default=0, description="Typical days that stand for the year")
    error: ErrorRecord | None = Field(default=None, description="Of a preview: measured error; null where not measured")
    certificate: dict[str, float] = Field(description="violation and gap, relative")
    objective: float
    currency: str
    price_year: int
    years: list[int]
    labels: dict[str, dict[str, str]]
    capacities: ByYear
    built: ByYear
    energy: ByYear
    balance: dict[str, dict[str, Any]]
    emissions: dict[str, dict[str, Any]]
    prices: dict[str, dict[str, Any]]
    costs: dict[str, dict[str, float | None] | None]
    adequacy: dict[str, dict[str, float | None] | None]
    peak_day: dict[str, dict[str, Any] | None]
    worth: ByYear = Field(description="What one more kW would save in the year")
    rules: list[dict[str, Any]]
    missed: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    observed: list[dict[str, Any]] = Field(default=[], description="Facts of past years beside the model's figures")
    profiles: dict[str, str] = Field(description="synthetic, file or given")
    sources: list[dict[str, str]]
    seconds: dict[str, float]
    size: dict[str, int]
    abatement: list[dict[str, Any]] = []
    alternatives: list[RangeRecord] = []
    coupling: CouplingRecord | None = None


class JobList(BaseModel):
    """All jobs, the newest first."""

    items: list[JobRecord]


def jobs_of(request: Request, now: Current) -> Jobs:
    """Give the jobs of the city the application serves, made at the first need."""
    site: Site = request.app.state.site
    held: dict[str, Jobs] = request.app.state.__dict__.setdefault("dispatch_jobs", {})
    folder = imported.folder(site.database or "", now.city.id).parent.parent / "dispatch" / now.city.id
    return held.setdefault(str(folder), Jobs(folder))


Held = Annotated[Jobs, Depends(jobs_of)]


@router.post(
    "/dispatch/jobs",
    summary="Ask for a solve of the power system",
    status_code=202,
    dependencies=[Depends(json_only)],
    responses={
        400: {"description": "The question cannot be read."},
        413: {"description": "The question is too long."},
        415: {"description": "The question is no JSON."},
        429: {"description": "Too many jobs wait."},
    },
)
def submit(
    question: Annotated[QuestionBody, Body()],
    query: Annotated[NoQuery, Query()],
    now: Current,
    held: Held,
    request: Request,
) -> JobRecord:
    """Take a question in. The same question is the same job, and its answer is there at once where it is kept."""
    asked = _question(question, now)
    site: Site = request.app.state.site
    id = name_of(asked, now.city.version, imported.folder(site.database or "", now.city.id))
    try:
        return JobRecord.of(held.submit({**asked, "city": str(now.city.folder), "database": site.database}, id))
    except Busy as error:
        raise HTTPException(429, str(error), {"Retry-After": "30"}) from None


def _question(question: QuestionBody, now: Now) -> dict[str, Any]:
    if not has_power(now.city):
        raise NotFound("power system", now.city.id)
    if question.years != sorted(set(question.years)):
        raise Refused(f"years: {question.years} are not in order. List each year once, from the first to the last.")
    if question.scenario:
        load_pathway(now.city).scenario(question.scenario)
    if question.vary:
        spec, _series = spec_of(now.city)
        known = may_vary(spec)
        for name in question.vary:
            if name not in known:
                raise NotFound("entry whose capacity is decided", name, known)
    # Typical days have steps of one hour; whoever asks for them need not say so.
    step = 1 if question.days and "step" not in question.model_fields_set else question.step
    return asked_of(**{**question.model_dump(), "step": step})


@router.get("/dispatch/jobs", summary="The jobs")
def listed(query: Annotated[NoQuery, Query()], held: Held) -> JobList:
    """Give all jobs, the newest first."""
    return JobList(items=[JobRecord.of(held.get(id)) for id in held.known()])


@router.get("/dispatch/jobs/{id}", summary="One job as it stands")
def looked(id: PathId, query: Annotated[NoQuery, Query()], held: Held) -> JobRecord:
    """Give the status and the progress of a job."""
    return JobRecord.of(held.get(id))


@router.get(
    "/dispatch/jobs/{id}/result",
    summary="The answer of a job",
    responses={409: {"description": "The job has no answer yet."}},
)
def answered(id: PathId, query: Annotated[NoQuery, Query()], held: Held) -> DispatchRecord:
    """Give what `dafeng dispatch --json` prints: certified, or not at all."""
    return DispatchRecord.model_validate_json(held.result(id))


@router.get(
    "/dispatch/jobs/{id}/hours.csv",
    summary="The hours of a job's answer as a table",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        409: {"description": "The job has no answer yet."},
    },
)
def hours(id: PathId, query: Annotated[NoQuery, Query()], held: Held) -> Response:
    """Give load, price, CO2 and output by entry, step by step."""
    name = f"dispatch-{id[:12]}.csv"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(held.result(id, ".csv"), media_type="text/csv; charset=utf-8; header=present", headers=headers)


@router.delete("/dispatch/jobs/{id}", summary="Stop a job and forget it")
def cancelled(id: PathId, query: Annotated[NoQuery, Query()], held: Held) -> JobRecord:
    """Stop a job that waits or runs, or forget its answer; nothing of it stays."""
    return JobRecord.of(held.cancel(id))
