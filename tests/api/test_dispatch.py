"""Solves over HTTP: asked, looked at, taken, stopped; bounded, and never a half answer."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.api.asgi import Answer, Client
from tests.api.conftest import TODAY, TOY

from dafeng.api import build
from dafeng.dispatch import jobs, kept
from dafeng.dispatch.jobs import Busy, Jobs, alive, name_of, way
from dafeng.errors import Conflict, NotFound
from dafeng.web.site import Site

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
JSON = {"content-type": "application/json"}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    (folder / "power").mkdir()
    shutil.copy(EXAMPLE, folder / "power" / "spec.yaml")
    return folder


@pytest.fixture
def client(pack: Path, tmp_path: Path) -> Iterator[Client]:
    app = build(Site(str(pack), f"sqlite:///{tmp_path}/data/dafeng.sqlite", today=lambda: TODAY))
    yield Client(app)
    for held in app.state.__dict__.get("dispatch_jobs", {}).values():
        held.close()


def post(client: Client, question: Any, headers: dict[str, str] = JSON) -> Answer:
    body = question if isinstance(question, bytes) else json.dumps(question).encode()
    return client.ask("POST", b"/dispatch/jobs", headers=headers, body=body)


def ended(client: Client, id: str, seconds: float = 90) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job = client.get(f"/dispatch/jobs/{id}").json()
        if job["status"] not in ("waiting", "running"):
            return job
        assert 0 <= job["progress"] <= 1
        time.sleep(0.1)
    raise AssertionError(job)


def test_a_solve_is_asked_for_watched_and_taken(client: Client) -> None:
    asked = post(client, {"years": [2030], "step": 3})
    assert asked.status == 202, asked.text
    job = asked.json()
    assert job["status"] in ("waiting", "running") and job["question"]["years"] == [2030]
    early = client.get(f"/dispatch/jobs/{job['id']}/result")
    assert early.status in (200, 409)
    assert ended(client, job["id"])["status"] == "done"
    record = client.get(f"/dispatch/jobs/{job['id']}/result").json()
    assert record["certificate"]["gap"] <= 1e-6 and record["years"] == [2030] and record["preview"] is True
    table = client.get(f"/dispatch/jobs/{job['id']}/hours.csv")
    assert table.status == 200 and len(table.text.splitlines()) == 2921
    again = post(client, {"step": 3, "years": [2030]}).json()
    assert again["id"] == job["id"] and again["status"] == "done"
    assert [each["id"] for each in client.get("/dispatch/jobs").json()["items"]] == [job["id"]]
    assert client.ask("DELETE", f"/dispatch/jobs/{job['id']}".encode()).status == 200
    assert client.get(f"/dispatch/jobs/{job['id']}").status == 404
    assert client.get("/dispatch/jobs").json()["items"] == []


def test_a_stopped_solve_leaves_nothing(client: Client, tmp_path: Path) -> None:
    id = post(client, {"years": [2025, 2030, 2035, 2040], "step": 1}).json()["id"]
    time.sleep(1)
    assert client.ask("DELETE", f"/dispatch/jobs/{id}".encode()).status == 200
    folder = tmp_path / "data" / "dispatch" / "toyville"
    assert [path.name for path in folder.iterdir() if path.name != ".lock"] == []
    assert client.get(f"/dispatch/jobs/{id}/result").status == 404


def test_a_preview_of_typical_days_has_its_error_measured(client: Client) -> None:
    asked = post(client, {"years": [2030], "days": 4, "measure": True}).json()
    assert asked["question"]["step"] == 1 and asked["question"]["days"] == 4
    seen = set()
    end = time.monotonic() + 120
    while (job := client.get(f"/dispatch/jobs/{asked['id']}").json())["status"] in ("waiting", "running"):
        assert time.monotonic() < end
        if job["leg"]:
            seen.add(job["leg"]["what"])
            assert job["leg"]["of"] == 2 and 0 <= job["progress"] <= 1
        time.sleep(0.05)
    assert job["status"] == "done" and seen <= {"least", "whole"}
    record = client.get(f"/dispatch/jobs/{asked['id']}/result").json()
    assert record["preview"] is True and record["days"] in (4, 5) and record["coupling"] is None
    assert abs(record["error"]["objective"]) < 0.5 and set(record["error"]["capacities"]) == {"2030"}


def test_a_preview_is_measured_by_an_answer_of_all_hours_that_is_there(client: Client) -> None:
    first = post(client, {"years": [2030], "days": 3}).json()["id"]
    ended(client, first)
    assert client.get(f"/dispatch/jobs/{first}/result").json()["error"] is None
    whole = post(client, {"years": [2030], "step": 1}).json()["id"]
    ended(client, whole)
    assert client.get(f"/dispatch/jobs/{whole}/result").json()["error"] is None
    later = post(client, {"years": [2030], "days": 5}).json()["id"]
    ended(client, later)
    assert client.get(f"/dispatch/jobs/{later}/result").json()["error"] is not None


def test_ranges_near_least_cost_are_asked_for_and_certified(client: Client) -> None:
    asked = post(client, {"years": [2030], "days": 3, "within": [0.05, 0.01], "vary": ["pv"]}).json()
    assert asked["question"]["within"] == [0.01, 0.05]
    ended(client, asked["id"])
    record = client.get(f"/dispatch/jobs/{asked['id']}/result").json()
    near, far = record["alternatives"]
    assert (near["name"], near["within"], far["within"]) == ("pv", 0.01, 0.05)
    assert far["least"] <= near["least"] <= near["optimum"] + 1 and near["most"] <= far["most"]
    assert all(abs(span["certificate"]["gap"]) <= 1e-6 for span in (near, far))


def test_a_job_of_many_solves_that_is_stopped_leaves_nothing(client: Client, tmp_path: Path) -> None:
    id = post(client, {"years": [2030], "within": [0.01, 0.03, 0.05]}).json()["id"]
    end = time.monotonic() + 90
    while time.monotonic() < end:
        job = client.get(f"/dispatch/jobs/{id}").json()
        if job["status"] == "done" or (job["leg"] and job["leg"]["what"] == "range"):
            break
        time.sleep(0.05)
    assert client.ask("DELETE", f"/dispatch/jobs/{id}".encode()).status == 200
    folder = tmp_path / "data" / "dispatch" / "toyville"
    assert [path.name for path in folder.iterdir() if path.name != ".lock"] == []


WRONG: list[tuple[Any, dict[str, str], int, str]] = [
    ({"days": 1}, JSON, 422, "one day cannot stand"),
    ({"days": 12, "step": 3}, JSON, 422, "steps of one hour"),
    ({"days": 400}, JSON, 422, "less than or equal to 100"),
    ({"couple": True}, JSON, 422, "name the scenario"),
    ({"couple": True, "scenario": "plan"}, JSON, 422, "no pathway"),
    ({"within": [0.0]}, JSON, 422, "greater than 0"),
    ({"vary": ["pv"]}, JSON, 422, "ask for parts of the cost"),
    ({"within": [0.01], "vary": ["moon"]}, JSON, 404, "moon"),
    ({"years": [2030, 2025]}, JSON, 422, "are not in order"),
    ({"years": [1900]}, JSON, 422, "greater than or equal to 2015"),
    ({"years": [2025, 2026, 2027, 2028, 2029]}, JSON, 422, "at most 4"),
    ({"step": 4}, JSON, 422, "step"),
    ({"cuts": [1.5]}, JSON, 422, "less than 1"),
    ({"spec": "/etc/passwd"}, JSON, 422, "extra inputs"),
    ({"scenario": "plan"}, JSON, 422, "no pathway"),
    (b"{", JSON, 422, "SON decode error"),
    (b"", JSON, 422, ""),
    (b"[]", JSON, 422, ""),
    (b'{"years": [NaN]}', JSON, 422, ""),
    (b"\xff\xfe", JSON, 422, ""),
    (b'{"scenario": "' + b"x" * 5000 + b'"}', JSON, 413, "more than 4096 bytes"),
    (b"years=2030", {"content-type": "application/x-www-form-urlencoded"}, 415, "application/json"),
    (b"{}", {}, 415, "application/json"),
]


@pytest.mark.parametrize(("question", "headers", "status", "message"), WRONG, ids=[str(i) for i in range(len(WRONG))])
def test_a_question_that_cannot_be_asked(
    client: Client, question: Any, headers: dict[str, str], status: int, message: str
) -> None:
    answer = post(client, question, headers)
    assert answer.status == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert message in answer.text
    assert client.get("/dispatch/jobs").json() == {"items": []}


def test_a_city_without_a_power_system(toy: Client) -> None:
    answer = post(toy, {"years": [2030]})
    assert answer.status == 404 and "no power system 'toyville'" in answer.text


@pytest.mark.parametrize("id", ["gone", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a.b", "x" * 120, "%00"])
def test_a_job_that_is_not_there(client: Client, id: str) -> None:
    for path in (f"/dispatch/jobs/{id}", f"/dispatch/jobs/{id}/result", f"/dispatch/jobs/{id}/hours.csv"):
        assert client.get(path).status == 404, path
    assert client.ask("DELETE", f"/dispatch/jobs/{id}".encode()).status == 404


def test_a_long_body_is_not_read_to_its_end(client: Client) -> None:
    for path in (b"/dispatch/jobs", b"/targets"):
        answer = client.ask("POST", path, headers={**JSON, "content-length": "9" * 30}, body=b"{}")
        assert answer.status == 413 and answer.json()["code"] == "too-long"


def question(pack: Path, **changes: Any) -> dict[str, Any]:
    asked = {"years": [2030], "scenario": "", "backend": "staged", "step": 3, "cuts": []}
    return {**asked, "city": str(pack), "database": None, **changes}


def settled(held: Jobs, id: str) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            status = held.get(id).status
        except NotFound:
            return "gone"
        if status in ("done", "failed"):
            return status
        time.sleep(0.05)
    raise AssertionError("never ended")


def test_a_killed_solver_leaves_no_answer(pack: Path, tmp_path: Path) -> None:
    held = Jobs(tmp_path / "jobs")
    held.submit(question(pack, years=[2025, 2030, 2035, 2040], step=1), "a1")
    end = time.monotonic() + 60
    while held._running is None and time.monotonic() < end:
        time.sleep(0.02)
    assert held._running is not None
    os.kill(held._running.pid, 9)
    assert settled(held, "a1") == "gone"
    held.close()
    assert [path.name for path in (tmp_path / "jobs").iterdir() if path.name != ".lock"] == []


def test_a_solve_that_takes_too_long_is_stopped_and_says_so(pack: Path, tmp_path: Path) -> None:
    held = Jobs(tmp_path / "jobs", seconds=0.3)
    held.submit(question(pack), "a1")
    assert settled(held, "a1") == "failed"
    error = held.get("a1").error
    assert error is not None and "took more than 0.3 seconds" in error["message"]
    with pytest.raises(Conflict, match="it is failed: it took more"):
        held.result("a1")
    held.close()


def test_a_refusal_is_told(pack: Path, tmp_path: Path) -> None:
    held = Jobs(tmp_path / "jobs")
    held.submit(question(pack, cuts=[2.0]), "a1")
    assert settled(held, "a1") == "failed"
    error = held.get("a1").error
    assert error is not None and error["code"] == "refused" and "between 0 and 1" in error["message"]
    held.close()


def test_only_so_many_jobs_wait(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 2)
    held = Jobs(tmp_path / "jobs")
    for id in ("a1", "a2"):
        held.submit(question(pack, years=[2025, 2030, 2035, 2040], step=1), id)
    with pytest.raises(Busy, match="2 jobs wait already"):
        held.submit(question(pack), "a3")
    assert held.get("a2").status == "waiting"
    held.cancel("a2")
    assert held.submit(question(pack), "a3").status == "waiting"
    held.close()


def test_a_state_whose_process_is_gone_counts_for_nothing(tmp_path: Path) -> None:
    held = Jobs(tmp_path)
    (tmp_path / "a1.job").write_text("{}")
    (tmp_path / "a1.state").write_text('{"pid": 999999999, "iteration": 3, "gap": 0.1}')
    assert held.known() == [] and alive(os.getpid())
    with pytest.raises(NotFound):
        held.get("a1")


def test_a_server_that_bears_the_number_of_a_killed_one_does_not_take_its_jobs_for_its_own(tmp_path: Path) -> None:
    held = Jobs(tmp_path)
    (tmp_path / "a1.job").write_text("{}")
    (tmp_path / "a1.state").write_text(f'{{"pid": {os.getpid()}}}')
    assert held.known() == []
    with pytest.raises(NotFound):
        held.get("a1")


def test_the_name_of_a_job_follows_all_that_decides_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = name_of({"years": [2030]}, "v1", tmp_path)
    assert first == name_of({"years": [2030]}, "v1", tmp_path)
    assert len({first, name_of({"years": [2035]}, "v1", tmp_path), name_of({"years": [2030]}, "v2", tmp_path)}) == 3
    (tmp_path / "load.csv").write_text("load\n1\n")
    assert name_of({"years": [2030]}, "v1", tmp_path) != first
    (tmp_path / "load.csv").unlink()
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert name_of({"years": [2030]}, "v1", tmp_path) != first


def test_the_way_is_measured_in_digits() -> None:
    assert (way(2.0), way(1.0), way(5e-8), way(1e-12)) == (0.0, 0.0, 1.0, 1.0)
    assert 0.4 < way(2e-4) < 0.6
