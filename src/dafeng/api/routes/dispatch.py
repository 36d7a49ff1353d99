"""The power system hour by hour, solved as jobs: ask, look, take the answer, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dafeng.api.answers import fleeting
from dafeng.api.dependencies import Current, Now
from dafeng.api.parameters import NoQuery, PathId
from dafeng.dispatch import imported
from dafeng.dispatch.jobs import Busy, Job, Jobs, name_of
from dafeng.dispatch.pack import has_power
from dafeng.errors import NotFound, Refused
from dafeng.pathway import load as load_pathway

if TYPE_CHECKING:
    from dafeng.web.site import Site


def json_only(request: Request) -> None:
    """Refuse a body that says it is no JSON: a form of another site cannot ask for a solve."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "the question is no JSON. Send it as application/json.")


router = APIRouter(tags=["power"], dependencies=[Depends(fleeting)])


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
    step: Literal[1, 2, 3] = Field(default=3, description="Hours in a step; 2 and 3 are previews")
    cuts: list[Annotated[float, Field(gt=0, lt=1)]] = Field(
        default=[], max_length=6, description="Parts by which CO2 is to fall, for the curve of abatement"
    )


class JobRecord(BaseModel):
    """A job as it stands."""

    id: str
    status: Literal["waiting", "running", "done", "failed"]
    question: dict[str, Any]
    progress: float | None = Field(description="Part of the way to the optimum")
    iteration: int | None
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
            error=dict(job.error) if job.error else None,
        )


ByYear = dict[str, dict[str, float]]


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
    return question.model_dump()


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
