"""Asks an ASGI application as a socket would: raw path, raw query, raw headers; gives the raw answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

import anyio


@dataclass(frozen=True)
class Answer:
    status: int
    raw_headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in self.raw_headers}

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    def __init__(self, app: Any, root: str = "") -> None:
        self.app, self.root = app, root

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> Answer:
        pairs = [
            (name, one) for name, value in query.items() for one in (value if isinstance(value, list) else [value])
        ]
        if "?" in path:
            path, _, rest = path.partition("?")
            return self.ask("GET", path.encode(), rest.encode(), headers or {})
        return self.ask("GET", path.encode(), urlencode(pairs).encode(), headers or {})

    def ask(
        self,
        method: str,
        path: bytes,
        query: bytes = b"",
        headers: Mapping[str, str] | Iterable[tuple[bytes, bytes]] = (),
        body: bytes = b"",
    ) -> Answer:
        raw = (
            [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
            if isinstance(headers, Mapping)
            else list(headers)
        )
        full = self.root.encode() + path
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(full.decode("latin-1")),
            "raw_path": full,
            "query_string": query,
            "root_path": "",
            "headers": raw,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        return anyio.run(self._ask, scope, body)

    async def _ask(self, scope: dict[str, Any], body: bytes) -> Answer:
        messages: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(dict(message))

        await self.app(scope, receive, send)
        start = next(message for message in messages if message["type"] == "http.response.start")
        content = b"".join(message.get("body", b"") for message in messages if message["type"] == "http.response.body")
        return Answer(start["status"], tuple(start["headers"]), content)
