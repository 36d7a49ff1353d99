"""Solves as jobs, for people: a form, a page that shows how far one is, a button that stops it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dafeng.dispatch import imported
from dafeng.dispatch.alternatives import PARTS
from dafeng.dispatch.coupling import ROUNDS
from dafeng.dispatch.jobs import MOST_WAITING, Busy, Job, name_of
from dafeng.dispatch.pack import answers_of, has_power
from dafeng.dispatch.task import asked_of
from dafeng.errors import DafengError, NotFound
from dafeng.labels import LANGUAGES, Language
from dafeng.report import wording
from dafeng.web import query
from dafeng.web.page import Page
from dafeng.web.review.access import from_here
from dafeng.web.views.power.asked import Asked, read, said_of
from dafeng.web.views.power.kept import jobs_of

#: Bytes of a form, years of a question, cuts of a curve of abatement.
MOST_BYTES, MOST_YEARS = 4_000, 4
CUTS = (0.05, 0.1, 0.2, 0.3)
STEPS = (3, 2, 1)
#: Typical days that may stand for a year.
DAYS = (12, 24)
#: What else a solve may be asked for.
MORE = ("cuts", "ranges", "couple")
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
        "days": DAYS,
        "more": query.one(page.params, "more", MORE),
        "couples": bool(answers_of(page.snapshot.city).scenario.back) and bool(_scenarios(page)),
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
    preview = question["step"] > 1 or question.get("days", 0) > 0
    parts += said_of(
        page,
        {
            **({"coupling": True} if question.get("couple") else {}),
            "alternatives": question.get("within"), "abatement": question["cuts"],
            "days": question.get("days", 0), "step": question["step"], "preview": preview,
        },
    )  # fmt: skip
    parts += [] if preview else [_("every hour")]
    parts += [_("with its error measured")] if question.get("measure") else []
    words = {"waiting": _("waits"), "running": _("is being solved"), "done": _("done"), "failed": _("failed")}
    return {
        "id": job.id,
        "status": job.status,
        "word": words[job.status],
        "title": wording.join(parts, page.language),
        "progress": round(100 * (job.progress or 0.0)),
        "iteration": job.iteration,
        "shown": asked.page.url("power", *_slug(question), a=job.id, as_of=None),
        "leg": _leg(asked, job.leg),
        "error": job.error["message"] if job.error else "",
    }


def _slug(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the page that shows what a question was about."""
    if question.get("couple"):
        return ("coupling",)
    return ("alternatives",) if question.get("within") else ()


def _leg(asked: Asked, leg: Mapping[str, Any] | None) -> str:
    """Say which part of its work a job is at; "" where there is only one."""
    _ = asked.page.words.gettext
    if leg is None or (leg["of"] <= 1 and leg["what"] != "round"):
        return ""
    if leg["what"] == "round":
        return _("round %(number)s of at most %(most)s") % {"number": leg["number"] + 1, "most": ROUNDS}
    if leg["what"] == "cut":
        word = _("CO2 cut by %(share)s") % {"share": wording.percent(float(leg["name"]))}
    elif leg["what"] == "range":
        word = _("range of %(name)s") % {"name": asked.name(leg["name"])}
    else:
        word = _("all hours, to measure the preview") if leg["what"] == "whole" else _("least cost")
    part = _("part %(number)s of %(of)s") % {"number": leg["number"] + 1, "of": leg["of"]}
    return wording.join([part, word], asked.page.language)


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
    if query.one(body, "more", MORE) == "couple" and not query.text(body, "scenario"):
        _ = page.words.gettext
        return _again(page, draw, _("Choose the scenario that is to be coupled with the hourly model."), 422)
    question = _question(page, body)
    site, city = page.site, page.snapshot.city
    id = name_of(question, city.version, imported.folder(site.database or "", city.id))
    asked = {**question, "city": str(city.folder), "database": site.database}
    try:
        found = jobs_of(site, city).submit(asked, id)
    except Busy:
        refused = page.words.gettext("%(most)s solves wait already. Ask again when one has ended.")
        answer = _again(page, draw, refused % {"most": MOST_WAITING}, 429)
        answer.headers["retry-after"] = "30"
        return answer
    return RedirectResponse(page.url("power", "jobs", found.id, as_of=None), 303)


def _again(page: Page, draw: Drawn, refused: str, status: int) -> Response:
    answer = draw("power_solve.html", page, form(page, refused))
    answer.status_code = status
    return answer


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
    chosen = query.one(params, "step", [*map(str, STEPS), *(f"days{days}" for days in DAYS)]) or str(STEPS[0])
    days = int(chosen.removeprefix("days")) if chosen.startswith("days") else 0
    more = query.one(params, "more", MORE)
    scenario = query.one(params, "scenario", [id for id, _label in _scenarios(page)])
    return asked_of(
        years, scenario, "staged", 1 if days else int(chosen), CUTS if more == "cuts" else (),
        days=days, measure=bool(query.one(params, "measure", ["1"])) and more != "couple",
        within=PARTS if more == "ranges" else (), couple=more == "couple",
    )  # fmt: skip
