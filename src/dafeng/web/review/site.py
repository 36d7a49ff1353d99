"""The addresses under /zh/review and /en/review: what is under review, uploading, deciding, taking the result along."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dafeng.compiler import compile_bytes
from dafeng.compiler.readers.files import MAX_BYTES
from dafeng.errors import Conflict, NotFound, Refused
from dafeng.labels import LANGUAGES, Language
from dafeng.report import wording
from dafeng.review import Decision, Item, read_header
from dafeng.review import store as reviews
from dafeng.review.decision import from_form, write
from dafeng.review.header import refused
from dafeng.review.outcome import accepted_yaml
from dafeng.review.passage import lines
from dafeng.store import database as databases
from dafeng.web import query
from dafeng.web.i18n import mark, words
from dafeng.web.page import Page, address
from dafeng.web.review import districts
from dafeng.web.review.access import Gate, Session, from_here, own_form
from dafeng.web.review.cards import Deck
from dafeng.web.review.upload import MOST_BYTES, read_form

if TYPE_CHECKING:
    from fastapi import FastAPI

    from dafeng.web.app import Pages

_log = logging.getLogger(__name__)
#: A page that depends on who asks is kept by nobody.
_PRIVATE = {"cache-control": "no-store"}
TOO_LARGE = 413
_HEAD = 120
_FIELDS = {"issuer": mark("who issued it"), "issued": mark("when it was issued")}
Handler = Callable[[Request, Language], Any]


class Reviews:
    """Answers the requests of reviews; `url` is that of the database, `gate` knows who may change anything."""

    def __init__(self, pages: Pages, url: str | None, gate: Gate) -> None:
        self.pages, self.url, self.gate = pages, url, gate

    # What everybody may read.

    def overview(self, request: Request, language: Language, *, error: str = "", status: int = 200) -> Response:
        """Show what is under review, and how to take part."""
        page = self.pages.page(request, language)
        values = {
            "open": self.gate.open,
            "session": self.gate.session(request),
            "proposals": self._listed(page.snapshot.city.id),
            "error": error,
        }
        return self._html("review.html", page, values, status)

    def proposal(
        self, request: Request, language: Language, *, errors: dict[str, str] | None = None, status: int = 200
    ) -> Response:
        """Show one document and its items."""
        page = self.pages.page(request, language)
        found = self._load(request, page.snapshot.city.id)
        session = self.gate.session(request)
        deck = self._deck(found, page)
        opened = request.query_params.get("figure", "") or next(iter(errors or ()), "")
        figures = [one for one in found.figures if one.id in found.decisions or (session and opened == one.id)]
        shown = sorted((*found.items, *figures), key=lambda item: item.start)
        left = deck.left_out()
        chosen = {one.id for one in figures}
        stem = found.name.rpartition(".")[0] or found.name
        head = read_header(found.compiled, stem, **found.head)
        values = {
            "id": found.id,
            "title": found.compiled.title or found.name,
            "name": found.name,
            "who": found.who,
            "at": found.at.date().isoformat(),
            "messages": [message[language] for message in found.compiled.messages],
            "cards": deck.cards(shown, found.decisions),
            "head": head,
            "missing": wording.listed([page.words.gettext(_FIELDS[name]) for name in head.missing], language),
            "given": self._given(request, found),
            "kept": bool(found.head),
            "left_out": [x for x in left if x.id not in chosen],
            "opened": opened,
            "why": {x.id: x.reason for x in left},
            "picks": deck.picks() if session else (),
            "lines": list(lines(found.compiled, shown)),
            "decided": sum(one.id in found.decisions for one in shown),
            "total": len(shown),
            "action": address(language, "review", found.id),
            "csrf": session.csrf if session else "",
            "may": session is not None,
            "errors": errors or {},
            "page_zh": page.zh,
        }
        return self._html("review_proposal.html", page, values, status)

    def decisions(self, request: Request, language: Language) -> Response:
        """Give the decisions made so far as a file."""
        found = self._load(request, self.pages.site.snapshot().city.id)
        text = write(found.name, found.compiled.text, found.file().decisions)
        return _file("decisions.yaml", text)

    def plan(self, request: Request, language: Language) -> Response:
        """Give the plan of what was accepted; 409 while an item is undecided."""
        city = self.pages.site.snapshot().city
        found = self._load(request, city.id)
        stem = found.name.rpartition(".")[0] or found.name
        try:
            head = read_header(found.compiled, stem, **self._given(request, found))
            text = accepted_yaml(found.compiled, found.file(), head, city.organisations, language)
        except (Refused, Conflict) as error:
            return self.proposal(request, language, errors={"plan": error.text(language)}, status=409)
        return _file(f"{head.header.id}.yaml", text)

    @staticmethod
    def _given(request: Request, found: reviews.Proposal) -> dict[str, str]:
        """Read the head as it is asked for, else as a reviewer gave it last."""
        asked = {name: request.query_params.get(name, "").strip()[:_HEAD] for name in reviews.HEAD}
        return {name: text or found.head.get(name, "") for name, text in asked.items()}

    def districts(self, request: Request, language: Language) -> Response:
        """Hold plans of districts against that of the city: documents under review, and plans of the pack."""
        page = self.pages.page(request, language)
        city = page.snapshot.city
        ids = [plan.id for plan in city.plans]
        against = query.one(page.params, "city", ids)
        plan = city.plan(against) if against else city.plan() if ids else None
        listed = self._listed(city.id)
        asked = page.params.get("d", ())[: districts.MOST]
        known = {one.id for one in listed}
        if unknown := next((id for id in asked if id not in known and id not in ids), ""):
            raise query.BadQuery("d", unknown, [*known, *ids][:5])
        found = [self._loaded(city.id, id) for id in asked if id in known]
        return self._html("compare_districts.html", page, districts.show(page, listed, found, plan), 200)

    # What only a reviewer may do.

    async def sign(self, request: Request, language: Language) -> Response:
        """Start or end a session."""
        if not self.gate.open:
            raise HTTPException(403)
        form = await read_form(request, files=0)
        back = RedirectResponse(address(language, "review"), 303, _PRIVATE)
        session = self.gate.session(request)
        if form.get("out"):
            if session is None or not own_form(session, _text(form, "csrf")):
                raise HTTPException(403)
            self.gate.dismiss(back)
            return back
        _ = self.pages.page(request, language).words.gettext
        if not from_here(request):
            raise HTTPException(403)
        if self.gate.blocked():
            said = _("Too many wrong tokens were tried. Wait a minute.")
            return await run_in_threadpool(self.overview, request, language, error=said, status=429)
        who = _text(form, "who")
        if not who or not self.gate.admits(_text(form, "token")):
            said = _("The token is not right, or no name was given.")
            return await run_in_threadpool(self.overview, request, language, error=said, status=403)
        self.gate.admit(back, who, secure=request.url.scheme == "https")
        return back

    async def upload(self, request: Request, language: Language) -> Response:
        """Read an uploaded document and put what was found under review."""
        session = self._allowed(request)
        try:
            form = await read_form(request, files=1)
        except HTTPException as error:
            if error.status_code != TOO_LARGE:
                raise
            _ = self.pages.page(request, language).words.gettext
            said = _(
                "The file is larger than %(limit)s MB. Leave out pictures and annexes, give the text alone, or read it "
                "with “dafeng compile”, which takes up to %(most)s MB."
            ) % {"limit": MOST_BYTES // 2**20, "most": MAX_BYTES // 2**20}
            return await run_in_threadpool(self.overview, request, language, error=said, status=TOO_LARGE)
        try:
            self._own(session, form)
            given = form.get("file")
            if not isinstance(given, UploadFile) or not given.filename:
                said = self.pages.page(request, language).words.gettext("No file was chosen.")
                return await run_in_threadpool(self.overview, request, language, error=said, status=422)
            data = await given.read()
        finally:
            await form.close()
        name = "".join(c for c in given.filename.replace("\\", "/").rpartition("/")[2] if c.isprintable())[-120:]
        return await run_in_threadpool(self._read, request, language, session, data, name or "document")

    def _read(self, request: Request, language: Language, session: Session, data: bytes, name: str) -> Response:
        city = self.pages.site.snapshot().city
        try:
            compiled = compile_bytes(
                data, name, organisations=city.organisations, indicators=list(city.indicators.values())
            )
            if not compiled.sections or not (compiled.targets or compiled.goals or compiled.tasks):
                raise refused(compiled, name)
        except Refused as error:
            return self.overview(request, language, error=error.text(language), status=422)
        assert self.url is not None  # noqa: S101 - _allowed has seen to it
        with databases.open(self.url, create=True) as opened:
            id = reviews.add(opened, city.id, name, compiled, session.who)
        return RedirectResponse(address(language, "review", id), 303, _PRIVATE)

    async def head(self, request: Request, language: Language) -> Response:
        """Keep the head of the plan, as far as the document does not say it."""
        session = self._allowed(request)
        form = await read_form(request, files=0)
        self._own(session, form)
        return await run_in_threadpool(self._keep_head, request, language, session, form)

    def _keep_head(self, request: Request, language: Language, session: Session, form: FormData) -> Response:
        found = self._load(request, self.pages.site.snapshot().city.id)
        given = {name: _text(form, name)[:_HEAD] for name in reviews.HEAD}
        try:
            read_header(found.compiled, found.name, **given)
        except Refused as error:
            return self.proposal(request, language, errors={"plan": error.text(language)}, status=422)
        assert self.url is not None  # noqa: S101 - _allowed has seen to it
        with databases.open(self.url) as opened:
            reviews.give_head(opened, found.id, given, session.who)
        return RedirectResponse(f"{address(language, 'review', found.id)}#head", 303, _PRIVATE)

    async def decide(self, request: Request, language: Language) -> Response:
        """Keep one decision on one item."""
        session = self._allowed(request)
        form = await read_form(request, files=0)
        self._own(session, form)
        return await run_in_threadpool(self._decide, request, language, session, form)

    def _decide(self, request: Request, language: Language, session: Session, form: FormData) -> Response:
        snapshot = self.pages.site.snapshot()
        found = self._load(request, snapshot.city.id)
        item = found.item(request.path_params["item"])
        names = {id: one.label for id, one in snapshot.city.indicators.items()}
        deck = Deck(found.compiled, words(language), names)
        try:
            decision = _decision(item, form)
            said = deck.unknown(item, decision)
        except ValidationError as error:
            said = deck.faults(error)
        if said:
            if _wants_json(request):
                return JSONResponse({"error": said}, 422, _PRIVATE)
            return self.proposal(request, language, errors={item.id: said}, status=422)
        assert self.url is not None  # noqa: S101 - _allowed has seen to it
        with databases.open(self.url) as opened:
            reviews.decide(opened, found.id, item, decision, session.who)
        found.decisions[item.id] = decision
        if _wants_json(request):
            card = deck.card(item, decision)
            answer = {"verdict": card.verdict, "label": card.verdict_label, "title": card.title}
            return JSONResponse({**answer, "asked": card.asked, "when": card.when}, 200, _PRIVATE)
        order = [one.id for one in sorted((*found.items, *found.figures), key=lambda one: one.start)]
        waiting = [one.id for one in found.undecided]
        after = [id for id in waiting if order.index(id) > order.index(item.id)] or waiting or [item.id]
        there = item.id if item.kind == "excluded" else after[0]
        return RedirectResponse(f"{address(language, 'review', found.id)}#i-{there}", 303, _PRIVATE)

    # What these have in common.

    def _allowed(self, request: Request) -> Session:
        session = self.gate.session(request)
        if session is None or self.url is None or not from_here(request):
            raise HTTPException(403)
        return session

    @staticmethod
    def _own(session: Session, form: FormData) -> None:
        if not own_form(session, _text(form, "csrf")):
            raise HTTPException(403)

    def _listed(self, city: str) -> tuple[reviews.Summary, ...]:
        opened = self._open()
        if opened is None:
            return ()
        with opened, opened.reading() as connection:
            return reviews.listed(connection, city)

    def _load(self, request: Request, city: str) -> reviews.Proposal:
        return self._loaded(city, request.path_params["id"])

    def _loaded(self, city: str, id: str) -> reviews.Proposal:
        opened = self._open()
        if opened is None:
            raise NotFound("review", id)
        with opened, opened.reading() as connection:
            return reviews.load(connection, city, id)

    def _open(self) -> databases.Database | None:
        """Open the database to read; None where there is none yet, or it is from before reviews were kept."""
        if self.url is None or not databases.exists(self.url):
            return None
        try:
            return databases.open(self.url)
        except (Conflict, NotFound) as error:
            _log.info("no reviews are shown: %s", error)
            return None

    @staticmethod
    def _deck(found: reviews.Proposal, page: Page) -> Deck:
        names = {id: item.label for id, item in page.snapshot.city.indicators.items()}
        return Deck(found.compiled, page.words, names)

    def _html(self, template: str, page: Page, values: dict[str, Any], status: int) -> Response:
        response = self.pages.html(template, page, values)
        response.status_code = status
        response.headers.update(_PRIVATE)
        return response


def add(app: FastAPI, pages: Pages, url: str | None, token: str) -> None:
    """Add the addresses of reviews to the application."""
    site = Reviews(pages, url, Gate(token))
    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", "", site.overview),
        ("POST", "", site.upload),
        ("POST", "/session", site.sign),
        ("GET", "/{id}", site.proposal),
        ("GET", "/{id}/decisions.yaml", site.decisions),
        ("GET", "/{id}/plan.yaml", site.plan),
        ("POST", "/{id}/head", site.head),
        ("POST", "/{id}/items/{item}", site.decide),
    )
    for language in LANGUAGES:
        for method, path, handler in table:
            endpoint = _asynchronous(handler, language) if method == "POST" else _plain(handler, language)
            app.add_route(f"/{language}/review{path}", endpoint, methods=[method], include_in_schema=False)
        app.add_route(f"/{language}/compare/districts", _plain(site.districts, language), include_in_schema=False)


def _plain(handler: Callable[[Request, Language], Any], language: Language) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        answer: Response = handler(request, language)
        return answer

    return endpoint


def _asynchronous(
    handler: Callable[[Request, Language], Any], language: Language
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        answer: Response = await handler(request, language)
        return answer

    return endpoint


def _decision(item: Item, form: FormData) -> Decision:
    verdict = _text(form, "verdict")
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    data: dict[str, Any] = {"item": item.id, "verdict": verdict, "note": _text(form, "note")}
    if verdict == "edit":
        changes = from_form(item, given)
        if changes:
            data["changes"] = changes
        else:
            data["verdict"] = "accept"
    return Decision.model_validate(data)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _file(name: str, text: str) -> Response:
    headers = {**_PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(text, 200, headers, "application/yaml; charset=utf-8")
