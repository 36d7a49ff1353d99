"""Errors as problem documents (RFC 9457); the only place that maps them to HTTP status codes."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dafeng.errors import Conflict, DafengError, FaultsFound, NotFound, Refused, RequestFaults, nearest
from dafeng.factors import NoFactor

MEDIA_TYPE = "application/problem+json"
#: Nothing may be loaded, framed or run from an answer of the API.
POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_log = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[DafengError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (Refused, 422),
    (RequestFaults, 422),
    (FaultsFound, 503),
)


class ProblemFault(BaseModel):
    """One thing wrong with a request: where, what, and what to do."""

    code: str
    place: str
    message: str
    remedy: str


class Problem(BaseModel):
    """What went wrong (RFC 9457). `code` is stable; `candidates` are the nearest ids where none fits."""

    type: str = Field(description="urn:dafeng:problem: and the code")
    title: str
    status: int
    detail: str
    instance: str
    code: str
    candidates: list[str] = []
    errors: list[ProblemFault] = []


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    candidates: Sequence[str] = (),
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a problem document."""
    body: dict[str, Any] = {
        "type": f"urn:dafeng:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.scope.get("path", ""),
        "code": code,
    }
    if candidates:
        body["candidates"] = list(candidates)
    if errors:
        body["errors"] = [dict(error) for error in errors]
    return JSONResponse(
        body, status, {**(headers or {}), "Cache-Control": "no-store", "Content-Security-Policy": POLICY}, MEDIA_TYPE
    )


class Unacceptable(DafengError):
    """The client accepts none of the media types the resource has."""

    code = "not-acceptable"


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""
    app.add_exception_handler(DafengError, _dafeng)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def _dafeng(request: Request, error: Exception) -> Response:
    assert isinstance(error, DafengError)  # noqa: S101 - registered for this class
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    faults = [fault.as_dict() for fault in error.faults] if isinstance(error, FaultsFound) else []
    detail = f"{error.subject}: {len(faults)} fault(s)" if isinstance(error, FaultsFound) else str(error)
    candidates: tuple[str, ...] = tuple(error.candidates) if isinstance(error, NotFound) else ()
    if isinstance(error, NoFactor):
        candidates = tuple(passed.factor.id for passed in error.candidates)
    return problem(request, status, error.code, detail, candidates=candidates, errors=faults)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    path = request.scope.get("path", "")
    if error.status_code == 404:
        root = request.scope.get("root_path", "")
        known = [path for path in request.app.openapi()["paths"] if "{" not in path]
        candidates = [f"{root}{near}" for near in nearest(path.removeprefix(root), known)]
        hint = f" Did you mean {' or '.join(candidates)}?" if candidates else ""
        return problem(request, 404, "no-resource", f"no resource '{path[:200]}'.{hint}", candidates=candidates)
    if error.status_code == 405:
        here = path.removeprefix(request.scope.get("root_path", ""))
        described = request.app.openapi()["paths"].items()
        methods = {name.upper() for known, item in described if compile_path(known)[0].match(here) for name in item}
        methods |= set((error.headers or {}).get("Allow", "GET").split(", "))
        allowed = sorted(methods | {"HEAD"} if "GET" in methods else methods)
        detail = f"{request.method[:40]} is not allowed here. Use {' or '.join(allowed)}."
        return problem(request, 405, "method-not-allowed", detail, headers={"Allow": ", ".join(allowed)})
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return problem(request, error.status_code, code, str(error.detail), headers=error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    faults = [parameter_fault(item) for item in error.errors()]
    return problem(request, 422, "invalid-parameter", f"{len(faults)} parameter(s) cannot be used", errors=faults)


def parameter_fault(item: Mapping[str, Any]) -> dict[str, str]:
    """Describe one violation of a parameter as a fault."""
    where, *names = (str(part) for part in item["loc"])
    message = str(item["msg"]).removeprefix("Value error, ")
    remedy = "Leave the parameter out" if item["type"] == "extra_forbidden" else "Correct the value"
    got = "" if item["type"] in ("missing", "extra_forbidden") else f" (got {str(item['input'])[:60]!r})"
    return {
        "code": item["type"].replace("_", "-"),
        "place": f"{where} {'.'.join(names)[:100]}",
        "message": f"{message[:1].lower()}{message[1:]}{got}",
        "remedy": f"{remedy}; the parameters are in openapi.json",
    }


class Guard:
    """ASGI middleware: a fault of the program is logged, and answered with a problem that tells nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 if it fails before its answer has begun."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            if begun:
                raise
            _log.exception("the request failed: %s", scope.get("path", ""))
            answer = problem(Request(scope), 500, "internal", "the server failed; its log tells why")
            await answer(scope, receive, send)
