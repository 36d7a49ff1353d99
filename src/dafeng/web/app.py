"""The server: pages in two languages, their files, and the data interface under /api/v1."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import asynccontextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

from dafeng.api.app import build
from dafeng.errors import NotFound
from dafeng.labels import LANGUAGES, Language
from dafeng.web import query
from dafeng.web.cache import KEEP, RenderCache, cookie
from dafeng.web.page import THEMES, Page
from dafeng.web.render import render
from dafeng.web.review import site as review
from dafeng.web.routes import LONGEST, ROUTES, Route
from dafeng.web.security import HEADERS, SecurityHeaders
from dafeng.web.site import Site
from dafeng.web.static_files import StaticFiles
from dafeng.web.views.power import ask, kept

if TYPE_CHECKING:
    from dafeng.settings import Settings

THEME_COOKIE = "theme"
OK = 200
_YEAR = 365 * 24 * 3600
_PAGE_HEADERS = {"cache-control": "no-cache", "vary": "accept-encoding, cookie"}


class Pages:
    """Answers requests for pages: reads language, theme and query, runs the view, fills the template."""

    def __init__(self, site: Site, static: StaticFiles) -> None:
        self.site, self.static = site, static

    def page(self, request: Request, language: Language, *, status: int = OK, longest: int = LONGEST) -> Page:
        """Make the page of a request. Raises BadQuery for a date that cannot be used."""
        snapshot = self.site.snapshot()
        raw = request.url.query
        if status != OK and len(raw) > longest:
            raw = ""
        params = query.read(raw, longest) if status == OK else {}
        as_of = query.day(params, "as_of", snapshot.today) if status == OK else None
        return Page(
            site=self.site,
            snapshot=snapshot,
            assessment=self.site.assessment(snapshot, as_of),
            language=language,
            path=request.url.path[len(language) + 1 :] or "/",
            query=raw,
            params=params,
            theme=theme_of(request.scope),
            status=status,
        )

    def answer(self, request: Request, language: Language, route: Route) -> Response:
        """Answer a request for one kind of page."""
        page = self.page(request, language, longest=route.longest)
        result = route.view(page, **request.path_params)
        if isinstance(result, Response):
            kept = {KEEP.decode(): "1"} if route.keep and result.status_code == OK else {}
            result.headers.update({**_PAGE_HEADERS, **kept})
            return result
        return self.html(route.template, page, result, keep=route.keep)

    def html(self, template: str, page: Page, values: dict[str, Any], *, keep: bool = False) -> Response:
        """Fill a template; `keep` lets the answer be kept."""
        text = render(template, page, {"has_htmx": "vendor/htmx.min.js" in self.static, **values}, self.static.url)
        headers = {**_PAGE_HEADERS, "content-language": page.lang}
        if keep:
            headers[KEEP.decode()] = "1"
        return Response(text, page.status, headers, "text/html; charset=utf-8")

    def error(self, request: Request, status: int, values: dict[str, Any]) -> Response:
        """Give a page that says what went wrong and where to go from there."""
        page = self.page(request, language_of(request), status=status)
        return self.html("error.html", page, {"detail": "", "candidates": [], "allowed": [], "said": "", **values})


def theme_of(scope: Scope) -> str:
    """Read the theme a reader has chosen; "auto" follows the system."""
    value = cookie(scope, THEME_COOKIE)
    return value if value in THEMES else THEMES[0]


def language_of(request: Request) -> Language:
    """Find the language of an address; for one without, the first accepted one that dafeng speaks, else Chinese."""
    first = request.url.path.strip("/").split("/")[0]
    if first in LANGUAGES:
        return first
    wanted = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, name.split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(wanted) if name in LANGUAGES), LANGUAGES[0])


def create_app(settings: Settings, *, site: Site | None = None) -> FastAPI:
    """Build the application: pages at /zh and /en, files at /static, the data interface at /api/v1."""
    site = site or Site(settings.city, settings.database, units_shown=settings.show_enterprises)
    static = StaticFiles()
    pages = Pages(site, static)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> Any:
        site.snapshot()
        Thread(target=_warm, args=(site,), daemon=True).start()
        yield
        site.close()

    app = FastAPI(title="dafeng", openapi_url=None, lifespan=lifespan)
    app.state.site = site
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RenderCache, state=site.state, variant=theme_of)
    interface = build(site, settings.cors_origins)
    interface.state.dispatch_jobs = site.jobs
    app.mount("/api/v1", interface)
    for language in LANGUAGES:
        app.add_route(f"/{language}", _redirect(f"/{language}/"), include_in_schema=False)
        for route in ROUTES:
            app.add_route(f"/{language}{route.path}", _endpoint(pages, language, route), include_in_schema=False)
    review.add(app, pages, settings.database, settings.review_token)
    ask.add(app, pages.page, pages.html)
    _add_files(app, static)
    _add_errors(app, pages)
    return app


def _warm(site: Site) -> None:
    site.warm()
    kept.warm(site)


def _endpoint(pages: Pages, language: Language, route: Route) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return pages.answer(request, language, route)

    return endpoint


def _redirect(target: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return RedirectResponse(target + (f"?{request.url.query}" if request.url.query else ""), 308)

    return endpoint


def _add_files(app: FastAPI, static: StaticFiles) -> None:
    def root(request: Request) -> Response:
        response = RedirectResponse(f"/{language_of(request)}/", 307)
        response.headers["vary"] = "accept-language"
        return response

    def file(request: Request) -> Response:
        found = static.respond(request)
        if found is None:
            raise HTTPException(404)
        return found

    def favicon(request: Request) -> Response:
        request.scope["path_params"] = {"path": "favicon.svg"}
        return file(request)

    def robots(request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nAllow: /\nDisallow: /api/\nDisallow: /*?\n")

    async def theme(request: Request) -> Response:
        form = await request.form(max_fields=10)
        value, back = str(form.get("theme", "")), str(form.get("back", "/"))
        if value not in THEMES:
            raise query.BadQuery("theme", value, THEMES)
        inside = back.startswith("/") and not back.startswith(("//", "/\\")) and "\n" not in back and "\r" not in back
        response = RedirectResponse(back if inside else "/", 303)
        response.set_cookie(THEME_COOKIE, value, max_age=_YEAR, httponly=True, samesite="lax")
        return response

    app.add_route("/", root, include_in_schema=False)
    app.add_route("/static/{path:path}", file, include_in_schema=False)
    app.add_route("/favicon.svg", favicon, include_in_schema=False)
    app.add_route("/robots.txt", robots, include_in_schema=False)
    app.add_route("/theme", theme, methods=["POST"], include_in_schema=False)


def _add_errors(app: FastAPI, pages: Pages) -> None:
    def not_found(request: Request, error: Exception) -> Response:
        assert isinstance(error, NotFound)  # noqa: S101  # registered for it
        return pages.error(request, 404, {"detail": error.id, "candidates": error.candidates})

    def bad_query(request: Request, error: Exception) -> Response:
        assert isinstance(error, query.BadQuery)  # noqa: S101  # registered for it
        detail = {"detail": f"{error.name}={error.value}", "allowed": error.allowed, "said": error.said}
        return pages.error(request, 422, detail)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for it
        response = pages.error(request, error.status_code, {})
        response.headers.update(error.headers or {})
        return response

    def failed(request: Request, error: Exception) -> Response:
        response = pages.error(request, 500, {})
        response.headers.update(HEADERS)
        return response

    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(query.BadQuery, bad_query)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, failed)
