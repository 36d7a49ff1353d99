"""The pages on the power system, on the toy city with a system of two technologies: asked, solved, shown, stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import numpy as np
import pytest
from openpyxl import load_workbook
from tests.web.conftest import DAYS, TOY, Client
from tests.web.markup import Markup

from dafeng.city import load
from dafeng.dispatch import compact
from dafeng.dispatch import jobs as dispatch_jobs
from dafeng.dispatch.pack import spec_of
from dafeng.dispatch.run import Question, ask
from dafeng.web.charts.duration import thinned
from dafeng.web.charts.hours import Days, Frame, stacked
from dafeng.web.charts.stack import Layer
from dafeng.web.views.power import kept
from dafeng.web.views.power.families import capacities, family_of, firm, sources

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "two-technologies.yaml"
VIEWS = (
    "power", "power/week", "power/curves", "power/balance", "power/flexibility", "power/alternatives", "power/coupling",
    "power/compare", "power/previews", "power/solve",
)  # fmt: skip
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("power") / "toy"
    shutil.copytree(TOY, folder)
    (folder / "power").mkdir()
    text = EXAMPLE.read_text(encoding="utf-8")
    flexible = (
        "flexible:\n  charging: {node: city, profile: load, energy: 1 TWh, window: 24, cost: 50 CNY/MWh}\n"
        "responses:\n  calls: {node: city, existing: 200 MW, cost: 3 CNY/kWh, hours: 60, rebound: 0.5, firm: 0.8}\n"
    )
    rules = (
        "  margin: {kind: margin, at_least: 0.1}\n  response: {kind: response, at_least: 0.05}\n"
        "  much: {kind: capacity, technologies: [gas], at_least: 90 GW, slack_price: 1 CNY/kW}\n"
    )
    (folder / "power" / "spec.yaml").write_text(text.replace("budgets:\n", f"{flexible}budgets:\n") + rules, "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(make: Callable[..., Client], pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    database = f"sqlite:///{tmp_path_factory.mktemp('data')}/dafeng.sqlite"
    client = make(pack, DAYS["toy"], database=database)
    yield client
    for held in client.app.state.site.jobs.values():
        held.close()


def post(site: Client, path: str, text: str = "", **headers: str) -> httpx.Response:
    return site.request("POST", path, content=text, headers={**FORM, **headers})


def waited(site: Client, path: str, seconds: float = 300) -> httpx.Response:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = site.get(path)
        if 'http-equiv="refresh"' not in answer.text:
            return answer
        assert "<progress" in answer.text and Markup.of(answer.text).faults == []
        time.sleep(0.2)
    raise AssertionError(answer.text)


@pytest.fixture(scope="module")
def solved(site: Client) -> str:
    """Ask by the form, wait for the end, give the id of the answer."""
    asked = post(site, "/en/power/solve", "years=2030&step=3")
    assert asked.status_code == 303, asked.text
    place = asked.headers["location"]
    done = waited(site, place)
    assert "It is solved and certified" in done.text
    return place.rpartition("/")[2]


def test_a_city_without_a_power_system_has_no_such_pages(toy_site: Client) -> None:
    assert [toy_site.get(f"/en/{path}").status_code for path in VIEWS] == [404] * len(VIEWS)
    assert post(toy_site, "/en/power/solve", "step=3").status_code == 404
    assert 'href="/en/power"' not in toy_site.get("/en/").text


def test_before_any_solve_the_pages_say_so_and_offer_one(
    make: Callable[..., Client], pack: Path, tmp_path: Path
) -> None:
    fresh = make(pack, DAYS["toy"], database=f"sqlite:///{tmp_path}/other/dafeng.sqlite")
    for path in VIEWS[:-1]:
        answer = fresh.get(f"/en/{path}")
        assert answer.status_code == 200 and "No answer has been calculated yet" in answer.text
        assert 'href="/en/power/solve"' in answer.text and Markup.of(answer.text).faults == []
    assert 'href="/en/power"' in fresh.get("/en/").text
    assert fresh.get("/en/power/hours.csv").status_code == 404
    assert fresh.get("/en/power/answer.xlsx").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_sound_and_says_what_is_synthetic(site: Client, solved: str, language: str) -> None:
    words = "合成逐时数据" if language == "zh" else "synthetic hours"
    for path in (
        *VIEWS,
        "power/week?week=3",
        "power/week?week=53&year=2030",
        "power/week?day=365",
        f"power?a={solved}",
    ):
        answer = site.get(f"/{language}/{path}")
        assert answer.status_code == 200, path
        assert Markup.of(answer.text).faults == [], path
        if path not in ("power/alternatives", "power/coupling"):
            assert words in answer.text, path
        assert "x-dafeng-keep" not in answer.headers


def test_the_overview_shows_the_record(site: Client, solved: str) -> None:
    record = site.get(f"/api/v1/dispatch/jobs/{solved}/result").json()
    text = site.get("/en/power").text
    assert record["key"][:12] in text and "No dispatch is cheaper" in text
    peak = round(record["adequacy"]["2030"]["peak"] / 1e3, 2)
    assert f"{peak:g}\u00a0GW" in text
    share = record["balance"]["2030"]["renewable_share"]
    assert f"{100 * share:.1f}%" in text
    assert "Rules that are missed" in text and ">much</th>" in text


def test_the_hours_on_the_page_serve_the_load(site: Client, solved: str, pack: Path) -> None:
    spec, _series = spec_of(load(pack))
    held = next(one for one in kept.all_held(site.app.state.site, load(pack)) if one.id == solved)
    hours = held.hours(2030)
    assert hours is not None and held.hours(1999) is None
    up = sum(sources(spec, hours.of).values()) + hours.of("battery") + hours.of("charging") + hours.of("calls")
    down = hours.of("battery.in") + hours.of("charging.more") + hours.of("calls.back")
    assert up + hours.of("lost") - down == pytest.approx(hours.of("load"), abs=0.02)


def test_power_over_lines_counts_as_what_its_origin_generates() -> None:
    spec, _series = spec_of(load("shanghai"))
    # 94 of 100 sent arrive; the gate passes on what it receives, and so does the city.
    flow = {"sichuan": 100.0, "fufeng": 100.0, "gate": 94.0, "pv": 7.0, "west-wind": 30.0, "west-pv": 10.0}
    flow |= {"northwest": 20.0}
    found = sources(spec, lambda name: flow.get(name, 0.0))
    assert found["hydro"] == pytest.approx(94.0)
    assert found["wind"] == pytest.approx(20 * 0.94 * 0.75) and found["pv"] == pytest.approx(7 + 20 * 0.94 * 0.25)
    by_hour = sources(spec, lambda name: np.array([flow.get(name, 0.0), 0.0]))
    assert by_hour["hydro"] == pytest.approx([94.0, 0.0])
    assert [family_of(spec, name) for name in ("coal-usc", "gas-cc", "waste", "recovered", "jiangsu")] == [
        "coal", "gas", "bio", "other", "import",
    ]  # fmt: skip
    sizes = {"pv": 100.0, "gate": 50.0, "fufeng": 9.0, "battery": 5.0, "demand-response": 10.0, "sichuan": 8.0}
    assert {name: size for name, size in capacities(spec, sizes).items() if size} == {
        "pv": 100.0, "import": 50.0, "storage": 5.0, "dr": 10.0,
    }  # fmt: skip
    assert firm(spec, sizes)["dr"] == pytest.approx(8.0)


def test_files_say_what_is_synthetic(site: Client, solved: str) -> None:
    answer = site.get(f"/en/power/hours.csv?a={solved}&year=2030")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:4] == ["year", "hour", "load_MW", "price"] and rows[0][-1] == "hourly_series"
    assert len(rows) == 2921 and {row[-1] for row in rows[1:]} == {"synthetic"}
    assert "battery.content_MWh" in rows[0]
    book = load_workbook(io.BytesIO(site.get(f"/en/power/answer.xlsx?a={solved}").content))
    assert len(book.sheetnames) == 8
    for sheet in book:
        assert "synthetic, not measured" in str(sheet.cell(2, 1).value), sheet.title
    assert load_workbook(io.BytesIO(site.get("/zh/power/answer.xlsx").content)).sheetnames[0] == "主要数字"


def test_an_answer_without_certificate_is_not_shown(site: Client, solved: str) -> None:
    folder = next(iter(site.app.state.site.jobs.values())).folder
    path = folder / f"{solved}.json"
    sound = path.read_text(encoding="utf-8")
    record = json.loads(sound)
    try:
        for wrong in ({"violation": 1e-9, "gap": 2e-6}, {"violation": 2e-6, "gap": 0.0}, {}):
            path.write_text(json.dumps({**record, "certificate": wrong}), encoding="utf-8")
            assert "No answer has been calculated yet" in site.get("/en/power").text
            assert site.get(f"/en/power?a={solved}").status_code == 404
    finally:
        path.write_text(sound, encoding="utf-8")
    assert "No dispatch is cheaper" in site.get("/en/power").text


def test_an_answer_of_other_data_says_so(site: Client, solved: str) -> None:
    said = "before the data of the city last changed"
    assert said not in site.get("/en/power").text
    folder = next(iter(site.app.state.site.jobs.values())).folder
    for ending in (".json", ".csv", ".job"):
        shutil.copy(folder / f"{solved}{ending}", folder / f"older{ending}")
    try:
        text = site.get("/en/power?a=older").text
        assert said in text and "earlier data" in text
        # What is fresh is shown first, and the two can be compared.
        assert said not in site.get("/en/power").text
        beside = site.get(f"/en/power/compare?a={solved}&b=older")
        assert "In 2030 both are the same" in beside.text and Markup.of(beside.text).faults == []
    finally:
        site.app.state.site.jobs[str(folder)].cancel("older")


def test_a_pack_may_bring_its_answer(make: Callable[..., Client], pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "toy"
    shutil.copytree(pack, copy)
    city = load(copy)
    found = ask(city, Question(years=(2030,), step=3, cuts=(0.2,)))
    record, answer = found.record, found.answer
    assert answer is not None
    (copy / "power" / "answer.json").write_text(json.dumps(record), encoding="utf-8")
    client = make(copy, DAYS["toy"], database=f"sqlite:///{tmp_path}/d/dafeng.sqlite")
    text = client.get("/en/power").text
    assert "No dispatch is cheaper" in text and "comes with the pack" in text
    assert "before the data of the city last changed" not in text
    week = client.get("/en/power/week?year=2030").text
    assert "only the day of the peak was kept" in week and "fig-dispatch" in week
    curves = client.get("/en/power/curves").text
    assert "The hours of this answer were not kept" in curves and "fig-abatement" in curves and "fig-price" in curves
    assert "fig-able" in client.get("/en/power/flexibility").text
    assert client.get("/en/power/hours.csv").status_code == 404
    # With its packed hours every week of the year is there; hours of another answer are not taken for its own.
    hours = copy / "power" / "hours-answer-2030.json"
    hours.write_text(compact.packed(record["key"], found.spec, answer)[2030], encoding="utf-8")
    week = client.get("/en/power/week?year=2030&week=3").text
    assert "only the day of the peak was kept" not in week and "kept in whole MW" in week
    assert "Load is within a tenth of its peak" in client.get("/en/power/curves").text.replace("<wbr>", "")
    table = client.get("/en/power/hours.csv")
    assert table.status_code == 200 and len(table.text.splitlines()) == 2921
    hours.write_text(compact.packed("another", found.spec, answer)[2030], encoding="utf-8")
    os.utime(hours, (1, 1))
    assert "only the day of the peak was kept" in client.get("/en/power/week?year=2030").text
    spec = copy / "power" / "spec.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("20 TWh", "21 TWh"), encoding="utf-8")
    other = make(copy, DAYS["toy"], database=f"sqlite:///{tmp_path}/d/dafeng.sqlite")
    assert "before the data of the city last changed" in other.get("/en/power").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("power?a=nothing", 404), ("power?year=1999", 422), ("power/week?week=54", 422), ("power/week?week=x", 422),
        ("power/week?day=0", 422), ("power/week?day=366", 422), ("power/compare?b=nothing", 404),
        ("power/jobs/nothing", 404), ("power/jobs/..%2F..%2Fetc", 404), ("power/hours.csv?a=x", 404),
        ("power/curves?year=2030&year=2031", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(site: Client, solved: str, path: str, status: int) -> None:
    answer = site.get(f"/en/{path}")
    assert answer.status_code == status
    assert Markup.of(answer.text).faults == []


WRONG: list[tuple[str, dict[str, str]]] = [
    ("years=1999", {}),
    ("step=7", {}),
    ("scenario=none", {}),
    ("more=2", {}),
    ("step=days7", {}),
    ("measure=yes", {}),
    ("more=couple", {}),
    ("more=couple&scenario=none", {}),
    ("years=" + "2030" * 2000, {}),
    ("years=2030", {"origin": "https://elsewhere.example"}),
    ("years=2030", {"sec-fetch-site": "cross-site"}),
]


@pytest.mark.parametrize(("text", "headers"), WRONG)
def test_a_form_that_cannot_be_used_starts_nothing(site: Client, text: str, headers: dict[str, str]) -> None:
    before = site.get("/api/v1/dispatch/jobs").json()
    assert post(site, "/en/power/solve", text, **headers).status_code == 422
    assert site.get("/api/v1/dispatch/jobs").json() == before


def test_too_many_solves_are_refused(site: Client, solved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch_jobs, "MOST_WAITING", 0)
    answer = post(site, "/zh/power/solve", "years=2030&step=1")
    assert answer.status_code == 429 and answer.headers["retry-after"] == "30"
    assert "个任务排队" in answer.text and Markup.of(answer.text).faults == []


def test_a_solve_is_stopped(site: Client, solved: str) -> None:
    place = post(site, "/en/power/solve", "years=2030&step=1&more=cuts").headers["location"]
    waiting: Any = site.get(place)
    assert "Stop the solve" in waiting.text and "power.js" in waiting.text
    # A form of another site stops nothing.
    assert post(site, f"{place}/stop", origin="https://elsewhere.example").status_code == 422
    stopped = post(site, f"{place}/stop")
    assert stopped.status_code == 303 and urlsplit(stopped.headers["location"]).path == "/en/power/solve"
    assert site.get(place).status_code == 404 and parse_qs(urlsplit(place).query) == {}
    assert post(site, f"{place}/stop").status_code == 404


def test_a_failed_solve_says_why(site: Client, solved: str) -> None:
    folder = next(iter(site.app.state.site.jobs.values())).folder
    (folder / "broken.job").write_text(json.dumps({"years": [2030], "scenario": "", "step": 3, "cuts": []}), "utf-8")
    (folder / "broken.error").write_text(json.dumps({"code": "refused", "message": "no certified answer <b>"}), "utf-8")
    try:
        text = site.get("/en/power/jobs/broken").text
        assert "There is no answer" in text and "no certified answer &lt;b&gt;" in text
        assert "failed" in site.get("/en/power/solve").text
    finally:
        site.app.state.site.jobs[str(folder)].cancel("broken")


def test_files_that_became_faulty_are_no_failure_of_the_server(
    make: Callable[..., Client], pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "toy"
    shutil.copytree(pack, copy)
    client = make(copy, DAYS["toy"], raise_errors=False, database=f"sqlite:///{tmp_path}/d/dafeng.sqlite")
    assert client.get("/en/power").status_code == 200
    spec = copy / "power" / "spec.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("20 TWh", "-20 TWh"), encoding="utf-8")
    monkeypatch.setattr(kept.specs, "_read", None)
    assert {client.get(f"/en/{path}").status_code for path in VIEWS} == {409}
    assert post(client, "/en/power/solve", "step=3").status_code == 409


def test_what_is_drawn_hangs_from_the_axis_in_every_hour() -> None:
    frame = Frame(Days(["1"], ["1"], 6.0), 40, 80)
    layers = [Layer("up", "cf-a", [3.0, 4.0, 3.0, 4.0]), Layer("down", "cf-b", [0.0, -1.0, 0.0, -2.0])]
    plot = stacked(frame, layers, [3.0, 3.0, 3.0, 2.0], unit="GW", tick=str, peak=str)(760)
    drawn = next(str(part) for part in plot.parts if "cf-b" in part and "polygon" in part)
    heights = [float(y) for y in re.findall(r",([\d.]+)", drawn)]
    assert min(heights) == pytest.approx(plot.py(0), abs=0.1) and max(heights) == pytest.approx(plot.py(-2), abs=0.1)


def test_a_duration_curve_keeps_its_ends() -> None:
    values = np.random.default_rng(5).normal(size=8760).tolist()
    points = thinned(values)
    assert points[0] == (0.0, max(values)) and points[-1] == (1.0, min(values)) and len(points) <= 242
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert thinned([4.0]) == [(0.0, 4.0), (1.0, 4.0)]
