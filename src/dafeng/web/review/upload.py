"""Reading a form whose size is bounded before any of it is looked at."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

#: The largest document taken, and what the rest of a form may add to it.
MOST_BYTES = 5 * 2**20
_REST = 64 * 2**10
_FIELDS = 60
_DRAINED = 64 * 2**20


async def read_form(request: Request, *, files: int) -> FormData:
    """Read a form with at most `files` files.

    A form over the limit is read to its end, as far as `_DRAINED`, and forgotten: a browser that is still sending
    would otherwise show a broken connection in place of the answer.

    Raises:
        HTTPException: 413 for a form over the limit, whether it says so or not; 400 for one that cannot be read.
    """
    most = (MOST_BYTES if files else 0) + _REST
    try:
        told = int(request.headers.get("content-length", "0"))
    except ValueError:
        raise HTTPException(400) from None
    if told > _DRAINED:
        raise HTTPException(413)
    body = bytearray()
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came > _DRAINED:
            break
        if came <= most:
            body += chunk
    if max(told, came) > most:
        raise HTTPException(413)
    whole = bytes(body)
    done = False

    async def again() -> Message:
        nonlocal done
        if done:
            return {"type": "http.disconnect"}
        done = True
        return {"type": "http.request", "body": whole, "more_body": False}

    try:
        return await Request(request.scope, again).form(max_files=files, max_fields=_FIELDS)
    except (MultiPartException, HTTPException, UnicodeDecodeError) as error:
        raise HTTPException(400) from error
