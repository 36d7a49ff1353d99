"""Solves as jobs, for people: a form, a page that shows how far one is, a button that stops it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dafeng.dispatch import imported
from dafeng.dispatch.jobs import MOST_WAITING, Busy, Job, name_of
from dafeng.dispatch.pack import has_power
from dafeng.errors import DafengError, NotFound
from dafeng.labels import LANGUAGES, Language
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.review.access import from_here
from dafeng.web.views.power.asked import Asked, read
from dafeng.web.views.power.kept import jobs_of

#: Bytes of a form, years of a question, cuts of a curve of abatement.
MOST_BYTES, MOST_YEARS = 4_000, 4
CUTS = (0.05, 0.1, 0.2, 0.3)
STEPS = (3, 2, 1)
#: Seconds after which a page without scripts looks again.
AGAIN = 5


def form(page: Page, refused: str = "") -> dict[str, Any]:
    """Give the values of the page with the form and all jobs."""
    asked = read(page)
    spec = asked.spec
    first = spec.since or min(spec.periods)
    years = sorted({*range(first, min(spec.periods)), *spec.periods})
    jobs = jobs_of(page.site, page.snapshot.city)
    return {
        "asked": asked,
        "held": asked.held,
        "refused": refused,
        "years": [(year, year in spec.periods) for year in years],
        "scenarios": _scenarios(page),
        "steps": STEPS,
        "most": MOST_WAITING,
        "jobs": [_told(asked, jobs.get(id)) for id in _alive(page)],
    }


def _alive(page: Page) -> list[str]:
    jobs = jobs_of(page.site, page.snapshot.city)
    out = []
    for id in jobs.known():
        try:
            jobs.get(id)
        except NotFound:
            continue
        out.append(id)
    return out


def _scenarios(page: Page) -> list[tuple[str, str]]:
    if not page.snapshot.has_pathway:
        return []
    from dafeng.pathway import load  # noqa: PLC0415 - heavy, and not every city has one

    try:
        return [(each.id, page.label(each.label)) for each in load(page.snapshot.city).scenarios.values()]
    except DafengError:
        return []


def _told(asked: Asked, job: Job) -> dict[str, Any]:
    page = asked.page
    _ = page.words.gettext
    question = job.question
    years = wording.listed([str(year) for year in question["years"] or asked.spec.periods], page.language)
    parts = [years, asked.scenario(question["scenario"]) if question["scenario"] else _("the pack’s own figures")]
    parts.append(
        _("every hour")
        if question["step"] == 1
        else _("preview, steps of %(hours)s hours") % {"hours": question["step"]}
    )
    if question["cuts"]:
        parts.append(_("with the curve of abatement"))
    words = {"waiting": _("waits"), "running": _("is being solved"), "done": _("done"), "failed": _("failed")}
    return {
        "id": job.id,
        "status": job.status,
        "word": words[job.status],
        "title": wording.join(parts, page.language),
        "progress": round(100 * (job.progress or 0.0)),
        "iteration": job.iteration,
        "error": job.error["message"] if job.error else "",
    }


def job(page: Page, id: str) -> dict[str, Any]:
    """Give the values of the page of one job."""
    asked = read(page)
    found = jobs_of(page.site, page.snapshot.city).get(id)
    return {
        "asked": asked,
        "held": asked.held,
        "job": _told(asked, found),
        "again": AGAIN if found.status in ("waiting", "running") else 0,
    }


Made = Callable[[Request, Language], Page]
Drawn = Callable[..., Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def add(app: FastAPI, page_of: Made, draw: Drawn) -> None:
    """Add the addresses that take a question in and stop a job."""
    for language in LANGUAGES:
        app.add_route(
            f"/{language}/power/solve", _submit(page_of, draw, language), methods=["POST"], include_in_schema=False
        )
        app.add_route(
            f"/{language}/power/jobs/{{id}}/stop", _stop(page_of, language), methods=["POST"], include_in_schema=False
        )


def _submit(
    page_of: Made, draw: Callable[..., Response], language: Language
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        page = page_of(request, language)
        _guard(request, page)
        return await run_in_threadpool(_taken, page, await _body(request), draw)

    return endpoint


def _taken(page: Page, body: query.Params, draw: Drawn) -> Response:
    question = _question(page, body)
    site, city = page.site, page.snapshot.city
    id = name_of(question, city.version, imported.folder(site.database or "", city.id))
    asked = {**question, "city": str(city.folder), "database": site.database}
    try:
        found = jobs_of(site, city).submit(asked, id)
    except Busy:
        refused = page.words.gettext("%(most)s solves wait already. Ask again when one has ended.") % {
            "most": MOST_WAITING
        }
        answer = draw("power_solve.html", page, form(page, refused))
        answer.status_code = 429
        answer.headers["retry-after"] = "30"
        return answer
    return RedirectResponse(page.url("power", "jobs", found.id, as_of=None), 303)


def _stop(page_of: Made, language: Language) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        page = page_of(request, language)
        _guard(request, page)
        jobs = jobs_of(page.site, page.snapshot.city)
        await run_in_threadpool(jobs.cancel, request.path_params["id"])
        return RedirectResponse(page.url("power", "solve", as_of=None), 303)

    return endpoint


def _guard(request: Request, page: Page) -> None:
    if not has_power(page.snapshot.city):
        raise NotFound("power system", page.snapshot.city.id)
    if not from_here(request):
        raise query.BadQuery("origin", request.headers.get("origin", ""))


async def _body(request: Request) -> dict[str, tuple[str, ...]]:
    text = b""
    async for part in request.stream():
        text += part
        if len(text) > MOST_BYTES:
            raise query.BadQuery("form", f"> {MOST_BYTES}")
    found: dict[str, tuple[str, ...]] = {}
    try:
        pairs = parse_qsl(text.decode("ascii"), max_num_fields=100)
    except ValueError:
        raise query.BadQuery("form", "") from None
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def _question(page: Page, params: query.Params) -> dict[str, Any]:
    asked = read(page)
    first = asked.spec.since or min(asked.spec.periods)
    allowed = sorted({*range(first, min(asked.spec.periods)), *asked.spec.periods})
    years = sorted({int(year) for year in query.several(params, "years", [str(year) for year in allowed])})
    if len(years) > MOST_YEARS:
        raise query.BadQuery("years", ",".join(map(str, years)), [f"≤ {MOST_YEARS}"])
    step = query.one(params, "step", [str(step) for step in STEPS]) or str(STEPS[0])
    scenario = query.one(params, "scenario", [id for id, _label in _scenarios(page)])
    cuts = list(CUTS) if query.one(params, "cuts", ["1"]) else []
    return {"years": years, "scenario": scenario, "backend": "staged", "step": int(step), "cuts": cuts}
