"""What an answer of the power system was further asked for: ranges, coupling, measured previews; and Shanghai's own."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.web.conftest import Client
from tests.web.markup import Markup
from tests.web.test_power import ROOT, pack, post, site, solved, waited  # noqa: F401 - fixtures


def test_ranges_are_asked_for_and_shown(site: Client, solved: str) -> None:  # noqa: F811
    before = site.get(f"/en/power/alternatives?a={solved}")
    assert "No answer was asked for its ranges yet" in before.text and Markup.of(before.text).faults == []
    assert 'name="more" value="ranges"' in before.text
    place = post(site, "/en/power/solve", "years=2030&step=days12&more=ranges").headers["location"]
    done = waited(site, place)
    id = place.rpartition("/")[2]
    assert f"/en/power/alternatives?a={id}" in done.text
    for language in ("zh", "en"):
        page = site.get(f"/{language}/power/alternatives?a={id}")
        assert Markup.of(page.text).faults == [] and "fig-ranges" in page.text
    record = site.get(f"/api/v1/dispatch/jobs/{id}/result").json()
    span = max(record["alternatives"], key=lambda span: span["most"] - span["least"])
    assert f"{span['most'] / 1e3:.4g}" in page.text and "within 5%" in page.text
    book = load_workbook(io.BytesIO(site.get(f"/en/power/answer.xlsx?a={id}").content))
    rows = list(book["Ranges"].values)
    most = max(float(row[-1]) for row in rows if row[1] == span["name"])  # type: ignore[arg-type]  # a figure
    assert most >= span["most"] * (1 - 1e-9)
    assert "12 typical days" in page.text or "13 typical days" in page.text
    # The answer without ranges leads to the one that has them, and says so.
    other = site.get(f"/en/power/alternatives?a={solved}")
    assert "was not asked for this" in other.text and "fig-ranges" in other.text


def test_a_preview_says_how_far_it_is_from_all_hours(site: Client, solved: str) -> None:  # noqa: F811
    assert "was not measured" in site.get(f"/en/power?a={solved}").text
    place = post(site, "/en/power/solve", "years=2030&step=1").headers["location"]
    waited(site, place)
    id = place.rpartition("/")[2]
    folder = next(iter(site.app.state.site.jobs.values())).folder
    try:
        told = site.get(f"/en/power?a={solved}").text
        assert "Measured against all hours" in told and "Steps of 3 hours" in told
        page = site.get("/en/power/previews")
        assert Markup.of(page.text).faults == [] and "what the others are measured by" in page.text
        assert "Measured against all hours" not in site.get(f"/en/power?a={id}").text
    finally:
        site.app.state.site.jobs[str(folder)].cancel(id)


def test_a_coupling_needs_a_scenario(site: Client) -> None:  # noqa: F811
    answer = post(site, "/en/power/solve", "years=2030&step=3&more=couple")
    assert answer.status_code == 422 and "Choose the scenario" in answer.text
    assert Markup.of(answer.text).faults == []


def test_a_job_says_which_part_of_its_work_it_is_at(site: Client, solved: str) -> None:  # noqa: F811
    jobs = next(iter(site.app.state.site.jobs.values()))
    asked = {"years": [2030], "scenario": "", "backend": "staged", "step": 3, "cuts": []}
    note = {"pid": os.getppid(), "iteration": 7, "gap": 0.1, "progress": 0.4}
    for leg, said in (
        ({"what": "round", "number": 1, "of": 2, "name": ""}, "round 2 of at most 5"),
        ({"what": "range", "number": 2, "of": 4, "name": "pv"}, "part 3 of 4, range of "),
        ({"what": "cut", "number": 1, "of": 4, "name": "0.1"}, "part 2 of 4, CO2 cut by 10%"),
        ({"what": "whole", "number": 1, "of": 2, "name": ""}, "part 2 of 2, all hours"),
        ({"what": "least", "number": 0, "of": 1, "name": ""}, "40% · iteration 7"),
    ):
        (jobs.folder / "busy.job").write_text(json.dumps(asked), "utf-8")
        (jobs.folder / "busy.state").write_text(json.dumps({**note, "leg": leg}), "utf-8")
        try:
            text = site.get("/en/power/jobs/busy").text
            assert said in text and Markup.of(text).faults == []
        finally:
            jobs._forget("busy")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answers_of_shanghai_fill_every_page(
    shanghai_site: Client, make: Callable[..., Client], language: str
) -> None:
    folder = ROOT / "src" / "dafeng" / "cities" / "shanghai" / "power"
    coupled = json.loads((folder / "answer-coupled.json").read_text(encoding="utf-8"))
    page = shanghai_site.get(f"/{language}/power/coupling?year=2030")
    assert page.status_code == 200 and Markup.of(page.text).faults == []
    factor = coupled["coupling"]["compared"]["grid.factor"]["years"]["2030"]
    for key in ("before", "after", "hourly"):
        assert f"{float(f'{1e3 * factor[key]:.4g}'):g}" in page.text, key
    assert ("已收敛" if language == "zh" else "converged") in page.text
    assert language == "en" or not re.search(r"\d\s*TWh", page.text)
    assert "/targets/renewable-share-of-use-2025" in page.text
    book = load_workbook(io.BytesIO(shanghai_site.get(f"/{language}/power/answer.xlsx?a=pack-coupled").content))
    rows = [row for row in book["耦合" if language == "zh" else "Coupling"].values if row[1] == "grid.factor"]
    assert [row[2] for row in rows] == ["2025", "2030", "2035"]
    assert rows[1][-3:] == pytest.approx(tuple(factor.values()))
    ranges = shanghai_site.get(f"/{language}/power/alternatives")
    assert "fig-ranges" in ranges.text and Markup.of(ranges.text).faults == []
    beside = shanghai_site.get(f"/{language}/power/compare?a=pack&b=pack-coupled")
    for figure in ("energy", "capacity", "co2", "cost"):
        assert f'id="fig-{figure}"' in beside.text
    previews = shanghai_site.get(f"/{language}/power/previews")
    assert Markup.of(previews.text).faults == [] and "pack-steps" in previews.text and "pack-days" in previews.text
    week = shanghai_site.get(f"/{language}/power/week?week=3&year=2035")
    assert "fig-stores" in week.text and Markup.of(week.text).faults == []
    # The model knows the newest figure: only from that day on does it stand beside the evidence.
    later = make("shanghai", date(2027, 1, 1))
    target = later.get(f"/{language}/targets/wind-capacity-2025")
    assert "/power/coupling?a=pack-coupled" in target.text and Markup.of(target.text).faults == []
    assert "pack-coupled" not in later.get(f"/{language}/targets/wind-capacity-2025?as_of=2023-06-30").text
