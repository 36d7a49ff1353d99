"""Who may upload and decide: whoever signed in with the token the server was started with, and nobody without one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "dafeng-review"
#: Seconds a session lasts: one working day.
LASTS = 12 * 3600
#: Wrong tokens within a minute after which no token is looked at.
MOST_FAILURES = 10
_MINUTE = 60.0
_NAME = 80


@dataclass(frozen=True, slots=True)
class Session:
    """A person who signed in: the name under which decisions are kept, and the token that forms must carry."""

    who: str
    csrf: str


class Gate:
    """Signs sessions with a key made from the token, so that a changed token ends every session."""

    def __init__(self, token: str, clock: Callable[[], float] = time.time) -> None:
        self._token = token.strip()
        self._key = hashlib.sha256(b"dafeng review\0" + self._token.encode()).digest()
        self._clock = clock
        self._failures: deque[float] = deque()
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether the server was started with a token; without one nobody may change anything."""
        return bool(self._token)

    def blocked(self) -> bool:
        """Tell whether too many wrong tokens were tried within the last minute."""
        with self._lock:
            now = self._clock()
            while self._failures and now - self._failures[0] > _MINUTE:
                self._failures.popleft()
            return len(self._failures) >= MOST_FAILURES

    def admits(self, token: str) -> bool:
        """Compare a token in a time that does not depend on where it differs; a wrong one is counted."""
        right = self.open and hmac.compare_digest(token.strip().encode(), self._token.encode())
        if not right:
            with self._lock:
                self._failures.append(self._clock())
        return right

    def session(self, request: Request) -> Session | None:
        """Read the session of a request; None where there is none, or it is forged or over."""
        if not self.open:
            return None
        body, _, mark = request.cookies.get(COOKIE, "").partition(".")
        if not body or not hmac.compare_digest(mark, self._mark("session", body)):
            return None
        try:
            data = json.loads(base64.urlsafe_b64decode(body))
            ends, who, nonce = float(data["ends"]), str(data["who"]), str(data["nonce"])
        except (ValueError, KeyError, TypeError):
            return None
        return Session(who, self._mark("form", nonce)) if ends > self._clock() else None

    def admit(self, response: Response, who: str, *, secure: bool) -> None:
        """Give a session to whoever gets this response."""
        name = " ".join(who.split())[:_NAME]
        data = {"ends": self._clock() + LASTS, "who": name, "nonce": secrets.token_hex(16)}
        body = base64.urlsafe_b64encode(json.dumps(data).encode()).decode()
        value = f"{body}.{self._mark('session', body)}"
        response.set_cookie(COOKIE, value, max_age=LASTS, path="/", httponly=True, samesite="lax", secure=secure)

    def dismiss(self, response: Response) -> None:
        """End the session of whoever gets this response."""
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")

    def _mark(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def own_form(session: Session, given: str) -> bool:
    """Tell whether a form carries the token of its session."""
    return hmac.compare_digest(given.encode(), session.csrf.encode())


def from_here(request: Request) -> bool:
    """Tell whether a request came from a page of this server, as far as the browser says where it came from."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
