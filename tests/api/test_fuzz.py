"""Anything may be asked: the API answers as it describes itself, and never fails."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from tests.api.asgi import Client
from tests.api.conftest import TODAY
from tests.pathway.conftest import built

from dafeng.api import build
from dafeng.web.site import Site

SEED = 20261125
#: Problems of requests whose values are of the right shape and name nothing that can be had.
REFUSALS = ("refused", "request-faults")
load_all_checks()
#: The toy with a pathway, so that what is asked of one can be answered.
PACK = built(Path(mkdtemp()) / "toy")
app = build(Site(str(PACK), None, today=lambda: TODAY))
described = schemathesis.openapi.from_asgi("/openapi.json", app, config=SchemathesisConfig())
PATHS = sorted(app.openapi()["paths"])


@hypothesis.seed(SEED)
@described.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described(case: Any) -> None:
    answer = case.call()
    checks = CHECKS.get_all()
    if answer.status_code == 422 and answer.json()["code"] in REFUSALS:
        # A lever that does not exist, letters that are no scenario: no schema can tell, the problem document does.
        checks = [check for check in checks if check.__name__ != "positive_data_acceptance"]
    case.validate_response(answer, checks=checks)


@pytest.mark.parametrize("path", PATHS)
def test_the_description_of_an_address_is_complete(path: str) -> None:
    for method, operation in app.openapi()["paths"][path].items():
        wanted = {"get": {"200", "304"}, "post": {"202", "413", "415", "429"}, "delete": {"200"}}[method]
        assert {*wanted, "404", "406", "422"} <= set(operation["responses"])
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] == "path" or parameter["description"], parameter


raw = st.binary(max_size=60)
names = st.sampled_from(
    [b"as_of", b"status", b"unit", b"q", b"limit", b"offset", b"year", b"since", b"x", b"\xff", b"%00"]
)
odd = st.sampled_from(
    [
        b"%00",
        b"%ff%fe",
        b"\xff\xfe",
        b"9" * 400,
        b"-1",
        b"1e309",
        b"NaN",
        b"2023-02-30",
        b"%F0%9F%92%A3",
        b"'%20OR%201=1--",
        b"../../etc/passwd",
        b"{{7*7}}",
        b"=cmd|'/c'!A1",
        b"%ed%a0%80",
        b"+",
        b"&&&=",
        b"%",
        b"[]",
        b"\xe4\xb8\x8a\xe6\xb5\xb7",
        b"x" * 5000,
    ]
)
queries = st.lists(st.tuples(names | raw, odd | raw), max_size=6).map(
    lambda pairs: b"&".join(b"=".join(pair) for pair in pairs)
)
headers = st.lists(
    st.tuples(
        st.sampled_from(
            [b"accept", b"if-none-match", b"accept-encoding", b"host", b"cookie", b"range", b"origin", b"x-odd"]
        ),
        st.binary(max_size=80).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")) | st.just(b"*"),
    ),
    max_size=4,
)
tails = st.sampled_from([path.replace("{id}", "pv-capacity-2030").encode() for path in PATHS]) | odd.map(
    lambda part: b"/targets/" + part
)
methods = st.sampled_from(["GET", "HEAD", "GET", "GET", "POST", "DELETE", "OPTIONS", "\u00e9"])


@hypothesis.seed(SEED)
@settings(max_examples=300, deadline=None)
@given(method=methods, path=tails, query=queries, sent=headers, body=st.binary(max_size=30))
def test_no_request_however_odd_makes_the_server_fail(
    method: str, path: bytes, query: bytes, sent: list[tuple[bytes, bytes]], body: bytes
) -> None:
    answer = Client(app).ask(method, path, query, sent, body)
    assert answer.status in (200, 304, 404, 405, 406, 422)
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    if method != "HEAD" and answer.status >= 400:
        assert answer.json()["status"] == answer.status
