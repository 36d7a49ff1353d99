"""Rendered pages kept as bytes, plain and compressed, so that a page is drawn once for each state of the data."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]
#: Marks, inside the application, the answers that may be kept.
KEEP = b"x-dafeng-keep"
_NOT_MODIFIED = frozenset({b"content-type", b"content-length", b"content-encoding"})


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: the same body plain and compressed, each with its complete headers."""

    etag: bytes
    plain: bytes
    plain_headers: Headers
    packed: bytes
    packed_headers: Headers

    @property
    def size(self) -> int:
        """Bytes the two bodies take."""
        return len(self.plain) + len(self.packed)

    @classmethod
    def of(cls, body: bytes, headers: Headers) -> Kept:
        """Compress a body once and complete its headers."""
        etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
        packed = gzip.compress(body, 6, mtime=0)
        rest = [(name, value) for name, value in headers if name not in {b"content-length", b"etag", KEEP}]

        def complete(data: bytes, *more: tuple[bytes, bytes]) -> Headers:
            return [*rest, (b"etag", etag), (b"content-length", str(len(data)).encode()), *more]

        return cls(etag, body, complete(body), packed, complete(packed, (b"content-encoding", b"gzip")))


class Shelf:
    """Kept answers by key, the least recently used dropped beyond `most` bytes. Safe for threads."""

    def __init__(self, most: int = 96 * 2**20) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """Find an answer and mark it as used."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, and drop old ones until all fit."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += kept.size - (before.size if before else 0)
            self._kept[key] = kept
            while self._size > self.most and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].size

    def __len__(self) -> int:
        """Count the answers kept."""
        return len(self._kept)


def cookie(scope: Scope, name: str) -> str:
    """Read one cookie of a request; "" where it is absent or the header is malformed."""
    for key, value in scope["headers"]:
        if key == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(name)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""


class RenderCache:
    """ASGI middleware: answers GET and HEAD of pages from the shelf, with ETag, 304 and gzip.

    `state` names the state of everything a page is made of (pack, database, day); `variant` what differs between
    readers (theme). Only answers that carry the mark `KEEP` are kept; an error is never kept.
    """

    def __init__(self, app: ASGIApp, state: Callable[[], Hashable], variant: Callable[[Scope], str]) -> None:
        self.app, self.state, self.variant = app, state, variant
        self.shelf = Shelf()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], self.variant(scope), self.state())
        kept = self.shelf.get(key)
        if kept is None:
            kept = await self._ask(scope, receive, send)
            if kept is None:
                return
            self.shelf.put(key, kept)
        await _answer(kept, scope, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> Kept | None:
        """Let the application answer; a marked answer is held back and returned, any other goes out as it comes."""
        start: Message | None = None
        parts: list[bytes] = []
        held = False

        async def hold(message: Message) -> None:
            nonlocal start, held
            if message["type"] == "http.response.start":
                held = any(name == KEEP for name, _ in message["headers"])
                start = message
            if not held:
                await send(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, hold)
        return Kept.of(b"".join(parts), start["headers"]) if held and start is not None else None


async def _answer(kept: Kept, scope: Scope, send: Send) -> None:
    wanted: dict[bytes, Any] = dict(scope["headers"])
    packed = b"gzip" in wanted.get(b"accept-encoding", b"")
    body, headers = (kept.packed, kept.packed_headers) if packed else (kept.plain, kept.plain_headers)
    status = 200
    if kept.etag in wanted.get(b"if-none-match", b"") or wanted.get(b"if-none-match") == b"*":
        status, body = 304, b""
        headers = [(name, value) for name, value in headers if name not in _NOT_MODIFIED]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
