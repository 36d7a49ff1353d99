"""How long the body of a request may be: no address of the API takes more, so that nobody fills the memory."""

from __future__ import annotations

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dafeng.api.problems import problem

#: Bytes of a body at most.
MOST_BYTES = 4096


_DETAIL = f"the body has more than {MOST_BYTES} bytes. Send years, scenario and step only."


class Bounded:
    """ASGI middleware: 413 where a body is longer than may be; no more of it than that is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, read = Request(scope), 0
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length[:12]) > MOST_BYTES:
            await problem(request, 413, "too-long", _DETAIL)(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST_BYTES:
                raise HTTPException(413, _DETAIL)
            return message

        await self.app(scope, counted, send)
