"""Whatever is asked of a page, the answer is a page: never a fault of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafeng.web.routes import ROUTES
from dafeng.web.workbook_file import XLSX

if TYPE_CHECKING:
    from tests.web.conftest import Client

NAMES = (
    "status",
    "action",
    "unit",
    "year",
    "kind",
    "sort",
    "q",
    "as_of",
    "known_on",
    "place",
    "domain",
    "fuel",
    "flow",
    "x",
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "met", "2025", "standing", "overall", "2024-12-31", "0000-00-00", "9999-12-31", "-1", "%", "<b>", "'\"--"]
    ),
    st.text(max_size=12),
)
IDS = (
    "pv-capacity-2030",
    "energy",
    "work",
    "planning",
    "power.pv_capacity",
    "toy-plan-2021",
    "peak-2030",
    "..",
    "%2e%2e",
    "a%00b",
)
PATHS = st.builds(
    lambda language, route, id: f"/{language}{route.path.replace('{id}', id)}",
    st.sampled_from(["zh", "en"]),
    st.sampled_from(ROUTES),
    st.sampled_from(IDS),
)


@given(path=PATHS, asked=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4))
@settings(max_examples=150)
def test_any_query_gets_an_answer(toy_site: Client, path: str, asked: list[tuple[str, str]]) -> None:
    answer = toy_site.get(f"{path}?{urlencode(asked, errors='replace')}")
    assert answer.status_code in {200, 307, 308, 404, 422}
    if answer.status_code not in {307, 308}:
        assert answer.headers["content-type"].split(";")[0] in {"text/html", "text/csv", XLSX}


@given(raw=st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=60))
@settings(max_examples=60)
def test_a_malformed_query_gets_an_answer(toy_site: Client, raw: str) -> None:
    assert toy_site.get(f"/zh/targets?{raw.replace('#', '')}").status_code in {200, 422}


@pytest.mark.parametrize("raw", ["&".join(["status=met"] * 150), "q=%ff%fe", "=&=&==", "status=%00"])
def test_an_odd_query_gets_an_answer(toy_site: Client, raw: str) -> None:
    assert toy_site.get(f"/en/targets?{raw}").status_code in {200, 422}
