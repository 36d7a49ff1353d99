"""Every error is a problem document, whole."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.api.asgi import Answer, Client

from dafeng.api import build
from dafeng.errors import Conflict, Fault, FaultsFound, Refused


def problem(answer: Answer) -> Any:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert found["status"] == answer.status
    return found


def test_an_unknown_id_offers_the_nearest(toy: Client) -> None:
    assert problem(toy.get("/targets/pv-capacity-2031")) == {
        "type": "urn:dafeng:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "no target 'pv-capacity-2031'. "
        "Did you mean 'pv-capacity-2030' or 'pv-capacity-2025' or 'wind-capacity-2030'?",
        "instance": "/targets/pv-capacity-2031",
        "code": "not-found",
        "candidates": ["pv-capacity-2030", "pv-capacity-2025", "wind-capacity-2030"],
    }


def test_an_unknown_address_offers_the_nearest(toy: Client) -> None:
    found = problem(toy.get("/target"))
    assert found["detail"] == "no resource '/target'. Did you mean /targets or /targets.csv?"
    assert (found["code"], found["candidates"]) == ("no-resource", ["/targets", "/targets.csv"])


def test_a_closing_slash_is_another_address(toy: Client) -> None:
    assert problem(toy.get("/targets/"))["detail"] == "no resource '/targets/'. Did you mean /targets or /targets.csv?"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_another_method_is_refused_with_those_allowed(toy: Client, method: str) -> None:
    answer = toy.ask(method, b"/targets", body=b"{}")
    found = problem(answer)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert found["detail"] == f"{method} is not allowed here. Use GET or HEAD."


def test_a_media_type_that_is_not_there_is_refused(toy: Client) -> None:
    found = problem(toy.get("/city", {"Accept": "text/html"}))
    assert found["status"] == 406
    assert found["detail"] == (
        "the client takes no application/json, and the resource has no other form. Accept application/json or */*."
    )


def test_every_parameter_that_cannot_be_used_is_named_at_once(toy: Client) -> None:
    found = problem(toy.get("/targets?limit=0&statuss=met&as_of=2023-02-30&status=good&sort=size"))
    assert found["detail"] == "5 parameter(s) cannot be used"
    verdicts = "'met', 'on_track', 'at_risk', 'off_track', 'overdue', 'awaiting_verification' or 'no_evidence'"
    sorts = "'plan', 'status', 'due', 'progress', 'id', '-plan', '-status', '-due', '-progress' or '-id'"
    remedy = "Correct the value; the parameters are in openapi.json"
    assert sorted(found["errors"], key=lambda error: error["place"]) == [
        {
            "code": "value-error",
            "place": "query as_of",
            "message": "no such day in the calendar; write 2026-11-25 (got '2023-02-30')",
            "remedy": remedy,
        },
        {
            "code": "greater-than-equal",
            "place": "query limit",
            "message": "input should be greater than or equal to 1 (got '0')",
            "remedy": remedy,
        },
        {
            "code": "literal-error",
            "place": "query sort",
            "message": f"input should be {sorts} (got 'size')",
            "remedy": remedy,
        },
        {
            "code": "literal-error",
            "place": "query status.0",
            "message": f"input should be {verdicts} (got 'good')",
            "remedy": remedy,
        },
        {
            "code": "extra-forbidden",
            "place": "query statuss",
            "message": "extra inputs are not permitted",
            "remedy": "Leave the parameter out; the parameters are in openapi.json",
        },
    ]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/targets?action=enrgy", "no action 'enrgy'. Did you mean 'energy'?"),
        ("/targets?task=energy-9", "no task 'energy-9'. Did you mean 'energy-2' or 'energy-1'?"),
        ("/tasks?action=enrgy", "no action 'enrgy'. Did you mean 'energy'?"),
        ("/indicators?domain=powr", "no domain 'powr'. Did you mean 'power'?"),
        ("/targets?plan=toy-2020", "no plan 'toy-2020'. Did you mean 'toy-2024' or 'toy-2021'?"),
        (
            "/targets?indicator=power.pv",
            "no indicator 'power.pv'. Did you mean 'power.pv_capacity' or 'power.peak_load'?",
        ),
        ("/targets?unit=planing", "no unit 'planing'. Did you mean 'planning' or 'Planning'?"),
        ("/facts?place=noth", "no place 'noth'. Did you mean 'north' or 'south'?"),
        ("/facts?source=toy-plan", "no document 'toy-plan'. Did you mean 'toy-plan-2024' or 'toy-plan-2021'?"),
    ],
)
def test_a_filter_that_names_nothing_is_not_an_empty_list(toy: Client, path: str, detail: str) -> None:
    found = problem(toy.get(path))
    assert (found["status"], found["code"]) == (404, "not-found")
    assert found["detail"] == detail


class Broken:
    """A site whose city cannot be had."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def state(self) -> str:
        return "broken"

    def snapshot(self) -> Any:
        raise self.error


def test_a_fault_of_the_program_tells_nothing_but_that(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(build(Broken(KeyError("secret of /etc/passwd"))))  # type: ignore[arg-type]
    found = problem(client.get("/city"))
    assert found["status"] == 500
    assert found["detail"] == "the server failed; its log tells why"
    assert "secret" not in json.dumps(found)
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (FaultsFound([Fault("yaml", "plan.yaml:3", "not valid YAML", "Correct it")], "toy"), 503, "toy: 1 fault(s)"),
        (Conflict("done before"), 409, "done before"),
        (Refused("may not"), 422, "may not"),
    ],
)
def test_errors_of_dafeng_have_their_status(error: Exception, status: int, detail: str) -> None:
    found = problem(Client(build(Broken(error))).get("/city"))  # type: ignore[arg-type]
    assert (found["status"], found["detail"]) == (status, detail)
    if isinstance(error, FaultsFound):
        assert found["errors"] == [
            {"code": "yaml", "place": "plan.yaml:3", "message": "not valid YAML", "remedy": "Correct it"}
        ]


def test_a_day_far_back_knows_nothing_and_is_an_answer(toy: Client) -> None:
    items = toy.get("/assessment", as_of=date(2000, 1, 1).isoformat()).json()["targets"]
    assert {item["status"] for item in items} == {"no_evidence"}
    assert toy.get("/assessment", as_of="2099-12-31").status == 200


def test_an_address_with_several_methods_names_them_all(toy: Client) -> None:
    assert toy.ask("PUT", b"/dispatch/jobs").headers["allow"] == "GET, HEAD, POST"
    assert toy.ask("POST", b"/dispatch/jobs/x").headers["allow"] == "DELETE, GET, HEAD"
