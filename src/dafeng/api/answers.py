"""What every answer of the API has in common: an agreed media type, headers for caches, pages of a list."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dafeng.api.problems import POLICY, problem
from dafeng.web.cache import KEEP

#: The media type of workbooks.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Caches may keep an answer and must ask whether it still holds: evidence changes without notice.
HEADERS = {"Cache-Control": "public, no-cache", "Vary": "Accept, Accept-Encoding", "Content-Security-Policy": POLICY}


def lasting(response: Response) -> None:
    """Mark an answer that depends on the address, the data and the day only, so that it may be kept and tagged."""
    response.headers.update(HEADERS)
    response.headers[KEEP.decode()] = "1"


def fleeting(response: Response) -> None:
    """Mark an answer that nobody may keep."""
    response.headers.update({**HEADERS, "Cache-Control": "no-store"})


class Agree:
    """ASGI middleware: 406 where the client takes no media type the resource has, and no body in answer to HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            empty = message["type"] == "http.response.body" and scope["method"] == "HEAD"
            await send({**message, "body": b""} if empty else message)

        request = Request(scope)
        media = media_type(scope["path"])
        if accepts(",".join(request.headers.getlist("accept")), media):
            await self.app(scope, receive, bare)
            return
        detail = f"the client takes no {media}, and the resource has no other form. Accept {media} or */*."
        await problem(request, 406, "not-acceptable", detail)(scope, receive, bare)


def media_type(path: str) -> str:
    """Name the media type a path is answered in."""
    if path.endswith(".xlsx"):
        return XLSX
    return "text/csv" if path.endswith(".csv") else "application/json"


def accepts(header: str, media: str) -> bool:
    """Tell whether an Accept header takes a media type (RFC 9110, 12.5.1); what cannot be read in it is left aside."""
    main, _, sub = media.partition("/")
    best: tuple[int, float] | None = None
    for part in header.split(","):
        wanted, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, _, name = wanted.partition("/")
        weight = _weight(parameters)
        if not (kind and name) or weight is None:
            continue
        ranks = {(main, sub): 2, (main, "*"): 1, ("*", "*"): 0}
        candidate = (ranks[kind, name], weight) if (kind, name) in ranks else (-1, 0.0)
        best = max(candidate, best or candidate)
    return best is None or best[1] > 0


def _weight(parameters: list[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return None
            return weight if 0 <= weight <= 1 else None
    return 1.0


def link(request: Request, response: Response, total: int, limit: int, offset: int) -> None:
    """Give the Link header (RFC 8288) of a page of a list: first, prev, next and last, as far as there are any."""
    last = max(0, (total - 1) // limit * limit)
    ends = {"first": 0, "last": last}
    if offset > 0:
        ends["prev"] = max(0, min(offset - limit, last))
    if offset + limit < total:
        ends["next"] = offset + limit
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("limit", "offset")]
    path = request.scope["path"]
    response.headers["Link"] = ", ".join(
        f'<{path}?{urlencode([*kept, ("limit", limit), ("offset", at)])}>; rel="{name}"' for name, at in ends.items()
    )
