"""Files of the pages: read once, compressed once, named with a hash so that browsers keep them for good."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from dafeng.web.cache import Kept

_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css", ".txt": "text/plain"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")


def squeeze(css: str) -> str:
    """Leave out the comments and the spaces of a style sheet that mean nothing to a browser."""
    text = _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css)))
    return text.replace(";}", "}").replace(": ", ":").strip()


class StaticFiles:
    """Every file under `static/`, by its path; a missing vendor folder only means fewer files."""

    def __init__(self, root: Traversable | None = None) -> None:
        self._files: dict[str, Kept] = {}
        self._marks: dict[str, str] = {}
        self._read(root or files("dafeng.web") / "static", "")

    def _read(self, folder: Traversable, prefix: str) -> None:
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if item.is_dir():
                self._read(item, f"{prefix}{item.name}/")
            elif not item.name.startswith("."):
                self._add(f"{prefix}{item.name}", item.read_bytes())

    def _add(self, path: str, body: bytes) -> None:
        if path.endswith(".css"):
            body = squeeze(body.decode()).encode()
        suffix = path[path.rfind(".") :]
        kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        self._marks[path] = hashlib.blake2b(body, digest_size=6).hexdigest()
        headers = [(b"content-type", kind.encode()), (b"vary", b"accept-encoding")]
        self._files[path] = Kept.of(body, headers)

    def __contains__(self, path: str) -> bool:
        """Whether a file exists, such as "vendor/htmx.min.js"."""
        return path in self._files

    def url(self, path: str) -> str:
        """Give the address of a file, changing whenever its content does. Raises KeyError for an unknown file."""
        return f"/static/{path}?v={self._marks[path]}"

    def text(self, path: str) -> str:
        """Read a text file, for use on the server. Raises KeyError for an unknown file."""
        return self._files[path].plain.decode()

    def size(self, path: str) -> tuple[int, int]:
        """Bytes of a file as sent, plain and compressed."""
        kept = self._files[path]
        return len(kept.plain), len(kept.packed)

    def respond(self, request: Request) -> Response | None:
        """Answer a request for a file; None where there is no such file."""
        path = request.path_params["path"]
        kept = self._files.get(path)
        if kept is None:
            return None
        forever = request.query_params.get("v") == self._marks[path]
        lasting = "public, max-age=31536000, immutable" if forever else "public, max-age=0, must-revalidate"
        packed = "gzip" in request.headers.get("accept-encoding", "")
        body, headers = (kept.packed, kept.packed_headers) if packed else (kept.plain, kept.plain_headers)
        status = 304 if kept.etag.decode() in request.headers.get("if-none-match", "") else 200
        response = Response(b"" if status == 304 else body, status)
        response.raw_headers = [*headers, (b"cache-control", lasting.encode())]
        if status == 304:
            skip = {b"content-length", b"content-encoding", b"content-type"}
            response.raw_headers = [header for header in response.raw_headers if header[0] not in skip]
        return response
